"""A contact that is to be added: in which folder, from which template."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.people.grounds import contact_ground
from vaulttool.people.reader import Reader
from vaulttool.people.schema import Schema, all_words
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot
    from vaulttool.model import Language, Note
    from vaulttool.settings import Settings

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def home_of(name: str, contacts: Iterable[Contact]) -> str | None:
    """The folder in which contacts live, those whose names are written in the same letters.

    Of nested folders it is the outermost one that holds any. None where there are no contacts.
    """
    folders = [
        (is_cyrillic(one.name) == is_cyrillic(name), one.path.rpartition("/")[0])
        for one in contacts
    ]
    alike = Counter(folder for is_alike, folder in folders if is_alike)
    counts = alike or Counter(folder for _is_alike, folder in folders)
    if not counts:
        return None
    most = min(counts, key=lambda folder: (-counts[folder], len(folder), folder))
    around = [folder for folder in counts if folder and most.startswith(folder + "/")]
    return min([most, *around], key=len)


def usual_home(snapshot: Snapshot, lang: Language) -> str:
    """The folder for the first contact: one of the settings, one that is there, else a new one."""
    if snapshot.settings.contact_folders:
        return snapshot.settings.contact_folders[0].strip("/")
    there = {path_key(path.rpartition("/")[0]): path.rpartition("/")[0] for path in snapshot.notes}
    usual = (path_key(folder) for folder in all_words("contact_folders"))
    found = next((there[folder] for folder in usual if folder in there), None)
    return found or {"en": "People", "ru": "Люди"}[lang]


def template_for(snapshot: Snapshot, lang: Language, folders: Iterable[str]) -> str | None:
    """The vault's own template for contacts: a note `Contact`, `Person` and the like."""
    inside = tuple(f"{folder.strip('/')}/" for folder in folders)
    words = [fold(word) for word in all_words("contact_types")]
    found = [
        path
        for path, note in snapshot.notes.items()
        if path.startswith(inside) and fold(note.title) in words
    ]
    other = {"en": True, "ru": False}[lang]
    return min(
        found,
        key=lambda path: (
            is_cyrillic(snapshot.notes[path].title) == other,
            words.index(fold(snapshot.notes[path].title)),
            path,
        ),
        default=None,
    )


def is_contact(note: Note, settings: Settings) -> bool:
    """Whether a note would be a contact."""
    reader = Reader(note, Schema(settings))
    return contact_ground(note, reader.properties, settings) is not None


def contact_tag(settings: Settings, lang: Language) -> str | None:
    """The tag that makes a note a contact."""
    if settings.contact_tags is None:
        return {"en": "contact", "ru": "контакт"}[lang]
    return next(iter(settings.contact_tags), None)


def is_cyrillic(text: str) -> bool:
    """Whether a name is written in Cyrillic letters."""
    return _CYRILLIC.search(text) is not None
