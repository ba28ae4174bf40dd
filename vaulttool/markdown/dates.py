"""Dates and times as people write them in notes; always from the raw text."""

from __future__ import annotations

import calendar
import re
from datetime import date, time, timedelta

from vaulttool.contact import PartialDate

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
_AFTER_ISO = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?\Z")

_PARTIAL = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:T.*)?\Z"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})\Z"),
    re.compile(r"(?:--)?(?P<m>\d{1,2})-(?P<d>\d{1,2})\Z"),
    re.compile(r"--(?P<m>\d{2})(?P<d>\d{2})\Z"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\Z"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.?\Z"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})\Z"),
    re.compile(r"(?P<y>\d{4})\Z"),
)
_UNKNOWN_YEARS = (0, 1604)  # what address books write where no year is known


def make_date(year: int, month: int, day: int) -> date | None:
    """Make a date; None for a day that does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_date(text: str) -> date | None:
    """Read a whole text that is a date: ISO (a time after it is dropped), or DD.MM.YYYY.

    Brackets of a link to a daily note are allowed round it.
    """
    text = text.strip()
    if text.startswith("[[") and text.endswith("]]"):
        text = re.split(r"[#|]", text[2:-2])[0].rpartition("/")[2].strip()
    found, end = date_at(text, 0)
    return found if found and (end == len(text) or _AFTER_ISO.match(text, end)) else None


def date_at(text: str, start: int) -> tuple[date | None, int]:
    """Read a date that begins at `start`; also return where it ends."""
    if match := _ISO.match(text, start):
        numbers = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _DOTTED.match(text, start):
        numbers = (int(match[3]), int(match[2]), int(match[1]))
    else:
        return None, start
    if match.end() < len(text) and text[match.end()].isdigit():
        return None, start
    return make_date(*numbers), match.end()


def looks_like_date(text: str, start: int = 0) -> bool:
    """Whether something date-shaped stands there, be it a day that exists or not."""
    return bool(_ISO.match(text, start) or _DOTTED.match(text, start))


def find_date(text: str) -> date | None:
    """Find the first date inside a text, as in the name of a meeting note."""
    for match in re.finditer(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})", text):
        found, _end = date_at(text, match.start())
        if found:
            return found
    return None


def time_at(text: str, start: int) -> tuple[time | None, int]:
    """Read `HH:MM` that begins at `start`; also return where it ends."""
    match = _TIME.match(text, start)
    if match is None:
        return None, start
    return time(int(match[1]), int(match[2])), match.end()


def read_partial(text: str) -> PartialDate | None:
    """Read a date at the precision that it has: year, month and day, or less.

    The forms are those of vCard 4 (RFC 6350, 4.3.1) and of handwriting: `1988-03-14`,
    `03-14`, `--03-14`, `14.03.1988`, `14.03`, `1988-03`, `1988`. None for anything else
    and for a day that no year has.
    """
    for pattern in _PARTIAL:
        if match := pattern.match(text.strip()):
            known = {name: int(value) for name, value in match.groupdict().items()}
            if known.get("y") in _UNKNOWN_YEARS:
                del known["y"]
            return _existing(PartialDate(known.get("y"), known.get("m"), known.get("d")))
    return None


def _existing(partial: PartialDate) -> PartialDate | None:
    # 2000 is a leap year: 29 February exists where the year is unknown.
    parts = zip((partial.year, partial.month, partial.day), (2000, 1, 1), strict=True)
    numbers = (assumed if known is None else known for known, assumed in parts)
    return partial if make_date(*numbers) else None


def add_months(day: date, months: int) -> date:
    """Go forward by calendar months: 31 January + 1 month is the last of February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > 9999:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_days(day: date, days: int) -> date:
    """Go forward by days, to the end of the calendar at most."""
    return date.max if (date.max - day).days < days else day + timedelta(days=days)
