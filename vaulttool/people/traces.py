"""Every trace of the contacts in the notes: evidence, lines of due blocks, promises.

What one note tells depends on the note, on where its links lead, and on which of those are
contacts. It is read once: later traces take it over from those before, where none of that
changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from vaulttool.contact import Depth, Evidence
from vaulttool.index import changed_notes
from vaulttool.later import changed
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

    def __bool__(self) -> bool:
        """Whether it tells anything."""
        told = self.evidence or self.listings or self.promises or self.problems
        return bool(told) or self.by_name

    @property
    def contacts(self) -> set[str]:
        """Of whom it tells anything."""
        return {
            *(one.path for one in self.evidence),
            *(one.path for one in self.listings),
            *(promise.path for promise, _is_open in self.promises),
            *(problem.path for problem in self.problems),  # of a contact's own note
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What all notes together tell of one contact."""

    sources: frozenset[str]  # the paths of the notes
    evidence: tuple[Evidence, ...] = ()  # oldest first, each interaction once
    listings: tuple[Listing, ...] = ()  # lines of due blocks, oldest first
    ticks: tuple[Tick, ...] = ()  # of occasions
    promises: tuple[tuple[Promise, bool], ...] = ()  # each with whether it is open
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Traces:
    """All that the notes say of being in touch."""

    roster: Roster
    names: Names
    notes: Mapping[str, NoteTraces]  # of the notes that tell anything
    known: Mapping[str, Known]  # by the path of the contact, as what follows
    evidence: Mapping[str, tuple[Evidence, ...]]

    @property
    def listings(self) -> Mapping[str, tuple[Listing, ...]]:
        """The lines of due blocks, oldest first."""
        return {path: one.listings for path, one in self.known.items()}

    @property
    def ticks(self) -> Mapping[str, tuple[Tick, ...]]:
        """The ticked lines of occasions."""
        return {path: one.ticks for path, one in self.known.items()}

    @property
    def promises(self) -> Iterator[tuple[Promise, bool]]:
        """All promises, each with whether it is open."""
        return chain.from_iterable(one.promises for one in self.known.values())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""
        return tuple(chain.from_iterable(one.problems for one in self.known.values()))


def gather(roster: Roster, before: Traces | None = None) -> Traces:
    """Read the traces of all contacts; `before` are those of an earlier snapshot of the vault."""
    settings = roster.snapshot.settings
    if before and before.roster.snapshot.settings != settings:
        before = None
    names = known_names(roster.contacts)
    anew = _telling_anew(roster, names, before) if before else set(roster.snapshot.notes)
    read = {
        path: _read(roster, names, path)
        for path in sorted(anew & roster.snapshot.notes.keys())
        if _may_tell(roster, path)
    }
    notes = _with_anew(before.notes if before else {}, anew, read)
    known = _known(roster, notes, anew, before)
    evidence = {path: one.evidence for path, one in known.items()}
    if settings.household_shared:
        evidence = with_shared(evidence, roster.snapshot, roster.contacts)
    return Traces(roster, names, notes, known, evidence)


def _with_anew(
    before: Mapping[str, NoteTraces], anew: set[str], read: Mapping[str, NoteTraces]
) -> Mapping[str, NoteTraces]:
    """The traces of all notes; those that are not made yet need not be made for it."""

    def change(values: dict[str, NoteTraces | None]) -> dict[str, NoteTraces | None]:
        kept = {path: one for path, one in values.items() if path not in anew}
        telling = {path: traces for path, traces in read.items() if traces}
        return dict(sorted({**kept, **telling}.items(), key=itemgetter(0)))

    return changed(before, change)


# --- One note ---


def _telling_anew(roster: Roster, names: Names, before: Traces) -> set[str]:
    """The notes that may not tell the same as before."""
    new, old = roster.snapshot, before.roster.snapshot
    others = roster.contacts.keys() ^ before.roster.contacts.keys()
    telling = others.union(*(new.backlinks.get(path, ()) for path in others))
    if new.files is not old.files or names != before.names:
        telling |= {path for path, traces in before.notes.items() if traces.by_name}
    return telling | changed_notes(new, old)


def _may_tell(roster: Roster, path: str) -> bool:
    """Whether a note is one of a contact, one about a day, or links to a contact: only these tell.

    Said without the note itself, which may have to be read for it.
    """
    snapshot, contacts = roster.snapshot, roster.contacts
    return (
        path in contacts
        or path in snapshot.dates
        or any(target in contacts for target in snapshot.resolved[path])
    )


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


def _known(
    roster: Roster, notes: Mapping[str, NoteTraces], anew: set[str], before: Traces | None
) -> dict[str, Known]:
    """Put together what is known of each contact; `anew` are the notes that were read again."""
    old = before.known if before else {}
    same = before.roster.contacts if before else {}
    sources: dict[str, set[str]] = {path: set() for path in roster.contacts}
    for path in anew & notes.keys():
        for spoken_of in notes[path].contacts:
            sources[spoken_of].add(path)
    known: dict[str, Known] = {}
    for path, contact in roster.contacts.items():
        earlier = old.get(path)
        is_same = earlier and same[path] is contact and not sources[path]
        if earlier and is_same and anew.isdisjoint(earlier.sources):
            known[path] = earlier
        else:
            left = earlier.sources - anew if earlier else frozenset()
            known[path] = _put_together(contact, left | sources[path], notes, roster)
    return known


def _put_together(
    contact: Contact, sources: frozenset[str], notes: Mapping[str, NoteTraces], roster: Roster
) -> Known:
    settings = roster.snapshot.settings
    told = [notes[source] for source in sorted(sources)]
    written = [one for traces in told for one in traces.evidence if one.path == contact.path]
    lines = [one for traces in told for one in traces.listings if one.path == contact.path]
    promises = [one for traces in told for one in traces.promises if one[0].path == contact.path]
    problems = [one for traces in told for one in traces.problems if one.path == contact.path]
    lines.sort(key=lambda one: one.day)
    ticked = [one for one in lines if one.status and one.status in settings.done_statuses]
    written += [_tick(line, contact, settings) for line in ticked]
    read = [with_reply(trace) for trace in written]
    return Known(
        sources,
        merged(trace for trace, _problem in read),
        tuple(lines),
        tuple(_answers(ticked)),
        tuple(promises),
        (*problems, *(problem for _trace, problem in read if problem)),
    )


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
