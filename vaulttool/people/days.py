"""A day that words name: `tomorrow`, `5 Dec`, `in 2 weeks`, `last friday`, `через месяц`."""

from __future__ import annotations

import functools
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from vaulttool.contact import Cadence, PartialDate
from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.locale.day_words import DAY_WORDS
from vaulttool.markdown.dates import add_days, add_months, find_date, make_date, read_date
from vaulttool.people.cadence import parse_cadence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{2})?\Z")
_SLASHED = re.compile(r"(?!24/7\Z)\d{1,4}/\d{1,2}(?:/\d{1,4})?\Z|\d{1,2}-\d{1,2}-\d{2,4}\Z")
_IN_FIGURES = re.compile(
    r"(?:\d{1,2}([/.-])\d{1,2}\1\d{2}(?:\d{2})?|\d{4}([/.])\d{1,2}\2\d{1,2})(?![\w/])"
)
_YEAR = re.compile(r"\s*\d{4}(?:\s*(?:г\.?|год[ау]?))?\s*\Z")  # no day, and no number of them
_CLAUSE = re.compile(r"[,;(]|\.(?:\s|\Z)")
_NEAR = {word: days for words in DAY_WORDS for word, days in words.near.items()}


def day_named(text: str, today: date, *, past: bool = False) -> date | None:
    """The day that a whole text names, in either language; None where it names none.

    What the words leave open (`friday`, `5 Dec`, `the 5th`) is the next such day, with `past`
    the latest. Words that do not (`yesterday`, `in 2 weeks`, a year) mean what they say.
    """
    if found := read_date(text):
        return found
    words = " ".join(fold(text).split()).strip(" .,!:—–")
    for part in _shorter(words):
        if found := _read(part, today, past=past):
            return found
    return None


def day_within(text: str, seen_from: date) -> date | None:
    """The day that a text names among other words, to come after `seen_from`; else None.

    A date counts anywhere. Other words count only where the text begins with them, up to a
    comma or a full stop: `for 2 weeks, she is away`.
    """
    if found := find_date(text):
        return found
    folded = " ".join(fold(text).split())
    match = _date_pattern().search(folded)
    if match and (found := _of_a_month(match, seen_from, past=False)):
        return found
    for start in (folded, _CLAUSE.split(folded, maxsplit=1)[0]):
        found = day_named(start, seen_from)
        if found and found > seen_from:
            return found
    return None


def day_of_a_month(text: str) -> PartialDate | None:
    """The day that a whole text names by its month, in whatever year: `3 May`, `3 мая 1990`."""
    match = _date_pattern().fullmatch(" ".join(fold(text).split()))
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    month = _months()[match["month"] or match["first"]]
    day = int(match["before"] or match["behind"])
    leap = 2000  # 29 February is a day where the year is open
    return PartialDate(year, month, day) if make_date(year or leap, month, day) else None


def looks_like_day(text: str) -> bool:
    """Whether a text has the form of a date that no day has, or of one that is not read.

    `30 Feb`, `Friday, 15 November` of a Sunday, `11/14`.
    """
    words = _leads().sub("", " ".join(fold(text).split()).strip(" .,!:—–"))
    _weekday, words = _without_weekday(words)
    return bool(_SLASHED.match(words) or _date_pattern().fullmatch(words))


def other_date_at_head(text: str) -> str | None:
    """The date that a text begins with in a form of which the order or the year is open.

    `9/12/26` may be in September or December, `12 Nov` in any year.
    """
    found = _IN_FIGURES.match(text) or _date_pattern().match(fold(text))
    return text[: found.end()] if found else None


def is_month(text: str) -> bool:
    """Whether a text is the name of a month."""
    return fold(text).rstrip(".") in _months()


def _shorter(words: str) -> Iterator[str]:
    """The words as they are, and without those round them that add nothing."""
    yield words
    rest = _leads().sub("", words)
    yield rest
    for part in _longest(part for one in DAY_WORDS for part in one.parts):
        if rest.endswith(" " + part):
            yield rest.removesuffix(part).rstrip(" ,")


def _read(words: str, today: date, *, past: bool) -> date | None:
    if (days := _NEAR.get(words)) is not None:
        return _add(today, Cadence(days=abs(days)), -1 if days < 0 else 1)
    return (
        _date(words, today, past=past)
        or _weekday(words, today, past=past)
        or _period(words, today)
        or _span(words, today)
        or _month(words, today, past=past)
    )


def _date(words: str, today: date, *, past: bool) -> date | None:
    """Read `5 dec`, `dec 5th, 2026`, `5.12`, `5.12.26`, `the 5th`; the weekday too, if right."""
    weekday, date_words = _without_weekday(words)
    found = read_date(date_words) or _written_out(date_words, today, past=past)
    return found if weekday is None or (found and found.weekday() == weekday) else None


def _written_out(words: str, today: date, *, past: bool) -> date | None:
    if match := _date_pattern().fullmatch(words):
        return _of_a_month(match, today, past=past)
    if match := _DOTTED.match(words):
        year = 2000 + int(match[3]) if match[3] else None
        return _nearest(int(match[1]), int(match[2]), year, today, past=past)
    if match := _day_pattern().fullmatch(words):
        step = -1 if past else 1
        months = (_add(today.replace(day=1), Cadence(ahead), step) for ahead in range(3))
        days = (make_date(one.year, one.month, int(match[1])) for one in months if one)
        return next((one for one in days if one and _open(one, today, past=past)), None)
    return None


def _of_a_month(match: re.Match[str], today: date, *, past: bool) -> date | None:
    month = _months()[match["month"] or match["first"]]
    day, year = int(match["before"] or match["behind"]), match["year"]
    return _nearest(day, month, int(year) if year else None, today, past=past)


def _nearest(day: int, month: int, year: int | None, today: date, *, past: bool) -> date | None:
    """The day of that year; without one the next such day, with `past` the latest."""
    if year is not None:
        return make_date(year, month, day)
    step = -1 if past else 1
    years = (today.year + ahead * step for ahead in range(9))  # a leap day is at most eight away
    days = (make_date(one, month, day) for one in years)
    return next((one for one in days if one and _open(one, today, past=past)), None)


def _open(day: date, today: date, *, past: bool) -> bool:
    return day <= today if past else day >= today


def _without_weekday(words: str) -> tuple[int | None, str]:
    """`fri, 5 dec` -> 4 and `5 dec`."""
    first, _space, rest = words.partition(" ")
    weekday = _weekdays().get(first.rstrip(".,"))
    rest = rest.removeprefix("the ")
    return (weekday, rest) if weekday is not None and rest else (None, words)


def _weekday(words: str, today: date, *, past: bool) -> date | None:
    """Read `friday`, `last friday`, `next friday`. Weeks begin on Monday.

    `next` is that day of the next week; alone, and not in the past, it is never today.
    """
    which, name = _which(words)
    weekday = _weekdays().get(name.rstrip("."))
    if weekday is None:
        return None
    ahead = weekday - today.weekday()
    if which == "next":
        ahead += 7
    elif which == "last":
        ahead = ahead % 7 - 7
    elif which == "coming" or (not which and not past):
        ahead = ahead % 7 or 7
    elif not which:
        ahead = -(-ahead % 7)
    return _add(today, Cadence(days=abs(ahead)), -1 if ahead < 0 else 1)


def _period(words: str, today: date) -> date | None:
    """Read `next month`, its first day, and `end of the month`, the last one of this."""
    ends = _longest(end for one in DAY_WORDS for end in one.ends)
    end = next((end for end in ends if words.startswith(end + " ")), "")
    which, name = _which(words[len(end) :].strip())
    period = _periods().get(name)
    if period is None or which not in (("", "this", "next") if end else ("next",)):
        return None
    step = {"week": Cadence(days=7), "month": Cadence(1), "year": Cadence(12)}[period]
    first = {
        "week": _add(today, Cadence(days=today.weekday()), -1),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }[period]
    for _one in range(2 if end and which == "next" else 1):
        first = first and _add(first, step, 1)
    return first and (_add(first, Cadence(days=1), -1) if end else first)


def _span(words: str, today: date) -> date | None:
    """Read `2 weeks`, `in a month`, `3 days ago`, `+2w`, `неделю назад`, `через полгода`."""
    for sign, tails in ((-1, "ago"), (1, "from_now")):
        for tail in _longest(tail for one in DAY_WORDS for tail in getattr(one, tails)):
            if words.endswith(" " + tail):
                return _length(words.removesuffix(tail), today, sign)
    if words[:1] in ("+", "-"):
        return _length(words[1:], today, -1 if words[0] == "-" else 1)
    return _length(words, today, 1)


def _length(words: str, today: date, sign: int) -> date | None:
    is_other = _YEAR.match(words) or _DOTTED.match(words.strip())
    cadence = None if is_other else parse_cadence(words)
    return None if cadence is None or cadence.never else _add(today, cadence, sign)


def _month(words: str, today: date, *, past: bool) -> date | None:
    """Read `december`: its first day, ahead; a month behind names no day."""
    month = _months().get(words.rstrip("."))
    if month is None or past:
        return None
    return _nearest(1, month, today.year + (month <= today.month), today, past=False)


def _add(day: date, span: Cadence, sign: int) -> date | None:
    if sign > 0:
        return add_days(add_months(day, span.months), span.days)
    try:
        return add_months(day, -span.months) - timedelta(days=span.days)
    except (ValueError, OverflowError):  # before the first year of the calendar
        return None


def _which(words: str) -> tuple[str, str]:
    """`last friday` -> `last` and `friday`."""
    for word, which in _which_words().items():
        if words.startswith(word + " "):
            return which, words[len(word) + 1 :]
    return "", words


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


@functools.cache
def _which_words() -> Mapping[str, str]:
    """The words for last, this and next, the longest first."""
    kinds = {form: kind for one in DAY_WORDS for kind, forms in one.which.items() for form in forms}
    return {form: kinds[form] for form in _longest(kinds)}


@functools.cache
def _leads() -> re.Pattern[str]:
    words = "|".join(_longest(lead for one in DAY_WORDS for lead in one.leads))
    return re.compile(rf"\A(?:(?:{words}) )+")


@functools.cache
def _periods() -> Mapping[str, str]:
    return {
        form: name for one in DAY_WORDS for name, forms in one.periods.items() for form in forms
    }


@functools.cache
def _weekdays() -> Mapping[str, int]:
    tables = [words_of(lang).weekday_words for lang in LANGUAGES]
    tables += [one.weekdays for one in DAY_WORDS]
    return {form: day for table in tables for day, forms in enumerate(table) for form in forms}


@functools.cache
def _months() -> Mapping[str, int]:
    """The names of the months in both languages, short and long -> their numbers."""
    tables: list[tuple[str, ...]] = [one.months for one in DAY_WORDS]
    for words in map(words_of, LANGUAGES):
        tables += [words.months, words.months_in_dates]
        tables += [words.months_short, words.months_short_in_dates]
    return {
        fold(name).rstrip("."): month for names in tables for month, name in enumerate(names, 1)
    }


@functools.cache
def _date_pattern() -> re.Pattern[str]:
    names = "|".join(_longest(_months()))
    ending = r"(?:st|nd|rd|th|-?го|-?е)?"
    return re.compile(
        rf"(?<![\w.])(?:(?P<before>\d{{1,2}}){ending}\s+(?:of\s+)?(?P<month>{names})"
        rf"|(?P<first>{names})\.?\s+(?:the\s+)?(?P<behind>\d{{1,2}}){ending})\b\.?"
        rf"(?:,?\s+(?P<year>\d{{4}})\b(?:\s+г(?:ода|\.)?)?)?"
    )


@functools.cache
def _day_pattern() -> re.Pattern[str]:
    endings = "|".join(_longest(end for one in DAY_WORDS for end in one.day_of_month))
    return re.compile(rf"(\d{{1,2}})(?:{endings})")
