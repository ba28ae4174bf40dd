"""Whether the tool could write, and take it back, before it has to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vaulttool.message import msg, nmsg
from vaulttool.model import Problem
from vaulttool.vault.lock import LOCK
from vaulttool.vault.swap import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


def find_obstacles(root: Path, state: Path, paths: Collection[str]) -> Iterator[Problem]:
    """Find what would keep the tool from writing, and what it left in the vault."""
    folders = sorted({"", *(path.rpartition("/")[0] for path in paths)})
    for folder in folders:
        if not os.access(root / folder, os.W_OK | os.X_OK):
            message = msg("nothing can be written into this folder")
            yield Problem("unwritable", "warning", folder, None, message)
    yield from _journal_obstacles(state)
    for path in paths:
        if os.access(root / path, os.R_OK) and not os.access(root / path, os.W_OK):
            message = msg("is read-only: the tool does not write it")
            yield Problem("read-only", "info", path, None, message)
    left = [one for folder in folders for one in sorted((root / folder).glob(f"{TEMPORARY}*.tmp"))]
    if left:
        message = nmsg(
            "a note's old file still lies hidden in the vault; a command that writes looks at"
            " it and clears it, a minute after the note was written",
            "{n} old files of notes still lie hidden in the vault, this one first; a command that"
            " writes looks at them and clears them, a minute after the notes were written",
            len(left),
        )
        yield Problem("leftover", "info", left[0].relative_to(root).as_posix(), None, message)


def _journal_obstacles(state: Path) -> Iterator[Problem]:
    # `os.path` says no where it is not allowed to look; `Path` raises.
    existing = next(folder for folder in (state, *state.parents) if os.path.exists(folder))  # noqa: PTH110
    if not (os.path.isdir(existing) and os.access(existing, os.W_OK | os.X_OK)):  # noqa: PTH112
        message = msg("the journal cannot be kept in {folder}, so that nothing will be written",
            folder=str(state))  # fmt: skip
        yield Problem("unwritable", "warning", "", None, message)
        return
    lock = state / LOCK
    can_be_taken = lock.is_file() and not lock.is_symlink() and os.access(lock, os.R_OK | os.W_OK)
    if os.path.lexists(lock) and not can_be_taken:
        message = msg("the lock {file} cannot be taken, so that nothing will be written: move it"
            " away", file=str(lock))  # fmt: skip
        yield Problem("unwritable", "warning", "", None, message)
