"""Walking the folder: which files are notes, which are others, which are left out and why."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vaulttool.errors import reason_of
from vaulttool.filenames import is_conflict_copy
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.vault.filters import matcher
from vaulttool.vault.listing import READ, list_folders
from vaulttool.vault.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from vaulttool.message import Message
    from vaulttool.vault.listing import Folder

_TEMPORARY = re.compile(r"~\Z|\A#.*#\Z|\A~syncthing~|\.(?:tmp|swp|crswap)\Z|\A4913\Z")

_CONFLICT_COPY = msg("a sync tool's conflict copy: it is not read; compare it with its original")


@dataclass(slots=True)
class Walk:
    """The files of a vault, by path."""

    notes: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)  # notes hidden in Obsidian's views
    canvases: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # what links may lead to besides
    problems: list[Problem] = field(default_factory=list)
    stamps: dict[str, Stamp] = field(default_factory=dict)  # of what is read

    def note_stamps(self) -> dict[str, Stamp]:
        """The stamps of the notes."""
        return {path: self.stamps[path] for path in self.notes}


def walk(
    root: Path,
    ignore: Iterable[str],
    excluded: Iterable[str] = (),
    listed: Iterable[Folder] | None = None,
) -> Walk:
    """Sort a vault's files, as they were `listed`, or as the folders list them now.

    Hidden files and folders are outside the vault, as in Obsidian. Links lead to ignored
    and to excluded notes all the same. Conflict copies, links that leave the vault, and
    what is no regular file are left out with a problem.
    """
    found = Walk()
    ignored, hidden = matcher(ignore), matcher(excluded)
    real_root = os.path.realpath(root)
    folders = sorted(list_folders(root) if listed is None else listed, key=lambda one: one.path)
    inside = {""}
    for folder in folders:  # each after the one that it stands in
        if folder.path not in inside:
            continue
        if folder.error:
            why = reason_of(OSError(folder.error, os.strerror(folder.error)))
            message = msg("the folder cannot be read: {why}", why=why)
            _leave_out(found, folder.path, "unreadable", message)
        inside.update(path for path, _name in _named(folder, folder.folders, found))
        found.others += (path for path, _name in _named(folder, folder.others, found))
        for path, _name in _named(folder, folder.links, found):
            _symlink(found, path, os.path.join(real_root, path), real_root)  # noqa: PTH118 - as it is
        for path, _name in _named(folder, folder.odd, found):
            _leave_out(found, path, "not-a-file", msg("not a regular file: it is not opened"))
        stamps = folder.stamps_by_name()
        for path, name in _named(folder, folder.read, found):
            if is_conflict_copy(path):
                _leave_out(found, path, "conflict-copy", _CONFLICT_COPY)
            else:
                found.stamps[path] = Stamp(*stamps[name])
                _put(found, path, ignored, hidden)
    return found


def walk_list(paths: Iterable[str], ignore: Iterable[str], excluded: Iterable[str] = ()) -> Walk:
    """Sort a list of regular files as `walk` sorts those of a folder."""
    found = Walk()
    ignored, hidden = matcher(ignore), matcher(excluded)
    for path in sorted(paths):
        if any(is_skipped(part) for part in path.split("/")) or is_conflict_copy(path):
            continue
        if path.lower().endswith(READ):
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


def _named(folder: Folder, names: list[str], found: Walk) -> Iterator[tuple[str, str]]:
    """Some of what a folder holds, with its path, in order, but for temporary files."""
    for name in sorted(names):
        path = folder.inside(name)
        if is_skipped(name):
            continue
        if _encodable(path):
            yield path, name
        else:
            shown = path.encode("utf-8", "replace").decode()
            _leave_out(found, shown, "bad-name", msg("the file's name is not valid Unicode"))


def _symlink(found: Walk, path: str, place: str, real_root: str) -> None:
    """Links into the vault repeat what is walked anyway; others leave it."""
    inside = is_within(os.path.realpath(place), real_root)
    if not inside and (os.path.isdir(place) or path.lower().endswith(".md")):  # noqa: PTH112 - a text
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
