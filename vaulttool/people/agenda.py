"""The lists of one day: who is due, best first, within what a day can hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from vaulttool.contact import Agenda
from vaulttool.dated import daily_note_date
from vaulttool.locale import fold
from vaulttool.markdown.dates import add_days
from vaulttool.markdown.dueline import when
from vaulttool.markdown.inert import is_linkable
from vaulttool.markdown.note import title_of
from vaulttool.message import msg
from vaulttool.people.due import (
    crowded_days,
    fixed_reason,
    judge,
    may_be_asked,
    stable_number,
    start_days,
    with_points,
)
from vaulttool.people.merging import known_by
from vaulttool.people.occasions import find_occasions
from vaulttool.people.rank import weight
from vaulttool.people.refresh import find_refresh
from vaulttool.people.replies import find_awaiting
from vaulttool.people.rhythm import drift
from vaulttool.people.roster import find_contacts
from vaulttool.people.threads import open_promises, readable
from vaulttool.people.traces import gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from vaulttool.contact import (
        Awaiting,
        Contact,
        Drift,
        Evidence,
        Occasion,
        Promise,
        Reason,
        Verdict,
        VerdictCode,
    )
    from vaulttool.index import Snapshot
    from vaulttool.people.roster import Entry
    from vaulttool.people.traces import Traces

OPEN_LINE = (None, " ", "/")  # statuses of a line in the due block that still asks


@dataclass(frozen=True, slots=True)
class People:
    """The contacts of a snapshot, and every trace of them."""

    snapshot: Snapshot
    contacts: Mapping[str, Contact]
    traces: Traces


def read_people(
    snapshot: Snapshot, before: People | None = None, entries: Mapping[str, Entry] | None = None
) -> People:
    """Find the contacts and gather their evidence.

    What is the same as `before`, in an earlier snapshot of the vault, is not read again, nor
    are notes for their `entries`, where these are known.
    """
    traces = before.traces if before else None
    roster = find_contacts(snapshot, traces.roster if traces else None, entries)
    return People(snapshot, roster.contacts, gather(roster, traces))


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that is judged for one day, before the budget."""

    date: date
    evidence: Mapping[str, list[Evidence]]
    verdicts: Mapping[str, Verdict]
    morning: Mapping[str, VerdictCode]  # how the day began: without today's own evidence
    occasions: tuple[Occasion, ...]
    promises: tuple[Promise, ...]
    awaiting: Mapping[str, Awaiting]


def without_start(people: People, today: date) -> list[str]:
    """The contacts whose first commits matter: of whom nothing in the notes says a start.

    Where there is one who was never in touch, all of them: an import is known by how many
    came with it.
    """
    found = [path for path, contact in people.contacts.items() if contact.created is None]
    evidence = people.traces.evidence
    if all(_began_before(evidence[path], add_days(today, 1)) for path in found):
        return []
    return found


def _began_before(evidence: Iterable[Evidence], day: date) -> bool:
    return any(trace.counts and trace.date < day for trace in evidence)


def judge_day(people: People, first_seen: Mapping[str, date], today: date) -> Day:
    """Judge every contact; `first_seen` holds first commits, where the vault has them."""
    settings, contacts = people.snapshot.settings, people.contacts
    evidence = {path: known_by(found, today) for path, found in people.traces.evidence.items()}
    all_starts = start_days(contacts.values(), first_seen)
    starts = {path: day for path, day in all_starts.items() if day <= today}
    new = [day for path, day in starts.items() if not _began_before(evidence[path], day)]
    crowded = crowded_days(new, settings.per_day)

    def verdict(path: str, traces: list[Evidence]) -> Verdict:
        start = (starts.get(path), crowded)
        listings = people.traces.known[path].listings
        return judge(contacts[path], traces, listings, people.snapshot, start, today)

    verdicts = {path: verdict(path, evidence[path]) for path in contacts}
    morning = {path: found.code for path, found in verdicts.items()}
    for path, traces in evidence.items():
        if any(trace.counts and trace.date == today for trace in traces):
            earlier = [trace for trace in traces if trace.date < today]
            morning[path] = verdict(path, earlier).code
    tracked = {path: found.tracked for path, found in verdicts.items()}
    occasions = find_occasions(contacts.values(), people.traces.ticks, tracked, settings, today)
    awaiting = [
        find_awaiting(contact, evidence[path], settings.reply_after, today)
        for path, contact in contacts.items()
    ]
    day = Day(
        today,
        evidence,
        verdicts,
        morning,
        tuple(occasions),
        tuple(open_promises(people.traces.promises, contacts)),
        {one.path: one for one in awaiting if one},
    )
    fixed = _fixed_points(day)
    return replace(day, verdicts={
        path: _pointed(found, fixed.get(path, [])) for path, found in verdicts.items()
    })  # fmt: skip


def _pointed(verdict: Verdict, fixed: Iterable[Reason]) -> Verdict:
    """Add the fixed points to the verdict of somebody whose day has come."""
    if verdict.due_on is None or verdict.days_over < 0:
        return verdict
    return with_points(verdict, fixed)


def _fixed_points(day: Day) -> dict[str, list[Reason]]:
    """What gives somebody the same points whatever the cadence, by path."""
    found: dict[str, list[Reason]] = {}
    for occasion in day.occasions:
        if occasion.listed:
            text = msg("an occasion {when}", when=when(occasion.date, day.date))
            found.setdefault(occasion.path, []).append(fixed_reason("occasion", text))
    for promise in day.promises:
        if promise.direction == "out" and promise.due and promise.due <= day.date:
            text = msg("you promised: {text}", text=readable(promise.text))
            found.setdefault(promise.path, []).append(fixed_reason("promise", text))
    for path, one in day.awaiting.items():
        text = msg("no answer since {date}", date=one.sent)
        found.setdefault(path, []).append(fixed_reason("awaiting", text))
    return found


def make_agenda(people: People, day: Day, *, within: int = 7, limit: int | None = None) -> Agenda:
    """Make the day's lists.

    With `limit` that many are listed, whatever the day asks for. Else the budget is
    `per_day`: whom today's list named already keeps the place,
    and who is done counts, as does who was taken off the list since: a later run on the
    same day adds no replacements. Whom the daily note cannot list takes nobody's place.
    """
    budget = people.snapshot.settings.per_day if limit is None else limit
    lines = todays_lines(people, day.date)
    answered = _answered(day, lines)
    ranked = sorted(
        (
            verdict
            for path, verdict in day.verdicts.items()
            if verdict.code == "due" and path not in answered
        ),
        key=_order,
    )
    kept = [v for v in ranked if v.contact.path in lines and limit is None]
    fresh = [v for v in ranked if v not in kept]
    gone = [path for path in lines if day.verdicts[path].code not in ("due", "unknown_start")]
    room = max(0, budget - len(kept) - len(answered.union(gone))) if limit is None else limit
    chosen = fresh[:room] if limit is not None else _fitting(fresh, room)
    is_over = room <= sum(can_be_listed(v.contact) for v in fresh)
    waiting = [v for v in day.verdicts.values() if v.code == "waiting" and -v.days_over <= within]
    drifting = filter(None, (_drift(day, verdict) for verdict in day.verdicts.values()))
    return Agenda(
        date=day.date,
        due=tuple(sorted([*kept, *chosen], key=_order)),
        more=len(fresh) - len(chosen),
        done=len(answered),
        offer=None if is_over else _offer(day, lines),
        upcoming=tuple(sorted(waiting, key=lambda v: (str(v.due_on), fold(v.contact.name)))),
        occasions=day.occasions,
        promises=day.promises,
        awaiting=tuple(sorted(day.awaiting.values(), key=lambda one: (one.sent, fold(one.name)))),
        drifting=tuple(sorted(drifting, key=lambda one: (-one.silent / one.usual_gap, one.path))),
        refresh=tuple(find_refresh(day.verdicts.values(), people.snapshot.settings, day.date)),
        untracked=sum(verdict.code == "untracked" for verdict in day.verdicts.values()),
        tracked=sum(verdict.tracked for verdict in day.verdicts.values()),
    )


def can_be_listed(contact: Contact) -> bool:
    """Whether a link can carry the name of a contact's note into the daily note."""
    return is_linkable(title_of(contact.path))


def _fitting(ranked: Sequence[Verdict], room: int) -> list[Verdict]:
    """As many as there is room for in the daily note, and who ranks among them."""
    places = accumulate(can_be_listed(verdict.contact) for verdict in ranked)
    return [verdict for verdict, place in zip(ranked, places, strict=True) if place <= room]


def todays_lines(people: People, today: date) -> dict[str, str | None]:
    """Whom the list in today's daily note names, with the status of the line."""
    settings = people.snapshot.settings.daily
    return {
        path: line.status
        for path, lines in people.traces.listings.items()
        for line in lines
        if not line.mark and line.day == today and daily_note_date(line.source, settings) == today
    }


def _order(verdict: Verdict) -> tuple[float, float, str, str]:
    contact = verdict.contact
    return (
        -round(verdict.score, 6),
        -weight(contact.circle, contact.priority),
        fold(contact.name),
        contact.path,
    )


def _drift(day: Day, verdict: Verdict) -> Drift | None:
    cadence = verdict.cadence.cadence
    if cadence is not None and cadence.never:
        return None
    return drift(verdict.contact, day.evidence[verdict.contact.path], day.date)


def _answered(day: Day, lines: Mapping[str, str | None]) -> set[str]:
    """Who of the day's list is done: answered in it, or due this morning and met since."""
    return {
        path
        for path, code in day.morning.items()
        if (path in lines and lines[path] not in OPEN_LINE)
        or (day.verdicts[path].code != code and (code == "due" or path in lines))
    }


def _offer(day: Day, lines: Mapping[str, str | None]) -> Verdict | None:
    """Somebody tracked with whom nothing has begun: another one each day, the same all day."""
    pool = sorted(
        (
            path
            for path, code in day.morning.items()
            if code == "unknown_start"
            and may_be_asked(day.verdicts[path].contact, day.date)
            and can_be_listed(day.verdicts[path].contact)
        ),
        key=lambda path: (stable_number(day.verdicts[path].contact.name), path),
    )
    made = [path for path in lines if path in pool or _was_offered(day.verdicts[path])]
    if not (made or pool):
        return None
    choice = made[0] if made else pool[day.date.toordinal() % len(pool)]
    verdict = day.verdicts[choice]
    still_asked = verdict.code == "unknown_start" and lines.get(choice) in OPEN_LINE
    return verdict if still_asked else None


def _was_offered(verdict: Verdict) -> bool:
    """Whether somebody on the list stands there as an offer that was put off."""
    return verdict.code == "snoozed" and verdict.due_on is None
