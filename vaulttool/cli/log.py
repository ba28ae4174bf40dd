"""`vault log`: record that the user was in touch with somebody, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, argument, option
from vaulttool.cli.completing import NAME, ChannelType
from vaulttool.cli.record import Interaction, record
from vaulttool.errors import UsageError
from vaulttool.markdown.dates import read_date
from vaulttool.message import Term, msg
from vaulttool.people.cadence import after, parse_cadence
from vaulttool.people.channels import channel_named
from vaulttool.people.clauses import told_reason
from vaulttool.people.days import day_named
from vaulttool.people.told import read_told
from vaulttool.people.told_way import told_channel, told_direction
from vaulttool.people.undone import not_in_touch

if TYPE_CHECKING:
    from datetime import date

    from vaulttool.contact import Direction
    from vaulttool.message import Message


@click.command(
    "log",
    cls=VaultCommand,
    help=N_(
        "Record that you were in touch with one or several people. The names come first, what"
        " follows is the text; a day and a channel are read from it."
        "\n\nExample: vault log anna boris lunch at the lake yesterday"
    ),
)
@argument("words", nargs=-1, required=True, type=NAME, metavar="NAME... [TEXT...]")
@option(
    "--via", metavar="CHANNEL", type=ChannelType(), help=N_("How: call, coffee, email, звонок, ...")
)
@option("--on", metavar="DATE", help=N_("When: a date, yesterday, last friday, ..."))
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
    words: tuple[str, ...],
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
    channel, on_day = _channel(via), _day(app, on)
    direction: Direction | None = (
        ("both" if outgoing else "in") if incoming else "out" if outgoing else None
    )
    if expect_reply is not None and (incoming or no_reply):
        raise UsageError(
            msg("--expect-reply goes with what you sent: leave out --in and --no-reply")
        )

    left_out: list[str] = []

    def told() -> Interaction:
        said = read_told(words, app.people().contacts, app.today, with_day=on is None)
        left_out[:] = said.left_out
        day = on_day or said.day or app.today
        reply_by = _reply_by(expect_reply, day)
        return Interaction(
            contacts=said.contacts,
            day=day,
            channel=channel or told_channel(said.text),
            direction="out" if reply_by else direction or told_direction(said.text, channel),
            text=said.text,
            reply_by=reply_by,
            no_reply=no_reply,
            counts=_no_contact(said.text, via) is None,
        )

    written = app.write(lambda: record(app, told(), to), dry_run=dry_run)
    what = told()
    if written:
        app.note(_recorded(what, written))
    if left_out:
        app.note(
            msg("Named too, and not recorded: {names}. Several names may stand before the text.",
                names=left_out)
        )  # fmt: skip
    if reason := _no_contact(what.text, via):
        app.note(msg("This does not count as contact: {reason}. Where you were in touch, say how"
            " with --via.", reason=reason))  # fmt: skip


def _no_contact(text: str, via: str | None) -> Message | None:
    """Why what was told is no contact; with --via only what takes back what it says."""
    return told_reason(text) if via is None else not_in_touch(f"{via}: {text}")


def _recorded(what: Interaction, paths: list[str]) -> Message:
    """Say what was understood, so that it can be taken back at once."""
    names = [contact.name for contact in what.contacts]
    if not what.counts:
        return msg("Noted about {names} on {date}, in {paths}",
            names=names, date=what.day, paths=paths)  # fmt: skip
    if what.channel is None:
        return msg("Recorded with {names} on {date}, in {paths}",
            names=names, date=what.day, paths=paths)  # fmt: skip
    return msg(
        "Recorded: {channel} with {names} on {date}, in {paths}",
        channel=Term("channel_names", what.channel), names=names, date=what.day, paths=paths,
    )  # fmt: skip


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


def _reply_by(span: str | None, day: date) -> date | None:
    """The day by which an answer is expected: so long after the message, or a date."""
    if span is None:
        return None
    wait = parse_cadence(span)
    until = read_date(span) or (after(day, wait) if wait and not wait.never else None)
    if until is None or until <= day:
        raise UsageError(
            msg("--expect-reply: expected a span such as 5d, or a later date, found “{found}”",
                found=span)
        )  # fmt: skip
    return until


def _day(app: App, on: str | None) -> date | None:
    if on is None:
        return None
    day = day_named(on, app.today, past=True)
    if day is None:
        raise UsageError(
            msg("--on: expected a day such as 2026-11-22, yesterday or last friday, found"
                " “{found}”", found=on)
        )  # fmt: skip
    if day > app.today:
        raise UsageError(msg("--on: {date} has not come yet", date=day))
    return day
