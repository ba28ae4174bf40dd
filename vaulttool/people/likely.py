"""Folders whose notes look like people, in a vault where none is a contact."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.people.grounds import contact_ground
from vaulttool.people.schema import Schema
from vaulttool.people.tables import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaulttool.index import Snapshot
    from vaulttool.model import Note, Property
    from vaulttool.settings import Settings

_ONLY_OF_PEOPLE = frozenset({"birthday", "last_contact"})  # a firm has a telephone, too
_PERSONAL = frozenset({"birthday", "email", "phone", "telegram", "linkedin", "last_contact"})
_LEAST = 2  # notes that hold such a property
_ONE_OF = 3  # notes of the folder at most, for each that does


def likely_folders(snapshot: Snapshot) -> tuple[str, ...]:
    """The outermost folders where two notes, and a third, hold a birthday, an address or so.

    One note at least has a birthday, or the day of the last contact, and the folder is not
    called `Companies` or the like.
    Only notes count that would be contacts if the folder were one of people: those of a folder
    of that name elsewhere, and those in folders inside it, are among them.
    """
    schema = Schema(snapshot.settings)
    notes = [(note, schema.read(note)) for note in snapshot.notes.values() if note.folder()]
    holding = Counter(
        note.folder() for note, properties in notes if not _PERSONAL.isdisjoint(properties)
    )
    likely = [
        folder
        for folder, count in holding.items()
        if count >= _LEAST
        and words_in("other_notes").isdisjoint(map(fold, folder.split("/")))
        and _holds_people(folder, notes, snapshot.settings)
    ]
    inner = {one for one in likely for other in likely if one.startswith(other + "/")}
    return tuple(sorted(set(likely) - inner))


def _holds_people(
    folder: str, notes: Iterable[tuple[Note, Mapping[str, Property]]], settings: Settings
) -> bool:
    settings = replace(settings, contact_folders=(folder,))
    inside = [
        properties for note, properties in notes if contact_ground(note, properties, settings)
    ]
    personal = [one for one in inside if not _PERSONAL.isdisjoint(one)]
    is_some = any(not _ONLY_OF_PEOPLE.isdisjoint(one) for one in personal)
    return is_some and len(personal) >= _LEAST and len(personal) * _ONE_OF >= len(inside)
