"""Edits: pure functions from text to text that change only what they mean to.

Lines keep their own endings; a line that is added ends as the others do. A byte order
mark is no part of the first line, and stays before it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from vaulttool.markdown.parser import block_parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Splice: TypeAlias = tuple[int, int, str]
"""What to put in the place of a text's characters from one place up to another."""

BYTE_ORDER_MARK = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")  # as editors and the Markdown parser end lines


def splice(text: str, edits: Iterable[Splice]) -> str:
    """Apply edits that do not overlap, given as places of the text as it was.

    Gives the same text back where they change nothing.
    """
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += text[at:start], new
        at = end
    new = "".join(parts) + text[at:]
    return text if new == text else new


def line_ending(text: str) -> str:
    """How the lines of a text end: as most of them do."""
    windows = text.count("\r\n")
    return "\r\n" if windows * 2 > text.count("\n") else "\n"


def split_lines(text: str) -> list[str]:
    """The lines of a text without their endings; the last one is what follows the last ending."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def line_starts(text: str) -> list[int]:
    """Where each line of a text begins; the first one after a byte order mark."""
    first = len(text) - len(text.removeprefix(BYTE_ORDER_MARK))
    return [first, *(end.end() for end in _LINE_END.finditer(text))]


def insert_lines(text: str, index: int, lines: Sequence[str]) -> str:
    """Put lines before the line with this index (from 0); past the end they are appended."""
    present = split_lines(text)
    place = min(index, len(present) if present[-1] else len(present) - 1)
    return replace_lines(text, place, place, lines)


def replace_lines(text: str, start: int, end: int, lines: Sequence[str]) -> str:
    """Put lines in the place of those from `start` up to `end` (from 0).

    A line that stays the same keeps its ending.
    """
    ending = line_ending(text)
    present = split_lines(text)
    endings = [*_LINE_END.findall(text), ""]
    kept: dict[str, list[str]] = {}
    for line, own in zip(present[start:end], endings[start:end], strict=True):
        kept.setdefault(line, []).append(own)
    new = [kept[line].pop(0) if kept.get(line) else ending for line in lines]
    present[start:end] = lines
    endings[start:end] = new
    # Only the last line can do without an ending.
    endings[:-1] = [own or ending for own in endings[:-1]]
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    return mark + "".join(map("".join, zip(present, endings, strict=True)))


def find_headings(text: str) -> list[tuple[int, int, str]]:
    """The ATX headings outside quotes, lists and code: line index (from 0), level, text."""
    tokens = block_parser().parse("\n".join(split_lines(text)), {})
    return [
        (opening.map[0], int(opening.tag[1]), inline.content)
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open" and opening.map
        if opening.level == 0 and opening.markup.startswith("#")
    ]


def append_section(text: str, heading: str, lines: Sequence[str]) -> str:
    """Append a section at the end of a note, an empty line before it."""
    present = split_lines(text)
    gap = [""] if any(present[-2:]) else []
    return insert_lines(text, len(present), [*gap, heading, *lines])
