"""The journal: a chain of records, and the bytes that they name."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, needs_posix
from tests.vault.watched import SCALE
from vaulttool.vault.change import Change
from vaulttool.vault.journal import Journal, name_of
from vaulttool.vault.retention import STATES, prune, purge, spoken_of
from vaulttool.vault.write import Storage, apply

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001
FLIPS = (0x01, 0x20, 0x80)
EVERY = 1 if SCALE > 1 else 3  # every byte in the long form


@pytest.fixture
def storage(vault: MakeVault, tmp_path: Path) -> Storage:
    """A vault with a step that makes a note, one that changes it, and one for another note."""
    storage = Storage(vault({}), tmp_path / "state")
    write(storage, "a.md", "Anna, one\n")
    write(storage, "a.md", "Anna, two\n")
    write(storage, "b.md", "Bob\n")
    return storage


def write(storage: Storage, path: str, text: str, now: datetime = NOW) -> None:
    note = storage.root / path
    old = note.read_bytes() if note.exists() else None
    apply(storage, [Change(path, old, text.encode())], "test", now)


def flaws(journal: Journal) -> set[str]:
    return {flaw.kind for flaw in journal.verify()}


def fresh(storage: Storage) -> Journal:
    return storage.journal


class TestChain:
    def test_a_step_names_what_was_before_and_after(self, storage: Storage) -> None:
        journal = fresh(storage)
        steps = journal.steps()
        assert [step.number for step in steps] == [1, 2, 3]
        assert all(step.done and step.touched == step.begun for step in steps)
        (touched,) = steps[1].touched
        assert touched.path == "a.md"
        assert journal.bytes_of(touched.before or "") == b"Anna, one\n"
        assert journal.bytes_of(touched.after or "") == b"Anna, two\n"
        assert flaws(journal) == set()

    def test_bytes_lie_under_their_hash(self, storage: Storage) -> None:
        objects = [path for path in (storage.state / "objects").rglob("*") if path.is_file()]
        assert len(objects) == 3
        for path in objects:
            assert name_of(path.read_bytes()) == path.parent.name + path.name

    def test_damaged_bytes_are_kept_again(self, storage: Storage) -> None:
        journal = fresh(storage)
        path = journal.object(name_of(b"Bob\n"))
        path.write_bytes(b"")
        assert flaws(journal) == {"object"}
        journal.keep(b"Bob\n")
        assert flaws(journal) == set()

    @pytest.mark.parametrize("line", range(6))
    def test_a_line_that_is_taken_out(self, storage: Storage, line: int) -> None:
        file = fresh(storage).file
        lines = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(b"".join(lines[:line] + lines[line + 1 :]))
        # Nothing in a chain tells that its end is missing.
        assert flaws(fresh(storage)) == (set() if line == len(lines) - 1 else {"chain"})

    def test_two_lines_that_change_places(self, storage: Storage) -> None:
        file = fresh(storage).file
        one, two, *rest = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(b"".join([two, one, *rest]))
        assert "chain" in flaws(fresh(storage))

    @pytest.mark.parametrize("flip", FLIPS)
    def test_every_flipped_byte_of_the_records_is_found_and_survived(
        self, storage: Storage, flip: int
    ) -> None:
        file = fresh(storage).file
        whole = file.read_bytes()
        for place in range(0, len(whole), EVERY):
            damaged = bytearray(whole)
            damaged[place] ^= flip
            file.write_bytes(damaged)
            assert flaws(fresh(storage)), (place, damaged[place - 20 : place + 20])
            fresh(storage).steps()
            file.write_bytes(whole)

    @pytest.mark.parametrize("flip", FLIPS)
    def test_every_flipped_byte_of_a_text_is_found(self, storage: Storage, flip: int) -> None:
        journal = fresh(storage)
        for path in (storage.state / "objects").glob("??/*"):
            whole = path.read_bytes()
            for place in range(len(whole)):
                damaged = bytearray(whole)
                damaged[place] ^= flip
                path.write_bytes(damaged)
                assert flaws(journal) == {"object"}
                assert journal.bytes_of(path.parent.name + path.name) is None
            path.write_bytes(whole)


class TestTorn:
    def test_a_last_line_cut_at_every_byte_is_survived(self, storage: Storage) -> None:
        file = fresh(storage).file
        whole = file.read_bytes()
        start = whole.rstrip(b"\n").rfind(b"\n") + 1
        for end in range(start, len(whole)):
            file.write_bytes(whole[:end])
            write(storage, "b.md", f"{end}\n")
            assert flaws(fresh(storage)) <= {"torn"}
            steps = fresh(storage).steps()
            assert [step.number for step in steps] == [1, 2, 3, 4]
            assert all(step.done for step in steps)

    def test_a_torn_first_line(self, storage: Storage) -> None:
        file = fresh(storage).file
        file.write_bytes(file.read_bytes()[:40])
        write(storage, "b.md", "new\n")
        assert flaws(fresh(storage)) == {"torn"}
        assert [step.number for step in fresh(storage).steps()] == [1]


TWICE = """
import sys
from datetime import datetime
from pathlib import Path
from vaulttool.errors import VaultError
from vaulttool.vault.change import Change
from vaulttool.vault.write import Storage, apply

root, state, name, times = sys.argv[1:]
storage = Storage(Path(root), Path(state))
for number in range(int(times)):
    while True:
        old = (storage.root / "a.md").read_bytes()
        new = old + f"{name} {number}\\n".encode()
        try:
            apply(storage, [Change("a.md", old, new)], name, datetime(2026, 11, 22, 12))
            break
        except VaultError:  # changed by the other, or the other had the lock for too long
            pass
"""


def test_two_processes_write_one_after_the_other(storage: Storage) -> None:
    times = 10 * min(SCALE, 4)
    names = ("one", "two")
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TWICE, storage.root, storage.state, name, str(times)], cwd=ROOT
        )
        for name in names
    ]
    assert [process.wait(120 * SCALE) for process in processes] == [0, 0]
    lines = (storage.root / "a.md").read_text().splitlines()[1:]
    assert sorted(lines) == sorted(f"{name} {n}" for name in names for n in range(times))
    assert flaws(fresh(storage)) == set()
    done = [step for step in fresh(storage).steps() if step.command in names and step.touched]
    assert len(done) == 2 * times


class TestRetention:
    def test_purged_paths_leave_the_chain_whole(self, storage: Storage) -> None:
        journal = fresh(storage)
        purge(journal, ["a.md"], spoken_of(journal, ["a.md"], ["Anna"]))
        assert flaws(fresh(storage)) == set()
        assert b"a.md" not in journal.file.read_bytes()
        paths = [[one.path for one in step.touched] for step in fresh(storage).steps()]
        assert paths == [[""], [""], ["b.md"]]
        write(storage, "b.md", "more\n")
        assert flaws(fresh(storage)) == set()

    def test_the_last_states_of_a_note_and_young_steps_are_kept(self, storage: Storage) -> None:
        for number in range(20):
            write(storage, "a.md", f"{number}\n", NOW + timedelta(days=number))
        journal = fresh(storage)
        later = NOW + timedelta(days=1000)
        prune(journal, later, days=90, megabytes=200)
        kept = [n for n in range(20) if journal.bytes_of(name_of(f"{n}\n".encode()))]
        assert len(kept) in range(STATES // 2, STATES + 1)
        assert kept[-1] == 19
        assert flaws(journal) == set()

    def test_young_steps_are_kept(self, storage: Storage) -> None:
        for number in range(20):
            write(storage, "a.md", f"{number}\n")
        journal = fresh(storage)
        prune(journal, NOW + timedelta(days=89), days=90, megabytes=200)
        assert all(journal.bytes_of(name_of(f"{n}\n".encode())) for n in range(20))


@needs_posix
def test_nobody_else_may_read_it(storage: Storage) -> None:
    assert storage.state.stat().st_mode & 0o777 == 0o700
    for path in storage.state.rglob("*"):
        if path.is_file() and path.parent.name != "aside":  # these are the user's own files still
            assert path.stat().st_mode & 0o777 == 0o600, path
