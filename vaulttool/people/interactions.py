"""A log that is kept in the properties: `interactions`, as Friend Tracker writes it.

    interactions:
      - date: 2026-11-02
        text: call about the flat

A text that is written like a log line is read as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.markdown.dates import read_date
from vaulttool.markdown.values import flow
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.logs import line_evidence, parse_log_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from vaulttool.contact import Evidence
    from vaulttool.model import Note, Property, Raw

_DATES, _TEXTS = ("date", "дата"), ("text", "note", "notes", "текст", "заметка")


def kept_interactions(
    note: Note, kept: Property | None, link_date: Callable[[str], date | None]
) -> tuple[list[Evidence], list[Problem]]:
    """Read the log in the properties of a contact's note: its entries, and what is none."""
    evidence: list[Evidence] = []
    problems: list[Problem] = []
    for raw, at in _entries(kept) if kept else ():
        line = parse_log_line(_as_line(raw), link_date)
        if line and line.date:
            evidence.append(line_evidence(note, line, line.date, at, []))
        else:
            key = kept.key if kept else ""
            message = msg("{name}: expected {expected}, found “{found}”", name=key,
                expected=msg("a date and a text"), found=flow(raw))  # fmt: skip
            problems.append(Problem("bad-date", "warning", note.path, at, message))
    return evidence, problems


def _entries(kept: Property) -> Iterator[tuple[Raw, int]]:
    if not isinstance(kept.raw, list):
        yield kept.raw, kept.line
        return
    lines = kept.item_lines or (kept.line,) * len(kept.raw)
    for raw, line in zip(kept.raw, lines, strict=False):
        if raw:
            yield raw, line


def _as_line(raw: Raw) -> str:
    """An entry as a log line: its date, then its text on one line."""
    if not isinstance(raw, dict):
        return raw if isinstance(raw, str) else ""
    day, text = _value(raw, _DATES), " ".join(_value(raw, _TEXTS).split())
    # A time that stands with the date of a machine is none that she wrote.
    known = read_date(day)
    return f"{known.isoformat() if known else day} {text}".strip()


def _value(raw: dict[str, Raw], names: tuple[str, ...]) -> str:
    found = (value for key, value in raw.items() if key.casefold() in names)
    return next((value.strip() for value in found if isinstance(value, str)), "")
