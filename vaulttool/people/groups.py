"""Who belongs together: the households and groups of a contact, with the others in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.markdown.values import texts
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.people.meetings import CROWD
from vaulttool.people.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaulttool.contact import Contact
    from vaulttool.people.agenda import People


@dataclass(frozen=True, slots=True)
class Group:
    """People who belong together: of a household, or of another group."""

    path: str | None  # of its note
    members: tuple[str, ...]  # paths of the others
    is_household: bool


def groups_of(people: People, contact: Contact) -> Iterator[Group]:
    """The households and groups of a contact, each with the others in it."""
    contacts = people.contacts
    for home in contact.household:
        others = [path for path, one in contacts.items() if home in one.household]
        members = tuple(path for path in others if path != contact.path)
        yield Group(home, members, _is_household(people, home, others))
    with_her = (path for path, one in contacts.items() if contact.path in one.lives_with)
    direct = dict.fromkeys([*contact.lives_with, *with_her])
    if direct:
        yield Group(None, tuple(direct), is_household=True)


def _is_household(people: People, home: str, members: Iterable[str]) -> bool:
    """Whether somebody's `household` links to a note; of a crowd nobody is asked."""
    schema, paths = Schema(people.snapshot.settings), list(members)
    if len(paths) > CROWD:
        return False
    for path in paths:
        item = schema.read(people.snapshot.notes[path]).get("household")
        for text in texts(item.raw) if item else ():
            link = whole_wikilink(text)
            if link and people.snapshot.resolve(link.target, path) == home:
                return True
    return False
