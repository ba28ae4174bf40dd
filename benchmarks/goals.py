"""What the tool is meant to cost, as ratios to what others cost in the same run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from peers import titled
from processes import CHANGED, COLD, GIT, RG, WALK, WARM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from usage import Measured

SIZES = (10_000, 100_000)
Of: TypeAlias = "Callable[[Measured], float]"


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure, and what it should be at most at each of the sizes; None where nothing is asked."""

    what: str
    of: Of
    most: tuple[float | None, float | None]
    unit: str = ""
    aim: bool = False  # shown, and nothing is said of whether it is reached


def wall(above: str, below: str) -> Of:
    """A ratio of wall times."""
    return lambda rows: rows[above].wall / rows[below].wall


def cpu(above: str, below: str) -> Of:
    """A ratio of CPU times."""
    return lambda rows: rows[above].cpu / rows[below].cpu


def peak(name: str) -> Of:
    """The peak memory."""
    return lambda rows: rows[name].peak


GOALS = (
    Goal("warm `due` ÷ bare walk, wall time", wall(WARM, WALK), (2.0, 1.35)),
    Goal("warm `due` ÷ `git status`, wall time", wall(WARM, GIT), (4, 2), aim=True),
    Goal(f"cold index ÷ {RG}, CPU time", cpu(COLD, RG), (14, 14)),
    Goal(
        "cold index ÷ obsidiantools, CPU time", cpu(COLD, titled("obsidiantools")), (1 / 60, None)
    ),
    Goal("cold index ÷ ovault, CPU time", cpu(COLD, titled("ovault")), (1 / 2, None)),
    Goal("one note changed, then `due` ÷ warm `due`, wall time", wall(CHANGED, WARM), (1.3, 1.3)),
    Goal("peak memory, cold", peak(COLD), (80, 400), " MB"),
    Goal("peak memory, warm `due`", peak(WARM), (40, 90), " MB"),
)
GROWTH = 12  # times the cost for ten times the notes
GROWING = {"cold": COLD, "warm": WARM, "one note changed": CHANGED}


def table(by_size: Mapping[int, Measured]) -> Iterator[str]:
    """The goals beside what was measured, as lines of Markdown."""
    yield "| what | goal | at 10,000 notes | at 100,000 notes |"
    yield "| --- | --: | --: | --: |"
    for goal in GOALS:
        asked = [shown(most, goal.unit) for most in dict.fromkeys(goal.most) if most is not None]
        wish = "about " if goal.aim else "≤ "
        cells = [
            cell(goal, by_size.get(size), most) for size, most in zip(SIZES, goal.most, strict=True)
        ]
        yield f"| {goal.what} | {wish}{' / '.join(asked)} | {' | '.join(cells)} |"
    small, large = (by_size.get(size) for size in SIZES)
    for kind, name in GROWING.items():
        cell_of = "not measured"
        if small and large:
            cell_of = judged(large[name].cpu / small[name].cpu, GROWTH)
        yield f"| {kind}: CPU time at 100,000 ÷ at 10,000 | ≤ {GROWTH} | | {cell_of} |"


def cell(goal: Goal, rows: Measured | None, most: float | None) -> str:
    """A measured figure, and whether it is where it should be."""
    if most is None:
        return ""
    try:
        found = goal.of(rows or {})
    except KeyError:
        return "not measured"
    return shown(found, goal.unit) if goal.aim else judged(found, most, goal.unit)


def judged(found: float, most: float, unit: str = "") -> str:
    """A figure, and a word where it is above its goal, to the digits that are shown."""
    return shown(found, unit) + (", not yet" if float(f"{found:.3g}") > most else "")


def shown(number: float, unit: str = "") -> str:
    """A ratio, as a fraction where it is below one; or a number with its unit."""
    return f"1/{digits(1 / number)}" if number < 1 and not unit else f"{digits(number)}{unit}"


def digits(number: float) -> str:
    """A number with the digits that mean something."""
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"
