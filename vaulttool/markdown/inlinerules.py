"""The rules with which markdown-it finds links, tags and comments in a paragraph's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_inline.image import image as stock_image
from markdown_it.rules_inline.link import link as stock_link

from vaulttool.markdown.wikilink import TAG, is_tag, parse_wikilink

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline


def wikilink_rule(state: StateInline, silent: bool) -> bool:
    """Find `[[...]]` and `![[...]]` before markdown-it looks for its own links.

    Of nested brackets only the innermost pair is a link, and a line end is none.
    """
    start = state.pos
    embed = state.src[start] == "!"
    opening = start + embed
    if not state.src.startswith("[[", opening) or _last(state, "]]") < opening:
        return False
    closing = state.src.find("]]", opening + 2)
    if closing < 0 or state.src.find("[[", opening + 1, closing) >= 0:
        return False
    inner = state.src[opening + 2 : closing]
    found = None if "\n" in inner else parse_wikilink(inner)
    if found is None:
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.meta = {"target": found, "embed": embed, "start": start, "end": closing + 2}
    state.pos = closing + 2
    return True


def markdown_link_rule(state: StateInline, silent: bool) -> bool:
    """Let markdown-it find `[text](destination)` and note where it stood."""
    return _stock(state, silent, "link_open")


def markdown_image_rule(state: StateInline, silent: bool) -> bool:
    """The same for `![text](destination)`, which embeds."""
    return _stock(state, silent, "image")


def _stock(state: StateInline, silent: bool, kind: str) -> bool:
    if _last(state, "](") < state.pos:  # no destination can follow: spare the search
        return False
    start, count = state.pos, len(state.tokens)
    rule = stock_image if kind == "image" else stock_link
    if not rule(state, silent):
        return False
    for token in state.tokens[count:]:
        if token.type == kind:
            token.meta = {"start": start, "end": state.pos, "text": _label(state, start)}
            break
    return True


def _label(state: StateInline, start: int) -> str:
    opening = start + (state.src[start] == "!") + 1
    closing = state.src.find("](", opening)
    if state.src.find("](", closing + 1, state.pos) >= 0:  # also in the label or the destination
        closing = state.md.helpers.parseLinkLabel(state, opening - 1)
    return state.src[opening:closing]


def _last(state: StateInline, mark: str) -> int:
    """Where a mark stands for the last time, found once a text: hostile text stays cheap."""
    known: dict[tuple[str, str], int] = state.env.setdefault("last", {})
    key = (mark, state.src)
    if key not in known:
        known[key] = state.src.rfind(mark)
    return known[key]


def tag_rule(state: StateInline, silent: bool) -> bool:
    """Find `#tag` at the start of a line or after white space."""
    start = state.pos
    if state.src[start] != "#" or (start and not state.src[start - 1].isspace()):
        return False
    found = TAG.match(state.src, start)
    if found is None or not is_tag(found[1]):
        return False
    if not silent:
        token = state.push("tag", "", 0)
        token.meta = {"tag": found[1], "start": start, "end": found.end()}
    state.pos = found.end()
    return True


def comment_rule(state: StateInline, silent: bool) -> bool:
    """Find `%%`, which begins or ends an Obsidian comment."""
    if not state.src.startswith("%%", state.pos):
        return False
    if not silent:
        state.push("comment_mark", "", 0).meta = {"start": state.pos, "end": state.pos + 2}
    state.pos += 2
    return True
