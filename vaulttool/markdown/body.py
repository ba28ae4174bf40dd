"""A note's body to values: the blocks of CommonMark with Obsidian's links, tags and comments.

The blocks come from `scan.py`, or where it declines from markdown-it-py. Of the inline
grammar only what decides whether brackets are a link is kept on: escapes, code spans,
HTML, automatic links.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vaulttool.markdown import wikilink
from vaulttool.markdown.blocks import Outline, reference_blocks
from vaulttool.markdown.dueblock import MARK, find_blocks
from vaulttool.markdown.edit import split_lines
from vaulttool.markdown.inlines import may_hold_inlines, reference_inlines
from vaulttool.markdown.scan import scan_blocks
from vaulttool.markdown.scaninline import scan_inlines
from vaulttool.message import msg
from vaulttool.model import Heading, Item, Link, Passage, Problem, Tag

if TYPE_CHECKING:
    from datetime import date

    from vaulttool.message import Message
    from vaulttool.model import Severity

MAX_PASSAGE = 50_000  # characters: longer text is no prose, and costs more than it tells

_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(slots=True)
class Body:
    """What a body holds, in the order of its lines."""

    headings: list[Heading] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_body(text: str, path: str = "", first_line: int = 1) -> Body:
    """Read a note's text below its properties; lines are counted from `first_line`."""
    lines = split_lines(text)
    due_days: dict[int, date] = {}
    for span in find_blocks(lines) if MARK in text else ():
        due_days |= dict.fromkeys(range(first_line + span.start, first_line + span.end), span.day)
        # The markers are no text: left in place they could join the last list item.
        lines[span.start] = ""
        if span.closed:
            lines[span.end - 1] = ""
    outline = scan_blocks(lines, first_line, due_days)
    if outline is None:
        outline = reference_blocks(lines, first_line, due_days)
    return _Reader(outline, path).read()


class _Reader:
    """Finds what stands in the text of the blocks."""

    def __init__(self, outline: Outline, path: str) -> None:
        self.body = Body(outline.headings, outline.passages, outline.items)
        self._outline = outline
        self._path = path
        self._comment_marks: list[int] = []  # the lines of the passages that hold a `%%`
        self._opened = (0, 0)  # where the last comment began: links, line

    def read(self) -> Body:
        """Read the text of a whole body."""
        if self._outline.html or self._outline.deep_items:
            self._look_at_blocks()
        for index, passage in enumerate(self.body.passages):
            if may_hold_inlines(passage.text):
                self._inlines(passage, index)
        self.body.problems.sort(key=lambda problem: problem.line or 0)
        if self._comment_marks:
            self._end_comments()
        return self.body

    def _look_at_blocks(self) -> None:
        for line, text in self._outline.html:
            # In HTML there is no Markdown, and in its comments nobody expects any.
            if wikilink.has_wikilink(_HTML_COMMENT.sub("", text)):
                message = msg("a link in a block of HTML is none: such a block holds no Markdown")
                self._problem("link-in-html", "info", line, message)
        for line in self._outline.deep_items:
            message = msg("a list nested so deeply is not read further than this")
            self._problem("deep-list", "warning", line, message)

    def _inlines(self, passage: Passage, index: int) -> None:
        text = passage.text
        if len(text) > MAX_PASSAGE:
            message = msg("a paragraph this long is not searched for links and tags")
            self._problem("long-paragraph", "warning", passage.line, message)
            return
        found = scan_inlines(text)
        for inline in reference_inlines(text) if found is None else found:
            kind, start, end, target, embed, tag = inline
            line = passage.line + text.count("\n", 0, start)
            if kind == "comment":
                self._comment_marks.append(passage.line)
                self._opened = (len(self.body.links), line)
            elif kind == "tag":
                self.body.tags.append(Tag(tag, line, index, start))
            elif target:
                commented = len(self._comment_marks) % 2 == 1
                self.body.links.append(
                    Link(
                        kind,
                        line,
                        *target,
                        embed=embed,
                        passage=index,
                        start=start,
                        end=end,
                        commented=commented,
                    )
                )

    def _end_comments(self) -> None:
        """Say which list items begin in a comment, now that it is known where each ends.

        What follows a `%%` that nothing closes is text: `100%% sure` hides nothing.
        """
        body, marks = self.body, self._comment_marks
        if len(marks) % 2 == 1:
            marks.pop()
            links, line = self._opened
            body.links[links:] = [replace(link, commented=False) for link in body.links[links:]]
            message = msg("%% begins a comment that nothing ends; what follows is read as text")
            self._problem("unclosed-comment", "info", line, message)
        body.items = [
            replace(item, commented=True) if bisect_left(marks, item.line) % 2 == 1 else item
            for item in body.items
        ]

    def _problem(self, code: str, severity: Severity, line: int, message: Message) -> None:
        self.body.problems.append(Problem(code, severity, self._path, line, message))
