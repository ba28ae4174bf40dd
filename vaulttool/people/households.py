"""Households: people who live together, for whom one contact can count (`household.shared`).

A household is whoever `household` links together, over a note of its own or one to another.
The members of such a note are in it too. A group is no household: it only has a cadence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vaulttool.contact import Depth
from vaulttool.markdown.values import texts
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.people.meetings import CROWD
from vaulttool.people.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.contact import Contact, Evidence
    from vaulttool.index import Snapshot


def with_shared(
    evidence: Mapping[str, tuple[Evidence, ...]],
    snapshot: Snapshot,
    contacts: Mapping[str, Contact],
) -> dict[str, tuple[Evidence, ...]]:
    """Add to everybody's evidence the contacts with the others of the household."""
    found = dict(evidence)
    for household in find_households(snapshot, contacts):
        for path in household:
            others = (trace for one in household if one != path for trace in evidence[one])
            added = _through(path, evidence[path], others)
            found[path] = tuple(sorted([*evidence[path], *added], key=lambda trace: trace.date))
    return found


def _through(path: str, own: Iterable[Evidence], others: Iterable[Evidence]) -> Iterator[Evidence]:
    """What counts for one through the others: of each day the deepest, as a message.

    It has no channel and no direction of its own: nobody is answered through somebody else.
    Nothing on a day with evidence of one's own, and nothing as light as a like or a crowd.
    """
    told = {trace.date for trace in own if _is_shared(trace)}
    days: dict[date, list[Evidence]] = {}
    for trace in others:
        if _is_shared(trace) and trace.date not in told:
            days.setdefault(trace.date, []).append(trace)
    for traces in days.values():
        first = min(traces, key=lambda one: (-one.depth, one.path, one.source, one.line))
        yield replace(
            first,
            kind="household",
            path=path,
            depth=Depth.MESSAGE,
            channel=None,
            direction=None,
            reply_by=None,
            no_reply=False,
            through=first.path,
        )


def _is_shared(trace: Evidence) -> bool:
    return trace.counts and trace.depth >= Depth.MESSAGE


def find_households(
    snapshot: Snapshot, contacts: Mapping[str, Contact]
) -> Iterator[frozenset[str]]:
    """Find those who live together: the contacts of each household that may be asked about.

    Without those who died or want no contact. Where more than a crowd are linked, it is none.
    """
    homes = set(_homes(snapshot, contacts))
    linked: dict[str, set[str]] = {}
    for path, contact in contacts.items():
        for home in homes.intersection([*contact.household, *contact.lives_with]):
            linked.setdefault(path, set()).add(home)
            linked.setdefault(home, set()).add(path)
    for members in _joined(linked):
        people = members.intersection(contacts)
        if len(people) <= CROWD:
            yield frozenset(path for path in people if _may_be_asked(contacts[path]))


def _homes(snapshot: Snapshot, contacts: Mapping[str, Contact]) -> Iterator[str]:
    """The notes that somebody's `household` links to: of a household, or of somebody in it."""
    schema = Schema(snapshot.settings)
    for path in contacts:
        household = schema.read(snapshot.notes[path]).get("household")
        for text in texts(household.raw) if household else ():
            link = whole_wikilink(text)
            if link and (target := snapshot.resolve(link.target, path)):
                yield target


def _joined(linked: Mapping[str, set[str]]) -> Iterator[set[str]]:
    """The parts of a graph that hang together."""
    left = set(linked)
    while left:
        part: set[str] = set()
        reached = {min(left)}
        while reached:
            part |= reached
            reached = {far for near in reached for far in linked[near]} - part
        left -= part
        yield part


def _may_be_asked(contact: Contact) -> bool:
    return not (contact.died or "no contact" in contact.boundaries)
