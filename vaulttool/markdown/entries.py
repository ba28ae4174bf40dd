"""Where each property stands in a note's text, so that an edit can leave all the rest alone.

The places come from `yamlplaces.py`. Reading and refusing is left to `yamlblock.py`: an edit
never knows a block better than a reading does, and what it has made is read by a YAML library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError
from vaulttool.markdown.frontmatter import split
from vaulttool.message import msg

if TYPE_CHECKING:
    from vaulttool.markdown.yamlplaces import Node
    from vaulttool.message import Message
    from vaulttool.model import Property

_FENCE = re.compile(r"\ufeff?---[ \t]*(?:\r?\n|\Z)")
_LONE_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A property, with the places of its key and its value."""

    property: Property
    key: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Entries:
    """A note's properties in their block; its offsets count in the note's text."""

    start: int
    end: int  # where the closing `---` begins
    entries: tuple[Entry, ...]

    def find(self, key: str) -> Entry | None:
        """Find a property by its name: as it is spelled, else without regard to case."""
        same = [entry for entry in self.entries if entry.property.key == key]
        folded = key.casefold()
        same = same or [e for e in self.entries if e.property.key.casefold() == folded]
        if len(same) > 1:
            raise refused(
                same[1].property.line,
                msg("the properties {first} and {second} differ in capitals only",
                    first=same[0].property.key, second=same[1].property.key),
            )  # fmt: skip
        return same[0] if same else None


def refused(line: int, what: Message) -> RefusedError:
    """Make the error of an edit that is not safe: where, what is there, what to do."""
    return RefusedError(
        msg("line {line}: {what}; nothing was changed, edit it by hand", line=line, what=what),
        line=line,
    )


def read_entries(text: str) -> Entries | None:
    """Find the properties of a note; None where it has no block.

    Raises `RefusedError` for a block that cannot be edited safely.
    """
    block = split(text).block
    if block is None:
        if _FENCE.match(text):
            raise refused(1, msg("the properties begin with --- and no second --- ends them"))
        return None
    from vaulttool.markdown.yamlblock import read_block

    properties, problems = read_block(block, "", 2)
    for problem in problems:
        if problem.severity == "error":
            raise refused(problem.line or 1, problem.message)
    if found := _LONE_RETURN.search(block):
        line = 2 + block.count("\n", 0, found.start())
        raise refused(line, msg("the properties hold a line end that YAML's readers disagree on"))
    start = text.index("\n") + 1
    items = _items(block, start)
    parts = zip(properties, items[::2], items[1::2], strict=True)
    return Entries(start, start + len(block), tuple(Entry(*part) for part in parts))


def _items(block: str, start: int) -> tuple[Node, ...]:
    """The places of keys and values, in turn, in a block that is known to be readable."""
    from vaulttool.markdown.yamlplaces import find_map  # the parser: only an edit needs it here

    found = find_map(block, start)
    if found is None:
        raise refused(2, msg("the properties are written in an unusual way"))
    if found.style:
        raise refused(2, msg("the properties stand in braces, as JSON"))
    return found.items


# In a block that may be edited every line ends in `\n` or `\r\n`, and one follows the last.


def line_start(text: str, at: int) -> int:
    """Where the line of a place begins."""
    return text.rfind("\n", 0, at) + 1


def next_line(text: str, at: int) -> int:
    """Where the line after that of a place begins."""
    return text.index("\n", at) + 1


def ending_at(text: str, at: int) -> str:
    """How the line of a place ends."""
    return "\r\n" if text.endswith("\r\n", 0, next_line(text, at)) else "\n"
