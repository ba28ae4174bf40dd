"""`vault log` of what did not come about: it is written down, and no clock starts again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault, Result, Run

ANNA = "---\nevery: 2 weeks\nlast_contact: 2026-11-03\n---\n"
NOTE = f"{TODAY}.md"
UNDONE = ["didn't call", "called, no answer", "tried to call, no answer", "is not well",
    "не дозвонилась", "звонила, но не дозвонилась", "позвоню завтра"]  # fmt: skip


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault({"People/Anna.md": ANNA, "People/Boris.md": ANNA})


@pytest.fixture
def log(run: Run, root: Path) -> Callable[..., Result]:
    return lambda *words: run("--vault", root, "--today", TODAY, "log", *words)


def last_contact(run: Run, root: Path, name: str) -> str:
    rows = run("--vault", root, "--today", TODAY, "list", "--format", "json").json
    return next(str(row["last_contact"]) for row in rows if row["name"] == name)


@pytest.mark.parametrize("to", ["daily", "contact"])
@pytest.mark.parametrize("words", UNDONE)
def test_it_is_written_and_does_not_count(
    run: Run, root: Path, log: Callable[..., Result], words: str, to: str
) -> None:
    done = log("anna", words, "--to", to)
    assert "does not count as contact" in done.err
    path = root / (NOTE if to == "daily" else "People/Anna.md")
    assert f"{words}\n" in path.read_text("utf-8")
    assert last_contact(run, root, "Anna") == "2026-11-03"


def test_no_line_of_the_list_is_ticked(run: Run, root: Path, log: Callable[..., Result]) -> None:
    run("--vault", root, "--today", TODAY, "due")
    before = (root / NOTE).read_text("utf-8")
    log("anna", "boris", "called, no answer")
    line = "- [[Anna]], [[Boris]] — called, no answer\n"
    assert (root / NOTE).read_text("utf-8") == before.replace("\n\n%%", f"\n{line}\n%%")
    run("--vault", root, "--today", TODAY, "due")
    assert line in (root / NOTE).read_text("utf-8")
    assert "- [ ] [[Anna]]" in (root / NOTE).read_text("utf-8")


def test_a_log_says_that_it_is_a_note(root: Path, log: Callable[..., Result]) -> None:
    log("anna", "is not well", "--to", "contact")
    log("boris", "didn't call", "--to", "contact")
    assert f"- {TODAY} note: is not well\n" in (root / "People/Anna.md").read_text("utf-8")
    assert f"- {TODAY} didn't call\n" in (root / "People/Boris.md").read_text("utf-8")


@pytest.mark.parametrize("to", ["daily", "contact"])
@pytest.mark.parametrize("words", ["is not well", "called, no answer", "не спешили"])
def test_a_channel_that_is_named_makes_it_a_contact(
    run: Run, root: Path, log: Callable[..., Result], words: str, to: str
) -> None:
    done = log("anna", words, "--via", "call", "--to", to)
    assert "does not count" not in done.err
    assert last_contact(run, root, "Anna") == TODAY


def test_it_is_taken_back_in_one_step(run: Run, root: Path, log: Callable[..., Result]) -> None:
    before = tree_hash(root)
    assert "does not count" in log("anna", "didn't call", "--dry-run").err
    assert tree_hash(root) == before
    log("anna", "didn't call", "--to", "contact")
    run("--vault", root, "undo")
    assert (root / "People/Anna.md").read_text("utf-8") == ANNA
