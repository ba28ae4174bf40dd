"""`vault brief NAME`: what to know before talking to somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.agenda_text import in_brackets, when_due
from vaulttool.cli.app import App, pass_app
from vaulttool.cli.brief_head import can_be_reached, heading, may_be_asked, mind_lines, standing
from vaulttool.cli.brief_json import brief_json
from vaulttool.cli.commands import N_, Number, VaultCommand, argument, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.lists import occasion_text, sent_text
from vaulttool.cli.output import clean, one_line, print_csv, print_json, print_line
from vaulttool.cli.terminal import ASIDE, TITLE, Styled
from vaulttool.cli.values import iso
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.note import title_of
from vaulttool.message import Message, Term, msg, nmsg
from vaulttool.people.briefing import make_brief
from vaulttool.people.names import find_contact
from vaulttool.people.threads import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from vaulttool.contact import Evidence
    from vaulttool.people.briefing import Brief

SHOWN = 5  # interactions
TOPICS = 7
LONGEST = 160  # characters of an interaction
ABOUT = 400  # and of what is written about the person

_ARROWS = {"out": "→", "in": "←", "both": "↔"}


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing to know, and where it stands."""

    text: str
    source: str = ""
    line: int | None = None
    date: date | None = None
    after: Styled | None = None  # a remark

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self.text}{self.after or ''}"


@dataclass(frozen=True, slots=True)
class _Section:
    code: str  # for programs
    title: Message | None  # none where it stands below the name
    lines: Sequence[_Line]


@click.command(
    "brief",
    cls=VaultCommand,
    help=N_(
        "Show what to know before you talk to somebody: what to mind, the last interactions,"
        " what to ask about, promises, occasions, the people around.\n\nExample: vault brief anna"
    ),
)
@argument("name", nargs=-1, required=True, type=NAME)
@option("--last", type=Number(0, 1000), default=SHOWN, show_default=True,
    help=N_("How many interactions to show."))  # fmt: skip
@pass_app
def brief_command(app: App, name: tuple[str, ...], last: int) -> None:
    """Show what to know before a talk."""
    people = app.people()
    contact = find_contact(" ".join(name), people.contacts)
    brief = make_brief(people, app.day(), contact)
    brief = replace(brief, interactions=brief.interactions[:last])
    if app.format == "json":
        print_json(brief_json(app, brief))
        return
    sections = [section for section in _sections(app, brief) if section.lines]
    if app.format == "csv":
        print_csv(list(_csv_rows(sections)), ("section", "text", "date", "source", "line"))
    elif app.format == "md":
        _print_markdown(app, brief, sections)
    else:
        _print(app, brief, sections)


def _csv_rows(sections: Sequence[_Section]) -> Iterator[dict[str, Any]]:
    for section in sections:
        for one in section.lines:
            yield {
                "section": section.code,
                "text": one.words,
                "date": iso(one.date),
                "source": one.source or None,
                "line": one.line,
            }


def _print_markdown(app: App, brief: Brief, sections: Sequence[_Section]) -> None:
    click.echo(f"# {clean(one_line(heading(brief)))}")
    for section in sections:
        click.echo(f"\n## {clean(app.say(section.title))}\n" if section.title else "")
        for one in section.lines:
            click.echo(f"- {one_line(one.words)}")


def _print(app: App, brief: Brief, sections: Sequence[_Section]) -> None:
    print_line(app, heading(brief), style=TITLE)
    for section in sections:
        if section.title:
            print_line(app, "")
            print_line(app, app.say(section.title), style=TITLE)
        for one in section.lines:
            place = f"  {one.source}:{one.line}" if app.verbose and one.line else ""
            lead = "  " if section.title else ""
            print_line(app, lead, one.text, one.after or "", Styled(place, ASIDE))


def _sections(app: App, brief: Brief) -> Iterator[_Section]:
    """What to know, in the order of somebody who is about to call."""
    path = brief.contact.path
    yield _Section("standing", None, [_Line(standing(app, brief), path)])
    yield _Section("mind", msg("To mind"), [_Line(text, path) for text in mind_lines(app, brief)])
    reached = can_be_reached(app, brief)
    yield _Section("reach", msg("How to reach"), [_Line(text, path) for text in reached])
    yield _Section("about", msg("You wrote"), list(_about(app, brief)))
    interactions = [_interaction(app, trace) for trace in brief.interactions]
    yield _Section("interactions", _last_title(app, brief), interactions)
    yield _Section("question", msg("You asked last"), list(_question(app, brief)))
    yield _Section("topics", msg("To ask about"), _topics(app, brief))
    yield _Section("promises", msg("Promises"), list(_promises(app, brief)))
    yield _Section("occasions", msg("Occasions"), list(_occasions(app, brief)))
    yield _Section("people", msg("People around"), list(_people(app, brief)))
    yield _Section("details", msg("Details to look at again"), list(_details(app, brief)))


def _about(app: App, brief: Brief) -> Iterator[_Line]:
    if brief.about:
        yield _Line(_cut(" ".join(brief.about), ABOUT), brief.contact.path)
    if brief.met:
        said = [_day(app, day) if (day := read_date(text)) else text for text in brief.met]
        met = msg("how you met: {how}", how=said)
        yield _Line(app.say(met), brief.contact.path)


def _topics(app: App, brief: Brief) -> list[_Line]:
    """What to ask about: in one line for people, and not of those who are not to be asked."""
    if not may_be_asked(brief.contact):
        return []
    if app.format == "csv":
        return [_Line(topic.name, topic.path or "") for topic in brief.topics]
    names = ", ".join(topic.name for topic in brief.topics[:TOPICS])
    return [_Line(names)] if names else []


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _in_one(text: str) -> str:
    """The words of a log line and of those below it, in one line."""
    return " · ".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _last_title(app: App, brief: Brief) -> Message:
    if not brief.interactions:
        return msg("Last in touch")
    last = brief.interactions[0].date
    days = (app.today - last).days
    if days == 0:
        return msg("Last in touch: today")
    ago = nmsg("{n} day ago", "{n} days ago", days)
    return msg("Last in touch: {date}, {ago}", date=last, ago=ago)


def _interaction(app: App, trace: Evidence) -> _Line:
    channel = app.catalogue.term(Term("channel_names", trace.channel)) if trace.channel else ""
    if trace.through:
        name = app.people().contacts[trace.through].name
        channel = app.say(msg("through {name}, of the same household", name=name))
    how = f"{channel} {_ARROWS.get(trace.direction or '', '')}".strip() if channel else ""
    text = _cut(readable(_in_one(trace.text)), LONGEST)
    said = list(filter(None, [how, text])) or [app.say(msg("in touch"))]
    words = "  ".join([_day(app, trace.date), *said])
    return _Line(words, trace.source, trace.line, trace.date)


def _question(app: App, brief: Brief) -> Iterator[_Line]:
    """The last message that asks for an answer and has none."""
    one = brief.question
    if one is None:
        return
    text = _cut(_in_one(sent_text(app, one)), LONGEST)
    state = msg("no answer since {date}", date=one.sent)
    if one.reply_by > app.today:
        state = msg(
            "on {date}; an answer is expected by {until}", date=one.sent, until=one.reply_by
        )
    words = ": ".join(filter(None, [app.say(state), text]))
    yield _Line(words, one.source, one.line, one.sent)


def _promises(app: App, brief: Brief) -> Iterator[_Line]:
    for one in brief.promises:
        yours = one.direction == "out"
        said = msg(
            "you promised: {text}" if yours else "promised you: {text}", text=readable(one.text)
        )
        yield _Line(app.say(said), one.source, one.line, one.due, _due(app, one.due))


def _due(app: App, day: date | None) -> Styled | None:
    if day is None:
        return None
    return in_brackets(Styled(_day(app, day)) if app.format == "csv" else when_due(app, day))


def _day(app: App, day: date) -> str:
    """A day as people read it; in CSV, which is kept and sorted, as it is."""
    return day.isoformat() if app.format == "csv" else app.catalogue.near_date(day, app.today)


def _occasions(app: App, brief: Brief) -> Iterator[_Line]:
    for one in brief.occasions:
        words = occasion_text(app, one, app.today)
        if one.prepared:
            words = f"{words} ({app.say(msg('prepared'))})"
        yield _Line(words, one.path, one.line, one.date)


def _people(app: App, brief: Brief) -> Iterator[_Line]:
    contacts, path = app.people().contacts, brief.contact.path
    for relation in brief.relations:
        text = relation.text
        if relation.source != path:  # in the words of the other one's note
            text = f"{contacts[relation.source].name}: {text}"
        yield _Line(text, relation.source, relation.line)
    for group in brief.groups:
        names = ", ".join(contacts[one].name for one in group.members)
        title = title_of(group.path) if group.path else ""
        if group.is_household:
            said = msg("the same household: {names}", names=names)
        else:
            said = msg("in the group {group}", group=title)
        if names or not group.is_household:
            yield _Line(app.say(said), group.path or path)


def _details(app: App, brief: Brief) -> Iterator[_Line]:
    one = brief.refresh
    if one:
        said = msg("last checked on {date}", date=one.verified)
        yield _Line(app.say(said), one.path, one.line, one.verified)
