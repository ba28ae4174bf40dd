"""What a moment.js pattern is made of: tokens, the calendar's names, and the rules for weeks.

`moment.py` writes and reads by these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from vaulttool.locale import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaulttool.model import Language

# --- A pattern -----------------------------------------------------------------------------

_TOKEN: Final = re.compile(
    r"\[[^\[]*\]|\\?(?:[Hh]mm(?:ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[o|w]?|W[o|W]?|Qo?"
    r"|N{1,5}|YYYYYY|YYYYY|YYYY|YY|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?"
    r"|ss?|S{1,9}|x|X|zz?|ZZ?|.)"
)
_LONG: Final = re.compile(r"\[[^\[]*\]|\\?(?:LTS|LT|LL?L?L?|l{1,4})")
_LONG_FORMS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "LT": "h:mm A",
        "LTS": "h:mm:ss A",
        "L": "MM/DD/YYYY",
        "LL": "MMMM D, YYYY",
        "LLL": "MMMM D, YYYY h:mm A",
        "LLLL": "dddd, MMMM D, YYYY h:mm A",
        "l": "M/D/YYYY",
        "ll": "MMM D, YYYY",
        "lll": "MMM D, YYYY h:mm A",
        "llll": "ddd, MMM D, YYYY h:mm A",
    },
    "ru": {
        "LT": "H:mm",
        "LTS": "H:mm:ss",
        "L": "DD.MM.YYYY",
        "LL": "D MMMM YYYY г.",
        "LLL": "D MMMM YYYY г., H:mm",
        "LLLL": "dddd, D MMMM YYYY г., H:mm",
        "l": "D.M.YYYY",
        "ll": "D MMM YYYY г.",
        "lll": "D MMM YYYY г., H:mm",
        "llll": "ddd, D MMM YYYY г., H:mm",
    },
}
_JOINED: Final = {
    "hmm": ("h", "mm"), "hmmss": ("h", "mm", "ss"), "Hmm": ("H", "mm"), "Hmmss": ("H", "mm", "ss")
}  # fmt: skip


def tokens_of(pattern: str, lang: Language) -> tuple[str, ...]:
    """A pattern taken apart; what is no token of moment's stands for itself, see `literal`."""
    found = _TOKEN.findall(expand(pattern, lang))
    return tuple(part for token in found for part in _JOINED.get(token, (token,)))


def expand(pattern: str, lang: Language) -> str:
    """The pattern with a language's own forms, `L` to `llll`, spelled out."""
    return _LONG.sub(lambda match: _LONG_FORMS[lang].get(match[0], match[0]), pattern)


def literal(token: str) -> str:
    """The text that a token stands for: without its brackets, or its backslash."""
    if len(token) > 1 and token.startswith("["):
        return token[1:-1]
    return token.replace("\\", "")


# --- Names ---------------------------------------------------------------------------------

# What makes moment inflect a name: a month right after its day, a weekday after `[в]`.
DAY_AND_MONTH: Final = re.compile(r"D[oD]?(?:\[[^\[\]]*\]|\s)+MMMM?")
ON_WEEKDAY: Final = re.compile(r"\[ ?[Вв] ?(?:прошлую|следующую|эту)? ?\] ?dddd")


def calendar_names(lang: Language) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each naming token the names on their own, and as a date inflects them.

    Months from January, weekdays from Sunday, for that is how moment numbers them.
    """
    words = words_of(lang)
    short, least = _from_sunday(words.weekdays_short), _from_sunday(words.weekdays_min)
    on_weekdays = tuple(phrase.split()[-1] for phrase in words.on_weekdays)
    return {
        "MMMM": (words.months, words.months_in_dates),
        "MMM": (words.months_short, words.months_short_in_dates),
        "dddd": (_from_sunday(words.weekdays), _from_sunday(on_weekdays)),
        "ddd": (short, short),
        "dd": (least, least),
    }


def _from_sunday(weekdays: tuple[str, ...]) -> tuple[str, ...]:
    return weekdays[-1:] + weekdays[:-1]


# --- Weeks ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WeekRule:
    """How weeks are counted; weekdays are numbered as in moment, Sunday 0."""

    first: int  # the weekday that a week begins with
    january: int  # the day of January that always lies in week 1


ISO: Final = WeekRule(first=1, january=4)
WEEKS: Final[Mapping[Language, WeekRule]] = {"en": WeekRule(first=0, january=1), "ru": ISO}


def weekday_of(day: date) -> int:
    """The weekday as moment numbers it, Sunday 0."""
    return day.isoweekday() % 7


def week_of(day: date, rule: WeekRule) -> tuple[int, int]:
    """The year that a day's week belongs to, and the week's number in it.

    It is the year of that weekday on which week 1 may begin the year: Thursday for ISO.
    """
    since_first = (weekday_of(day) - rule.first) % 7
    anchor = day + timedelta(days=7 - rule.january - since_first)
    return anchor.year, (day_of_year(anchor) - 1) // 7 + 1


def day_of_week(year: int, week: int, weekday: int, rule: WeekRule) -> date | None:
    """The day that a week and a weekday fix; None when the year has no such week."""
    inside = date(year, 1, rule.january)
    days = (weekday - rule.first) % 7 - (weekday_of(inside) - rule.first) % 7
    day = inside + timedelta(days=7 * (week - 1) + days)
    return day if week_of(day, rule) == (year, week) else None


def day_of_year(day: date) -> int:
    """1 for the first of January."""
    return day.timetuple().tm_yday
