"""Walking the folder: which files are notes, which are others, which are left out and why."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vaulttool.filenames import is_conflict_copy
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.vault.filters import matcher
from vaulttool.vault.stamp import UNKNOWN, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from vaulttool.message import Message
    from vaulttool.vault.stamp import Stamp

_TEMPORARY = re.compile(r"~\Z|\A#.*#\Z|\A~syncthing~|\.(?:tmp|swp|crswap)\Z|\A4913\Z")

_READ = (".md", ".canvas")  # files whose text is read


@dataclass(slots=True)
class Walk:
    """The files of a vault, by path."""

    notes: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)  # notes hidden in Obsidian's views
    canvases: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # what links may lead to besides
    problems: list[Problem] = field(default_factory=list)
    stamps: dict[str, Stamp] = field(default_factory=dict)  # of what is read


def walk(root: Path, ignore: Iterable[str], excluded: Iterable[str] = ()) -> Walk:
    """List a vault's files.

    Hidden files and folders are outside the vault, as in Obsidian. Links lead to ignored
    and to excluded notes all the same. Conflict copies, links that leave the vault, and
    what is no regular file are left out with a problem.
    """
    found = Walk()
    ignored, hidden = matcher(ignore), matcher(excluded)
    real_root = os.path.realpath(root)
    folders = [""]
    while folders:
        folder = folders.pop()
        for path, entry in _entries(root, folder, found):
            if entry.is_symlink():
                _symlink(found, path, entry, real_root)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif not path.lower().endswith(_READ):
                found.others.append(path)
            elif _is_readable(found, path, entry):
                try:
                    found.stamps[path] = stamp_of(entry.stat(follow_symlinks=False))
                except FileNotFoundError:  # it has gone since the folder was listed
                    continue
                except OSError:  # whoever reads it says so
                    found.stamps[path] = UNKNOWN
                _put(found, path, ignored, hidden)
    return found


def walk_list(paths: Iterable[str], ignore: Iterable[str], excluded: Iterable[str] = ()) -> Walk:
    """Sort a list of regular files as `walk` sorts those of a folder."""
    found = Walk()
    ignored, hidden = matcher(ignore), matcher(excluded)
    for path in sorted(paths):
        if any(is_skipped(part) for part in path.split("/")) or is_conflict_copy(path):
            continue
        if path.lower().endswith(_READ):
            _put(found, path, ignored, hidden)
        else:
            found.others.append(path)
    return found


def _put(
    found: Walk, path: str, ignored: Callable[[str], bool], hidden: Callable[[str], bool]
) -> None:
    """Put a file that is read into its list.

    Links lead to ignored notes, too.
    """
    if path.lower().endswith(".canvas"):
        group = found.canvases
    else:
        group = found.excluded if hidden(path) else found.notes
    (found.others if ignored(path) else group).append(path)


def is_skipped(name: str) -> bool:
    """Whether a file or folder is hidden, or a program's temporary one."""
    return name.startswith(".") or bool(_TEMPORARY.search(name))


def _entries(root: Path, folder: str, found: Walk) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What a folder holds, by name, but for hidden and temporary files."""
    try:
        with os.scandir(root / folder) as entries:
            listing = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        message = msg("the folder cannot be read: {why}", why=error.strerror)
        _leave_out(found, folder, "unreadable", message)
        return
    for entry in listing:
        if is_skipped(entry.name):
            continue
        path = f"{folder}/{entry.name}" if folder else entry.name
        if _encodable(path):
            yield path, entry
        else:
            shown = path.encode("utf-8", "replace").decode()
            _leave_out(found, shown, "bad-name", msg("the file's name is not valid Unicode"))


def _is_readable(found: Walk, path: str, entry: os.DirEntry[str]) -> bool:
    """Whether a file named like a note is to be read; what is not is left out and said."""
    if not entry.is_file(follow_symlinks=False):
        _leave_out(found, path, "not-a-file", msg("not a regular file: it is not opened"))
        return False
    if is_conflict_copy(path):
        message = msg("a sync tool's conflict copy: it is not read; compare it with its original")
        _leave_out(found, path, "conflict-copy", message)
        return False
    return True


def _symlink(found: Walk, path: str, entry: os.DirEntry[str], real_root: str) -> None:
    """Links into the vault repeat what is walked anyway; others leave it."""
    inside = is_within(os.path.realpath(entry.path), real_root)
    if not inside and (entry.is_dir() or path.lower().endswith(".md")):
        _leave_out(found, path, "symlink", msg("a link that leaves the vault: it is not followed"))


def is_within(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies below it; both are real paths."""
    try:
        return os.path.commonpath([path, folder]) == folder
    except ValueError:  # two drives of Windows
        return False


def _leave_out(found: Walk, path: str, code: str, message: Message) -> None:
    found.problems.append(Problem(code, "warning", path, None, message))


def _encodable(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
