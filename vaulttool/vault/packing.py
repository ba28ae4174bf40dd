"""Notes as plain values, from which they are made again: what the cache keeps.

Only what `marshal` knows: texts, numbers, tuples, lists, dicts. Nothing in it can be run.
"""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import Any, TypeAlias

from vaulttool.message import Message
from vaulttool.model import Field, Heading, Item, Link, Note, Passage, Problem, Property, Tag

Packed: TypeAlias = "tuple[Any, ...]"


_PROPERTY, _LINK, _TAG, _HEADING, _PASSAGE, _ITEM, _FIELD = (
    attrgetter(*kind.__slots__) for kind in (Property, Link, Tag, Heading, Passage, Item, Field)
)


class UnpackableError(Exception):
    """A value that the cache has no form for: its note is read anew each time."""


def pack_note(note: Note) -> Packed:
    """Take a note apart; raises `UnpackableError`."""
    return (
        tuple(map(_PROPERTY, note.properties)),
        tuple(map(_LINK, note.links)),
        tuple(map(_TAG, note.tags)),
        tuple(map(_HEADING, note.headings)),
        tuple(map(_PASSAGE, note.passages)),
        tuple(map(_pack_item, note.items)),
        tuple(map(_FIELD, note.fields)),
        tuple(map(_pack_problem, note.problems)),
    )


def unpack_note(path: str, title: str, packed: Packed) -> Note:
    """Put a note together again."""
    properties, links, tags, headings, passages, items, fields, problems = packed
    return Note(
        path,
        title,
        tuple([Property(*one) for one in properties]),
        tuple([Link(*one) for one in links]),
        tuple([Tag(*one) for one in tags]),
        tuple([Heading(*one) for one in headings]),
        tuple([Passage(*one) for one in passages]),
        tuple([_unpack_item(one) for one in items]),
        tuple([Field(*one) for one in fields]),
        tuple([_unpack_problem(one) for one in problems]),
    )


def _pack_item(item: Item) -> Packed:
    fields = _ITEM(item)
    return (*fields[:-1], fields[-1].toordinal()) if fields[-1] else fields


def _unpack_item(packed: Packed) -> Item:
    *fields, due_block = packed
    return Item(*[*fields, date.fromordinal(due_block) if due_block else None])


def _pack_problem(problem: Problem) -> Packed:
    return (
        *(problem.code, problem.severity, problem.path, problem.line),
        *(pack_message(problem.message), problem.fixable),
    )


def _unpack_problem(packed: Packed) -> Problem:
    code, severity, path, line, message, fixable = packed
    return Problem(code, severity, path, line, unpack_message(message), fixable)


def pack_message(message: Message) -> Packed:
    """Take a message apart; raises `UnpackableError` for a value in it that has no form."""
    values = tuple((name, _pack_value(value)) for name, value in message.values.items())
    return message.text, values, message.plural


def _pack_value(value: object) -> object:
    if isinstance(value, Message):
        return pack_message(value)
    if value is None or type(value) in (str, int, float, bool):
        return value
    raise UnpackableError(type(value).__name__)


def unpack_message(packed: Packed) -> Message:
    """Put a message together again."""
    text, values, plural = packed
    unpacked = {
        name: unpack_message(value) if isinstance(value, tuple) else value for name, value in values
    }
    return Message(text, unpacked, plural)
