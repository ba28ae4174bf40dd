"""Setting one property of a contact, under the name and in the form that the note uses."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError, UsageError
from vaulttool.markdown.dates import add_days
from vaulttool.message import msg
from vaulttool.people.days import day_named
from vaulttool.people.schema import Schema
from vaulttool.people.writing import with_value
from vaulttool.vault.store import read_existing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaulttool.cli.app import App
    from vaulttool.contact import Contact
    from vaulttool.markdown.scalars import NewValue
    from vaulttool.vault.change import Change


def set_of_contact(app: App, contact: Contact, native: str, value: NewValue) -> Change:
    """Plan to set a property; raises `RefusedError` where that is not safe."""
    snapshot = app.people().snapshot
    source, note = read_existing(app.root, contact.path), snapshot.notes[contact.path]
    schema = Schema(snapshot.settings)
    with naming_the_note(contact):
        text = with_value(source.text, schema, note, native, value, snapshot.settings)
        return source.change(text)


@contextlib.contextmanager
def naming_the_note(contact: Contact) -> Iterator[None]:
    """Say of which note it is that an edit is refused."""
    try:
        yield
    except RefusedError as error:
        raise RefusedError(
            msg("{path}: {problem}", path=contact.path, problem=error.message)
        ) from None


def day_to_come(app: App, words: str) -> date:
    """Read a day ahead of today; raises `UsageError` for anything else."""
    day = day_named(words, app.today)
    if day is None or day <= app.today:
        raise UsageError(
            msg("expected a date to come such as {example}, or 2 weeks, found “{found}”",
                example=add_days(app.today, 14).isoformat(), found=words)
        )  # fmt: skip
    return day
