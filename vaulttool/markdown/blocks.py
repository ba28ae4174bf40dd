"""The blocks of a body: its passages, headings and list items, before links are looked for.

They have two sources. `reference_blocks` takes them from markdown-it, for any text.
`scan.py` finds them much faster, for the everyday ones. Both tell them to an `Outline`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from vaulttool.markdown.parser import MAX_NESTING, parse_blocks
from vaulttool.markdown.tasks import task_status
from vaulttool.model import Heading, Item, Passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from vaulttool.model import PassageKind

TextKind = Literal["paragraph", "heading", "cell"]
DueDays: TypeAlias = "Mapping[int, date]"  # the lines of due blocks, with their day

DEEPEST = MAX_NESTING - 2  # a list counts twice, for itself and for its item
_UNFINISHED = Item(-1, 0, 0, 0, -1, -1)  # in the place of an item that is still open


@dataclass(slots=True)
class _Open:
    """A list item while it is open: its own text may follow an inner item."""

    index: int
    line: int
    section: int
    passage: int = -1
    status: str | None = None


class Outline:
    """What the blocks make, told one after another; lines are those of the note."""

    def __init__(self, due_days: DueDays) -> None:
        self.headings: list[Heading] = []
        self.passages: list[Passage] = []
        self.items: list[Item] = []
        self.html: list[tuple[int, str]] = []  # with the line on which it begins
        self.deep_items: list[int] = []  # lines of items in which nothing nested is read
        self.quotes = 0  # that stand round the next block
        self._due_days = due_days
        self._open: list[_Open] = []  # outermost first

    def open_item(self, line: int) -> None:
        """Begin a list item."""
        self._open.append(_Open(len(self.items), line, len(self.headings) - 1))
        self.items.append(_UNFINISHED)
        if 2 * len(self._open) + self.quotes == DEEPEST:
            self.deep_items.append(line)

    def close_item(self, end_line: int) -> None:
        """End the innermost open item; `end_line` is its last line that is not blank."""
        item = self._open.pop()
        self.items[item.index] = Item(
            item.passage,
            item.line,
            end_line,
            len(self._open),
            self._open[-1].index if self._open else -1,
            item.section,
            item.status,
            self.quotes > 0,
            False,  # whether a comment stands round it, only its text can tell
            self._due_days.get(item.line),
        )

    def add(self, kind: PassageKind, line: int, text: str, level: int = 0) -> None:
        """Add a run of text; the first in an item is the item's own."""
        index = -1
        if self._open:
            item = self._open[-1]
            index = item.index
            if item.passage < 0:
                item.passage, item.status = len(self.passages), task_status(text)
                kind = "item" if kind == "paragraph" else kind
        elif kind == "heading" and not self.quotes:
            self._begin_section(line, text, level)
        section = len(self.headings) - 1
        self.passages.append(Passage(kind, text, line, section, index, self.quotes > 0))

    def _begin_section(self, line: int, text: str, level: int) -> None:
        parent = len(self.headings) - 1
        while parent >= 0 and self.headings[parent].level >= level:
            parent = self.headings[parent].parent
        self.headings.append(Heading(level, text.strip(), line, parent))


def reference_blocks(lines: Sequence[str], first_line: int, due_days: DueDays) -> Outline:
    """Find the blocks of any text, as CommonMark has them, with the tables of GitHub."""
    outline = Outline(due_days)
    ends: list[int] = []  # of the open items
    kind: TextKind = "paragraph"
    level = 0
    for token in parse_blocks(lines):
        start, end = token.map or (0, 0)
        match token.type:
            case "blockquote_open":
                outline.quotes += 1
            case "blockquote_close":
                outline.quotes -= 1
            case "list_item_open":
                blank = "> \t" if outline.quotes else " \t"
                ends.append(first_line + _without_blank_lines(lines, start, end, blank) - 1)
                outline.open_item(first_line + start)
            case "list_item_close":
                outline.close_item(ends.pop())
            case "heading_open":
                kind, level = "heading", int(token.tag[1])
            case "td_open" | "th_open":
                kind = "cell"
            case "inline":
                outline.add(kind, first_line + start, token.content, level)
                kind = "paragraph"
            case "html_block":
                outline.html.append((first_line + start, token.content.removesuffix("\n")))
    return outline


def _without_blank_lines(lines: Sequence[str], start: int, end: int, blank: str) -> int:
    """Where an item ends without the lines at its end that hold nothing but `blank`."""
    while end > start + 1 and not lines[end - 1].strip(blank):
        end -= 1
    return end
