"""Setting one property of a contact, under the name and in the words that the note uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError
from vaulttool.locale import words_of
from vaulttool.markdown.properties import set_property
from vaulttool.message import msg
from vaulttool.people.schema import Schema
from vaulttool.vault.store import read_source

if TYPE_CHECKING:
    from vaulttool.cli.app import App
    from vaulttool.contact import Contact
    from vaulttool.markdown.scalars import NewValue
    from vaulttool.vault.change import Change

_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)


def set_of_contact(app: App, contact: Contact, native: str, value: NewValue) -> Change:
    """Plan to set a property; raises `RefusedError` where that is not safe."""
    snapshot = app.people().snapshot
    source = read_source(app.root, contact.path)
    key = Schema(snapshot.settings).key_for(snapshot.notes[contact.path], native)
    if native == "circle" and isinstance(value, str) and _RUSSIAN.search(key):
        value = words_of("ru").circles.get(value, (value,))[0]
    try:
        return source.change(set_property(source.text, key, value))
    except RefusedError as error:
        raise RefusedError(
            msg("{path}: {problem}", path=contact.path, problem=error.message)
        ) from None
