"""Reads the values of a contact's properties, each from its raw text.

What cannot be read becomes a problem with file and line, and the rest of the note still
counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.markdown.dates import read_date, read_partial
from vaulttool.markdown.values import plain, texts
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.cadence import in_place_of_rule, parse_cadence
from vaulttool.people.local import find_zone
from vaulttool.people.schema import read_depth, read_flag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from vaulttool.contact import Cadence, Depth, PartialDate
    from vaulttool.message import Message
    from vaulttool.model import Note
    from vaulttool.people.schema import Schema

T = TypeVar("T")

_WEEKDAY_RANGE = re.compile(r"\s*[-–—]\s*")
_HOURS = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?\Z")


class Reader:
    """Reads the values of one note, gathering the problems on the way."""

    def __init__(self, note: Note, schema: Schema) -> None:
        self.schema = schema
        self.properties = schema.read(note)
        self.problems: list[Problem] = []
        self._path = note.path

    def line(self, name: str) -> int | None:
        """The line of a property."""
        return self.properties[name].line if name in self.properties else None

    def texts(self, name: str) -> list[str]:
        """The scalars of a property."""
        if name not in self.properties:
            return []
        if isinstance(self.properties[name].raw, dict):
            self._problem(name, "bad-value", msg("a text or a list of texts"), "{}")
        return texts(self.properties[name].raw)

    def lines(self, name: str) -> Iterator[tuple[str, int]]:
        """The scalars of a property, each with its line."""
        if name in self.properties:
            item = self.properties[name]
            values = texts(item.raw)
            same = len(item.item_lines) == len(values)
            yield from zip(
                values, item.item_lines if same else [item.line] * len(values), strict=True
            )

    def text(self, name: str) -> str | None:
        """The words of a property that is one text."""
        values = self.texts(name)
        if len(values) > 1:
            self._problem(name, "bad-value", msg("one text"), ", ".join(values))
        return plain(values[0]) if values else None

    def date(self, name: str) -> date | None:
        """A whole date."""
        return self._read(name, read_date, "bad-date", msg("a date such as 2026-11-02"))

    def partial(self, name: str) -> PartialDate | None:
        """A date at its own precision."""
        expected = msg("a date such as 1988-03-14, 03-14 or 1988")
        return self._read(name, read_partial, "bad-date", expected)

    def cadence(self, name: str) -> Cadence | None:
        """A cadence."""
        expected = msg("a cadence such as 2 weeks, quarterly or never")
        values = texts(self.properties[name].raw) if name in self.properties else []
        if values and (words := in_place_of_rule(values[0])):
            expected = msg("“{words}” (repetition rules are not read)", words=words)
        return self._read(name, parse_cadence, "bad-cadence", expected)

    def depth(self, name: str) -> Depth | None:
        """A depth."""
        expected = msg("light, message or talk")
        return self._read(name, read_depth, "bad-depth", expected)

    def flag(self, name: str) -> bool:
        """Yes or no; a property that is not there is no."""
        return self._read(name, read_flag, "bad-flag", msg("true or false")) or False

    def number(self, name: str) -> float | None:
        """A number above zero."""
        return self._read(name, _read_number, "bad-number", msg("a number above 0"))

    def hours(self, name: str) -> str | None:
        """Hours of the day, as `10:00–18:00`."""
        return self._read(name, _read_hours, "bad-hours", msg("hours such as 10:00-18:00"))

    def timezone(self, name: str) -> str | None:
        """A time zone, as it is written."""
        expected = msg("a time zone such as Europe/Berlin or UTC+3")
        return self._read(name, _read_timezone, "bad-timezone", expected)

    def weekdays(self, name: str) -> frozenset[int] | None:
        """Days of the week, Monday being 0."""
        joined = ", ".join(self.texts(name))
        if not joined:
            return None
        days = read_weekdays(joined)
        if days is None:
            self._problem(name, "bad-days", msg("days such as mon-fri"), joined)
        return days

    def problem(self, name: str, code: str, line: int, expected: Message, found: str) -> None:
        """Say that a value could not be read."""
        message = msg("{name}: expected {expected}, found “{found}”",
            name=name, expected=expected, found=found)  # fmt: skip
        self.problems.append(Problem(code, "warning", self._path, line, message))

    def _read(
        self, name: str, read: Callable[[str], T | None], code: str, expected: Message
    ) -> T | None:
        if name not in self.properties:
            return None
        values = texts(self.properties[name].raw)
        value = read(values[0]) if len(values) == 1 else None
        if value is None:
            self._problem(name, code, expected, ", ".join(values) or "{}")
        return value

    def _problem(self, name: str, code: str, expected: Message, found: str) -> None:
        item = self.properties[name]
        self.problem(item.key, code, item.line, expected, found)


def _read_number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if 0 < number < 1000 else None


def _read_hours(text: str) -> str | None:
    match = _HOURS.match(text.strip())
    if match is None:
        return None
    start, first, end, last = match.groups(default="00")
    if int(start) > 24 or int(end) > 24 or int(first) > 59 or int(last) > 59:
        return None
    return f"{int(start):02}:{first}–{int(end):02}:{last}"


def _read_timezone(text: str) -> str | None:
    return text.strip() if find_zone(text) else None


def read_weekdays(text: str) -> frozenset[int] | None:
    """Read `mon-fri`, `вт, чт`: the days of the week, Monday being 0."""
    days: set[int] = set()
    for part in re.split(r"[,;/]\s*|\s+(?=\w)(?<![-–—]\s)", fold(text)):
        ends = [_weekday(word) for word in _WEEKDAY_RANGE.split(part)]
        if not 1 <= len(ends) <= 2 or None in ends:
            return None
        first, last = (day for day in (ends[0], ends[-1]) if day is not None)
        days.update(day % 7 for day in range(first, last + (7 if last < first else 0) + 1))
    return frozenset(days)


def _weekday(word: str) -> int | None:
    for lang in LANGUAGES:
        for day, forms in enumerate(words_of(lang).weekday_words):
            if word in forms:
                return day
    return None
