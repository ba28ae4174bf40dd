"""Details to refresh: addresses and jobs that were last checked long ago."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.contact import Refresh
from vaulttool.locale import fold
from vaulttool.markdown.dates import make_date, read_date
from vaulttool.markdown.values import texts
from vaulttool.people.cadence import after, parse_cadence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.contact import Verdict
    from vaulttool.model import Property
    from vaulttool.settings import Settings

DETAILS = (
    *("email", "phone", "telegram", "linkedin", "url"),
    *("company", "role", "city"),
)
"""The properties that grow old."""

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T|\Z)")  # `REV` of a vCard: 20240501T120000Z


def last_checked(properties: Mapping[str, Property]) -> date | None:
    """The latest day on which a note's details were checked; None where it has none."""
    if "verified" not in properties or not any(name in properties for name in DETAILS):
        return None
    days = (read_date(text) or _compact(text) for text in texts(properties["verified"].raw))
    return max(filter(None, days), default=None)


def _compact(text: str) -> date | None:
    match = _COMPACT.match(text.strip())
    return make_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def find_refresh(verdicts: Iterable[Verdict], settings: Settings, today: date) -> list[Refresh]:
    """Find the tracked people whose details were last checked long ago, the oldest first.

    Only where a note says when that was (`verified`), and of nobody who is not asked about.
    """
    found = list(_old(verdicts, settings, today))
    return sorted(found, key=lambda one: (one.verified, fold(one.name), one.path))


def _old(verdicts: Iterable[Verdict], settings: Settings, today: date) -> Iterator[Refresh]:
    span = parse_cadence(settings.verified_after)
    if span is None or span.never:
        return
    for verdict in verdicts:
        contact, day = verdict.contact, verdict.contact.verified
        is_asked = verdict.tracked and verdict.code not in ("no_contact", "died", "paused")
        if is_asked and day and after(day, span) <= today:
            yield Refresh(contact.path, contact.name, day, contact.verified_line or 1)
