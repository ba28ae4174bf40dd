"""Properties that are written in a note's text: as a list at its head, or as a table.

The list is that of alas and of many notes made by hand:

    # Anna Petrova
    - Category: B
    - **День рождения:** 14.03

The table is that of the Contacts plugin for Obsidian, between two lines `/---contact---/`.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from vaulttool.markdown.edit import insert_lines, replace_lines, split_lines
from vaulttool.model import Property

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaulttool.model import Item, Note

CONTACT_TABLE = "/---contact---/"

_PAIR = re.compile(
    r"(?:\*\*|__)?([^\W\d_][\w .-]{0,40}?)\s*(?::(?:\*\*|__)?|(?:\*\*|__):)\s+(\S.*)"
)
_HEAD = 4  # passages: a title and a few words may stand before the table
_BULLET = re.compile(r"\s*\S+\s+")


def listed_properties(note: Note) -> Iterator[Property]:
    """The plain items `Key: value` of the lists that stand before a note's first section.

    The first item has to be one of them: it is a list of facts then, and no diary.
    """
    found = False
    for item in note.items:
        if item.section >= 0 and not _is_title(note, item.section):
            return
        pair = _PAIR.fullmatch(note.passages[item.passage].text) if _is_plain(item) else None
        if pair:
            found = True
            yield Property(pair[1], pair[2].strip(), pair[2].strip(), item.line)
        elif not found:
            return


def _is_plain(item: Item) -> bool:
    in_own_words = not item.quoted and not item.commented and item.due_block is None
    return item.passage >= 0 and item.depth == 0 and in_own_words


def _is_title(note: Note, section: int) -> bool:
    """Whether a heading is the note's own: the first one, of the first level."""
    return section == 0 and note.headings[0].level == 1


def set_listed(text: str, listed: Sequence[Property], key: str, value: str) -> str:
    """Give a property of the list at a note's head a value; a new one becomes its last item."""
    lines = split_lines(text)
    own = next((item for item in listed if item.key == key), None)
    if own:
        line = lines[own.line - 1]
        at = line.rindex(str(own.raw))
        return replace_lines(text, own.line - 1, own.line, [f"{line[:at]}{value}"])
    last = listed[-1].line
    bullet = _BULLET.match(lines[last - 1])
    while lines[last : last + 1] and lines[last][:1].isspace():
        last += 1  # what is nested below the last item stays with it
    return insert_lines(text, last, [f"{bullet[0] if bullet else '- '}{key}: {value}"])


def has_contact_table(note: Note) -> bool:
    """Whether a note begins with the table of the Contacts plugin, between its two marks."""
    if not any(CONTACT_TABLE in passage.text for passage in note.passages[:_HEAD]):
        return False
    return sum(passage.text.strip() == CONTACT_TABLE for passage in note.passages) == 2


def table_properties(note: Note) -> Iterator[Property]:
    """The rows of the contact table, each a name and a value."""
    if not has_contact_table(note):
        return
    inside = False
    cells = []
    for passage in note.passages:
        if passage.text.strip() == CONTACT_TABLE:
            inside = not inside
        elif inside and passage.kind == "cell":
            cells.append(passage)
    for line, row in groupby(cells, key=lambda cell: cell.line):
        key, *values = (cell.text.strip() for cell in row)
        if key and values and values[0]:
            yield Property(key, values[0], values[0], line)
