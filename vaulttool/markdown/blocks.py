"""The blocks of a body: what its lines are, before anything is said about the text in them.

They have two sources. `reference_blocks` takes them from markdown-it, for any text.
`scan.py` finds them much faster, for the everyday ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from vaulttool.markdown.parser import parse_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

TextKind = Literal["paragraph", "heading", "cell"]
BlockKind = Literal["quote_open", "quote_close", "item_open", "item_close", "html"] | TextKind


class Block(NamedTuple):
    """A run of text, or the beginning or the end of what holds others."""

    kind: BlockKind
    start: int = 0  # its first line, from 0; a quote and an end have none
    end: int = 0  # past its last line; of an item, past the last that is not blank
    text: str = ""
    level: int = 0  # of a heading


def reference_blocks(lines: Sequence[str]) -> list[Block]:
    """Find the blocks of any text, as CommonMark has them, with the tables of GitHub."""
    blocks: list[Block] = []
    kind: TextKind = "paragraph"
    level = quotes = 0
    for token in parse_blocks(lines):
        start, end = token.map or (0, 0)
        match token.type:
            case "blockquote_open":
                blocks.append(Block("quote_open"))
                quotes += 1
            case "blockquote_close":
                blocks.append(Block("quote_close"))
                quotes -= 1
            case "list_item_open":
                end = _without_blank_lines(lines, start, end, "> \t" if quotes else " \t")
                blocks.append(Block("item_open", start, end))
            case "list_item_close":
                blocks.append(Block("item_close"))
            case "heading_open":
                kind, level = "heading", int(token.tag[1])
            case "td_open" | "th_open":
                kind = "cell"
            case "inline":
                blocks.append(Block(kind, start, end, token.content, level))
                kind, level = "paragraph", 0
            case "html_block":
                blocks.append(Block("html", start, end, token.content.removesuffix("\n")))
    return blocks


def _without_blank_lines(lines: Sequence[str], start: int, end: int, blank: str) -> int:
    """Where an item ends without the lines at its end that hold nothing but `blank`."""
    while end > start + 1 and not lines[end - 1].strip(blank):
        end -= 1
    return end
