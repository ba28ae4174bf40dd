"""Open threads: promises made, and messages that wait for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.contact import Awaiting, Depth, Promise
from vaulttool.markdown.dueline import is_tool_line
from vaulttool.markdown.tasks import passes_filter, read_task, without_status, words_without
from vaulttool.markdown.wikilink import parse_wikilink, shown
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.contact import Contact, Evidence
    from vaulttool.index import Snapshot
    from vaulttool.model import Item, Note


def find_promises(snapshot: Snapshot, contacts: Mapping[str, Contact]) -> list[Promise]:
    """Find the open promises, those with the earliest date first."""
    found = [promise for promise, is_open in all_promises(snapshot, contacts) if is_open]
    return sorted(
        found,
        key=lambda one: (one.due is None, str(one.due), path_key(one.path), one.source, one.line),
    )


def all_promises(
    snapshot: Snapshot, contacts: Mapping[str, Contact]
) -> Iterator[tuple[Promise, bool]]:
    """Give every promise with whether it is open.

    A task outside the due block that names a contact, or stands in the contact's note.
    """
    for path, note in snapshot.notes.items():
        for index, item in enumerate(note.items):
            if item.status is None or item.passage < 0 or item.due_block or item.commented:
                continue
            text = without_status(note.passages[item.passage].text)
            if is_tool_line(text):
                continue  # copied out of a due block, or its markers are gone
            if not passes_filter(text, snapshot.settings.task_filter):
                continue  # a checklist's item: the user's tasks carry a tag
            people = _named(snapshot, contacts, note, index)
            if path in contacts:
                people = dict.fromkeys([path, *people])
            for person in people:
                promise = _promise(note, item, contacts[person], snapshot.settings.task_filter)
                yield promise, item.status in snapshot.settings.open_statuses


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


def find_awaiting(
    contact: Contact, evidence: Iterable[Evidence], reply_after: int, today: date
) -> Awaiting | None:
    """Find the message to a contact that has waited for an answer for long enough.

    Signs such as a like ask for no answer. What came on the same day answers, unless the
    times say that it came before.
    """
    if contact.died or contact.pause or "no contact" in contact.boundaries:
        return None
    counted = [trace for trace in evidence if trace.counts and trace.date <= today]
    messages = [t for t in counted if t.direction == "out" and t.depth >= Depth.MESSAGE]
    if not messages:
        return None
    sent = messages[-1]  # oldest first
    answered = any(_answers(trace, sent) for trace in counted)
    if answered or (today - sent.date).days < reply_after:
        return None
    return Awaiting(contact.path, contact.name, sent.date, sent.channel, sent.source, sent.line)


def _answers(trace: Evidence, sent: Evidence) -> bool:
    if trace.direction not in ("in", "both"):
        return False
    if trace.date == sent.date and trace.time and sent.time:
        return trace.time >= sent.time
    return trace.date >= sent.date
