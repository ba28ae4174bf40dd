"""A YAML block to properties, as Obsidian reads it.

Obsidian reads YAML 1.2 core (`12:30`, `no`, `2026-11-22` are strings) and writes the
block back whole; the tool reads it through parser events and never writes it, so that
no value is constructed, no alias is multiplied and every value keeps its line and its
raw spelling.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from vaulttool.markdown.reasons import yaml_reason
from vaulttool.markdown.values import flow
from vaulttool.markdown.yamltypes import resolve_plain
from vaulttool.message import msg
from vaulttool.model import Problem, Property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.message import Message
    from vaulttool.model import Raw, Value

MAX_BLOCK = 256 * 1024  # characters
MAX_DEPTH = 100
MAX_NODES = 100_000  # with every alias counted at the size of what it stands for

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
LONE_DASH = re.compile(r"^([^\s:#\-][^:\n]*:[ \t]+)-(?=[ \t]*\r?$)", re.MULTILINE)

# YAML 1.1, and so the parser, ends lines at the first three, and takes none of the others;
# to Obsidian's they are characters like any.
_ODD = [0x85, 0x2028, 0x2029, *range(1, 9), 0xB, 0xC, *range(0xE, 0x20), *range(0x7F, 0xA0)]
_NO_BREAKS = {code: 0xF0000 + code for code in _ODD}
_RESTORED = {0xF0000 + code: code for code in _ODD}


def read_block(
    block: str, path: str, first_line: int
) -> tuple[tuple[Property, ...], tuple[Problem, ...]]:
    """Read the text between the two `---` lines."""
    try:
        builder, found = _build(block, first_line)
    except _UnreadableError as error:
        return (), (Problem(error.code, "error", path, first_line + error.line, error.message),)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        reason = yaml_reason(getattr(error, "problem", None))
        return (), (Problem("bad-yaml", "error", path, line, _invalid(reason)),)
    problems = tuple(
        Problem(
            "duplicate-property",
            "error",
            path,
            first_line + line,
            msg("the property {key} stands twice; the first one is read", key=key),
        )
        for key, line in builder.duplicates
    )
    return found, problems


def _build(block: str, first_line: int) -> tuple[_Builder, tuple[Property, ...]]:
    builder = _Builder(events(block))
    try:
        return builder, builder.properties(first_line)
    except (yaml.YAMLError, _UnreadableError):
        mended = _mended(block)
        if mended == block:
            raise
    builder = _Builder(events(mended))
    return builder, builder.properties(first_line)


def _mended(block: str) -> str:
    r"""Write otherwise what Obsidian reads and this parser does not.

    `phone: -` is a list of nothing, and `"\ud83d\ude00"` one character in two escapes, as
    JSON has it.
    """
    joined = _PAIR.sub(lambda pair: str(json.loads(f'"{pair[0]}"')), block)
    return LONE_DASH.sub(r"\1~", joined)


def _invalid(what: Message | str) -> Message:
    return msg("the properties are not valid YAML: {what}", what=what)


def events(block: str) -> Iterator[yaml.Event]:
    """Parse a block into events, within the limit of its size."""
    if len(block) > MAX_BLOCK:
        raise _UnreadableError(msg("the properties are longer than 256 KiB"), 0)
    return iter(yaml.parse(block.translate(_NO_BREAKS), Loader=_Loader))


class _UnreadableError(Exception):
    """A block that is YAML but cannot be read as properties."""

    def __init__(self, message: Message, line: int, code: str = "bad-yaml") -> None:
        super().__init__(message.text)
        self.message = message
        self.line = line
        self.code = code


@dataclass(frozen=True, slots=True)
class _Node:
    """A value with its raw spelling, its line (from 0) and its size in nodes."""

    value: Value
    raw: Raw
    line: int
    size: int = 1
    item_lines: tuple[int, ...] = ()


class _Builder:
    """Builds nodes from parser events, one document, within limits."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._anchors: dict[str, _Node] = {}
        self._nodes = 0
        self.duplicates: list[tuple[str, int]] = []

    def properties(self, first_line: int) -> tuple[Property, ...]:
        """Read the block's one mapping."""
        event = self._next()
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return ()
        if isinstance(event, yaml.ScalarEvent) and not event.value and not event.style:
            return ()
        if not isinstance(event, yaml.MappingStartEvent):
            raise _UnreadableError(
                msg("the text between the --- lines is no list of properties; it is read as text"),
                0,
                "properties-no-mapping",
            )
        entries = [
            Property(
                key,
                node.value,
                node.raw,
                first_line + line,
                tuple(first_line + n for n in node.item_lines),
            )
            for key, line, node in self._entries(1)
        ]
        self._expect_end()
        return tuple(entries)

    def _expect_end(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _UnreadableError(
                    msg("the properties hold a second YAML document"), _line(event)
                )

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _entries(self, depth: int) -> Iterator[tuple[str, int, _Node]]:
        seen: set[str] = set()
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, depth)
            node = self._node(self._next(), depth)
            line = _line(event)
            if key in seen:
                self.duplicates.append((key, line))
            else:
                seen.add(key)
                yield key, line, node

    def _key(self, event: yaml.Event, depth: int) -> str:
        """A key as text; a list or a map is written out, as the `yaml` of Obsidian does."""
        if isinstance(event, yaml.ScalarEvent):
            return _text(event)
        return flow(self._node(event, depth + 1).raw)

    def _node(self, event: yaml.Event, depth: int) -> _Node:
        if depth > MAX_DEPTH:
            raise _UnreadableError(msg("the properties are nested too deeply"), 0)
        if isinstance(event, yaml.AliasEvent):
            return self._counted(self._anchor(event))
        if isinstance(event, yaml.ScalarEvent):
            node = _Node(_resolve(event), _text(event), _line(event))
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(event, depth)
        else:
            node = self._mapping(event, depth)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self._anchors[anchor] = node
        return self._counted(node) if isinstance(event, yaml.ScalarEvent) else node

    def _anchor(self, event: yaml.AliasEvent) -> _Node:
        node = self._anchors.get(str(event.anchor))
        if node is None:
            raise _UnreadableError(
                msg("the properties refer to an anchor that is not there"), _line(event)
            )
        return node

    def _counted(self, node: _Node) -> _Node:
        self._nodes += node.size
        if self._nodes > MAX_NODES:
            raise _UnreadableError(msg("the properties hold too many values"), node.line)
        return node

    def _sequence(self, start: yaml.Event, depth: int) -> _Node:
        items: list[_Node] = []
        lines: list[int] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            lines.append(_line(event))
            items.append(self._node(event, depth + 1))
        return _Node(
            [item.value for item in items],
            [item.raw for item in items],
            _line(start),
            1 + sum(item.size for item in items),
            tuple(lines),
        )

    def _mapping(self, start: yaml.Event, depth: int) -> _Node:
        entries = [(key, node) for key, _line, node in self._entries(depth + 1)]
        return _Node(
            {key: node.value for key, node in entries},
            {key: node.raw for key, node in entries},
            _line(start),
            1 + sum(node.size for _key, node in entries),
        )


def _line(event: yaml.Event) -> int:
    """The line of an event in its block, from 0."""
    return event.start_mark.line if event.start_mark else 0


def _text(event: yaml.ScalarEvent) -> str:
    text = str(event.value).translate(_RESTORED)
    if _SURROGATE.search(text):  # an escape that libyaml refuses, and nothing can write
        raise _UnreadableError(
            _invalid("found invalid Unicode character escape code"), _line(event)
        )
    return text


def _resolve(event: yaml.ScalarEvent) -> Value:
    """Give a scalar the type that YAML 1.2 core gives it."""
    text = _text(event)
    plain = not event.style and not event.tag
    return resolve_plain(text) if plain else text
