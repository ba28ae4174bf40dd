"""The rank: what one contact today saves, when the cost of silence is its squared lateness.

With T the interval, x = days over / T and w the circle's weight,

    score = 10 · w · √T · x²

Where there is never enough time, the best order has T for √T, for a contact that is made
lasts for T days: that is the index of a restless bandit with this cost (Whittle, 1988),
w · T · x² · (1 + 2x/3). Where a shortage passes, as after a holiday, what is saved later is
worth nothing, and the best order has no T at all. Real years have both. `benchmarks/rank.py`
lives through such years: √T is the best or nearly so in all of them.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_X = 3.0
SCALE = 10.0  # so that a score is worth reading with one decimal

WEIGHTS: Mapping[str, float] = {"key": 2.0, "regular": 1.0, "potential": 0.7, "dormant": 0.5}
"""Circle -> weight; the property `priority` overrides it, and other circles weigh 1."""

POINTS: Mapping[str, float] = {"occasion": 20.0, "promise": 15.0, "awaiting": 10.0}
"""Fixed points: an occasion that today's block shows, a promise that is due, no answer."""


def weight(circle: str | None, priority: float | None) -> float:
    """The weight of a contact."""
    return priority if priority is not None else WEIGHTS.get(circle or "", 1.0)


def lateness_points(days_over: int, interval: int, factor: float) -> float:
    """The points of being late; none on the due day itself."""
    x = min(max(days_over, 0) / interval, MAX_X)
    return SCALE * factor * sqrt(interval) * x * x
