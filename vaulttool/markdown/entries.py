"""Where each property stands in a note's text, so that an edit can leave all the rest alone.

The places come from the marks of YAML's parser events. Reading and refusing is left to
`frontmatter.py`: an edit never knows a block better than a reading does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import yaml

from vaulttool.errors import RefusedError
from vaulttool.markdown.frontmatter import LONE_DASH, events, read_properties, split
from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.message import Message
    from vaulttool.model import Property

_FENCE = re.compile(r"\ufeff?---[ \t]*(?:\r?\n|\Z)")
_LONE_RETURN = re.compile(r"\r(?!\n)")
# One character in two escapes, as JSON has it: Obsidian reads it, this parser does not.
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


@dataclass(frozen=True, slots=True)
class Node:
    """A value's place, without the comment or the spaces after it."""

    kind: Literal["scalar", "list", "map", "alias"]
    start: int
    end: int
    style: str = ""  # `'`, `"`, `|`, `>` of a scalar; `[` of a list or map in brackets
    shared: bool = False  # it holds an anchor or an alias, so that others depend on it
    items: tuple[Node, ...] = ()  # of a map: keys and values in turn


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
    properties, problems, _body, _line = read_properties(text, "")
    for problem in problems:
        if problem.severity == "error":
            raise refused(problem.line or 1, problem.message)
    if found := _LONE_RETURN.search(block):
        line = 2 + block.count("\n", 0, found.start())
        raise refused(line, msg("the properties hold a line end that YAML's readers disagree on"))
    start = text.index("\n") + 1
    places = _places(block, start)
    entries = tuple(
        Entry(item, key, value) for item, (key, value) in zip(properties, places, strict=True)
    )
    return Entries(start, start + len(block), entries)


def _places(block: str, offset: int) -> list[tuple[Node, Node]]:
    """The places of keys and values in a block that is known to be readable."""
    # Reading mends what only Obsidian can read. Here no place may be moved by that.
    for text in (block, _PAIR.sub("n" * 12, LONE_DASH.sub(r"\1~", block))):
        try:
            return _walked(events(text), text, offset)
        except yaml.YAMLError:
            continue
    raise refused(2, msg("the properties are written in an unusual way"))


def _walked(events: Iterator[yaml.Event], block: str, offset: int) -> list[tuple[Node, Node]]:
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            root = _node(event, events, block, offset)
            if root.style:
                raise refused(2, msg("the properties stand in braces, as JSON"))
            return list(zip(root.items[::2], root.items[1::2], strict=True))
        if isinstance(event, yaml.NodeEvent):
            break
    return []


def _node(event: yaml.NodeEvent, events: Iterator[yaml.Event], block: str, offset: int) -> Node:
    start, end = _marks(event)
    if isinstance(event, yaml.AliasEvent):
        return Node("alias", offset + start, offset + end, shared=True)
    shared = event.anchor is not None
    if isinstance(event, yaml.ScalarEvent):
        # The mark of a block scalar's end is where the next line of another begins.
        end = start + len(block[start:end].rstrip())
        return Node("scalar", offset + start, offset + end, event.style or "", shared)
    items: list[Node] = []
    while isinstance(child := next(events), yaml.NodeEvent):
        items.append(_node(child, events, block, offset))
    in_brackets = isinstance(event, yaml.CollectionStartEvent) and event.flow_style
    return Node(
        "list" if isinstance(event, yaml.SequenceStartEvent) else "map",
        offset + start,
        # Without brackets it ends where its last value does; the mark is that of what follows.
        offset + _marks(child)[1] if in_brackets else items[-1].end,
        "[" if in_brackets else "",
        shared or any(item.shared for item in items),
        tuple(items),
    )


def _marks(event: yaml.Event) -> tuple[int, int]:
    """Where an event stands in its block."""
    if event.start_mark is None or event.end_mark is None:
        raise ValueError(event)  # the events of a text have both
    return event.start_mark.index, event.end_mark.index


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
