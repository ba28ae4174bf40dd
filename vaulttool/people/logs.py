"""Log lines: `- DATE [TIME] [CHANNEL] [ARROW] [: or —] TEXT` in a contact's own note."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.contact import Depth, Evidence
from vaulttool.locale import fold
from vaulttool.markdown.dates import date_at, looks_like_date, time_at
from vaulttool.markdown.edit import split_lines
from vaulttool.markdown.inert import as_typed
from vaulttool.message import msg, nmsg
from vaulttool.model import Problem
from vaulttool.people.channels import (
    ARROW,
    ARROWS,
    channel_at,
    depth_of,
    direction_of,
    tag_channel,
)
from vaulttool.people.days import other_date_at_head
from vaulttool.people.dialects import declared_category
from vaulttool.people.schema import all_words
from vaulttool.people.undone import not_in_touch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, time

    from vaulttool.contact import Direction
    from vaulttool.message import Message
    from vaulttool.model import Item, Note, Passage

_LINK = re.compile(r"!?\[\[([^\[\]|#]*)[^\[\]]*\]\]")
_ENTRY_STYLE = re.compile(r"(\s*(?:[-*+]|#{1,6}|\d+[.)])\s+)(\[\[|\d{1,2}\.\d{1,2}\.\d{4})?")
_SPACE = re.compile(r"[\s,]*")
_BEFORE_TIME = re.compile(r"T(?=\d)|[\s,]*")
_SEPARATOR = re.compile(r"\s*(?:[:—–,.;]|-(?!>))?\s*")
_RATING = re.compile(r"\s*\[\w+::[^\]]*\]|\s*\(\w+::[^)]*\)")


@dataclass(frozen=True, slots=True)
class LogLine:
    """What one log line says."""

    date: date | None  # None: something date-shaped that is no date
    time: time | None
    channel: str | None
    direction: Direction | None
    text: str
    said: str = ""  # all that follows the date and the time


def parse_log_line(text: str, link_date: Callable[[str], date | None]) -> LogLine | None:
    """Read a log line; None where the text does not begin with a date.

    `link_date` gives the date of a daily note that a link's target names.
    """
    position = 0
    if link := _LINK.match(text):
        day, position = link_date(link[1].strip()), link.end()
        if day is None:
            return None
    elif looks_like_date(text):
        day, position = date_at(text, 0)
        if not position:
            return None
    else:
        return None
    moment, position = time_at(text, _end(_BEFORE_TIME, text, position))
    said = text[position:].strip(" ,")
    channel, position = _channel(text, _end(_SPACE, text, position))
    position = _end(_SPACE, text, position)
    arrow = ARROW.match(text, position)
    if arrow:
        position = arrow.end()
    if arrow and channel is None:  # `→ called her` says the same as `called her →`
        channel, position = _channel(text, _end(_SPACE, text, position))
    rest = text[_end(_SEPARATOR, text, position) :].strip()
    channel = channel or tag_channel(rest)
    direction = ARROWS[arrow[0]] if arrow else direction_of(channel) if channel else None
    return LogLine(day, moment, channel, direction, rest, said)


def _channel(text: str, position: int) -> tuple[str | None, int]:
    """Read the channel; `2026-11-02: call with her` is one too."""
    for start in (position, _end(_SEPARATOR, text, position)):
        channel, end = channel_at(text, start)
        if channel:
            return channel, end
    return None, position


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def log_evidence(
    note: Note, link_date: Callable[[str], date | None]
) -> tuple[list[Evidence], list[Problem]]:
    """Read the log of a contact's note: dated list items, and dated headings with text.

    Under a log heading where the note has one, else in the whole note.
    """
    sections = {n for n, heading in enumerate(note.headings) if is_log_heading(heading.text)}
    evidence: list[Evidence] = []
    problems: list[Problem] = []
    for line, at, below in (
        *_item_lines(note, link_date, sections),
        *_heading_lines(note, link_date, sections),
    ):
        if line.date:
            evidence.append(line_evidence(note, line, line.date, at, below))
        else:
            message = msg("a log line begins with a date that does not exist")
            problems.append(Problem("bad-date", "warning", note.path, at, message))
    return evidence, [*problems, *_unread_dates(note, sections)]


def _unread_dates(note: Note, log_sections: set[int]) -> Iterator[Problem]:
    """A remark on lines of a log that are not read, because they begin with `9/12/26`."""
    unread = [
        (item.line, found)
        for item in (note.items if log_sections else ())
        if _may_be_entry(note, item) and _in_log(note, item.section, log_sections)
        if (found := _unread_date(note.passages[item.passage].text))
    ]
    if unread:
        line, found = unread[0]
        message = nmsg(
            "{n} line of the log begins with a date such as “{found}”, and is not read: write"
            " 2026-11-30 or 30.11.2026",
            "{n} lines of the log begin with a date such as “{found}”, and are not read: write"
            " 2026-11-30 or 30.11.2026",
            len(unread),
            found=found,
        )
        yield Problem("unread-date", "warning", note.path, line, message)


def _unread_date(text: str) -> str | None:
    return None if looks_like_date(text) else other_date_at_head(text)


def is_log_heading(text: str) -> bool:
    """Whether a heading begins a log."""
    return fold(text.strip(" #:")) in all_words("log_headings")


def _item_lines(
    note: Note, link_date: Callable[[str], date | None], log_sections: set[int]
) -> Iterator[tuple[LogLine, int, list[str]]]:
    """The dated list items, each with the lines below it that belong to it."""
    starts = [passage.line for passage in note.passages]
    for item in note.items:
        if _may_be_entry(note, item) and _in_log(note, item.section, log_sections):
            line = parse_log_line(note.passages[item.passage].text, link_date)
            if line:
                below = slice(bisect_right(starts, item.line), bisect_right(starts, item.end_line))
                nested = [one.text for one in note.passages[below] if one.item >= 0]
                yield line, item.line, nested


def _may_be_entry(note: Note, item: Item) -> bool:
    """A plain item that stands under no other dated item, in no quote and no comment."""
    if item.passage < 0 or item.status is not None or item.quoted or item.commented:
        return False
    above = item.parent
    while above >= 0:
        passage = note.items[above].passage
        if passage >= 0 and looks_like_date(note.passages[passage].text):
            return False
        above = note.items[above].parent
    return True


def _in_log(note: Note, section: int, log_sections: set[int]) -> bool:
    if not log_sections:
        return True
    while section >= 0:
        if section in log_sections:
            return True
        section = note.headings[section].parent
    return False


def _heading_lines(
    note: Note, link_date: Callable[[str], date | None], log_sections: set[int]
) -> Iterator[tuple[LogLine, int, list[str]]]:
    """Entries such as `### 2026-11-02 call` with text under them; open tasks are plans."""
    texts: dict[int, list[str]] = {}
    for passage in note.passages:
        if passage.kind != "heading" and not _is_plan(note, passage):
            texts.setdefault(passage.section, []).append(passage.text)
    bare = declared_category(note) is not None  # to alas a dated heading alone is a contact
    for number, heading in enumerate(note.headings):
        line = parse_log_line(heading.text, link_date)
        if line and (number in texts or bare) and _in_log(note, number, log_sections):
            yield line, heading.line, texts.get(number, [])


def _is_plan(note: Note, passage: Passage) -> bool:
    return passage.item >= 0 and note.items[passage.item].status not in (None, "x", "X")


def line_evidence(note: Note, line: LogLine, day: date, at: int, nested: list[str]) -> Evidence:
    """The evidence of a log line that stands in a contact's note."""
    text = "\n".join(part for part in (line.text, *nested) if part)
    reason = _no_contact(line, nested)
    return Evidence(
        kind="log",
        path=note.path,
        date=day,
        depth=depth_of(line.channel) if line.channel else Depth.MESSAGE,
        direction=line.direction,
        source=note.path,
        line=at,
        text=text,
        channel=line.channel,
        time=line.time,
        counts=reason is None,
        reason=reason,
    )


def _no_contact(line: LogLine, nested: list[str]) -> Message | None:
    """Why an entry is no contact: a rating, or a mark that one looked at the person only."""
    rating_only = bool(line.text) and not _RATING.sub("", line.text).strip()
    said = line.channel or line.direction or nested
    if _is_rating_word(line.text) or (rating_only and not said):
        return msg("a rating, not a contact")
    looked = line.channel is None and fold(line.text) in all_words("looked_at")
    if looked or is_noted(line.said):
        return msg("a look or a note, not a contact")
    return not_in_touch(line.said)


def is_noted(words: str) -> bool:
    """Whether words are those of a note, and of no contact: `note: she is ill`."""
    first, colon, _rest = words.partition(":")
    return bool(colon) and fold(first.strip()) in all_words("looked_at")


def _is_rating_word(text: str) -> bool:
    """`rating [trust:: 4]`: a rating that is written as the docs show it."""
    words = _RATING.sub("", text).strip()
    return bool(_RATING.search(text)) and fold(words) in ("rating", "оценка")


# --- Writing -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Where a new log line goes: before a line (from 0), beside a neighbour if there is one."""

    index: int | None  # None: the note has no log yet
    neighbour: str = ""  # the source of an entry beside it, whose style is kept


def log_place(note: Note, entries: list[Evidence], text: str, day: date) -> LogPlace:
    """Find where a contact's note takes a new log line of a day.

    Among the entries that are there, in the order that they keep, the newest of a day at the
    newer end; else right under the log heading.
    """
    lines = split_lines(text)
    items = {item.line: item for item in note.items}
    listed = sorted((e for e in entries if e.line in items), key=lambda entry: entry.line)
    if listed:
        before, after = _neighbours(listed, day)
        if before and (after is None or _nearness(before, day) < _nearness(after, day)):
            return LogPlace(items[before.line].end_line, lines[before.line - 1])
        beside = after or listed[0]
        return LogPlace(beside.line - 1, lines[beside.line - 1])
    if declared_category(note):
        return _heading_place(entries, lines, day)
    for heading in note.headings:
        if is_log_heading(heading.text):
            return LogPlace(heading.line)
    return LogPlace(None)


def _neighbours(listed: list[Evidence], day: date) -> tuple[Evidence | None, Evidence | None]:
    """The entries between which a day belongs, as they stand in the note."""
    if listed[0].date < listed[-1].date:  # the oldest first
        at = max((n for n, one in enumerate(listed, 1) if one.date <= day), default=0)
    else:
        at = next((n for n, one in enumerate(listed) if one.date <= day), len(listed))
    return (listed[at - 1] if at else None), (listed[at] if at < len(listed) else None)


def _nearness(entry: Evidence, day: date) -> tuple[bool, bool, int]:
    """The less the nearer; a log may have a heading for each year or month."""
    same_year = entry.date.year == day.year
    same_month = same_year and entry.date.month == day.month
    return not same_year, not same_month, abs((entry.date - day).days)


def _heading_place(entries: list[Evidence], lines: list[str], day: date) -> LogPlace:
    """Where alas has an entry of a day, which is a heading: before those that are not newer."""
    not_newer = [entry.line for entry in entries if entry.date <= day]
    if not_newer:
        first = min(not_newer)
        return LogPlace(first - 1, lines[first - 1])
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    shape = lines[entries[0].line - 1] if entries else "## "
    return LogPlace(max(filled, default=0), shape)


def write_log_line(day: date, words: str, neighbour: str = "", daily_name: str = "") -> str:
    """Write a log line in the style of the entry beside it: bullet and form of the date.

    Where that links to a daily note, `daily_name` is how the vault names the one of this day.
    """
    match = _ENTRY_STYLE.match(neighbour)
    bullet, shape = (match[1], match[2] or "") if match else ("- ", "")
    written = day.isoformat()
    if shape.startswith("[["):
        written = f"[[{daily_name or written}]]"
    elif "." in shape:
        written = f"{day:%d.%m.%Y}"
    return f"{bullet}{written} {words}".rstrip()


def write_words(channel: str, direction: Direction | None, text: str) -> str:
    """Write what follows the date: `call: text`, `email → text`.

    The text begins with a word of its own: no separator, time or arrow of the line's.
    """
    text = as_typed(text).lstrip(" ,;:—–")
    arrow = {"out": "→", "in": "←", "both": "↔"}.get(direction or "", "")
    lead = " ".join(part for part in (channel, arrow) if part)
    if not text:
        return lead
    if not lead:
        return f"— {text}" if text[:1].isdigit() else text  # no time of day is meant
    return f"{lead} {text}" if arrow or text.startswith("^") else f"{lead}: {text}"
