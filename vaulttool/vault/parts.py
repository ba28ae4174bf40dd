"""A file of the tool's own that holds several plain values, each made when it is asked for.

The file: a head (magic, checksum of all that follows), then the parts. A part is what `marshal`
makes of a value, in one piece; or of a mapping that was given row by row, in several, so that
it need not be in memory twice. Nothing in it is ever run. What is damaged is as good as not
there.
"""

from __future__ import annotations

import contextlib
import marshal
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from vaulttool.vault.own import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HEAD = struct.Struct("<16sI")
_PIECE = struct.Struct("<?Q")  # whether a part begins here, and how many bytes follow
_ROWS = 1000  # of a mapping, in a piece at least
_ENOUGH = 2_000_000  # bytes of a piece: in each, what is said again is kept once

Part: TypeAlias = "list[memoryview]"
"""The pieces of a part, to be given to `made_of`."""


def write_parts(file: Path, magic: bytes, values: Iterable[Any]) -> None:
    """Replace a file, one value at a time; raises `OSError`, and `ValueError` for no plain value.

    An iterator stands for the mapping of which it gives keys and values. The old file stays
    where not all of it can be written.
    """
    new = Replacement(file)
    try:
        new.data.write(bytes(_HEAD.size))
        checksum = 0
        for value in values:
            for number, data in enumerate(_pieces(value)):
                for written in (_PIECE.pack(number == 0, len(data)), data):
                    new.data.write(written)
                    checksum = zlib.crc32(written, checksum)
        new.data.seek(0)
        new.data.write(_HEAD.pack(magic, checksum))
        new.take_place()
    except BaseException:
        new.abandon()
        raise


def _pieces(value: Any) -> Iterator[bytes]:  # noqa: ANN401 - any plain value
    if not isinstance(value, Iterator):
        yield marshal.dumps(value)
        return
    rows = dict(islice(value, _ROWS))
    yield (data := marshal.dumps(rows))
    count = max(_ROWS, len(rows) * _ENOUGH // len(data))
    while rows := dict(islice(value, count)):
        yield marshal.dumps(rows)


def read_parts(file: Path, magic: bytes) -> list[Part]:
    """The parts of a file; none of one that is no use."""
    with contextlib.suppress(OSError, struct.error):
        data = file.read_bytes()
        found, checksum = _HEAD.unpack_from(data)
        rest = memoryview(data)[_HEAD.size :]
        if found == magic and zlib.crc32(rest) == checksum:
            return _split(rest)
    return []


def _split(rest: memoryview) -> list[Part]:
    parts: list[Part] = []
    start = 0
    while start < len(rest):
        begins, length = _PIECE.unpack_from(rest, start)
        start += _PIECE.size
        if begins or not parts:
            parts.append([])
        parts[-1].append(rest[start : start + length])
        start += length
    return parts


def made_of(part: Part) -> Any:  # noqa: ANN401 - any plain value
    """The value of a part whose checksum was right; raises `ValueError` for none of ours."""
    whole, *more = map(plain, part)
    for rows in more:
        whole.update(rows)
    return whole


def plain(data: memoryview | bytes) -> Any:  # noqa: ANN401 - any plain value
    """What `marshal` made these bytes of; raises `ValueError` where it did not."""
    try:
        return marshal.loads(data)  # noqa: S302 - its checksum was right
    except (EOFError, TypeError) as error:
        raise ValueError(str(error)) from None
