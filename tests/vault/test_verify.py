"""Every kind of damage to the journal is found, also after later writes; a crash is none."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import needs_posix
from vaulttool.vault.chain import seal
from vaulttool.vault.change import Change
from vaulttool.vault.journal import Journal, Touched, name_of
from vaulttool.vault.retention import prune, purge, spoken_of
from vaulttool.vault.system import System
from vaulttool.vault.write import Storage, apply

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001
ONE, TWO, BOB = (name_of(text) for text in (b"Anna, one\n", b"Anna, two\n", b"Bob\n"))


@pytest.fixture
def storage(vault: MakeVault, tmp_path: Path) -> Storage:
    """Three steps in six lines: a note is made, and changed, and another one is made."""
    storage = Storage(vault({}), tmp_path / "state")
    write(storage, "a.md", "Anna, one\n")
    write(storage, "a.md", "Anna, two\n")
    write(storage, "b.md", "Bob\n")
    return storage


@pytest.fixture
def journal(storage: Storage) -> Journal:
    return storage.journal


def write(storage: Storage, path: str, text: str, now: datetime = NOW) -> None:
    note = storage.root / path
    old = note.read_bytes() if note.exists() else None
    apply(storage, [Change(path, old, text.encode())], "test", now)


def found(journal: Journal) -> list[str]:
    """The flaws, each as its kind and where it is."""
    places = [(flaw.kind, flaw.line or flaw.name[:8]) for flaw in journal.verify()]
    return [f"{kind} {place}".strip() for kind, place in places]


def is_damaged(journal: Journal) -> bool:
    return any(flaw.is_damage for flaw in journal.verify())


def edit(journal: Journal, change: Callable[[list[bytes]], object]) -> None:
    """Change the lines of the records, as in a text editor."""
    lines = journal.file.read_bytes().splitlines(keepends=True)
    change(lines)
    journal.file.write_bytes(b"".join(lines))


class TestRecords:
    @pytest.mark.parametrize("line", range(5))
    def test_a_line_that_is_taken_out(self, journal: Journal, line: int) -> None:
        edit(journal, lambda lines: lines.pop(line))
        flaws = [flaw for flaw in found(journal) if not flaw.startswith("left")]
        assert flaws == [f"chain {line + 1}"]

    @pytest.mark.parametrize("kept", range(6))
    def test_an_end_that_is_cut_off(self, journal: Journal, kept: int) -> None:
        edit(journal, lambda lines: lines.__delitem__(slice(kept, None)))
        flaws = [flaw for flaw in found(journal) if not flaw.startswith("left")]
        assert flaws == ([f"end {kept}"] if kept else ["records"])

    def test_a_last_line_that_is_cut_short(self, journal: Journal) -> None:
        journal.file.write_bytes(journal.file.read_bytes()[:-20])
        assert found(journal) == ["foreign 6", "end 5"]

    def test_a_last_line_without_its_ending_is_whole(self, journal: Journal) -> None:
        journal.file.write_bytes(journal.file.read_bytes()[:-1])
        assert found(journal) == []

    def test_two_lines_that_change_places(self, journal: Journal) -> None:
        edit(journal, lambda lines: lines.insert(0, lines.pop(1)))
        assert found(journal)[0] == "chain 1"

    def test_a_line_that_is_there_twice(self, journal: Journal) -> None:
        edit(journal, lambda lines: lines.insert(2, lines[1]))
        assert found(journal) == ["chain 3"]

    @pytest.mark.parametrize("line", [b"hello\n", b"\n", b'{"step": 9\n', b"{}\n", b"\xff\n"])
    @pytest.mark.parametrize("place", range(6))
    def test_a_line_that_is_put_in(self, journal: Journal, line: bytes, place: int) -> None:
        edit(journal, lambda lines: lines.insert(place, line))
        assert found(journal) == [f"foreign {place + 1}", f"chain {place + 2}"]

    def test_a_line_that_is_written_over(self, journal: Journal) -> None:
        edit(journal, lambda lines: lines.__setitem__(2, b"hello\n"))
        assert found(journal) == ["foreign 3"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'"path": "a.md"', b'"path": "b.md"'),
            (b'"path": "a.md"', b'"path": null'),
            (b'"path": "a.md"', b'"path": 5'),
            (b'"path": "a.md"', b'"path": "\\ud800"'),
            (b'"hash": "', b'"hash": "\\ud800'),
            (b'"command": "test"', b'"command": "due"'),
            (b'"command": "test"', b'"command":  "test"'),
            (b'"line": 3', b'"line": 4'),
            (b'"line": 3', b'"line": "x"'),
            (b'"touched": [', b'"touched": [5, '),
            (f'"before": "{ONE}"'.encode(), b'"before": ["hello"]'),
        ],
    )
    def test_a_line_that_is_changed(self, journal: Journal, old: bytes, new: bytes) -> None:
        edit(journal, lambda lines: lines.__setitem__(2, lines[2].replace(old, new, 1)))
        assert found(journal)[0] in ("record 3", "foreign 3")
        assert [step.number for step in journal.steps()] == [1, 3]

    def test_other_line_endings(self, journal: Journal) -> None:
        journal.file.write_bytes(journal.file.read_bytes().replace(b"\n", b"\r\n"))
        assert is_damaged(journal)

    @pytest.mark.parametrize("remove", ["unlink", "empty"])
    def test_records_that_are_gone_altogether(self, journal: Journal, remove: str) -> None:
        journal.file.unlink() if remove == "unlink" else journal.file.write_bytes(b"")
        assert "records" in found(journal)
        journal.head.unlink()
        assert "records" in found(journal)


class TestHead:
    def test_a_head_that_is_missing(self, journal: Journal) -> None:
        journal.head.unlink()
        assert found(journal) == ["head"]

    @pytest.mark.parametrize("text", ["", "{}", "hello", "[]", '{"hash": 1, "lines": 6}'])
    def test_a_head_that_cannot_be_read(self, journal: Journal, text: str) -> None:
        journal.head.write_text(text)
        assert found(journal) == ["head"]

    def test_a_head_of_another_journal(self, journal: Journal) -> None:
        journal.head.write_text(json.dumps({"hash": ONE, "lines": 6, "size": 1}))
        assert found(journal) == ["end 6"]

    def test_a_head_of_another_line(self, journal: Journal) -> None:
        head = json.loads(journal.head.read_text())
        journal.head.write_text(json.dumps(head | {"lines": 5}))
        assert found(journal) == ["head"]

    def test_a_head_that_lags_behind_is_a_crash(self, storage: Storage, journal: Journal) -> None:
        head = journal.head.read_bytes()
        write(storage, "b.md", "Bob, two\n")
        journal.head.write_bytes(head)
        assert found(journal) == []
        write(storage, "b.md", "Bob, three\n")
        assert found(journal) == []


def cut(journal: Journal) -> None:
    edit(journal, lambda lines: lines.__delitem__(slice(3, None)))


def empty(journal: Journal) -> None:
    journal.file.write_bytes(b"")


def no_records(journal: Journal) -> None:
    journal.file.unlink()


def no_head(journal: Journal) -> None:
    journal.head.unlink()


def no_head_and_no_end(journal: Journal) -> None:
    cut(journal)
    no_head(journal)


def only_texts(journal: Journal) -> None:
    no_records(journal)
    no_head(journal)


def put_in(journal: Journal) -> None:
    edit(journal, lambda lines: lines.insert(3, b"hello\n"))


DAMAGE = [cut, empty, no_records, no_head, no_head_and_no_end, only_texts, put_in]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_damage_stays_visible_and_texts_stay_after_later_writes(
    storage: Storage, journal: Journal, damage: Callable[[Journal], object]
) -> None:
    damage(journal)
    for number in range(3):
        write(storage, "c.md", f"{number}\n", datetime.now())  # noqa: DTZ005
        assert is_damaged(journal)
    assert journal.bytes_of(ONE) == b"Anna, one\n"


class TestTexts:
    def test_a_text_that_is_taken_away(self, journal: Journal) -> None:
        journal.object(ONE).unlink()
        assert found(journal) == [f"missing {ONE[:8]}"]

    def test_all_texts_taken_away(self, journal: Journal) -> None:
        shutil.rmtree(journal.folder / "objects")
        assert sorted(found(journal)) == sorted(f"missing {name[:8]}" for name in (ONE, TWO, BOB))

    @pytest.mark.parametrize("data", [b"", b"Anna, two\n"])
    def test_a_text_that_is_changed(self, journal: Journal, data: bytes) -> None:
        journal.object(ONE).write_bytes(data)
        assert found(journal) == [f"object {ONE[:8]}"]

    def test_a_folder_in_the_place_of_a_text(self, journal: Journal) -> None:
        journal.object(ONE).unlink()
        journal.object(ONE).mkdir()
        assert is_damaged(journal)

    @needs_posix
    def test_a_link_in_the_place_of_a_text(self, storage: Storage, journal: Journal) -> None:
        journal.object(ONE).unlink()
        (storage.root / "one").write_bytes(b"Anna, one\n")
        journal.object(ONE).symlink_to(storage.root / "one")
        assert found(journal) == [f"object {ONE[:8]}"]

    @pytest.mark.parametrize("path", ["hello.txt", "ab/hello", "ab/c/d", ONE, "ab/" + ONE])
    def test_a_file_that_is_none_of_the_tool(self, journal: Journal, path: str) -> None:
        file = journal.folder / "objects" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"Anna, one\n")
        (flaw,) = journal.verify()
        assert flaw.kind == "stray"
        assert is_damaged(journal)

    def test_a_text_that_no_record_names_is_told_and_goes(
        self, storage: Storage, journal: Journal
    ) -> None:
        name = journal.keep(b"kept, and then the machine stopped\n")
        half = journal.object(name).with_name(f"{name[2:]}.123-0123abcd")
        halves = [half, *(journal.folder / f"{of}.7-0123abcd" for of in ("head", "journal.jsonl"))]
        for file in halves:
            file.write_bytes(b"kept, and th")
        assert [flaw.kind for flaw in journal.verify()] == ["left"] * 2
        assert not is_damaged(journal)
        write(storage, "b.md", "Bob, two\n")
        assert found(journal) == []
        assert not any(file.exists() for file in halves)

    def test_a_copy_that_somebody_made_of_the_records_stays(
        self, storage: Storage, journal: Journal
    ) -> None:
        copy = journal.folder / "journal.jsonl.bak"
        shutil.copy(journal.file, copy)
        write(storage, "b.md", "Bob, two\n")
        assert found(journal) == []
        assert copy.exists()


class TestLetGo:
    def test_what_time_took_is_not_missed(self, storage: Storage, journal: Journal) -> None:
        for number in range(20):
            write(storage, "a.md", f"{number}\n")
        prune(journal, NOW + timedelta(days=100), days=90, megabytes=200)
        assert journal.bytes_of(ONE) is None
        assert found(journal) == []

    def test_what_was_let_go_and_kept_again_is_missed(
        self, storage: Storage, journal: Journal
    ) -> None:
        purge(journal, [], [journal.object(BOB)])
        assert found(journal) == []
        write(storage, "c.md", "Bob\n")
        journal.object(BOB).unlink()
        assert found(journal) == [f"missing {BOB[:8]}"]

    def test_what_forget_took_is_not_missed(self, storage: Storage, journal: Journal) -> None:
        purge(journal, ["a.md"], spoken_of(journal, ["a.md"], ["Anna"]))
        assert found(storage.journal) == []
        write(storage, "b.md", "Bob, two\n")
        assert found(storage.journal) == []
        journal.object(BOB).unlink()
        assert found(storage.journal) == [f"missing {BOB[:8]}"]

    def test_forget_takes_what_no_record_names(self, journal: Journal) -> None:
        name = journal.keep(b"of nobody knows whom\n")
        assert journal.object(name) in spoken_of(journal, ["a.md"], ["Anna"])

    def test_it_is_written_down_before_it_goes(
        self, journal: Journal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(_path: Path, **_: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("pathlib.Path.unlink", die)
        with pytest.raises(KeyboardInterrupt):
            purge(journal, ["a.md"], [journal.object(ONE)])
        monkeypatch.undo()
        assert journal.bytes_of(ONE)
        journal.object(ONE).unlink()
        assert found(journal) == []

    def test_a_step_that_was_cut_short_needs_what_forget_took_no_more(
        self, storage: Storage, journal: Journal
    ) -> None:
        name = journal.keep(b"Anna met Carla\n")
        journal.begin(NOW, "test", [Touched("a.md", TWO, name, ".syncthing.vault-1.tmp")])
        (storage.root / "a.md").write_bytes(b"Anna met Carla\n")  # and then the machine stopped
        purge(journal, ["Carla.md"], spoken_of(journal, ["Carla.md"], ["Carla"]))
        write(storage, "b.md", "Bob, two\n")
        assert journal.steps()[3].touched[0].after == name
        assert found(journal) == []


# --- Journals of before there was a head ---


def make_old(journal: Journal) -> None:
    """Write the journal anew, as it was written before there were heads and line numbers."""
    previous, lines = "0" * 64, []
    for line in journal.file.read_bytes().splitlines():
        record = json.loads(line)
        del record["line"], record["hash"]
        record["previous"] = previous
        lines.append(seal(record))
        previous = record["hash"]
    journal.file.write_bytes(b"".join(lines))
    journal.head.unlink()


class TestOld:
    def test_from_its_head_on_lines_put_in_between_old_ones_are_seen(
        self, journal: Journal
    ) -> None:
        make_old(journal)
        journal.keep(b"kept, and then the machine stopped\n")  # the head is made now
        assert not is_damaged(journal)
        edit(journal, lambda lines: lines.insert(2, b'{"step": 9'))
        edit(journal, lambda lines: lines.insert(3, b"\n"))
        assert "head" in found(journal)

    def test_an_old_journal_that_is_gone_after_the_next_write_began(self, journal: Journal) -> None:
        make_old(journal)
        journal.keep(b"kept, and then the machine stopped\n")
        journal.file.unlink()
        assert "records" in found(journal)

    def test_an_old_journal_holds(self, storage: Storage, journal: Journal) -> None:
        make_old(journal)
        journal.object(ONE).unlink()  # nobody wrote down then what was let go
        assert found(journal) == []
        assert [step.number for step in storage.journal.steps()] == [1, 2, 3]

    def test_from_the_next_write_on_it_is_looked_after(
        self, storage: Storage, journal: Journal
    ) -> None:
        make_old(journal)
        journal.file.write_bytes(journal.file.read_bytes() + b'{"command": "lo')  # a crash
        write(storage, "b.md", "Bob, two\n")
        assert found(journal) == ["torn 7"]
        edit(journal, lambda lines: lines.pop())
        assert found(journal) == ["torn 7", "end 8"]

    def test_an_old_line_that_is_changed(self, storage: Storage, journal: Journal) -> None:
        make_old(journal)
        edit(journal, lambda lines: lines.__setitem__(2, lines[2].replace(b'"test"', b'"due"')))
        assert found(journal) == ["record 3"]
        write(storage, "b.md", "Bob, two\n")
        assert found(journal) == ["record 3"]


# --- Several at once ---


def test_a_journal_that_others_wrote_since_is_read_again(storage: Storage) -> None:
    one, other = storage.journal, Journal(storage.state, System())
    for number in range(3):
        for journal in (one, other, other):
            step = journal.begin(NOW, f"{number}", [])
            journal.end(step, [])
    assert found(storage.journal) == []
    assert [step.number for step in one.steps()] == list(range(1, 13))


def test_a_journal_that_was_changed_meanwhile_is_read_again(journal: Journal) -> None:
    assert len(journal.steps()) == 3
    purge(Journal(journal.folder, System()), ["a.md"], [])
    assert [step.touched[0].path for step in journal.steps()] == ["", "", "b.md"]
    edit(journal, lambda lines: lines.__delitem__(slice(2, None)))
    assert len(journal.steps()) == 1


def test_a_lock_that_is_taken_away_by_hand_breaks_no_chain(storage: Storage) -> None:
    journal = storage.journal
    step = journal.begin(NOW, "first", [])
    (storage.state / "lock").unlink(missing_ok=True)
    write(storage, "b.md", "Bob, two\n")  # another run ends the first one's step as well
    journal.end(step, [])
    write(storage, "b.md", "Bob, three\n")
    assert found(storage.journal) == []
    assert [one.command for one in journal.steps()] == ["test"] * 3 + ["first", "test", "test"]


# --- Who may read it ---


@needs_posix
class TestRights:
    @pytest.fixture
    def umask(self) -> Any:
        import os

        before = os.umask(0)
        yield
        os.umask(before)

    @pytest.mark.usefixtures("umask")
    def test_nobody_else_whatever_the_umask(self, vault: MakeVault, tmp_path: Path) -> None:
        storage = Storage(vault({}), tmp_path / "home/.local/state/vaulttool/v")
        write(storage, "a.md", "one\n")
        write(storage, "a.md", "two\n")
        for path in (storage.state, *storage.state.parents[:3], *storage.state.rglob("*")):
            if path.parent.name != "aside":  # these are the user's own files still
                wanted = 0o700 if path.is_dir() else 0o600
                assert path.stat().st_mode & 0o777 == wanted, path

    def test_a_folder_that_others_may_read_is_closed_by_the_next_write(
        self, storage: Storage
    ) -> None:
        storage.state.chmod(0o755)
        write(storage, "a.md", "Anna, three\n")
        assert storage.state.stat().st_mode & 0o777 == 0o700
