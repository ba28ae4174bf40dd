"""How far ahead to look: `--within 7d`, `--within "2 weeks"`, `--within месяц`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.errors import UsageError
from vaulttool.message import msg
from vaulttool.people.cadence import after, parse_cadence

if TYPE_CHECKING:
    from datetime import date


def last_day(within: str, today: date) -> date:
    """The last day of a span that begins today; raises `UsageError` for what is none."""
    span = parse_cadence(within)
    if span is None or span.never:
        raise UsageError(
            msg("--within: expected a span such as 7d or 2 weeks, found “{found}”", found=within)
        )
    return after(today, span)
