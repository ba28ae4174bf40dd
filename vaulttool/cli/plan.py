"""`vault plan` and `vault tune`: the weeks ahead, and cadences that suit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.beginning import unless_empty
from vaulttool.cli.commands import N_, Number, VaultCommand, argument, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.output import print_json, print_line, print_rows
from vaulttool.cli.values import iso
from vaulttool.locale import words_of
from vaulttool.message import msg, nmsg
from vaulttool.people.agenda import make_agenda
from vaulttool.people.cadence import describe, interval_days
from vaulttool.people.names import find_contact
from vaulttool.people.plan import make_plan
from vaulttool.people.tune import find_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.cli.output import Row
    from vaulttool.message import Message
    from vaulttool.people.plan import Plan, Planned, Slower
    from vaulttool.people.tune import Suggestion

SHOWN = 5  # changes; JSON has all

_TRENDS: dict[str, Message] = {
    "closer": msg("closer of late"),
    "steady": msg("steady"),
    "wider": msg("wider of late"),
}


@click.command(
    "plan",
    cls=VaultCommand,
    help=N_(
        "Show the weeks ahead: what your cadences ask for, what your lists can hold, and what"
        " to change where that does not fit.\n\nExample: vault plan --weeks 6"
    ),
)
@option("--weeks", type=Number(1, 53), default=4, help=N_("How far ahead."))
@option("--per-day", type=Number(1, 1000), help=N_("Try another budget for a day."))
@pass_app
def plan_command(app: App, weeks: int, per_day: int | None) -> None:
    """Show the weeks ahead."""
    people, day = app.people(), app.day()
    budget = per_day or people.snapshot.settings.per_day
    plan = make_plan(day, make_agenda(people, day), budget, weeks)
    if app.format == "json":
        print_json(_plan_json(plan))
        return
    if app.format == "table" and people.contacts:
        for line in _load(plan):
            print_line(app, app.say(line))
        print_line(app, "")
    rows = [_planned_row(one) for planned in plan.days.values() for one in planned]
    shown = rows if app.format == "csv" else list(_day_rows(app, plan))
    columns = [("date", msg("Day")), ("people", msg("Who")), ("count", msg("How many"))]
    if app.format == "csv":
        columns = [("date", msg("Day")), ("name", msg("Name"))]
    print_rows(app, shown, columns, unless_empty(people, msg("Nobody is due in these weeks.")))


def _load(plan: Plan) -> Iterator[Message]:
    """What is asked for, what there is room for, and what would make it fit."""
    yield msg("Your cadences ask for {asked} contacts a week; your lists hold {room}, {per_day} a"
        " day.", asked=round(plan.asked, 1), room=plan.room, per_day=plan.per_day)  # fmt: skip
    if plan.record is not None:
        yield msg("Of late you made {record} a week.", record=round(plan.record, 1))
    if plan.unknown:
        yield nmsg("{n} contact with a cadence is not counted: nobody knows since when it runs.",
            "{n} contacts with a cadence are not counted: nobody knows since when it runs.",
            plan.unknown)  # fmt: skip
    if plan.beyond:
        yield nmsg("{n} contact finds no day in these weeks.",
            "{n} contacts find no day in these weeks.", plan.beyond)  # fmt: skip
    if not plan.fits:
        yield msg("It fits with {n} a day.", n=plan.per_day_needed)
        if plan.changes:
            yield nmsg("Or with one longer cadence:", "Or with {n} longer cadences together:",
                len(plan.changes))  # fmt: skip
        for change in plan.changes[:SHOWN]:
            yield _change_text(change)
        if len(plan.changes) > SHOWN:
            yield nmsg("and {n} more such", "and {n} more such", len(plan.changes) - SHOWN)


def _change_text(change: Slower) -> Message:
    return msg("{name}: {longer} instead of {cadence}, {saves} a week less",
        name=change.contact.name, cadence=describe(change.cadence),
        longer=describe(change.longer), saves=round(change.saves, 2))  # fmt: skip


def _day_rows(app: App, plan: Plan) -> Iterator[Row]:
    """One row a day that asks for somebody."""
    words = words_of(app.lang)
    for day, planned in plan.days.items():
        if planned:
            date = f"{words.weekdays_short[day.weekday()]} {app.catalogue.short_date(day)}"
            names = [one.contact.name for one in planned]
            yield {"date": date, "people": names, "count": f"{len(planned)}/{plan.per_day}"}


def _planned_row(one: Planned) -> Row:
    return {
        "date": iso(one.day),
        "name": one.contact.name,
        "path": one.contact.path,
        "due_on": iso(one.due_on),
        "days_late": one.late,
    }


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "per_day": plan.per_day,
        "asked_per_week": round(plan.asked, 3),
        "room_per_week": plan.room,
        "record_per_week": None if plan.record is None else round(plan.record, 3),
        "fits": plan.fits,
        "per_day_needed": plan.per_day_needed,
        "beyond": plan.beyond,
        "unknown_start": plan.unknown,
        "changes": [
            {
                "name": one.contact.name,
                "path": one.contact.path,
                "interval_days": interval_days(one.cadence),
                "every": one.every,
                "saves_per_week": round(one.saves, 3),
            }
            for one in plan.changes
        ],
        "days": [
            {"date": iso(day), "people": [_planned_row(one) for one in planned]}
            for day, planned in plan.days.items()
        ],
    }


@click.command(
    "tune",
    cls=VaultCommand,
    help=N_(
        "Suggest cadences from the rhythm that you and a contact really have. Nothing is"
        " written.\n\nExample: vault tune"
    ),
)
@argument("name", nargs=-1, type=NAME)
@pass_app
def tune_command(app: App, name: tuple[str, ...]) -> None:
    """Suggest cadences."""
    people = app.people()
    only = find_contact(" ".join(name), people.contacts) if name else None
    found = [
        one
        for one in find_suggestions(app.day(), people.snapshot.settings)
        if only in (None, one.contact)
    ]
    words = {one.contact.path: _suggestion_words(app, one) for one in found}
    columns = [
        ("name", msg("Name")),
        ("interval_days", msg("Now")),
        ("usual_gap", msg("Days between")),
        ("trend", msg("Trend")),
        ("every", msg("Suggested")),
    ]
    said = msg("Nothing to suggest: the cadences agree with how often you are in touch.")
    empty = unless_empty(app.people(), said)
    rows = [_suggestion_row(one) for one in found]
    spare = ("usual_gap", "trend", "interval_days")
    print_rows(app, rows, columns, empty, lambda row: {**row, **words[row["path"]]}, spare)


def _suggestion_row(one: Suggestion) -> Row:
    return {
        "name": one.contact.name,
        "path": one.contact.path,
        "interval_days": interval_days(one.cadence) if one.cadence else None,
        "usual_gap": one.usual_gap,
        "trend": one.trend,
        "days_of_contact": one.days,
        "every": one.every,
    }


def _suggestion_words(app: App, one: Suggestion) -> Row:
    """The cells that people read in their own language."""
    return {
        "interval_days": app.say(describe(one.cadence)) if one.cadence else "—",
        "trend": app.say(_TRENDS[one.trend]),
        "every": app.say(describe(one.suggested)),
    }
