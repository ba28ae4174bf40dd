"""What an earlier run left behind: steps that were cut short, and files kept aside.

Runs at the beginning of every step, under its lock. A note is the old or the new text at any
moment, so nothing has to be repaired; only leftovers are looked at before they go, for an
editor may have written into one.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from vaulttool.vault.journal import name_of
from vaulttool.vault.swap import Swapper, old_name
from vaulttool.vault.system import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from vaulttool.vault.journal import Journal, Step, Touched
    from vaulttool.vault.system import System

GRACE = 60  # seconds for which an editor may still write into a file that was swapped out
RECENT = 20  # steps of which a leftover may lie beside the note: where another disk is in the way


def recover(root: Path, journal: Journal, system: System, now: datetime) -> None:
    """Look after what earlier runs left."""
    steps = journal.steps()
    for step in steps:
        if not step.done:
            journal.end(step, _what_was_done(root, system, step))
    swapper = Swapper(root, journal, system, now)
    for touched, leftover in _leftovers(root, journal, system, steps):
        _look(swapper, touched, leftover)


def _what_was_done(root: Path, system: System, step: Step) -> Iterator[Touched]:
    """The files of a step that was cut short which did get their new text, or another since."""
    for touched in step.touched:
        data = _read(system, root / touched.path)
        name = None if data is None else name_of(data)
        if name != touched.before or touched.before == touched.after:
            yield touched


def _leftovers(
    root: Path, journal: Journal, system: System, steps: list[Step]
) -> Iterator[tuple[Touched, Path]]:
    """Files that were prepared or swapped out and are still there, the oldest step's first."""
    aside = journal.folder / "aside"
    kept = {path.name for path in aside.iterdir()} if aside.is_dir() else set()
    for step in steps:
        is_recent = not step.done or step in steps[-RECENT:]
        for touched in filter(lambda one: one.path, step.touched):  # not those that were purged
            for name in (touched.temporary, old_name(touched.temporary)):
                if name in kept:
                    yield touched, aside / name
                beside = (root / touched.path).with_name(name)
                if is_recent and system.exists(beside):
                    yield touched, beside


def _look(swapper: Swapper, touched: Touched, leftover: Path) -> None:
    """Let a leftover go where its text is known; else bring that into the note."""
    system, journal = swapper.system, swapper.journal
    data = read_file(system, leftover)
    if data and name_of(data) not in (touched.before, touched.after):
        if touched.path and touched.before is not None:
            swapper.bring_in(touched.path, journal.bytes_of(touched.before), data)
    elif name_of(data) == touched.before and _age(system, journal, leftover) < GRACE:
        return
    with contextlib.suppress(OSError):
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
