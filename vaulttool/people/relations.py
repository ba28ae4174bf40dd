"""Relations: who somebody is to whom, by the contact's own note and by those of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.markdown.fields import field_properties
from vaulttool.markdown.values import texts
from vaulttool.markdown.wikilink import parse_wikilink
from vaulttool.people.schema import all_words, key_form
from vaulttool.people.threads import readable
from vaulttool.resolve import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.contact import Contact
    from vaulttool.model import Note
    from vaulttool.people.agenda import People
    from vaulttool.people.schema import Schema

_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_PLAIN = ("relations", "связи")  # names that say no more than that there is a relation


@dataclass(frozen=True, slots=True)
class Relation:
    """What a note says of two people."""

    text: str  # `sister Anna Petrova`, in the note's own words
    path: str | None  # of the other contact, where the words link to one
    source: str
    line: int


def written_relations(note: Note, schema: Schema) -> Iterator[tuple[str, int]]:
    """What a note says in properties, in fields, and in a list of its own, each with its line."""
    for item in (*note.properties, *field_properties(note)):
        if schema.native(item.key) == "relations":
            values = texts(item.raw)
            same = len(item.item_lines) == len(values)
            lines = item.item_lines if same else [item.line] * len(values)
            is_plain = key_form(item.key) in _PLAIN
            lead = "" if is_plain else f"{item.key.replace('_', ' ').replace('-', ' ')}: "
            yield from ((lead + text, line) for text, line in zip(values, lines, strict=True))
    yield from _in_list(note)


def _in_list(note: Note) -> Iterator[tuple[str, int]]:
    """The items below a heading such as `Related`."""
    sections = {
        number
        for number, heading in enumerate(note.headings)
        if fold(heading.text.strip(" #:")) in all_words("related_headings")
    }
    for item in note.items if sections else ():
        if item.section in sections and item.passage >= 0 and not item.commented:
            yield note.passages[item.passage].text, item.line


def relations_of(people: People, contact: Contact) -> Iterator[Relation]:
    """The relations of a contact: of its own note, then what others write of the contact.

    Nobody comes a second time whom the own note has named.
    """
    own = [
        Relation(readable(text), _other(people, contact.path, text), contact.path, line)
        for text, line in contact.relations
    ]
    yield from own
    known = {one.path for one in own}
    for path, other in people.contacts.items():
        if path != contact.path and path not in known:
            for text, line in other.relations:
                if _links_to(people, path, text, contact.path):
                    yield Relation(readable(text), contact.path, path, line)


def _other(people: People, source: str, text: str) -> str | None:
    """The first other contact that a text links to."""
    paths = (people.snapshot.resolve(target, source) for target in _targets(text))
    return next((path for path in paths if path in people.contacts and path != source), None)


def _links_to(people: People, source: str, text: str, path: str) -> bool:
    """Whether a text links to a contact; where another name is meant, nothing is looked up."""
    key = name_key(path)
    return any(
        name_key(target) == key and people.snapshot.resolve(target, source) == path
        for target in _targets(text)
    )


def _targets(text: str) -> Iterator[str]:
    links = (parse_wikilink(inner) for inner in _LINK.findall(text))
    yield from (link.target for link in links if link)
