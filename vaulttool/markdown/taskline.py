"""Edits of one task: its status and its words. No other byte of the note changes.

A line is a task where `read_note` finds one: what stands in code or in a comment is none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from vaulttool.markdown.edit import splice
from vaulttool.markdown.entries import refused
from vaulttool.markdown.note import read_note
from vaulttool.markdown.places import Places
from vaulttool.markdown.tasks import read_task, task_status, without_status
from vaulttool.message import msg

if TYPE_CHECKING:
    from datetime import date

    from vaulttool.markdown.edit import Splice
    from vaulttool.model import Note

_BLOCK_ID = re.compile(r"[ \t]+\^[A-Za-z0-9-]+[ \t]*\Z")
_DAY = r"\d{4}-\d{2}-\d{2}"
_DONE = re.compile(rf"[ \t]*(?:✅\ufe0f? *({_DAY})|[\[(]\s*completion::\s*({_DAY})\s*[\])],?)")


def set_status(text: str, line: int, status: str, done: date | None = None) -> str:
    """Write a character between the brackets of a task: `x`, a space, `-`, `>`.

    `done` is the day on which it was done. It is written where the Tasks plugin writes it,
    after all other fields and before a block id, or in the place of the day that stands
    there. A task that is opened again loses that day, as with the plugin.
    """
    task = _Task(text, line)
    edits: list[Splice] = [(task.start + 1, task.start + 2, status)]
    days = list(_DONE.finditer(task.line, len(task.line[: task.words_end].rstrip())))
    if done and days:
        edits.append((*task.place(*days[0].span(days[0].lastindex or 0)), done.isoformat()))
    elif done:
        end = _BLOCK_ID.search(task.line)
        at = end.start() if end else len(task.line)
        edits.append((*task.place(at, at), f" ✅ {done}"))
    elif status == " ":
        edits += [(*task.place(*day.span()), "") for day in days]
    return task.verified(splice(text, edits), status)


def reword(text: str, line: int, words: str) -> str:
    """Write other words for a task; its status, its fields and its block id stay.

    A tag before the fields is one of the words.
    """
    task = _Task(text, line)
    words = words.strip()
    if not words or "\n" in words or "\r" in words:
        raise refused(line, msg("expected the words of a task, on one line"))
    lead = "" if task.line[task.words - 1].isspace() else " "
    rest = task.line[task.words_end :]
    gap = " " if rest and not rest[0].isspace() else ""
    edit = (*task.place(task.words, task.words_end), lead + words + gap)
    return task.verified(splice(text, [edit]), task.item.status)


class _Task:
    """A task's first line, found in its note: where it stands, and its words in it."""

    def __init__(self, text: str, line: int) -> None:
        self._note = read_note("", text)
        self._index = _task_index(self._note, line)
        self.item = self._note.items[self._index]
        passage = self._note.passages[self.item.passage]
        self.line = passage.text.partition("\n")[0].rstrip()
        start = Places(text, self._note).find(self.item.passage, 0)
        if start is None or not text.startswith(self.line, start):
            raise refused(line, msg("the task is written in an unusual way"))
        self.start = start
        self.words = len(self.line) - len(without_status(self.line).lstrip())
        self.words_end = self.words + len(_words(self.line[self.words :]))
        self._at = passage.line

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give places in the line as places in the note."""
        return self.start + start, self.start + end

    def verified(self, new: str, status: str | None) -> str:
        """Give the new text back if nothing in it but this task is read as another."""
        note = read_note("", new)
        if _others(note, self._index) == _others(self._note, self._index):
            item = note.items[self._index]
            first = note.passages[item.passage].text.partition("\n")[0]
            if item == replace(self.item, status=status) and task_status(first) == status:
                return new
        raise refused(self._at, msg("the task would not be read back as it was meant"))


def _words(text: str) -> str:
    """The words of a task at the beginning of its text.

    What is left without the fields begins with them; tags that stood among the fields follow.
    """
    pairs = zip(text, read_task(f"[ ] {text}").text, strict=False)
    return text[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))].rstrip()


def _task_index(note: Note, line: int) -> int:
    """The index of the task on a line; raises where there is none."""
    for index, item in enumerate(note.items):
        if item.status is not None and note.passages[item.passage].line == line:
            if item.commented:
                raise refused(line, msg("expected a task, found one inside of a comment"))
            return index
    raise refused(line, msg("expected a task such as “- [ ] call”, found none on this line"))


def _others(note: Note, index: int) -> tuple[object, ...]:
    """All of a note that an edit of one task must not change."""
    own = note.items[index].passage if index < len(note.items) else -1
    passages = [
        one.text.partition("\n")[1:] if number == own else one
        for number, one in enumerate(note.passages)
    ]
    items = note.items[:index] + note.items[index + 1 :]
    return note.properties, note.headings, items, passages
