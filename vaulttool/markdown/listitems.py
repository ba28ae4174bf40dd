"""Edits of the items of a list in the properties: those that stay are not touched.

New items are written as those beside them: with the same indentation, the same space
after the dash, the same quotation marks; in brackets with what stands between the others.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from vaulttool.markdown.entries import ending_at, line_start, next_line
from vaulttool.markdown.scalars import write_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaulttool.markdown.edit import Splice
    from vaulttool.markdown.yamlplaces import Node
    from vaulttool.model import Value

MAX_COMPARED = 1_000_000  # pairs of items: finding those that stay takes as many steps

_DASH = re.compile(r" *-[ \t]*")
_BETWEEN = re.compile(r",[ \t]*(?:\r?\n[ \t]*)?")


class OddListError(Exception):
    """A list in which nobody can say what belongs to which item."""


def item_edits(
    text: str, node: Node, old: Sequence[Value], new: Sequence[Value]
) -> Iterator[Splice]:
    """The edits that make a list that has items into one that has other items."""
    edited = _Brackets(text, node) if node.style else _Lines(text, node)
    for i, i_end, j, j_end in _changes([*map(repr, old)], [*map(repr, new)]):
        for item in node.items[i:i_end]:
            if item.kind not in ("scalar", "list"):
                raise OddListError
        both = min(i_end - i, j_end - j)
        for item, value in zip(node.items[i : i + both], new[j : j + both], strict=True):
            yield edited.replaced(item, value)
        if j + both < j_end:
            yield edited.inserted(i + both, new[j + both : j_end])
        if i + both < i_end:
            yield edited.deleted(i + both, i_end)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges of old items, and what comes in their places."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    rest = old[same:], new[same:]
    if len(rest[0]) * len(rest[1]) > MAX_COMPARED:
        raise OddListError
    for tag, i, i_end, j, j_end in SequenceMatcher(None, *rest, autojunk=False).get_opcodes():
        if tag != "equal":
            yield same + i, same + i_end, same + j, same + j_end


def dash_lines(text: str, node: Node) -> Iterator[Splice]:
    """The edits that delete all items of a list without brackets, with their lines."""
    lines = _Lines(text, node)
    for index in range(len(node.items)):
        yield lines.deleted(index, index + 1)


def _write(value: Value, like: str, *, flow: bool = False) -> str:
    if isinstance(value, list | dict):
        raise OddListError
    return write_value(value, like, flow=flow)


class _Lines:
    """A list with a dash on each item's own line."""

    def __init__(self, text: str, node: Node) -> None:
        self._text = text
        self._items = node.items

    def replaced(self, item: Node, value: Value) -> Splice:
        """The splice that puts a value in the place of an item."""
        source = _write(value, item.style)
        if item.style in ("|", ">") and "#" in self._text[item.start : item.end].split("\n")[0]:
            raise OddListError
        lead = "" if self._text[item.start - 1] in " \t" else " "
        return item.start, item.end, lead + source

    def inserted(self, index: int, values: Sequence[Value]) -> Splice:
        """The splice that puts values before the item of an index, in the style beside it."""
        beside = self._items[max(index - 1, 0)]
        dash = self._dash(beside)
        dash = dash if dash[-1] in " \t" else f"{dash} "
        ending = ending_at(self._text, beside.end)
        lines = (f"{dash}{_write(value, beside.style)}{ending}" for value in values)
        at = next_line(self._text, beside.end) if index else line_start(self._text, beside.start)
        return at, at, "".join(lines)

    def deleted(self, start: int, end: int) -> Splice:
        """The splice that takes away the items from `start` up to `end`."""
        first, last = self._items[start], self._items[end - 1]
        self._dash(first)
        return line_start(self._text, first.start), next_line(self._text, last.end), ""

    def _dash(self, item: Node) -> str:
        """What stands on an item's line before it."""
        before = self._text[line_start(self._text, item.start) : item.start]
        if not _DASH.fullmatch(before):
            raise OddListError
        return before


class _Brackets:
    """A list in brackets that has items."""

    def __init__(self, text: str, node: Node) -> None:
        self._text = text
        self._items = node.items

    def replaced(self, item: Node, value: Value) -> Splice:
        """The splice that puts a value in the place of an item."""
        return item.start, item.end, _write(value, item.style, flow=True)

    def inserted(self, index: int, values: Sequence[Value]) -> Splice:
        """The splice that puts values before the item of an index, in the style beside it."""
        beside = self._items[max(index - 1, 0)]
        between = self._between()
        sources = [_write(value, beside.style, flow=True) for value in values]
        if index:
            return beside.end, beside.end, "".join(between + source for source in sources)
        return beside.start, beside.start, "".join(source + between for source in sources)

    def deleted(self, start: int, end: int) -> Splice:
        """The splice that takes away the items from `start` up to `end`."""
        if end < len(self._items):
            gone = self._items[start].start, self._items[end].start
        else:
            gone = self._items[start - 1].end, self._items[end - 1].end
        if "\n" in self._text[slice(*gone)] and "#" in self._text[slice(*gone)]:
            raise OddListError  # a comment stands between the items
        return *gone, ""

    def _between(self) -> str:
        """What stands between the first two items, if that is nothing but a comma and space."""
        if len(self._items) > 1:
            found = self._text[self._items[0].end : self._items[1].start]
            if _BETWEEN.fullmatch(found):
                return found
        return ", "
