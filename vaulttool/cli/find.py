"""`vault list` and `vault find`: contacts as people look for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.beginning import NO_CONTACTS
from vaulttool.cli.commands import N_, VaultCommand, argument
from vaulttool.cli.filters import filtering
from vaulttool.cli.output import near, print_csv, print_json, print_rows
from vaulttool.cli.terminal import PAST, Styled
from vaulttool.cli.values import contact_json
from vaulttool.cli.within import last_day
from vaulttool.errors import UsageError
from vaulttool.locale import words_of
from vaulttool.message import Term, msg, nmsg
from vaulttool.people.finding import (
    SortKey,
    Wanted,
    find_people,
    in_order,
    meant_word,
    unknown_word,
    word_form,
)
from vaulttool.people.names import nearest
from vaulttool.people.rules import canonical
from vaulttool.people.topics import topics_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaulttool.cli.output import Row
    from vaulttool.contact import Contact, Verdict
    from vaulttool.message import Message
    from vaulttool.people.agenda import Day

KEYS = (
    *("name", "path", "circle", "stage", "every", "interval_days", "cadence_rule", "tracked"),
    *("last_contact", "next_due", "verdict", "found_by", "aliases", "private"),
    *("tags", "companies", "places", "topics"),
)
"""The columns in CSV, also where nobody fits."""


@click.command(
    "list",
    cls=VaultCommand,
    help=N_(
        "List the contacts as a table for people: all, or those who fit. Filters narrow each"
        " other; the same one twice means either. Words need only begin as the ones in your"
        " notes.\n\nExample: vault list --circle key --place berlin --sort last"
    ),
)
@filtering
@pass_app
def list_command(app: App, /, sort: SortKey, **filters: Any) -> None:  # noqa: ANN401 - click's own
    """List the contacts."""
    _print_found(app, _wanted(app, (), **filters), sort)


@click.command(
    "find",
    cls=VaultCommand,
    help=N_(
        "Find people by words: in names, aliases, places, companies, circles, tags and topics."
        " Case and accents do not matter, and every word has to fit. The filters of `list` narrow"
        " it."
        "\n\nExample: vault find book club --place leipzig"
    ),
)
@argument("text", nargs=-1, required=True)
@filtering
@pass_app
def find_command(app: App, /, text: tuple[str, ...], sort: SortKey, **filters: Any) -> None:  # noqa: ANN401 - click's own
    """Find people by words."""
    words = tuple(word for part in text for word in part.split())
    if not any(map(word_form, words)):
        raise UsageError(msg("find: expected a word of a name, a place, a company or a topic"))
    _print_found(app, _wanted(app, words, **filters), sort)


def _wanted(
    app: App,
    words: tuple[str, ...],
    *,
    circles: tuple[str, ...],
    stages: tuple[str, ...],
    tags: tuple[str, ...],
    topics: tuple[str, ...],
    places: tuple[str, ...],
    companies: tuple[str, ...],
    due: bool,
    within: str | None,
) -> Wanted:
    """What the options ask for, where their words can be meant."""
    contacts = app.people().contacts.values()
    own = {one.circle for one in contacts if one.circle} | {*app.people().snapshot.settings.circles}
    circles = tuple(_meant("--circle", word, sorted(own)) for word in circles)
    stages = tuple(_meant("--stage", word, ()) for word in stages)
    for name, given in (
        *(("--tag", tags), ("--topic", topics)),
        *(("--place", places), ("--company", companies)),
    ):
        if not all(map(word_form, given)):
            raise UsageError(msg("{name}: expected a word", name=name))
    days = [app.today] * due + ([] if within is None else [last_day(within, app.today)])
    return Wanted(circles, stages, tags, topics, places, companies, min(days, default=None), words)


def _meant(name: str, word: str, own: Sequence[str]) -> str:
    """The circle or stage that is meant: an empty list would not tell of a slip."""
    table: Literal["circles", "stages"] = "circles" if name == "--circle" else "stages"
    if found := meant_word(word, table, own):
        return found
    usual = getattr(words_of("en"), table)
    written = {canonical(one): one for one in own}
    known = [*usual, *(text for name, text in written.items() if name not in usual)]
    terms = [Term(table, one) for one in known]
    raise UsageError(
        msg("{name}: expected one of {expected}; found “{found}”",
            name=name, expected=[*terms, msg("none")], found=word)
    )  # fmt: skip


def _print_found(app: App, wanted: Wanted, sort: SortKey) -> None:
    people, day = app.people(), app.day()
    found = in_order(find_people(people, day, wanted), day, sort)
    if app.format == "json":
        print_json([_row(app, one, day) for one in found])
        return
    if app.format == "csv":
        print_csv([_row(app, one, day) for one in found], KEYS)
        return
    rows = [_shown(app, one, day) for one in found]
    columns = [
        ("name", msg("Name")),
        ("circle", msg("Circle")),
        ("last", msg("Last contact")),
        ("next", msg("Next")),
        ("company", msg("Company")),
        ("place", msg("Place")),
    ]
    used = [(key, title) for key, title in columns if key == "name" or _is_used(rows, key)]
    empty = msg("") if rows else _nobody(app, wanted)
    print_rows(app, rows, used, empty, spare=("place", "company", "circle", "last"))
    if rows and len(rows) < len(people.contacts):
        app.note(nmsg("{n} of {all} contacts", "{n} of {all} contacts", len(rows),
            all=len(people.contacts)))  # fmt: skip


def _is_used(rows: Sequence[Row], key: str) -> bool:
    return any(row[key] for row in rows)


def _row(app: App, contact: Contact, day: Day) -> Row:
    """A contact for other programs: as `contacts` gives it, and what it was found by."""
    people = app.people()
    return {
        **contact_json(app, contact, day.verdicts[contact.path]),
        "tags": list(contact.tags),
        "companies": list(contact.companies),
        "places": list(contact.places),
        "topics": list(topics_of(contact, people.snapshot, people.contacts)),
    }


def _shown(app: App, contact: Contact, day: Day) -> Row:
    """A contact for people."""
    verdict = day.verdicts[contact.path]
    circle = Term("circles", contact.circle) if contact.circle else None
    return {
        "name": contact.name,
        "path": contact.path,
        "circle": app.catalogue.term(circle) if circle else "",
        "last": near(app, verdict.last.date) if verdict.last else "",
        "next": _next(app, verdict),
        "company": ", ".join(contact.companies),
        "place": ", ".join(contact.places),
    }


def _next(app: App, verdict: Verdict) -> Styled:
    """When somebody is asked about next, in a few words."""
    if verdict.code == "waiting" and verdict.due_on:
        return near(app, verdict.due_on)
    over = verdict.code == "due" and verdict.days_over
    return Styled(app.say(_state(verdict)), PAST if over else "")


def _state(verdict: Verdict) -> Message:
    """How it stands where no date says it."""
    over = verdict.days_over
    texts: dict[str, Message] = {
        "untracked": msg("no cadence"),
        "on_demand": msg("on demand"),
        "unknown_start": msg("now and then"),
        "resting": msg("rests until {date}", date=verdict.until),
        "snoozed": msg("snoozed until {date}", date=verdict.until),
        "not_today": msg("due, but not today"),
        "paused": msg("paused"),
        "no_contact": msg("asked for no contact"),
        "died": msg("remembered"),
    }
    if verdict.code == "due":
        return nmsg("{n} day over", "{n} days over", over) if over else msg("due today")
    return texts[verdict.code]


def _nobody(app: App, wanted: Wanted) -> Message:
    """What to say where nobody fits: whose name was probably meant."""
    people = app.people()
    if not people.contacts:
        return NO_CONTACTS
    if unknown := unknown_word(people, app.day(), wanted):
        kind, word, near = unknown
        if near:
            return msg("--{filter}: nobody has “{word}”; did you mean {near}?",
                filter=kind, word=word, near=near)  # fmt: skip
        return msg("--{filter}: nobody has “{word}”.", filter=kind, word=word)
    near = nearest(" ".join(wanted.words), people.contacts) if wanted.words else []
    if near:
        return msg("Nobody fits; did you mean {near}?", near=near)
    return msg("Nobody fits all of that.")
