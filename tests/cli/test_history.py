"""`vault history`, `undo` and `forget`: what was written is listed, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

ANNA = "People/Anna Petrova.md"
NOTE = "---\nevery: 2 weeks\nlast_contact: 2026-10-01\n---\n\n## Log\n\n- 2026-10-01 call: hello\n"
DAILY = f"{TODAY}.md"


def contents(root: Path) -> dict[str, bytes]:
    """The notes of a vault; what Obsidian calls trash is outside of it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".trash" not in path.parts
    }


WRITING = [
    ("due",),
    ("log", "anna", "lunch, the move", "--via", "lunch", "--to", "daily"),
    ("log", "anna", "lunch", "--to", "contact"),
    ("log", "anna", "boris", "spoke", "--to", "contact"),
    ("init",),
]


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_undo_gives_back_the_same_bytes(
    run: Run, vault: MakeVault, command: tuple[str, ...], end: str
) -> None:
    files = {ANNA: NOTE, "People/Boris Lang.md": NOTE, "Home.md": "\ufeff# Home  \n\ntext"}
    root = vault({path: text.replace("\n", end) for path, text in files.items()})
    before = contents(root)
    run("--vault", root, "--today", TODAY, *command)
    assert contents(root) != before
    run("--vault", root, "--today", TODAY, "undo")
    assert contents(root) == before


def test_a_step_is_one_command_however_many_notes_it_touched(run: Run, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE, "People/Boris Lang.md": NOTE})
    run("--vault", root, "--today", TODAY, "log", "anna", "boris", "hi", "--to", "contact")
    (step,) = run("--vault", root, "history", "--format", "json").json
    assert (step["step"], step["command"], len(step["notes"])) == (1, "log", 2)
    assert run("--vault", root, "history", "anna", "--format", "json").json == [step]


def test_undo_keeps_what_was_written_since(run: Run, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE})
    run("--vault", root, "--today", TODAY, "log", "anna", "lunch", "--to", "contact")
    note = root / ANNA
    note.write_text(note.read_text().replace("every: 2 weeks", "every: 3 weeks"))
    run("--vault", root, "--today", TODAY, "undo")
    assert note.read_text() == NOTE.replace("every: 2 weeks", "every: 3 weeks")


def test_undo_refuses_where_the_same_line_was_changed_since(run: Run, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE})
    run("--vault", root, "--today", TODAY, "log", "anna", "lunch", "--to", "contact")
    note = root / ANNA
    changed = note.read_text().replace("lunch", "a long lunch")
    note.write_text(changed)
    done = run("--vault", root, "--today", TODAY, "undo", code=4)
    assert "-- 2026-11-20 lunch" in done.out
    assert "take this back by hand" in done.err
    assert note.read_text() == changed


def test_an_undo_can_be_taken_back(run: Run, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE})
    run("--vault", root, "--today", TODAY, "log", "anna", "lunch", "--to", "contact")
    logged = contents(root)
    run("--vault", root, "--today", TODAY, "undo")
    assert "taken back already" in run("--vault", root, "--today", TODAY, "undo", "1", code=1).err
    run("--vault", root, "--today", TODAY, "undo", "2")
    assert contents(root) == logged


def test_several_steps_at_once(run: Run, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE})
    before = contents(root)
    for text in ("one", "two", "three"):
        run("--vault", root, "--today", TODAY, "log", "anna", text, "--to", "contact")
    shown = run("--vault", root, "--today", TODAY, "undo", "--last", "3", "--dry-run").out
    assert shown.count("\n-- 2026-11-20") == 3
    run("--vault", root, "--today", TODAY, "undo", "--last", "3")
    assert contents(root) == before
    assert "nothing to take back" in run("--vault", root, "--today", TODAY, "undo", code=1).err


def test_the_journal_is_verified(run: Run, vault: MakeVault, home: Path) -> None:
    root = vault({ANNA: NOTE})
    run("--vault", root, "--today", TODAY, "log", "anna", "lunch", "--to", "contact")
    assert "the chain holds" in run("--vault", root, "history", "--verify").err
    (journal,) = home.rglob("journal.jsonl")
    journal.write_text(journal.read_text().replace('"log"', '"due"'))
    done = run("--vault", root, "history", "--verify", code=1)
    assert "line 1 was changed" in done.out


def test_forget_purges_a_person_and_leaves_the_note(run: Run, vault: MakeVault, home: Path) -> None:
    root = vault({ANNA: NOTE, "People/Boris Lang.md": f"{NOTE}\nBoris.\n"})
    run("--vault", root, "--today", TODAY, "log", "anna", "boris", "hi", "--to", "daily")
    run("--vault", root, "--today", TODAY, "log", "boris", "greetings", "--to", "contact")
    run("--vault", root, "--today", TODAY, "log", "anna", "secret", "--to", "contact")
    assert "speak" in run("--vault", root, "--today", TODAY, "forget", "anna", "--dry-run").err
    before = contents(root)
    run("--vault", root, "--today", TODAY, "forget", "anna")
    assert contents(root) == before
    kept = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert NOTE.encode() not in kept
    assert not any(word in data for data in kept for word in (b"secret", b"Anna"))
    run("--vault", root, "history", "--verify")
    assert "purged" in run("--vault", root, "--today", TODAY, "undo", code=4).err
    run("--vault", root, "--today", TODAY, "undo", "2")
    assert "greetings" not in (root / "People/Boris Lang.md").read_text()


def test_a_run_that_writes_nothing_is_no_step(run: Run, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE})
    run("--vault", root, "--today", TODAY, "due")
    run("--vault", root, "--today", TODAY, "due")
    run("--vault", root, "--today", TODAY, "due", "--print")
    assert len(run("--vault", root, "history", "--format", "json").json) == 1
