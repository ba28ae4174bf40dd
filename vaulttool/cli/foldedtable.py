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
_SHORT = 16  # columns: a text of this length is not folded where there is room for all of them
_NARROW = 60  # columns of a terminal: in a narrower one, such texts are never folded


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
    room = console.width - len(GAP) * (len(columns) - 1)
    if widths := _widths(columns, room, is_narrow=console.width < _NARROW):
        drawn: list[RenderableType] = [_table(headings, rows, firsts, widths)]
    else:
        drawn = [part for row, first in zip(rows, firsts, strict=True)
            for part in _stacked(headings, row, first)]  # fmt: skip
    with console.capture() as captured:
        console.print(*drawn, sep="\n")
    return str(captured.get()).rstrip("\n").split("\n")


def _widths(columns: Sequence[Sequence[str]], room: int, *, is_narrow: bool) -> list[int] | None:
    """How wide each column is to be; None where they should not stand beside one another."""
    for short in (_SHORT,) if is_narrow else (_SHORT, 0):
        least = [max(_least(text, short) for text in column) for column in columns]
        if sum(least) <= room:
            return _fitting([max(map(cell_len, column)) for column in columns], least, room)
    return None


def _least(text: str, short: int) -> int:
    """The columns that a text should have: for its longest word, or all of it where it is short."""
    longest = max(map(cell_len, text.split()), default=0)
    return max(min(longest, _LONGEST), min(cell_len(text), short))


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
