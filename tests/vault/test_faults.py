"""Every call of the system fails once, in turn, and the process dies before every call.

Whatever happens, a note is its old or its new text, and the same command can be run again.
"""

from __future__ import annotations

import errno
import itertools
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.vault.watched import (
    SHARED_MEMORY,
    Watched,
    is_hidden,
    let_grace_pass,
    texts,
)
from vaulttool.errors import VaultError
from vaulttool.vault.change import Change
from vaulttool.vault.undo import inverse, steps_to_undo
from vaulttool.vault.write import Storage, apply, look_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001
OLD = b"one\ntwo\nthree\n"
NEW = OLD + b"the tool's line\n"


class Died(BaseException):
    """The process is dead: nothing that it would have done happens."""


@dataclass
class Fault:
    """What happens at a call."""

    name: str
    error: BaseException


FAULTS = [
    Fault("ENOSPC", OSError(errno.ENOSPC, "No space left on device")),
    Fault("EIO", OSError(errno.EIO, "Input/output error")),
    Fault("EACCES", PermissionError(errno.EACCES, "Permission denied")),
    Fault("interrupted", KeyboardInterrupt()),
    Fault("dies", Died()),
]


class Failing(Watched):
    """The k-th call fails; for a dead process, every later one too."""

    def __init__(self, call: int, fault: Fault, part: float = 1.0) -> None:
        self._call, self._fault, self._part = call, fault, part
        self.count = 0

    def before(self, _name: str, *_args: Any) -> None:
        self.count += 1
        is_dead = isinstance(self._fault.error, Died) and self.count > self._call
        if self.count == self._call or is_dead:
            raise self._fault.error

    def write(self, descriptor: int, data: memoryview) -> int:
        return super().write(descriptor, data[: max(1, int(len(data) * self._part))])


# --- The commands, each computed from what is there ---


def edit(storage: Storage, *paths: str) -> None:
    found = {path: (storage.root / path).read_bytes() for path in paths}
    apply(storage, [Change(path, old, NEW) for path, old in found.items()], "edit", NOW)


def replace(storage: Storage) -> None:
    edit(storage, "a.md")


def two_notes(storage: Storage) -> None:
    edit(storage, "a.md", "b.md")


def create(storage: Storage) -> None:
    new = storage.root / "Daily" / "new.md"
    old = new.read_bytes() if new.exists() else None
    apply(storage, [Change("Daily/new.md", old, NEW)], "create", NOW)


def remove(storage: Storage) -> None:
    if (storage.root / "a.md").exists():
        apply(storage, [Change("a.md", OLD, None)], "remove", NOW)


def undo(storage: Storage) -> None:
    journal = storage.journal
    look_after(storage, NOW)
    is_done = (storage.root / "a.md").read_bytes() == OLD
    steps = [] if is_done else steps_to_undo(journal.steps(), 1, 1)
    apply(storage, inverse(storage.root, journal, steps), "undo", NOW, [1])


# The files of the vault, each before the command and after it.
Files = dict[str, tuple[bytes | None, bytes | None]]
COMMANDS: dict[Callable[[Storage], None], Files] = {
    replace: {"a.md": (OLD, NEW), "b.md": (OLD, OLD)},
    two_notes: {"a.md": (OLD, NEW), "b.md": (OLD, NEW)},
    create: {"a.md": (OLD, OLD), "Daily/new.md": (None, NEW)},
    remove: {"a.md": (OLD, None), ".trash/a.md": (None, OLD), "b.md": (OLD, OLD)},
    undo: {"a.md": (NEW, OLD), "b.md": (OLD, OLD)},
}


@dataclass
class World:
    """A vault for one fault."""

    folder: Path
    command: Callable[[Storage], None]
    exchanges: bool = True
    links: bool = True

    def start(self, system: Watched) -> Storage:
        shutil.rmtree(self.folder, ignore_errors=True)
        root = self.folder / "vault"
        root.mkdir(parents=True)
        for path, (before, _) in COMMANDS[self.command].items():
            if before is not None:
                (root / path).write_bytes(OLD)
        if self.command is undo:
            edit(Storage(root, self.folder / "state"), "a.md")
        system.exchanges, system.links = self.exchanges, self.links
        return Storage(root, self.folder / "state", system)

    def run(self, fault: Fault, call: int, part: float = 1.0) -> bool:
        """Let one call fail, and look; False where there are no more calls."""
        system = Failing(call, fault, part)
        storage = self.start(system)
        try:
            self.command(storage)
        except (VaultError, OSError, Died, KeyboardInterrupt):
            is_said_done = False
        else:
            is_said_done = True
        self.is_old_or_new(storage.root, is_said_done=is_said_done)
        self.runs_again(Storage(storage.root, storage.state))
        return system.count >= call

    def is_old_or_new(self, root: Path, *, is_said_done: bool) -> None:
        found = texts(root)
        for path, (old, new) in COMMANDS[self.command].items():
            assert found.pop(path, None) in ([new] if is_said_done else [old, new])
        assert all(map(is_hidden, found)), found

    def runs_again(self, storage: Storage) -> None:
        self.command(storage)
        for _ in range(2):
            let_grace_pass(storage.root, storage.state)
            look_after(storage, NOW)
        wanted = {path: after for path, (_, after) in COMMANDS[self.command].items() if after}
        assert texts(storage.root) == wanted
        assert {flaw.kind for flaw in storage.journal.verify()} <= {"torn"}
        assert list((storage.state / "aside").glob("*")) == []
        assert all(step.done for step in storage.journal.steps())


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as name:
        yield Path(name) / "world"


def count(world: World, fault: Fault, part: float = 1.0) -> int:
    for call in itertools.count(1):
        if not world.run(fault, call, part):
            print(f"{world.command.__name__}, {fault.name}: {call - 1} calls")  # noqa: T201 - seen with -s
            return call - 1
    raise AssertionError


@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "link"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_call(
    folder: Path, fault: Fault, command: Callable[[Storage], None], exchanges: bool
) -> None:
    assert count(World(folder, command, exchanges), fault) > 40


@pytest.mark.parametrize("part", [0.0, 0.5], ids=["a byte at a time", "half of the rest"])
@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "link"])
def test_short_writes(folder: Path, exchanges: bool, part: float) -> None:
    assert not World(folder, replace, exchanges).run(FAULTS[0], 1_000_000, part)


@pytest.mark.parametrize("fault", [FAULTS[0], FAULTS[-1]], ids=lambda fault: fault.name)
def test_every_call_where_writes_are_short(folder: Path, fault: Fault) -> None:
    assert count(World(folder, replace), fault, 0.5) > 40
