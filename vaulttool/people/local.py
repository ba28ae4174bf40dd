"""Where a contact is: what time it is there, and which days are public holidays."""

from __future__ import annotations

import functools
import re
import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaulttool.contact import Contact
    from vaulttool.message import Message

NIGHT = (time(22), time(8))  # from and to, where a contact names no hours
ANY_YEAR = 2024  # a country is known in all years, or in none
MOSCOW = timedelta(hours=3)  # Russian offsets are often counted from there: `МСК+2`

_OFFSET = re.compile(
    r"(?P<base>utc|gmt|z|msk|мск)?\s*(?:(?P<sign>[-+−])(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?)?\Z"
)
_HOURS = re.compile(r"(\d\d):(\d\d)–(\d\d):(\d\d)\Z")
_COUNTRY = re.compile(r"([A-Z]{2,3})(?:-([A-Z0-9]{1,3}))?\Z")


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The time where a contact is."""

    now: datetime
    is_good: bool  # within the contact's hours; without any, not in the night


def local_time(contact: Contact, now: datetime) -> LocalTime | None:
    """The time where a contact is, at an instant; None where her time zone is not known."""
    zone = find_zone(contact.timezone) if contact.timezone else None
    if zone is None:
        return None
    there = now.astimezone(zone)
    start, end = _hours(contact.hours) if contact.hours else (NIGHT[1], NIGHT[0])
    return LocalTime(there, _between(start, time(there.hour, there.minute), end))


def _hours(text: str) -> tuple[time, time]:
    match = _HOURS.match(text)
    if match is None:
        return NIGHT[1], NIGHT[0]
    first, minute, last, last_minute = (int(part) for part in match.groups())
    return time(first % 24, minute), time(last % 24, last_minute)


def _between(start: time, moment: time, end: time) -> bool:
    """Whether a time lies in a span of the day, which may go past midnight."""
    if start < end:
        return start <= moment < end
    return moment >= start or moment < end


@functools.lru_cache(maxsize=256)
def find_zone(text: str) -> tzinfo | None:
    """Read a time zone: `Europe/Berlin`, its city alone, `UTC+3`, `МСК+2`; else None."""
    folded = " ".join(fold(text).split())
    if match := _OFFSET.match(folded):
        return _fixed(match) if folded else None
    try:
        return zoneinfo.ZoneInfo(text.strip())
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, too
        name = _zone_names().get(folded.replace(" ", "_"))
        return zoneinfo.ZoneInfo(name) if name else None


def _fixed(match: re.Match[str]) -> tzinfo | None:
    base = MOSCOW if match["base"] in ("msk", "мск") else timedelta()
    offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    whole = base + (offset if match["sign"] == "+" else -offset)
    return timezone(whole) if abs(whole) <= timedelta(hours=14) else None


@functools.cache
def _zone_names() -> Mapping[str, str]:
    """Folded names of the zones, and of their cities where only one zone has it."""
    found: dict[str, str] = {}
    cities: dict[str, set[str]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        found[fold(name)] = name
        cities.setdefault(fold(name.rpartition("/")[2]), set()).add(name)
    unique = {city: min(names) for city, names in cities.items() if len(names) == 1}
    return {**unique, **found}


# --- Public holidays ---


def has_holidays() -> bool:
    """Whether the extra that knows public holidays is installed."""
    try:
        import holidays  # noqa: F401
    except ImportError:
        return False
    return True


@functools.lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> Mapping[date, str] | None:
    """The public holidays of a country (`DE`, `DE-BY`) in a year, with their names.

    None where the country is not known, or the extra is not installed.
    """
    match = _COUNTRY.match(country.strip().upper())
    if match is None:
        return None
    try:
        from holidays import country_holidays

        return dict(country_holidays(match[1], subdiv=match[2], years=year, language="en_US"))
    except (ImportError, NotImplementedError):
        return None


def holidays_doubt(contact: Contact) -> Message | None:
    """Why public holidays cannot be honoured, where a contact asked for it."""
    if "no holidays" not in contact.boundaries:
        return None
    if not contact.country:
        return msg("public holidays cannot be honoured: add `country`, such as DE")
    if not has_holidays():
        return msg("public holidays cannot be honoured: install vault-crm[holidays]")
    if public_holidays(contact.country, ANY_YEAR) is None:
        return msg("public holidays of “{country}” are not known: expected a code such as DE or"
            " DE-BY", country=contact.country)  # fmt: skip
    return None


def holiday(contact: Contact, day: date) -> str | None:
    """The name of a public holiday on which a contact asked not to be reached."""
    if "no holidays" not in contact.boundaries or not contact.country:
        return None
    return (public_holidays(contact.country, day.year) or {}).get(day)
