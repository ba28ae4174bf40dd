"""`vault set`, `snooze`, `pause`, `resume`: what a contact's own note says, changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, argument, option
from vaulttool.cli.completing import NAME, ChangeType
from vaulttool.cli.editing import day_to_come, naming_the_note, set_of_contact
from vaulttool.errors import UsageError
from vaulttool.markdown.dates import add_days
from vaulttool.markdown.note import read_note
from vaulttool.markdown.values import texts
from vaulttool.message import msg
from vaulttool.people.assign import assigned, divided, meant_circle, meant_key, without
from vaulttool.people.days import day_named
from vaulttool.people.due import SNOOZE
from vaulttool.people.names import find_contact, matches
from vaulttool.people.schema import Schema
from vaulttool.vault.store import read_existing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vaulttool.contact import Contact
    from vaulttool.message import Message
    from vaulttool.people.assign import Assignment
    from vaulttool.vault.change import Change

_DRY_RUN = option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))


@click.command(
    "set",
    cls=VaultCommand,
    help=N_(
        "Set properties of a contact. A name may be any that is read, in either language; the"
        " note keeps the one that it has. KEY= takes a property away;"
        " KEY+= and KEY-= add to a list, and take from it."
        "\n\nExample: vault set anna circle=key every=2 weeks birthday=03-14"
    ),
)
@argument("words", nargs=-1, required=True, metavar="NAME KEY=VALUE...", type=ChangeType())
@_DRY_RUN
@pass_app
def set_command(app: App, words: tuple[str, ...], dry_run: bool) -> None:
    """Set properties."""
    name, wanted = divided(words)
    if not name or not wanted:
        raise UsageError(
            msg("expected a name, and a property and its value such as circle=key, found “{found}”",
                found=" ".join(words))
        )  # fmt: skip
    done: list[Message] = []

    def plan() -> list[Change]:
        contact = find_contact(name, app.people().contacts)
        source = read_existing(app.root, contact.path)
        settings = app.people().snapshot.settings
        with naming_the_note(contact):
            text = assigned(contact.path, source.text, wanted, settings, app.today)
        done[:] = _differences(contact, source.text, text)
        _tell_of_slips(app, wanted, dry_run=dry_run)
        return [source.change(text)]

    if app.write(plan, dry_run=dry_run):
        for message in done:
            app.note(message)
    elif not dry_run:
        app.note(msg("nothing to change: {name}", name=_contact(app, name).name))


def _differences(contact: Contact, before: str, after: str) -> list[Message]:
    """What is another in the properties of a note, one message each."""
    old, new = (
        {item.key: ", ".join(texts(item.raw)) for item in read_note(contact.path, text).properties}
        for text in (before, after)
    )
    gone = [
        msg("{name}: {key} is taken away", name=contact.name, key=key)
        for key in old
        if key not in new
    ]
    changed = [
        msg("{name}: {key}: {value}", name=contact.name, key=key, value=value)
        for key, value in new.items()
        if old.get(key) != value
    ]
    return gone + changed


def _tell_of_slips(app: App, wanted: Iterable[Assignment], *, dry_run: bool) -> None:
    """Ask back where a word that nobody has is one letter away from a known one."""
    contacts, snapshot = app.people().contacts, app.people().snapshot
    for one in wanted:
        keys = (item.key for path in contacts for item in snapshot.notes[path].properties)
        circles = (contact.circle or "" for contact in contacts.values())
        near = meant_key(one.key, keys, snapshot.settings) if one.text else None
        if near:
            _ask_back(app, msg("“{key}” means nothing to the tool; did you mean {near}?",
                key=one.key, near=near), dry_run=dry_run)  # fmt: skip
        is_circle = Schema(snapshot.settings).native(one.key) == "circle"
        near = meant_circle(one.text, circles, snapshot.settings) if is_circle else None
        if near:
            _ask_back(app, msg("“{circle}” is a circle of your own; did you mean {near}?",
                circle=one.text, near=near), dry_run=dry_run)  # fmt: skip


def _ask_back(app: App, question: Message, *, dry_run: bool) -> None:
    """Ask whether a word was meant; where it is written, say how to take it back."""
    app.note(
        question if dry_run else msg("{question} `vault undo` takes it back", question=question)
    )


@click.command(
    "snooze",
    cls=VaultCommand,
    help=N_(
        "Ask about a contact later: not before a day. The day may be in words: tomorrow,"
        " 2 weeks, next monday, 5 dec.\n\nExample: vault snooze anna 2 weeks"
    ),
)
@argument("words", nargs=-1, required=True, metavar="NAME UNTIL", type=NAME)
@_DRY_RUN
@pass_app
def snooze_command(app: App, words: tuple[str, ...], dry_run: bool) -> None:
    """Ask later."""
    name, until = _name_and_day(app, words)

    def plan() -> list[Change]:
        return [set_of_contact(app, _contact(app, name), "snooze_until", until)]

    written = app.write(plan, dry_run=dry_run)
    contact = _contact(app, name)
    if written:
        app.note(msg("{name} is put off until {date}", name=contact.name, date=until))
    elif contact.snooze_until == until:
        app.note(msg("{name} is put off until {date} already", name=contact.name, date=until))
    _tell_of_death(app, contact)


def _tell_of_death(app: App, contact: Contact) -> None:
    """Say that somebody who died is on no list anyway."""
    if contact.died:
        app.note(msg("{name} is on no list: the note says that they died", name=contact.name))


def _name_and_day(app: App, words: Sequence[str]) -> tuple[str, date]:
    """Divide the words: the day is what is read as one, and as long as it can be."""
    said = " ".join(words).split()
    for at in range(1, len(said)):
        if day_named(" ".join(said[at:]), app.today):
            return " ".join(said[:at]), day_to_come(app, " ".join(said[at:]))
    if len(said) < 2 or matches(" ".join(said), app.people().contacts):
        ctx = click.get_current_context()
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    return " ".join(said[:-1]), day_to_come(app, said[-1])


@click.command(
    "pause",
    cls=VaultCommand,
    help=N_(
        "Do not ask about a contact any more, until vault resume.\n\nExample: vault pause anna"
    ),
)
@argument("name", nargs=-1, required=True, metavar="NAME", type=NAME)
@_DRY_RUN
@pass_app
def pause_command(app: App, name: tuple[str, ...], dry_run: bool) -> None:
    """Do not ask."""
    who = " ".join(name)

    def plan() -> list[Change]:
        contact = _contact(app, who)
        return [] if contact.pause else [set_of_contact(app, contact, "pause", True)]

    written = app.write(plan, dry_run=dry_run)
    contact = _contact(app, who)
    if written:
        app.note(
            msg("{name} is not asked about any more; `vault resume` takes that back",
                name=contact.name)
        )  # fmt: skip
    elif contact.pause:
        app.note(msg("{name} is paused already", name=contact.name))
    _tell_of_death(app, contact)


@click.command(
    "resume",
    cls=VaultCommand,
    help=N_("Ask about a contact again who is paused or put off.\n\nExample: vault resume anna"),
)
@argument("name", nargs=-1, required=True, metavar="NAME", type=NAME)
@_DRY_RUN
@pass_app
def resume_command(app: App, name: tuple[str, ...], dry_run: bool) -> None:
    """Ask again."""
    who = " ".join(name)

    def plan() -> list[Change]:
        contact = _contact(app, who)
        source = read_existing(app.root, contact.path)
        text, settings = source.text, app.people().snapshot.settings
        with naming_the_note(contact):
            for native in _reasons_not_to_ask(contact, app.today):
                text = without(contact.path, text, native, settings)
        return [source.change(text)]

    written = app.write(plan, dry_run=dry_run)
    contact = _contact(app, who)
    marked = _marked(app, contact)
    if marked:
        app.note(
            msg("{name} is put off until {date} by a line of your own: {place}",
                name=contact.name, date=marked[0], place=marked[1])
        )  # fmt: skip
    elif written:
        app.note(msg("{name} is asked about again", name=contact.name))
    elif not _reasons_not_to_ask(contact, app.today):
        app.note(msg("{name} is neither paused nor put off", name=contact.name))


def _reasons_not_to_ask(contact: Contact, today: date) -> list[str]:
    """The properties that stand in the way now; a bump of another program puts off too."""
    is_put_off = contact.snooze_until is not None and contact.snooze_until > today
    return ["pause"] * contact.pause + ["snooze_until", "bumped"] * is_put_off


def _marked(app: App, contact: Contact) -> tuple[date, str] | None:
    """Until when `[>]` in a daily note puts a contact off, and where it stands."""
    lines = app.people().traces.listings.get(contact.path, ())
    found = [
        (line.named_day or add_days(line.day, SNOOZE), f"{line.source}:{line.line}")
        for line in lines
        if line.status == ">" and line.day <= app.today
    ]
    latest = max(found, default=None)
    return latest if latest and latest[0] > app.today else None


def _contact(app: App, name: str) -> Contact:
    return find_contact(name, app.people().contacts)
