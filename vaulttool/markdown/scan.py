"""The blocks of everyday notes, found line by line.

`scan_blocks` knows headings, paragraphs, lists, quotes, tables, code fences and rules, in
the form in which nearly everybody writes them. It finds what `reference_blocks` finds, or
declines: a line that no rule here expects gives up the whole note. So a rule has to be right
only about what it takes. What is rare or hard is left to the reference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.markdown.blocks import Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaulttool.markdown.blocks import DueDays

_MAX_DEPTH = 20  # of items, and of quotes: together still far from the parser's MAX_NESTING

# How a line begins that is a list item: its mark. Or one that can only be text: most signs
# mean nothing there, and each of the others is followed by one with which it begins no other
# block, nor underlines a heading.
_BEGIN = re.compile(
    r"""([-+*]|[0-9]{1,9}[.)])(?:\ {1,4}(?=[^ \t])|[ \t]*$) | [^\s#>*_+\-=:|`~<0-9] | <https?:
    | \#{1,6}[^\s#] | [*_]{1,3}[^\s*_] | \+\S | =+[^\s=] | -{1,2}[^\s\-:|] | :[^\s\-:|]
    | `{1,2}[^`] | ~{1,2}[^~] | [0-9]{1,9}(?:[^0-9.)]|[.)]\S|$)""",
    re.VERBOSE,
)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})[ \t]*$")
_FENCE = re.compile(r"(`{3,})[^`|]*$|(~{3,})[^|]*$")
_FENCE_END = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*$")
_TABLE_LINE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")
_ANY_TABLE_LINE = re.compile(r"[-:|][-:| \t]*$")
# A comment on one line, or what ends with a blank line; other HTML can end in other ways.
_HTML = re.compile(r"<!--.*-->|</?(?:center|details|div|iframe|p|summary|table)(?:[ \t>]|/>|$)")
_CELL_END = re.compile(r"(?<!\\)\|")


class _Unsure(Exception):  # noqa: N818 - no error: the reference will read the note
    """A line that no rule here expects."""


def scan_blocks(lines: Sequence[str], first_line: int, due_days: DueDays) -> Outline | None:
    """Find the blocks of a text; None where only the reference can tell them."""
    if "\0" in "".join(lines):  # markdown-it puts another character in its place
        return None
    outline = Outline(due_days)
    try:
        _Scanner(lines, first_line, outline).scan()
    except _Unsure:
        return None
    return outline


class _Scanner:
    """Goes through the lines once, while a paragraph and list items may stand open.

    The lines of a quote, without their `>`, are a text of their own, with its own scanner.
    """

    def __init__(self, lines: Sequence[str], first_line: int, outline: Outline) -> None:
        self._lines = lines
        self._first = first_line  # the number that the note gives to the first of them
        self._outline = outline
        self._columns: list[int] = []  # at which the texts of the open items begin
        self._margin = 0  # the last of these columns
        self._text: list[str] = []  # the lines of the open paragraph
        self._text_start = 0
        self._end = 0  # past the last line that is not blank

    def scan(self) -> None:
        """Find the blocks of all lines."""
        lines = self._lines
        at = 0
        while at < len(lines):
            line = lines[at]
            text = line.lstrip(" \t")
            if not text:
                if self._text:
                    self._end_paragraph()
                at += 1
                continue
            if text[0].isalpha():
                self._prose(at, line, text)
            elif begin := _BEGIN.match(text):
                if mark := begin[1]:
                    column = 0 if text is line else _column(line, text)
                    self._item(at, column, mark, text[begin.end() :], column + begin.end())
                else:
                    self._prose(at, line, text)
            else:
                at = self._at_margin(at, line) - 1
            at += 1
            self._end = at
        self._close(0)

    # --- Lines that may be indented ---

    def _prose(self, at: int, line: str, text: str) -> None:
        """Go on with the open paragraph, however far the line is indented, or begin one."""
        if not self._text:
            column = 0 if text is line else _column(line, text)
            if column < self._margin:
                self._close(column)
            if column > self._margin + 3:
                raise _Unsure  # indented code
            self._text_start = at
            self._text = [text]
        elif "\t" in line[: len(line) - len(text)] and self._columns:
            raise _Unsure  # a tab of which the item may take a part
        else:
            self._text.append(line[min(len(line) - len(text), self._margin) :])

    def _item(self, at: int, column: int, mark: str, text: str, text_column: int) -> None:
        """Begin a list item, inside of those whose text is not right of its mark."""
        if self._text:
            # Only such a list can begin in the midst of a paragraph.
            if column >= self._margin and not (text and mark[:-1] in ("", "1")):
                raise _Unsure
            self._end_paragraph()
        if column < self._margin:
            self._close(column)
        if column > self._margin + 3 or len(self._columns) == _MAX_DEPTH:
            raise _Unsure
        self._outline.open_item(self._first + at)
        if text:
            if not (text[0].isalpha() or _is_prose(text)):
                raise _Unsure  # another block in the item's first line
            self._margin = text_column
            self._columns.append(text_column)
            self._text_start = at
            self._text = [text]
        else:
            self._outline.close_item(self._first + at)
            below = self._line(at + 1)
            below_text = below.lstrip(" \t")
            if below_text and _column(below, below_text) > column + len(mark):
                raise _Unsure  # the item's text begins a line late

    # --- Blocks that are not indented, and so end all lists ---

    def _at_margin(self, at: int, line: str) -> int:
        """Read such a block and give the line after it; no rule expects an indented one."""
        sign = line[0]
        if sign in "-:|" and at > 0 and "|" in self._lines[at - 1] and _ANY_TABLE_LINE.match(line):
            raise _Unsure  # it could make a table's head of the line before, whatever that is
        if sign == "|":
            return self._table(at)
        if sign == "-" and self._text and not self._columns:
            raise _Unsure  # the underline of a heading
        self._close(0)
        if sign == ">":
            return self._quote(at)
        if sign == "#" and (heading := _HEADING.match(line)):
            self._heading(at, line, len(heading[1]))
        elif fence := _FENCE.match(line):
            return self._fence(at, fence[1] or fence[2])
        elif _HTML.match(line):
            return self._html(at)
        elif not _RULE.match(line):
            raise _Unsure
        return at + 1

    def _heading(self, at: int, line: str, level: int) -> None:
        text = line[level:].rstrip(" \t")
        without_marks = text.rstrip("#")
        if without_marks.endswith((" ", "\t")):
            text = without_marks
        self._outline.add("heading", self._first + at, _trimmed(text), level)

    def _fence(self, at: int, mark: str) -> int:
        for number in range(at + 1, len(self._lines)):
            end = _FENCE_END.match(self._lines[number])
            if end and end[1].startswith(mark):
                return number + 1
        return len(self._lines)

    def _html(self, at: int) -> int:
        past = at + 1
        if "|" in self._lines[at] and _ANY_TABLE_LINE.match(self._line(past).lstrip(" \t")):
            raise _Unsure  # it could be a table's head
        if not self._lines[at].startswith("<!"):
            while self._line(past).strip(" \t"):
                past += 1
        self._outline.html.append((self._first + at, "\n".join(self._lines[at:past])))
        return past

    def _quote(self, at: int) -> int:
        past = at
        while self._line(past).startswith(">"):
            past += 1
        inner = [line[1:].removeprefix(" ") for line in self._lines[at:past]]
        if self._line(past).strip(" \t"):
            raise _Unsure  # a line that could go on with the quote's last paragraph
        outline = self._outline
        if outline.quotes == _MAX_DEPTH or any(line.lstrip(" ")[:1] == "\t" for line in inner):
            raise _Unsure  # a tab is wide as its place in the whole line says
        outline.quotes += 1
        _Scanner(inner, self._first + at, outline).scan()
        outline.quotes -= 1
        return past

    def _table(self, at: int) -> int:
        """Read a table in which every line begins and ends with `|` and has the same cells."""
        below = self._line(at + 1)
        if self._text or not _TABLE_LINE.match(below):
            raise _Unsure
        self._close(0)
        past = at
        while row := self._line(past).rstrip(" \t"):
            cells = _CELL_END.split(row)
            if len(cells) != below.count("|") + 1 or cells[0] or cells[-1]:
                raise _Unsure
            for cell in cells[1:-1] if past != at + 1 else ():
                text = _trimmed(cell.replace(r"\|", "|"))
                self._outline.add("cell", self._first + past, text)
            past += 1
        return past

    # --- What all rules need ---

    def _line(self, at: int) -> str:
        """A line; past the end there are only empty ones."""
        return self._lines[at] if at < len(self._lines) else ""

    def _end_paragraph(self) -> None:
        text = _trimmed("\n".join(self._text))
        self._outline.add("paragraph", self._first + self._text_start, text)
        self._text = []

    def _close(self, column: int) -> None:
        """End the open paragraph, and the items whose text begins right of a column."""
        if self._text:
            self._end_paragraph()
        while self._margin > column:
            self._columns.pop()
            self._margin = self._columns[-1] if self._columns else 0
            self._outline.close_item(self._first + self._end - 1)


def _is_prose(text: str) -> bool:
    begin = _BEGIN.match(text)
    return begin is not None and not begin[1]


def _column(line: str, text: str) -> int:
    """The column at which a line's text begins."""
    indent = len(line) - len(text)
    return len(line[:indent].expandtabs(4)) if indent else 0


def _trimmed(text: str) -> str:
    """A text without the spaces and tabs round it."""
    text = text.strip(" \t")
    if text != text.strip():
        raise _Unsure  # a character that only some take for a space
    return text
