"""The Markdown parser, set up for Obsidian's dialect: one for blocks, one for inline text.

It is imported where it is used first: that takes longer than all else that a command imports,
and a command that finds every note as it was last time parses none.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_NESTING = 100  # of quotes and lists; a list counts twice, for itself and for its item


@functools.cache
def block_parser() -> MarkdownIt:
    """Lists, quotes, tables, code, HTML; inline text is left as it stands.

    Link definitions are off: `[^1]: [[Anna]]` is a footnote, and would be taken for one.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable("table").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def parse_blocks(lines: Sequence[str]) -> list[Token]:
    """Parse the lines of a text into block tokens."""
    # Before 4.3 markdown-it-py stumbles over a quoted table where no line end follows.
    return block_parser().parse("\n".join(lines) + "\n", {})


@functools.cache
def inline_parser() -> MarkdownIt:
    """Links, tags and comments, and what decides whether brackets are a link.

    That is escapes, code spans, HTML and automatic links.
    """
    from markdown_it import MarkdownIt

    from vaulttool.markdown import inlinerules

    parser = MarkdownIt("commonmark")
    rules = parser.inline.ruler
    rules.at("link", inlinerules.markdown_link_rule)
    rules.at("image", inlinerules.markdown_image_rule)
    rules.before("link", "wikilink", inlinerules.wikilink_rule)
    rules.after("wikilink", "tag", inlinerules.tag_rule)
    rules.after("tag", "comment", inlinerules.comment_rule)
    rules.enableOnly(
        [
            *("text", "escape", "backticks", "wikilink", "tag", "comment", "link", "image"),
            *("autolink", "html_inline"),
        ]
    )
    parser.inline.ruler2.enableOnly([])
    return parser
