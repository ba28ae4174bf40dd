"""Where a passage's text stands in the text of its note.

A passage is what the Markdown parser makes of its lines: without the marks of quotes, lists
and headings, the spaces round it, and the backslash of a bar in a table's cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.markdown.edit import line_starts, split_lines
from vaulttool.markdown.frontmatter import read_properties

if TYPE_CHECKING:
    from vaulttool.model import Note


class Places:
    """Finds places of a note's passages in its text."""

    def __init__(self, text: str, note: Note) -> None:
        _properties, _problems, body, self._first = read_properties(text, "")
        start = len(text) - len(body)
        self._lines = split_lines(body)
        self._starts = [start + place for place in line_starts(body)]
        self._passages = note.passages

    def find(self, index: int, at: int) -> int | None:
        """Find where a character of a passage stands; None where that cannot be told."""
        passage = self._passages[index]
        rows = passage.text[:at].split("\n")
        row, column = passage.line - self._first + len(rows) - 1, len(rows[-1])
        if passage.kind == "cell":
            column += rows[-1].count("|")
            found = self._cell(index, row)
        else:
            # What follows the text on its line are spaces and the marks that end a heading.
            line = passage.text.split("\n")[len(rows) - 1]
            text = line.lstrip(" \t")
            column -= len(line) - len(text)
            found = self._lines[row].rfind(text.rstrip(" \t"))
        return None if found < 0 else self._starts[row] + found + column

    def _cell(self, index: int, row: int) -> int:
        """Where a cell begins on its line: after those before it."""
        cells = [
            cell.text.replace("|", r"\|")
            for cell in self._passages[: index + 1]
            if cell.kind == "cell" and cell.line == self._passages[index].line
        ]
        found = end = 0
        for cell in cells:
            found = self._lines[row].find(cell, end)
            if found < 0:
                break
            end = found + len(cell)
        return found
