"""The words by which people are asked for: names, and what `list` and `find` filter by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.markdown.note import title_of
from vaulttool.people.schema import PROPERTIES
from vaulttool.people.topics import is_topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaulttool.contact import Contact
    from vaulttool.people.agenda import People

_OF_DATED_NOTES = ("date", "people", "channel")
_PROPERTIES = [name for name in PROPERTIES if name not in _OF_DATED_NOTES]

Vocabulary = dict[str, list[str]]
"""The words of each kind, sorted."""


def vocabulary_of(people: People) -> Vocabulary:
    """Collect the words: names and aliases, each filter's by its option, properties."""
    contacts = list(people.contacts.values())
    return {
        "names": _sorted(name for one in contacts for name in (one.name, *one.aliases)),
        "circle": _sorted(one.circle for one in contacts if one.circle),
        "stage": _sorted(one.stage for one in contacts if one.stage),
        "tag": _sorted(tag.removeprefix("#") for one in contacts for tag in one.tags),
        "topic": _sorted(topic for one in contacts for topic in _topics(people, one)),
        "place": _sorted(place for one in contacts for place in one.places),
        "property": _PROPERTIES,
        "spelling": sorted(f"{one}={name}" for name in _PROPERTIES for one in PROPERTIES[name]),
        "company": _sorted(company for one in contacts for company in one.companies),
    }


def _sorted(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (fold(word), word))


def _topics(people: People, contact: Contact) -> Iterator[str]:
    """What the contact's own note names: those of notes that mention it would be too many."""
    yield from contact.interests
    for path in people.snapshot.resolved.get(contact.path, ()):
        if path and is_topic(path, people.snapshot, people.contacts):
            yield title_of(path)
