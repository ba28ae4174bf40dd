"""Where the due block stands in a note: the markers and the lines between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.markdown.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

BEGIN = re.compile(r"%% vault:due (\d{4}-\d{2}-\d{2}) %%[ \t]*$")
END = re.compile(r"%% vault:end %%[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_CLOSING_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*$")
_BLOCK_LINE = re.compile(r"[ \t]+\S|[-*+][ \t]|[ \t]*$")


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """A due block: line indices from 0, `start` of the first marker, `end` past the last line."""

    day: date
    start: int
    end: int
    closed: bool  # whether the end marker is there

    @property
    def body_end(self) -> int:
        """Past the last line before the end marker."""
        return self.end - 1 if self.closed else self.end


def unfenced(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give the lines, with their indices, that stand in no code fence."""
    fence = ""
    for index, line in enumerate(lines):
        if fence:
            closing = _CLOSING_FENCE.match(line)
            if closing and closing[1].startswith(fence):
                fence = ""
        elif opening := _FENCE.match(line):
            fence = opening[1]
        else:
            yield index, line


def find_blocks(lines: Sequence[str]) -> list[BlockSpan]:
    """Find the due blocks of a note.

    A block whose end marker was removed ends where its list does: before the first
    line that is neither a list item, nor indented, nor empty.
    """
    spans: list[BlockSpan] = []
    open_at: tuple[int, date] | None = None
    last = -1  # the last line that can belong to the open block
    for index, line in unfenced(lines):
        begin = BEGIN.match(line)
        day = read_date(begin[1]) if begin else None
        if open_at and (day or index > last + 1 or not _belongs(line)):
            spans.append(BlockSpan(open_at[1], open_at[0], _trimmed(lines, last), closed=False))
            open_at = None
        if day:
            open_at, last = (index, day), index
            if (end := _end_marker(lines, index)) is not None:
                spans.append(BlockSpan(day, index, end + 1, closed=True))
                open_at = None
        elif open_at:
            last = index
    if open_at:
        spans.append(BlockSpan(open_at[1], open_at[0], _trimmed(lines, last), closed=False))
    return spans


def _belongs(line: str) -> bool:
    return bool(_BLOCK_LINE.match(line)) and not END.match(line)


def _end_marker(lines: Sequence[str], start: int) -> int | None:
    """The line of the end marker; none where a heading or another block comes first."""
    for index, line in unfenced(lines[start + 1 :]):
        if END.match(line):
            return start + 1 + index
        if BEGIN.match(line) or re.match(r"#{1,6}[ \t]", line):
            return None
    return None


def _trimmed(lines: Sequence[str], last: int) -> int:
    while not lines[last].strip():
        last -= 1
    return last + 1
