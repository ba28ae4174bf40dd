"""Meetings: those whom the `people` property of a dated note names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from vaulttool.contact import Depth, Evidence
from vaulttool.locale import fold
from vaulttool.markdown.values import plain, texts
from vaulttool.message import msg
from vaulttool.people.channels import channel_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot
    from vaulttool.message import Message
    from vaulttool.model import Note, Property

_COMMA = re.compile(r",(?![^\[\]]*\]\])")  # not inside a link
Naming: TypeAlias = "tuple[int, Message | None]"
"""The line that names somebody, and why it does not count."""

CROWD = 12  # where more are named, nobody was talked to in particular


@dataclass(frozen=True, slots=True)
class Names:
    """Who answers to a name that is written without a link, by the name's folded form."""

    whole: Mapping[str, frozenset[str]]  # a title or an alias -> the contacts that have it
    first: Mapping[str, frozenset[str]]  # the first word of one


def known_names(contacts: Mapping[str, Contact]) -> Names:
    """Gather the names of all contacts."""
    whole: dict[str, set[str]] = {}
    first: dict[str, set[str]] = {}
    for contact in contacts.values():
        for name in (contact.name, *contact.aliases):
            whole.setdefault(fold(name), set()).add(contact.path)
            first.setdefault(fold(name).split(" ", 1)[0], set()).add(contact.path)
    return Names(_frozen(whole), _frozen(first))


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(paths) for name, paths in found.items()}


def meeting_evidence(
    snapshot: Snapshot,
    contacts: Mapping[str, Contact],
    names: Names,
    note: Note,
    properties: Mapping[str, Property],
    day: date,
) -> Iterator[Evidence]:
    """Those named in the `people` property of a dated note; `properties` by native name."""
    people = properties.get("people")
    if people is None:
        return
    values = _values(people)
    written = properties.get("channel")
    words = texts(written.raw) if written else []
    channel = (channel_named(words[0]) if words else None) or "meeting"
    crowd = len(values) > CROWD
    for path, (line, reason) in _named(snapshot, contacts, names, note, values).items():
        yield Evidence(
            kind="people",
            path=path,
            date=day,
            depth=Depth.LIGHT if crowd else Depth.TALK,
            direction="both",
            source=note.path,
            line=line,
            text=note.title,
            channel=channel,
            counts=reason is None,
            reason=reason,
        )


def _values(people: Property) -> list[tuple[str, int]]:
    """The names in a property, each with its line; a text with commas is a list."""
    values = texts(people.raw)
    lines = people.item_lines
    if len(lines) == len(values):
        return list(zip(values, lines, strict=True))
    parts = [part.strip(" \"'") for value in values for part in _COMMA.split(value)]
    return [(part, people.line) for part in parts if part]


def _named(
    snapshot: Snapshot,
    contacts: Mapping[str, Contact],
    names: Names,
    note: Note,
    values: Iterable[tuple[str, int]],
) -> dict[str, Naming]:
    """The contacts that values name, each with the line, and why it does not count."""
    found: dict[str, Naming] = {}
    for value, line in values:
        target = value.strip().removeprefix("[[").removesuffix("]]")
        target = target.partition("|")[0].partition("#")[0].strip()
        several = not value.strip().startswith("[[") and _means_several(value, names)
        path = snapshot.resolve(target, note.path) if target and not several else None
        if path and path in contacts:
            found[path] = _better(found.get(path), (line, None))
            continue
        answering, reason = _answering(plain(value), names, linked=path is not None)
        for one in sorted(answering):
            found[one] = _better(found.get(one), (line, reason))
    return found


def _means_several(value: str, names: Names) -> bool:
    """Whether a name without a link is the whole name of more than one person."""
    return len(names.whole.get(fold(plain(value)), ())) > 1


def _better(known: Naming | None, other: Naming) -> Naming:
    """Of two places that name somebody the first; but one that counts before one that does not."""
    if known is None or (known[1] is not None and other[1] is None):
        return other
    return known


def _answering(name: str, names: Names, *, linked: bool) -> tuple[frozenset[str], Message | None]:
    """Who a name without a link to a contact may mean, and why it names nobody for certain.

    A whole name or an alias is enough where only one person has it. A first name is not:
    it is kept for those it may mean, and does not count.
    """
    whole = names.whole.get(fold(name), frozenset())
    if len(whole) == 1:
        return whole, None
    may_mean = whole or (frozenset() if linked else names.first.get(fold(name), frozenset()))
    if len(may_mean) > 1:
        return may_mean, msg("“{name}” may mean several people: link the one you mean", name=name)
    return may_mean, msg("“{name}” is a part of the name: link it, or write it in full", name=name)
