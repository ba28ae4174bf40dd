"""A brief as the stable JSON that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaulttool.cli.lists import sent_text
from vaulttool.cli.values import (
    awaiting_json,
    contact_json,
    evidence_json,
    iso,
    occasion_json,
    promise_json,
)
from vaulttool.cli.why import verdict_text
from vaulttool.markdown.note import title_of

if TYPE_CHECKING:
    from vaulttool.cli.app import App
    from vaulttool.people.briefing import Brief


def brief_json(app: App, brief: Brief) -> dict[str, Any]:
    """All that a brief holds."""
    contact, verdict, contacts = brief.contact, brief.verdict, app.people().contacts
    there = app.time_at(contact)
    question = brief.question
    return {
        **contact_json(app, contact, verdict),
        "summary": app.say(verdict_text(verdict)),
        "days_over": verdict.days_over if verdict.due_on else None,
        "companies": list(contact.companies),
        "places": list(contact.places),
        "roles": list(brief.roles),
        "met": list(brief.met),
        "boundaries": list(contact.boundaries),
        "prefers": list(contact.prefers),
        "hours": contact.hours,
        "local_time": there.now.strftime("%H:%M") if there else None,
        "good_time": there.is_good if there else None,
        "reached_by": {name: list(values) for name, values in brief.reached_by.items()},
        "about": list(brief.about),
        "interactions": [evidence_json(app, trace) for trace in brief.interactions],
        "question": {**awaiting_json(question), "text": sent_text(app, question)}
        if question
        else None,
        "topics": [{"name": one.name, "path": one.path} for one in brief.topics],
        "promises": [promise_json(one) for one in brief.promises],
        "occasions": [occasion_json(one) for one in brief.occasions],
        "relations": [
            {"text": one.text, "path": one.path, "source": one.source, "line": one.line}
            for one in brief.relations
        ],
        "groups": [
            {
                "name": title_of(group.path) if group.path else None,
                "path": group.path,
                "household": group.is_household,
                "members": [{"name": contacts[path].name, "path": path} for path in group.members],
            }
            for group in brief.groups
        ],
        "verified": iso(contact.verified),
        "refresh": brief.refresh is not None,
    }
