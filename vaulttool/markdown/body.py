"""A note's body to values: the blocks of CommonMark with Obsidian's links, tags and comments.

The blocks come from `scan.py`, or where it declines from markdown-it-py. Of the inline
grammar only what decides whether brackets are a link is kept on: escapes, code spans,
HTML, automatic links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vaulttool.markdown import wikilink
from vaulttool.markdown.blocks import reference_blocks
from vaulttool.markdown.dueblock import find_blocks
from vaulttool.markdown.edit import split_lines
from vaulttool.markdown.parser import MAX_NESTING, inline_parser
from vaulttool.markdown.scan import scan_blocks
from vaulttool.markdown.tasks import task_status
from vaulttool.message import msg
from vaulttool.model import Heading, Item, Link, Passage, Problem, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from markdown_it.token import Token

    from vaulttool.markdown.blocks import Block
    from vaulttool.model import PassageKind

MAX_PASSAGE = 50_000  # characters: longer text is no prose, and costs more than it tells

# Text without any of these holds no link, no tag and no comment.
DEEPEST = MAX_NESTING - 2  # a list counts twice, for itself and for its item
_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TRIGGERS = re.compile(r"\[\[|\]\(|#|%%")


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
    for span in find_blocks(lines):
        due_days |= dict.fromkeys(range(span.start, span.end), span.day)
        # The markers are no text: left in place they could join the last list item.
        lines[span.start] = ""
        if span.closed:
            lines[span.end - 1] = ""
    reader = _Reader(path, first_line, due_days)
    blocks = scan_blocks(lines)
    reader.read(reference_blocks(lines) if blocks is None else blocks)
    return reader.body


class _Reader:
    """Walks the blocks once, keeping what stands open round the current one."""

    def __init__(self, path: str, first_line: int, due_days: dict[int, date]) -> None:
        self.body = Body()
        self._path = path
        self._first_line = first_line
        self._due_days = due_days
        self._items: list[int] = []  # the list items that are open, outermost first
        self._quotes = 0
        self._commented = False  # inside `%% %%`
        self._opened = (0, 0, 0)  # where the comment began: links, items, line

    def read(self, blocks: Iterable[Block]) -> None:
        """Read the blocks of a whole body."""
        for block in blocks:
            match block.kind:
                case "quote_open":
                    self._quotes += 1
                case "quote_close":
                    self._quotes -= 1
                case "item_open":
                    self._open_item(block)
                case "html":
                    self._html(block)
                case "item_close":
                    self._items.pop()
                case "paragraph" | "heading" | "cell":
                    self._passage(block, block.kind)
        if self._commented:
            self._take_comment_back()

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
        self.body.items[items:] = [replace(x, commented=False) for x in self.body.items[items:]]
        message = msg("%% begins a comment that nothing ends; what follows is read as text")
        self.body.problems.append(Problem("unclosed-comment", "info", self._path, line, message))

    def _open_item(self, block: Block) -> None:
        item = Item(
            passage=-1,
            line=self._first_line + block.start,
            end_line=self._first_line + block.end - 1,
            depth=len(self._items),
            parent=self._items[-1] if self._items else -1,
            section=len(self.body.headings) - 1,
            quoted=self._quotes > 0,
            commented=self._commented,
            due_block=self._due_days.get(block.start),
        )
        self._items.append(len(self.body.items))
        self.body.items.append(item)
        if 2 * len(self._items) + self._quotes == DEEPEST:
            message = msg("a list nested so deeply is not read further than this")
            self.body.problems.append(
                Problem("deep-list", "warning", self._path, item.line, message)
            )

    def _passage(self, block: Block, kind: PassageKind) -> None:
        line = self._first_line + block.start
        text = block.text
        index = len(self.body.passages)
        if kind == "heading" and not self._quotes and not self._items:
            self.body.headings.append(self._heading(block, line))
        if self._items and self.body.items[self._items[-1]].passage < 0:
            kind = "item" if kind == "paragraph" else kind
            owner = self.body.items[self._items[-1]]
            self.body.items[self._items[-1]] = replace(
                owner, passage=index, status=task_status(text)
            )
        self.body.passages.append(
            Passage(
                kind,
                text,
                line,
                section=len(self.body.headings) - 1,
                item=self._items[-1] if self._items else -1,
                quoted=self._quotes > 0,
            )
        )
        if _TRIGGERS.search(text):
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
        tokens: list[Token] = []
        parser = inline_parser()
        parser.inline.parse(text, parser, {}, tokens)
        for token in _flat(tokens):
            meta = token.meta
            if token.type == "comment_mark":
                at = line + text.count("\n", 0, meta["start"])
                self._commented = not self._commented
                self._opened = (len(self.body.links), len(self.body.items), at)
            elif token.type == "tag":
                at = line + text.count("\n", 0, meta["start"])
                self.body.tags.append(Tag(meta["tag"], at, passage, meta["start"]))
            elif link := _link(token):
                at = line + text.count("\n", 0, link.start)
                self.body.links.append(
                    replace(link, line=at, passage=passage, commented=self._commented)
                )


def _flat(tokens: list[Token]) -> list[Token]:
    """The tokens with those of image labels, which are parsed as texts of their own.

    What such a token tells of its place counts from the label's start, and is moved.
    """
    flat: list[Token] = []
    for token in tokens:
        flat.append(token)
        label = token.meta.get("start", 0) + len("![")
        for inner in _flat(token.children or []):
            for key in ("start", "end") & inner.meta.keys():
                inner.meta[key] += label
            flat.append(inner)
    return flat


def _link(token: Token) -> Link | None:
    meta: dict[str, Any] = token.meta
    if token.type == "wikilink":
        kind, found, embed = "wikilink", meta["target"], meta["embed"]
    elif token.type in ("link_open", "image") and meta:
        kind, embed = "markdown", token.type == "image"
        destination = str(token.attrs["src" if embed else "href"])
        found = wikilink.parse_destination(destination, meta["text"])
    else:
        return None
    if found is None:
        return None
    return Link(
        "wikilink" if kind == "wikilink" else "markdown",
        None,
        found.target,
        found.subpath,
        found.display,
        embed=embed,
        start=meta["start"],
        end=meta["end"],
    )
