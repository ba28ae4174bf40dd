"""The links and tags of everyday text, found in one pass.

`scan_inlines` finds what `reference_inlines` finds, or declines. It knows `[[links]]`, `#tags`
and `%%`, and what hides them: escapes, code, and addresses in the web. The leftmost counts.
Brackets in a link's brackets, code between more than one mark, HTML and all other links are
left to the reference.
"""

from __future__ import annotations

import re

from vaulttool.markdown.inlines import Inline
from vaulttool.markdown.wikilink import TAG, is_tag, parse_wikilink

_IN_ADDRESS = r"[^\s\x00-\x20\x7f()<>\\]"
_ADDRESS = rf"https?://(?:{_IN_ADDRESS}|\({_IN_ADDRESS}*+\))*+"
# Each way begins with a sign of its own: so the search is quick to pass over all others.
_FOUND = re.compile(
    "|".join(
        (
            r"\[\[(?:([^\[\]\n]+)\]\])?",
            TAG.pattern,
            "%%",
            r"\\.",
            "`(?:[^`]+`)?",
            rf"\[[^\[\]<\\`#%]*+\]\({_ADDRESS}\)",
            rf"<(?:{_ADDRESS}>)?",
            r"\]\(",
        )
    )
)
_UNSURE = ("[[", "`", "<", "](")  # the beginning of what is hard, or of nothing


def scan_inlines(text: str) -> list[Inline] | None:
    """Find what stands in a text; None where only the reference can tell."""
    inlines: list[Inline] = []
    past = 0  # the last find
    for found in _FOUND.finditer(text):
        inner, tag = found.groups()
        start, end = found.span()
        if inner:
            target = parse_wikilink(inner)
            if target is None:
                return None
            embed = start > past and text[start - 1] == "!"
            inlines.append(Inline("wikilink", start - embed, end, target, embed))
        elif tag:
            if is_tag(tag) and (not start or text[start - 1].isspace()):
                inlines.append(Inline("tag", start, end, tag=tag))
        elif found[0] == "%%":
            inlines.append(Inline("comment", start, end))
        elif found[0] in _UNSURE:
            return None
        past = end
    return inlines
