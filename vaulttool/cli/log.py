"""`vault log`: record that the user was in touch with somebody, in one place."""

from __future__ import annotations

import functools
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.daily import DailyNote
from vaulttool.daily.block import tick_entries
from vaulttool.daily.lines import is_russian
from vaulttool.daily.template import daily_path, find_daily_note
from vaulttool.errors import RefusedError, UsageError
from vaulttool.locale import fold, words_of
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.edit import append_section, insert_lines
from vaulttool.markdown.note import read_note, title_of
from vaulttool.message import msg
from vaulttool.people.channels import channel_named
from vaulttool.people.evidence import link_date
from vaulttool.people.logs import log_evidence, log_place, write_log_line, write_words
from vaulttool.people.names import find_contact, named_in_full
from vaulttool.vault.store import read_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaulttool.model import Contact, Direction, Language
    from vaulttool.vault.change import Change

_DAYS_AGO = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1, "позавчера": 2}


@click.command(
    "log",
    cls=VaultCommand,
    help=N_(
        "Record that you were in touch with one or several people. The last word is the text,"
        ' if it names nobody.\n\nExample: vault log anna boris "lunch, spoke about the move"'
        " --via lunch --on yesterday"
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="NAME... [TEXT]")
@option("--via", metavar="CHANNEL", help=N_("How: call, coffee, email, звонок, ..."))
@option("--on", metavar="DATE", help=N_("When: a date, or yesterday; today if left out."))
@option("--in", "incoming", is_flag=True, help=N_("They reached out to you."))
@option("--out", "outgoing", is_flag=True, help=N_("You reached out to them."))
@option("--to", type=click.Choice(["daily", "contact"]), help=N_("Where to write it."))
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def log_command(
    app: App,
    names: tuple[str, ...],
    via: str | None,
    on: str | None,
    incoming: bool,
    outgoing: bool,
    to: str | None,
    dry_run: bool,
) -> None:
    """Record an interaction."""
    channel = _channel(via)
    day = _day(app, on)
    direction: Direction | None = (
        ("both" if outgoing else "in") if incoming else "out" if outgoing else None
    )

    def plan() -> list[Change]:
        contacts, text = people_and_text(names, app.people().contacts)
        if _place(app, to, day) == "daily":
            return [_tick(app, contacts, day, channel, direction, text)]
        return [_log_line(app, one, day, channel, direction, text) for one in contacts]

    written = app.write(plan, dry_run=dry_run)
    if written:
        contacts, _text = people_and_text(names, app.people().contacts)
        who = [contact.name for contact in contacts]
        app.note(msg("Recorded with {names} on {date}, in {paths}",
            names=who, date=day, paths=written))  # fmt: skip


def _place(app: App, to: str | None, day: date) -> str:
    """Where a day's contact is written: `daily` or `contact`."""
    snapshot = app.people().snapshot
    place = to or snapshot.settings.log_to
    if place != "auto":
        return place
    is_noted = day == app.today or find_daily_note(snapshot, day) is not None
    return "daily" if is_noted else "contact"


def people_and_text(
    words: Sequence[str], contacts: Mapping[str, Contact]
) -> tuple[list[Contact], str]:
    """Divide the arguments: the last one is text, unless whole words of it name somebody.

    `log anna hi` must not be taken for a word with Anna and Sam Whitfield.
    """
    names, text = list(words), ""
    if len(names) > 1:
        last = names[-1]
        is_path = last.removesuffix(".md") + ".md" in contacts
        if channel_named(last) or not (is_path or named_in_full(last, contacts)):
            text = " ".join(names.pop().split())
    people = [find_contact(name, contacts) for name in names]
    return list({contact.path: contact for contact in people}.values()), text


def _channel(via: str | None) -> str | None:
    if via is None:
        return None
    channel = channel_named(via)
    if channel is None:
        raise UsageError(
            msg("--via: expected a channel such as call, email or coffee, found “{found}”",
                found=via)
        )  # fmt: skip
    return channel


def _day(app: App, on: str | None) -> date:
    if on is None:
        return app.today
    day = read_date(on)
    if fold(on) in _DAYS_AGO:
        day = app.today - min(timedelta(days=_DAYS_AGO[fold(on)]), app.today - date.min)
    if day is None:
        raise UsageError(
            msg("--on: expected a date such as 2026-11-22, or yesterday, found “{found}”", found=on)
        )
    if day > app.today:
        raise UsageError(msg("--on: {date} has not come yet", date=day))
    return day


def _tick(
    app: App,
    contacts: Sequence[Contact],
    day: date,
    channel: str | None,
    direction: Direction | None,
    text: str,
) -> Change:
    """Tick the people's lines in the daily note's due block, or add one that is ticked."""
    note = DailyNote(app, app.day(), day)
    words = write_words(_named(channel, note.lang), direction, text)
    names = [(contact.path, _link(note, contact)) for contact in contacts]
    changed = tick_entries(note.text, names, words, day, note.heading, note.writer.reading())
    return note.change(changed)


def _link(note: DailyNote, contact: Contact) -> str:
    link = note.writer.link(contact.path)
    if link is None:
        raise RefusedError(
            msg("no link can carry the name {name}: rename the note, or use --to contact",
                name=contact.name)
        )  # fmt: skip
    return link


def _named(channel: str | None, lang: Language) -> str:
    return words_of(lang).channel_names[channel] if channel else ""


def _log_line(
    app: App,
    contact: Contact,
    day: date,
    channel: str | None,
    direction: Direction | None,
    text: str,
) -> Change:
    """Add a line to the log in a contact's own note, and see that it is read as one."""
    snapshot = app.people().snapshot
    source = read_source(app.root, contact.path)
    note = read_note(contact.path, source.text)
    dated = functools.partial(link_date, snapshot, contact)
    entries, _problems = log_evidence(note, dated)
    place = log_place(note, entries, source.text)
    lang: Language = "ru" if is_russian(note) else "en"
    words = write_words(_named(channel, lang), direction, text)
    daily = title_of(daily_path(snapshot, datetime.combine(day, time(12)), lang))
    line = write_log_line(day, words, place.neighbour, daily)
    if place.index is None:
        heading = words_of(lang).log_headings[0].capitalize()
        changed = append_section(source.text, f"## {heading}", [line])
    else:
        changed = insert_lines(source.text, place.index, [line])
    after, _problems = log_evidence(read_note(contact.path, changed), dated)
    if len(after) != len(entries) + 1:
        raise RefusedError(
            msg("{path}: the new line would not be read as a log entry; write it by hand",
                path=contact.path)
        )  # fmt: skip
    return source.change(changed)
