"""Edits: pure functions from text to text that change only what they mean to.

Lines keep their own endings; a line that is added ends as the others do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.markdown.dueblock import unfenced

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*(?:[ \t]#+)?[ \t]*$")


def line_ending(text: str) -> str:
    """How the lines of a text end: as most of them do."""
    windows = text.count("\r\n")
    return "\r\n" if windows * 2 > text.count("\n") else "\n"


def split_lines(text: str) -> list[str]:
    """The lines of a text without their endings; the last one is what follows the last ending."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def insert_lines(text: str, index: int, lines: Sequence[str]) -> str:
    """Put lines before the line with this index (from 0); past the end they are appended."""
    ending = line_ending(text)
    added = "".join(line + ending for line in lines)
    offset = _offset(text, index)
    before = text[:offset]
    if before and not before.endswith("\n"):
        before += ending
    return before + added + text[offset:]


def replace_lines(text: str, start: int, end: int, lines: Sequence[str]) -> str:
    """Put lines in the place of those from `start` up to `end` (from 0).

    A line that stays the same keeps its ending.
    """
    ending = line_ending(text)
    raw = text.split("\n")[start:end]
    endings: dict[str, list[str]] = {}
    for line in raw:
        endings.setdefault(line.removesuffix("\r"), []).append("\r" if line.endswith("\r") else "")
    kept = "".join(
        line + (endings[line].pop(0) + "\n" if endings.get(line) else ending) for line in lines
    )
    tail = text[_offset(text, end) :]
    unfinished = end >= text.count("\n") + 1 and not text.endswith("\n")
    if unfinished and raw and lines and lines[-1] == raw[-1]:
        kept = kept.removesuffix("\n").removesuffix("\r")
    return text[: _offset(text, start)] + kept + tail


def _offset(text: str, index: int) -> int:
    """Where a line begins; the end of the text for a line that is not there."""
    position = 0
    for _ in range(index):
        found = text.find("\n", position)
        if found < 0:
            return len(text)
        position = found + 1
    return position


def find_headings(text: str) -> list[tuple[int, int, str]]:
    """The ATX headings outside code fences: line index (from 0), level, text."""
    found = []
    for index, line in unfenced(split_lines(text)):
        if match := _HEADING.match(line):
            found.append((index, len(match[1]), match[2]))
    return found


def append_section(text: str, heading: str, lines: Sequence[str]) -> str:
    """Append a section at the end of a note, an empty line before it."""
    ending = line_ending(text)
    gap = "" if not text else ending if text.endswith("\n") else ending * 2
    if text.endswith(("\n\n", "\n\r\n")):
        gap = ""
    return text + gap + "".join(line + ending for line in (heading, *lines))
