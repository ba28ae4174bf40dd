"""The markers that git leaves in a text where two versions clash."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_MARKERS = ("<<<<<<< ", "=======", ">>>>>>> ")


def find_conflict(text: str) -> int | None:
    """Find the line on which the first conflict begins, outside of code; None without one.

    All three markers have to be there, in their order: seven `=` alone underline a heading.
    """
    if _MARKERS[0] not in text:
        return None
    fence, begun, seen = "", 0, 0
    for number, line in enumerate(text.splitlines(), 1):
        found = _FENCE.match(line)
        if fence:
            is_end = found and found[1].startswith(fence) and not line.strip(" \t`~")
            fence = "" if is_end else fence
        elif found:
            fence = found[1]
        elif line.startswith(_MARKERS[0]):
            begun, seen = number, 1
        elif seen and line.startswith(_MARKERS[seen]):
            seen += 1
            if seen == len(_MARKERS):
                return begun
    return None
