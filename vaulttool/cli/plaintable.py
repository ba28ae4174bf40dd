"""Tables whose cells all fit, as rich draws them, but without it: its import takes long.

What has to be folded, or is not as wide as it has letters, is left to rich.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GAP = "   "  # between columns

# Latin, Greek and Cyrillic, dashes, quotation marks, arrows; no sign that combines with another.
_NARROW = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2190-\u2193]*"
)


def is_narrow(text: str) -> bool:
    """Whether each sign of a text is known to take one column."""
    return _NARROW.fullmatch(text) is not None


def draw_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    most: int,
    bold: Callable[[str], str] = str,
) -> list[str] | None:
    """The lines of a table of at most so many columns; None where it has to be folded.

    The headings and the first column are made `bold`.
    """
    lines = [headings, *rows]
    if not all(map(is_narrow, chain.from_iterable(lines))):
        return None
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    total = sum(widths) + len(GAP) * (len(widths) - 1)
    if total > most:
        return None
    padded = [list(map(str.ljust, line, widths)) for line in lines]
    return [
        GAP.join(map(bold, padded[0])),
        "─" * total,
        *(GAP.join([bold(first), *rest]) for first, *rest in padded[1:]),
    ]
