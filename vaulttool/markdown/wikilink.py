"""The grammar of links and tags: what stands in the brackets, read from text alone.

Source of the rules: Obsidian's help pages "Internal links" and "Embed files", and the
behaviour of its metadata cache. Where in a text they stand, `inlinerules.py` finds.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

# A tag's body: anything but white space, general and supplemental punctuation, and the
# ASCII punctuation that Obsidian rejects; `_`, `-` and `/` are allowed.
TAG = re.compile(r"#([^\s\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^{|}~\[\]\\`]+)")
_DIGITS = re.compile(r"[0-9]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Target(NamedTuple):
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
    target, mark, subpath = _with_spaces(path).partition("#")
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
    target = _with_spaces(_decoded(path)).strip()
    if not (target or mark):
        return None
    return Target(target, _with_spaces(_decoded(subpath)).strip() if mark else None, text)


def _decoded(text: str) -> str:
    """Decode `%20`; what is no UTF-8 stays as it is written, as JavaScript leaves it."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _with_spaces(text: str) -> str:
    """A text with plain spaces for those at which no line breaks."""
    return text if text.isascii() else text.replace("\u00a0", " ").replace("\u202f", " ")


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


def is_tag(text: str) -> bool:
    """Whether a text without `#` can be a tag: no forbidden sign, one that is no digit."""
    found = TAG.fullmatch(f"#{text}")
    return found is not None and not _DIGITS.fullmatch(text)
