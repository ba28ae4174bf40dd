"""The cache: notes that were parsed once, in the user's cache folder.

It is a copy that may be deleted at any time. A note is taken from it where the file's stamp
is the one with which it was read; a file that was young then is not kept. What was written by
other code, or is damaged, is as good as not there. Nothing in it is ever run: `marshal` makes
values, and a checksum stands before everything that it is given.

The file: a head of fixed length (magic, the table's length and checksum), the table (the code
that wrote it, and of each note path, stamp and where it stands), and the notes.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import marshal
import os
import struct
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaulttool import __version__
from vaulttool.markdown.note import title_of
from vaulttool.vault.own import write_own
from vaulttool.vault.packing import UnpackableError, pack_note, unpack_note
from vaulttool.vault.read import load_note
from vaulttool.vault.stamp import Stamp, is_young

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.model import Note

NOTES = "notes"
"""The file's name in the vault's folder of caches."""

_MAGIC = b"vaulttool notes\n"
_HEAD = struct.Struct("<16sQ32s")  # magic, length of the table, its checksum
# To read a note anew costs so many times as much as to write one that is in the cache.
_READING = 125
_LAYERS = ("markdown", "locale", "vault")  # whose code decides what a note holds
_PARSERS = ("markdown_it", "yaml")


class _Place(NamedTuple):
    """Where a packed note stands in the file, and what it was read from."""

    stamp: Stamp
    windows: bool
    start: int
    length: int
    checksum: int


@dataclass(slots=True)
class Cache:
    """The notes of a vault as they were last parsed; `file` need not be there."""

    file: Path
    now: float  # seconds: when the reading began
    _is_read: bool = False
    _known: dict[str, _Place] = field(default_factory=dict)
    _packed_notes: bytes = b""
    _new: dict[str, tuple[Stamp, bool, bytes]] = field(default_factory=dict)
    _kept: list[str] = field(default_factory=list)  # what was taken from it
    windows: set[str] = field(default_factory=set)  # the notes whose lines end as on Windows

    def _begin(self) -> None:
        """Read the table, with the first question; what cannot be used is passed over."""
        if not self._is_read:
            self._is_read = True
            with contextlib.suppress(OSError, ValueError, EOFError, TypeError, struct.error):
                self._read()

    def _read(self) -> None:
        data = self.file.read_bytes()
        magic, length, checksum = _HEAD.unpack_from(data)
        past = _HEAD.size + length
        table = data[_HEAD.size : past]
        if magic != _MAGIC or hashlib.sha256(table).digest() != checksum:
            return
        code, places = marshal.loads(table)  # noqa: S302 - its checksum was right
        if code == code_version():
            self._packed_notes = data[past:]
            self._known = {
                path: _Place(Stamp(*stamp), *place) for path, (stamp, *place) in places.items()
            }

    def note(self, path: str, stamp: Stamp | None) -> tuple[Note, bool] | None:
        """A note as it was parsed, and whether its lines end as on Windows; None for an unknown."""
        self._begin()
        place = self._known.get(path)
        if place is None or place.stamp != stamp:
            return None
        packed = self._packed(place)
        if zlib.crc32(packed) != place.checksum:
            return None
        note = unpack_note(path, title_of(path), marshal.loads(packed))  # noqa: S302 - as above
        self._kept.append(path)
        self.windows |= {path} if place.windows else set()
        return note, place.windows

    def keep(self, stamp: Stamp | None, note: Note, *, windows: bool) -> None:
        """Remember a note that was parsed; not one whose file may have changed unseen."""
        self.windows |= {note.path} if windows else set()
        if stamp and not is_young(stamp, self.now):
            with contextlib.suppress(UnpackableError, ValueError):
                self._new[note.path] = stamp, windows, marshal.dumps(pack_note(note))

    def save(self) -> None:
        """Write it again, where that costs less than to read once more what is new.

        A disk that is full or cannot be written to is no reason to complain: it is a cache.
        """
        if len(self._new) * _READING < len(self._kept):
            return
        places: dict[str, tuple[object, ...]] = {}
        start = 0
        notes = sorted(self._all())
        for path, stamp, windows, packed in notes:
            places[path] = tuple(stamp), windows, start, len(packed), zlib.crc32(packed)
            start += len(packed)
        table = marshal.dumps((code_version(), places))
        head = _HEAD.pack(_MAGIC, len(table), hashlib.sha256(table).digest())
        write_own(self.file, [head, table, *(packed for *_place, packed in notes)])

    def _all(self) -> Iterator[tuple[str, Stamp, bool, bytes]]:
        for path, (stamp, windows, packed) in self._new.items():
            yield path, stamp, windows, packed
        for path in self._kept:
            place = self._known[path]
            yield path, place.stamp, place.windows, self._packed(place)

    def _packed(self, place: _Place) -> bytes:
        return self._packed_notes[place.start : place.start + place.length]


def through(cache: Cache | None, root: Path, path: str, stamp: Stamp | None) -> tuple[Note, bool]:
    """A note, and whether its lines end as on Windows: from a cache, or read."""
    if cache and (known := cache.note(path, stamp)):
        return known
    note, windows = load_note(root, path)
    if cache:
        cache.keep(stamp, note, windows=windows)
    return note, windows


@functools.cache
def code_version() -> str:
    """What the cache depends on besides the notes: this program, its parsers, Python."""
    package = Path(__file__).parent.parent
    folders = [package, *(package / name for name in _LAYERS)]
    found: list[tuple[object, ...]] = [(__version__, sys.version, marshal.version)]
    specs = filter(None, map(importlib.util.find_spec, _PARSERS))
    folders += [Path(spec.origin).parent for spec in specs if spec.origin]
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            files = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
            found += sorted((name, one.st_mtime_ns, one.st_size) for name, one in files)
    return repr(found)
