"""Domain values as the stable JSON that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaulttool.people.threads import readable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaulttool.cli.app import App
    from vaulttool.contact import (
        Agenda,
        Awaiting,
        Contact,
        Drift,
        Evidence,
        Occasion,
        Promise,
        Reason,
        Verdict,
    )
    from vaulttool.model import Problem
    from vaulttool.people.agenda import Day


def iso(day: date | None) -> str | None:
    """A day as ISO writes it."""
    return day.isoformat() if day else None


def reasons_json(app: App, reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """The terms of a score."""
    return [
        {"code": reason.code, "text": app.say(reason.text), "points": round(reason.points, 3)}
        for reason in reasons
    ]


def verdict_json(app: App, verdict: Verdict) -> dict[str, Any]:
    """One line of the due list."""
    there = app.time_at(verdict.contact)
    return {
        "name": verdict.contact.name,
        "path": verdict.contact.path,
        "days_over": verdict.days_over,
        "interval_days": verdict.interval,
        "due_on": iso(verdict.due_on),
        "last_contact": iso(verdict.last.date if verdict.last else None),
        "score": round(verdict.score, 3),
        "local_time": there.now.strftime("%H:%M") if there else None,
        "good_time": there.is_good if there else None,
        "reasons": reasons_json(app, verdict.reasons),
    }


DUE_COLUMNS = (
    *("name", "path", "days_over", "interval_days", "due_on", "last_contact", "score"),
    *("local_time", "good_time", "reasons"),
)


def due_rows(app: App, agenda: Agenda) -> list[dict[str, Any]]:
    """The due list as flat rows."""
    return [
        {**verdict_json(app, verdict), "reasons": "; ".join(
            app.say(reason.text) for reason in verdict.reasons)}
        for verdict in agenda.due
    ]  # fmt: skip


def due_json(app: App, day: Day, agenda: Agenda, daily_note: str | None) -> dict[str, Any]:
    """All lists of a day."""
    return {
        "date": iso(agenda.date),
        "due": [verdict_json(app, verdict) for verdict in agenda.due],
        "more": agenda.more,
        "offer": verdict_json(app, agenda.offer) if agenda.offer else None,
        "upcoming": [verdict_json(app, verdict) for verdict in agenda.upcoming],
        "occasions": [occasion_json(one) for one in agenda.occasions],
        "promises": [promise_json(one) for one in agenda.promises],
        "awaiting": [awaiting_json(one) for one in agenda.awaiting],
        "drifting": [drift_json(one) for one in agenda.drifting],
        "refresh": [
            {"name": one.name, "path": one.path, "verified": iso(one.verified), "line": one.line}
            for one in agenda.refresh
        ],
        "contacts": len(day.verdicts),
        "tracked": agenda.tracked,
        "untracked": agenda.untracked,
        "daily_note": daily_note,
    }


def occasion_json(one: Occasion) -> dict[str, Any]:
    """One occasion."""
    return {
        "name": one.name,
        "path": one.path,
        "kind": one.kind,
        "label": one.label or None,
        "date": iso(one.date),
        "years": one.years,
        "listed": one.listed,
        "prepared": one.prepared,
        "wished": one.wished,
    }


def promise_json(one: Promise) -> dict[str, Any]:
    """One promise."""
    return {
        "name": one.name,
        "path": one.path,
        "text": readable(one.text),
        "due": iso(one.due),
        "source": one.source,
        "line": one.line,
        "direction": one.direction,
    }


def awaiting_json(one: Awaiting) -> dict[str, Any]:
    """One message that waits for an answer."""
    return {
        "name": one.name,
        "path": one.path,
        "sent": iso(one.sent),
        "channel": one.channel,
        "source": one.source,
        "line": one.line,
        "reply_by": iso(one.reply_by),
    }


def drift_json(one: Drift) -> dict[str, Any]:
    """One contact who drifts."""
    return {
        "name": one.name,
        "path": one.path,
        "usual_gap": one.usual_gap,
        "silent": one.silent,
        "last_contact": iso(one.last),
    }


def evidence_json(app: App, trace: Evidence) -> dict[str, Any]:
    """One piece of evidence."""
    return {
        "date": iso(trace.date),
        "time": trace.time.strftime("%H:%M") if trace.time else None,
        "kind": trace.kind,
        "channel": trace.channel,
        "depth": trace.depth.name.lower(),
        "direction": trace.direction,
        "source": trace.source,
        "line": trace.line,
        "counts": trace.counts,
        "reason": app.say(trace.reason) if trace.reason else None,
        "through": trace.through,
        "reply_by": iso(trace.reply_by),
        "text": trace.text,
    }


def contact_json(app: App, contact: Contact, verdict: Verdict) -> dict[str, Any]:
    """One contact with what follows from it."""
    return {
        "name": contact.name,
        "path": contact.path,
        "circle": contact.circle,
        "stage": contact.stage,
        "every": verdict.cadence.every or None,
        "interval_days": verdict.interval,
        "cadence_rule": verdict.cadence.code,
        "tracked": verdict.tracked,
        "last_contact": iso(verdict.last.date if verdict.last else None),
        "next_due": iso(verdict.due_on),
        "verdict": verdict.code,
        "found_by": app.say(contact.found_by),
        "aliases": list(contact.aliases),
        "private": contact.private,
    }


def problem_json(app: App, problem: Problem) -> dict[str, Any]:
    """One problem."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "path": problem.path or None,
        "line": problem.line,
        "message": app.say(problem.message),
        "fixable": problem.fixable,
    }
