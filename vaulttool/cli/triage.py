"""`vault triage` and `vault review`: one person at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.beginning import unless_empty
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.editing import day_to_come, set_of_contact
from vaulttool.cli.onebyone import Choice, Round
from vaulttool.cli.record import Interaction, record
from vaulttool.cli.why import verdict_text
from vaulttool.errors import UsageError
from vaulttool.locale import fold
from vaulttool.markdown.dueline import PROMISED_YOU, YOU_PROMISED
from vaulttool.message import Term, msg, nmsg
from vaulttool.people.agenda import make_agenda
from vaulttool.people.cadence import describe, in_place_of_rule, parse_cadence
from vaulttool.people.channels import channel_at
from vaulttool.people.due import may_be_asked
from vaulttool.people.rules import circle_words
from vaulttool.people.threads import readable
from vaulttool.people.tune import find_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.contact import Contact, Verdict
    from vaulttool.message import Message
    from vaulttool.vault.change import Change

CIRCLES = ("key", "regular", "potential", "dormant", "expert")  # keys 1 to 5
MENTIONED = 3  # of the notes that speak of somebody, how many a card names


@click.command(
    "triage",
    cls=VaultCommand,
    help=N_(
        "Give a circle to those who have none, one person at a time, the most mentioned first."
        " One key is an answer, ? explains them; q stops, and the next time goes on from there."
        "\n\nExample: vault triage"
    ),
)
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def triage_command(app: App, dry_run: bool) -> None:
    """Give circles."""
    from vaulttool.vault.skipped import read_skipped, write_skipped

    state = app.storage.state
    skipped = read_skipped(state)
    people = _untracked(app, skipped)
    if not people:
        said = msg("Everybody has a cadence: there is nobody to ask about.")
        app.note(unless_empty(app.people(), said))
        return
    usual = {
        one.contact.path: describe(one.suggested)
        for one in find_suggestions(app.day(), app.people().snapshot.settings)
    }
    choices = {str(n): _give(app, circle) for n, circle in enumerate(CIRCLES, 1)}
    choices |= {"n": _never(app), **_common(app)}
    found = Round(app, people, lambda one: _triage_card(app, one, usual), choices, dry_run, skipped)
    try:
        found.go()
    finally:
        if not dry_run:
            write_skipped(state, found.skipped)


@click.command(
    "review",
    cls=VaultCommand,
    help=N_(
        "Go through today's list, one person at a time: log, snooze, pause, change the cadence."
        " One key is an answer, ? explains them.\n\nExample: vault review"
    ),
)
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def review_command(app: App, dry_run: bool) -> None:
    """Go through today's list."""
    day = app.day()
    agenda = make_agenda(app.people(), day)
    resting = [one for one in day.verdicts.values() if one.code == "resting"]
    listed = [*agenda.due, *([agenda.offer] if agenda.offer else [])]
    people = [one.contact for one in (*listed, *sorted(resting, key=_by_name))]
    if not people:
        said = msg("Today's list is empty: there is nobody to ask about.")
        app.note(unless_empty(app.people(), said))
        return
    choices = {
        **_common(app),
        "c": Choice(
            msg("change the cadence"),
            lambda person, words: [_with_cadence(app, person, words)],
            msg("How often, such as 2 weeks"),
        ),
        "p": Choice(msg("pause"), lambda person, _: [set_of_contact(app, person, "pause", True)]),
    }
    Round(app, people, lambda one: _review_card(app, one), choices, dry_run).go()


def _untracked(app: App, skipped: set[str]) -> list[Contact]:
    """Those without a cadence who may be asked about: the most mentioned first."""
    backlinks = app.people().snapshot.backlinks
    found = [one.contact for one in app.day().verdicts.values() if one.code == "untracked"]
    return sorted(
        found,
        key=lambda one: (one.path in skipped, -len(backlinks.get(one.path, ())), fold(one.name),
            one.path),
    )  # fmt: skip


def _by_name(verdict: Verdict) -> tuple[str, str]:
    return fold(verdict.contact.name), verdict.contact.path


# --- Answers ---


def _give(app: App, circle: str) -> Choice:
    words = circle_words(circle, app.people().snapshot.settings)
    cadence = parse_cadence(words or "")
    label = msg("{circle}", circle=Term("circles", circle))
    if cadence:
        label = msg("{circle}: {every}", circle=Term("circles", circle), every=describe(cadence))
    return Choice(label, lambda person, _: [set_of_contact(app, person, "circle", circle)])


def _never(app: App) -> Choice:
    return Choice(
        msg("on demand only"),
        lambda person, _: [set_of_contact(app, person, "every", "never")],
    )


def _common(app: App) -> dict[str, Choice]:
    return {
        "l": Choice(
            msg("log that you were in touch"),
            lambda person, words: record(app, _interaction(app, person, words)),
            msg("How and what about, such as call: her trip"),
        ),
        "z": Choice(
            msg("snooze"),
            lambda person, words: [
                set_of_contact(app, person, "snooze_until", day_to_come(app, words))
            ],
            msg("Until when: a date, or such as 2 weeks"),
        ),
    }


def _interaction(app: App, person: Contact, words: str) -> Interaction:
    """Read `call: her trip`; without a channel all of it is text."""
    channel, end = channel_at(words, 0)
    text = words[end:].lstrip(" :—-") if channel else words
    return Interaction((person,), app.today, channel, None, text)


def _with_cadence(app: App, person: Contact, words: str) -> Change:
    if instead := in_place_of_rule(words):
        raise UsageError(msg("repetition rules are not read: write “{words}”", words=instead))
    if parse_cadence(words) is None:
        raise UsageError(
            msg("expected a cadence such as 2 weeks, quarterly or never, found “{found}”",
                found=words)
        )  # fmt: skip
    return set_of_contact(app, person, "every", words)


# --- Cards ---


def _triage_card(app: App, person: Contact, usual: dict[str, Message]) -> Iterator[str]:
    snapshot, day = app.people().snapshot, app.day()
    notes = sorted(snapshot.backlinks.get(person.path, ()), key=lambda path: (path not in
        snapshot.dates, str(snapshot.dates.get(path)), path), reverse=True)  # fmt: skip
    yield person.path
    shown = [path.rpartition("/")[2].removesuffix(".md") for path in notes[:MENTIONED]]
    if notes:
        yield app.say(nmsg("named in {n} note: {notes}", "named in {n} notes: {notes}",
            len(notes), notes=shown))  # fmt: skip
    counted = [trace for trace in day.evidence[person.path] if trace.counts]
    if counted:
        yield app.say(nmsg("in touch on {n} day, last on {date}",
            "in touch on {n} days, last on {date}", len({trace.date for trace in counted}),
            date=counted[-1].date))  # fmt: skip
    if person.path in usual:
        yield app.say(msg("your rhythm: about {every}", every=usual[person.path]))


def _review_card(app: App, person: Contact) -> Iterator[str]:
    day = app.day()
    verdict = day.verdicts[person.path]
    yield app.say(verdict_text(verdict))
    if verdict.code == "resting" and verdict.cadence.cadence:
        cadence = describe(verdict.cadence.cadence)
        yield app.say(msg("is the cadence right ({cadence})?", cadence=cadence))
    if verdict.last:
        place = f"{verdict.last.source}:{verdict.last.line}"
        yield app.say(msg("last: {date}, {text} ({place})", date=verdict.last.date,
            text=verdict.last.text or "—", place=place))  # fmt: skip
    for promise in day.promises:
        if promise.path == person.path:
            phrase = YOU_PROMISED if promise.direction == "out" else PROMISED_YOU
            yield app.say(phrase(text=readable(promise.text)))
    if person.boundaries:
        terms = tuple(Term("boundaries", text) for text in person.boundaries)
        yield app.say(msg("Boundaries: {boundaries}", boundaries=terms))
    if not may_be_asked(person, day.date):
        yield app.say(msg("today is not one of the days to ask"))
