"""What the due blocks of the daily notes say: whom they listed, and what was ticked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.markdown.dueline import begins_tool_note, label_of, plain_label, read_line
from vaulttool.markdown.tasks import read_task, without_status
from vaulttool.people.channels import ARROW, ARROWS, channel_at, find_channels, tag_channel
from vaulttool.people.days import day_within
from vaulttool.people.inline import without_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaulttool.contact import Direction
    from vaulttool.index import Snapshot
    from vaulttool.model import Item, Note


@dataclass(frozen=True, slots=True)
class Listing:
    """One person in one line of a due block."""

    path: str  # of the contact
    day: date  # of the daily note
    status: str | None
    mark: str  # of an occasion, else ""
    tool: str  # the tool's own words
    text: str  # her words, nested lines included
    source: str
    line: int
    channel: str | None
    direction: Direction | None
    completion: date | None
    named_day: date | None = None  # of a line that is put off: until when, in her words


@dataclass(frozen=True, slots=True)
class Tick:
    """A ticked line of an occasion."""

    date: date
    mark: str
    tool: str

    def names(self, label: str) -> bool:
        """Whether the line is about the occasion of this label; a birthday has none."""
        return not label or plain_label(label) == label_of(self.tool)


def listings(snapshot: Snapshot, path: str) -> Iterator[Listing]:
    """Read the lines of a daily note's due block, one listing a person."""
    note = snapshot.notes[path]
    day = snapshot.dates.get(path)
    if day is None:
        return
    for item in note.items:
        if is_entry(note, item):
            yield from _entry(snapshot, note, item, day)


def is_entry(note: Note, item: Item) -> bool:
    """Whether a list item is a line of a due block that is about the people it begins with.

    Without a checkbox and without the tool's words it is a line of her own.
    """
    if item.due_block is None or item.depth or item.passage < 0:
        return False
    line = read_line(without_status(note.passages[item.passage].text))
    return line is not None and (item.status is not None or bool(line.tool))


def added_from(text: str) -> int:
    """Where the words begin that a person added to a line of a due block."""
    line = read_line(without_status(text))
    return len(text.rstrip()) - len(line.added) if line else 0


def added_channel(words: str) -> str | None:
    """The channel that words name which a person added to a line of a due block."""
    first_word, _end = channel_at(words, 0)  # as `vault log` writes it
    named = (channel for channel, _start, _end in find_channels(words))
    return tag_channel(words) or first_word or next(named, None)


def _entry(snapshot: Snapshot, note: Note, item: Item, day: date) -> Iterator[Listing]:
    line = read_line(without_status(note.passages[item.passage].text))
    if line is None:
        return
    task = read_task(line.added)
    nested = [
        passage.text
        for passage in note.passages
        if item.line < passage.line <= item.end_line and not begins_tool_note(passage.text)
    ]
    _first, _newline, more = line.added.partition("\n")
    text = "\n".join(part for part in (task.text, more, *nested) if part)
    words = without_fields(task.text)
    arrow = ARROW.search(task.text)
    for target in line.targets:
        if path := snapshot.resolve(target, note.path):
            yield Listing(
                path=path,
                day=day,
                status=item.status,
                mark=line.mark,
                tool=line.tool,
                text=text,
                source=note.path,
                line=item.line,
                channel=added_channel(words),
                direction=ARROWS[arrow[0]] if arrow else None,
                completion=task.completion,
                named_day=day_within(line.added, day) if item.status == ">" else None,
            )
