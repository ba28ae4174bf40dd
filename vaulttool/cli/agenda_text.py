"""The lists of a day in words, for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaulttool.cli.output import print_line, print_markdown, print_table
from vaulttool.markdown.dueline import GENTLE, occasion_phrase
from vaulttool.message import Term, msg, nmsg
from vaulttool.people.grounds import is_template, is_unfilled
from vaulttool.people.problems import unread
from vaulttool.people.threads import readable
from vaulttool.vault.locate import CONFIG_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.cli.app import App
    from vaulttool.contact import Agenda, Contact, Occasion, Promise, Verdict
    from vaulttool.message import Message
    from vaulttool.people.agenda import Day, People

SHOWN = 3  # lines of a side list; the rest is a count
MOST_GROUNDS = 4  # of those that made contacts, in the first line
SOON = 7  # days ahead in which a promise is shown


def print_agenda(app: App, day: Day, agenda: Agenda) -> None:
    """Print the lists of a day: who is due first, then what else the day holds."""
    contacts = app.people().contacts
    print_line(app, app.say(found(app)))
    if not contacts:
        for message in how_to_begin(app):
            print_line(app, app.say(message))
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
    _print_unread(app)


def found(app: App) -> Message:
    """How many contacts there are, and what made them contacts."""
    people = app.people()
    grounds = Counter(app.say(contact.found_by) for contact in people.contacts.values())
    shown = grounds.most_common(MOST_GROUNDS)
    rest = len(people.contacts) - sum(count for _ground, count in shown)
    others = [f"{app.say(msg('others'))} ({rest})"] if rest else []
    how = ", ".join([*(f"{ground} ({count})" for ground, count in shown), *others])
    if not how:
        return nmsg("{n} note, no contacts", "{n} notes, no contacts", _notes(people))
    count = len(people.contacts)
    return nmsg("{n} contact, found by {how}", "{n} contacts, found by {how}", count, how=how)


def how_to_begin(app: App) -> Iterator[Message]:
    """Say what makes contacts, where there are none."""
    if not (_notes(app.people()) or (app.root / CONFIG_NAME).exists()):
        yield msg("The folder holds no notes: is it the vault that you meant?")
    yield msg(
        '`vault add "NAME"` adds a contact. A note in a folder People, Contacts or Люди, or with'
        " a tag #person or #contact, or with the property type: person is one, too."
    )


def _notes(people: People) -> int:
    """How many notes there are; a template is none."""
    notes = people.snapshot.notes
    return sum(
        not (is_template(path, people.snapshot) or is_unfilled(note))
        for path, note in notes.items()
    )


def _nobody(agenda: Agenda) -> Message:
    if not agenda.tracked:
        return msg("Nobody is due: no contact has a cadence yet.")
    if agenda.done:
        return msg("Today's list is done.")
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
    if any(row["there"] for row in rows):
        columns.append(("there", app.say(msg("Time there"))))
    if app.format == "md":
        print_markdown(rows, columns)
    else:
        print_table(app, rows, columns)
    if agenda.more:
        print_line(app, app.say(_more(agenda.more)))


def _row(app: App, verdict: Verdict) -> dict[str, str]:
    reasons = [app.say(reason.text) for reason in verdict.reasons]
    if verdict.contact.stage == "crisis":
        reasons.append(app.say(GENTLE()))
    last = verdict.last
    shown = app.catalogue.short_date(last.date) if last else ""
    if last and last.channel:
        shown = f"{app.catalogue.term(Term('channel_names', last.channel))} {shown}"
    return {
        "name": verdict.contact.name,
        "path": verdict.contact.path,
        "there": _time_there(app, verdict.contact),
        "why": "; ".join(reasons) or app.say(msg("you have not been in touch yet")),
        "last": shown,
    }


def _time_there(app: App, contact: Contact) -> str:
    """The time where a contact is, if it is another than the user's, or none to call at."""
    now = app.now.astimezone()
    there = app.time_at(contact)
    if there is None or (there.now.utcoffset() == now.utcoffset() and there.is_good):
        return ""
    time = f"{there.now:%H:%M}"
    return time if there.is_good else app.say(msg("{time} (not now)", time=time))


def _more(count: int) -> Message:
    return nmsg(
        "{n} more is due; --all lists everybody.", "{n} more are due; --all lists everybody.", count
    )


def _and_more(count: int) -> Message:
    return nmsg("and {n} more", "and {n} more", count)


def _side_lists(app: App, agenda: Agenda) -> Iterator[tuple[Message, list[str]]]:
    short = app.catalogue.short_date
    lists = (
        (msg("Occasions"), [_occasion(app, one, agenda) for one in agenda.occasions]),
        (
            msg("Promises"),
            list(
                dict.fromkeys(
                    _promise(app, one)
                    for one in agenda.promises
                    if one.due and (one.due - agenda.date).days <= SOON
                )
            ),
        ),
        (
            msg("Awaiting a reply"),
            [
                f"{one.name}: {app.say(msg('no answer since {date}', date=one.sent))}"
                for one in agenda.awaiting
            ],
        ),
        (
            msg("Drifting apart"),
            [
                f"{one.name}: {app.say(_silence(one.usual_gap, one.silent))}"
                for one in agenda.drifting
            ],
        ),
        (
            msg("Details to look at again"),
            [
                f"{one.name}: {app.say(msg('last checked on {date}', date=one.verified))}"
                for one in agenda.refresh
            ],
        ),
        (
            msg("Coming up"),
            [
                f"{verdict.contact.name}: {short(verdict.due_on)}"
                for verdict in agenda.upcoming
                if verdict.due_on
            ],
        ),
    )
    yield from ((title, lines) for title, lines in lists if lines)


def _occasion(app: App, occasion: Occasion, agenda: Agenda) -> str:
    line = f"{occasion.name} {app.say(occasion_phrase(occasion, agenda.date))}"
    if occasion.wished:
        return f"{line} ({app.say(msg('wished'))})"
    return f"{line} ({app.say(msg('prepared'))})" if occasion.prepared else line


def _promise(app: App, promise: Promise) -> str:
    text = readable(promise.text)
    due = f" ({app.catalogue.short_date(promise.due)})" if promise.due else ""
    if promise.direction == "in":
        return app.say(msg("{name} promised you: {text}", name=promise.name, text=text)) + due
    return f"{text}{due}" if promise.name in text else f"{promise.name}: {text}{due}"


def _silence(gap: float, silent: int) -> Message:
    return nmsg(
        "{n} day of silence, usually about {gap}",
        "{n} days of silence, usually about {gap}",
        silent,
        gap=f"{gap:g}",
    )


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


def _print_unread(app: App) -> None:
    """Say that something could not be read: it may be why somebody is missing."""
    problems = [one for one in unread(app.people()) if one.severity != "info"]
    if problems:
        print_line(app, "")
        print_line(app, app.say(nmsg(
            "{n} place could not be read as it was meant: `vault check` shows it.",
            "{n} places could not be read as they were meant: `vault check` shows them.",
            len(problems),
        )))  # fmt: skip
