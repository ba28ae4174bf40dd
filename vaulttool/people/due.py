"""The verdict on one contact: the clock, the cadence, what stands in the way, the score."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from vaulttool.contact import Reason, Verdict
from vaulttool.markdown.dates import add_days
from vaulttool.markdown.dueline import DAYS_OVER, DUE_TODAY, PLANNED
from vaulttool.people.cadence import after, describe, interval_days
from vaulttool.people.local import holiday
from vaulttool.people.rank import POINTS, lateness_points, weight
from vaulttool.people.rules import CRISIS_EVERY, cadence_rule, needed_depth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from vaulttool.contact import CadenceRule, Contact, Depth, Evidence, VerdictCode
    from vaulttool.index import Snapshot
    from vaulttool.message import Message
    from vaulttool.people.ticks import Listing

REST_AFTER = 5  # lists on which a name was left unticked
REST_AT_MOST = 30  # days
SNOOZE = 7  # days, where `[>]` names no date

_ASKED = ("due", "unknown_start")  # on the list, or offered in it
_NEVER_ASKED = frozenset({"no_contact", "died", "paused"})
_NO_WEEKENDS = frozenset({0, 1, 2, 3, 4})


@dataclass(frozen=True, slots=True)
class Clock:
    """When a contact's clock was set, and when it runs out."""

    last: Evidence | None
    started: date | None
    due_on: date | None


def last_evidence(known: Iterable[Evidence], needed: Depth) -> Evidence | None:
    """The latest evidence that resets the clock, of what is known today; of one day the deepest."""
    resetting = [trace for trace in known if trace.counts and trace.depth >= needed]
    return max(resetting, key=lambda trace: (trace.date, trace.depth), default=None)


def start_days(contacts: Iterable[Contact], first_seen: Mapping[str, date]) -> dict[str, date]:
    """Since when the contacts are in the notes: `created`, else the note's first commit."""
    return {
        contact.path: day
        for contact in contacts
        if (day := contact.created or first_seen.get(contact.path))
    }


def crowded_days(starts: Iterable[date], per_day: int) -> frozenset[date]:
    """The starting days that more contacts share than a day's list asks for: an import."""
    return frozenset(day for day, count in Counter(starts).items() if count > per_day)


def stable_number(text: str) -> int:
    """A number that depends on the text only, on every machine and in every run."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def set_clock(
    contact: Contact,
    rule: CadenceRule,
    last: Evidence | None,
    started: date | None,
    crowded: frozenset[date],
) -> Clock:
    """Find the day on which a contact is due.

    One interval after the last contact; without one, after the start. Where an import
    made many start on one day, their first due dates are spread over the interval.
    """
    cadence = rule.cadence
    if cadence is None or cadence.never:
        return Clock(last, started, _with_next(contact, last, None))
    due_on: date | None = None
    if last:
        due_on = after(last.date, cadence)
    elif started and started in crowded:
        due_on = add_days(started, 1 + stable_number(contact.name) % interval_days(cadence))
    elif started:
        due_on = after(started, cadence)
    return Clock(last, started, _with_next(contact, last, due_on))


def is_spread(verdict: Verdict) -> bool:
    """Whether a first day is one of those over which an import is spread."""
    cadence = verdict.cadence.cadence
    if verdict.started is None or cadence is None or verdict.due_on in (None, verdict.contact.next):
        return False
    return not cadence.never and verdict.due_on != after(verdict.started, cadence)


def _with_next(contact: Contact, last: Evidence | None, due_on: date | None) -> date | None:
    """`next` sets the due day, until there was a contact on it or after it."""
    if contact.next is None or (last and last.date >= contact.next):
        return due_on
    return contact.next


def judge(
    contact: Contact,
    evidence: Iterable[Evidence],
    listings: Iterable[Listing],
    snapshot: Snapshot,
    start: tuple[date | None, frozenset[date]],
    today: date,
) -> Verdict:
    """Judge one contact; `start` is when its notes begin, and which days are crowded."""
    rule = cadence_rule(contact, snapshot)
    last = last_evidence(evidence, needed_depth(contact, snapshot.settings))
    clock = set_clock(contact, rule, last, *start)
    interval = interval_days(rule.cadence) if rule.cadence and not rule.cadence.never else None
    lines = [line for line in listings if not line.mark and (last is None or line.day > last.date)]
    code, until = _standing(contact, rule, clock, today)
    if code in _NEVER_ASKED:
        clock = replace(clock, due_on=None)  # nobody counts the days of silence here
    days_over = (today - clock.due_on).days if clock.due_on else 0
    if code in _ASKED and (snoozed := _snoozed_until(contact, lines, today)):
        code, until = "snoozed", snoozed
    if code in _ASKED and (rest := _rest_until(lines, interval, snapshot, today)):
        code, until = "resting", rest
    reasons = tuple(_reasons(contact, rule, clock, interval, days_over))
    return Verdict(
        contact=contact,
        code=code,
        cadence=rule,
        interval=interval,
        last=last,
        started=None if last else clock.started,
        due_on=clock.due_on,
        days_over=days_over,
        score=sum(reason.points for reason in reasons),
        reasons=reasons,
        until=until,
    )


def _standing(
    contact: Contact, rule: CadenceRule, clock: Clock, today: date
) -> tuple[VerdictCode, date | None]:
    """Where a contact stands, what stands in the way first."""
    if "no contact" in contact.boundaries:
        return "no_contact", None
    if contact.died:
        return "died", None
    if contact.pause:
        return "paused", None
    if clock.due_on is None and rule.cadence is None:
        return "untracked", None
    if clock.due_on is None:
        return ("on_demand" if rule.cadence and rule.cadence.never else "unknown_start"), None
    if clock.due_on > today:
        return "waiting", clock.due_on
    if not may_be_asked(contact, today) or _between_crisis_days(contact, clock.due_on, today):
        return "not_today", None
    return "due", None


def may_be_asked(contact: Contact, today: date) -> bool:
    """Whether today is one of the days on which a contact wants to be asked."""
    if holiday(contact, today):
        return False
    days = contact.weekdays
    if "no weekends" in contact.boundaries:
        days = _NO_WEEKENDS if days is None else days & _NO_WEEKENDS
    return days is None or today.weekday() in days


def _between_crisis_days(contact: Contact, due_on: date, today: date) -> bool:
    """Whether somebody in a crisis was listed already: on the due day, or a seventh day after.

    Where that was none of her days, she is listed on the first of them that follows.
    """
    if contact.stage != "crisis":
        return False
    passed = (today - due_on).days % CRISIS_EVERY
    return any(may_be_asked(contact, today - timedelta(days=n + 1)) for n in range(passed))


def _snoozed_until(contact: Contact, lines: Iterable[Listing], today: date) -> date | None:
    """The day to which a contact is snoozed: by the property, or by `[>]` in a due block."""
    marked = [
        line.named_day or add_days(line.day, SNOOZE)
        for line in lines
        if line.status == ">" and line.day <= today
    ]
    until = max(filter(None, [contact.snooze_until, *marked]), default=None)
    return until if until and until > today else None


def _rest_until(
    lines: Iterable[Listing], interval: int | None, snapshot: Snapshot, today: date
) -> date | None:
    """The last day of a rest: a name left unticked on five lists is spared for a while.

    A quarter of the interval, and where there is none (a planned day) as long as a snooze.
    """
    done = snapshot.settings.done_statuses
    left = {line.day for line in lines if line.status and line.status not in done}
    days = sorted(day for day in left if day < today)
    full = len(days) // REST_AFTER * REST_AFTER
    if not full:
        return None
    length = min(max(1, round(interval / 4)), REST_AT_MOST) if interval else SNOOZE
    until = add_days(days[full - 1], length)
    return until if until >= today else None


def _reasons(
    contact: Contact, rule: CadenceRule, clock: Clock, interval: int | None, days_over: int
) -> list[Reason]:
    """The terms of the score: how late it is; nothing before the day."""
    if clock.due_on is None or days_over < 0:
        return []
    factor = weight(contact.circle, contact.priority)
    points = lateness_points(days_over, interval, factor) if interval else 0.0
    return [Reason("lateness", lateness_text(contact, rule, clock.due_on, days_over), points)]


def lateness_text(contact: Contact, rule: CadenceRule, due_on: date, days_over: int) -> Message:
    """Say since when a contact is due, and by which cadence."""
    if contact.next == due_on or rule.cadence is None:
        return PLANNED(date=due_on)
    cadence = describe(rule.cadence)
    return DAYS_OVER(n=days_over, cadence=cadence) if days_over else DUE_TODAY(cadence=cadence)


def with_points(verdict: Verdict, reasons: Iterable[Reason]) -> Verdict:
    """Add further terms to a verdict's score."""
    added = (*verdict.reasons, *reasons)
    return replace(verdict, reasons=added, score=sum(reason.points for reason in added))


def fixed_reason(code: str, text: Message) -> Reason:
    """A term with fixed points: an occasion, a promise that is due, no answer."""
    return Reason(code, text, POINTS[code])
