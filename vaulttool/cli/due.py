"""`vault due`: today's list, printed and written into the daily note."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.daily import DailyNote
from vaulttool.cli.output import print_csv, print_json, print_line, print_markdown, print_table
from vaulttool.cli.values import due_json, due_rows
from vaulttool.daily.block import update_block
from vaulttool.daily.template import find_daily_note
from vaulttool.errors import RefusedError, UsageError
from vaulttool.markdown.dueline import when
from vaulttool.message import Term, msg, nmsg
from vaulttool.people.agenda import make_agenda
from vaulttool.people.cadence import interval_days, parse_cadence
from vaulttool.people.threads import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.message import Message
    from vaulttool.model import Agenda, Verdict
    from vaulttool.people.agenda import Day

SHOWN = 5  # lines of a side list; the rest is a count


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
@option("--limit", type=click.IntRange(0, 1000), help=N_("The most people to list."))
@option("--all", "show_all", is_flag=True, help=N_("List everybody who is due."))
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def due_command(
    app: App, print_only: bool, within: str, limit: int | None, show_all: bool, dry_run: bool
) -> None:
    """Show today's list."""
    span = parse_cadence(within)
    if span is None or span.never:
        raise UsageError(
            msg("--within: expected a span such as 7d or 2 weeks, found “{found}”", found=within)
        )
    day = app.day()
    budget = len(day.verdicts) if show_all else limit
    agenda = make_agenda(app.people(), day, within=interval_days(span), limit=budget)
    if dry_run:
        _write(app, day, agenda, dry_run=True)
        return
    written: list[str] = []
    refused: RefusedError | None = None
    try:
        written = [] if print_only else _write(app, day, agenda, dry_run=False)
    except RefusedError as error:  # the list is of use all the same
        refused = error
    _show(app, day, agenda, written, is_kept=not print_only and refused is None)
    if refused:
        raise refused


def _write(app: App, day: Day, agenda: Agenda, *, dry_run: bool) -> list[str]:
    note = DailyNote(app, day, day.date)
    wanted = note.writer.wanted(agenda)
    text = update_block(note.text, wanted, agenda.date, note.heading, note.writer.reading())
    if note.source.data is None and not wanted:
        return []  # nothing to say is no reason to make a note
    return app.write([note.source.change(text)], dry_run=dry_run)


def _show(app: App, day: Day, agenda: Agenda, written: list[str], *, is_kept: bool) -> None:
    path = written[0] if written else find_daily_note(app.people().snapshot, day.date)
    if app.format == "json":
        print_json(due_json(app, day, agenda, path))
    elif app.format == "csv":
        rows = due_rows(app, agenda)
        print_csv(rows, list(rows[0]) if rows else ["name", "path"])
    else:
        _print(app, day, agenda)
        if written:
            app.note(msg("Written to {path}", path=written[0]))
        elif path and is_kept:
            app.note(msg("{path} is up to date", path=path))


# --- For people ----------------------------------------------------------------------------


def _print(app: App, day: Day, agenda: Agenda) -> None:
    contacts = app.people().contacts
    print_line(app, app.say(_found(app)))
    if not contacts:
        print_line(app, app.say(_how_to_begin(len(app.people().snapshot.notes))))
        return
    print_line(app, "")
    if agenda.due or agenda.offer:
        _print_due(app, agenda)
    else:
        print_line(app, app.say(_nobody(agenda)))
    for title, lines in _side_lists(app, agenda):
        print_line(app, "")
        print_line(app, app.say(title), style="bold")
        for line in lines[:SHOWN]:
            print_line(app, f"  {line}")
        if len(lines) > SHOWN:
            print_line(app, "  " + app.say(_and_more(len(lines) - SHOWN)))
    _print_untracked(app, day, agenda)


def _found(app: App) -> Message:
    """How many contacts there are, and what made them contacts."""
    people = app.people()
    grounds = Counter(app.say(contact.found_by) for contact in people.contacts.values())
    how = ", ".join(f"{ground} ({count})" for ground, count in grounds.most_common(4))
    if not how:
        return nmsg("{n} note, no contacts", "{n} notes, no contacts", len(people.snapshot.notes))
    count = len(people.contacts)
    return nmsg("{n} contact, found by {how}", "{n} contacts, found by {how}", count, how=how)


def _how_to_begin(notes: int) -> Message:
    if not notes:
        return msg("The folder holds no notes: is it the vault that you meant?")
    return msg(
        "A contact is a note in a folder People, Contacts or Люди, or with a tag #person or"
        " #contact, or with the property type: person. `vault init` sets up others."
    )


def _nobody(agenda: Agenda) -> Message:
    if not agenda.tracked:
        return msg("Nobody is due: no contact has a cadence yet.")
    if agenda.done:
        return nmsg(
            "All done for today: {n} person.", "All done for today: {n} people.", agenda.done
        )
    if agenda.upcoming:
        first = agenda.upcoming[0]
        return msg("Nobody is due today; next is {name} on {date}.",
            name=first.contact.name, date=first.due_on)  # fmt: skip
    return msg("Nobody is due today, nor in the days ahead.")


def _print_due(app: App, agenda: Agenda) -> None:
    rows = [_row(app, verdict) for verdict in agenda.due]
    if agenda.offer:
        rows.append(_row(app, agenda.offer))
    columns = [
        ("name", app.say(msg("Reach out to"))),
        ("why", app.say(msg("Why"))),
        ("last", app.say(msg("Last contact"))),
    ]
    if app.format == "md":
        print_markdown(rows, columns)
    else:
        print_table(app, rows, columns)
    if agenda.more:
        print_line(app, app.say(_more(agenda.more)))


def _row(app: App, verdict: Verdict) -> dict[str, str]:
    reasons = [app.say(reason.text) for reason in verdict.reasons]
    last = verdict.last
    shown = app.catalogue.short_date(last.date) if last else ""
    if last and last.channel:
        shown = f"{app.catalogue.term(Term('channel_names', last.channel))} {shown}"
    return {
        "name": verdict.contact.name,
        "why": "; ".join(reasons) or app.say(msg("you have not been in touch yet")),
        "last": shown,
    }


def _more(count: int) -> Message:
    return nmsg(
        "{n} more is due; --all lists everybody.", "{n} more are due; --all lists everybody.", count
    )


def _and_more(count: int) -> Message:
    return nmsg("and {n} more", "and {n} more", count)


def _side_lists(app: App, agenda: Agenda) -> Iterator[tuple[Message, list[str]]]:
    today, short = agenda.date, app.catalogue.short_date
    occasions = [
        f"{one.name}: {one.label or app.say(msg('birthday'))}, "
        + app.say(msg("{when}", when=when(one.date, today)))
        for one in agenda.occasions
        if not one.wished
    ]
    promises = [
        f"{one.name}: {readable(one.text)}" + (f" ({short(one.due)})" if one.due else "")
        for one in agenda.promises
        if one.due and (one.due - today).days <= SHOWN + 2
    ]
    awaiting = [
        f"{one.name}: {app.say(msg('no answer since {date}', date=one.sent))}"
        for one in agenda.awaiting
    ]
    drifting = [
        f"{one.name}: "
        + app.say(msg("about every {gap} days before, now {silent} days of silence",
            gap=f"{one.usual_gap:g}", silent=one.silent))
        for one in agenda.drifting
    ]  # fmt: skip
    upcoming = [f"{verdict.contact.name}: {short(verdict.due_on)}"
        for verdict in agenda.upcoming if verdict.due_on]  # fmt: skip
    lists = (
        (msg("Occasions"), occasions),
        (msg("Promises"), promises),
        (msg("Awaiting a reply"), awaiting),
        (msg("Drifting apart"), drifting),
        (msg("Coming up"), upcoming),
    )
    yield from ((title, lines) for title, lines in lists if lines)


def _print_untracked(app: App, day: Day, agenda: Agenda) -> None:
    """Say how many have no cadence, and with whom to begin."""
    if not agenda.untracked:
        return
    print_line(app, "")
    print_line(app, app.say(nmsg(
        "{n} contact has no cadence. Write `circle: regular` or `every: 2 months` into the note.",
        "{n} contacts have no cadence. Write `circle: regular` or `every: 2 months` into a note.",
        agenda.untracked,
    )))  # fmt: skip
    counts = {
        path: sum(trace.counts for trace in day.evidence[path])
        for path, verdict in day.verdicts.items()
        if verdict.code == "untracked"
    }
    best = sorted((path for path in counts if counts[path]), key=lambda path: (-counts[path], path))
    if best:
        names = [day.verdicts[path].contact.name for path in best[:3]]
        print_line(app, app.say(msg("You write most about {names}: begin there.", names=names)))
