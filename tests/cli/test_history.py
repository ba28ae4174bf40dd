"""`vault history`, `undo` and `forget`: what was written is listed, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.vault.watched import let_grace_pass

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


def test_forget_first_brings_in_what_an_editor_saved_into_the_old_file(
    run: Run, vault: MakeVault, home: Path
) -> None:
    root = vault({ANNA: NOTE})
    with (root / ANNA).open("r+b") as editor:
        text = editor.read()
        run("--vault", root, "--today", TODAY, "log", "anna", "lunch", "--to", "contact")
        editor.seek(0)
        editor.write(b"Late.\n" + text)
    (state,) = (path.parent for path in home.rglob("journal.jsonl"))
    for code in (4, 0):  # what is brought in is a write of its own
        let_grace_pass(root, state)
        run("--vault", root, "--today", TODAY, "forget", "anna petrova", code=code)
    assert any(b"Late." in text for text in contents(root).values())
    assert not any(b"Late." in path.read_bytes() for path in state.rglob("*") if path.is_file())
    assert "was purged" in run("--vault", root, "--today", TODAY, "history", "anna").err


def test_forget_purges_a_person_and_leaves_the_note(run: Run, vault: MakeVault, home: Path) -> None:
    root = vault({ANNA: NOTE, "People/Boris Lang.md": f"{NOTE}\nBoris.\n"})
    run("--vault", root, "--today", TODAY, "log", "anna", "boris", "hi", "--to", "daily")
    run("--vault", root, "--today", TODAY, "log", "boris", "greetings", "--to", "contact")
    run("--vault", root, "--today", TODAY, "log", "anna", "secret", "--to", "contact")
    assert (
        "speak" in run("--vault", root, "--today", TODAY, "forget", "anna petrova", "--dry-run").err
    )
    before = contents(root)
    soon = run("--vault", root, "--today", TODAY, "forget", "anna petrova", code=4)
    assert "try again in a minute" in soon.err
    (state,) = (path.parent for path in home.rglob("journal.jsonl"))
    let_grace_pass(root, state)
    cache = next((home / ".cache").rglob("notes"))
    run("--vault", root, "--today", TODAY, "forget", "anna petrova")
    assert not cache.exists()
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


# --- What was written into one note ---


def written(run: Run, root: Path, *name: str) -> list[tuple[int, list[str]]]:
    rows = run("--vault", root, "history", *name, "--format", "json").json
    return [(row["step"], row["notes"]) for row in rows]


@pytest.fixture
def logged(run: Run, vault: MakeVault) -> Path:
    """Step 1 wrote into Anna's note, step 2 into the daily note."""
    root = vault({ANNA: NOTE, "Home.md": ""})
    run("--vault", root, "--today", TODAY, "log", "anna", "lunch", "--to", "contact")
    run("--vault", root, "--today", TODAY, "log", "anna", "call", "--to", "daily")
    return root


@pytest.mark.parametrize("name", ["anna", "Anna Petrova", ANNA, ANNA[:-3], "people/anna petrova"])
def test_a_person_is_found_by_name_and_path(run: Run, logged: Path, name: str) -> None:
    assert written(run, logged, name) == [(1, [ANNA])]


@pytest.mark.parametrize("name", [TODAY, DAILY, f"./{DAILY}", TODAY[5:], "{root}/" + DAILY])
def test_a_note_that_is_no_contact_is_found_by_title_and_path(
    run: Run, logged: Path, name: str
) -> None:
    assert written(run, logged, name.format(root=logged.as_posix())) == [(2, [DAILY])]


@pytest.mark.parametrize("name", ["Anna Petrova", "petrova", ANNA])
def test_a_note_that_was_renamed_or_deleted_is_found_by_its_old_name(
    run: Run, logged: Path, name: str
) -> None:
    (logged / ANNA).rename(logged / "People/Anna Lindgren.md")
    assert written(run, logged, name) == [(1, [ANNA])]
    (logged / "People/Anna Lindgren.md").unlink()
    assert written(run, logged, name) == [(1, [ANNA])]


def test_a_note_that_was_moved_is_found_in_both_places(run: Run, logged: Path) -> None:
    moved = "People/Old/Anna Petrova.md"
    (logged / "People/Old").mkdir()
    (logged / ANNA).rename(logged / moved)
    run("--vault", logged, "--today", TODAY, "log", "anna", "met again", "--to", "contact")
    assert written(run, logged, "Anna Petrova") == [(3, [moved]), (1, [ANNA])]


def test_a_note_into_which_nothing_was_written_is_said(run: Run, logged: Path) -> None:
    done = run("--vault", logged, "history", "home")
    assert (done.out, done.err) == ("", "The tool has written nothing into Home.md yet.\n")
    assert "no contact answers to" in run("--vault", logged, "history", "nobody", code=1).err


def test_a_part_of_several_titles_is_asked_about(run: Run, logged: Path) -> None:
    run("--vault", logged, "--today", "2026-11-21", "log", "anna", "call", "--to", "daily")
    error = run("--vault", logged, "history", "2026-11", "--format", "json", code=4).error
    assert error["candidates"] == [DAILY, "2026-11-21.md"]


# --- The journal itself ---


def test_every_flaw_is_a_line_and_the_last_line_says_what_to_do(
    run: Run, logged: Path, home: Path
) -> None:
    (journal,) = home.rglob("journal.jsonl")
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:2]))
    done = run("--vault", logged, "history", "--verify", code=1)
    assert done.out.splitlines()[0] == (
        "after line 2 the end is missing: the file “head” knows a later record"
    )
    assert done.err == (
        "Error: the journal is not as it was written: what is damaged cannot be taken back; your"
        f" notes are not concerned. To begin a new journal, move {journal.parent} away\n"
    )
    flaws = run("--vault", logged, "history", "--verify", "--format", "json", code=1).json
    assert (flaws[0]["code"], flaws[0]["is_damage"], flaws[0]["line"]) == ("end", True, 2)
    assert (flaws[1]["code"], flaws[1]["is_damage"]) == ("left", False)
    russian = run("--vault", logged, "--lang", "ru", "history", "--verify", code=1)
    assert "после строки 2 не хватает конца" in russian.out
    assert "самих заметок это не касается" in russian.err


def test_many_flaws_of_one_kind_are_counted(run: Run, logged: Path, home: Path) -> None:
    (journal,) = home.rglob("journal.jsonl")
    journal.write_bytes(journal.read_bytes() + b"hello\n" * 15)
    out = run("--vault", logged, "history", "--verify", code=1).out.splitlines()
    assert out[9:] == ["line 14 is no record, or none any more", "and 5 more such"]


@pytest.mark.parametrize("place", ["journal.jsonl", "head", "lock", ".", ".."])
@pytest.mark.parametrize(
    "command",
    [
        ["history"],
        ["history", "--verify"],
        ["undo"],
        ["forget", "anna petrova"],
        ["due"],
        ["log", "anna"],
    ],
    ids=" ".join,
)
def test_what_stands_in_the_place_of_the_journal_is_named_and_nothing_is_written(
    run: Run, logged: Path, home: Path, place: str, command: list[str]
) -> None:
    (journal,) = home.rglob("journal.jsonl")
    let_grace_pass(logged, journal.parent)
    obstacle = (journal.parent / place).resolve()
    is_folder = obstacle.is_dir()
    obstacle.rename(home / "away")
    obstacle.write_text("") if is_folder else obstacle.mkdir()
    before = contents(logged)
    is_read_only = command == ["history"] and place in ("head", "lock")
    is_read_only |= command == ["history", "--verify"] and place == "lock"
    day = "2026-12-20"  # Anna is due
    done = run("--vault", logged, "--today", day, *command, code=0 if is_read_only else 1)
    assert contents(logged) == before
    if not is_read_only:
        what = "read" if command[0] == "history" else "written"
        last = done.err.splitlines()[-1]
        assert last.startswith(f"Error: the journal cannot be {what}: ")
        assert f"({obstacle})" in last
        assert "give yourself access to it, or move it away" in last
        assert ("no note was changed" in last) == (what == "written")


def test_a_step_whose_undo_was_taken_back_stands_again(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Anna.md": "---\nevery: 1 week\nlast_contact: 2026-11-01\n---\n"})
    options = ("--vault", root, "--today", "2026-11-20")
    run(*options, "log", "anna", "hello")
    run(*options, "undo")
    run(*options, "undo", "2")
    rows = run(*options, "history", "--format", "json").json
    assert {row["step"]: row["undone_by"] for row in rows} == {1: None, 2: 3, 3: None}


def test_forget_takes_a_whole_name_for_it_cannot_be_undone(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Anna Petrova.md": "---\naliases: [Anya]\n---\n"})
    failed = run("--vault", root, "forget", "anna", code=2)
    assert "expected a whole name, found “anna”; did you mean Anna Petrova?" in failed.err
    for name in ("ANNA PETROVA", "anya", "People/Anna Petrova.md"):
        run("--vault", root, "forget", name)


def test_a_step_and_a_number_of_steps_are_not_given_together(run: Run, vault: MakeVault) -> None:
    assert "not both" in run("--vault", vault(), "undo", "1", "--last", "2", code=2).err
