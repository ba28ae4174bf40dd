"""The cache: notes that were parsed once, in the user's cache folder.

It is a copy that may be deleted at any time. A note is taken from it where the file's stamp
is the one with which it was read; a file that was young then is not kept. What was written by
other code, or is damaged, is as good as not there. Nothing in it is ever run: `marshal` makes
values, and a checksum stands before everything that it is given.

The file: a head of fixed length (magic; start, length and checksum of the table), the notes,
and the table (the code that wrote it, and of each note path, stamp and where it stands). Where
much is new, all is written anew while it is read, so that few notes are in memory at a time.
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
from typing import TYPE_CHECKING, Any, NamedTuple

from vaulttool import __version__
from vaulttool.markdown.note import title_of
from vaulttool.vault.own import Replacement, clear_unfinished
from vaulttool.vault.packing import UnpackableError, pack_note, unpack_note
from vaulttool.vault.read import is_unread, load_note
from vaulttool.vault.stamp import Stamp, is_young

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from vaulttool.model import Note

NOTES = "notes"
"""The file's name in the vault's folder of caches."""

_MAGIC = b"vaulttool notes\n"
_HEAD = struct.Struct("<16sQQ32s")  # magic; start and length of the table, its checksum
# To read a note anew costs so many times as much as to write one that is in the cache.
_READING = 125
_LAYERS = ("markdown", "locale", "vault", "people")  # whose code decides what is kept
_PARSERS = ("markdown_it", "yaml")


class _Place(NamedTuple):
    """Where a packed note stands in the file, and what it was read from."""

    stamp: Stamp
    windows: bool
    start: int
    length: int
    checksum: int

    def read(self, file: BinaryIO) -> bytes | None:
        """The packed note; None where the file is damaged."""
        file.seek(self.start)
        packed = file.read(self.length)
        return packed if zlib.crc32(packed) == self.checksum else None


@dataclass(slots=True)
class _Writing:
    """A new file of notes."""

    to: Replacement
    places: dict[str, _Place] = field(default_factory=dict)

    def add(self, path: str, stamp: Stamp, packed: bytes, *, windows: bool) -> None:
        """Write a packed note; raises `OSError`."""
        start = self.to.data.tell()
        self.to.data.write(packed)
        self.places[path] = _Place(stamp, windows, start, len(packed), zlib.crc32(packed))

    def finish(self, young: set[str]) -> None:
        """Write the table and the head, and take the place of the old file; raises `OSError`."""
        places = {path: (tuple(one.stamp), *one[1:]) for path, one in self.places.items()
            if path not in young}  # fmt: skip
        table = marshal.dumps((code_version(), places))
        start = self.to.data.tell()
        self.to.data.write(table)
        self.to.data.seek(0)
        checksum = hashlib.sha256(table).digest()
        self.to.data.write(_HEAD.pack(_MAGIC, start, len(table), checksum))
        self.to.take_place()


class Cache:
    """The notes of a vault as they were last parsed; `file` need not be there."""

    def __init__(self, file: Path, now: float) -> None:
        self.file = file
        self.now = now  # seconds: when the reading begins
        self.windows: set[str] = set()  # the notes whose lines end as on Windows
        self._old: BinaryIO | None = None
        self._places: dict[str, _Place] = {}  # in the old file, of notes that did not change
        self._writing: _Writing | None = None
        self._young: set[str] = set()
        self._few: dict[str, bytes] = {}  # packed: what is new, where nothing is written

    @contextlib.contextmanager
    def reading(self, stamps: Mapping[str, Stamp]) -> Iterator[None]:
        """While the notes of these stamps are read; what is new of them is kept at the end."""
        try:
            self._begin(stamps)
            yield
            self._save()
        finally:
            self._give_up()

    def _begin(self, stamps: Mapping[str, Stamp]) -> None:
        """Look what is known of the notes, and whether to write all anew."""
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError, struct.error):
            self._old = self.file.open("rb")
            self._places = _read_table(self._old)
        known = self._places.items()
        self._places = {path: one for path, one in known if stamps.get(path) == one.stamp}
        if (len(stamps) - len(self._places)) * _READING >= len(stamps):
            clear_unfinished(self.file, self.now)
            with contextlib.suppress(OSError):
                self._writing = _Writing(Replacement(self.file))
                self._writing.to.data.write(bytes(_HEAD.size))

    def note(self, path: str) -> tuple[Note, bool] | None:
        """A note as it was parsed, and whether its lines end as on Windows; None for an unknown."""
        place = self._places.get(path)
        packed = place.read(self._old) if place and self._old else None
        if place is None or packed is None:
            return None
        self._take(path, place.stamp, packed, windows=place.windows)
        return _unpacked(path, packed), place.windows

    def keep(self, path: str, stamp: Stamp, packed: bytes | None, *, windows: bool) -> None:
        """Remember a note that was parsed; for later runs, unless it may change unseen."""
        if is_young(stamp, self.now) or packed is None:
            self._young.add(path)
        self._take(path, stamp, packed, windows=windows)

    def _take(self, path: str, stamp: Stamp, packed: bytes | None, *, windows: bool) -> None:
        self.windows |= {path} if windows else set()
        if packed is None:
            return
        if self._writing is None:
            if path not in self._places:
                self._few[path] = packed
            return
        try:
            self._writing.add(path, stamp, packed, windows=windows)
        except OSError:
            self._writing.to.abandon()
            self._writing = None

    def again(self, path: str) -> Note | None:
        """A note as this run has read it before; None for one that has to be read once more."""
        packed = self._few.get(path)
        if packed is None and path in self._places:
            with contextlib.suppress(OSError), self.file.open("rb") as opened:
                packed = self._places[path].read(opened)
        return None if packed is None else _unpacked(path, packed)

    def _save(self) -> None:
        """Let what was written take the place of the old file.

        A disk that is full or cannot be written to is no reason to complain: it is a cache.
        """
        if self._writing:
            with contextlib.suppress(OSError):
                self._writing.finish(self._young)
                self._places, self._writing = self._writing.places, None

    def _give_up(self) -> None:
        """Leave the file as it is from now on."""
        if self._writing:
            self._writing.to.abandon()
            self._writing = None
        if self._old:
            self._old.close()
            self._old = None


def _read_table(file: BinaryIO) -> dict[str, _Place]:
    """Read where the notes stand; raises `ValueError` and others for what cannot be used."""
    magic, start, length, checksum = _HEAD.unpack(file.read(_HEAD.size))
    if magic != _MAGIC or start + length != file.seek(0, os.SEEK_END):
        return {}
    file.seek(start)
    table = file.read(length)
    if hashlib.sha256(table).digest() != checksum:
        return {}
    code, places = marshal.loads(table)  # noqa: S302 - its checksum was right
    if code != code_version():
        return {}
    return {path: _Place(Stamp(*stamp), *place) for path, (stamp, *place) in places.items()}


def packed_note(note: Note) -> bytes | None:
    """A note as the cache keeps it; None for one that was not read, or that has no form."""
    if is_unread(note.problems):
        return None
    try:
        return marshal.dumps(pack_note(note))
    except (UnpackableError, ValueError):
        return None


def _unpacked(path: str, packed: bytes) -> Note:
    row: Any = marshal.loads(packed)  # noqa: S302 - its checksum was right
    return unpack_note(path, title_of(path), row)


def through(cache: Cache | None, root: Path, path: str, stamp: Stamp) -> tuple[Note, bool]:
    """A note, and whether its lines end as on Windows: from a cache, or read."""
    if cache and (known := cache.note(path)):
        return known
    note, windows = load_note(root, path)
    if cache:
        cache.keep(path, stamp, packed_note(note), windows=windows)
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
