"""Who may be the person that is to be added: by name, by e-mail, by telephone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.markdown.values import alias_texts, plain, texts
from vaulttool.people.names import name_form
from vaulttool.people.schema import Schema
from vaulttool.people.slips import MOST, is_one_slip
from vaulttool.people.typed import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot
    from vaulttool.model import Note, Property

_NO_DIGIT = re.compile(r"\D")
_LEAST_DIGITS = 7  # of a telephone number without its country
_COUNTRY = 3  # digits that a country's code may have
_LEAST_WORDS = 2  # of a full name: one letter makes another person of `Dan`


def twins(names: Iterable[str], snapshot: Snapshot, contacts: Mapping[str, Contact]) -> list[str]:
    """The notes that answer to one of the names already, contacts before other notes."""
    wanted = {form for form in map(name_form, names) if form}
    found = [path for path, one in contacts.items() if wanted & _forms(one.name, *one.aliases)]
    others = [
        path
        for path, note in snapshot.notes.items()
        if path not in contacts and wanted & _forms(note.title, *_aliases(note))
    ]
    return sorted(found) + sorted(others)


def likely_twins(names: Iterable[str], contacts: Mapping[str, Contact]) -> list[str]:
    """The contacts whose full name is one of these but for a slip, or the order of its words."""
    wanted = [form for form in map(name_form, names) if form]
    return sorted(
        path
        for path, one in contacts.items()
        if any(_is_likely(own, form) for own in wanted for form in _forms(one.name, *one.aliases))
    )


def _is_likely(one: str, other: str) -> bool:
    words, others = Counter(one.split()), Counter(other.split())
    if others.total() < _LEAST_WORDS:
        return False
    left, right = [*(words - others).elements()], [*(others - words).elements()]
    is_slip_in_a_word = len(left) == len(right) == 1 and is_one_slip(left[0], right[0])
    return not (left or right) or is_slip_in_a_word or is_one_slip(one, other)


def similar(name: str, contacts: Iterable[Contact]) -> list[Contact]:
    """Contacts who may be the same person under a name that is told apart.

    One letter is another, the words are in another order, or one name is a part of the other.
    """
    wanted = name_form(name)
    return [
        one
        for one in contacts
        if any(_is_near(wanted, form) for form in _forms(one.name, *one.aliases))
    ][:MOST]


def _is_near(one: str, other: str) -> bool:
    words, others = set(one.split()), set(other.split())
    is_part = bool(words) and (words <= others or others <= words)
    return is_part or is_one_slip(one, other) or _is_likely(one, other)


def _forms(*names: str) -> set[str]:
    return {name_form(name) for name in names}


def _aliases(note: Note) -> list[str]:
    items = (item for item in note.properties if fold(item.key) in ("aliases", "alias"))
    return [name for item in items for name in alias_texts(item)]


# --- Addresses -----------------------------------------------------------------------------


def with_address(
    wanted: Iterable[tuple[str, str]], snapshot: Snapshot, contacts: Mapping[str, Contact]
) -> list[str]:
    """The contacts who have an e-mail or a telephone number that is given.

    `wanted` are the names of properties, and their values.
    """
    schema = Schema(snapshot.settings)
    given = [(schema.native(key), part) for key, text in wanted for part in parts_of("", text)]
    given = [(native, part) for native, part in given if native in _SAME]
    return sorted(
        path
        for path in (contacts if given else ())
        if any(
            native == other and _SAME[native](part, address)
            for other, address in _addresses(snapshot.notes[path], schema)
            for native, part in given
        )
    )


def _addresses(note: Note, schema: Schema) -> Iterator[tuple[str, str]]:
    """The e-mails and telephone numbers of a note, each with what it is."""
    items: list[Property] = [*note.properties, *schema.written(note).values()]
    for item in items:
        native = schema.native(item.key)
        if native in _SAME:
            yield from ((native, part) for text in texts(item.raw) for part in parts_of("", text))


def _same_email(one: str, other: str) -> bool:
    emails = [fold(plain(text)).removeprefix("mailto:") for text in (one, other)]
    return "@" in emails[0] and emails[0] == emails[1]


def _same_phone(one: str, other: str) -> bool:
    """Whether two numbers are one, of which either may be without its country."""
    short, long = sorted((_digits(one), _digits(other)), key=len)
    return (
        len(short) >= _LEAST_DIGITS and long.endswith(short) and len(long) - len(short) <= _COUNTRY
    )


def _digits(phone: str) -> str:
    """The digits of a number, without what is only dialled before it: `00`, `0`, Russian `8`."""
    digits = _NO_DIGIT.sub("", phone.replace("(0)", ""))
    if phone.strip().startswith("+"):
        return digits
    is_russian = len(digits) == 11 and digits.startswith("8")
    return digits[1:] if is_russian else digits.lstrip("0")


_SAME = {"email": _same_email, "phone": _same_phone}
