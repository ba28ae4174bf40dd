"""The lists beside today's, whole: promises, occasions, messages without an answer, drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaulttool.cli.agenda_text import when_due
from vaulttool.cli.app import App, pass_app
from vaulttool.cli.beginning import unless_empty
from vaulttool.cli.commands import N_, VaultCommand, argument, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.output import near, print_csv, print_json, print_rows
from vaulttool.cli.terminal import ASIDE, Styled
from vaulttool.cli.values import awaiting_json, drift_json, occasion_json, promise_json
from vaulttool.cli.within import last_day
from vaulttool.errors import UsageError
from vaulttool.markdown.dueline import occasion_phrase
from vaulttool.message import Term, msg, nmsg
from vaulttool.people.agenda import make_agenda
from vaulttool.people.names import find_contact
from vaulttool.people.occasions import find_occasions
from vaulttool.people.replies import open_question
from vaulttool.people.threads import readable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from vaulttool.cli.output import Row
    from vaulttool.contact import Awaiting, Drift, Occasion, Promise
    from vaulttool.message import Message

KEYS = {
    "promises": ("name", "path", "text", "due", "source", "line", "direction"),
    "occasions": ("name", "path", "kind", "label", "date", "years", "listed", "prepared", "wished"),
    "awaiting": ("name", "path", "sent", "channel", "source", "line", "reply_by", "text"),
    "drifting": ("name", "path", "usual_gap", "silent", "last_contact"),
}
"""The columns of each list in CSV, also where it is empty."""


def _only(app: App, name: tuple[str, ...]) -> Collection[str]:
    """The paths of those whom a list is about: the one who is named, else everybody."""
    contacts = app.people().contacts
    return {find_contact(" ".join(name), contacts).path} if name else contacts.keys()


def _print(
    app: App,
    rows: Sequence[Row],
    shown: Iterable[Row],
    columns: Sequence[tuple[str, Message]],
    empty: Message,
    spare: Sequence[str],
) -> None:
    """Print a list: rows for programs, and the same made to be read."""
    if app.format in ("table", "md"):
        print_rows(app, list(shown), columns, unless_empty(app.people(), empty), spare=spare)
    elif app.format == "csv":
        print_csv(rows, KEYS[str(click.get_current_context().info_name)])
    else:
        print_json(list(rows))


def _place(source: str, line: int | None) -> Styled:
    return Styled(f"{source}:{line}" if line else source, ASIDE)


# --- Promises ------------------------------------------------------------------------------


@click.command(
    "promises",
    cls=VaultCommand,
    help=N_(
        "List what you promised and what was promised to you, those with the earliest date"
        " first; with a name only of that contact.\n\nExample: vault promises --within 7d"
    ),
)
@argument("name", nargs=-1, type=NAME)
@option("--within", metavar="SPAN", help=N_("Only with a date in this span, or past: 7d."))
@option("--in", "theirs", is_flag=True, help=N_("Only what was promised to you."))
@option("--out", "yours", is_flag=True, help=N_("Only what you promised."))
@pass_app
def promises_command(
    app: App, name: tuple[str, ...], within: str | None, theirs: bool, yours: bool
) -> None:
    """List the promises."""
    if theirs and yours:
        raise UsageError(msg("--in and --out: give one of them, or neither for both"))
    only = _only(app, name)
    until = last_day(within, app.today) if within is not None else None
    wanted = "in" if theirs else "out" if yours else ""
    found = [
        one
        for one in app.day().promises
        if one.path in only
        and wanted in ("", one.direction)
        and (until is None or (one.due is not None and one.due <= until))
    ]
    columns = [
        ("name", msg("With")),
        ("text", msg("What")),
        ("due", msg("Due")),
        ("by", msg("By")),
        ("where", msg("Where")),
    ]
    rows, shown = [promise_json(one) for one in found], _promise_rows(app, found)
    _print(app, rows, shown, columns, msg("Nothing is promised."), ("where", "by"))


def _promise_rows(app: App, found: Iterable[Promise]) -> list[Row]:
    """A row for each task or field, with all whom it names; the first is the one linked to."""
    places: dict[tuple[str, int, str], list[Promise]] = {}
    for one in found:
        places.setdefault((one.source, one.line, one.direction), []).append(one)
    return [_promise_row(app, together) for together in places.values()]


def _promise_row(app: App, together: Sequence[Promise]) -> Row:
    first = together[0]
    return {
        "due": when_due(app, first.due) if first.due else "",
        "name": [one.name for one in together],
        "path": first.path,
        "text": readable(first.text),
        "by": app.say(msg("you") if first.direction == "out" else msg("they")),
        "where": _place(first.source, first.line),
    }


# --- Occasions -----------------------------------------------------------------------------


@click.command(
    "occasions",
    cls=VaultCommand,
    help=N_(
        "List birthdays and other dates that are near, or were a few days ago; with a name only"
        " of that contact.\n\nExample: vault occasions --within 3mo"
    ),
)
@argument("name", nargs=-1, type=NAME)
@option("--within", metavar="SPAN", help=N_("How far ahead to look, instead of by circle."))
@pass_app
def occasions_command(app: App, name: tuple[str, ...], within: str | None) -> None:
    """List the occasions."""
    only, day, people = _only(app, name), app.day(), app.people()
    found: Iterable[Occasion] = day.occasions
    if within is not None:
        tracked = {path: verdict.tracked for path, verdict in day.verdicts.items()}
        ahead = (last_day(within, day.date) - day.date).days
        contacts, settings = people.contacts.values(), people.snapshot.settings
        found = find_occasions(contacts, people.traces.ticks, tracked, settings, day.date, ahead)
    found = [one for one in found if one.path in only]
    columns = [
        ("name", msg("Name")),
        ("what", msg("What")),
        ("date", msg("Date")),
        ("state", msg("Done")),
    ]
    shown = [_occasion_row(app, one, day.date) for one in found]
    if not any(row["state"] for row in shown):
        columns.pop()
    rows = [occasion_json(one) for one in found]
    _print(app, rows, shown, columns, msg("No occasions in these days."), ("date", "state"))


def _occasion_row(app: App, one: Occasion, today: date) -> Row:
    state = msg("wished") if one.wished else msg("prepared") if one.prepared else None
    return {
        "date": near(app, one.date),
        "name": one.name,
        "path": one.path,
        "what": occasion_text(app, one, today),
        "state": app.say(state) if state else "",
    }


def occasion_text(app: App, one: Occasion, today: date) -> str:
    """Say an occasion where no name stands before it: Russian joins the two by a dash."""
    return app.say(occasion_phrase(one, today)).removeprefix("— ")


# --- Awaiting ------------------------------------------------------------------------------


@click.command(
    "awaiting",
    cls=VaultCommand,
    help=N_(
        "List whose answer is awaited, the longest first; with a name only of that contact."
        "\n\nExample: vault awaiting --all"
    ),
)
@argument("name", nargs=-1, type=NAME)
@option("--all", "show_all", is_flag=True, help=N_("Also messages that were sent lately."))
@pass_app
def awaiting_command(app: App, name: tuple[str, ...], show_all: bool) -> None:
    """List whose answer is awaited."""
    only, day, people = _only(app, name), app.day(), app.people()
    found = list(day.awaiting.values())
    if show_all:
        after = people.snapshot.settings.reply_after
        questions = (
            open_question(contact, day.evidence[path], after, day.date)
            for path, contact in people.contacts.items()
        )
        found = [one for one in questions if one]
    found = sorted((one for one in found if one.path in only), key=lambda one: (one.sent, one.path))
    rows = [{**awaiting_json(one), "text": sent_text(app, one)} for one in found]
    columns = [
        ("name", msg("Name")),
        ("sent", msg("Sent")),
        ("channel", msg("Channel")),
        ("text", msg("Text")),
        ("expected", msg("Expected by")),
        ("where", msg("Where")),
    ]
    if not show_all:
        del columns[4]  # the day has come for all of them
    shown = [_awaiting_row(app, one) for one in found]
    spare = ("where", "channel", "text", "expected")
    _print(app, rows, shown, columns, msg("No answer is awaited."), spare)


def _awaiting_row(app: App, one: Awaiting) -> Row:
    channel = Term("channel_names", one.channel) if one.channel else None
    return {
        "sent": near(app, one.sent),
        "name": one.name,
        "path": one.path,
        "channel": app.catalogue.term(channel) if channel else "",
        "text": sent_text(app, one),
        "expected": near(app, one.reply_by),
        "where": _place(one.source, one.line),
    }


def sent_text(app: App, one: Awaiting) -> str:
    """The words of a message, as the line has them that tells of it."""
    traces = app.day().evidence[one.path]
    texts = (trace.text for trace in traces if (trace.source, trace.line) == (one.source, one.line))
    return readable(next(texts, ""))


# --- Drifting ------------------------------------------------------------------------------


@click.command(
    "drifting",
    cls=VaultCommand,
    help=N_(
        "List who is silent for long against the rhythm that you two had, whatever the cadence"
        " says; the longest against it first.\n\nExample: vault drifting --format json"
    ),
)
@argument("name", nargs=-1, type=NAME)
@pass_app
def drifting_command(app: App, name: tuple[str, ...]) -> None:
    """List who drifts apart."""
    only = _only(app, name)
    agenda = make_agenda(app.people(), app.day())
    found = [one for one in agenda.drifting if one.path in only]
    columns = [
        ("name", msg("Name")),
        ("silent", msg("Silent for")),
        ("usual", msg("Usually")),
        ("last", msg("Last contact")),
    ]
    rows = [drift_json(one) for one in found]
    shown = [_drift_row(app, one) for one in found]
    _print(app, rows, shown, columns, msg("Nobody drifts apart."), ("last", "usual"))


def _drift_row(app: App, one: Drift) -> Row:
    usual = round(one.usual_gap)
    return {
        "name": one.name,
        "path": one.path,
        "silent": app.say(nmsg("{n} day", "{n} days", one.silent)),
        "usual": app.say(nmsg("{n} day", "{n} days", usual)),
        "last": near(app, one.last),
    }
