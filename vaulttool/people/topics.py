"""Topics: the notes that a contact links to, and those that mention the contact.

Only what the index knows of links is asked for, and no note is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.filenames import is_conflict_copy
from vaulttool.markdown.note import title_of
from vaulttool.people.grounds import is_index, is_template
from vaulttool.people.names import name_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot


def is_topic(path: str, snapshot: Snapshot, contacts: Mapping[str, Contact]) -> bool:
    """Whether a note is about something: about no person, no day, and not about other notes."""
    if path not in snapshot.notes or path in snapshot.dates or path in contacts:
        return False
    if is_index(title_of(path)) or is_conflict_copy(path):
        return False
    return not is_template(path, snapshot)


def topic_notes(
    contact: Contact, snapshot: Snapshot, contacts: Mapping[str, Contact]
) -> Iterator[str]:
    """The paths of a contact's topics: those that its note links to, then those that link to it.

    Without the notes that are told otherwise: of household, company and place.
    """
    linked = filter(None, snapshot.resolved.get(contact.path, ()))
    mentioning = sorted(snapshot.backlinks.get(contact.path, ()))
    told = {name_form(name) for name in (*contact.companies, *contact.places)}
    for path in dict.fromkeys([*linked, *mentioning]):
        is_told = path in contact.household or name_form(title_of(path)) in told
        if not is_told and is_topic(path, snapshot, contacts):
            yield path


def topics_of(
    contact: Contact, snapshot: Snapshot, contacts: Mapping[str, Contact]
) -> tuple[str, ...]:
    """A contact's topics by name: interests, as they are written, and the titles of notes."""
    titles = map(title_of, topic_notes(contact, snapshot, contacts))
    found: dict[str, str] = {}
    for name in (*contact.interests, *titles):
        found.setdefault(name_form(name), name)
    return tuple(found.values())
