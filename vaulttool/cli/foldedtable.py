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

from vaulttool.cli.fitting import LEAST, comfortable
from vaulttool.cli.plaintable import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, RenderableType

    from vaulttool.cli.terminal import Styled

_LONGEST = 24  # columns: a longer word, such as a path, may be folded anywhere
_SHORT = 16  # columns: a text of this length is not folded where there is room for all of them


def draw_folded(
    console: Console, headings: Sequence[Styled], rows: Sequence[Sequence[Styled]]
) -> list[str] | None:
    """The lines of a table whose cells are folded; None where it would be hard to read."""
    columns = [[cell.text for cell in column] for column in zip(headings, *rows, strict=True)]
    room = console.width - len(GAP) * (len(columns) - 1)
    widths = _widths(columns, room, is_narrow=console.width < LEAST)
    return _drawn(console, [_table(headings, rows, widths)]) if widths else None


def draw_stacked(
    console: Console, headings: Sequence[Styled], rows: Sequence[Sequence[Styled]]
) -> list[str]:
    """Each row as lines: what is in the first column, below it the rest with the headings."""
    return _drawn(console, [line for row in rows for line in _stacked(headings, row)])


def fold_line(console: Console, parts: Sequence[Styled], hang: int = 0) -> list[str]:
    """A line that is folded between words, as far in as it begins, and so much more."""
    whole = Text.assemble(*map(rich_text, parts))
    spaces = len(whole.plain) - len(whole.plain.lstrip(" "))
    lead = min(spaces, console.width // 2)
    first, *rest = whole[spaces:].wrap(console, console.width - lead - hang)
    lines = [Text(" " * lead) + first, *(Text(" " * (lead + hang)) + line for line in rest)]
    for line in lines:
        line.rstrip()
    return _drawn(console, lines)


def _drawn(console: Console, parts: Sequence[RenderableType]) -> list[str]:
    with console.capture() as captured:
        console.print(*parts, sep="\n")
    return str(captured.get()).rstrip("\n").split("\n")


def _widths(columns: Sequence[Sequence[str]], room: int, *, is_narrow: bool) -> list[int] | None:
    """How wide each column is to be; None where they should not stand beside one another."""
    widths = [max(map(cell_len, column)) for column in columns]
    good = [comfortable(column, cell_len) for column in columns]
    if sum(good) <= room:
        return _fitting(widths, good, room)
    for short in (_SHORT,) if is_narrow else (_SHORT, 0):
        first, *rest = [max(_least(text, short) for text in column) for column in columns]
        for least in ([good[0], *rest], [first, *rest]):  # rather whole names than all the rest
            if sum(least) <= room:
                return _fitting(widths, least, room)
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
    headings: Sequence[Styled], rows: Sequence[Sequence[Styled]], widths: Sequence[int]
) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="")
    for heading, wide in zip(headings, widths, strict=True):
        table.add_column(rich_text(heading), overflow="fold", width=wide)
    for row in rows:
        table.add_row(*map(rich_text, row))
    return table


def _stacked(headings: Sequence[Styled], row: Sequence[Styled]) -> Iterator[RenderableType]:
    first, *rest = row
    yield rich_text(first)
    for heading, cell in zip(headings[1:], rest, strict=True):
        if cell.text:
            yield Padding(Text(f"{heading.text}: ").append(rich_text(cell)), (0, 0, 0, 2))


def rich_text(cell: Styled) -> Text:
    """A text as rich has it."""
    return Text(cell.text, f"{cell.style} link {cell.link}" if cell.link else cell.style)
