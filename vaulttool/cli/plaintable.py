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
    heading: Callable[[str], str] = str,
    first: Callable[[int, str], str] = lambda _row, text: text,
) -> list[str] | None:
    """The lines of a table of at most so many columns; None where it has to be folded.

    `heading` makes a heading stand out, `first` what stands in the first column of a row.
    """
    lines = [headings, *rows]
    if not all(map(is_narrow, chain.from_iterable(lines))):
        return None
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    total = sum(widths) + len(GAP) * (len(widths) - 1)
    if total > most:
        return None
    shown = [
        [*map(heading, headings)],
        *([first(number, row[0]), *row[1:]] for number, row in enumerate(rows)),
    ]
    padded = (
        [text + " " * (wide - len(plain)) for text, plain, wide in zip(*line, widths, strict=True)]
        for line in zip(shown, lines, strict=True)
    )
    above, *below = map(GAP.join, padded)
    return [above, "─" * total, *below]
