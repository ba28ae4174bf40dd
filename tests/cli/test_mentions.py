"""`vault mentions`: names that are no links, and making them links."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

FILES = {
    "People/Anna Petrova.md": "",
    "People/Anna Lang.md": "",
    "People/Boris.md": "",
    "Daily/2026-11-01.md": "Lunch with Boris.\r\n\r\n| who |\r\n| --- |\r\n| Anna Lang |\r\n",
    "Daily/2026-11-02.md": "Anna called.\n",
    "Daily/2026-11-03.md": "Boris again, and Anna Petrova's garden.\n",
}
LINKED = {
    "Daily/2026-11-01.md": (
        "Lunch with [[Boris]].\r\n\r\n| who |\r\n| --- |\r\n| [[Anna Lang]] |\r\n"
    ),
    "Daily/2026-11-03.md": "[[Boris]] again, and [[Anna Petrova]]'s garden.\n",
}


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault(FILES)


def text(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


class Answering(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


def test_they_are_listed(run: Run, root: Path) -> None:
    rows = run("--vault", root, "mentions", "--format", "json").json
    told = [(row["source"], row["line"], row["text"], row["path"]) for row in rows]
    assert told == [
        ("Daily/2026-11-01.md", 1, "Boris", "People/Boris.md"),
        ("Daily/2026-11-01.md", 5, "Anna Lang", "People/Anna Lang.md"),
        ("Daily/2026-11-02.md", 1, "Anna", None),
        ("Daily/2026-11-03.md", 1, "Boris", "People/Boris.md"),
        ("Daily/2026-11-03.md", 1, "Anna Petrova", "People/Anna Petrova.md"),
    ]
    assert rows[2]["names"] == ["Anna Lang", "Anna Petrova"]
    assert "Anna Lang / Anna Petrova ?" in run("--vault", root, "mentions").out
    of_boris = run("--vault", root, "mentions", "boris", "--format", "json").json
    assert [row["text"] for row in of_boris] == ["Boris", "Boris"]


def test_all_that_are_clear_become_links_in_one_step(run: Run, root: Path) -> None:
    before = {path: text(root, path) for path in FILES}
    said = run("--vault", root, "mentions", "--fix", "--yes").err
    assert "4 names are links now" in said
    assert "1 name is not clear" in said
    assert {path: text(root, path) for path in FILES} == before | LINKED
    run("--vault", root, "undo")
    assert {path: text(root, path) for path in FILES} == before


def test_only_those_of_one_contact(run: Run, root: Path) -> None:
    run("--vault", root, "mentions", "petrova", "--fix", "--yes")
    assert text(root, "Daily/2026-11-03.md") == "Boris again, and [[Anna Petrova]]'s garden.\n"
    assert text(root, "Daily/2026-11-01.md") == FILES["Daily/2026-11-01.md"]


@pytest.mark.parametrize("args", [["--dry-run"], ["--fix", "--dry-run"]])
def test_a_dry_run_shows_the_diff(run: Run, root: Path, args: list[str]) -> None:
    before = tree_hash(root)
    out = run("--vault", root, "mentions", *args).out
    assert "+[[Boris]] again, and [[Anna Petrova]]'s garden." in out
    assert "Anna called" not in out
    assert tree_hash(root) == before


def test_nobody_to_ask(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    before = tree_hash(root)
    assert "--yes takes all" in run("--vault", root, "mentions", "--fix", code=4).err
    assert tree_hash(root) == before


@pytest.mark.parametrize(
    ("typed", "linked"),
    [
        ("y\ny\n", ["Daily/2026-11-01.md", "Daily/2026-11-03.md"]),
        ("a\n", ["Daily/2026-11-01.md", "Daily/2026-11-03.md"]),
        ("n\ny\n", ["Daily/2026-11-03.md"]),
        ("y\nq\n", ["Daily/2026-11-01.md"]),
        ("q\n", []),
        ("x\nn\na\n", ["Daily/2026-11-03.md"]),
    ],
)
def test_each_note_is_asked_about(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, typed: str, linked: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Answering(typed))
    out = run("--vault", root, "mentions", "--fix").out
    assert "+Lunch with [[Boris]]." in out
    for path, new in LINKED.items():
        assert text(root, path) == (new if path in linked else FILES[path])


def test_a_name_that_no_link_can_carry_is_left(run: Run, vault: MakeVault) -> None:
    root = vault({"People/A#b.md": "---\naliases: [Clara]\n---\n", "Note.md": "Clara came.\n"})
    run("--vault", root, "--today", TODAY, "mentions", "--fix", "--yes")
    assert text(root, "Note.md") == "Clara came.\n"


DOUBTFUL = {
    "People/Anna Petrova.md": "",
    "People/May Day.md": "",
    "People/Will Smith.md": "",
    "Note.md": "Anna Müller came in May 2026.\n\nMay I? Will you? ^Anna\n\n- Anna ^May\n",
}


def test_what_is_doubtful_is_listed_and_never_written(run: Run, vault: MakeVault) -> None:
    root = vault(DOUBTFUL)
    rows = run("--vault", root, "mentions", "--format", "json").json
    assert [(row["text"], row["path"]) for row in rows] == [
        ("Anna", None),
        ("May", None),
        ("May", None),
        ("Will", None),
        ("Anna", "People/Anna Petrova.md"),
    ]
    assert "Anna Petrova ?" in run("--vault", root, "mentions").out
    said = run("--vault", root, "mentions", "--fix", "--yes").err
    assert "1 name is a link now" in said
    assert "4 names are not clear" in said
    linked = DOUBTFUL["Note.md"].replace("- Anna", "- [[Anna Petrova|Anna]]")
    assert text(root, "Note.md") == linked


@pytest.mark.parametrize("args", [[], ["--fix"], ["--fix", "--yes"], ["--dry-run"]])
def test_where_nothing_is_found_it_says_why(run: Run, vault: MakeVault, args: list[str]) -> None:
    root = vault({"Note.md": "Boris came.\n"})
    assert run("--vault", root, "mentions", *args).err.startswith("No contacts: ")
    root = vault({"People/Anna.md": ""})
    said = run("--vault", root, "mentions", *args).err
    assert said == "No name of a contact stands there without a link.\n"


def test_where_nothing_is_clear_nobody_is_asked(run: Run, vault: MakeVault) -> None:
    root = vault({"People/May Day.md": "", "Note.md": "Not in May.\n"})
    said = run("--vault", root, "mentions", "--fix").err
    assert said == "0 names are links now\n1 name is not clear; `vault mentions` lists it\n"


def test_the_question_names_its_keys_once(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Answering("q\n"))
    said = run("--vault", root, "mentions", "--fix").err
    assert "Link these? y yes, n no, a all that follow, q stop: " in said
    assert "(y, n" not in said


def test_a_note_that_cannot_be_written_does_not_stop_the_others(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Anna Petrova.md": "", "a.md": "Anna came.\n", "b.md": b"Anna \xff.\n"})
    said = run("--vault", root, "mentions", "--fix", "--yes").err
    assert (root / "a.md").read_text() == "[[Anna Petrova|Anna]] came.\n"
    assert (root / "b.md").read_bytes() == b"Anna \xff.\n"
    assert "b.md is not valid UTF-8" in said


def test_yes_goes_with_fix(run: Run, vault: MakeVault) -> None:
    assert "--yes goes with --fix" in run("--vault", vault(), "mentions", "--yes", code=2).err
