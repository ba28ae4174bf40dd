"""Setting one property of a contact, under the name and in the form that the note uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError
from vaulttool.message import msg
from vaulttool.people.schema import Schema
from vaulttool.people.writing import with_value
from vaulttool.vault.store import read_existing

if TYPE_CHECKING:
    from vaulttool.cli.app import App
    from vaulttool.contact import Contact
    from vaulttool.markdown.scalars import NewValue
    from vaulttool.vault.change import Change


def set_of_contact(app: App, contact: Contact, native: str, value: NewValue) -> Change:
    """Plan to set a property; raises `RefusedError` where that is not safe."""
    snapshot = app.people().snapshot
    source, note = read_existing(app.root, contact.path), snapshot.notes[contact.path]
    schema = Schema(snapshot.settings)
    try:
        text = with_value(source.text, schema, note, native, value, snapshot.settings)
        return source.change(text)
    except RefusedError as error:
        raise RefusedError(
            msg("{path}: {problem}", path=contact.path, problem=error.message)
        ) from None
