"""Giving a contact's properties other values, as the words of a command say: `circle=key`.

The name may be any that is read, in either language; the note keeps its own. A value is
checked by reading the note that would be written: what would be a problem is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError, UsageError
from vaulttool.locale import fold
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.note import read_note
from vaulttool.markdown.properties import ALWAYS_LISTS, remove_property, set_property
from vaulttool.message import msg
from vaulttool.people.contacts import read_contact
from vaulttool.people.days import day_named
from vaulttool.people.doubts import property_doubts
from vaulttool.people.grounds import contact_ground
from vaulttool.people.reader import Reader
from vaulttool.people.schema import (
    DESCRIBING,
    FURTHER,
    PROPERTIES,
    Schema,
    all_words,
    describes,
    key_form,
    lookup,
    read_flag,
)
from vaulttool.people.slips import is_one_slip
from vaulttool.people.writing import with_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from vaulttool.markdown.scalars import NewValue
    from vaulttool.model import Note, Problem, Property
    from vaulttool.settings import Settings

_FLAGS = frozenset({"pause", "private"})
_BEHIND = frozenset({"last_contact", "bumped", "verified", "created", "wished", "date"})
_AHEAD = frozenset({"next", "snooze_until"})
_LISTS = frozenset(
    {"aliases", "tags", "boundaries", "dates", "prefers", "interests", "relations"}
    | {"groups", "members", "people"}
)
_LISTS_OF_SEVERAL = frozenset({"email", "phone", "telegram", "household"})  # one is a text
# Commas inside of a link divide nothing: `[[Smith, John]]`.
_COMMA = re.compile(r",(?![^\[\]]*\]\])")
_WHOLE_NUMBER = re.compile(r"0|[1-9]\d{0,14}")
_DERIVED = frozenset({"vault_last", "vault_next"})
_REFUSED = frozenset({"bad-tag", "property-type"})  # of what `check` finds doubtful
_LEAST = 4  # letters of a name in which a slip is told: `pet` is not meant to be `met`


@dataclass(frozen=True, slots=True)
class Assignment:
    """One `KEY=VALUE`."""

    key: str  # as typed
    text: str  # "": the property is taken away


def divided(words: Iterable[str]) -> tuple[str, list[Assignment]]:
    """Divide the words of a command into a name, and what stands behind it as `KEY=VALUE`.

    Words without `=` belong to what stands before them: `anna lee every=2 weeks`.
    """
    name: list[str] = []
    found: list[list[str]] = []
    for word in words:
        if "=" in word:
            found.append([word])
        else:
            (found[-1] if found else name).append(word)
    return " ".join(name), [_assignment(" ".join(part)) for part in found]


def _assignment(text: str) -> Assignment:
    key, _sign, value = text.partition("=")
    if not key.strip():
        raise UsageError(
            msg("expected a property and its value such as circle=key, found “{found}”", found=text)
        )
    return Assignment(key.strip(), " ".join(value.split()))


def assigned(
    path: str, text: str, wanted: Sequence[Assignment], settings: Settings, today: date
) -> str:
    """The text of a note with properties set or taken away.

    Raises `UsageError` for a value that would not be read, and `RefusedError` where an edit
    is not safe, or the note would be no contact any more.
    """
    new, schema = text, Schema(settings)
    for one in wanted:
        note = read_note(path, new)
        if one.text:
            new = _with(new, note, one, schema, settings, today)
        else:
            new = without(path, new, one.key, settings)
    _check(read_note(path, text), read_note(path, new), settings)
    return new


def without(path: str, text: str, key: str, settings: Settings) -> str:
    """The text of a note without a property.

    Under its native name all of its names go, so that none of the others is read instead.
    """
    note, schema = read_note(path, text), Schema(settings)
    for item in _own(note, key, schema):
        text = remove_property(text, item.key)
    native, rest = schema.native(key), read_note(path, text)
    left = schema.read(rest).get(native)
    if left and all(left.key != item.key for item in rest.properties):
        raise RefusedError(
            msg("{key} stands in the text, in line {line}: take it away there",
                key=left.key, line=left.line)
        )  # fmt: skip
    return text


def _own(note: Note, key: str, schema: Schema) -> Iterator[Property]:
    """The properties of a note that a name means: all of its names, or the one typed."""
    form, native = key_form(key), schema.native(key)
    typed = [item for item in note.properties if key_form(item.key) == form]
    if typed and (not native or form != key_form(native)):
        yield from typed
        return
    for item in note.properties:
        rank, named = schema.ranked(item.key)
        is_further = rank >= FURTHER and key_form(item.key) != form  # `email_2`
        if named == native and named and not is_further and not (
            native == "circle" and describes(item)
        ):  # fmt: skip
            yield item
    if not native:
        yield from typed


def _with(
    text: str, note: Note, one: Assignment, schema: Schema, settings: Settings, today: date
) -> str:
    rank, native = schema.ranked(one.key)
    if rank >= FURTHER or "[" in one.key or not _is_meant(native, one):
        return _with_own(text, note, one, native, settings)
    key = schema.key_for(note, native)
    old = next((item for item in note.properties if item.key == key), None)
    value = _value(native, one.text, old, key, today)
    return with_value(text, schema, note, native, value, settings)


def _is_meant(native: str, one: Assignment) -> bool:
    """Whether a name means a property of the tool's: `relationship=sister` is no circle."""
    form = key_form(one.key)
    if form in _DERIVED:
        raise UsageError(
            msg("{key} is written by the tool itself: set last_contact, next or every", key=one.key)
        )
    if native != "circle" or form == "circle":
        return bool(native)
    if fold(one.text) in all_words("contact_types"):
        return False
    return form not in DESCRIBING or lookup(one.text, "circles") is not None


def _value(native: str, text: str, old: Property | None, key: str, today: date) -> NewValue:
    """A value as it is written: of the type that the property has."""
    if native in _FLAGS or native == "died":
        flag = read_flag(text)
        return flag if flag is not None else _day_or_text(text)
    if native in _BEHIND or native in _AHEAD:
        return day_named(text, today, past=native in _BEHIND) or text
    if native == "every" and text.isdecimal():
        return f"{text} days"
    if native in ("birthday", "priority"):
        return _scalar(text)
    if native in _LISTS or native in _LISTS_OF_SEVERAL:
        parts = [part.strip() for part in _COMMA.split(text) if part.strip()]
        if native == "tags":
            parts = [part.removeprefix("#") for part in parts]
        return _list_or_text(parts, native, old, key)
    return text


def _list_or_text(parts: list[str], native: str, old: Property | None, key: str) -> NewValue:
    """Several values as a list; one as a text where a text stands, or one is usual."""
    if key.isupper():  # a vCard's: `CATEGORIES: friends,work`
        return ",".join(parts)
    is_list = old is not None and isinstance(old.value, list)
    is_text = old is not None and isinstance(old.value, str)
    usual = native in _LISTS and not (is_text and fold(key) not in ALWAYS_LISTS)
    return parts if is_list or usual or len(parts) != 1 else parts[0]


def _day_or_text(text: str) -> NewValue:
    """A whole ISO date stands without quotes, as Obsidian writes it."""
    day = read_date(text)
    return day if day and day.isoformat() == text else text


def _scalar(text: str) -> NewValue:
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else _day_or_text(text)


# --- Properties of the user's own ---


def _with_own(text: str, note: Note, one: Assignment, native: str, settings: Settings) -> str:
    """Set just the property that is named, under the spelling that the note has."""
    old = next((item for item in note.properties if _same_key(item.key, one.key)), None)
    key = old.key if old else one.key
    kind = settings.property_types.get(fold(key), "")
    value: NewValue
    if kind == "multitext" or (old and isinstance(old.value, list)):
        value = [part.strip() for part in _COMMA.split(one.text) if part.strip()]
    elif native or kind == "text":
        value = one.text
    else:
        value = {"true": True, "false": False}.get(fold(one.text), _scalar(one.text))
    return set_property(text, key, value)


def _same_key(one: str, other: str) -> bool:
    """Whether two names are one: of an address-book key the type counts, `TEL[CELL]`."""
    return key_form(one) == key_form(other) and one.count("[") == other.count("[") and (
        "[" not in one or fold(one) == fold(other)
    )  # fmt: skip


def meant_key(key: str, used: Iterable[str], settings: Settings) -> str | None:
    """The property that an unknown name is one slip away from; None for one that is in use."""
    schema, form = Schema(settings), key_form(key)
    if schema.native(key) or len(form) < _LEAST or form in map(key_form, used):
        return None
    names = (name for native, others in PROPERTIES.items() for name in (native, *others))
    return next((name for name in names if is_one_slip(form, key_form(name))), None)


# --- What may be written ---


def _check(before: Note, after: Note, settings: Settings) -> None:
    """Raise for a property that would be a problem, and where a contact would be none any more."""
    schema = Schema(settings)
    old, new = Reader(before, schema), Reader(after, schema)
    known = [problem.message for problem in _problems(before, old, settings)]
    for problem in _problems(after, new, settings):
        if problem.message not in known:
            raise UsageError(problem.message)
    was_contact = contact_ground(before, old.properties, settings)
    if was_contact and contact_ground(after, new.properties, settings) is None:
        raise RefusedError(
            msg("{path} would be no contact any more: that rests on {ground}",
                path=before.path, ground=was_contact)
        )  # fmt: skip


def _problems(note: Note, reader: Reader, settings: Settings) -> Iterator[Problem]:
    yield from read_contact(note, reader, msg("")).problems
    for item in note.properties:
        for doubt in property_doubts(note, item, settings):
            if doubt.code in _REFUSED:
                yield doubt
