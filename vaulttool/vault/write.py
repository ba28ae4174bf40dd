"""The one way in which files are written.

A step is everything that one command writes. While it lasts, the vault is locked against
other runs of the tool. Its record and all bytes, old and new, lie on the disk before the
first note is touched: see `journal.py`. `swap.py` then puts each file in its place.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import filelock

from vaulttool.errors import VaultError
from vaulttool.message import msg
from vaulttool.vault.journal import PRIVATE, Journal, Touched
from vaulttool.vault.recover import recover, what_was_done
from vaulttool.vault.retention import prune
from vaulttool.vault.swap import Swapper, temporary_name
from vaulttool.vault.system import System

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from vaulttool.vault.change import Change
    from vaulttool.vault.journal import Step

LOCK_TIMEOUT = 10.0  # seconds to wait for another run


@dataclass(frozen=True, slots=True)
class Storage:
    """Where a vault lies, and where the tool keeps what it needs to take a write back."""

    root: Path
    state: Path
    system: System = field(default_factory=System)
    keep_days: int = 90
    keep_megabytes: int = 200

    @property
    def journal(self) -> Journal:
        """The journal of the vault."""
        return Journal(self.state, self.system)


def apply(
    storage: Storage,
    changes: Iterable[Change],
    command: str,
    now: datetime,
    undoes: Iterable[int] = (),
) -> list[str]:
    """Write changes as one step; gives the paths that were written.

    What changes nothing is not written. Raises `RefusedError` where a path leaves the vault
    or may not be written, `ChangedError` where a file is no longer what the change was
    computed from, and `VaultError` for what the system refuses.
    """
    wanted = [change for change in changes if change.before != change.after]
    if not wanted:
        return []
    with locked(storage) as journal:
        recover(storage.root, journal, storage.system, now)
        swapper = Swapper(storage.root, journal, storage.system, now)
        for change in wanted:  # all of them first: half of what was meant is worse than nothing
            with _named(change):
                swapper.check(change)
        begun = [_touched(change, journal, storage.system) for change in wanted]
        step = journal.begin(now, command, begun, undoes)
        try:
            for change, touched in zip(wanted, begun, strict=True):
                with _named(change):
                    swapper.put(change, touched)
        except BaseException:  # what is written is seen, not guessed: so it can be taken back
            with contextlib.suppress(OSError):
                journal.end(step, what_was_done(storage.root, storage.system, step))
            raise
        _end(journal, step, begun)
        with contextlib.suppress(OSError):  # another run will do it
            prune(journal, now, storage.keep_days, storage.keep_megabytes)
    return [change.path for change in wanted]


def look_after(storage: Storage, now: datetime) -> None:
    """Look after what earlier runs left, as every write does first: then the steps are known."""
    with locked(storage) as journal:
        recover(storage.root, journal, storage.system, now)


def _end(journal: Journal, step: Step, done: list[Touched]) -> None:
    """Record what was done; that the notes are written stays true where this fails."""
    try:
        journal.end(step, done)
    except OSError as error:
        why = error.strerror or str(error)
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
        lock = filelock.FileLock(storage.state / "lock", LOCK_TIMEOUT, mode=0o600)
        with lock:
            yield journal
    except filelock.Timeout:
        raise VaultError(
            msg("another run of vault is writing into this vault; try again in a moment")
        ) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise VaultError(
            msg("the journal cannot be written: {why} ({folder}); no note was changed", why=why,
                folder=str(storage.state))
        ) from error  # fmt: skip


@contextlib.contextmanager
def _named(change: Change) -> Iterator[None]:
    """Let what the system refuses name the note, not the temporary file beside it."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise VaultError(
            msg("{path} cannot be written: {why}", path=change.path, why=why)
        ) from error
