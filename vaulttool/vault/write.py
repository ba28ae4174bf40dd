"""The one way in which files are written.

A step is everything that one command writes. While it lasts, the vault is locked against
other runs of the tool. Its record and all bytes, old and new, lie on the disk before the
first note is touched: see `journal.py`. `swap.py` then puts each file in its place.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vaulttool.errors import ChangedError, RefusedError, VaultError, reason_of
from vaulttool.message import msg
from vaulttool.vault.blocked import blocked
from vaulttool.vault.journal import PRIVATE, Journal, Touched
from vaulttool.vault.lock import alone
from vaulttool.vault.recover import finish, recover
from vaulttool.vault.retention import prune
from vaulttool.vault.swap import Swapper, temporary_name
from vaulttool.vault.system import System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from vaulttool.message import Message
    from vaulttool.vault.change import Change
    from vaulttool.vault.journal import Step


def _say_nothing(_message: Message) -> None:
    """What is told to nobody."""


@dataclass(frozen=True, slots=True)
class Storage:
    """Where a vault lies, and where the tool keeps what it needs to take a write back."""

    root: Path
    state: Path
    system: System = field(default_factory=System)
    keep_days: int = 90
    keep_megabytes: int = 200
    tell: Callable[[Message], None] = _say_nothing  # what the user should hear besides

    @property
    def journal(self) -> Journal:
        """The journal of the vault."""
        return Journal(self.state, self.system)

    def swapper(self, journal: Journal, now: datetime) -> Swapper:
        """What writes the files of one step."""
        return Swapper(self.root.resolve(), journal, self.system, now, self.tell)


def apply(
    storage: Storage,
    changes: Iterable[Change],
    command: str,
    now: datetime,
    undoes: Iterable[int] = (),
) -> list[str]:
    """Write changes as one step; gives the paths that were written.

    What changes nothing is not written. Raises `ChangedError` where a file is no longer what
    the change was computed from, and nothing was written; `RefusedError` where a path leaves
    the vault or may not be written; and `VaultError` for what the system refuses.
    """
    wanted = [change for change in changes if change.before != change.after]
    if not wanted:
        return []
    with locked(storage) as journal:
        return _write(storage, journal, wanted, command, now, undoes)


def apply_planned(
    storage: Storage,
    plan: Callable[[], Iterable[Change]],
    command: str,
    now: datetime,
    undoes: Iterable[int] = (),
) -> list[str]:
    """Plan changes and write them as one step, while no other run of the tool can write."""
    with locked(storage) as journal:
        wanted = [change for change in plan() if change.before != change.after]
        return _write(storage, journal, wanted, command, now, undoes) if wanted else []


def look_after(storage: Storage, now: datetime) -> None:
    """Look after what earlier runs left, as every write does first: then the steps are known."""
    with locked(storage) as journal:
        recover(storage.swapper(journal, now))


def _write(
    storage: Storage,
    journal: Journal,
    changes: Sequence[Change],
    command: str,
    now: datetime,
    undoes: Iterable[int],
) -> list[str]:
    swapper = storage.swapper(journal, now)
    steps = recover(swapper)
    for change in changes:  # all of them first: half of what was meant is worse than nothing
        with _named(change):
            swapper.check(change)
    begun = [_touched(change, journal, storage.system) for change in changes]
    step = journal.begin(now, command, begun, undoes)
    written: list[str] = []
    try:
        for change, touched in zip(changes, begun, strict=True):
            with _named(change):
                swapper.put(change, touched, is_own=_is_own(touched, steps))
            written.append(change.path)
    except BaseException as error:
        with contextlib.suppress(OSError):  # else the next run does it
            written = finish(swapper, step, written)
        if written and isinstance(error, VaultError):
            raise _partly(error, change.path, written) from error
        raise
    _end(journal, step, begun)
    with contextlib.suppress(OSError):  # another run will do it
        prune(journal, now, storage.keep_days, storage.keep_megabytes)
    return written


def _is_own(touched: Touched, steps: Iterable[Step]) -> bool:
    """Whether a note is as the tool itself left it."""
    last = [one.after for step in steps for one in step.touched if one.path == touched.path][-1:]
    return last == [touched.before]


def _partly(error: VaultError, path: str, written: list[str]) -> VaultError:
    """The error of a step of which a part is written: it must not be repeated as a whole."""
    is_changed = isinstance(error, ChangedError)
    kind = RefusedError if isinstance(error, RefusedError) else VaultError
    return kind(
        msg("{problem}; written already, and `vault undo` takes it back: {paths}",
            problem=msg("{path} changed while it was being read", path=path) if is_changed
            else error.message, paths=written)
    )  # fmt: skip


def _end(journal: Journal, step: Step, done: list[Touched]) -> None:
    """Record what was done; that the notes are written stays true where this fails."""
    try:
        journal.end(step, done)
    except OSError as error:
        why = reason_of(error)
        raise VaultError(
            msg("the notes are written, but the journal could not be finished: {why}", why=why)
        ) from error


def _touched(change: Change, journal: Journal, system: System) -> Touched:
    before, after = (
        None if data is None else journal.keep(data) for data in (change.before, change.after)
    )
    return Touched(change.path, before, after, temporary_name(system))


@contextlib.contextmanager
def locked(storage: Storage) -> Iterator[Journal]:
    """Keep other runs of the tool from writing; raises `VaultError` where that cannot be."""
    journal = storage.journal
    try:
        storage.system.make_folder(storage.state, PRIVATE)
        with alone(storage.system, storage.state):
            yield journal
    except OSError as error:
        raise blocked(error, storage.state, writing=True) from error


@contextlib.contextmanager
def _named(change: Change) -> Iterator[None]:
    """Let what the system refuses name the note, not the temporary file beside it."""
    try:
        yield
    except OSError as error:
        why = reason_of(error)
        raise VaultError(
            msg("{path} cannot be written: {why}", path=change.path, why=why)
        ) from error
