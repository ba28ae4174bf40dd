"""Every trace of the contacts in the notes: evidence, lines of due blocks, promises.

What one note tells depends on the note, on where its links lead, and on which of those are
contacts. It is read once: later traces take it over from those before, where none of that
changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from vaulttool.contact import Depth, Evidence
from vaulttool.message import msg
from vaulttool.people.channels import depth_of
from vaulttool.people.evidence import mentions, own_evidence
from vaulttool.people.households import with_shared
from vaulttool.people.meetings import Names, known_names, meeting_evidence
from vaulttool.people.merging import merged
from vaulttool.people.occasions import dated, window
from vaulttool.people.replies import with_reply
from vaulttool.people.rules import needed_depth
from vaulttool.people.schema import Schema
from vaulttool.people.threads import note_promises
from vaulttool.people.ticks import Tick, listings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.contact import Contact, Promise
    from vaulttool.model import Problem
    from vaulttool.people.roster import Roster
    from vaulttool.people.ticks import Listing
    from vaulttool.settings import Settings


@dataclass(frozen=True, slots=True)
class NoteTraces:
    """What one note tells of contacts."""

    evidence: tuple[Evidence, ...]
    listings: tuple[Listing, ...]
    promises: tuple[tuple[Promise, bool], ...]  # each with whether it is open
    problems: tuple[Problem, ...]
    by_name: bool  # whether it may name somebody otherwise than by the links that the index knows


@dataclass(frozen=True, slots=True)
class Known:
    """The evidence of one contact."""

    written: tuple[Evidence, ...]  # as the notes have it
    merged: tuple[Evidence, ...]  # oldest first, each contact once
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Traces:
    """All that the notes say of being in touch, by contact."""

    roster: Roster
    names: Names
    notes: Mapping[str, NoteTraces]  # by the path of the note
    known: Mapping[str, Known]  # by the path of the contact, as what follows
    evidence: Mapping[str, tuple[Evidence, ...]]  # oldest first
    listings: Mapping[str, tuple[Listing, ...]]  # lines of due blocks, oldest first
    ticks: Mapping[str, tuple[Tick, ...]]  # of occasions

    @property
    def promises(self) -> Iterator[tuple[Promise, bool]]:
        """All promises, each with whether it is open."""
        return chain.from_iterable(one.promises for one in self.notes.values())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""
        of_notes = chain.from_iterable(one.problems for one in self.notes.values())
        return (*of_notes, *chain.from_iterable(one.problems for one in self.known.values()))


def gather(roster: Roster, before: Traces | None = None) -> Traces:
    """Read the traces of all contacts; `before` are those of an earlier snapshot of the vault."""
    snapshot, settings = roster.snapshot, roster.snapshot.settings
    names = known_names(roster.contacts)
    kept = _unchanged(roster, names, before) if before else {}
    notes = {path: kept.get(path) or _read(roster, names, path) for path in sorted(snapshot.notes)}
    listed = _listed(notes.values(), roster.contacts)
    ticked = {
        path: [line for line in lines if line.status and line.status in settings.done_statuses]
        for path, lines in listed.items()
    }
    written: dict[str, list[Evidence]] = {path: [] for path in roster.contacts}
    for traces in notes.values():
        for trace in traces.evidence:
            written[trace.path].append(trace)
    for path, lines in ticked.items():
        written[path] += [_tick(line, roster.contacts[path], settings) for line in lines]
    earlier = before.known if before else {}
    known = {path: _known(tuple(found), earlier.get(path)) for path, found in written.items()}
    evidence = {path: one.merged for path, one in known.items()}
    if settings.household_shared:
        evidence = with_shared(evidence, snapshot, roster.contacts)
    answered = {path: tuple(_answers(lines)) for path, lines in ticked.items()}
    return Traces(roster, names, notes, known, evidence, listed, answered)


# --- One note ---


def _unchanged(roster: Roster, names: Names, before: Traces) -> dict[str, NoteTraces]:
    """The traces of the notes that tell the same as before."""
    new, old = roster.snapshot, before.roster.snapshot
    if new.settings != old.settings:
        return {}
    changed = roster.contacts.keys() ^ before.roster.contacts.keys()
    telling = changed.union(*(new.backlinks.get(path, ()) for path in changed))
    same_names = new.files is old.files and names == before.names
    return {
        path: traces
        for path, traces in before.notes.items()
        if new.notes.get(path) is old.notes[path]
        and new.resolved[path] == old.resolved[path]
        and path not in telling
        and (same_names or not traces.by_name)
    }


def _read(roster: Roster, names: Names, path: str) -> NoteTraces:
    snapshot, contacts, note = roster.snapshot, roster.contacts, roster.snapshot.notes[path]
    day = snapshot.dates.get(path)
    evidence: list[Evidence] = []
    problems: list[Problem] = []
    by_name = False
    if path in contacts:
        evidence, problems = own_evidence(snapshot, contacts[path])
        day = None  # it is about a person, whatever date it carries
    elif day:
        properties = Schema(snapshot.settings).read(note)
        by_name = "people" in properties
        evidence += meeting_evidence(snapshot, contacts, names, note, properties, day)
    evidence += mentions(snapshot, contacts, note, day)
    return NoteTraces(
        evidence=tuple(evidence),
        listings=tuple(one for one in listings(snapshot, path) if one.path in contacts),
        promises=tuple(note_promises(snapshot, contacts, note)),
        problems=tuple(problems),
        by_name=by_name,
    )


# --- One contact ---


def _known(written: tuple[Evidence, ...], before: Known | None) -> Known:
    if before and before.written == written:
        return before
    read = [with_reply(trace) for trace in written]
    problems = tuple(problem for _trace, problem in read if problem)
    return Known(written, merged(trace for trace, _problem in read), problems)


def _listed(notes: Iterable[NoteTraces], paths: Iterable[str]) -> dict[str, tuple[Listing, ...]]:
    found: dict[str, list[Listing]] = {path: [] for path in paths}
    for line in chain.from_iterable(one.listings for one in notes):
        found[line.path].append(line)
    return {path: tuple(sorted(lines, key=lambda one: one.day)) for path, lines in found.items()}


# --- Ticked lines of due blocks ---


def _answers(ticked: Iterable[Listing]) -> Iterator[Tick]:
    """The ticked lines of occasions."""
    for line in ticked:
        if line.mark:
            yield Tick(line.completion or line.day, line.mark, line.tool)


def _tick(line: Listing, contact: Contact, settings: Settings) -> Evidence:
    """A ticked line as evidence."""
    day = line.completion or line.day
    needed = max(needed_depth(contact, settings), Depth.MESSAGE)
    reason = None
    if line.mark and not _has_come(contact, line, day, settings):
        reason = msg("prepared before the day")
    return Evidence(
        kind="tick",
        path=contact.path,
        date=day,
        depth=depth_of(line.channel) if line.channel else needed,
        direction=line.direction or "both",
        source=line.source,
        line=line.line,
        text=line.text,
        channel=line.channel,
        counts=reason is None,
        reason=reason,
    )


def _has_come(contact: Contact, line: Listing, day: date, settings: Settings) -> bool:
    """Whether the day of a ticked occasion had come when it was ticked."""
    tick = Tick(day, line.mark, line.tool)
    return any(
        window(item.date, day, 0, settings.leap_day)
        for mark, item in dated(contact)
        if mark == line.mark and tick.names(item.label)
    )
