"""`vault why NAME`: how the verdict came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, argument, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.output import one_line, print_csv, print_json, print_line, print_markdown
from vaulttool.cli.terminal import ASIDE, TITLE, Styled
from vaulttool.cli.values import evidence_json, iso, reasons_json
from vaulttool.message import Term, msg, nmsg
from vaulttool.people.cadence import NEVER, describe
from vaulttool.people.due import is_spread
from vaulttool.people.local import holiday
from vaulttool.people.names import find_contact
from vaulttool.people.rank import MAX_X, weight
from vaulttool.people.replies import open_question
from vaulttool.people.rules import needed_depth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.contact import Evidence, Verdict
    from vaulttool.message import Message

SHOWN = 8  # pieces of evidence, unless all are asked for
LONGEST = 200  # characters of a text

_KINDS = {
    "log": msg("log line"),
    "last_contact": msg("your word"),
    "people": msg("named in the meeting"),
    "mention": msg("mention"),
    "task": msg("task"),
    "tick": msg("ticked"),
}


@click.command(
    "why",
    cls=VaultCommand,
    help=N_(
        "Show how the verdict on a contact came about: the evidence with file and line, the"
        " cadence rule, each term of the score.\n\nExample: vault why anna"
    ),
)
@argument("name", nargs=-1, required=True, type=NAME)
@option("--all", "show_all", is_flag=True, help=N_("Show all evidence."))
@option("--as-of", metavar="DATE", help=N_("Judge a past day by the notes of then."))
@pass_app
def why_command(app: App, name: tuple[str, ...], show_all: bool, as_of: str | None) -> None:
    """Show how a verdict came about."""
    if as_of is not None:
        app.go_back(as_of)
    contact = find_contact(" ".join(name), app.people().contacts)
    day = app.day()
    verdict = day.verdicts[contact.path]
    evidence = day.evidence[contact.path][::-1]  # newest first
    if app.format == "json":
        print_json(_json(app, verdict, evidence))
        return
    if app.format == "csv":
        rows = [evidence_json(app, trace) for trace in evidence]
        print_csv(rows, list(rows[0]) if rows else ["date", "source", "line"])
        return
    _print(app, verdict, evidence if show_all else evidence[:SHOWN])
    if len(evidence) > SHOWN and not show_all:
        left = len(evidence) - SHOWN
        older = nmsg("{n} older line; --all shows it.", "{n} older lines; --all shows them.", left)
        print_line(app, app.say(older))


def _json(app: App, verdict: Verdict, evidence: list[Evidence]) -> dict[str, Any]:
    rule = verdict.cadence
    return {
        "name": verdict.contact.name,
        "path": verdict.contact.path,
        "verdict": verdict.code,
        "summary": app.say(verdict_text(verdict)),
        "evidence": [evidence_json(app, trace) for trace in evidence],
        "cadence": {
            "every": rule.every or None,
            "interval_days": verdict.interval,
            "rule": app.say(rule.rule),
            "source": rule.source or None,
        },
        "needs": needed_depth(verdict.contact, app.people().snapshot.settings).name.lower(),
        "last_contact": iso(verdict.last.date if verdict.last else None),
        "started": iso(verdict.started),
        "next": iso(verdict.contact.next),
        "due_on": iso(verdict.due_on),
        "days_over": verdict.days_over if verdict.due_on else None,
        "until": iso(verdict.until),
        "weight": weight(verdict.contact.circle, verdict.contact.priority),
        "score": round(verdict.score, 3),
        "terms": reasons_json(app, verdict.reasons),
    }


def verdict_text(verdict: Verdict) -> Message:
    """Say a verdict in a sentence."""
    day, until = verdict.due_on, verdict.until
    texts = {
        "due": msg("due since {date}", date=day),
        "waiting": msg("due on {date}", date=day),
        "untracked": msg("not asked about: neither circle nor every is set"),
        "on_demand": msg("on demand only: never due"),
        "unknown_start": msg("not in touch yet, and nothing says since when: offered now and then"),
        "resting": msg("resting until {date}: left unticked on five lists", date=until),
        "snoozed": msg("snoozed until {date}", date=until),
        "not_today": msg("due since {date}, but today is not one of the days to ask", date=day),
        "paused": msg("paused: not asked about"),
        "no_contact": msg("asked for no contact: never suggested"),
        "died": msg("has died: remembered, not asked about"),
    }
    if verdict.code == "due" and verdict.days_over == 0:
        return msg("due today")
    if verdict.code == "untracked" and verdict.contact.circle:
        return msg("not asked about: the circle {circle} has no cadence",
            circle=verdict.contact.circle)  # fmt: skip
    return texts[verdict.code]


def _print(app: App, verdict: Verdict, evidence: list[Evidence]) -> None:
    contact = verdict.contact
    print_line(app, f"{contact.name}: {app.say(verdict_text(verdict))}", style=TITLE)
    ground = msg("{path}, a contact because of {ground}", path=contact.path,
        ground=contact.found_by)  # fmt: skip
    print_line(app, app.say(ground), style=ASIDE)
    print_line(app, "")
    for line in _grounds(app, verdict):
        print_line(app, app.say(line))
    if verdict.reasons:
        _print_score(app, verdict)
    print_line(app, "")
    if not evidence:
        print_line(app, app.say(msg("No dated line in the vault speaks of being in touch.")))
        return
    print_line(app, app.say(msg("Evidence, newest first")), style=TITLE)
    if app.format == "md":
        print_line(app, "")
        print_markdown([_md_row(app, trace, verdict) for trace in evidence], _md_columns(app))
        return
    wide = max(len(_day(app, trace)) for trace in evidence)
    for trace in evidence:
        _print_trace(app, trace, verdict, wide)


def _print_score(app: App, verdict: Verdict) -> None:
    print_line(app, "")
    print_line(app, app.say(msg("Score {score}", score=f"{verdict.score:.1f}")), style=TITLE)
    for reason in verdict.reasons:
        print_line(app, f"  {reason.points:6.1f}  {app.say(reason.text)}")
        if reason.code == "lateness" and reason.points:
            print_line(app, f"          {_formula(verdict)}", style=ASIDE)


def _grounds(app: App, verdict: Verdict) -> Iterator[Message]:
    """The cadence, the clock, and what else the verdict rests on."""
    contact = verdict.contact
    if verdict.cadence.cadence is not None:
        yield _cadence_text(verdict)
    yield _clock_text(app, verdict)
    if is_spread(verdict):
        yield msg("Many notes began on that day: their first days are spread over the interval")
    if contact.stage == "crisis":
        yield msg("A hard time: be gentle. Listed on the day, and on every seventh day after it")
    yield from _question(app, verdict)
    if contact.boundaries:
        terms = tuple(Term("boundaries", text) for text in contact.boundaries)
        yield msg("Boundaries: {boundaries}", boundaries=terms)
    there = app.time_at(contact)
    if there:
        yield msg("There it is {time} ({zone})", time=f"{there.now:%H:%M}", zone=contact.timezone)
    if name := holiday(contact, app.today):
        yield msg("Today is a public holiday there: {name}", name=name)
    if contact.next:
        yield msg("You planned to be in touch on {date}", date=contact.next)
    note = app.people().snapshot.notes[contact.path]
    for problem in (*note.problems, *contact.problems):
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        yield msg("Not read: {problem} ({place})", problem=problem.message, place=place)


def _question(app: App, verdict: Verdict) -> Iterator[Message]:
    """The message that has no answer yet, and until when one is waited for."""
    day, settings = app.day(), app.people().snapshot.settings
    evidence = day.evidence[verdict.contact.path]
    one = open_question(verdict.contact, evidence, settings.reply_after, day.date)
    if one is None:
        return
    place = f"{one.source}:{one.line}"
    if one.reply_by <= day.date:
        yield msg("No answer since {date} ({place})", date=one.sent, place=place)
    else:
        yield msg("No answer yet since {date} ({place}); expected by {until}",
            date=one.sent, place=place, until=one.reply_by)  # fmt: skip


def _cadence_text(verdict: Verdict) -> Message:
    rule = verdict.cadence
    cadence = describe(rule.cadence or NEVER)
    values = {"cadence": cadence, "rule": rule.rule, "source": rule.source}
    if rule.source:
        return msg("Cadence: {cadence}, by {rule} ({source})", **values)
    return msg("Cadence: {cadence}, by {rule}", **values)


def _clock_text(app: App, verdict: Verdict) -> Message:
    needs = needed_depth(verdict.contact, app.people().snapshot.settings)
    depth = Term("depths", needs.name.lower())
    if verdict.last:
        place = f"{verdict.last.source}:{verdict.last.line}"
        return msg("Clock: last set on {date} ({place}); it takes at least: {depth}",
            date=verdict.last.date, place=place, depth=depth)  # fmt: skip
    if verdict.started:
        return msg("Clock: never in touch; it runs since {date}, when the note began",
            date=verdict.started)  # fmt: skip
    return msg("Clock: never in touch, and nothing says since when; it takes at least: {depth}",
        depth=depth)  # fmt: skip


def _formula(verdict: Verdict) -> str:
    """The index of the rank, with its numbers."""
    interval = verdict.interval or 1
    x = min(verdict.days_over / interval, MAX_X)
    factor = weight(verdict.contact.circle, verdict.contact.priority)
    return f"= 10·w·√T·x², w = {factor:g}, T = {interval}, x = {x:.3f}"


def _what(app: App, trace: Evidence) -> str:
    """What a piece of evidence is: `log line: call ↔`, `through Anna`."""
    if trace.through:
        name = app.people().contacts[trace.through].name
        return app.say(msg("through {name}, of the same household", name=name))
    channel = Term("channel_names", trace.channel) if trace.channel else None
    arrow = {"out": "→", "in": "←", "both": "↔"}.get(trace.direction or "", "")
    how = f"{app.catalogue.term(channel)} {arrow}".strip() if channel else ""
    return ": ".join(filter(None, [app.say(_KINDS[trace.kind]), how]))


def _day(app: App, trace: Evidence) -> str:
    """The day as the line of the clock has it, with which it is compared."""
    return app.catalogue.short_date(trace.date)


def _print_trace(app: App, trace: Evidence, verdict: Verdict, wide: int) -> None:
    """Print one piece of evidence: its place at the end of a line, to be copied."""
    words = f"  {_day(app, trace):{wide}}  {_what(app, trace)}  "
    print_line(app, words, Styled(f"{trace.source}:{trace.line}", ASIDE), hang=4)
    doubt = _doubt(app, trace, verdict)
    if doubt:
        print_line(app, f"      ○ {app.say(doubt)}")
    text = one_line(trace.text)
    if text:
        print_line(app, f"      {text if len(text) <= LONGEST else text[:LONGEST] + '…'}")


def _md_columns(app: App) -> list[tuple[str, str]]:
    titles = (msg("Date"), msg("What"), msg("Where"), msg("Remark"), msg("Text"))
    return list(zip(("date", "what", "where", "remark", "text"), map(app.say, titles), strict=True))


def _md_row(app: App, trace: Evidence, verdict: Verdict) -> dict[str, str]:
    doubt = _doubt(app, trace, verdict)
    return {
        "date": _day(app, trace),
        "what": _what(app, trace),
        "where": f"{trace.source}:{trace.line}",
        "remark": app.say(doubt) if doubt else "",
        "text": trace.text,
    }


def _doubt(app: App, trace: Evidence, verdict: Verdict) -> Message | None:
    """Why a piece of evidence does not set the clock."""
    needs = needed_depth(verdict.contact, app.people().snapshot.settings)
    if trace.counts and trace.depth < needs:
        depth = Term("depths", trace.depth.name.lower())
        return msg("not deep enough to reset the clock: {depth}", depth=depth)
    return trace.reason
