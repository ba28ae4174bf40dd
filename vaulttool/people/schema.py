"""The properties of a contact: their names in every dialect, and how values are read.

One table maps the names; `[properties]` in `vaulttool.toml` adds to it. Values are read
from their raw text, never from what YAML made of it. What cannot be read becomes a
problem with file and line, and the rest of the note still counts.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypeVar

from vaulttool.contact import Depth
from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.markdown.dates import read_date, read_partial
from vaulttool.markdown.fields import field_properties
from vaulttool.markdown.values import plain, texts
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.cadence import in_place_of_rule, parse_cadence
from vaulttool.people.local import find_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.contact import Cadence, PartialDate
    from vaulttool.message import Message
    from vaulttool.model import Note, Property
    from vaulttool.settings import Settings

T = TypeVar("T")

PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "aliases": ("alias", "NICKNAME"),
    "tags": ("tag", "CATEGORIES"),
    "type": ("тип_заметки",),
    "circle": ("prm-tier", "tier", "relationship_type", "круг", "тип"),
    "stage": ("этап", "стадия"),
    "every": (
        *("cadence", "frequency", "keep_in_touch", "prm-cadence", "X-FRM-FREQUENCY"),
        *("частота", "раз_в"),
    ),
    "needs": ("минимум",),
    "last_contact": (
        *("last_contacted", "lastContact", "last_chat", "prm-last-contacted"),
        "последний_контакт",
    ),
    "next": ("next_contact", "next_follow_up", "next_followup", "следующий_контакт"),
    "snooze_until": ("prm-snooze-until", "отложить_до"),
    "pause": ("prm-paused", "пауза"),
    "died": ("умер", "умерла"),
    "boundaries": ("границы",),
    "birthday": ("BDAY", "prm-birthday", "день_рождения", "др"),
    "dates": ("anniversary", "даты"),
    "timezone": ("часовой_пояс",),
    "hours": ("время",),
    "days": ("дни",),
    "country": ("страна",),
    "prefers": ("предпочитает",),
    "email": ("почта",),
    "phone": ("TEL", "телефон"),
    "telegram": ("телеграм",),
    "linkedin": (),
    "url": (),
    "company": ("ORG", "компания"),
    "role": ("TITLE", "должность"),
    "city": ("prm-location", "based-in", "город"),
    "met": ("познакомились",),
    "interests": ("topics", "интересы"),
    "relations": ("friends", "introduced_by", "связи"),
    "household": ("family", "семья"),
    "groups": ("группы",),
    "members": ("участники_группы",),
    "verified": ("synced", "REV", "проверено"),
    "private": ("личное",),
    "priority": ("приоритет",),
    "created": ("создано",),
    # Of a dated note.
    "people": ("attendees", "participants", "участники"),
    "channel": ("канал",),
}
"""Native name -> the other names that are read as it, in the order of preference."""

_MANNERS = (re.compile(r"[а-яё]", re.IGNORECASE), re.compile(r"prm-"))
_NUMBERED = frozenset({"email", "phone", "url"})  # `email_2` is a further value
_WEEKDAY_RANGE = re.compile(r"\s*[-–—]\s*")
_HOURS = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?\Z")


@functools.lru_cache(maxsize=4096)
def key_form(key: str) -> str:
    """The form in which property names are compared: `-`, `_`, `.` and space are equal.

    The type of a vCard-style key (`TEL[CELL]`) is dropped.
    """
    bare = fold(key).partition("[")[0]
    return re.sub(r"[-_. ]", "_", bare)


class Schema:
    """The names of the properties in one vault."""

    def __init__(self, settings: Settings) -> None:
        self._native = _native_names(tuple(sorted(settings.property_names.items())))

    def read(self, note: Note) -> dict[str, Property]:
        """Give a note's properties under their native names; of several the best name wins.

        An inline field is read where no property says it.
        """
        inline = self._named(field_properties(note)) if note.fields else {}
        return inline | self._named(note.properties)

    def _named(self, properties: Iterable[Property]) -> dict[str, Property]:
        found: dict[str, tuple[int, Property]] = {}
        for item in properties:
            rank, native = self._ranked(item.key)
            if native and has_value(item) and (native not in found or rank < found[native][0]):
                found[native] = (rank, item)
        return {native: item for native, (_rank, item) in found.items()}

    def key_for(self, note: Note, native: str) -> str:
        """The name under which a property is to be written into a note.

        The one that the note has; else one in the manner of its others: Russian beside
        Russian names, `prm-…` beside those of that plugin; else the native one.
        """
        for item in sorted(note.properties, key=lambda item: self._ranked(item.key)[0]):
            if self.native(item.key) == native and not item.key.partition("[")[1]:
                return item.key
        known = [item.key for item in note.properties if self.native(item.key)]
        for manner in _MANNERS:
            names = [name for name in PROPERTIES.get(native, ()) if manner.match(name)]
            if names and sum(bool(manner.match(key)) for key in known) * 2 > len(known):
                return names[0]
        return native

    def native(self, key: str) -> str:
        """The native name of a property; "" where it is none of the tool's."""
        return self._ranked(key)[1]

    def _ranked(self, key: str) -> tuple[int, str]:
        form = key_form(key)
        return self._native.get(form) or self._numbered(form)

    def _numbered(self, form: str) -> tuple[int, str]:
        base, _mark, number = form.rpartition("_")
        rank, native = self._native.get(base, (0, ""))
        return (rank + 100, native) if number.isdigit() and native in _NUMBERED else (0, "")


@functools.lru_cache(maxsize=8)
def _native_names(
    added: tuple[tuple[str, tuple[str, ...]], ...],
) -> Mapping[str, tuple[int, str]]:
    """Every comparable name -> its rank among those of a property, and the native name."""
    found: dict[str, tuple[int, str]] = {}
    further = dict(added)
    for native, others in PROPERTIES.items():
        for rank, name in enumerate((native, *others, *further.get(native, ()))):
            found.setdefault(key_form(name), (rank, native))
    return found


def has_value(item: Property) -> bool:
    """Whether a property says anything: templates leave many empty."""
    return item.value is not None and item.value != [] and bool(str(item.value).strip())


class Reader:
    """Reads the values of one note, gathering the problems on the way."""

    def __init__(self, note: Note, schema: Schema) -> None:
        self.properties = schema.read(note)
        self.full_names = tuple(item for item in note.properties if key_form(item.key) == "fn")
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


def lookup(word: str, table: str) -> str | None:
    """Find the canonical word of a table (`circles`, `stages`) in either language."""
    folded = " ".join(fold(word).split())
    for lang in LANGUAGES:
        for canonical, forms in getattr(words_of(lang), table).items():
            if folded in forms or folded == canonical:
                return str(canonical)
    return None


def read_flag(text: str) -> bool | None:
    """Read yes or no."""
    folded = fold(text)
    if any(folded in words_of(lang).true for lang in LANGUAGES):
        return True
    return False if any(folded in words_of(lang).false for lang in LANGUAGES) else None


def read_depth(text: str) -> Depth | None:
    """Read a depth."""
    name = lookup(text, "depths")
    return Depth[name.upper()] if name else None


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


def all_words(table: str) -> Iterable[str]:
    """The words of a table in both languages."""
    return (word for lang in LANGUAGES for word in getattr(words_of(lang), table))
