"""A note's body to values: the blocks of CommonMark with Obsidian's links, tags and comments.

The blocks come from `scan.py`, or where it declines from markdown-it-py. Of the inline
grammar only what decides whether brackets are a link is kept on: escapes, code spans,
HTML, automatic links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vaulttool.markdown import wikilink
from vaulttool.markdown.blocks import reference_blocks
from vaulttool.markdown.dueblock import MARK, find_blocks
from vaulttool.markdown.edit import split_lines
from vaulttool.markdown.inlines import may_hold_inlines, reference_inlines
from vaulttool.markdown.parser import MAX_NESTING
from vaulttool.markdown.scan import scan_blocks
from vaulttool.markdown.scaninline import scan_inlines
from vaulttool.markdown.tasks import task_status
from vaulttool.message import msg
from vaulttool.model import Heading, Item, Link, Passage, Problem, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaulttool.markdown.blocks import Block
    from vaulttool.model import PassageKind

MAX_PASSAGE = 50_000  # characters: longer text is no prose, and costs more than it tells

DEEPEST = MAX_NESTING - 2  # a list counts twice, for itself and for its item
_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(slots=True)
class Body:
    """What a body holds, in the order of its lines."""

    links: list[Link] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_body(text: str, path: str = "", first_line: int = 1) -> Body:
    """Read a note's text below its properties; lines are counted from `first_line`."""
    lines = split_lines(text)
    due_days: dict[int, date] = {}
    for span in find_blocks(lines) if MARK in text else ():
        due_days |= dict.fromkeys(range(span.start, span.end), span.day)
        # The markers are no text: left in place they could join the last list item.
        lines[span.start] = ""
        if span.closed:
            lines[span.end - 1] = ""
    reader = _Reader(path, first_line, due_days)
    blocks = scan_blocks(lines)
    return reader.read(reference_blocks(lines) if blocks is None else blocks)


@dataclass(slots=True)
class _Item:
    """A list item while not all of it is known: its own text may follow an inner item."""

    line: int
    end_line: int
    depth: int
    parent: int
    section: int
    quoted: bool
    commented: bool
    due_block: date | None
    passage: int = -1
    status: str | None = None


class _Reader:
    """Walks the blocks once, keeping what stands open round the current one."""

    def __init__(self, path: str, first_line: int, due_days: dict[int, date]) -> None:
        self.body = Body()
        self._path = path
        self._first_line = first_line
        self._due_days = due_days
        self._items: list[_Item] = []
        self._open: list[int] = []  # the list items that are open, outermost first
        self._quotes = 0
        self._commented = False  # inside `%% %%`
        self._opened = (0, 0, 0)  # where the comment began: links, items, line

    def read(self, blocks: Iterable[Block]) -> Body:
        """Read the blocks of a whole body."""
        for block in blocks:
            match block.kind:
                case "paragraph" | "heading" | "cell":
                    self._passage(block, block.kind)
                case "item_open":
                    self._open_item(block)
                case "item_close":
                    self._open.pop()
                case "quote_open":
                    self._quotes += 1
                case "quote_close":
                    self._quotes -= 1
                case "html":
                    self._html(block)
        if self._commented:
            self._take_comment_back()
        self.body.items = [
            Item(
                passage=item.passage,
                line=item.line,
                end_line=item.end_line,
                depth=item.depth,
                parent=item.parent,
                section=item.section,
                status=item.status,
                quoted=item.quoted,
                commented=item.commented,
                due_block=item.due_block,
            )
            for item in self._items
        ]
        return self.body

    def _html(self, block: Block) -> None:
        """Say where links stand in HTML, in which there is no Markdown; in its comments none do."""
        if wikilink.has_wikilink(_HTML_COMMENT.sub("", block.text)):
            line = self._first_line + block.start
            message = msg("a link in a block of HTML is none: such a block holds no Markdown")
            self.body.problems.append(Problem("link-in-html", "info", self._path, line, message))

    def _take_comment_back(self) -> None:
        """Read what follows a `%%` that nothing closes as text: `100%% sure` hides nothing."""
        links, items, line = self._opened
        self.body.links[links:] = [replace(x, commented=False) for x in self.body.links[links:]]
        for item in self._items[items:]:
            item.commented = False
        message = msg("%% begins a comment that nothing ends; what follows is read as text")
        self.body.problems.append(Problem("unclosed-comment", "info", self._path, line, message))

    def _open_item(self, block: Block) -> None:
        line = self._first_line + block.start
        item = _Item(
            line,
            self._first_line + block.end - 1,
            depth=len(self._open),
            parent=self._open[-1] if self._open else -1,
            section=len(self.body.headings) - 1,
            quoted=self._quotes > 0,
            commented=self._commented,
            due_block=self._due_days.get(block.start),
        )
        self._open.append(len(self._items))
        self._items.append(item)
        if 2 * len(self._open) + self._quotes == DEEPEST:
            message = msg("a list nested so deeply is not read further than this")
            self.body.problems.append(Problem("deep-list", "warning", self._path, line, message))

    def _passage(self, block: Block, kind: PassageKind) -> None:
        body, text = self.body, block.text
        line = self._first_line + block.start
        index = len(body.passages)
        item = -1
        if self._open:
            item = self._open[-1]
            owner = self._items[item]
            if owner.passage < 0:
                owner.passage, owner.status = index, task_status(text)
                kind = "item" if kind == "paragraph" else kind
        elif kind == "heading" and not self._quotes:
            body.headings.append(self._heading(block, line))
        section = len(body.headings) - 1
        body.passages.append(Passage(kind, text, line, section, item, self._quotes > 0))
        if may_hold_inlines(text):
            self._inline(text, index, line)

    def _heading(self, block: Block, line: int) -> Heading:
        parent = len(self.body.headings) - 1
        while parent >= 0 and self.body.headings[parent].level >= block.level:
            parent = self.body.headings[parent].parent
        return Heading(block.level, block.text.strip(), line, parent)

    def _inline(self, text: str, passage: int, line: int) -> None:
        if len(text) > MAX_PASSAGE:
            message = msg("a paragraph this long is not searched for links and tags")
            self.body.problems.append(
                Problem("long-paragraph", "warning", self._path, line, message)
            )
            return
        found = scan_inlines(text)
        for inline in reference_inlines(text) if found is None else found:
            at = line + text.count("\n", 0, inline.start)
            if inline.kind == "comment":
                self._commented = not self._commented
                self._opened = (len(self.body.links), len(self._items), at)
            elif inline.kind == "tag":
                self.body.tags.append(Tag(inline.tag, at, passage, inline.start))
            elif inline.target:
                self.body.links.append(
                    Link(
                        inline.kind,
                        at,
                        inline.target.target,
                        inline.target.subpath,
                        inline.target.display,
                        embed=inline.embed,
                        passage=passage,
                        start=inline.start,
                        end=inline.end,
                        commented=self._commented,
                    )
                )
