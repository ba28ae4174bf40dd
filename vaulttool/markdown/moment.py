"""Dates in moment.js patterns, with which Obsidian names daily notes and fills templates.

`format_moment` writes what moment 2.29.4, the one that Obsidian carries, would write;
`parse_moment` reads a name back as strictly as moment does. `tests/cases/moment.json`,
made by the original, holds them to it.

Where `parse_moment` leaves moment's ways, it is to read right or not at all:

- nothing is filled in from the current date, and a quarter fixes no month;
- the day is the one that stands in the text: no time, offset or timestamp moves it;
- a week and any weekday (`E`, `e`, `d`, or a name) fix a day;
- names may touch other letters, weekdays may be in the accusative as Russian writes them,
  and of the abbreviated months only the forms that moment writes are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from vaulttool.locale import fold
from vaulttool.markdown.moment_pattern import (
    DAY_AND_MONTH,
    ISO,
    ON_WEEKDAY,
    WEEKS,
    WeekRule,
    calendar_names,
    day_of_week,
    day_of_year,
    expand,
    literal,
    tokens_of,
    week_of,
    weekday_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaulttool.model import Language

# --- Writing -------------------------------------------------------------------------------

_NO_PATTERN: Final = "YYYY-MM-DDTHH:mm:ssZ"  # what moment writes when it is given none
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _milliseconds(when: datetime) -> int:
    """Since the epoch; a time that knows no zone is taken as UTC."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(milliseconds=1)


def _offset(when: datetime, colon: str) -> str:
    minutes = (when.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{colon}{rest:02}"


def _meridiem(when: datetime, lang: Language) -> str:
    if lang == "en":
        return "PM" if when.hour > 11 else "AM"
    ends = ((4, "ночи"), (12, "утра"), (17, "дня"), (24, "вечера"))
    return next(word for end, word in ends if when.hour < end)


def _ordinal(token: str, number: int, lang: Language) -> str:
    if lang == "ru":
        endings = {"Mo": "-й", "do": "-й", "DDDo": "-й", "Do": "-го", "wo": "-я", "Wo": "-я"}
        return f"{number}{endings.get(token, '')}"
    teens = number % 100 // 10 == 1
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


# Each row: tokens with their least number of digits, and the number that they write.
_NUMBER_ROWS: Final[tuple[tuple[Mapping[str, int], Callable[[datetime, WeekRule], int]], ...]] = (
    ({"Y": 4, "YYYY": 4, "YYYYY": 5, "y": 1, "yy": 2, "yyy": 3, "yyyy": 4}, lambda t, _: t.year),
    ({"YY": 2}, lambda t, _: t.year % 100),
    ({"Q": 1}, lambda t, _: (t.month + 2) // 3),
    ({"M": 1, "MM": 2}, lambda t, _: t.month),
    ({"D": 1, "DD": 2}, lambda t, _: t.day),
    ({"DDD": 1, "DDDD": 3}, lambda t, _: day_of_year(t)),
    ({"d": 1}, lambda t, _: weekday_of(t)),
    ({"e": 1}, lambda t, weeks: (weekday_of(t) - weeks.first) % 7),
    ({"E": 1}, lambda t, _: t.isoweekday()),
    ({"gggg": 4, "ggggg": 5}, lambda t, weeks: week_of(t, weeks)[0]),
    ({"gg": 2}, lambda t, weeks: week_of(t, weeks)[0] % 100),
    ({"w": 1, "ww": 2}, lambda t, weeks: week_of(t, weeks)[1]),
    ({"GGGG": 4, "GGGGG": 5}, lambda t, _: week_of(t, ISO)[0]),
    ({"GG": 2}, lambda t, _: week_of(t, ISO)[0] % 100),
    ({"W": 1, "WW": 2}, lambda t, _: week_of(t, ISO)[1]),
    ({"H": 1, "HH": 2}, lambda t, _: t.hour),
    ({"h": 1, "hh": 2}, lambda t, _: t.hour % 12 or 12),
    ({"k": 1, "kk": 2}, lambda t, _: t.hour or 24),
    ({"m": 1, "mm": 2}, lambda t, _: t.minute),
    ({"s": 1, "ss": 2}, lambda t, _: t.second),
    ({"X": 1}, lambda t, _: _milliseconds(t) // 1000),
    ({"x": 1}, lambda t, _: _milliseconds(t)),
)
_NUMBERS: Final = {
    token: (width, number) for tokens, number in _NUMBER_ROWS for token, width in tokens.items()
}
_ORDINALS: Final = {
    "Mo": "M", "Qo": "Q", "Do": "D", "DDDo": "DDD", "do": "d", "wo": "w", "Wo": "W", "yo": "y"
}  # fmt: skip
_TEXTS: Final[Mapping[str, Callable[[datetime, Language], str]]] = {
    "YYYYYY": lambda t, _: f"+{t.year:06}",
    "A": _meridiem,
    "a": lambda t, lang: _meridiem(t, lang).lower(),
    "Z": lambda t, _: _offset(t, ":"),
    "ZZ": lambda t, _: _offset(t, ""),
    "z": lambda _t, _: "",
    "zz": lambda _t, _: "",
    "NNNN": lambda _t, _: "Anno Domini",
    **dict.fromkeys(("N", "NN", "NNN", "NNNNN"), lambda _t, _: "AD"),
}


@dataclass(frozen=True, slots=True)
class _Writer:
    """A pattern made ready to write."""

    tokens: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]  # in the forms that the pattern asks for
    lang: Language
    weeks: WeekRule


@lru_cache(maxsize=256)
def _writer(pattern: str, lang: Language) -> _Writer:
    expanded = expand(pattern, lang)
    inflect = {"M": bool(DAY_AND_MONTH.search(expanded)), "d": bool(ON_WEEKDAY.search(expanded))}
    names = {token: forms[inflect[token[0]]] for token, forms in calendar_names(lang).items()}
    return _Writer(tokens_of(pattern, lang), names, lang, WEEKS[lang])


def _write(token: str, when: datetime, writer: _Writer) -> str:
    if token in _NUMBERS:
        width, number = _NUMBERS[token]
        return f"{number(when, writer.weeks):0{width}}"
    if token in writer.names:
        index = when.month - 1 if token.startswith("M") else weekday_of(when)
        return writer.names[token][index]
    if token in _ORDINALS:
        _, number = _NUMBERS[_ORDINALS[token]]
        return _ordinal(token, number(when, writer.weeks), writer.lang)
    if token in _TEXTS:
        return _TEXTS[token](when, writer.lang)
    if token.startswith("S"):
        return f"{when.microsecond // 1000:03}000000"[: len(token)]
    return literal(token)


def format_moment(when: datetime, pattern: str, lang: Language) -> str:
    """Write a time as `moment(when).locale(lang).format(pattern)` does.

    A time without a zone is taken as UTC: `Z` is `+00:00`, `ZZ` is `+0000`. `z` is
    always empty, as moment leaves it for local times.

    Raises:
        OverflowError: for English week numbers of 31 December 9999, the year 10000's.

    """
    writer = _writer(pattern or _NO_PATTERN, lang)
    return "".join(_write(token, when, writer) for token in writer.tokens)


# --- Reading -------------------------------------------------------------------------------

# The shape of what a token reads, and the field that it sets. A token without a field says
# nothing about the day, but what stands there must be a time.
_SHAPES: Final = {
    "[0-9]": "Q S",
    "[0-9]{1,2}": "M D d e E w W",
    "[0-9]{2}": "MM DD ww WW YY GG gg SS",
    "[0-9]{1,3}": "DDD",
    "[0-9]{3}": "DDDD SSS",
    "[0-9]{4}": "YYYY GGGG gggg",
    "[+-]?[0-9]{6}": "YYYYY YYYYYY GGGGG ggggg",
    "[0-9]+": "y yy yyy yyyy SSSS SSSSS SSSSSS SSSSSSS SSSSSSSS SSSSSSSSS",
    "[+-]?[0-9]+": "Y x",
    r"[+-]?[0-9]+(?:\.[0-9]{1,3})?": "X",
    "1[0-9]|2[0-3]|0?[0-9]": "H",
    "[01][0-9]|2[0-3]": "HH",
    "1[0-2]|0?[1-9]": "h",
    "0[1-9]|1[0-2]": "hh",
    "1[0-9]|2[0-4]|0?[0-9]": "k",
    "[01][0-9]|2[0-4]": "kk",
    "[0-5]?[0-9]": "m s",
    "[0-5][0-9]": "mm ss",
    "(?i:Z)|[+-][0-9]{2}(?::?[0-9]{2})?": "Z ZZ",
}
_LANGUAGE_SHAPES: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {"[0-9]{1,2}(?:th|st|nd|rd)": "Do", r"(?i:[ap]\.?m?\.?)": "a A"},
    "ru": {"[0-9]{1,2}-(?:й|го|я)": "Do", "(?i:ночи|утра|дня|вечера)": "a A"},
}
_ORDINAL_ENDINGS: Final = "thsndr-йгоя"
_FIELD_TOKENS: Final = {
    "year": "Y YYYY YY YYYYY YYYYYY y yy yyy yyyy",
    "month": "M MM MMM MMMM",
    "day": "D DD Do",
    "day of year": "DDD DDDD",
    "weekday": "d dd ddd dddd",
    "local weekday": "e",
    "ISO weekday": "E",
    "week year": "gg gggg ggggg",
    "week": "w ww",
    "ISO year": "GG GGGG GGGGG",
    "ISO week": "W WW",
}
_FIELDS: Final = {
    token: field for field, tokens in _FIELD_TOKENS.items() for token in tokens.split()
}
_UNREADABLE: Final = frozenset(
    ("Mo", "Qo", "DDDo", "do", "wo", "Wo", "yo", "z", "zz", "N", "NN", "NNN", "NNNN", "NNNNN")
)


@dataclass(frozen=True, slots=True)
class _Reader:
    """A pattern made ready to read: its expression has one group for each of `tokens`."""

    expression: re.Pattern[str]
    tokens: tuple[str, ...]  # those that set a field
    numbers: Mapping[str, Mapping[str, int]]  # naming token -> folded name -> number
    weeks: WeekRule


@lru_cache(maxsize=256)
def _reader(pattern: str, lang: Language) -> _Reader | None:
    """How to read a pattern back; None when moment cannot read one of its tokens."""
    tokens = tokens_of(pattern, lang)
    if _UNREADABLE.intersection(tokens):
        return None
    numbers = {token: _numbered(token, forms) for token, forms in calendar_names(lang).items()}
    shapes = _shapes(lang, numbers)
    expression = re.compile("".join(_part(token, shapes) for token in tokens))
    fields = tuple(token for token in tokens if token in _FIELDS)
    return _Reader(expression, fields, numbers, WEEKS[lang])


def _numbered(token: str, forms: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    start = 1 if token.startswith("M") else 0
    return {fold(name): number for names in forms for number, name in enumerate(names, start)}


def _shapes(lang: Language, numbers: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """What each token reads, names included, the longest first."""
    by_shape = {**_SHAPES, **_LANGUAGE_SHAPES[lang]}
    shapes = {token: shape for shape, tokens in by_shape.items() for token in tokens.split()}
    for token, names in numbers.items():
        longest_first = sorted(map(re.escape, names), key=len, reverse=True)
        shapes[token] = f"(?i:{'|'.join(longest_first)})"
    return shapes


def _part(token: str, shapes: Mapping[str, str]) -> str:
    if token not in shapes:
        return re.escape(literal(token))
    if token not in _FIELDS:
        return f"(?:{shapes[token]})"
    # Atomic, for moment takes all that a token can get and never tries again with less.
    return f"((?>{shapes[token]}))"


def _number(token: str, text: str, reader: _Reader) -> int | None:
    if token in reader.numbers:
        return reader.numbers[token].get(fold(text))
    number = int(text.rstrip(_ORDINAL_ENDINGS))
    if token in {"YY", "GG", "gg"}:
        return number + (1900 if number > 68 else 2000)
    return number


def _day(fields: Mapping[str, int], weeks: WeekRule) -> date | None:
    """The day that the fields fix, if they do; ValueError or OverflowError if it is none."""
    year = fields.get("year")
    if year is not None and "day of year" in fields:
        day = date(year, 1, 1) + timedelta(days=fields["day of year"] - 1)
        return day if day.year == year else None
    if year is not None and "month" in fields and "day" in fields:
        return date(year, fields["month"], fields["day"])
    weekday = _day_in_week(fields, weeks)
    if weekday is None:
        return None
    for year_field, week_field, rule in (
        ("ISO year", "ISO week", ISO),
        ("week year", "week", weeks),
    ):
        week_year = fields.get(year_field, year)
        if week_year is not None and week_field in fields:
            return day_of_week(week_year, fields[week_field], weekday, rule)
    return None


def _day_in_week(fields: Mapping[str, int], weeks: WeekRule) -> int | None:
    """The weekday, Sunday 0; ValueError if there is no such weekday."""
    for field, least, shift in (
        ("ISO weekday", 1, 0),
        ("local weekday", 0, weeks.first),
        ("weekday", 0, 0),
    ):
        if field in fields:
            if not least <= fields[field] < least + 7:
                raise ValueError(field)
            return (fields[field] + shift) % 7
    return None


def parse_moment(text: str, pattern: str, lang: Language) -> date | None:
    """Read a whole name back, as strictly as `moment(text, pattern, true)`.

    None when the text does not fit, when there is no such day, when a weekday that is
    named or numbered by `d` is not the day's, and when the pattern does not fix a day.
    Month and weekday names are read in both cases of the language, capital or not.
    """
    reader = _reader(pattern, lang)
    match = reader and reader.expression.fullmatch(text)
    if not (reader and match):
        return None
    fields: dict[str, int] = {}
    try:
        for token, part in zip(reader.tokens, match.groups(), strict=True):
            number = _number(token, part, reader)
            if number is None:
                return None
            fields[_FIELDS[token]] = number
        day = _day(fields, reader.weeks)
    except (ValueError, OverflowError):
        return None
    if day is None or fields.get("weekday", weekday_of(day)) != weekday_of(day):
        return None
    return day
