"""The power fails: what was not yet made to last may be gone, in any combination.

The calls of one write are recorded. After each of them the power fails, and a disk is made up
of what had to be there, and of a choice of what might be: contents that were not synced hold
NUL bytes, and names in folders that were not synced are as before. On every such disk a note
is its old or its new text, and what is new can be taken back.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.vault.watched import SCALE, SHARED_MEMORY, is_hidden, texts
from vaulttool.errors import VaultError
from vaulttool.vault.change import Change
from vaulttool.vault.system import System
from vaulttool.vault.undo import inverse, steps_to_undo
from vaulttool.vault.write import Storage, apply, look_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001
OLD = b"one\ntwo\nthree\n"
NEW = OLD + b"the tool's line\n"


# --- What is recorded ---


@dataclass(frozen=True)
class Call:
    """One call that changes the disk, or makes changes last."""

    name: str  # of the method of `System`; `fsync` for files
    paths: tuple[str, ...] = ()
    file: int = 0  # the number of an opened file
    data: bytes = b""

    def folders(self) -> set[str]:
        """The folders whose names it changes."""
        return {path.rpartition("/")[0] for path in self.paths}


class Recorder(System):
    """The calls of the system, written down."""

    exchanges = True

    def __init__(self, base: Path) -> None:
        self._base = base
        self._files: dict[int, int] = {}  # numbers of files, by descriptor
        self.calls: list[Call] = []

    def note(self, name: str, *paths: Path, file: int = 0, data: bytes = b"") -> None:
        named = tuple(path.relative_to(self._base).as_posix() for path in paths)
        self.calls.append(Call(name, named, file, data))

    def open_new(self, path: Path) -> int:
        return self._opened(path, super().open_new(path))

    def open_end(self, path: Path) -> int:
        return self._opened(path, super().open_end(path))

    def _opened(self, path: Path, descriptor: int) -> int:
        self._files[descriptor] = len(self.calls)
        self.note("open", path, file=len(self.calls))
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        count = super().write(descriptor, data)
        self.note("write", file=self._files[descriptor], data=bytes(data[:count]))
        return count

    def fsync(self, descriptor: int) -> None:
        super().fsync(descriptor)
        self.note("fsync", file=self._files[descriptor])

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self.note("replace", source, target)

    def exchange(self, one: Path, other: Path) -> bool:
        done = self.exchanges and super().exchange(one, other)
        if done:
            self.note("exchange", one, other)
        return done

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self.note("link", source, target)

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self.note("unlink", path)

    def make_folder(self, path: Path, mode: int) -> None:
        for folder in (*reversed(path.parents), path):
            if not folder.is_dir():
                self.note("make_folder", folder)
                super().make_folder(folder, mode)

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self.note("sync_folder", path / "any")  # so that it is of the folder


# --- The disk after a power cut ---


class Disk:
    """Names and contents, as far as the calls that reached it made them."""

    def __init__(self, files: dict[str, bytes], folders: set[str]) -> None:
        self.contents = dict(enumerate(files.values(), -len(files)))
        self.names = dict(zip(files, self.contents, strict=True))
        self.folders = set(folders)
        self._opened: dict[int, int] = {}

    def make(self, call: Call, *, has_content: bool = True) -> None:
        if call.name == "open":
            self._opened[call.file] = self._open(call)
        elif call.name == "write":
            data = call.data if has_content else bytes(len(call.data))
            self.contents[self._opened[call.file]] += data
        elif call.name == "make_folder":
            self.folders.add(call.paths[0])
        elif call.name in ("fsync", "sync_folder"):
            pass
        elif all(name in self.names for name in call.paths[:1]):
            self._rename(call)

    def skip(self, call: Call) -> None:
        """A call whose names did not reach the disk; an opened file is there without a name."""
        if call.name == "open":
            self._opened[call.file] = self.names.get(call.paths[0], call.file)
            self.contents.setdefault(self._opened[call.file], b"")

    def _open(self, call: Call) -> int:
        number = self.names.setdefault(call.paths[0], call.file)
        self.contents.setdefault(number, b"")
        return number

    def _rename(self, call: Call) -> None:
        source, target = call.paths[0], call.paths[-1]
        if call.name == "exchange" and target in self.names:
            self.names[source], self.names[target] = self.names[target], self.names[source]
        elif call.name == "link":
            self.names[target] = self.names[source]
        elif call.name == "replace":
            self.names[target] = self.names.pop(source)
        elif call.name == "unlink":
            del self.names[source]

    def files(self) -> dict[str, bytes]:
        """What is found on it; a name in a folder that is gone is gone too."""
        return {
            name: self.contents[number]
            for name, number in self.names.items()
            if all(above in self.folders for above in above_of(name))
        }


def above_of(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def uncertain(calls: list[Call]) -> list[int]:
    """The calls of which nobody knows whether they reached the disk: nothing synced them since."""
    found = []
    for place, call in enumerate(calls):
        later = calls[place + 1 :]
        if call.name == "write":
            is_synced = any(one.name == "fsync" and one.file == call.file for one in later)
        elif call.name in ("fsync", "sync_folder"):
            continue
        else:  # one step of the file system, though it may concern two folders
            is_synced = any(
                one.name == "sync_folder" and one.folders() & call.folders() for one in later
            )
        if not is_synced:
            found.append(place)
    return found


def losses(calls: list[Call]) -> Iterator[frozenset[int]]:
    """What may be gone: nothing, all, each alone, all but each, all after each."""
    unsure = uncertain(calls)
    yield from (frozenset(), frozenset(unsure))
    for place in unsure:
        yield frozenset({place})
        yield frozenset(unsure) - {place}
        yield frozenset(one for one in unsure if one >= place)
        if SCALE > 1:
            yield from (frozenset({place, other}) for other in unsure if other > place)


# --- The commands ---


def replace(storage: Storage) -> None:
    apply(storage, [Change("a.md", OLD, NEW)], "replace", NOW)


def create(storage: Storage) -> None:
    apply(storage, [Change("Daily/new.md", None, NEW)], "create", NOW)


def remove(storage: Storage) -> None:
    apply(storage, [Change("a.md", OLD, None)], "remove", NOW)


NOTES: dict[Callable[[Storage], None], tuple[str, bytes | None, bytes | None]] = {
    replace: ("a.md", OLD, NEW),
    create: ("Daily/new.md", None, NEW),
    remove: ("a.md", OLD, None),
}


@pytest.fixture
def base() -> Iterator[Path]:
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as name:
        yield Path(name) / "disk"


@dataclass
class Trial:
    """One command, and the power cuts in it."""

    base: Path
    command: Callable[[Storage], None]
    recorder: Recorder
    has_history: bool = True

    def record(self) -> tuple[list[Call], Disk]:
        (self.base / "vault").mkdir(parents=True)
        (self.base / "vault/a.md").write_bytes(OLD)
        if self.has_history:
            earlier = Storage(self.base / "vault", self.base / "state")
            apply(earlier, [Change("b.md", None, OLD)], "earlier", NOW)
        files = texts(self.base)
        folders = {
            path.relative_to(self.base).as_posix() for path in self.base.rglob("*") if path.is_dir()
        }
        self.command(Storage(self.base / "vault", self.base / "state", self.recorder))
        return self.recorder.calls, Disk(files, folders)

    def run(self) -> tuple[int, list[str]]:
        """Cut the power everywhere; gives on how many disks, and what was wrong on them."""
        calls, start = self.record()
        seen: set[int] = set()
        wrong: list[str] = []
        for count in range(len(calls) + 1):
            for lost in losses(calls[:count]):
                disk = Disk(start.files(), start.folders)
                for place, call in enumerate(calls[:count]):
                    if place not in lost:
                        disk.make(call)
                    elif call.name == "write":
                        disk.make(call, has_content=False)
                    else:
                        disk.skip(call)
                found = disk.files()
                is_over = count == len(calls)
                state = hash((frozenset(found.items()), frozenset(disk.folders), is_over))
                if state in seen:
                    continue
                seen.add(state)
                if problem := self.judge(found, disk.folders, is_over=is_over):
                    last = calls[count - 1] if count else None
                    wrong.append(f"{problem}; after {last}; lost {[calls[one] for one in lost]}")
        return len(seen), wrong

    def judge(self, files: dict[str, bytes], folders: set[str], *, is_over: bool) -> str:
        shutil.rmtree(self.base)
        self.base.mkdir()
        for folder in sorted(folders):
            (self.base / folder).mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (self.base / name).write_bytes(data)
        path, old, new = NOTES[self.command]
        found = texts(self.base / "vault")
        visible = {name for name in found if not is_hidden(name)} - {
            "a.md",
            "b.md",
            path,
            f".trash/{path}",
        }
        if found.get(path) not in (old, new) or visible:
            return f"damaged: {found}"
        if is_over and found.get(path) != new:
            return "acknowledged, and gone"
        if self.command is remove and path not in found and found.get(f".trash/{path}") != OLD:
            return "removed, and not in the trash"
        storage = Storage(self.base / "vault", self.base / "state")
        look_after(storage, NOW)
        steps = [step for step in storage.journal.steps() if step.command == self.command.__name__]
        is_listed = any(step.touched for step in steps)
        if is_listed != (found.get(path) == new):
            return "listed, and not written" if is_listed else "written, and not listed"
        if is_listed:
            try:
                chosen = steps_to_undo(storage.journal.steps(), None, 1)
                (change,) = inverse(storage.root, storage.journal, chosen)
            except VaultError as error:
                return f"not to be taken back: {error.message}"
            if (change.before, change.after) != (new, old):
                return f"not to be taken back: {change}"
        return ""


@pytest.mark.parametrize("has_history", [True, False], ids=["journal", "no journal yet"])
@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "link"])
@pytest.mark.parametrize("command", NOTES, ids=lambda command: command.__name__)
def test_the_power_may_fail_at_any_moment(
    base: Path, command: Callable[[Storage], None], exchanges: bool, has_history: bool
) -> None:
    recorder = Recorder(base)
    recorder.exchanges = exchanges
    count, wrong = Trial(base, command, recorder, has_history).run()
    print(f"{command.__name__}: {count} disks")  # noqa: T201 - seen with -s
    assert wrong == []
    assert count > 30


class Careless(Recorder):
    """One kind of call is not made."""

    def __init__(self, base: Path, call: str, where: str) -> None:
        super().__init__(base)
        self._call, self._where = call, where

    def note(self, name: str, *paths: Path, file: int = 0, data: bytes = b"") -> None:
        path = self.calls[file].paths[0] if name == "fsync" else ""
        path = paths[0].relative_to(self._base).as_posix() if paths else path
        if not (name == self._call and path.startswith(self._where)):
            super().note(name, *paths, file=file, data=data)


@pytest.mark.parametrize(
    ("call", "where", "problem"),
    [
        ("fsync", "vault", "damaged"),
        ("fsync", "state/journal.jsonl", "written, and not listed"),
        ("fsync", "state/objects", "not to be taken back"),
        ("sync_folder", "vault", "acknowledged, and gone"),
        ("sync_folder", "state", "written, and not listed"),
    ],
)
def test_it_is_noticed_where_something_is_not_synced(
    base: Path, call: str, where: str, problem: str
) -> None:
    _count, wrong = Trial(base, replace, Careless(base, call, where), has_history=False).run()
    assert any(problem in one for one in wrong)
