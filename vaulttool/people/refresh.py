"""Details to refresh: addresses and jobs that were last checked long ago."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.contact import Refresh
from vaulttool.locale import fold
from vaulttool.markdown.dates import make_date, read_date
from vaulttool.markdown.values import texts
from vaulttool.people.cadence import after, parse_cadence
from vaulttool.people.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from vaulttool.contact import Verdict
    from vaulttool.index import Snapshot
    from vaulttool.model import Property

DETAILS = (
    *("email", "phone", "telegram", "linkedin", "url"),
    *("company", "role", "city"),
)
"""The properties that grow old."""

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T|\Z)")  # `REV` of a vCard: 20240501T120000Z


def find_refresh(snapshot: Snapshot, verdicts: Iterable[Verdict], today: date) -> list[Refresh]:
    """Find the tracked people whose details were last checked long ago, the oldest first.

    Only where a note says when that was (`verified`), and of nobody who is not asked about.
    """
    found = list(_old(snapshot, verdicts, today))
    return sorted(found, key=lambda one: (one.verified, fold(one.name), one.path))


def _old(snapshot: Snapshot, verdicts: Iterable[Verdict], today: date) -> Iterator[Refresh]:
    span = parse_cadence(snapshot.settings.verified_after)
    if span is None or span.never:
        return
    schema = Schema(snapshot.settings)
    for verdict in verdicts:
        if not verdict.tracked or verdict.code in ("no_contact", "died", "paused"):
            continue
        contact = verdict.contact
        properties = schema.read(snapshot.notes[contact.path])
        checked = properties.get("verified")
        day = _day(checked) if checked else None
        has_details = any(name in properties for name in DETAILS)
        if checked and day and has_details and after(day, span) <= today:
            yield Refresh(contact.path, contact.name, day, checked.line)


def _day(checked: Property) -> date | None:
    """The latest day that a property names."""
    days = [read_date(text) or _compact(text) for text in texts(checked.raw)]
    return max(filter(None, days), default=None)


def _compact(text: str) -> date | None:
    match = _COMPACT.match(text.strip())
    return make_date(int(match[1]), int(match[2]), int(match[3])) if match else None
