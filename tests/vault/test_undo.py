"""`vault undo`: the tool's lines go, what anybody else wrote stays byte for byte."""

from __future__ import annotations

import contextlib
import itertools
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.conftest import TODAY, needs_posix, write_files
from tests.vault.test_faults import Died, Failing, Fault
from tests.vault.watched import texts
from vaulttool.errors import RefusedError, VaultError
from vaulttool.vault.change import Change
from vaulttool.vault.journal import RESCUE
from vaulttool.vault.undo import inverse, steps_to_undo, taken_back_by
from vaulttool.vault.write import Storage, apply, look_after

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault, Result, Run

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001
ANNA, BORIS, DAILY = "People/Anna Petrova.md", "People/Boris Lang.md", f"{TODAY}.md"
NOTE = "---\nevery: 2 weeks\nlast_contact: 2026-10-01\n---\n\n## Log\n\n- 2026-10-01 call: hello\n"


if TYPE_CHECKING:
    VaultAt: TypeAlias = Callable[[Path], Callable[..., Result]]


@pytest.fixture
def vault_at(run: Run) -> VaultAt:
    """Runs commands in a vault, on the day of the tests."""

    def at(root: Path) -> Callable[..., Result]:
        return lambda *words, code=0: run("--vault", root, "--today", TODAY, *words, code=code)

    return at


def notes(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in texts(root).items() if not path.startswith(".trash/")}


# --- The same bytes, whatever was written into whatever note ---

WRITING = [
    ("due",),
    ("log", "anna", "boris", "lunch", "--to", "daily"),
    ("log", "anna", "boris", "lunch", "--to", "contact"),
    ("set", "anna", "circle=key"),
    ("snooze", "anna", "2 weeks"),
    ("pause", "anna"),
    ("add", "Carl"),
    ("init",),
]
SHAPES = {
    "LF": NOTE,
    "CRLF": NOTE.replace("\n", "\r\n"),
    "both endings": NOTE.replace("\n", "\r\n", 5),
    "a byte order mark": f"\ufeff{NOTE}",
    "no final newline": NOTE.removesuffix("\n"),
    "CRLF, no final newline": NOTE.replace("\n", "\r\n").removesuffix("\r\n"),
    "one line": "Anna",
    "empty": "",
    "an empty line": "\n",
    "a byte order mark alone": "\ufeff",
    "empty lines at the end": f"{NOTE}\n\n\n",
}


EACH_SHAPE = [(command, shape, True) for shape in SHAPES for command in WRITING[:4]]
NO_DAILY = [(command, "LF", False) for command in WRITING]


@pytest.mark.parametrize(("command", "shape", "has_daily"), [*EACH_SHAPE, *NO_DAILY])
def test_the_same_bytes_come_back(
    vault_at: VaultAt,
    vault: MakeVault,
    command: tuple[str, ...],
    shape: str,
    has_daily: bool,
) -> None:
    daily = {DAILY: SHAPES[shape]} if has_daily else {}
    root = vault({ANNA: SHAPES[shape], BORIS: NOTE, **daily})
    do, before = vault_at(root), notes(root)
    do(*command)
    after = notes(root)
    assert after != before
    for undo, wanted in ((), before), (("2",), after), (("3",), before):
        do("undo", *undo)
        assert notes(root) == wanted


# --- What she wrote beside the tool's lines stays ---

BESIDE = {
    "below": lambda text: f"{text}Hers.\n",
    "below, without an ending": lambda text: f"{text}Hers.",
    "far below": lambda text: f"{text}\n\nHers.\n",
    "above": lambda text: f"Hers.\n{text}",
    "far above": lambda text: f"Hers.\n\n{text}",
    "above and below": lambda text: f"Hers.\n\n{text}\nHers.\n",
}


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("text", ["", "Sunny.\n", "# Friday\n\nSunny.\n\n"])
@pytest.mark.parametrize("command", WRITING[:2], ids=" ".join)
def test_text_around_the_daily_note_s_lines_stays(
    vault_at: VaultAt,
    vault: MakeVault,
    command: tuple[str, ...],
    text: str,
    beside: str,
) -> None:
    root = vault({ANNA: NOTE, BORIS: NOTE, DAILY: text})
    do = vault_at(root)
    do(*command)
    (root / DAILY).write_text(BESIDE[beside]((root / DAILY).read_text()))
    do("undo")
    assert (root / DAILY).read_text() == BESIDE[beside](text)


def test_a_line_beside_a_log_line_stays(vault_at: VaultAt, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE})
    do = vault_at(root)
    do("log", "anna", "lunch", "--to", "contact")
    line = f"- {TODAY} lunch\n"
    written = (root / ANNA).read_text()
    (root / ANNA).write_text(written.replace(line, f"- hers\n{line}- hers too\n"))
    do("undo")
    left = (root / ANNA).read_text()
    assert left.replace("- hers\n- hers too\n", "") == NOTE
    assert "- hers\n- hers too\n" in left


def test_of_steps_that_touch_each_other_any_can_be_taken_back(
    vault_at: VaultAt, vault: MakeVault
) -> None:
    lines = {number: f"- {TODAY} text {number}\n" for number in (1, 2, 3)}
    for order in itertools.permutations(lines):
        root = vault({ANNA: NOTE})
        do = vault_at(root)
        first = len(do("history", "--format", "json").out.split('"step":')) - 1
        for number in lines:
            do("log", "anna", f"text {number}", "--to", "contact")
        for at, number in enumerate(order, 1):
            do("undo", str(first + number))
            text = (root / ANNA).read_text()
            for other, line in lines.items():
                assert (line in text) == (other not in order[:at])
        assert (root / ANNA).read_text() == NOTE


def test_a_tick_that_the_tool_made_goes_before_the_block(
    vault_at: VaultAt, vault: MakeVault
) -> None:
    root = vault({ANNA: NOTE, DAILY: "Sunny."})
    do = vault_at(root)
    do("due")
    do("log", "anna", "lunch", "--to", "daily")
    daily = root / DAILY
    daily.write_text(f"{daily.read_text()}Hers.\n")
    assert "take this back by hand" in do("undo", "1", code=4).err
    do("undo")
    assert "- [ ] [[Anna Petrova]]" in daily.read_text()
    do("undo")
    assert daily.read_text() == "Sunny.\nHers.\n"


def test_what_she_ticked_or_wrote_inside_is_hers(vault_at: VaultAt, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE, DAILY: "Sunny.\n"})
    do = vault_at(root)
    do("due")
    block = (root / DAILY).read_text()
    for hers in (
        block.replace("[ ]", "[x]"),
        block.replace("\n\n%%", "\n\t- she is in Rome\n\n%%"),
    ):
        assert hers != block
        (root / DAILY).write_text(hers)
        done = do("undo", code=4)
        assert "take this back by hand" in done.err
        assert "\n-- [ ] [[Anna Petrova]]" in done.out
        assert (root / DAILY).read_text() == hers


# --- A note that the tool made ---


def test_of_a_note_that_the_tool_made_hers_stays(vault_at: VaultAt, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE})
    do = vault_at(root)
    do("due")
    (root / DAILY).write_text(f"Sunny.\n\n{(root / DAILY).read_text()}Called the bank.")
    do("undo")
    assert (root / DAILY).read_text() == "Sunny.\n\nCalled the bank."
    do("undo", "2")
    assert "%% vault:due" in (root / DAILY).read_text()


def test_a_note_that_the_tool_made_goes_where_nothing_is_hers(
    vault_at: VaultAt, vault: MakeVault
) -> None:
    root = vault({ANNA: NOTE})
    do = vault_at(root)
    do("due")
    made = (root / DAILY).read_bytes() + b"\n"
    (root / DAILY).write_bytes(made)
    do("undo")
    assert not (root / DAILY).exists()
    assert (root / ".trash" / DAILY).read_bytes() == made


def test_a_template_stays_around_what_she_wrote_between_its_lines(
    vault_at: VaultAt, vault: MakeVault
) -> None:
    template = "---\ntags: daily\n---\n\n## Notes\n\n## Evening\n"
    settings = '{"template": "Templates/Day"}'
    root = vault({ANNA: NOTE, "Templates/Day.md": template, ".obsidian/daily-notes.json": settings})
    do = vault_at(root)
    do("due")
    daily = root / DAILY
    daily.write_text(daily.read_text().replace("Notes\n", "Notes\n- [ ] call the bank\n"))
    do("undo")
    assert daily.read_text() == template.replace("Notes\n", "Notes\n- [ ] call the bank\n")


def test_a_note_that_was_made_anew_is_not_replaced(vault_at: VaultAt, vault: MakeVault) -> None:
    root = vault({ANNA: NOTE})
    do = vault_at(root)
    do("due")
    do("undo")
    (root / DAILY).write_text("Hers.\n")
    assert "there is a note of this name again" in do("undo", "2", code=4).err
    assert (root / DAILY).read_text() == "Hers.\n"


# --- A note that is no longer what it was ---


@pytest.fixture
def logged(vault_at: VaultAt, vault: MakeVault) -> Path:
    """A vault in which the tool wrote a log line into Anna's note."""
    root = vault({ANNA: NOTE})
    vault_at(root)("log", "anna", "lunch", "--to", "contact")
    return root


CONFLICT_COPY = "People/Anna Petrova.sync-conflict-20261120-120000-ABCDEFG.md"


@pytest.mark.parametrize("now", [None, "People/Anna Lindgren.md", "Anna Petrova.md", CONFLICT_COPY])
def test_a_note_that_is_gone_is_said_to_be(
    vault_at: VaultAt, logged: Path, now: str | None
) -> None:
    written = (logged / ANNA).read_bytes()
    (logged / ANNA).unlink()
    write_files(logged, {now: written} if now else {})
    before = notes(logged)
    done = vault_at(logged)("undo", code=4)
    assert f"{ANNA} is no longer there: it was renamed, moved or deleted" in done.err
    assert f"-- {TODAY} lunch\n" in done.out
    assert notes(logged) == before


def test_a_note_that_has_its_name_again_is_taken_back(vault_at: VaultAt, logged: Path) -> None:
    (logged / ANNA).rename(logged / "Anna.md")
    vault_at(logged)("undo", code=4)
    (logged / "Anna.md").rename(logged / ANNA)
    vault_at(logged)("undo")
    assert (logged / ANNA).read_text() == NOTE


@needs_posix
def test_a_note_that_became_a_link_is_not_written_through(vault_at: VaultAt, logged: Path) -> None:
    elsewhere = logged.parent / "Anna.md"
    (logged / ANNA).rename(elsewhere)
    (logged / ANNA).symlink_to(elsewhere)
    written = elsewhere.read_text()
    done = vault_at(logged)("undo", code=4)
    assert f"{ANNA} is a link to another file" in done.err
    assert elsewhere.read_text() == written


def test_a_folder_that_is_gone_is_no_longer_there_either(vault_at: VaultAt, logged: Path) -> None:
    (logged / "People").rename(logged / "Friends")
    assert f"{ANNA} is no longer there" in vault_at(logged)("undo", code=4).err
    (logged / "People").write_text("hers")
    assert f"{ANNA} is no longer there" in vault_at(logged)("undo", code=4).err


@needs_posix
def test_a_folder_of_the_note_s_name_is_said(vault_at: VaultAt, logged: Path) -> None:
    (logged / ANNA).unlink()
    (logged / ANNA).mkdir()
    assert f"{ANNA} cannot be read" in vault_at(logged)("undo", code=4).err


def test_what_she_took_away_herself_need_not_be_taken_back(vault_at: VaultAt, logged: Path) -> None:
    (logged / ANNA).write_text(NOTE)
    assert "nothing of it is left to take back" in vault_at(logged)("undo", code=1).err


def test_a_note_that_the_tool_made_and_she_deleted_need_not_be_taken_back(
    vault_at: VaultAt, vault: MakeVault
) -> None:
    root = vault({ANNA: NOTE})
    do = vault_at(root)
    do("due")
    (root / DAILY).unlink()
    assert "nothing of it is left to take back" in do("undo", code=1).err


# --- Steps ---

OLD, HERS = b"one\ntwo\nthree", b"\nhers"
TOOLS = OLD + b"\ntool\n"
TWO = ("a.md", "b.md")


@pytest.fixture
def storage(vault: MakeVault) -> Storage:
    root = vault(dict.fromkeys(TWO, OLD))
    return Storage(root, root.parent / "state")


def edit(storage: Storage, *paths: str, command: str = "edit", line: bytes = b"tool\n") -> None:
    old = {path: (storage.root / path).read_bytes() for path in paths}
    new = {path: data.removesuffix(b"\n") + b"\n" + line for path, data in old.items()}
    apply(storage, [Change(path, old[path], new[path]) for path in paths], command, NOW)


def undo(storage: Storage, number: int | None = None, last: int = 1) -> list[str]:
    look_after(storage, NOW)
    steps = steps_to_undo(storage.journal.steps(), number, last)
    changes = inverse(storage.root, storage.journal, steps)
    return apply(storage, changes, "undo", NOW, [step.number for step in steps])


@pytest.mark.parametrize("hers", [b"", HERS], ids=["as it was left", "with text of hers"])
def test_of_a_step_that_was_cut_short_what_was_written_is_taken_back(
    storage: Storage, hers: bytes
) -> None:
    seen = set()
    for call in itertools.count(1):
        write_files(storage.root, dict.fromkeys(TWO, OLD))
        alive = Storage(storage.root, storage.state / str(call))
        dying = Failing(call, Fault("dies", Died()))
        with contextlib.suppress(Died):
            edit(Storage(alive.root, alive.state, dying), *TWO)
        if dying.count < call:
            break
        written = {path for path in TWO if (storage.root / path).read_bytes() == TOOLS}
        for path in written:
            (storage.root / path).write_bytes(TOOLS + hers.removeprefix(b"\n"))
        if written:
            assert set(undo(alive)) == written
        seen.add(len(written))
        for path in TWO:
            text = OLD + hers if path in written else OLD
            assert (storage.root / path).read_bytes() == text
    assert seen == {0, 1, 2}


def test_what_the_tool_brought_in_of_others_is_passed_over(storage: Storage) -> None:
    edit(storage, "a.md", line=b"first\n")
    edit(storage, "a.md", line=b"late text of an editor\n", command=RESCUE)
    edit(storage, "b.md", line=b"second\n")
    edit(storage, "b.md", line=b"late text of another\n", command=RESCUE)
    undo(storage, last=2)
    assert (storage.root / "a.md").read_bytes() == OLD + b"\nlate text of an editor\n"
    assert (storage.root / "b.md").read_bytes() == OLD + b"\nlate text of another\n"
    with pytest.raises(VaultError, match="nothing to take back"):
        undo(storage)
    undo(storage, number=2)
    assert (storage.root / "a.md").read_bytes() == OLD + b"\n"


def test_an_undo_is_taken_back_by_its_number_beside_what_she_wrote(storage: Storage) -> None:
    edit(storage, "a.md")
    note = storage.root / "a.md"
    note.write_bytes(b"hers\n" + note.read_bytes())
    undo(storage)
    assert note.read_bytes() == b"hers\n" + OLD
    undo(storage, number=2)
    assert note.read_bytes() == b"hers\n" + TOOLS


def test_what_an_undo_took_back_stands_again_once_that_is_taken_back(storage: Storage) -> None:
    edit(storage, "a.md")
    undo(storage)
    undo(storage, number=2)
    with pytest.raises(VaultError, match="was taken back already"):
        undo(storage, number=2)
    undo(storage)
    assert (storage.root / "a.md").read_bytes() == OLD
    assert taken_back_by(storage.journal.steps()) == {1: 4, 2: 3}
    with pytest.raises(VaultError, match="nothing to take back"):
        undo(storage)


def test_nothing_is_written_where_one_note_of_a_step_cannot_be(storage: Storage) -> None:
    edit(storage, *TWO)
    (storage.root / "b.md").unlink()
    with pytest.raises(RefusedError, match="no longer there"):
        undo(storage)
    assert (storage.root / "a.md").read_bytes() == TOOLS


def test_what_is_no_text_is_taken_back_only_as_it_was_left(storage: Storage) -> None:
    note = storage.root / "a.md"
    note.write_bytes(b"\xff one")
    edit(storage, "a.md")
    left = note.read_bytes()
    note.write_bytes(left + b"hers\n")
    with pytest.raises(RefusedError):
        undo(storage)
    note.write_bytes(left)
    undo(storage)
    assert note.read_bytes() == b"\xff one"
