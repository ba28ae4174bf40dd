"""The value that words on a command line mean for a property: a day, a list, yes or no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.errors import UsageError
from vaulttool.locale import fold
from vaulttool.markdown.dates import make_date, read_date, read_partial
from vaulttool.markdown.properties import ALWAYS_LISTS
from vaulttool.message import msg
from vaulttool.people.days import day_named, day_of_a_month
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
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", re.ASCII)
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\b")
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
    if native == "birthday":
        return _scalar(_birthday(text, old, key))
    if native == "priority":
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


def _birthday(text: str, old: Property | None, key: str) -> str:
    """A birthday in digits; as it was typed where it is in them already."""
    named = None if read_partial(text) else day_of_a_month(text)
    if named is None:
        _expect_no_slashes(text, key)
        return text
    if named.year is not None:
        return f"{named.year:04}-{named.month:02}-{named.day:02}"
    is_dotted = old is not None and isinstance(old.raw, str) and _DOTTED.match(old.raw.strip())
    return f"{named.day:02}.{named.month:02}" if is_dotted else f"{named.month:02}-{named.day:02}"


def _expect_no_slashes(text: str, key: str) -> None:
    """Raise for a day such as `3/4`, which is another one on the other side of an ocean."""
    match = _SLASHES.fullmatch(text)
    if match is None:
        return
    one, other, year = int(match[1]), int(match[2]), match[3]
    days = [
        f"{year}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"
        for month, day in sorted({(one, other), (other, one)})
        if make_date(int(year or 2000), month, day)
    ]
    if len(days) > 1:
        raise UsageError(
            msg("{key}: “{found}” may be two days: write {first} or {second}, the month first",
                key=key, found=text, first=days[0], second=days[1])
        )  # fmt: skip
    if days:
        raise UsageError(
            msg("{key}: write {expected} for “{found}”, the month first",
                key=key, expected=days[0], found=text)
        )  # fmt: skip


def _day_or_text(text: str) -> NewValue:
    """A whole ISO date stands without quotes, as Obsidian writes it."""
    day = read_date(text)
    return day if day and day.isoformat() == text else text


def _scalar(text: str) -> NewValue:
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else _day_or_text(text)
