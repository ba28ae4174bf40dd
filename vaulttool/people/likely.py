"""Folders whose notes look like people, in a vault where none is a contact."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from vaulttool.people.grounds import contact_ground
from vaulttool.people.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.index import Snapshot

# What is written down of people, and of companies in folders that say so.
_PERSONAL = frozenset({"birthday", "email", "phone", "telegram", "linkedin", "last_contact"})
_LEAST = 2  # notes that hold such a property
_ONE_OF = 3  # notes of the folder at most, for each that does


def likely_folders(snapshot: Snapshot) -> tuple[str, ...]:
    """The outermost folders where two notes, and a third, hold a birthday, an address or so.

    Only notes count that would be contacts if the folder were one of people.
    """
    notes, personal = Counter[str](), Counter[str]()
    for folder, is_personal in _would_be_contacts(snapshot):
        notes[folder] += 1
        personal[folder] += is_personal
    likely = [
        folder
        for folder, count in personal.items()
        if count >= _LEAST and count * _ONE_OF >= notes[folder]
    ]
    inner = {one for one in likely for other in likely if one.startswith(other + "/")}
    return tuple(sorted(set(likely) - inner))


def _would_be_contacts(snapshot: Snapshot) -> Iterator[tuple[str, bool]]:
    """The folders of notes, and whether each note holds what is written down of people."""
    schema = Schema(snapshot.settings)
    for note in snapshot.notes.values():
        if folder := note.folder():
            properties = schema.read(note)
            settings = replace(snapshot.settings, contact_folders=(folder,))
            if contact_ground(note, properties, settings):
                yield folder, not _PERSONAL.isdisjoint(properties)
