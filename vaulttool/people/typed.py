"""The value that words on a command line mean for a property: a day, a list, yes or no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.properties import ALWAYS_LISTS
from vaulttool.people.days import day_named
from vaulttool.people.schema import read_flag

if TYPE_CHECKING:
    from datetime import date

    from vaulttool.markdown.scalars import NewValue
    from vaulttool.model import Property
    from vaulttool.settings import Settings

LISTS = frozenset(
    {"aliases", "tags", "boundaries", "dates", "prefers", "interests", "relations"}
    | {"groups", "members", "people"}
)
LISTS_OF_SEVERAL = frozenset({"email", "phone", "telegram", "url", "household"})  # one is a text
_FLAGS = frozenset({"pause", "private", "died"})
_BEHIND = frozenset({"last_contact", "bumped", "verified", "created", "wished", "date"})
_AHEAD = frozenset({"next", "snooze_until"})
# Commas inside of a link divide nothing: `[[Smith, John]]`; nor do those of an address.
_COMMA = re.compile(r",(?![^\[\]]*\]\])")
_COMMA_SPACE = re.compile(r",\s+")
_WHOLE_NUMBER = re.compile(r"0|[1-9]\d{0,14}", re.ASCII)


def value_of(native: str, text: str, old: Property | None, key: str, today: date) -> NewValue:
    """The value of a property that the tool knows, in the form that stands there already."""
    if native in _FLAGS:
        flag = read_flag(text)
        return flag if flag is not None else _day_or_text(text)
    if native in _BEHIND or native in _AHEAD:
        return day_named(text, today, past=native in _BEHIND) or text
    if native == "every" and text.isdecimal():
        return f"{text} days"
    if native in ("birthday", "priority"):
        return _scalar(text)
    if native in LISTS or native in LISTS_OF_SEVERAL:
        return _list_or_text(parts_of(native, text), native, old, key)
    return text


def own_value(
    native: str, text: str, old: Property | None, settings: Settings, key: str
) -> NewValue:
    """The value of just the property that is named: of the type that the vault gives it."""
    kind = settings.property_types.get(fold(key), "")
    if kind == "multitext" or (old and isinstance(old.value, list)):
        return parts_of("", text)
    if native or kind == "text":
        return text
    return {"true": True, "false": False}.get(fold(text), _scalar(text))


def parts_of(native: str, text: str) -> list[str]:
    """The items of a list with commas."""
    comma = _COMMA_SPACE if native == "url" else _COMMA
    parts = [part.strip() for part in comma.split(text) if part.strip()]
    return [part.removeprefix("#") for part in parts] if native == "tags" else parts


def _list_or_text(parts: list[str], native: str, old: Property | None, key: str) -> NewValue:
    """Several values as a list; one as a text where a text stands, or one is usual."""
    if key.isupper():  # a vCard's: `CATEGORIES: friends,work`
        return ",".join(parts)
    is_list = old is not None and isinstance(old.value, list)
    is_text = old is not None and isinstance(old.value, str)
    usual = native in LISTS and not (is_text and fold(key) not in ALWAYS_LISTS)
    return parts if is_list or usual or len(parts) != 1 else parts[0]


def _day_or_text(text: str) -> NewValue:
    """A whole ISO date stands without quotes, as Obsidian writes it."""
    day = read_date(text)
    return day if day and day.isoformat() == text else text


def _scalar(text: str) -> NewValue:
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else _day_or_text(text)
