"""Walking the folder: which files are notes, which are others, which are left out and why."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.contacts import is_conflict_copy
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from vaulttool.message import Message

_TEMPORARY = re.compile(r"~\Z|\A#.*#\Z|\A~syncthing~|\.(?:tmp|swp|crswap)\Z|\A4913\Z")


@dataclass(slots=True)
class Walk:
    """The files of a vault, by path."""

    notes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # what links may lead to besides
    problems: list[Problem] = field(default_factory=list)


def walk(root: Path, ignore: Iterable[str]) -> Walk:
    """List a vault's files.

    Hidden files and folders are outside the vault, as in Obsidian. Ignored notes are not
    read, but links still lead to them. Conflict copies, links that leave the vault, and
    what is no regular file are left out with a problem.
    """
    found = Walk()
    ignored = _ignored(ignore)
    real_root = os.path.realpath(root)
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                listing = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            _leave_out(found, folder, "unreadable", msg("the folder cannot be read: {why}",
                why=error.strerror))  # fmt: skip
            continue
        for entry in listing:
            if entry.name.startswith(".") or _TEMPORARY.search(entry.name):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            if not _encodable(path):
                shown = path.encode("utf-8", "replace").decode()
                _leave_out(found, shown, "bad-name", msg("the file's name is not valid Unicode"))
            elif entry.is_symlink():
                _symlink(found, path, entry, real_root)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                _file(found, path, entry, ignored)
    return found


def _file(found: Walk, path: str, entry: os.DirEntry[str], ignored: Callable[[str], bool]) -> None:
    if not path.lower().endswith(".md"):
        found.others.append(path)
    elif not entry.is_file(follow_symlinks=False):
        _leave_out(found, path, "not-a-file", msg("not a regular file: it is not opened"))
    elif is_conflict_copy(path):
        message = msg("a sync tool's conflict copy: it is not read; compare it with its original")
        _leave_out(found, path, "conflict-copy", message)
    elif ignored(path):
        found.others.append(path)
    else:
        found.notes.append(path)


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


def _ignored(filters: Iterable[str]) -> Callable[[str], bool]:
    """Obsidian's `userIgnoreFilters`: `/regular expressions/`, anything else a path prefix."""
    patterns: list[re.Pattern[str]] = []
    prefixes: list[str] = []
    for item in filters:
        if len(item) > 2 and item.startswith("/") and item.endswith("/"):
            try:
                patterns.append(re.compile(item[1:-1], re.IGNORECASE))
            except re.error:
                continue
        elif item.strip():
            prefixes.append(path_key(item))

    def matches(path: str) -> bool:
        return path_key(path).startswith(tuple(prefixes)) or any(p.search(path) for p in patterns)

    return matches
