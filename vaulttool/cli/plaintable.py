"""Tables whose cells all fit, as rich draws them, but without it: its import takes long.

What has to be folded, or is not as wide as it has letters, is left to rich.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaulttool.cli.terminal import Styled

GAP = "   "  # between columns

# Latin, Greek and Cyrillic, dashes, quotation marks, arrows; no sign that combines with another.
_NARROW = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2190-\u2195]*"
)


def is_narrow(text: str) -> bool:
    """Whether each sign of a text is known to take one column."""
    return _NARROW.fullmatch(text) is not None


def draw_table(
    headings: Sequence[Styled], rows: Sequence[Sequence[Styled]], most: int
) -> list[str] | None:
    """The lines of a table of at most so many columns; None where it has to be folded."""
    lines = [headings, *rows]
    if not all(is_narrow(cell.text) for line in lines for cell in line):
        return None
    widths = [max(len(cell.text) for cell in column) for column in zip(*lines, strict=True)]
    total = sum(widths) + len(GAP) * (len(widths) - 1)
    if total > most:
        return None
    padded = (
        [
            cell.shown() + " " * (wide - len(cell.text))
            for cell, wide in zip(line, widths, strict=True)
        ]
        for line in lines
    )
    above, *below = map(GAP.join, padded)
    return [above, "─" * total, *below]
