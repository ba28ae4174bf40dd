"""Evidence: what one note tells of being in touch, and what of it counts.

The table of sources is in the docs (`rules.md`). Evidence that does not count is kept
with its reason, so that `vault why` can show it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from vaulttool.contact import Depth, Evidence
from vaulttool.dated import daily_note_date
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.dueline import begins_tool_note
from vaulttool.markdown.tasks import read_task
from vaulttool.message import msg
from vaulttool.people.channels import depth_of, direction_of
from vaulttool.people.clauses import read_mention, surroundings
from vaulttool.people.interactions import kept_interactions
from vaulttool.people.logs import log_evidence
from vaulttool.people.schema import Schema
from vaulttool.people.ticks import added_from, is_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot
    from vaulttool.model import Link, Note, Problem
    from vaulttool.people.clauses import Surroundings
    from vaulttool.settings import Settings


def own_evidence(snapshot: Snapshot, contact: Contact) -> tuple[list[Evidence], list[Problem]]:
    """The log and the `last_contact` property of a contact's own note."""
    evidence, problems = log_evidence(
        snapshot.notes[contact.path], lambda target: link_date(snapshot, contact, target)
    )
    kept = Schema(snapshot.settings).read(snapshot.notes[contact.path]).get("interactions")
    more, more_problems = kept_interactions(snapshot.notes[contact.path], kept, read_date)
    evidence += more
    problems += more_problems
    if contact.last_contact:
        evidence.append(
            Evidence(
                kind="last_contact",
                path=contact.path,
                date=contact.last_contact,
                depth=Depth.TALK,
                direction="both",
                source=contact.path,
                line=contact.last_contact_line or 1,
                text="",
            )
        )
    return evidence, problems


def link_date(snapshot: Snapshot, contact: Contact, target: str) -> date | None:
    """The day of the daily note that a link names, be the note there or not."""
    daily = snapshot.settings.daily
    path = snapshot.resolve(target, contact.path) or f"{target}.md"
    return (
        read_date(target.rpartition("/")[2])
        or daily_note_date(path, daily)
        or daily_note_date(f"{daily.folder}/{path}", daily)
    )


def mentions(
    snapshot: Snapshot, contacts: Mapping[str, Contact], note: Note, day: date | None
) -> Iterator[Evidence]:
    """The links to other people in a note; `day` is that of a note about a day."""
    around = surroundings(note)
    for link, target in snapshot.links_of(note.path):
        if target and target in contacts and target != note.path and link.passage >= 0:
            place = _place(note, link, snapshot.settings)
            trace = _mention(note, link, target, day, place, around(link.passage))
            if trace:
                yield _explicit(trace, snapshot.settings)


Place = Literal["prose", "done task"]


def _place(note: Note, link: Link, settings: Settings) -> Place | None:
    """Where a link stands; None for a place where a link is never contact.

    That is an embed, a comment, a quote, the tool's own line, and a task that is not done.
    """
    passage = note.passages[link.passage]
    if link.embed or link.commented or passage.quoted or not _in_own_words(note, link):
        return None
    above = passage.item
    while above >= 0 and note.items[above].status is None:
        above = note.items[above].parent
    if above < 0:
        return "prose"
    if note.items[above].status not in settings.done_statuses:
        return None
    return "done task" if above == passage.item else "prose"


def _mention(
    note: Note,
    link: Link,
    target: str,
    day: date | None,
    place: Place | None,
    around: Surroundings,
) -> Evidence | None:
    """A link in prose, a bullet or a ticked task; None where it is never contact."""
    passage = note.passages[link.passage]
    done = place == "done task"
    task = read_task(passage.text) if done else None
    when = (task.completion if task else None) or day
    if place is None or when is None:
        return None
    reading = read_mention(around, link, done=done)
    direction = direction_of(reading.channel) if reading.channel else None
    if direction == "out" and reading.theirs:
        direction = None
    return Evidence(
        kind="task" if done else "mention",
        path=target,
        date=when,
        depth=depth_of(reading.channel) if reading.channel else Depth.MESSAGE,
        direction="both" if done else direction,
        source=note.path,
        line=link.line or passage.line,
        text=task.text if task else passage.text,
        channel=reading.channel,
        counts=reading.reason is None,
        reason=reading.reason,
    )


def _explicit(trace: Evidence, settings: Settings) -> Evidence:
    """With `mentions = "explicit"` a mention counts only with a channel."""
    counts = trace.counts and trace.kind == "mention" and trace.channel is None
    if not counts or settings.daily.mentions != "explicit":
        return trace
    reason = msg("no channel named, and only mentions with a channel count here")
    return replace(trace, counts=False, reason=reason)


def _in_own_words(note: Note, link: Link) -> bool:
    """Whether a person wrote the words round a link.

    Inside a due block those are her own lines, and what she added to the tool's.
    """
    passage = note.passages[link.passage]
    index = passage.item
    while index >= 0 and not is_entry(note, note.items[index]):
        index = note.items[index].parent
    if index < 0:
        return True
    if index != passage.item:
        return not begins_tool_note(passage.text)
    return link.start >= added_from(passage.text)
