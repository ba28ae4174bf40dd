"""The grammar of links, and the markdown-it rules that find them.

Source of the rules: Obsidian's help pages "Internal links" and "Embed files", and the
behaviour of its metadata cache.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it.rules_inline.image import image as stock_image
from markdown_it.rules_inline.link import link as stock_link

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

# A tag's body: anything but white space, general and supplemental punctuation, and the
# ASCII punctuation that Obsidian rejects; `_`, `-` and `/` are allowed.
TAG = re.compile(r"#([^\s\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^{|}~\[\]\\`]+)")
_DIGITS = re.compile(r"[0-9]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Target:
    """What a link points at, and how it is shown."""

    target: str
    subpath: str | None
    display: str | None


def parse_wikilink(inner: str) -> Target | None:
    """Read what stands between `[[` and `]]`; None where that is no link.

    The first `|` separates the display text, except in the first place; the first `#`
    separates the subpath; both parts are trimmed, a no-break space counting as a space.
    """
    if not inner.strip():
        return None
    cut = inner.find("|", 1)
    path, display = (inner, None) if cut < 0 else (inner[:cut].removesuffix("\\"), inner[cut + 1 :])
    target, mark, subpath = path.translate(_SPACES).partition("#")
    return Target(target.strip(), subpath.strip() if mark else None, display)


def shown(link: Target) -> str:
    """The words that a wikilink shows: its display text, else title and headings, `A > B > C`."""
    title = link.target.rpartition("/")[2].removesuffix(".md")
    parts = (title, *(link.subpath or "").split("#"))
    return link.display or " > ".join(filter(None, parts))


def parse_destination(destination: str, text: str) -> Target | None:
    """Read a Markdown link's destination; None for an address with a scheme or nothing."""
    if not destination or _SCHEME.match(destination) or destination.startswith("//"):
        return None
    path, mark, subpath = destination.partition("#")
    target = _decoded(path).translate(_SPACES).strip()
    if not (target or mark):
        return None
    return Target(target, _decoded(subpath).translate(_SPACES).strip() if mark else None, text)


def _decoded(text: str) -> str:
    """Decode `%20`; what is no UTF-8 stays as it is written, as JavaScript leaves it."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def whole_wikilink(value: str) -> Target | None:
    """Read a property's value that is one wikilink and nothing else."""
    value = value.strip()
    closing = len(value) - 2
    if value.rfind("[[") != 0 or value.find("]]", 2) != closing or "\n" in value:
        return None
    return parse_wikilink(value[2:closing])


def has_wikilink(value: str) -> bool:
    """Whether a property's value holds a wikilink anywhere."""
    opening = value.rfind("[[")
    return opening >= 0 and "]]" in value[opening + 3 :]


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
        token.meta = {"tag": found[1], "start": start}
    state.pos = found.end()
    return True


def is_tag(text: str) -> bool:
    """Whether a text without `#` can be a tag: no forbidden sign, one that is no digit."""
    found = TAG.fullmatch(f"#{text}")
    return found is not None and not _DIGITS.fullmatch(text)


def comment_rule(state: StateInline, silent: bool) -> bool:
    """Find `%%`, which begins or ends an Obsidian comment."""
    if not state.src.startswith("%%", state.pos):
        return False
    if not silent:
        state.push("comment_mark", "", 0).meta = {"start": state.pos}
    state.pos += 2
    return True
