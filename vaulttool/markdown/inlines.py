"""What stands in a run of text: its links, tags and the marks of comments.

They have two sources. `reference_inlines` takes them from markdown-it, for any text.
`scaninline.py` finds them much faster, for the everyday one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from vaulttool.markdown import wikilink
from vaulttool.markdown.parser import inline_parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

InlineKind = Literal["wikilink", "markdown", "tag", "comment"]


class Inline(NamedTuple):
    """A link, a tag, or a `%%` that begins or ends a comment."""

    kind: InlineKind
    start: int  # where it stands in the text
    end: int
    target: wikilink.Target | None = None  # of a link
    embed: bool = False
    tag: str = ""  # of a tag, without `#`


def may_hold_inlines(text: str) -> bool:
    """Whether a text has any sign without which no link, tag or comment stands in it."""
    # One sign is found in a fifth of the time that two take, and most texts have none.
    return (
        "#" in text
        or ("[" in text and ("[[" in text or "](" in text))
        or ("%" in text and "%%" in text)
    )


def reference_inlines(text: str) -> list[Inline]:
    """Find what stands in any text, as CommonMark and Obsidian's rules have it."""
    tokens: list[Token] = []
    parser = inline_parser()
    parser.inline.parse(text, parser, {}, tokens)
    found = (_inline(token) for token in _flat(tokens) if token.meta)
    return [inline for inline in found if inline]


def _inline(token: Token) -> Inline | None:
    meta = token.meta
    start, end = meta["start"], meta["end"]
    match token.type:
        case "comment_mark":
            return Inline("comment", start, end)
        case "tag":
            return Inline("tag", start, end, tag=meta["tag"])
        case "wikilink":
            return Inline("wikilink", start, end, meta["target"], meta["embed"])
    embed = token.type == "image"
    destination = str(token.attrs["src" if embed else "href"])
    target = wikilink.parse_destination(destination, meta["text"])
    return Inline("markdown", start, end, target, embed) if target else None


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with those of image labels, which are parsed as texts of their own.

    What such a token tells of its place counts from the label's start, and is moved.
    """
    for token in tokens:
        yield token
        label = token.meta.get("start", 0) + len("![")
        for inner in _flat(token.children or []):
            for key in ("start", "end") & inner.meta.keys():
                inner.meta[key] += label
            yield inner
