"""The rank: what one contact today saves.

The index of a restless bandit whose cost is the squared lateness (Whittle, 1988): with
T the interval, x = days over / T and w the circle's weight,

    score = w · T · x² · (1 + 2x/3)

The project's benchmark compares it with "days over" and "days over ÷ interval".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_X = 3.0

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
    return factor * interval * x * x * (1 + 2 * x / 3)
