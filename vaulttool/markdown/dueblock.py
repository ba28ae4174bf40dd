"""Where the due block stands in a note: the markers and the lines between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.markdown.dates import read_date
from vaulttool.markdown.parser import parse_blocks

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import date

MARK = "%% vault:due "  # a text without it has no block
BEGIN = re.compile(rf"{MARK}(\d{{4}}-\d{{2}}-\d{{2}}) %%[ \t]*$")
END = re.compile(r"%% vault:end %%[ \t]*$")
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


def find_blocks(lines: Sequence[str]) -> list[BlockSpan]:
    """Find the due blocks of a note.

    A block whose end marker was removed ends where its list does: before the first
    line that is neither a list item, nor indented, nor empty.
    """
    if not any(BEGIN.match(line) for line in lines):
        return []  # most notes are spared the parser
    fenced = fenced_lines(lines)
    spans: list[BlockSpan] = []
    index = 0
    while index < len(lines):
        begin = None if index in fenced else BEGIN.match(lines[index])
        day = read_date(begin[1]) if begin else None
        if day:
            spans.append(_block_at(lines, index, day, _end_marker(lines, index, fenced)))
            index = spans[-1].end
        else:
            index += 1
    return spans


def fenced_lines(lines: Sequence[str]) -> set[int]:
    """The indices of the lines that are in a code fence or delimit one."""
    if not any("```" in line or "~~~" in line for line in lines):
        return set()  # and so are most daily notes
    fences = (token.map for token in parse_blocks(lines) if token.type == "fence" and token.map)
    return {index for start, end in fences for index in range(start, end)}


def _block_at(lines: Sequence[str], start: int, day: date, closing: int | None) -> BlockSpan:
    """The block that begins at a line, with the line of its end marker."""
    if closing is not None:
        return BlockSpan(day, start, closing + 1, closed=True)
    end = start + 1
    while end < len(lines) and _BLOCK_LINE.match(lines[end]):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return BlockSpan(day, start, end, closed=False)


def _end_marker(lines: Sequence[str], start: int, fenced: Container[int]) -> int | None:
    """The line of the end marker; none where a heading or another block comes first."""
    for index in range(start + 1, len(lines)):
        if index in fenced:
            continue
        if END.match(lines[index]):
            return index
        if BEGIN.match(lines[index]) or re.match(r"#{1,6}[ \t]", lines[index]):
            return None
    return None
