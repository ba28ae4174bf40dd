"""`vault due`: today's list, printed and written into the daily note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaulttool.cli.agenda_text import print_agenda
from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, Number, VaultCommand, option
from vaulttool.cli.daily import DailyNote
from vaulttool.cli.output import print_csv, print_json
from vaulttool.cli.values import DUE_COLUMNS, due_json, due_rows
from vaulttool.daily.block import update_block
from vaulttool.daily.template import find_daily_note
from vaulttool.errors import UsageError, VaultError
from vaulttool.message import msg
from vaulttool.people.agenda import make_agenda
from vaulttool.people.cadence import interval_days, parse_cadence

if TYPE_CHECKING:
    from vaulttool.contact import Agenda
    from vaulttool.people.agenda import Day
    from vaulttool.vault.change import Change


@click.command(
    "due",
    cls=VaultCommand,
    help=N_(
        "Show whom to reach out to today, and why, and write the list into the daily note."
        "\n\nExample: vault due --within 14d"
    ),
)
@option("--print", "print_only", is_flag=True, help=N_("Print only; write nothing."))
@option("--within", metavar="SPAN", default="7d", help=N_("How far ahead to look: 7d, 2 weeks."))
@option("--limit", type=Number(0, 1000), help=N_("The most people to print."))
@option("--all", "show_all", is_flag=True, help=N_("Print everybody who is due."))
@option("--as-of", metavar="DATE", help=N_("Judge a past day by the notes of then."))
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def due_command(
    app: App,
    print_only: bool,
    within: str,
    limit: int | None,
    show_all: bool,
    as_of: str | None,
    dry_run: bool,
) -> None:
    """Show today's list."""
    if as_of is not None and dry_run:
        raise UsageError(msg("--as-of writes nothing: leave out --dry-run"))
    if as_of is not None:
        app.go_back(as_of)
    print_only |= as_of is not None
    span = parse_cadence(within)
    if span is None or span.never:
        raise UsageError(
            msg("--within: expected a span such as 7d or 2 weeks, found “{found}”", found=within)
        )
    written: list[str] = []
    refused: VaultError | None = None
    try:
        if dry_run or not print_only:
            written = app.write(lambda: plan_list(app), dry_run=dry_run)
    except VaultError as error:  # the list is of use all the same
        if dry_run:
            raise
        refused = error
    if dry_run:
        return
    day = app.day()
    shown = len(day.verdicts) if show_all else limit
    agenda = make_agenda(app.people(), day, within=interval_days(span), limit=shown)
    _show(app, day, agenda, written, is_kept=not print_only and refused is None)
    if refused:
        raise refused


def plan_list(app: App) -> list[Change]:
    """Plan the day's list: as many as the day asks for, however many are printed."""
    day = app.day()
    agenda = make_agenda(app.people(), day)
    note = DailyNote(app, day, day.date)
    wanted = note.writer.wanted(agenda)
    text = update_block(note.text, wanted, agenda.date, note.heading, note.writer.reading())
    if note.source.data is None and not wanted:
        return []  # nothing to say is no reason to make a note
    return [note.change(text)]


def _show(app: App, day: Day, agenda: Agenda, written: list[str], *, is_kept: bool) -> None:
    path = written[0] if written else find_daily_note(app.people().snapshot, day.date)
    if app.format == "json":
        print_json(due_json(app, day, agenda, path))
    elif app.format == "csv":
        rows = due_rows(app, agenda)
        print_csv(rows, DUE_COLUMNS)
    else:
        print_agenda(app, day, agenda)
        if written:
            app.note(msg("Written to {path}", path=written[0]))
        elif path and is_kept:
            app.note(msg("{path} is up to date", path=path))
