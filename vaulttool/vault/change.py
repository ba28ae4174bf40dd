"""Changes of files: what is to be written, and how it is shown before."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError
from vaulttool.message import msg
from vaulttool.vault.walk import is_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_OF_GIT = (".gitattributes",)  # beside the notes, and written by `vault init`


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after."""

    path: str
    before: bytes | None  # None: the file is new
    after: bytes | None  # None: the file goes


def diff(changes: Iterable[Change]) -> str:
    """Show changes as a unified diff."""
    return "".join(line for change in changes for line in _diff(change))


def _diff(change: Change) -> Iterator[str]:
    import difflib  # few commands show one

    before, after = (
        (data or b"").decode("utf-8", "replace").splitlines(keepends=True)
        for data in (change.before, change.after)
    )
    old = f"a/{change.path}" if change.before is not None else "/dev/null"
    new = f"b/{change.path}" if change.after is not None else "/dev/null"
    for line in difflib.unified_diff(before, after, old, new):
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def check_inside(root: Path, path: str) -> Path:
    """Give the file of a path in the vault, links in its folders followed.

    Raises `RefusedError` for one that cannot be a note's there.
    """
    parts = path.split("/")
    odd = "\0" in path or "\\" in path or path.startswith("/") or ":" in parts[0]
    hidden = any(not part or part.startswith(".") for part in parts)  # no part of the vault
    hidden = hidden and path not in _OF_GIT
    folder = os.path.realpath((root / path).parent if not odd else root)
    if odd or hidden or not is_within(folder, os.path.realpath(root)):
        raise RefusedError(
            msg(
                "{path} can be no note of this vault: its path leads out of it, is hidden, or"
                " holds a sign such as : or \\",
                path=path,
            )
        )
    return Path(folder, parts[-1])
