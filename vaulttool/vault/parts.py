"""A file of the tool's own that holds several plain values, each made when it is asked for.

The file: a head (magic, checksum of all that follows), then the parts, each after its length.
A part is what `marshal` makes of a value; nothing in it is ever run. What is damaged is as good
as not there.
"""

from __future__ import annotations

import contextlib
import marshal
import struct
import zlib
from typing import TYPE_CHECKING, Any

from vaulttool.vault.own import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HEAD = struct.Struct("<16sI")
_LENGTH = struct.Struct("<Q")


def write_parts(file: Path, magic: bytes, values: Iterable[Any]) -> None:
    """Replace a file, one value at a time; raises `OSError`, and `ValueError` for no plain value.

    The old file stays where not all of it can be written.
    """
    new = Replacement(file)
    try:
        new.data.write(bytes(_HEAD.size))
        checksum = 0
        for part in map(marshal.dumps, values):
            for piece in (_LENGTH.pack(len(part)), part):
                new.data.write(piece)
                checksum = zlib.crc32(piece, checksum)
        new.data.seek(0)
        new.data.write(_HEAD.pack(magic, checksum))
        new.take_place()
    except BaseException:
        new.abandon()
        raise


def read_parts(file: Path, magic: bytes) -> list[memoryview]:
    """The parts of a file, to be given to `made_of` one by one; none of one that is no use."""
    with contextlib.suppress(OSError, struct.error):
        data = file.read_bytes()
        found, checksum = _HEAD.unpack_from(data)
        rest = memoryview(data)[_HEAD.size :]
        if found == magic and zlib.crc32(rest) == checksum:
            return _split(rest)
    return []


def _split(rest: memoryview) -> list[memoryview]:
    parts: list[memoryview] = []
    start = 0
    while start < len(rest):
        [length] = _LENGTH.unpack_from(rest, start)
        start += _LENGTH.size
        parts.append(rest[start : start + length])
        start += length
    return parts


def made_of(part: memoryview | bytes) -> Any:  # noqa: ANN401 - any plain value
    """The value of a part whose checksum was right; raises `ValueError` for none of ours."""
    try:
        return marshal.loads(part)  # noqa: S302 - as it says
    except (EOFError, TypeError) as error:
        raise ValueError(str(error)) from None
