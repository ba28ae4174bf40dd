"""What an earlier run left behind: steps that were cut short, and files kept aside.

Runs at the beginning of every step, under its lock. A note is the old or the new text at any
moment, so nothing has to be repaired; only leftovers are looked at before they go, for an
editor may have written into one.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from vaulttool.errors import VaultError
from vaulttool.message import msg
from vaulttool.vault.journal import name_of
from vaulttool.vault.swap import ASIDE, TEMPORARY, UNFINISHED, Swapper, old_name, stem_of
from vaulttool.vault.system import held, read_file
from vaulttool.vault.walk import is_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaulttool.vault.journal import Journal, Step, Touched
    from vaulttool.vault.system import System

GRACE = 60  # seconds for which an editor may still write into a file that was swapped out


def recover(swapper: Swapper) -> list[Step]:
    """Look after what earlier runs left; gives the steps that were known before."""
    journal = swapper.journal
    steps = journal.steps()
    for step in steps:
        if not step.done:
            finish(swapper, step)
    for touched, leftover in list(leftovers(swapper.root, journal, steps)):
        # What cannot be looked at now keeps nobody from writing: a later run will look at it.
        with contextlib.suppress(OSError, VaultError), contextlib.ExitStack() as stack:
            if leftover.is_relative_to(swapper.root):
                stack.enter_context(held(swapper.system, swapper.root, leftover.parent))
            _look(swapper, touched, leftover)
    return steps


def finish(swapper: Swapper, step: Step, known: Iterable[str] = ()) -> list[str]:
    """End a step that was cut short; gives the paths that it wrote.

    Of some (`known`) that is known. Of others it is seen: in a note that is as the step meant
    to leave it, or in what was swapped out of its place. That a note is no longer as it was
    before would say nothing: somebody else may have saved it.
    """
    written = [
        touched for touched in step.begun if touched.path in known or _is_written(swapper, touched)
    ]
    for touched in step.begun:
        if touched.path and touched.before is not None:
            with contextlib.suppress(OSError, VaultError), swapper.at(touched.path) as note:
                for name in (touched.temporary, old_name(touched.temporary)):
                    if swapper.system.exists(note.with_name(name)):
                        swapper.keep_aside(note.with_name(name))
    swapper.journal.end(step, written)
    return [touched.path for touched in written]


def _is_written(swapper: Swapper, touched: Touched) -> bool:
    try:
        with swapper.at(touched.path) as note:
            return _shows(swapper, touched, note)
    except FileNotFoundError:  # its folder is gone
        return touched.after is None
    except (OSError, VaultError):  # it can no longer be looked at
        return False


def _shows(swapper: Swapper, touched: Touched, note: Path) -> bool:
    current = _name(swapper.system, note)
    if current == touched.after:
        return True
    # The tool's own text lies there until it is exchanged with the note; then it is the note's.
    aside = swapper.journal.folder / ASIDE
    for name in (touched.temporary, old_name(touched.temporary)):
        for swapped in (note.with_name(name), aside / name):
            if swapper.system.exists(swapped):
                return _name(swapper.system, swapped) not in (touched.after, current)
    return False


def leftovers(root: Path, journal: Journal, steps: list[Step]) -> Iterator[tuple[Touched, Path]]:
    """Files that were prepared or swapped out and are still there, the oldest step's first."""
    begun = [touched for step in steps for touched in step.begun]
    beside = {os.path.realpath((root / touched.path).parent) for touched in begun if touched.path}
    real_root = os.path.realpath(root)
    inside = [Path(folder) for folder in sorted(beside) if is_within(folder, real_root)]
    found: dict[str, list[Path]] = {}
    for folder in (journal.folder / ASIDE, *inside):
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
                with swapper.at(touched.path) as note:
                    copy = swapper.leave_copy(note, data)
                swapper.tell(msg("{path}: a text that was saved while the tool wrote is left in"
                    " {copy}; compare them", path=touched.path,
                    copy=copy.relative_to(swapper.root).as_posix()))  # fmt: skip
    system.unlink(leftover)


def _age(system: System, journal: Journal, leftover: Path) -> float:
    """The seconds since a file was put aside, by the clock of its file system."""
    system.touch(journal.file)
    passed = system.status(journal.file).st_mtime_ns - system.status(leftover).st_mtime_ns
    return passed / 1e9


def _name(system: System, path: Path) -> str | None:
    """The name of a file's bytes; None where there is no such file."""
    try:
        return name_of(read_file(system, path))
    except OSError:
        return None
