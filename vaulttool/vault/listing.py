"""One pass over a vault's folders: the names of all files, and the stamps of those that are read.

It knows no settings and imports next to nothing. What the files are is for `walk.py` to say;
whether any of them changed can be told from the listing alone.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

READ = (".md", ".canvas")
"""How the names of files end whose text is read."""

_BY_DESCRIPTOR = os.scandir in os.supports_fd  # the system then looks up names, not whole paths
_OPEN = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
UNKNOWN = (0, 0, 0, 0)
"""The stamp of a file that may be listed, but not looked at."""


class Folder:
    """What one folder holds, hidden files aside."""

    __slots__ = ("error", "folders", "links", "odd", "others", "path", "read", "stamps")

    def __init__(self, path: str) -> None:
        self.path = path  # from the top of the vault, with `/`; "" for the top
        self.folders: list[str] = []
        self.read: list[str] = []  # names of the files that are read
        self.stamps = array("q")  # four numbers for each of them, as in `Stamp`
        self.odd: list[str] = []  # named like them, but no regular files
        self.others: list[str] = []
        self.links: list[str] = []
        self.error: int | None = None  # the system's code for why it could not be listed

    def inside(self, name: str) -> str:
        """The path of what it holds."""
        return f"{self.path}/{name}" if self.path else name

    def stamps_by_name(self) -> dict[str, tuple[int, ...]]:
        """The stamps of the files that are read."""
        numbers = iter(self.stamps)
        return dict(zip(self.read, zip(*[numbers] * 4, strict=True), strict=True))


def list_folders(root: str | os.PathLike[str]) -> list[Folder]:
    """List all folders of a vault; symbolic links are not followed."""
    found: list[Folder] = []
    waiting = [""]
    while waiting:
        folder = Folder(waiting.pop())
        try:
            _list(os.path.join(root, folder.path), folder)  # noqa: PTH118 - pathlib takes longer
        except OSError as error:
            folder.error = error.errno or errno.EIO
        found.append(folder)
        waiting += map(folder.inside, folder.folders)
    return found


def _list(place: str, folder: Folder) -> None:
    if not _BY_DESCRIPTOR:
        _take(os.scandir(place), folder)
        return
    # The top may be named through a link; within the vault none is followed.
    descriptor = os.open(place, _OPEN if folder.path else _OPEN & ~getattr(os, "O_NOFOLLOW", 0))
    try:
        _take(os.scandir(descriptor), folder)
    finally:
        os.close(descriptor)


def _take(listing: os._ScandirIterator[str], folder: Folder) -> None:
    numbers: list[int] = []
    with listing as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            is_read = name.endswith(READ) or name.lower().endswith(READ)
            try:
                numbers_of_file = _numbers(entry) if is_read else None
            except FileNotFoundError:  # it has gone since the folder was listed
                continue
            if numbers_of_file:
                folder.read.append(name)
                numbers += numbers_of_file
            elif entry.is_symlink():
                folder.links.append(name)
            elif entry.is_dir(follow_symlinks=False):
                folder.folders.append(name)
            else:
                (folder.odd if is_read else folder.others).append(name)
    folder.stamps = _packed(numbers)


def _numbers(entry: os.DirEntry[str]) -> tuple[int, ...] | None:
    """The stamp of a regular file, as it is; None for anything else."""
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        raise
    except OSError:  # whoever reads it says so
        return UNKNOWN if entry.is_file(follow_symlinks=False) else None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def stamp_numbers(status: os.stat_result) -> tuple[int, ...]:
    """What changes with a file: its times in nanoseconds, its size, its inode."""
    numbers = status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
    return tuple(_packed(numbers))


def _packed(numbers: Sequence[int]) -> array[int]:
    """Numbers of 64 bits; of what is longer, a time beyond the year 2262, the lowest."""
    try:
        return array("q", numbers)
    except OverflowError:
        fits = range(-sys.maxsize, sys.maxsize)
        return array("q", [one if one in fits else one & sys.maxsize for one in numbers])
