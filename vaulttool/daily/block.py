"""The due block: made, and made again without losing anything a person did in it.

An entry is a top-level task with the lines below it that are indented. It is the tool's
to rewrite or to take away only while it holds nothing but the tool's own phrases; once a
person ticked it, added a word or wrote a line under it, it stays as it is, byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.markdown.dueblock import find_blocks
from vaulttool.markdown.dueline import is_tool_note, label_of, read_line
from vaulttool.markdown.edit import (
    append_section,
    find_headings,
    insert_lines,
    replace_lines,
    split_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence
    from datetime import date

    from vaulttool.markdown.dueblock import BlockSpan

_TASK = re.compile(r"([-*+]) \[(.)\] (.*)$")

Key: TypeAlias = tuple[str, str, str]
"""What an entry is about: the mark of an occasion or "", the contact's path, a label."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry that today's block should hold."""

    key: Key
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Some lines of a block that belong together."""

    lines: tuple[str, ...]
    keys: tuple[Key, ...] = ()  # none for lines of her own
    status: str = ""
    touched: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """How a block's links and promises are read."""

    resolve: Callable[[str], str | None]  # a link's target -> the contact's path
    promises: Container[str]  # texts that the tool's own nested lines may quote


def update_block(
    text: str, wanted: Sequence[Wanted], day: date, heading: str, reading: Reading
) -> str:
    """Give the daily note's text with today's due block in it.

    Nothing outside the markers changes; a note without a block gets one only where there
    is something to list.
    """
    span = find_span(text)
    if span is None:
        return _with_new_block(text, day, wanted, heading) if wanted else text
    entries = read_entries(split_lines(text)[span.start + 1 : span.body_end], reading)
    return _with_body(text, span, _merge(entries, wanted), day)


def find_span(text: str) -> BlockSpan | None:
    """The note's due block; of several the first."""
    return next(iter(find_blocks(split_lines(text))), None)


def _begin(day: date) -> str:
    return f"%% vault:due {day.isoformat()} %%"


def _with_new_block(text: str, day: date, wanted: Sequence[Wanted], heading: str) -> str:
    lines = [
        _begin(day),
        *(line for entry in wanted for line in entry.lines),
        "",
        "%% vault:end %%",
    ]
    place = find_heading(text, heading)
    if place is None:
        return append_section(text, f"## {heading}", lines)
    rest = split_lines(text)[place + 1 :]
    gap = [""] if rest and rest[0].strip() else []
    return insert_lines(text, place + 1, [*lines, *gap])


def find_heading(text: str, heading: str) -> int | None:
    """The line (from 0) of the block's heading, in either language."""
    known = {fold(heading), *(fold(words_of(lang).due_heading) for lang in LANGUAGES)}
    return next(
        (index for index, _level, found in find_headings(text) if fold(found) in known), None
    )


def _with_body(text: str, span: BlockSpan, lines: list[str], day: date) -> str:
    """Put the entries between the markers.

    An end marker that was removed comes back; one that was copied from another day is set
    to this one.
    """
    while lines and not lines[-1].strip():
        lines = lines[:-1]  # what stood below may be gone: one empty line is enough
    first = split_lines(text)[span.start] if span.day == day else _begin(day)
    end_line = split_lines(text)[span.end - 1] if span.closed else "%% vault:end %%"
    return replace_lines(text, span.start, span.end, [first, *lines, "", end_line])


def read_entries(lines: Sequence[str], reading: Reading) -> list[Entry]:
    """Divide the lines between the markers into entries and lines of her own."""
    entries: list[Entry] = []
    index = 0
    while index < len(lines):
        end = index + 1
        if _TASK.match(lines[index]):
            end = _nested_end(lines, end)
        entries.append(read_entry(tuple(lines[index:end]), reading))
        index = end
    while entries and not any(line.strip() for line in entries[-1].lines):
        entries.pop()  # the empty line before the end marker is the tool's
    return entries


def _nested_end(lines: Sequence[str], start: int) -> int:
    """Past the indented lines that begin here; empty lines between them belong to them."""
    end = start
    for index in range(start, len(lines)):
        if lines[index].strip():
            if not lines[index].startswith((" ", "\t")):
                break
            end = index + 1
    return end


def read_entry(lines: tuple[str, ...], reading: Reading) -> Entry:
    """Read the lines of one entry."""
    task = _TASK.match(lines[0])
    line = read_line(task[3]) if task else None
    if task is None or line is None:
        return Entry(lines)
    label = label_of(line.tool) if line.mark else ""
    paths = [reading.resolve(target) or target for target in line.targets]
    keys = tuple((line.mark, path, label) for path in paths)
    own_notes = [note for note in lines[1:] if not is_tool_note(_bare(note), reading.promises)]
    untouched = task[2] == " " and not line.added and len(keys) == 1 and not own_notes
    return Entry(lines, keys, task[2], touched=not untouched or not line.tool)


def _bare(line: str) -> str:
    return re.sub(r"^[-*+] ", "", line.strip())


def _merge(entries: Sequence[Entry], wanted: Sequence[Wanted]) -> list[str]:
    """Today's entries, in her order; what is new comes last."""
    answered = {key for entry in entries if entry.touched for key in entry.keys}
    missing = {one.key: one.lines for one in wanted if one.key not in answered}
    lines: list[str] = []
    for entry in entries:
        if entry.touched:
            lines += entry.lines
        elif entry.keys[0] in missing:
            lines += missing.pop(entry.keys[0])
    for added in missing.values():
        lines += added
    return lines


def tick_entries(
    text: str,
    names: Sequence[tuple[str, str]],
    words: str,
    day: date,
    heading: str,
    reading: Reading,
    *,
    done: bool = True,
) -> str:
    """Record an interaction in a daily note: tick the people's lines, or add one that is.

    `names` are (path, link) pairs. Where each has a line of her own in the block that is
    not ticked yet, those are ticked and the words added; else one ticked line names all.
    What is not `done` ticks nothing: it is a line of the person's own, and read as her diary.
    """
    span = find_span(text)
    entries = (
        read_entries(split_lines(text)[span.start + 1 : span.body_end], reading) if span else []
    )
    open_lines = {
        entry.keys[0][1]: number
        for number, entry in enumerate(entries)
        if len(entry.keys) == 1 and not entry.keys[0][0] and entry.status in (" ", "/", ">", "-")
    }
    addition = f" — {words}" if words else ""
    if done and span and all(path in open_lines for path, _link in names):
        for path, _link in names:
            entry = entries[open_lines[path]]
            first = _TASK.sub(r"\1 [x] \3", entry.lines[0]).rstrip() + addition
            entries[open_lines[path]] = Entry((first, *entry.lines[1:]))
        return _with_body(text, span, [line for entry in entries for line in entry.lines], day)
    line = ("- [x] " if done else "- ") + ", ".join(link for _path, link in names) + addition
    if span:
        lines = [old for entry in entries for old in entry.lines]
        return _with_body(text, span, [*lines, line], day)
    added = Wanted(("", "", ""), (line,))
    return _with_new_block(text, day, [added], heading)
