"""Whether the tool could write, and take it back, before it has to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vaulttool.message import msg
from vaulttool.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def find_obstacles(root: Path, state: Path, paths: Iterable[str]) -> Iterator[Problem]:
    """Find the folders of notes, and of the journal, in which nothing can be written."""
    for folder in sorted({"", *(path.rpartition("/")[0] for path in paths)}):
        if not os.access(root / folder, os.W_OK | os.X_OK):
            message = msg("nothing can be written into this folder")
            yield Problem("unwritable", "warning", folder, None, message)
    existing = next(folder for folder in (state, *state.parents) if folder.exists())
    if not (existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)):
        message = msg("the journal cannot be kept in {folder}, so that nothing will be written",
            folder=str(state))  # fmt: skip
        yield Problem("unwritable", "warning", "", None, message)
