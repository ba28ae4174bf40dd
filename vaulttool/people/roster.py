"""The contacts of a vault, and with whom each lives.

What a note says by itself is read once: a later roster takes it over from the one before for
every note that is still the same object. Who lives with whom depends on several notes, and is
put together each time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from vaulttool.index import changed_notes
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.people.contacts import read_contact
from vaulttool.people.grounds import contact_ground
from vaulttool.people.reader import Reader
from vaulttool.people.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot
    from vaulttool.model import Link, Note, Property
    from vaulttool.settings import Settings


@dataclass(frozen=True, slots=True)
class Entry:
    """What one note says by itself."""

    contact: Contact | None  # without a household
    homes: tuple[str, ...]  # link targets: the household and the groups of a contact
    members: Property | None  # of a household or a group


@dataclass(frozen=True, slots=True)
class Roster:
    """The contacts of a snapshot, by path, and the entries that they were made of."""

    snapshot: Snapshot
    entries: Mapping[str, Entry]  # of the notes that tell of somebody
    contacts: Mapping[str, Contact]


def find_contacts(
    snapshot: Snapshot, before: Roster | None = None, entries: Mapping[str, Entry] | None = None
) -> Roster:
    """Find the contacts of a vault; `before` is the roster of an earlier snapshot of it.

    `entries` are those of all notes, sorted by path, where they are known.
    """
    entries = _entries(snapshot, before) if entries is None else entries
    groups = _groups(snapshot, entries)
    people = {path for path, entry in entries.items() if entry.contact and not entry.members}
    known = before.contacts if before else {}
    contacts: dict[str, Contact] = {}
    for path, entry in entries.items():
        if entry.contact:
            linked = [*_homes(snapshot, path, entry), *sorted(groups.get(path, ()))]
            contact = _with_homes(entry.contact, tuple(dict.fromkeys(linked)), people)
            contacts[path] = known[path] if known.get(path) == contact else contact
    return Roster(snapshot, entries, contacts)


def _entries(snapshot: Snapshot, before: Roster | None) -> dict[str, Entry]:
    if before is None or before.snapshot.settings != snapshot.settings:
        kept, anew = {}, set(snapshot.notes)
    else:
        anew = changed_notes(snapshot, before.snapshot)
        kept = {path: entry for path, entry in before.entries.items() if path not in anew}
    read = {
        path: entry
        for path in anew & snapshot.notes.keys()
        if (entry := read_entry(snapshot.notes[path], snapshot.settings))
    }
    return dict(sorted({**kept, **read}.items(), key=itemgetter(0)))


def read_entry(note: Note, settings: Settings) -> Entry | None:
    """Read what a note says by itself; None where it tells of nobody."""
    reader = Reader(note, Schema(settings))
    found_by = contact_ground(note, reader.properties, settings)
    members = reader.properties.get("members")
    if found_by is None:
        return Entry(None, (), members) if members else None
    written = (*reader.texts("household"), *reader.texts("groups"))
    links = filter(None, map(whole_wikilink, written))
    homes = tuple(link.target for link in links)
    return Entry(read_contact(note, reader, found_by), homes, members)


def _homes(snapshot: Snapshot, path: str, entry: Entry) -> Iterator[str]:
    """The household and group notes that a contact links to."""
    for target in entry.homes:
        home = snapshot.resolve(target, path)
        if home and home in snapshot.notes:
            yield home


def _groups(snapshot: Snapshot, entries: Mapping[str, Entry]) -> dict[str, set[str]]:
    """Who is listed as a member, and by which notes."""
    found: dict[str, set[str]] = {}
    for path, entry in entries.items():
        if entry.members:
            for link, target in snapshot.links_of(path):
                if target and _is_member(link, entry.members):
                    found.setdefault(target, set()).add(path)
    return found


def _is_member(link: Link, members: Property) -> bool:
    """Whether a link stands in a property; of a field the links stand in the text."""
    key = (link.property or "").partition(".")[0]
    return key == members.key if key else link.line in {members.line, *members.item_lines}


def _with_homes(contact: Contact, homes: tuple[str, ...], people: set[str]) -> Contact:
    """Tell households from people: whoever lives with somebody has a cadence of her own."""
    if not homes:
        return contact
    lives_with = tuple(path for path in homes if path in people)
    household = tuple(path for path in homes if path not in people)
    return replace(contact, household=household, lives_with=lives_with)
