"""One contact, written twice: what speaks of the same contact on the same day, put together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vaulttool.contact import Direction, Evidence


def merged(traces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Put together what speaks of the same contact on the same day.

    Each log line is an interaction. Anything else joins the day's evidence of its
    channel; without a channel it adds nothing on a day that has other evidence as deep.
    """
    days: dict[date, list[Evidence]] = {}
    for trace in traces:
        days.setdefault(trace.date, []).append(trace)
    found = [trace for day in sorted(days) for trace in _merged_day(days[day])]
    return tuple(found)


def _merged_day(traces: list[Evidence]) -> list[Evidence]:
    kept = [trace for trace in traces if trace.counts and trace.kind == "log"]
    rest = [trace for trace in traces if trace.counts and trace.kind != "log"]
    rest.sort(key=lambda trace: (trace.channel is None, -trace.depth, trace.source, trace.line))
    aside = [trace for trace in traces if not trace.counts]
    for trace in rest:
        number = _same_contact(kept, trace)
        if number is None:
            kept.append(trace)
        else:
            first = kept[number]
            kept[number] = _joined(first, trace)
            if (first.source, first.line) != (trace.source, trace.line):
                aside.append(_same_as(first, trace))
    return sorted([*kept, *aside], key=lambda one: (str(one.time or ""), one.source, one.line))


def _same_contact(kept: Sequence[Evidence], trace: Evidence) -> int | None:
    """Which of the day's evidence a trace speaks of as well; None where it adds something."""
    for number, other in enumerate(kept):
        if trace.channel == other.channel if trace.channel else other.depth >= trace.depth:
            return number
    return None


def _same_as(first: Evidence, trace: Evidence) -> Evidence:
    """A trace that is told already: kept, so that `why` can cite it."""
    reason = msg("the same contact as {place}", place=f"{first.source}:{first.line}")
    return replace(trace, counts=False, reason=reason)


def _joined(first: Evidence, second: Evidence) -> Evidence:
    """One contact that two traces speak of: the deeper depth, and both directions.

    A trace without a channel only says that there was one.
    """
    first = replace(
        first,
        reply_by=first.reply_by or second.reply_by,
        no_reply=first.no_reply or second.no_reply,
    )
    if second.channel is None:
        return first
    directions = {first.direction, second.direction} - {None}
    direction: Direction | None = (
        "both" if len(directions) == 2 else first.direction or second.direction
    )
    return replace(first, depth=max(first.depth, second.depth), direction=direction)


def known_by(traces: Iterable[Evidence], today: date) -> list[Evidence]:
    """The evidence as it stands today: what is dated later does not count yet."""
    return [
        replace(trace, counts=False, reason=msg("in the future")) if trace.date > today else trace
        for trace in traces
    ]
