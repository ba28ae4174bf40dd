"""Cadences that the user's own history suggests: the rhythm that two people really have."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from vaulttool.locale import fold
from vaulttool.people.cadence import interval_days, parse_cadence
from vaulttool.people.rhythm import GAPS, may_drift, median, usual_gap
from vaulttool.people.rules import needed_depth

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaulttool.contact import Cadence, Contact
    from vaulttool.people.agenda import Day
    from vaulttool.settings import Settings

WORDS = (
    *("1 week", "2 weeks", "3 weeks", "1 month", "6 weeks", "2 months", "3 months"),
    *("4 months", "6 months", "9 months", "1 year", "2 years"),
)
"""The cadences that are suggested."""

NEAR = 1.4  # a rhythm that is longer or shorter by less agrees with the cadence
TREND = 1.5  # by so much later gaps are longer or shorter than those before, for a trend
LEAST_FOR_TREND = 4  # gaps

Trend = Literal["closer", "steady", "wider"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cadence that would suit one contact."""

    contact: Contact
    every: str  # the one that is suggested, in words
    suggested: Cadence
    cadence: Cadence | None  # the one that applies
    usual_gap: float  # days, the median of the last gaps
    trend: Trend
    days: int  # how many days of contact it rests on


def find_suggestions(day: Day, settings: Settings) -> list[Suggestion]:
    """Suggest cadences, those that differ most from the ones that apply first."""
    return sorted(_suggestions(day, settings), key=_order)


def _suggestions(day: Day, settings: Settings) -> Iterator[Suggestion]:
    for path, verdict in day.verdicts.items():
        needed = needed_depth(verdict.contact, settings)
        days = sorted(
            {t.date for t in day.evidence[path] if t.counts and t.depth >= needed}
        )  # fmt: skip
        gap = usual_gap(days)
        if gap is None or not may_drift(verdict.contact):
            continue
        cadence = verdict.cadence.cadence
        if cadence is None or _differs(gap, cadence):
            words, nearest = _nearest(gap)
            trend = _trend(days)
            yield Suggestion(verdict.contact, words, nearest, cadence, gap, trend, len(days))


def _differs(gap: float, cadence: Cadence) -> bool:
    """Whether the rhythm is another than the cadence; one on demand is left as it is."""
    if cadence.never:
        return False
    interval = interval_days(cadence)
    return not interval / NEAR < gap < interval * NEAR


def _trend(days: list[date]) -> Trend:
    """Whether the later half of the last gaps is longer or shorter than the earlier."""
    gaps = [(later - earlier).days for earlier, later in pairwise(days)][-GAPS:]
    if len(gaps) < LEAST_FOR_TREND:
        return "steady"
    half = len(gaps) // 2
    change = median(gaps[-half:]) / median(gaps[:half])
    return "wider" if change >= TREND else "closer" if change <= 1 / TREND else "steady"


def _nearest(gap: float) -> tuple[str, Cadence]:
    """The cadence whose length is nearest to a gap, as a ratio."""
    read = ((words, parse_cadence(words)) for words in WORDS)
    known = [(words, cadence) for words, cadence in read if cadence]
    return min(known, key=lambda one: abs(math.log(interval_days(one[1]) / gap)))


def _order(one: Suggestion) -> tuple[bool, float, str, str]:
    """Those with a cadence first, and of them the one that is furthest from it."""
    apart = 0.0
    if one.cadence:
        apart = abs(math.log(one.usual_gap / interval_days(one.cadence)))
    return (one.cadence is None, -apart, fold(one.contact.name), one.contact.path)
