"""A table that fits a terminal: whole, with fewer columns, folded, or each row as a few lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from vaulttool.cli.plaintable import draw_table, is_narrow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from vaulttool.cli.terminal import Styled


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below headings; the first column says what a row is about."""

    headings: Sequence[Styled]
    rows: Sequence[Sequence[Styled]]

    def fit(
        self, most: int, spare: Sequence[int], console: Callable[[], Console]
    ) -> tuple[list[str], list[str]]:
        """Draw it in so many columns of a terminal; gives the lines, and the headings left out.

        `spare` are the columns that may be left out, the least important first.
        """
        for table in (self, self._shortened()):
            lines = draw_table(table.headings, table.rows, most)
            if lines is not None:
                return lines, []
        shown = self._readable(most, spare)
        lines = self._only(shown).draw(most, console)
        if lines is not None:
            left_out = (one for place, one in enumerate(self.headings) if place not in shown)
            return lines, [one.text for one in left_out]
        from vaulttool.cli.foldedtable import draw_stacked

        return draw_stacked(console(), self.headings, self.rows), []

    def _shortened(self) -> Table:
        """The table with its cells in fewer letters, as far as they can be."""
        rows = [[replace(one, text=one.short or one.text) for one in row] for row in self.rows]
        return Table(self.headings, rows)

    def draw(self, most: int, console: Callable[[], Console]) -> list[str] | None:
        """The lines of the table as it is; None where its columns would be hard to read."""
        lines = draw_table(self.headings, self.rows, most)
        if lines is not None:
            return lines
        from vaulttool.cli.foldedtable import draw_folded

        return draw_folded(console(), self.headings, self.rows)

    def _readable(self, most: int, spare: Sequence[int]) -> Sequence[int]:
        """The columns that have room to be read, by their numbers."""
        from vaulttool.cli.fitting import fitting

        cells = zip(self.headings, *self.rows, strict=True)
        columns = [[cell.text for cell in column] for column in cells]
        if all(map(is_narrow, chain.from_iterable(columns))):
            return fitting(columns, spare, most)
        from rich.cells import cell_len

        return fitting(columns, spare, most, cell_len)

    def _only(self, places: Sequence[int]) -> Table:
        """The table with these columns."""
        rows = [[row[place] for place in places] for row in self.rows]
        return Table([self.headings[place] for place in places], rows)
