"""Draw cost against size, both in powers of ten, as an SVG that is read on light and on dark."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from processes import CHANGED, COLD, GIT, WALK, WARM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from usage import Measured

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 510, 40, 350  # of the plot; the names stand at its right
HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
    f' height="{HEIGHT}" font-family="sans-serif" font-size="13">'
)
LINE = 18  # pixels between two names at least
GREY = "#7d8590"  # is read on white and on black

# What is drawn: its name there, its colour, and dashes for the limits.
DRAWN = {
    COLD: ("vault due, nothing kept", "#d1495b", ""),
    CHANGED: ("vault due, one note changed", "#c77700", ""),
    WARM: ("vault due, warm", "#2f81f7", ""),
    WALK: ("bare walk", GREY, "6 4"),
    GIT: ("git status", "#2da46a", "6 4"),
}


class Scale:
    """Where a number stands between two ends, by its logarithm."""

    def __init__(self, low: float, high: float, begin: float, end: float) -> None:
        self.low = math.log10(low)
        self.step = (end - begin) / max(math.log10(high) - self.low, 1e-9)
        self.begin = begin

    def __call__(self, number: float) -> float:
        """The place of a number."""
        return round(self.begin + (math.log10(number) - self.low) * self.step, 1)


def draw(by_size: Mapping[int, Measured]) -> str:
    """The chart of a run."""
    sizes = sorted(by_size)
    costs = {
        name: [rows[name].cpu for _size, rows in sorted(by_size.items())]
        for name in DRAWN
        if all(name in rows for rows in by_size.values())
    }
    every = [cost for line in costs.values() for cost in line]
    powers = range(math.floor(math.log10(min(every))), math.ceil(math.log10(max(every))) + 1)
    across = Scale(sizes[0], sizes[-1], LEFT + 20, RIGHT - 20)
    up = Scale(10 ** powers[0], 10 ** powers[-1], BOTTOM, TOP)
    return "\n".join(
        [
            HEAD,
            "<title>Seconds of CPU against the number of notes</title>",
            text(LEFT - 50, TOP - 18, "seconds of CPU"),
            text((LEFT + RIGHT) / 2, BOTTOM + 40, "notes", "middle"),
            *(_power(up, power) for power in powers),
            *(text(across(size), BOTTOM + 20, f"{size:,}", "middle") for size in sizes),
            *_lines(costs, sizes, across, up),
            "</svg>\n",
        ]
    )


def text(x: float, y: float, words: str, anchor: str = "start", colour: str = GREY) -> str:
    """Some words."""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _power(up: Scale, power: int) -> str:
    y = up(10.0**power)
    return f'<path d="M{LEFT} {y}H{RIGHT}" stroke="{GREY}" stroke-opacity="0.3"/>' + text(
        LEFT - 8, y + 4, f"{10.0**power:g}", "end"
    )


def _lines(
    costs: Mapping[str, Sequence[float]], sizes: Sequence[int], across: Scale, up: Scale
) -> Iterator[str]:
    lowest = 0.0
    for name, line in sorted(costs.items(), key=lambda item: -item[1][-1]):
        words, colour, dashes = DRAWN[name]
        points = [(across(size), up(cost)) for size, cost in zip(sizes, line, strict=True)]
        path = " ".join(f"{x},{y}" for x, y in points)
        yield (
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"'
            f' stroke-dasharray="{dashes}"/>'
        )
        yield "".join(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in points)
        lowest = max(points[-1][1] + 4, lowest + LINE)  # names do not lie on one another
        yield text(RIGHT, lowest, words, colour=colour)
