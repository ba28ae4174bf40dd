"""What the tests share: a vault made from texts, and the command line run inside the process."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from hypothesis import settings

from vaulttool.cli.start import answer
from vaulttool.vault.system import System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "example-vault"
TODAY = "2026-11-20"
STATE = {"state", ".local", "cache", ".cache"}  # where tests let the tool keep what is its own

# The machine that runs the tests may be slow at any moment; an example is not wrong for it.
settings.register_profile("default", deadline=None)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write what the commands print into the transcripts"
    )


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error object of the JSON mode."""
        found = json.loads(self.err)["error"]
        assert isinstance(found, dict)
        return found


class Run(Protocol):
    """Runs `vault` with arguments."""

    def __call__(self, *args: str | Path, code: int | None = 0) -> Result: ...


class MakeVault(Protocol):
    """Makes a vault from texts by path; other keyword arguments are further options."""

    def __call__(
        self, files: Mapping[str, str | bytes] | None = None, *, obsidian: bool = True
    ) -> Path: ...


def write_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def clean_environment(environ: Mapping[str, str], home: Path) -> dict[str, str]:
    """The environment without what a user's machine could bring into a test."""
    own = ("LANG", "LC_", "VAULT_", "NO_COLOR", "XDG_", "GIT_", "COLUMNS", "PYTHON", "FORCE_COLOR")
    kept = {key: value for key, value in environ.items() if not key.startswith(own)}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home)}


def tree_hash(root: Path) -> str:
    """A hash of all files, folders and links below a folder, with modes and times of change.

    The tool's own state is left out.
    """
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*"), key=os.fsencode):
        if STATE.intersection(path.relative_to(root).parts[:2]):
            continue
        status = path.lstat()
        digest.update(os.fsencode(path.relative_to(root)))
        digest.update(f"{status.st_mode} {status.st_mtime_ns}".encode())
        if path.is_file() and not path.is_symlink():
            digest.update(path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of tests are always just written; nobody has to wait for them to settle."""
    monkeypatch.setattr(System, "wait", lambda _self, _seconds: None)


@pytest.fixture(autouse=True)
def in_one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What time it is where somebody lives is told by the machine's own zone."""
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    for name in (".local", ".cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def vault(tmp_path: Path) -> MakeVault:
    """Make a vault: `vault({"People/Anna.md": "…"})`."""

    def make(files: Mapping[str, str | bytes] | None = None, *, obsidian: bool = True) -> Path:
        root = tmp_path / "vault"
        root.mkdir(exist_ok=True)
        if obsidian:
            (root / ".obsidian").mkdir(exist_ok=True)
        write_files(root, files or {})
        return root

    return make


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example vault."""
    root = tmp_path / "example"
    shutil.copytree(EXAMPLE, root)
    return root


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the real command line in this process, as on a machine without any settings.

    The exit code must be the expected one; `code=None` accepts any.
    """
    clean = clean_environment(os.environ, home)
    for name in set(os.environ) - set(clean):
        monkeypatch.delenv(name)
    for name, value in clean.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home)

    def call(*args: str | Path, code: int | None = 0) -> Result:
        capsys.readouterr()
        exit_code = answer([str(arg) for arg in args])
        out, err = capsys.readouterr()
        result = Result(exit_code, out, err)
        assert "Traceback" not in err
        if code is not None:
            assert exit_code == code, f"exit code {exit_code}, expected {code}\n{out}\n{err}"
        return result

    return call


@pytest.fixture
def no_access(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make a file or a folder unreadable; a change of its mode would not stop root."""
    real_open, real_scandir = os.open, os.scandir
    denied: set[str] = set()

    def check(path: Any) -> None:
        if not isinstance(path, int) and os.fspath(path) in denied:
            raise PermissionError(13, "Permission denied", os.fspath(path))

    def fake_open(path: Any, *args: Any, **kwargs: Any) -> int:
        check(path)
        return real_open(path, *args, **kwargs)

    def fake_scandir(path: Any = ".") -> Any:
        check(path)
        return real_scandir(path)

    monkeypatch.setattr(os, "open", fake_open)
    monkeypatch.setattr(os, "scandir", fake_scandir)
    return lambda path: denied.add(str(path))


needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX file system")
