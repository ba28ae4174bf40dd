"""What an earlier run left behind: steps that were cut short, and files kept aside.

Runs at the beginning of every step, under its lock. A note is the old or the new text at any
moment, so nothing has to be repaired; only leftovers are looked at before they go, for an
editor may have written into one.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from vaulttool.errors import VaultError
from vaulttool.vault.change import check_inside
from vaulttool.vault.journal import name_of
from vaulttool.vault.swap import TEMPORARY, UNFINISHED, Swapper, stem_of
from vaulttool.vault.system import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from vaulttool.vault.journal import Journal, Step, Touched
    from vaulttool.vault.system import System

GRACE = 60  # seconds for which an editor may still write into a file that was swapped out


def recover(root: Path, journal: Journal, system: System, now: datetime) -> None:
    """Look after what earlier runs left."""
    steps = journal.steps()
    for step in steps:
        if not step.done:
            journal.end(step, what_was_done(root, system, step))
    swapper = Swapper(root, journal, system, now)
    for touched, leftover in list(_leftovers(root, journal, steps)):
        # What cannot be looked at now keeps nobody from writing: a later run will look at it.
        with contextlib.suppress(OSError, VaultError):
            _look(swapper, touched, leftover)


def what_was_done(root: Path, system: System, step: Step) -> Iterator[Touched]:
    """The files of a step that was cut short which did get their new text, or another since."""
    for touched in step.begun:
        data = _read(system, root / touched.path)
        name = None if data is None else name_of(data)
        if name != touched.before:
            yield touched


def _leftovers(root: Path, journal: Journal, steps: list[Step]) -> Iterator[tuple[Touched, Path]]:
    """Files that were prepared or swapped out and are still there, the oldest step's first."""
    begun = [touched for step in steps for touched in step.begun]
    beside = {(root / touched.path).parent for touched in begun if touched.path}
    found: dict[str, list[Path]] = {}
    for folder in (journal.folder / "aside", *sorted(beside)):
        for path in sorted(folder.glob(f"{TEMPORARY}*.tmp")):
            found.setdefault(stem_of(path.name), []).append(path)
    for touched in begun:
        for path in found.get(stem_of(touched.temporary), ()):
            yield touched, path


def _look(swapper: Swapper, touched: Touched, leftover: Path) -> None:
    """Let a leftover go where its text is known; else bring that into the note, or beside it."""
    system, journal = swapper.system, swapper.journal
    may_be_a_note = touched.before is not None and not leftover.name.endswith(UNFINISHED)
    if may_be_a_note:
        if _age(system, journal, leftover) < GRACE:
            return
        data = read_file(system, leftover)
        is_known = not data or name_of(data) in (touched.before, touched.after)
        if touched.path and touched.before and not is_known:
            base = journal.bytes_of(touched.before)
            if not swapper.bring_in(touched.path, base, data):
                swapper.leave_copy(check_inside(swapper.root, touched.path), data)
    system.unlink(leftover)


def _age(system: System, journal: Journal, leftover: Path) -> float:
    """The seconds since a file was put aside, by the clock of its file system."""
    system.touch(journal.file)
    passed = system.status(journal.file).st_mtime_ns - system.status(leftover).st_mtime_ns
    return passed / 1e9


def _read(system: System, path: Path) -> bytes | None:
    try:
        return read_file(system, path)
    except OSError:
        return None
