"""Replies: by when an answer is expected, and which messages wait for one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vaulttool.contact import Awaiting, Depth
from vaulttool.locale import words_of
from vaulttool.markdown.dates import add_days, read_date
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.inline import REPLY, field_pattern
from vaulttool.people.schema import read_flag

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaulttool.contact import Contact, Direction, Evidence
    from vaulttool.model import Language


def write_reply(expected: date | None, lang: Language) -> str:
    """Write by when an answer is expected, `[reply:: 2026-11-27]`; or that none is."""
    words = words_of(lang)
    value = expected.isoformat() if expected else words.false[-1]
    return f"[{words.reply_fields[0]}:: {value}]"


def with_reply(trace: Evidence) -> tuple[Evidence, Problem | None]:
    """Read that of a trace's own words. What waits for an answer was the user's to begin."""
    match = field_pattern(REPLY).search(trace.text) if "::" in trace.text else None
    if match is None:
        return trace, None
    written = match[1].strip()
    expected = read_date(written)
    if expected:
        direction: Direction = "in" if trace.direction == "in" else "out"
        return replace(trace, reply_by=expected, direction=direction), None
    if read_flag(written) is False:
        return replace(trace, no_reply=True), None
    message = msg("expected a day by which an answer is due, or no, found “{found}”", found=written)
    return trace, Problem("bad-date", "warning", trace.source, trace.line, message)


def open_question(
    contact: Contact, evidence: Iterable[Evidence], reply_after: int, today: date
) -> Awaiting | None:
    """Find the last message to a contact that asks for an answer and has none.

    Signs such as a like ask for no answer. What came on the same day answers, unless the
    times say that it came before.
    """
    if contact.died or contact.pause or "no contact" in contact.boundaries:
        return None
    counted = [trace for trace in evidence if trace.counts and trace.date <= today]
    messages = [trace for trace in counted if _asks(trace)]
    if not messages:
        return None
    sent = messages[-1]  # oldest first
    if any(_answers(trace, sent) for trace in counted):
        return None
    return Awaiting(
        path=contact.path,
        name=contact.name,
        sent=sent.date,
        channel=sent.channel,
        source=sent.source,
        line=sent.line,
        reply_by=sent.reply_by or add_days(sent.date, reply_after),
    )


def find_awaiting(
    contact: Contact, evidence: Iterable[Evidence], reply_after: int, today: date
) -> Awaiting | None:
    """Find the message to a contact that has waited for an answer for long enough."""
    question = open_question(contact, evidence, reply_after, today)
    return question if question and question.reply_by <= today else None


def _asks(trace: Evidence) -> bool:
    return trace.direction == "out" and trace.depth >= Depth.MESSAGE and not trace.no_reply


def _answers(trace: Evidence, sent: Evidence) -> bool:
    if trace.direction not in ("in", "both"):
        return False
    if trace.date == sent.date and trace.time and sent.time:
        return trace.time >= sent.time
    return trace.date >= sent.date
