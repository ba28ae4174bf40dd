"""Under which name, and in which form, a property is written into a note.

The name is one that the note has, or one in the manner of its others; the form is that of
the value which stands there, or the one that the name's own program reads. Where a program
has no word for what is meant, the tool's own name says it, which is read before the others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vaulttool.locale import fold, words_of
from vaulttool.markdown.properties import set_property
from vaulttool.people.cadence import interval_days, parse_cadence
from vaulttool.people.dialects import property_named, tier_for
from vaulttool.people.rules import circle_words
from vaulttool.people.schema import LISTED, key_form, lookup
from vaulttool.people.written import listed_properties, set_listed

if TYPE_CHECKING:
    from vaulttool.markdown.scalars import NewValue
    from vaulttool.model import Note, Property
    from vaulttool.people.schema import Schema
    from vaulttool.settings import Settings

_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
_DAYS = frozenset({"prm_cadence", "custom_frequency_days"})  # a number, and nothing else
_TEAM_WORDS = ("weekly", "biweekly", "monthly")  # of Team Manager, beside numbers of days
_YES_NO = (("yes", "no"), ("да", "нет"))
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}\Z")


def with_value(
    text: str,
    schema: Schema,
    note: Note,
    native: str,
    value: NewValue,
    settings: Settings,
    typed: str = "",
) -> str:
    """The text of a note with a property set; raises `RefusedError` where that is not safe.

    `typed` is the name that was given for it.

    A note without properties whose facts stand in the list at its head gets another item
    there: the program that the list is for does not know properties.
    """
    listed = tuple(listed_properties(note))
    as_list = not note.properties and native in LISTED and bool(schema.written(note))
    if not (as_list and listed):
        key, written = place_for(schema, note, native, value, settings, typed)
        return set_property(text, key, written)
    as_listed = replace(note, properties=listed)
    key, written = place_for(schema, as_listed, native, value, settings, typed)
    return set_listed(text, listed, key, _on_a_line(written))


def _on_a_line(value: NewValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def place_for(
    schema: Schema,
    note: Note,
    native: str,
    value: NewValue,
    settings: Settings,
    typed: str = "",
) -> tuple[str, NewValue]:
    """The name and the form in which a property is to be given a value in a note."""
    key = schema.key_for(note, native, typed)
    old = next((item for item in note.properties if item.key == key), None)
    form = key_form(key)
    if native == "circle" and isinstance(value, str):
        if form == "prm_tier":
            tier = tier_for(circle_words(lookup(value, "circles") or value, settings) or "")
            return (key, tier) if tier else (native, value)
        return key, _in_language(key, value, "circles")
    if native == "every" and isinstance(value, str):
        return _cadence(key, form, old, note, value)
    if isinstance(value, bool):
        return key, _flag(old, value)
    if isinstance(value, date):
        return key, _date(old, value)
    return key, value


def _in_language(key: str, value: str, table: str) -> str:
    """A word of the tool's in the language of the name that it stands under."""
    if not _RUSSIAN.search(key):
        return value
    forms = getattr(words_of("ru"), table).get(value)
    return str(forms[0]) if forms else value


def _cadence(
    key: str, form: str, old: Property | None, note: Note, value: str
) -> tuple[str, NewValue]:
    cadence = parse_cadence(value)
    if cadence is None:
        return key, value
    if cadence.never and form in (*_DAYS, "x_frm_frequency"):
        return "every", value
    if cadence.never:
        return key, words_of("ru").never[0] if _RUSSIAN.search(key) else value
    if form == "x_frm_frequency":
        whole = cadence.months and not cadence.days
        return key, f"{cadence.months}m" if whole else f"{interval_days(cadence)}d"
    of_team = form == "cadence" and _is_of_team(note) and fold(value) not in _TEAM_WORDS
    in_days = form in _DAYS or _is_number(old) or of_team
    return key, interval_days(cadence) if in_days else value


def _is_number(old: Property | None) -> bool:
    return old is not None and isinstance(old.raw, str) and old.raw.strip().isdecimal()


def _is_of_team(note: Note) -> bool:
    """Whether a note is one of Team Manager: its cadence is days, or one of three words."""
    return property_named(note, "relation") is not None


def _flag(old: Property | None, value: bool) -> NewValue:
    """Yes or no, as the note says it where it says it in words."""
    for yes, no in _YES_NO:
        if old is not None and isinstance(old.value, str) and fold(old.value) in (yes, no):
            return yes if value else no
    return value


def _date(old: Property | None, value: date) -> NewValue:
    """A date as the one that stands there: in digits with dots, or as a link."""
    text = old.raw.strip() if old is not None and isinstance(old.raw, str) else ""
    if _DOTTED.match(text):
        return f"{value:%d.%m.%Y}"
    return f"[[{value.isoformat()}]]" if text.startswith("[[") else value
