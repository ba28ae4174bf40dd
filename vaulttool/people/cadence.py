"""Cadences: reading how long between two contacts is right, and counting with it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from vaulttool.contact import Cadence
from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.markdown.dates import add_days, add_months
from vaulttool.message import msg, nmsg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from vaulttool.locale.words import Words
    from vaulttool.message import Message

NEVER = Cadence()
DAYS_IN_MONTH = 30.44
MAX_DAYS = 36_500  # a century: more is a slip of the pen

_UNITS: Mapping[str, tuple[int, int]] = {
    "day": (0, 1), "week": (0, 7), "month": (1, 0), "quarter": (3, 0), "year": (12, 0)
}  # fmt: skip
_ISO_8601 = re.compile(r"p(?:(\d{1,5})y)?(?:(\d{1,5})m)?(?:(\d{1,5})w)?(?:(\d{1,5})d)?\Z")
_AMOUNT = re.compile(r"(\d{1,5}(?:[.,]\d{1,3})?)\s*(.*)\Z")
_TIMES = re.compile(r"(\S+) (?:times? (?:an?|per)|раза? в) (.+)\Z")
_ARTICLE = re.compile(r"\A(?:an?|the) ")


_RULE = re.compile(r"(?:rrule:)?(?:.*;)?freq=(dai|week|month|year)ly\b", re.IGNORECASE)
_INTERVAL = re.compile(r"\binterval=0*([1-9]\d{0,3})\b", re.IGNORECASE)


def parse_cadence(text: str) -> Cadence | None:
    """Read a cadence in either language; None for what is none.

    `2 weeks`, `quarterly`, `every other month`, `twice a year`, `90` (days), `P2W`,
    `раз в две недели`, `never`.
    """
    folded = " ".join(fold(text).split())
    if not folded:
        return None
    if folded in _table("never"):
        return NEVER
    return _checked(_iso(folded) or _times(folded) or _interval(folded))


def in_place_of_rule(text: str) -> str | None:
    """The words of a cadence for a calendar's repetition rule (RFC 5545, 3.3.10); else None.

    Such a rule names days, which a cadence does not: it is refused, with these words as a hint.
    """
    rule = _RULE.match(text.strip())
    if rule is None:
        return None
    interval = _INTERVAL.search(text)
    count = int(interval[1]) if interval else 1
    unit = {"dai": "day"}.get(rule[1].lower(), rule[1].lower())
    return f"{count} {unit}s" if count > 1 else f"1 {unit}"


def _checked(cadence: Cadence | None) -> Cadence | None:
    if cadence is None or not 0 < interval_days(cadence) <= MAX_DAYS:
        return None
    return cadence


def _iso(text: str) -> Cadence | None:
    match = _ISO_8601.match(text)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Cadence(years * 12 + months, weeks * 7 + days)


def _times(text: str) -> Cadence | None:
    """Read `twice a year`, `3 times a month`, `дважды в год`."""
    for phrase, count in _mapping("times_a").items():
        if text.startswith(phrase + " ") and (unit := _unit(text[len(phrase) + 1 :])):
            return scaled(unit, 1 / count)
    match = _TIMES.match(text)
    count = _number(match[1]) if match else None
    unit = _unit(match[2]) if match else None
    return scaled(unit, 1 / count) if unit and count else None


def _interval(text: str) -> Cadence | None:
    """Read `[every] [other] [number] unit` and the adverbs."""
    rest = _without_lead(text, "every_other")
    factor = 1 if rest == text else 2
    rest = _ARTICLE.sub("", _without_lead(rest, "every"))
    adverbs = _mapping("adverbs")
    if adverb := adverbs.get(text) or adverbs.get(rest):
        return Cadence(*adverb)
    if unit := _unit(rest):
        return scaled(unit, factor)
    if match := _AMOUNT.match(rest):
        unit = _unit(match[2]) if match[2] else Cadence(days=1)
        return scaled(unit, float(match[1].replace(",", ".")) * factor) if unit else None
    after_number = _without_lead(rest, "numbers")
    number, unit = _number(rest.removesuffix(after_number).strip()), _unit(after_number)
    return scaled(unit, number * factor) if unit and number else None


def _without_lead(text: str, table: str) -> str:
    """Take a leading phrase of a table away, the longest that fits."""
    for phrase in sorted(_table(table), key=len, reverse=True):
        if text.startswith(phrase + " "):
            return text[len(phrase) + 1 :]
    return text


def _unit(text: str) -> Cadence | None:
    name = _unit_names().get(_ARTICLE.sub("", text).rstrip("."))
    return Cadence(*_UNITS[name]) if name else None


def _number(text: str) -> float | None:
    if text.isdecimal() and len(text) < 5:
        return int(text) or None
    return _mapping("numbers").get(text)


def _languages() -> Iterable[Words]:
    return (words_of(lang) for lang in LANGUAGES)


@functools.cache
def _table(name: str) -> frozenset[str]:
    return frozenset(word for words in _languages() for word in getattr(words, name))


@functools.cache
def _mapping(name: str) -> dict[str, Any]:
    return {key: value for words in _languages() for key, value in getattr(words, name).items()}


@functools.cache
def _unit_names() -> dict[str, str]:
    return {
        fold(form): unit
        for words in _languages()
        for unit, forms in words.units.items()
        for form in forms
    }


def scaled(cadence: Cadence, factor: float) -> Cadence:
    """Multiply a cadence; months that do not stay whole turn into days of 30.44 a month."""
    months = cadence.months * factor
    if abs(months - round(months)) < 1e-9:
        return Cadence(round(months), _half_up(cadence.days * factor))
    return Cadence(0, _half_up(months * DAYS_IN_MONTH + cadence.days * factor))


def _half_up(number: float) -> int:
    return int(number + 0.5)


def interval_days(cadence: Cadence) -> int:
    """The length of a cadence in days, a month being 30.44 of them."""
    return cadence.days + _half_up(cadence.months * DAYS_IN_MONTH)


def after(day: date, cadence: Cadence) -> date:
    """The day that lies one interval later; months and years follow the calendar."""
    return add_days(add_months(day, cadence.months), cadence.days)


def describe(cadence: Cadence) -> Message:
    """Say a cadence: `every 2 weeks`."""
    months, days = cadence.months, cadence.days
    if cadence.never:
        return msg("on demand")
    if months and not days:
        return _years(months // 12) if months % 12 == 0 else _months(months)
    if days % 7 == 0 and not months:
        return _weeks(days // 7)
    return _days(interval_days(cadence))


def _years(n: int) -> Message:
    return msg("every year") if n == 1 else nmsg("every {n} year", "every {n} years", n)


def _months(n: int) -> Message:
    return msg("every month") if n == 1 else nmsg("every {n} month", "every {n} months", n)


def _weeks(n: int) -> Message:
    return msg("every week") if n == 1 else nmsg("every {n} week", "every {n} weeks", n)


def _days(n: int) -> Message:
    return msg("every day") if n == 1 else nmsg("every {n} day", "every {n} days", n)
