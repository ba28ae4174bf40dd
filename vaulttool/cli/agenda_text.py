"""The lists of a day in words, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.cli.beginning import found, how_to_begin
from vaulttool.cli.output import near, print_line, print_markdown, print_table
from vaulttool.cli.terminal import ASIDE, PAST, TITLE, Styled
from vaulttool.markdown.dueline import GENTLE, occasion_phrase
from vaulttool.message import Term, msg, nmsg
from vaulttool.people.problems import unread
from vaulttool.people.threads import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from vaulttool.cli.app import App
    from vaulttool.cli.output import Row
    from vaulttool.contact import Agenda, Contact, Occasion, Promise, Verdict
    from vaulttool.message import Message
    from vaulttool.people.agenda import Day

    _Line = tuple[str | Styled, ...]

SHOWN = 3  # lines of a side list; the rest is a count
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
        print_line(app, app.say(title), style=TITLE)
        for line in lines[:SHOWN]:
            print_line(app, "  ", *line)
        if len(lines) > SHOWN:
            print_line(app, "  " + app.say(_and_more(len(lines) - SHOWN)), style=ASIDE)
    _print_untracked(app, day, agenda)
    _print_unread(app)


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
        print_table(app, rows, columns, ("last", "there"))
    if agenda.more:
        print_line(app, app.say(_more(agenda.more)), style=ASIDE)


def _row(app: App, verdict: Verdict) -> Row:
    reasons = [app.say(reason.text) for reason in verdict.reasons]
    if verdict.contact.stage == "crisis":
        reasons.append(app.say(GENTLE()))
    last = verdict.last
    shown = near(app, last.date) if last else Styled("")
    if last and last.channel:
        how = app.catalogue.term(Term("channel_names", last.channel))
        shown = Styled(f"{how} {shown}", short=f"{how} {shown.short}")
    why = "; ".join(reasons) or app.say(msg("you have not been in touch yet"))
    return {
        "name": verdict.contact.name,
        "path": verdict.contact.path,
        "there": _time_there(app, verdict.contact),
        "why": Styled(why, PAST if verdict.due_on and verdict.days_over else ""),
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


def _side_lists(app: App, agenda: Agenda) -> Iterator[tuple[Message, list[_Line]]]:
    """The other lists of a day, each with its title."""
    yield from ((title, found) for title, lines in _lists(app, agenda) if (found := list(lines)))


def _lists(app: App, agenda: Agenda) -> Iterator[tuple[Message, Iterable[_Line]]]:
    yield msg("Occasions"), ((_occasion(app, one, agenda),) for one in agenda.occasions)
    soon = (one for one in agenda.promises if one.due and (one.due - agenda.date).days <= SOON)
    yield msg("Promises"), dict.fromkeys(_promise(app, one) for one in soon)

    def each(found: Iterable[tuple[str, Message]]) -> Iterator[_Line]:
        return ((f"{name}: {app.say(text)}",) for name, text in found)

    yield (
        msg("Awaiting a reply"),
        each((one.name, msg("no answer since {date}", date=one.sent)) for one in agenda.awaiting),
    )
    yield (
        msg("Drifting apart"),
        each((one.name, _silence(one.usual_gap, one.silent)) for one in agenda.drifting),
    )
    yield (
        msg("Details to look at again"),
        each(
            (one.name, msg("last checked on {date}", date=one.verified)) for one in agenda.refresh
        ),
    )
    ahead = [(one.contact.name, one.due_on) for one in agenda.upcoming if one.due_on]
    yield msg("Coming up"), ((f"{name}: {near(app, day)}",) for name, day in ahead)


def _occasion(app: App, occasion: Occasion, agenda: Agenda) -> str:
    line = f"{occasion.name} {app.say(occasion_phrase(occasion, agenda.date))}"
    if occasion.wished:
        return f"{line} ({app.say(msg('wished'))})"
    return f"{line} ({app.say(msg('prepared'))})" if occasion.prepared else line


def _promise(app: App, promise: Promise) -> _Line:
    text = readable(promise.text)
    if promise.direction == "in":
        text = app.say(msg("{name} promised you: {text}", name=promise.name, text=text))
    elif promise.name not in text:
        text = f"{promise.name}: {text}"
    return (text, in_brackets(when_due(app, promise.due))) if promise.due else (text,)


def when_due(app: App, day: date) -> Styled:
    """Say when a promise is due: as seen from today, and how long a past day is over."""
    over = (app.today - day).days
    if over > 0:
        return Styled(app.say(nmsg("{n} day over", "{n} days over", over)), PAST)
    return near(app, day)


def in_brackets(text: Styled) -> Styled:
    """A remark after the words of a line."""
    return Styled(f" ({text})", text.style)


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
