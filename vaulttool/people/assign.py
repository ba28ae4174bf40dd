"""Giving a contact's properties other values, as the words of a command say: `circle=key`.

The name may be any that is read, in either language; the note keeps its own. A value is
checked by reading the note that would be written: what would be a problem is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError, UsageError
from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.markdown.note import read_note
from vaulttool.markdown.properties import add_to_property, remove_property, set_property
from vaulttool.markdown.values import plain, texts
from vaulttool.message import msg
from vaulttool.people.contacts import read_contact
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
)
from vaulttool.people.slips import is_one_slip
from vaulttool.people.typed import LISTS, LISTS_OF_SEVERAL, own_value, parts_of, value_of
from vaulttool.people.writing import with_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from vaulttool.model import Note, Problem, Property
    from vaulttool.settings import Settings

_ASSIGNMENT = re.compile(r"\s*([^=]*?)\s*([+-]?)=(.*)\Z", re.DOTALL)
_DERIVED = frozenset({"vault_last", "vault_next"})
_REFUSED = frozenset({"bad-tag", "property-type"})  # of what `check` finds doubtful
_LEAST = 4  # letters of a name in which a slip is told: `pet` is not meant to be `met`


@dataclass(frozen=True, slots=True)
class Assignment:
    """One `KEY=VALUE`, `KEY+=VALUE` or `KEY-=VALUE`."""

    key: str  # as typed
    text: str  # "": the property is taken away
    sign: str = ""  # `+` or `-`: whether items are added to a list, or taken from it


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
    match = _ASSIGNMENT.match(text)
    value = " ".join(match[3].split()) if match else ""
    if match is None or not match[1] or (match[2] and not value):
        raise UsageError(
            msg("expected a property and its value such as circle=key, found “{found}”", found=text)
        )
    return Assignment(match[1], value, match[2])


def assigned(
    path: str, text: str, wanted: Sequence[Assignment], settings: Settings, today: date
) -> str:
    """The text of a note with properties set or taken away.

    Raises `UsageError` for a value that would not be read, and `RefusedError` where an edit
    is not safe, or the note would be no contact any more.
    """
    new, schema = text, Schema(settings)
    _expect_each_once(wanted, read_note(path, text), schema)
    for one in wanted:
        note = read_note(path, new)
        if one.sign:
            new = _with_items(new, note, one, schema)
        elif one.text:
            new = _with(new, note, one, schema, settings, today)
        else:
            new = without(path, new, one.key, settings)
    _check(read_note(path, text), read_note(path, new), settings)
    return new


def _expect_each_once(wanted: Iterable[Assignment], note: Note, schema: Schema) -> None:
    """Raise where one property is given two values: only the last would be written."""
    given: dict[str, Assignment] = {}
    for one in wanted:
        _key_there, native = _key(note, one, schema)
        form = native or (fold(one.key) if "[" in one.key else key_form(one.key))
        first = given.setdefault(form, one) if not one.sign else one
        if first is not one:
            found = [f"{each.key}={each.text}" for each in (first, one)]
            raise UsageError(
                msg("{key} is given twice ({found}): write it once, a list with commas",
                    key=one.key, found=found)
            )  # fmt: skip


# --- Taking away ---


def without(path: str, text: str, key: str, settings: Settings) -> str:
    """The text of a note without a property.

    Under its native name all of its names go, so that none of the others is read instead.
    """
    note, schema = read_note(path, text), Schema(settings)
    for item in _meant(note, key, schema):
        text = remove_property(text, item.key)
    _expect_none_in_text(read_note(path, text), schema.native(key), schema)
    return text


def _meant(note: Note, key: str, schema: Schema) -> list[Property]:
    """The properties of a note that a name means: the one typed, or all names of a native one."""
    native = schema.native(key)
    typed = [item for item in note.properties if _same_key(item.key, key)]
    if not native or (typed and key_form(key) != key_form(native)):
        return typed
    ranked = [(*schema.ranked(item.key), item) for item in note.properties]
    return [
        item
        for rank, named, item in ranked
        if named == native and rank < FURTHER and not (native == "circle" and describes(item))
    ]


def _expect_none_in_text(note: Note, native: str, schema: Schema) -> None:
    """Raise where a fact is read from the note's text, and not from its properties."""
    left = schema.read(note).get(native)
    if left and all(left.key != item.key for item in note.properties):
        raise RefusedError(
            msg("{key} stands in the text, in line {line}: change it there",
                key=left.key, line=left.line)
        )  # fmt: skip


def _same_key(one: str, other: str) -> bool:
    """Whether two names are one: of an address-book key the type counts, `TEL[CELL]`."""
    if "[" in one or "[" in other:
        return fold(one) == fold(other)
    return key_form(one) == key_form(other)


# --- Setting ---


def _with(
    text: str, note: Note, one: Assignment, schema: Schema, settings: Settings, today: date
) -> str:
    key, native = _key(note, one, schema)
    old = next((item for item in note.properties if item.key == key), None)
    if not native:
        value = own_value(schema.native(one.key), one.text, old, settings, key)
        return set_property(text, key, value)
    value = value_of(native, one.text, old, key, today)
    return with_value(text, schema, note, native, value, settings, one.key)


def _with_items(text: str, note: Note, one: Assignment, schema: Schema) -> str:
    """Add items to a list, or take them from it."""
    key, native = _key(note, one, schema)
    if native and native not in LISTS | LISTS_OF_SEVERAL:
        raise UsageError(msg("{key} holds one value: write {key}=VALUE", key=one.key))
    old = next((item for item in note.properties if item.key == key), None)
    if old is None:
        _expect_none_in_text(note, native, schema)
    parts = parts_of(native, one.text)
    if one.sign == "+" and not key.isupper():
        for part in parts:
            text = add_to_property(text, key, part, make_list=True)
        return text
    items = [part for item in texts(old.raw) for part in _items(key, item)] if old else []
    left = [item for item in items if _word(item) not in map(_word, parts)]
    left += parts if one.sign == "+" else []
    if left == items:
        return text
    if not left:
        return remove_property(text, key)
    is_list = old is not None and isinstance(old.value, list)
    return set_property(text, key, left if is_list else ",".join(left))


def _word(item: str) -> str:
    """The form in which items are compared: a link is what it shows."""
    return fold(plain(item))


def _items(key: str, text: str) -> list[str]:
    """The items of one text: a vCard has several in it."""
    return parts_of("", text) if key.isupper() else [text]


def _key(note: Note, one: Assignment, schema: Schema) -> tuple[str, str]:
    """The name to write, and the native one; "" where just the property that is named is meant."""
    rank, native = schema.ranked(one.key)
    if rank >= FURTHER or "[" in one.key or not _is_native(native, one):
        same = (item.key for item in note.properties if _same_key(item.key, one.key))
        return next(same, one.key), ""
    return schema.key_for(note, native, one.key), native


def _is_native(native: str, one: Assignment) -> bool:
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


# --- Slips of the finger ---


def meant_key(key: str, used: Iterable[str], settings: Settings) -> str | None:
    """The property that an unknown name is one slip away from; None for one that is in use."""
    schema, form = Schema(settings), key_form(key)
    if schema.native(key) or len(form) < _LEAST or form in map(key_form, used):
        return None
    names = (name for native, others in PROPERTIES.items() for name in (native, *others))
    return next((name for name in names if is_one_slip(form, key_form(name))), None)


def meant_circle(text: str, used: Iterable[str], settings: Settings) -> str | None:
    """The circle that an unknown one is one slip away from; None for one that is in use."""
    word = fold(text)
    if lookup(text, "circles") or word in map(fold, (*used, *settings.circles)):
        return None
    forms = (
        form
        for lang in LANGUAGES
        for canonical, others in words_of(lang).circles.items()
        for form in (canonical, *others)
    )
    return next((form for form in forms if is_one_slip(word, form)), None)


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
