"""The order of the layers, and what the pure ones may not touch, read from the source."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "vaulttool"
# A module imports only from its own layer or from those before it.
LAYERS = (
    ("message", "later"),
    ("model",),
    ("contact", "settings"),
    ("errors",),
    ("locale",),
    ("markdown",),
    ("filenames", "resolve"),
    ("dated",),
    ("index",),
    ("checks",),
    ("people",),
    ("daily",),
    ("exchange",),
    ("vault",),
    ("cli",),
)
ORDER = {name: number for number, names in enumerate(LAYERS) for name in names}
PURE = ORDER["exchange"]  # this layer and those before it
OUTSIDE_WORLD = {
    *("os", "pathlib", "io", "subprocess", "time", "random", "shutil", "tempfile", "socket"),
    *("sys", "glob", "secrets", "uuid", "locale", "platform", "threading", "asyncio"),
}
CLOCKS = {"today", "now", "time", "utcnow", "monotonic", "localtime", "getenv"}
# The catalogues are data of the package: gettext reads its own .mo files beside the module.
MAY_IMPORT = {("locale/catalogue.py", "pathlib")}
# git needs the rest of the environment: where it lies, whose keys and settings it uses.
MAY_READ_ENVIRONMENT = {"vault/git.py"}
MAX_MODULE = 400
MAX_FUNCTION = 60

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules(*, pure: bool = False) -> list[object]:
    """The modules of the layers as parameters; `__init__` and `__main__` stand above them."""
    chosen = [path for path in MODULES if layer(path) in ORDER]
    if pure:
        chosen = [path for path in chosen if ORDER[layer(path)] <= PURE]
    return [pytest.param(path, id=name(path)) for path in chosen]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a module imports, at its top, in a function, or for its types."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reads_clock(node: ast.Call) -> bool:
    """Whether a clock is called; `time(9, 30)` makes a time of day."""
    return called(node) in CLOCKS and not (called(node) == "time" and node.args)


def called(node: ast.Call) -> str:
    """The last name of what is called: `now` of `datetime.now()`."""
    match node.func:
        case ast.Name(id=found) | ast.Attribute(attr=found):
            return found
    return ""


def test_every_module_is_in_a_layer() -> None:
    assert {layer(path) for path in MODULES} - ORDER.keys() <= {"__init__", "__main__"}


@pytest.mark.parametrize("path", modules())
def test_imports_go_one_way(path: Path) -> None:
    own = ORDER[layer(path)]
    for imported in imports(path):
        package, _dot, rest = imported.partition(".")
        if package == "vaulttool":
            target = rest.partition(".")[0]
            assert target == "__version__" or ORDER[target] <= own, imported


@pytest.mark.parametrize("path", modules(pure=True))
def test_pure_modules_touch_no_world(path: Path) -> None:
    for imported in imports(path):
        module = imported.partition(".")[0]
        assert module not in OUTSIDE_WORLD or (name(path), module) in MAY_IMPORT, imported
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            assert called(node) not in {"open", "print", "input", "exec", "eval", "__import__"}
            assert not reads_clock(node), f"line {node.lineno} reads a clock"


@pytest.mark.parametrize("path", modules())
def test_only_the_command_line_prints_and_reads_the_environment(path: Path) -> None:
    if layer(path) == "cli":
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            assert called(node) not in {"print", "echo", "input"}, f"line {node.lineno}"
            assert not reads_clock(node), f"line {node.lineno} reads a clock"
        elif isinstance(node, ast.Attribute) and node.attr in {"environ", "argv", "stdout"}:
            used = ast.unparse(node)
            is_module = used in {"os.environ", "sys.argv", "sys.stdout"}
            allowed = used == "os.environ" and name(path) in MAY_READ_ENVIRONMENT
            assert not is_module or allowed, f"line {node.lineno}: {used}"


@pytest.mark.parametrize("path", modules())
def test_the_clock_is_read_in_one_place(path: Path) -> None:
    """`cli/app.py` notes the moment of the run; only what lasts longer goes on with time."""
    reading = {
        ast.unparse(node)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "monotonic"}
        and isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date", "time"}
    }  # fmt: skip
    allowed = {
        "cli/app.py": {"datetime.now"},
        "cli/progress.py": {"time.monotonic"},
        "cli/serve.py": {"time.monotonic"},
        "cli/watch.py": {"datetime.now", "time.monotonic"},
    }
    assert reading <= allowed.get(name(path), set())


@pytest.mark.parametrize("path", modules())
def test_the_size_of_a_module(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_MODULE


@pytest.mark.parametrize("path", modules())
def test_the_size_of_a_function(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= MAX_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", modules())
def test_today_has_no_default(path: Path) -> None:
    """What day it is comes from above, always."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = [*node.args.posonlyargs, *node.args.args]
            with_default = given[len(given) - len(node.args.defaults) :]
            pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            with_default += [arg for arg, default in pairs if default]
            assert not {"today", "now"} & {arg.arg for arg in with_default}, node.name
