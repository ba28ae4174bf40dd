"""The links and tags of everyday text, found in one pass.

`scan_inlines` finds what `reference_inlines` finds, or declines. A text without escapes,
code, HTML and Markdown's own links has only `[[links]]`, `#tags` and `%%`; the leftmost
counts. Brackets in a link's brackets are rare, and left to the reference too.
"""

from __future__ import annotations

import re

from vaulttool.markdown.inlines import Inline
from vaulttool.markdown.wikilink import TAG, is_tag, parse_wikilink

# Each way begins with a sign of its own: so the search is quick to pass over all others.
_FOUND = re.compile(rf"\[\[(?:([^\[\]\n]+)\]\])?|{TAG.pattern}|%%")


def scan_inlines(text: str) -> list[Inline] | None:
    """Find what stands in a text; None where only the reference can tell."""
    if "\\" in text or "`" in text or "<" in text or "](" in text:
        return None
    inlines: list[Inline] = []
    for found in _FOUND.finditer(text):
        inner, tag = found.groups()
        start, end = found.span()
        if inner:
            target = parse_wikilink(inner)
            if target is None:
                return None
            embed = text[start - 1 : start] == "!"
            inlines.append(Inline("wikilink", start - embed, end, target, embed))
        elif tag:
            if is_tag(tag) and (not start or text[start - 1].isspace()):
                inlines.append(Inline("tag", start, end, tag=tag))
        elif found[0] == "%%":
            inlines.append(Inline("comment", start, end))
        else:
            return None
    return inlines
