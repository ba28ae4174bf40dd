"""One pass over a vault's folders: the names of all files, and the stamps of those that are read.

It knows no settings and imports next to nothing. What the files are is for `walk.py` to say;
whether any of them changed can be told from the listing alone.
"""

from __future__ import annotations

import os
import stat
import sys
from array import array

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
        self.error: str | None = None  # why it could not be listed

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
            folder.error = error.strerror or str(error)
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
    with listing as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            if entry.is_symlink():
                folder.links.append(name)
            elif entry.is_dir(follow_symlinks=False):
                folder.folders.append(name)
            elif name.endswith(READ) or name.lower().endswith(READ):
                _stamp(entry, name, folder)
            else:
                folder.others.append(name)


def _stamp(entry: os.DirEntry[str], name: str, folder: Folder) -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # it has gone since the folder was listed
        return
    except OSError:  # whoever reads it says so
        folder.read.append(name)
        folder.stamps.extend(UNKNOWN)
        return
    if not stat.S_ISREG(status.st_mode):
        folder.odd.append(name)
        return
    folder.read.append(name)
    folder.stamps.extend(stamp_numbers(status))


def stamp_numbers(status: os.stat_result) -> tuple[int, int, int, int]:
    """What changes with a file: its times in nanoseconds, its size, its inode.

    Each fits into 64 bits: of an inode on some file systems the highest is left out, and a
    time beyond the year 2262 is that year's.
    """
    modified = max(-sys.maxsize, min(status.st_mtime_ns, sys.maxsize))
    return modified, status.st_ctime_ns, status.st_size, status.st_ino & sys.maxsize
