"""Tables that do not fit as they are: cells are folded between words, by rich.

Where that would leave columns of single words, each row becomes a few lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vaulttool.cli.plaintable import GAP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console, RenderableType

_LONGEST = 24  # columns: a longer word, such as a path, may be folded anywhere
_SHORT = 16  # columns: a text of this length is not folded, so that names and dates stay whole


def draw_folded(
    console: Console,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    links: Callable[[int], str | None] = lambda _row: None,
) -> list[str]:
    """The lines of a table; `links` gives where the first cell of a row leads."""
    firsts = [
        Text(row[0], style=f"bold link {link}" if (link := links(number)) else "bold")
        for number, row in enumerate(rows)
    ]
    columns = list(zip(headings, *rows, strict=True))
    least = [max(map(_least, column)) for column in columns]
    room = console.width - len(GAP) * (len(least) - 1)
    if sum(least) <= room:
        widths = _fitting([max(map(cell_len, column)) for column in columns], least, room)
        drawn: list[RenderableType] = [_table(headings, rows, firsts, widths)]
    else:
        drawn = [part for row, first in zip(rows, firsts, strict=True)
            for part in _stacked(headings, row, first)]  # fmt: skip
    with console.capture() as captured:
        console.print(*drawn, sep="\n")
    return str(captured.get()).rstrip("\n").split("\n")


def _least(text: str) -> int:
    """The columns that a text should have."""
    longest = max(map(cell_len, text.split()), default=0)
    return max(min(longest, _LONGEST), min(cell_len(text), _SHORT))


def _fitting(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Take from the widest column until all fit; none becomes narrower than it should be."""
    found = [min(wide, room) for wide in widths]
    while sum(found) > room:
        spare = [wide if wide > low else 0 for wide, low in zip(found, least, strict=True)]
        found[spare.index(max(spare))] -= 1
    return found


def _table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    firsts: Sequence[Text],
    widths: Sequence[int],
) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, wide in zip(headings, widths, strict=True):
        table.add_column(Text(heading), overflow="fold", width=wide)
    for row, first in zip(rows, firsts, strict=True):
        table.add_row(first, *map(Text, row[1:]))
    return table


def _stacked(headings: Sequence[str], row: Sequence[str], first: Text) -> list[RenderableType]:
    """A row as lines: what is in the first column, below it the rest with the headings."""
    rest = zip(headings[1:], row[1:], strict=True)
    said = [Text(f"{heading}: {text}") for heading, text in rest if text]
    return [first, *(Padding(text, (0, 0, 0, 2)) for text in said)]
