"""Promises: open tasks that name a contact, and fields that say who owes what."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal, TypeAlias

from vaulttool.contact import Promise
from vaulttool.locale import fold
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.dueline import is_tool_line
from vaulttool.markdown.tasks import passes_filter, read_task, without_status, words_without
from vaulttool.markdown.values import texts
from vaulttool.markdown.wikilink import parse_wikilink, shown
from vaulttool.people.inline import OWED, OWES
from vaulttool.people.schema import all_words, has_value
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot
    from vaulttool.model import Field, Item, Note

Promised: TypeAlias = Literal["out", "in"]


def open_promises(
    promises: Iterable[tuple[Promise, bool]], contacts: Mapping[str, Contact]
) -> list[Promise]:
    """Those that are open, those with the earliest date first.

    None with somebody who died or asked for no contact: a list must not suggest it.
    """
    found = [one for one, is_open in promises if is_open and _may_be_asked(contacts[one.path])]
    return sorted(
        found,
        key=lambda one: (one.due is None, str(one.due), path_key(one.path), one.source, one.line),
    )


def _may_be_asked(contact: Contact) -> bool:
    return not (contact.died or "no contact" in contact.boundaries)


def note_promises(
    snapshot: Snapshot, contacts: Mapping[str, Contact], note: Note
) -> Iterator[tuple[Promise, bool]]:
    """Give a note's promises, each with whether it is open: tasks, and fields of what is owed."""
    yield from _in_tasks(snapshot, contacts, note)
    yield from _in_fields(snapshot, contacts, note)
    if note.path in contacts:
        yield from _in_properties(contacts[note.path], note)


def _in_tasks(
    snapshot: Snapshot, contacts: Mapping[str, Contact], note: Note
) -> Iterator[tuple[Promise, bool]]:
    """Tasks outside the due block that name a contact, or stand in the contact's note."""
    with_field = {field.item for field in note.fields if _direction(field.key)}
    for index, item in enumerate(note.items):
        if item.status is None or item.passage < 0 or item.due_block or item.commented:
            continue
        text = without_status(note.passages[item.passage].text)
        if is_tool_line(text) or index in with_field:
            continue  # copied out of a due block, or its markers are gone; or told by its field
        if not passes_filter(text, snapshot.settings.task_filter):
            continue  # a checklist's item: the user's tasks carry a tag
        people = _named(snapshot, contacts, note, index)
        if note.path in contacts:
            people = dict.fromkeys([note.path, *people])
        for person in people:
            promise = _promise(note, item, contacts[person], snapshot.settings.task_filter)
            yield promise, item.status in snapshot.settings.open_statuses


def _in_fields(
    snapshot: Snapshot, contacts: Mapping[str, Contact], note: Note
) -> Iterator[tuple[Promise, bool]]:
    """`[owes:: the drill]` in a contact's note, or on a line that links to a contact."""
    for field in note.fields:
        direction = _direction(field.key)
        item = note.items[field.item] if field.item >= 0 else None
        if direction is None or not field.raw or (item and (item.due_block or item.commented)):
            continue
        people = [note.path] if note.path in contacts else _beside(snapshot, contacts, note, field)
        is_open = item is None or item.status in (None, *snapshot.settings.open_statuses)
        for person in people:
            yield _owed(contacts[person], note, field, direction), is_open


def _beside(
    snapshot: Snapshot, contacts: Mapping[str, Contact], note: Note, field: Field
) -> list[str]:
    """The contacts that the line of a field links to, outside of the field."""
    found: dict[str, None] = {}
    for link, target in snapshot.links_of(note.path):
        if link.line == field.line and link.passage >= 0 and target and target in contacts:
            written = note.passages[link.passage].text[link.start : link.end]
            if written not in str(field.raw):
                found[target] = None
    return list(found)


def _owed(contact: Contact, note: Note, field: Field, direction: Promised) -> Promise:
    dates = (
        read_date(str(other.raw))
        for other in note.fields
        if other.item == field.item >= 0 and fold(other.key) == "due"
    )
    due = next(filter(None, dates), None)
    text = ", ".join(texts(field.raw))
    return Promise(contact.path, contact.name, text, due, note.path, field.line, direction)


def _in_properties(contact: Contact, note: Note) -> Iterator[tuple[Promise, bool]]:
    for item in note.properties:
        direction = _direction(item.key)
        if direction and has_value(item):
            text = ", ".join(texts(item.raw))
            line = item.line
            yield Promise(contact.path, contact.name, text, None, note.path, line, direction), True


@functools.lru_cache(maxsize=4096)
def _direction(key: str) -> Promised | None:
    """Whose promise a field of this name is; None for any other."""
    if fold(key) in all_words(OWES):
        return "in"
    return "out" if fold(key) in all_words(OWED) else None


def _named(
    snapshot: Snapshot, contacts: Mapping[str, Contact], note: Note, index: int
) -> dict[str, None]:
    """The contacts that a task's own text links to."""
    passage = note.items[index].passage
    return dict.fromkeys(
        target
        for link, target in snapshot.links_of(note.path)
        if link.passage == passage and target and target in contacts and not link.commented
    )


def _promise(note: Note, item: Item, contact: Contact, task_filter: str) -> Promise:
    task = read_task(note.passages[item.passage].text)
    text = words_without(task.text, task_filter)
    return Promise(contact.path, contact.name, text, task.due, note.path, item.line)


def readable(text: str) -> str:
    """A task's text for a line that is about the person: links as the words they show."""
    parts: list[str] = []
    rest = text
    while "[[" in rest:
        before, _open, rest = rest.partition("[[")
        inner, closed, after = rest.partition("]]")
        link = parse_wikilink(inner) if closed else None
        if link is None:
            return "".join([*parts, before, "[[", rest])
        parts += [before, shown(link)]
        rest = after
    return "".join([*parts, rest]).strip()
