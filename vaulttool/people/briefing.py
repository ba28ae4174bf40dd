"""What to know before talking to somebody: gathered from the notes, and nothing made up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.markdown.note import title_of
from vaulttool.markdown.values import plain, texts
from vaulttool.markdown.wikilink import parse_wikilink
from vaulttool.people.groups import groups_of
from vaulttool.people.names import name_form
from vaulttool.people.occasions import find_occasions
from vaulttool.people.refresh import find_refresh
from vaulttool.people.relations import relations_of
from vaulttool.people.replies import open_question
from vaulttool.people.schema import Schema
from vaulttool.people.threads import readable
from vaulttool.people.topics import is_topic, topic_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaulttool.contact import (
        Awaiting,
        Contact,
        Evidence,
        Occasion,
        Promise,
        Refresh,
        Verdict,
    )
    from vaulttool.model import Note
    from vaulttool.people.agenda import Day, People
    from vaulttool.people.groups import Group
    from vaulttool.people.relations import Relation

AHEAD = 30  # days in which an occasion is worth knowing
RECENT = 3  # interactions whose links are topics to ask about first
REACHED_BY = ("phone", "telegram", "email", "linkedin", "url")

_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_CALLOUT = re.compile(r"\[![\w-]+\][-+]?[ \t]*([^\n]*)\n?")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to ask about."""

    name: str
    path: str | None  # of its note, where it has one


@dataclass(frozen=True, slots=True)
class Brief:
    """What is known of a contact that a talk may need."""

    verdict: Verdict
    roles: tuple[str, ...]
    met: tuple[str, ...]
    reached_by: Mapping[str, tuple[str, ...]]  # `phone` -> numbers, as written
    about: tuple[str, ...]  # the words before the note's first section
    interactions: tuple[Evidence, ...]  # newest first
    question: Awaiting | None  # the last message that asks for an answer
    topics: tuple[Topic, ...]
    promises: tuple[Promise, ...]
    occasions: tuple[Occasion, ...]
    relations: tuple[Relation, ...]
    groups: tuple[Group, ...]
    refresh: Refresh | None

    @property
    def contact(self) -> Contact:
        """Whom it is about."""
        return self.verdict.contact


def make_brief(people: People, day: Day, contact: Contact) -> Brief:
    """Gather what is known of a contact on a day."""
    snapshot, evidence = people.snapshot, day.evidence[contact.path]
    note, settings = snapshot.notes[contact.path], snapshot.settings
    schema, verdict = Schema(settings), day.verdicts[contact.path]
    counted = tuple(trace for trace in reversed(evidence) if trace.counts)
    tracked = {contact.path: verdict.tracked}
    ticks = people.traces.ticks
    return Brief(
        verdict=verdict,
        roles=tuple(_values(note, schema, "role")),
        met=tuple(_values(note, schema, "met")),
        reached_by={
            name: found for name in REACHED_BY if (found := tuple(_values(note, schema, name)))
        },
        about=tuple(_about(note)),
        interactions=counted,
        question=open_question(contact, evidence, settings.reply_after, day.date),
        topics=tuple(_topics(people, contact, counted)),
        promises=tuple(one for one in day.promises if one.path == contact.path),
        occasions=tuple(
            one
            for one in find_occasions([contact], ticks, tracked, settings, day.date, AHEAD)
            if not one.wished
        ),
        relations=tuple(relations_of(people, contact)),
        groups=tuple(groups_of(people, contact)),
        refresh=next(iter(find_refresh([verdict], settings, day.date)), None),
    )


def _values(note: Note, schema: Schema, native: str) -> Iterator[str]:
    """All that a note says under the names of a property: an address book has several."""
    read = schema.read(note)
    items = [item for item in note.properties if schema.native(item.key) == native]
    items = items or [read[native]] if native in read else []
    found = (plain(text) for item in items for text in texts(item.raw))
    yield from dict.fromkeys(filter(None, found))


def _about(note: Note) -> Iterator[str]:
    """The prose before the first section, callouts too: what somebody wrote down to remember."""
    for passage in note.passages:
        in_head = passage.section < 0 or (passage.section == 0 and note.headings[0].level == 1)
        if in_head and passage.kind == "paragraph" and passage.item < 0:
            yield readable(" ".join(_without_mark(passage.text).replace("![[", "[[").split()))


def _without_mark(text: str) -> str:
    """The words of a callout, its title before them; any other text as it is."""
    mark = _CALLOUT.match(text)
    if mark is None:
        return text
    return ": ".join(filter(None, (mark[1].strip(), text[mark.end() :])))


def _topics(people: People, contact: Contact, counted: tuple[Evidence, ...]) -> Iterator[Topic]:
    """What was spoke of last, then interests, then what the notes link."""
    known: set[str] = set()
    for topic in _all_topics(people, contact, counted):
        form = name_form(topic.name)
        if form not in known:
            known.add(form)
            yield topic


def _all_topics(people: People, contact: Contact, counted: tuple[Evidence, ...]) -> Iterator[Topic]:
    snapshot, contacts = people.snapshot, people.contacts
    for trace in counted[:RECENT]:
        for inner in _LINK.findall(trace.text):
            link = parse_wikilink(inner)
            path = snapshot.resolve(link.target, trace.source) if link else None
            if path and is_topic(path, snapshot, contacts):
                yield Topic(title_of(path), path)
    for interest in contact.interests:
        path = snapshot.resolve(interest, contact.path)
        yield Topic(interest, path if path in snapshot.notes else None)
    for path in topic_notes(contact, snapshot, contacts):
        yield Topic(title_of(path), path)
