"""The journal: a chain of records, and the bytes that they name."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, needs_posix
from tests.vault.watched import SCALE
from vaulttool.vault.chain import START
from vaulttool.vault.change import Change
from vaulttool.vault.journal import Journal, Touched, name_of
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


def crash(journal: Journal, records: bytes) -> None:
    """Leave these records, the last cut short, and the head of those before it."""
    journal.file.write_bytes(records)
    whole = records[: records.rfind(b"\n") + 1]
    lines = whole.splitlines()
    last = json.loads(lines[-1])["hash"] if lines else START
    journal.head.write_text(json.dumps({"hash": last, "lines": len(lines), "size": len(whole)}))


class TestTorn:
    def test_a_last_line_cut_at_every_byte_is_survived(self, storage: Storage) -> None:
        file = fresh(storage).file
        whole = file.read_bytes()
        start = whole.rstrip(b"\n").rfind(b"\n") + 1
        for end in range(start, len(whole)):
            crash(fresh(storage), whole[:end])
            write(storage, "b.md", f"{end}\n")
            assert flaws(fresh(storage)) <= {"torn"}
            steps = fresh(storage).steps()
            assert [step.number for step in steps] == [1, 2, 3, 4]
            assert all(step.done for step in steps)

    def test_a_torn_first_line(self, storage: Storage) -> None:
        file = fresh(storage).file
        crash(fresh(storage), file.read_bytes()[:40])
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

    def test_the_last_states_of_a_note_are_kept_however_old(self, storage: Storage) -> None:
        for number in range(20):
            write(storage, "a.md", f"{number}\n", NOW + timedelta(days=number))
        journal = fresh(storage)
        prune(journal, NOW + timedelta(days=1000), days=90, megabytes=200)
        kept = [n for n in range(20) if journal.bytes_of(name_of(f"{n}\n".encode()))]
        assert kept == list(range(20 - STATES, 20))
        assert journal.bytes_of(name_of(b"Bob\n"))  # the last state of another note
        assert flaws(journal) == set()

    def test_young_steps_are_kept(self, storage: Storage) -> None:
        for number in range(20):
            write(storage, "a.md", f"{number}\n")
        journal = fresh(storage)
        prune(journal, NOW + timedelta(days=89), days=90, megabytes=200)
        assert all(journal.bytes_of(name_of(f"{n}\n".encode())) for n in range(20))

    def test_beyond_the_size_the_longest_unused_goes_first(self, storage: Storage) -> None:
        texts = [f"{number}\n" * 50_000 for number in range(100, 130)]  # 200 kB each
        for text in [*texts, texts[0], *texts[-STATES:]]:
            write(storage, "a.md", text)
        journal = fresh(storage)
        prune(journal, NOW, days=90, megabytes=3)
        kept = [text for text in texts if journal.bytes_of(name_of(text.encode()))]
        assert kept == [texts[0], *texts[-13:]]
        assert flaws(journal) == set()

    def test_the_last_states_are_kept_however_large(self, storage: Storage) -> None:
        for number in range(20):
            write(storage, "a.md", f"{number}\n")
        journal = fresh(storage)
        prune(journal, NOW, days=90, megabytes=0)
        kept = [n for n in range(20) if journal.bytes_of(name_of(f"{n}\n".encode()))]
        assert kept == list(range(20 - STATES, 20))

    @pytest.mark.parametrize("limits", [(1, 200), (90, 0)], ids=["too old", "too large"])
    def test_what_a_step_that_was_cut_short_needs_is_kept(
        self, storage: Storage, limits: tuple[int, int]
    ) -> None:
        journal = fresh(storage)
        names = journal.keep(b"before\n"), journal.keep(b"after\n")
        journal.begin(NOW, "test", [Touched("a.md", *names, ".syncthing.vault-1.tmp")])
        prune(journal, NOW + timedelta(days=2), *limits)
        assert all(map(journal.bytes_of, names))

    def test_a_long_journal_is_looked_through_now_and_then(
        self, storage: Storage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("vaulttool.vault.retention.LONG", 20)
        for number in range(25):
            write(storage, "a.md", f"{number}\n")
        journal = fresh(storage)
        assert prune(journal, NOW + timedelta(days=1000), days=90, megabytes=200) == 0
        for number in range(25, 37):
            write(storage, "a.md", f"{number}\n")
        assert prune(journal, NOW + timedelta(days=1000), days=90, megabytes=200) > 20


@needs_posix
def test_nobody_else_may_read_it(storage: Storage) -> None:
    assert storage.state.stat().st_mode & 0o777 == 0o700
    for path in storage.state.rglob("*"):
        if path.is_file() and path.parent.name != "aside":  # these are the user's own files still
            assert path.stat().st_mode & 0o777 == 0o600, path
