"""Which columns of a table a terminal has room for: a list is scanned by eye, a row a line.

Where not all have room, the least important ones are left out, in an order that each list
names, rather than that every row is folded. What is long in any case, such as a text, is folded
in its own cell, and a few long cells leave out nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.cli.plaintable import GAP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEAST = 60  # columns of a terminal: in a narrower one nothing is left out
COMFORT = 30  # columns: what is longer may be folded
_OUTLIERS = 10  # one longer cell among so many does not make its column wider


def fitting(
    columns: Sequence[Sequence[str]],
    spare: Sequence[int],
    most: int,
    measure: Callable[[str], int] = len,
) -> list[int]:
    """The columns to show, by their numbers; `spare` are those to leave out, in that order."""
    shown = list(range(len(columns)))
    if most < LEAST:
        return shown
    wide = [comfortable(column, measure) for column in columns]
    for one in spare:
        if sum(wide[each] for each in shown) + len(GAP) * (len(shown) - 1) <= most:
            break
        shown.remove(one)
    return shown


def comfortable(column: Sequence[str], measure: Callable[[str], int] = len) -> int:
    """The width in which a column, its heading first, is good to read."""
    heading, *cells = column
    widths = list(map(measure, cells))
    short = [wide for wide in widths if wide <= COMFORT]
    if (len(widths) - len(short)) * _OUTLIERS > len(widths):
        return COMFORT
    return max(*short, min(measure(heading), COMFORT), 1)
