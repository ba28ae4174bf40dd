"""Drift: silent for long against the rhythm that the two really had."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from vaulttool.contact import Drift

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaulttool.contact import Contact, Evidence

GAPS = 10  # how many gaps make a rhythm at most
LEAST_GAPS = 3
LEAST_SPAN = 21  # days: a burst is no rhythm
SILENT_GAPS, SILENT_DAYS = 2, 14  # more silence than both is drift
ENDED_GAPS, ENDED_DAYS = 12, 90  # more than both has ended, and is not nagged about


def usual_gap(days: Iterable[date]) -> float | None:
    """The median of the last gaps between days of contact; None where there is no rhythm."""
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(set(days)))][-GAPS:]
    if len(gaps) < LEAST_GAPS:
        return None
    middle = median(gaps)
    return middle if middle * len(gaps) >= LEAST_SPAN else None


def median(numbers: Iterable[float]) -> float:
    """The number in the middle, or the mean of the two there."""
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def drift(contact: Contact, evidence: Iterable[Evidence], today: date) -> Drift | None:
    """Say how a contact drifts; None where she does not, or is not to be asked about."""
    days = [trace.date for trace in evidence if trace.counts and trace.date <= today]
    gap = usual_gap(days)
    if gap is None or not may_drift(contact):
        return None
    silent = (today - max(days)).days
    if not max(SILENT_GAPS * gap, SILENT_DAYS) < silent <= max(ENDED_GAPS * gap, ENDED_DAYS):
        return None
    return Drift(contact.path, contact.name, gap, silent, max(days))


def may_drift(contact: Contact) -> bool:
    """Whether drift is a question for this contact at all."""
    return not (contact.died or contact.pause or "no contact" in contact.boundaries)
