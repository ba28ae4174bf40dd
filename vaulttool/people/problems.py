"""What is wrong in a vault: all problems in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.checks import find_doubts
from vaulttool.model import Problem
from vaulttool.people.doubts import property_doubts
from vaulttool.people.grounds import is_template
from vaulttool.people.local import holidays_doubt

if TYPE_CHECKING:
    from datetime import date

    from vaulttool.people.agenda import People

_ORDER = {"error": 0, "warning": 1, "info": 2}


def unread(people: People) -> list[Problem]:
    """What could not be read as it was meant, the serious first, by path and line."""
    found = [
        *people.snapshot.problems,
        *(problem for flaws in people.snapshot.flaws.values() for problem in flaws),
        *(problem for contact in people.contacts.values() for problem in contact.problems),
        *people.traces.problems,
        *(
            Problem("unknown-holidays", "warning", contact.path, None, doubt)
            for contact in people.contacts.values()
            if (doubt := holidays_doubt(contact))
        ),
    ]
    return _outside_templates(people, found)


def all_problems(people: People, today: date) -> list[Problem]:
    """What could not be read, and what is doubtful, the serious first, by path and line."""
    from vaulttool.people.unlikely import unlikely  # a day's list needs none of it

    snapshot = people.snapshot
    in_properties = (
        problem
        for note in snapshot.notes.values()
        for item in note.properties
        for problem in property_doubts(note, item, snapshot.settings)
    )
    doubts = (*find_doubts(snapshot), *in_properties, *unlikely(people, today))
    return _outside_templates(people, [*unread(people), *doubts])


def _outside_templates(people: People, problems: list[Problem]) -> list[Problem]:
    """Leave out the templates: `created: {{date}}` is no fault before it is filled in."""
    paths = {problem.path for problem in problems}
    templates = {path for path in paths if is_template(path, people.snapshot)}
    real = (problem for problem in problems if problem.path not in templates)
    return sorted(real, key=lambda one: (_ORDER[one.severity], one.path, one.line or 0, one.code))
