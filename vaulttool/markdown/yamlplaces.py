"""Where the keys and values of a YAML block stand, by the marks of its parser's events."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import yaml

from vaulttool.markdown.yamlblock import LONE_DASH, events

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def find_map(block: str, offset: int) -> Node | None:
    """The map that a block is, an empty one of an empty block; None where YAML has no places."""
    # Reading mends what only Obsidian can read. Here no place may be moved by that.
    for text in (block, _PAIR.sub("n" * 12, LONE_DASH.sub(r"\1~", block))):
        with contextlib.suppress(yaml.YAMLError):
            return _map(events(text), text, offset)
    return None


def _map(events: Iterator[yaml.Event], block: str, offset: int) -> Node:
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            return _node(event, events, block, offset)
        if isinstance(event, yaml.NodeEvent):
            break
    return Node("map", offset, offset)


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
