"""A day that words name: `2026-12-05`, `5 Dec`, `December 5th, 2026`, `5 декабря`, `2 weeks`."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.markdown.dates import find_date, make_date
from vaulttool.people.cadence import after, parse_cadence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_LEAD = re.compile(r"(?:for|in|until|till|на|через|до)\s+")


def named_day(text: str, seen_from: date) -> date | None:
    """The day that a text names, `seen_from` another one; None where it names none.

    Without a year it is the next such day. A span counts only where the text begins with it,
    up to a comma or a full stop: `for 2 weeks, she is away`.
    """
    return find_date(text) or _of_a_month(fold(text), seen_from) or _span(fold(text), seen_from)


def _of_a_month(text: str, seen_from: date) -> date | None:
    match = _pattern().search(text)
    if match is None:
        return None
    month = _months()[match["month"] or match["first"]]
    day, year = int(match["before"] or match["behind"]), match["year"]
    if year:
        return make_date(int(year), month, day)
    years = (seen_from.year + ahead for ahead in range(9))  # a leap day is at most eight away
    days = (make_date(one, month, day) for one in years)
    return next((one for one in days if one and one >= seen_from), None)


@functools.cache
def _months() -> Mapping[str, int]:
    """The names of the months in both languages, short and long -> their numbers."""
    found: dict[str, int] = {}
    for words in map(words_of, LANGUAGES):
        for names in (words.months, words.months_in_dates, words.months_short,
            words.months_short_in_dates):  # fmt: skip
            found |= {fold(name).rstrip("."): month for month, name in enumerate(names, 1)}
    return found


@functools.cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(_months(), key=len, reverse=True))
    ending = r"(?:st|nd|rd|th|-?го|-?е)?"
    return re.compile(
        rf"(?<![\w.])(?:(?P<before>\d{{1,2}}){ending}\s+(?P<month>{names})"
        rf"|(?P<first>{names})\.?\s+(?P<behind>\d{{1,2}}){ending})\b\.?(?:,?\s+(?P<year>\d{{4}})\b)?"
    )


def _span(text: str, seen_from: date) -> date | None:
    words = re.split(r"[,.;(]", _LEAD.sub("", text.strip(), count=1), maxsplit=1)[0]
    cadence = parse_cadence(words)
    return None if cadence is None or cadence.never else after(seen_from, cadence)
