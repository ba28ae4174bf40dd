"""`vault log`: record that the user was in touch with somebody, in one place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.record import Interaction, record
from vaulttool.errors import UsageError
from vaulttool.locale import fold
from vaulttool.markdown.dates import read_date
from vaulttool.message import msg
from vaulttool.people.cadence import after, parse_cadence
from vaulttool.people.channels import channel_named
from vaulttool.people.names import find_contact, named_in_full

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaulttool.contact import Contact, Direction
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
@click.argument("names", nargs=-1, required=True, type=NAME, metavar="NAME... [TEXT]")
@option("--via", metavar="CHANNEL", help=N_("How: call, coffee, email, звонок, ..."))
@option("--on", metavar="DATE", help=N_("When: a date, or yesterday; today if left out."))
@option("--in", "incoming", is_flag=True, help=N_("They reached out to you."))
@option("--out", "outgoing", is_flag=True, help=N_("You reached out to them."))
@option("--expect-reply", metavar="SPAN",
    help=N_("An answer is expected within 5d, 2 weeks, or by a date."))  # fmt: skip
@option("--no-reply", is_flag=True, help=N_("No answer is expected."))
@option("--to", type=click.Choice(["daily", "contact"]), help=N_("Where to write it."))
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def log_command(
    app: App,
    names: tuple[str, ...],
    *,
    via: str | None,
    on: str | None,
    incoming: bool,
    outgoing: bool,
    expect_reply: str | None,
    no_reply: bool,
    to: str | None,
    dry_run: bool,
) -> None:
    """Record an interaction."""
    channel = _channel(via)
    day = _day(app, on)
    direction: Direction | None = (
        ("both" if outgoing else "in") if incoming else "out" if outgoing else None
    )
    reply_by = _reply_by(expect_reply, day, incoming=incoming, no_reply=no_reply)
    if reply_by:
        direction = "out"

    def plan() -> list[Change]:
        contacts, text = people_and_text(names, app.people().contacts)
        what = Interaction(tuple(contacts), day, channel, direction, text, reply_by, no_reply)
        return record(app, what, to)

    written = app.write(plan, dry_run=dry_run)
    if written:
        contacts, _text = people_and_text(names, app.people().contacts)
        who = [contact.name for contact in contacts]
        app.note(msg("Recorded with {names} on {date}, in {paths}",
            names=who, date=day, paths=written))  # fmt: skip


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


def _reply_by(span: str | None, day: date, *, incoming: bool, no_reply: bool) -> date | None:
    """The day by which an answer is expected: so long after the message, or a date."""
    if span is None:
        return None
    if incoming or no_reply:
        raise UsageError(
            msg("--expect-reply goes with what you sent: leave out --in and --no-reply")
        )
    wait = parse_cadence(span)
    until = read_date(span) or (after(day, wait) if wait and not wait.never else None)
    if until is None or until <= day:
        raise UsageError(
            msg("--expect-reply: expected a span such as 5d, or a later date, found “{found}”",
                found=span)
        )  # fmt: skip
    return until


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
