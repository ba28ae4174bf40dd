"""Finding a person by what the user typed: title, alias, or a unique part of one."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from vaulttool.errors import AmbiguousNameError, UnknownNameError
from vaulttool.locale import fold
from vaulttool.message import msg, nmsg
from vaulttool.people.forms import declines
from vaulttool.people.slips import MOST, near_names, other_layouts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaulttool.contact import Contact
    from vaulttool.message import Message

SHOWN = 6  # candidates that an error names; for programs it has all

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))  # a phone types the curly one


@functools.lru_cache(maxsize=1 << 16)  # a name is compared with many others
def name_form(name: str) -> str:
    """The form in which names are compared: case and accents aside, `ё` as `е`, `’` as `'`."""
    decomposed = unicodedata.normalize("NFD", fold(name).translate(_APOSTROPHES))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())


def matches(name: str, contacts: Mapping[str, Contact]) -> list[Contact]:
    """The contacts that a name may mean, by the best rule that finds any.

    A path or whole title; a whole alias; whole words of a name; the beginning of a word, or
    its words declined; any part.
    """
    wanted = name_form(name)
    if not wanted:
        return []
    rules: tuple[Callable[[Contact], bool], ...] = (
        lambda c: wanted in (name_form(c.name), name_form(c.path), name_form(c.path[:-3])),
        lambda c: is_whole(name, c),
        lambda c: any(f" {wanted} " in f" {form} " for form in _forms(c)),
        lambda c: _begins(c, wanted) or is_declined(name, c),
        lambda c: any(wanted in form for form in _forms(c)),
    )
    for rule in rules:
        found = [contact for contact in contacts.values() if rule(contact)]
        if found:
            return sorted(found, key=lambda contact: contact.path)
    return []


def is_whole(name: str, contact: Contact) -> bool:
    """Whether a name is all of one of the contact's, or its path."""
    wanted = name_form(name)
    return wanted in (*_forms(contact), name_form(contact.path), name_form(contact.path[:-3]))


def find_contact(name: str, contacts: Mapping[str, Contact]) -> Contact:
    """Find the one contact that a name means.

    Raises `UnknownNameError`, with a suggestion where one is near, or
    `AmbiguousNameError` with the candidates.
    """
    found = matches(name, contacts)
    if len(found) == 1:
        found += _meant_by_a_slip(name, found[0], contacts)
    if len(found) == 1:
        return found[0]
    if found:
        candidates = [contact.path for contact in found]
        raise AmbiguousNameError(_several(name, candidates), candidates=candidates)
    near = nearest(name, contacts)
    if near:
        raise UnknownNameError(
            msg("no contact answers to “{name}”; did you mean {near}?", name=name, near=near),
            near=near[0],
        )
    raise UnknownNameError(
        msg("no contact answers to “{name}”: `vault contacts` lists them all", name=name)
    )


def _meant_by_a_slip(name: str, found: Contact, contacts: Mapping[str, Contact]) -> list[Contact]:
    """Who was perhaps meant, where the name is but a part of a word: `ana` is in Hana, too."""
    wanted = name_form(name)
    if "/" in name or _begins(found, wanted) or is_declined(name, found):
        return []
    near = near_names(wanted, {path: _forms(one) for path, one in contacts.items()})
    return [contacts[path] for path in near if path != found.path]


def _several(name: str, candidates: list[str]) -> Message:
    """Say whom a name may mean: one line holds only so many."""
    shown, more = candidates[:SHOWN], len(candidates) - SHOWN
    if more <= 0:
        return msg("“{name}” may mean {candidates}: write more of the name, or the path",
            name=name, candidates=candidates)  # fmt: skip
    return nmsg(
        "“{name}” may mean {candidates} and {n} more: write more of the name, or the path",
        "“{name}” may mean {candidates} and {n} more: write more of the name, or the path",
        more,
        name=name,
        candidates=shown,
    )


def nearest(name: str, contacts: Mapping[str, Contact]) -> list[str]:
    """Whom the same keys would have found in another layout, or the keys beside them.

    By name; by path where several have the same.
    """
    found = _in_other_layouts(name, contacts)
    if not found:
        found = near_names(name_form(name), {path: _forms(contacts[path]) for path in contacts})
    names = Counter(contact.name for contact in contacts.values())
    return [path if names[contacts[path].name] > 1 else contacts[path].name for path in found]


def _in_other_layouts(name: str, contacts: Mapping[str, Contact]) -> list[str]:
    wanted = [form for form in map(name_form, other_layouts(name)) if len(form) > 1]
    return [path for path in contacts if any(_begins(contacts[path], form) for form in wanted)][
        :MOST
    ]


def _begins(contact: Contact, wanted: str) -> bool:
    """Whether a word of one of the contact's names begins so."""
    return any(f" {wanted}" in f" {form}" for form in _forms(contact))


def is_declined(name: str, contact: Contact) -> bool:
    """Whether a name is a Russian form of one of the contact's: `Борису`, `Анной Петровой`."""
    return any(declines(name, known) for known in (contact.name, *contact.aliases))


def _forms(contact: Contact) -> list[str]:
    return [name_form(name) for name in (contact.name, *contact.aliases)]
