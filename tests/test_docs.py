"""The docs say what the code does: tables, options, codes, links, examples."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from vaulttool import errors
from vaulttool.cli.main import COMMANDS
from vaulttool.contact import VerdictCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Run

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
TODAY = "2026-11-20"

SPEC = importlib.util.spec_from_file_location("docs", ROOT / "tools" / "docs.py")
assert SPEC
assert SPEC.loader
docs = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(docs)

# Words that blame, grade or sell; the docs invite, as the program does.
UNWANTED = re.compile(
    r"\b(?:neglect\w*|overdue|abandon\w*|guilt\w*|shame\w*|delinquen\w*|laz(?:y|iness)"
    r"|you should have|leads?\b(?= list)|prospects?|seamless\w*|effortless\w*|powerful"
    r"|blazing\w*|supercharge\w*|game.chang\w*|просроч\w*|заброш\w*)\b",
    re.IGNORECASE,
)
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def prose(text: str) -> str:
    """A page without what is generated, and without code."""
    return CODE.sub("", FENCE.sub("", docs.MARK.sub("", text)))


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- Generated parts -----------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_generated_parts_are_what_the_code_gives(path: Path) -> None:
    text = path.read_text("utf-8")
    assert docs.updated(text) == text, "run: .venv/bin/python tools/docs.py"


def test_a_shell_is_told_of_the_parameters_that_the_commands_have() -> None:
    assert docs.PARAMS.read_text("utf-8") == docs.params(), "run: .venv/bin/python tools/docs.py"


def test_each_table_stands_on_one_page() -> None:
    found = [name for path in PAGES for name in docs.parts(path.read_text("utf-8"))]
    assert sorted(found) == sorted(docs.GENERATED)


def test_every_property_is_explained() -> None:
    rows = docs.MARK.search(page("properties.md"))["text"].splitlines()[2:]
    empty = [row for row in rows if not row.split(" | ")[1].strip()]
    assert rows
    assert empty == []


def test_a_stale_table_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tmp_path / "docs" / "page.md"
    stale.parent.mkdir()
    stale.write_text("a\n<!-- begin points -->\nold\n<!-- end points -->\nb\n", "utf-8")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(docs, "DOCS", stale.parent)
    monkeypatch.setattr(docs.sys, "argv", ["docs.py", "--check"])
    assert docs.main() == 1
    assert "old" in stale.read_text("utf-8")
    monkeypatch.setattr(docs.sys, "argv", ["docs.py"])
    assert docs.main() == 0
    assert "old" not in stale.read_text("utf-8")
    assert stale.read_text("utf-8").startswith("a\n")
    assert stale.read_text("utf-8").endswith("\nb\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_with_its_help(name: str) -> None:
    text = page(f"commands/{name}.md")
    assert text.startswith(f"# vault {name}\n")
    assert docs.parts(text) == [f"help:{name}"]
    assert f"Usage: vault {name}" in text


# --- Links ---------------------------------------------------------------------------------


def links(path: Path) -> Iterator[str]:
    text = FENCE.sub("", docs.MARK.sub("", path.read_text("utf-8")))
    yield from LINK.findall(CODE.sub("", text))


def anchors(path: Path) -> set[str]:
    text = FENCE.sub("", path.read_text("utf-8"))
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_links_lead_somewhere(path: Path) -> None:
    broken = []
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        name, _mark, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.is_file() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_found_from_the_contents() -> None:
    listed = {(DOCS / link.partition("#")[0]).resolve() for link in links(DOCS / "index.md")}
    assert {path for path in DOCS.rglob("*.md") if path.name != "index.md"} <= listed
    assert "docs/index.md" in set(links(ROOT / "README.md"))


# --- Words ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_the_docs_are_kind(path: Path) -> None:
    assert UNWANTED.findall(prose(path.read_text("utf-8"))) == []


# --- Codes and keys ------------------------------------------------------------------------


def problem_codes() -> tuple[set[str], set[str]]:
    """The hyphenated texts that problems are made with, and all texts of the source."""
    makers = {"Problem", "problem", "_problem", "_leave_out", "_read", "_UnreadableError"}
    made: set[str] = set()
    texts: set[str] = set()
    for path in (ROOT / "vaulttool").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                constants = {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
                if name in makers:
                    made |= {text for text in constants if isinstance(text, str)}
    return {text for text in made if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", text)}, texts


def test_every_problem_code_is_explained() -> None:
    listed = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page("commands/check.md"), re.MULTILINE))
    made, texts = problem_codes()
    assert len(made) > 15
    assert made - listed == set()
    assert listed - texts == set()


def test_every_verdict_and_error_is_explained() -> None:
    text = page("json.md")
    rules = page("rules.md")
    for code in get_args(VerdictCode):
        assert f"`{code}`" in text
        assert f"| `{code}` |" in rules
    classes: list[type[errors.VaultError]] = [
        errors.VaultError,
        *errors.VaultError.__subclasses__(),
        errors.ChangedError,
    ]
    for error in classes:
        assert f"| `{error.code}` | {error.exit_code} |" in text


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key != "properties":  # the user's own
                yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize(
    "command",
    [
        "due",
        "why daniel",
        "why liam",
        "list",
        "promises",
        "occasions",
        "awaiting --all",
        "drifting",
        "contacts",
        "interactions",
        "links",
        "tags",
        "notes",
        "check",
    ],
)
def test_every_json_key_is_explained(command: str, example: Path, run: Run) -> None:
    words = command.split()
    result = run(*words, "--format", "json", "--vault", example, "--today", TODAY, code=None)
    section = page("json.md").split(f"\n## {words[0]}\n")[1].split("\n## ")[0]
    where = section if words[0] not in ("interactions", "due") else page("json.md")
    found = set(keys(result.json))
    assert found
    assert {key for key in found if not re.search(rf"\b{key}\b", where)} == set()


def test_the_make_targets_are_listed() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    listed = re.findall(r"^\| `make ([\w-]+)` \|", page("contributing.md"), re.MULTILINE)
    assert set(listed) == set(phony[1].split())


# --- Examples ------------------------------------------------------------------------------


def verdict_examples() -> list[tuple[str, str]]:
    """The table of verdicts with the people of the example vault, where today's is meant."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|,]+) \|$", page("rules.md"), re.MULTILINE)
    return [(code, name) for code, name in rows if code in get_args(VerdictCode)]


@pytest.mark.parametrize(("code", "name"), verdict_examples())
def test_the_people_named_have_the_verdict(code: str, name: str, example: Path, run: Run) -> None:
    arguments = ("--format", "json", "--vault", example, "--today", TODAY)
    assert run("why", name, *arguments).json["verdict"] == code


def test_most_verdicts_have_an_example() -> None:
    assert len(verdict_examples()) >= 9


@pytest.mark.parametrize("path", [ROOT / "README.md", DOCS / "daily-note.md"], ids=ids)
def test_the_lines_shown_are_lines_of_a_daily_note(path: Path, example: Path, run: Run) -> None:
    run("due", "--vault", example, "--today", TODAY)
    written = [
        line
        for note in (example / "Daily").iterdir()
        for line in note.read_text("utf-8").split("\n")
    ]
    fences = [
        text for _fence, lang, text in FENCE.findall(path.read_text("utf-8")) if lang == "markdown"
    ]
    shown = [line for text in fences for line in text.splitlines() if re.search(r" · |🎂|%%", line)]
    assert shown
    for line in shown:
        as_made = line.replace("- [x]", "- [ ]").partition(" — ")[0]
        assert line in written or as_made in written
