"""What can be read, and was probably not meant: a mistyped circle, a contact of a day to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.assign import meant_circle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaulttool.people.agenda import People


def unlikely(people: People, today: date) -> Iterator[Problem]:
    """Find what is probably a slip, in no order."""
    yield from _circles(people)
    yield from _days_to_come(people, today)


def _circles(people: People) -> Iterator[Problem]:
    """Circles one letter from a known one; those that the settings name are the user's own."""
    settings = people.snapshot.settings
    for contact in people.contacts.values():
        near = meant_circle(contact.circle or "", (), settings)
        if near and contact.circle_every is None:  # a tier of another program is known, too
            message = msg(
                "{key}: “{circle}” is no known circle; did you mean {near}? One of your own stands"
                " in vaulttool.toml, under [cadence.circles]",
                key=contact.circle_key, circle=contact.circle, near=near,
            )  # fmt: skip
            yield Problem("doubtful-circle", "warning", contact.path, contact.circle_line, message)


def _days_to_come(people: People, today: date) -> Iterator[Problem]:
    """Log lines of days that have not come: none of them counts before."""
    for path, evidence in people.traces.evidence.items():
        for one in evidence:
            if one.kind == "log" and one.source == path and one.date > today:
                message = msg("a log line of {date}, which has not come yet: it does not count"
                    " before", date=one.date)  # fmt: skip
                yield Problem("future-date", "warning", path, one.line, message)
