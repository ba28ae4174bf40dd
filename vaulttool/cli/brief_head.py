"""The head of a brief: who it is, what to mind, how to reach the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.cli.why import verdict_text
from vaulttool.locale import words_of
from vaulttool.markdown.dueline import GENTLE
from vaulttool.message import Term, msg
from vaulttool.people.cadence import describe
from vaulttool.people.local import holiday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaulttool.cli.app import App
    from vaulttool.contact import Contact
    from vaulttool.people.briefing import Brief

_WAYS = {
    "phone": msg("phone"),
    "telegram": msg("Telegram"),
    "email": msg("email"),
    "linkedin": msg("LinkedIn"),
    "url": msg("web page"),
}


def heading(brief: Brief) -> str:
    """Who it is, in one line: `Anna Petrova · head of design, Lumen Learning · Tbilisi`."""
    contact = brief.contact
    work = ", ".join([*brief.roles, *contact.companies])
    return " · ".join(filter(None, [contact.name, work, ", ".join(contact.places)]))


def mind_lines(app: App, brief: Brief) -> Iterator[str]:
    """What to mind before calling: boundaries, the time there."""
    contact, verdict = brief.contact, brief.verdict
    if contact.stage == "crisis":
        yield app.say(GENTLE())
    if contact.boundaries:
        terms = tuple(Term("boundaries", text) for text in contact.boundaries)
        yield app.say(msg("asked you: {quoted}", quoted=terms))
    if name := holiday(contact, app.today):
        yield app.say(msg("Today is a public holiday there: {name}", name=name))
    if there := app.time_at(contact):
        values = {"time": f"{there.now:%H:%M}", "zone": contact.timezone}
        good = msg("There it is {time} ({zone})", **values)
        yield app.say(
            good if there.is_good else msg("There it is {time} ({zone}): not now", **values)
        )
    if contact.next and verdict.due_on != contact.next:
        yield app.say(msg("You planned to be in touch on {date}", date=contact.next))
    if contact.private:
        yield app.say(msg("private: nothing of this leaves the vault"))


def standing(app: App, brief: Brief) -> str:
    """How close, how it stands, how often, and whether it is time."""
    contact, cadence = brief.contact, brief.verdict.cadence.cadence
    terms = (
        Term("circles", contact.circle) if contact.circle else None,
        Term("stages", contact.stage) if contact.stage else None,
    )
    words = [app.catalogue.term(term) for term in terms if term]
    if cadence is not None and not cadence.never:
        words.append(app.say(describe(cadence)))
    return " · ".join([*words, app.say(verdict_text(brief.verdict))])


def may_be_asked(contact: Contact) -> bool:
    """Whether there is anything to ask: not with those who died, or want no contact."""
    return not (contact.died or "no contact" in contact.boundaries)


def can_be_reached(app: App, brief: Brief) -> Iterator[str]:
    """How and when the person likes to be reached, then numbers and addresses."""
    if not may_be_asked(brief.contact):
        return
    if likes := _likes(app, brief.contact):
        yield likes
    for name, values in brief.reached_by.items():
        yield app.say(msg("{way}: {addresses}", way=_WAYS[name], addresses=values))


def _likes(app: App, contact: Contact) -> str:
    parts = []
    if contact.prefers:
        channels = tuple(Term("channel_names", channel) for channel in contact.prefers)
        parts.append(app.say(msg("likes {channels}", channels=channels)))
    if contact.weekdays is not None and len(contact.weekdays) < 7:
        parts.append(_days(contact.weekdays, words_of(app.lang).weekdays_short))
    if contact.hours:
        parts.append(app.say(msg("{hours} their time", hours=contact.hours)))
    return " · ".join(parts)


def _days(days: Iterable[int], names: Sequence[str]) -> str:
    """Days of the week, those in a row as `Mon–Fri`."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        f"{names[run[0]]}–{names[run[-1]]}" if len(run) > 2 else ", ".join(names[n] for n in run)
        for run in runs
    )
