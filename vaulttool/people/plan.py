"""The weeks ahead: what the cadences ask for, against what a day's list can hold.

Each contact gets a day: the one on which she is due, where the list has room; else the
nearest day before it, at most a seventh of the interval early; else the first with room
after it. So a crowd of due days is spread, and no day holds more than the budget.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from vaulttool.contact import Depth
from vaulttool.locale import fold
from vaulttool.markdown.dates import add_days
from vaulttool.people.cadence import after, interval_days, parse_cadence
from vaulttool.people.due import may_be_asked
from vaulttool.people.rank import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from vaulttool.contact import Agenda, Cadence, Contact, Evidence, Verdict
    from vaulttool.people.agenda import Day

RECORD_WEEKS = 12  # how far back the user's own record goes at most
EARLY = 7  # a contact may come this part of her interval early
STEPS = ("1 week", "2 weeks", "1 month", "2 months", "3 months", "6 months", "1 year", "2 years")
"""The cadences to which a contact is slowed down, where not everything fits."""
STEP = 1.4  # how much longer at least

_ASKED = frozenset({"due", "waiting", "not_today", "resting", "snoozed"})


@dataclass(frozen=True, slots=True)
class Planned:
    """One contact on one day of the calendar."""

    contact: Contact
    due_on: date
    day: date

    @property
    def late(self) -> int:
        """The days after the due day; negative before it."""
        return (self.day - self.due_on).days


@dataclass(frozen=True, slots=True)
class Slower:
    """A longer cadence for one contact, and what it saves."""

    contact: Contact
    cadence: Cadence  # as it is
    every: str  # the longer one, in words
    longer: Cadence
    saves: float  # contacts a week


@dataclass(frozen=True, slots=True)
class Plan:
    """The weeks ahead."""

    per_day: int
    asked: float  # contacts a week that the cadences ask for
    record: float | None  # contacts a week that were made lately; None without any
    days: Mapping[date, tuple[Planned, ...]]  # every day of the calendar
    beyond: int  # how many found no room in it
    unknown: int  # how many have a cadence, and nobody knows since when it runs
    changes: tuple[Slower, ...]  # the fewest with which it fits; none where nothing is needed

    @property
    def room(self) -> int:
        """Contacts a week that the lists can hold."""
        return 7 * self.per_day

    @property
    def fits(self) -> bool:
        """Whether the lists can hold what the cadences ask for."""
        return self.asked <= self.room

    @property
    def per_day_needed(self) -> int:
        """The least budget with which it fits."""
        return max(1, math.ceil(round(self.asked / 7, 9)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody who is asked about, and since when."""

    contact: Contact
    cadence: Cadence | None  # None: once, on the day that was planned
    due_on: date
    turn: date  # the first day on which she can stand on a list
    score: float

    @property
    def interval(self) -> int:
        return interval_days(self.cadence) if self.cadence else 0


def make_plan(day: Day, agenda: Agenda, per_day: int, weeks: int) -> Plan:
    """Plan the weeks from a day on; what is done of today's list takes its room."""
    asked = list(filter(None, (_asked(verdict, day.date) for verdict in day.verdicts.values())))
    rate = sum(7 / one.interval for one in asked if one.cadence)
    days = [add_days(day.date, n) for n in range(7 * weeks)]
    room = dict.fromkeys(days, per_day)
    room[day.date] = max(0, per_day - agenda.done)
    placed, beyond = _calendar(asked, room)
    return Plan(
        per_day=per_day,
        asked=rate,
        record=_record(day.evidence, day.date),
        days={one: tuple(placed.get(one, ())) for one in days},
        beyond=beyond,
        unknown=sum(one.code == "unknown_start" for one in day.verdicts.values()),
        changes=tuple(_fewest_changes(asked, rate - 7 * per_day)),
    )


def _asked(verdict: Verdict, today: date) -> _Asked | None:
    cadence, due_on = verdict.cadence.cadence, verdict.due_on
    if verdict.code not in _ASKED or due_on is None:
        return None
    if cadence and cadence.never:
        cadence = None
    # The last day of a rest is still one; a snooze ends on the day that it names.
    spared = add_days(verdict.until, verdict.code == "resting") if verdict.until else today
    return _Asked(verdict.contact, cadence, due_on, max(today, due_on, spared), verdict.score)


def _record(evidence: Mapping[str, Sequence[Evidence]], today: date) -> float | None:
    """The contacts a week that were made lately: one a day with each person."""
    made = {
        (path, trace.date)
        for path, traces in evidence.items()
        for trace in traces
        if trace.counts and trace.depth >= Depth.MESSAGE and trace.through is None
    }
    if not made:
        return None
    first = min(day for _path, day in made)
    span = min(7 * RECORD_WEEKS, max(7, (today - first).days + 1))
    return 7 * sum((today - day).days < span for _path, day in made) / span


# --- The calendar ---


def _calendar(
    asked: Iterable[_Asked], room: dict[date, int]
) -> tuple[dict[date, list[Planned]], int]:
    """Give everybody a day with room, in the order of their turns; how many found none."""
    last = max(room)
    queue: list[tuple[date, float, tuple[float, str, str], _Asked]] = []
    for one in asked:
        heapq.heappush(queue, (one.turn, -round(one.score, 6), _key(one.contact), one))
    placed: dict[date, list[Planned]] = {}
    beyond = 0
    while queue and queue[0][0] <= last:
        turn, _score, key, one = heapq.heappop(queue)
        day = _day_with_room(one, turn, room)
        if day is None:
            beyond += 1
            continue
        due_on = min(turn, one.due_on) if turn == one.turn else turn
        placed.setdefault(day, []).append(Planned(one.contact, due_on, day))
        room[day] -= 1
        if one.cadence:
            heapq.heappush(queue, (after(day, one.cadence), 0.0, key, one))
    return placed, beyond


def _day_with_room(one: _Asked, turn: date, room: Mapping[date, int]) -> date | None:
    """The nearest day with room: that of the turn, one before it, one after it."""
    is_fixed = one.contact.next is not None or one.turn != one.due_on
    early = 0 if is_fixed and turn == one.turn else one.interval // EARLY
    before = (turn - timedelta(days=n) for n in range(early + 1))
    later = (turn + timedelta(days=n + 1) for n in range((max(room) - turn).days))
    for day in (*before, *later):
        if room.get(day) and may_be_asked(one.contact, day):
            return day
    return None


def _key(contact: Contact) -> tuple[float, str, str]:
    """The order among equals: by weight, then by name."""
    return (-weight(contact.circle, contact.priority), fold(contact.name), contact.path)


# --- What would make it fit ---


def _fewest_changes(asked: Iterable[_Asked], excess: float) -> Iterator[Slower]:
    """The fewest contacts whose next longer cadences save so many contacts a week.

    Of two that save as much, the one who weighs less. Where all together do not save
    enough, there is nothing to give.
    """
    possible = sorted(filter(None, map(_slower, asked)), key=_saving)
    if sum(one.saves for one in possible) < excess:
        return
    for change in possible:
        if excess <= 1e-9:
            return
        excess -= change.saves
        yield change


def _saving(change: Slower) -> tuple[float, float, str, str]:
    factor, name, path = _key(change.contact)
    return (-round(change.saves, 9), -factor, name, path)


def _slower(one: _Asked) -> Slower | None:
    """The step to the next longer cadence."""
    for words in STEPS:
        cadence = parse_cadence(words)
        if one.cadence and cadence and interval_days(cadence) >= STEP * one.interval:
            saves = 7 / one.interval - 7 / interval_days(cadence)
            return Slower(one.contact, one.cadence, words, cadence, saves)
    return None
