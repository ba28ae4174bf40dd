"""Occasions: birthdays and other dates worth a word, inside their windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.contact import Anniversary, Occasion
from vaulttool.locale import fold
from vaulttool.markdown.dates import make_date
from vaulttool.markdown.dueline import BIRTHDAY_MARK, DATE_MARK
from vaulttool.people.rules import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.contact import Contact, PartialDate
    from vaulttool.people.ticks import Tick
    from vaulttool.settings import Settings

LEAD: Mapping[str, int] = {"key": 14}
"""Circle -> how many days ahead an occasion is announced; 7 for the others."""

DEFAULT_LEAD = 7
BELATED = 7  # days after which a word comes too late


def occurrence(partial: PartialDate, year: int, leap_day: str) -> date | None:
    """The day of an occasion in a year; None where month or day is not known."""
    if partial.month is None or partial.day is None or not 1 <= year <= 9999:
        return None
    if day := make_date(year, partial.month, partial.day):
        return day
    month, day_of_month = leap_day.split("-")  # 29 February in a common year
    return make_date(year, int(month), int(day_of_month))


def dated(contact: Contact) -> list[tuple[str, Anniversary]]:
    """A contact's occasions, each with the mark of its lines in the due block."""
    own = [(DATE_MARK, item) for item in contact.dates]
    if contact.birthday:
        birthday = Anniversary(contact.birthday, "", contact.birthday_line or 1)
        return [(BIRTHDAY_MARK, birthday), *own]
    return own


def window(partial: PartialDate, today: date, lead: int, leap_day: str) -> date | None:
    """The occurrence whose window (lead, day, belated) today lies in."""
    for year in (today.year - 1, today.year, today.year + 1):
        day = occurrence(partial, year, leap_day)
        if day and -BELATED <= (day - today).days <= lead:
            return day
    return None


def find_occasions(
    contacts: Iterable[Contact],
    ticks: Mapping[str, tuple[Tick, ...]],
    tracked: Mapping[str, bool],
    settings: Settings,
    today: date,
    ahead: int | None = None,
) -> list[Occasion]:
    """Find the occasions whose window today lies in, by date, then name.

    With `ahead` the windows begin that many days before, whatever the circles say.
    """
    found = [
        occasion
        for contact in contacts
        if not (contact.died or contact.pause or "no contact" in contact.boundaries)
        for occasion in _of_contact(
            contact, ticks.get(contact.path, ()), tracked[contact.path], settings, today, ahead
        )
    ]
    return sorted(found, key=lambda occasion: (occasion.date, fold(occasion.name), occasion.path))


def _of_contact(
    contact: Contact,
    ticks: Iterable[Tick],
    tracked: bool,
    settings: Settings,
    today: date,
    ahead: int | None,
) -> Iterator[Occasion]:
    lead = lead_days(contact.circle, settings)
    for mark, item in dated(contact):
        day = window(item.date, today, lead if ahead is None else ahead, settings.leap_day)
        if day is None or day.year < (item.date.year or 0):
            continue  # a wedding that is still to come has no anniversary before it
        answered = [
            tick.date
            for tick in ticks
            if tick.mark == mark and tick.names(item.label) and tick.date <= today
        ]
        before = [(day - tick).days for tick in answered]
        prepared = any(0 < days <= lead for days in before)
        wished = any(-BELATED <= days <= 0 for days in before)
        wished = wished or (mark == BIRTHDAY_MARK and _said(contact.wished, day, lead))
        years = day.year - item.date.year if item.date.year else None
        yield Occasion(
            path=contact.path,
            name=contact.name,
            kind="birthday" if mark == BIRTHDAY_MARK else "date",
            label=item.label,
            date=day,
            years=years if years is None or years > 0 else None,
            listed=_listed(day, today, lead, tracked, prepared, wished),
            prepared=prepared,
            wished=wished,
            line=item.line,
        )


def _said(wished: date | None, day: date, lead: int) -> bool:
    """Whether the property `wished` speaks of this birthday: its day, or when a word was said."""
    return wished is not None and -BELATED <= (day - wished).days <= lead


def _listed(day: date, today: date, lead: int, tracked: bool, prepared: bool, wished: bool) -> bool:
    """Whether today's block shows an occasion.

    On the first day of the lead time, the day before, the day itself and while it is
    belated; for somebody without a cadence on the day itself only.
    """
    distance = (day - today).days
    if wished:
        return False
    if distance == 0:
        return True
    return tracked and (distance < 0 or (distance in (1, lead) and not prepared))


def lead_days(circle: str | None, settings: Settings) -> int:
    """How many days ahead the occasions of a circle are announced."""
    leads = {canonical(name): days for name, days in settings.occasion_lead.items()}
    for name in (canonical(circle or ""), "default"):
        if name in leads:
            return leads[name]
    return LEAD.get(circle or "", DEFAULT_LEAD)
