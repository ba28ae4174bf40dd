"""The names that a note gives a person beside its title: whole names of other dialects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.markdown.values import plain, texts
from vaulttool.people.dialects import property_named
from vaulttool.people.schema import key_form
from vaulttool.people.written import table_properties

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaulttool.model import Note, Raw

_WHOLE = ("fn", "name", "displayname", "имя")


def full_names(note: Note) -> Iterator[str]:
    """Give the names in the properties, whole or made of a first and a last one.

    `N.FN` of a vCard is the family name, `FN` the whole one.
    """
    found = {key_form(item.key): item.raw for item in note.properties}
    for form in _WHOLE:
        raw = found.get(form)
        if isinstance(raw, dict):
            yield _joined(raw, "first", "last")
        elif raw is not None:
            yield from map(plain, texts(raw))
    if "fn" not in found:
        yield _joined(found, "n_gn", "n_fn")
    if title := property_named(note, "title") if "contact_style" in found else None:
        yield from map(plain, texts(title.raw))
    rows = {key_form(item.key): item.raw for item in table_properties(note)}
    if rows:
        yield _joined(rows, "first_name" if "first_name" in rows else "name", "last_name")


def _joined(names: Mapping[str, Raw], first: str, last: str) -> str:
    parts = (names.get(part) for part in (first, last))
    return " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
