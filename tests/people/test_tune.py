from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.people.story import World
from vaulttool.people.tune import find_suggestions
from vaulttool.settings import Settings

TODAY = date(2026, 11, 22)


def suggestions(properties: str, *gaps: int, name: str = "Anna") -> list[tuple[str, str]]:
    """What is suggested for somebody met on days with these gaps, the last one today."""
    day, lines = TODAY, [f"- {TODAY} call: hello"]
    for gap in reversed(gaps):
        day -= timedelta(days=gap)
        lines.append(f"- {day} call: hello")
    text = "\n".join(["---", properties, "---", "## Log", *lines, ""])
    world = World({f"People/{name}.md": text}, TODAY, Settings())
    return [(one.every, one.trend) for one in find_suggestions(world.day, world.settings)]


@pytest.mark.parametrize(
    ("gaps", "every"),
    [
        ((7, 7, 7), "1 week"),
        ((30, 32, 29), "1 month"),
        ((85, 100, 92), "3 months"),
        ((360, 370, 365), "1 year"),
    ],
)
def test_the_cadence_nearest_to_the_rhythm(gaps: tuple[int, ...], every: str) -> None:
    assert suggestions("role: baker", *gaps) == [(every, "steady")]


def test_a_cadence_that_agrees_is_left_alone() -> None:
    assert suggestions("every: 1 month", 30, 40, 25) == []
    assert suggestions("every: 1 month", 60, 58, 62) == [("2 months", "steady")]
    assert suggestions("every: 20 days", 27, 27, 27) == []
    assert suggestions("every: 20 days", 28, 28, 28) == [("1 month", "steady")]
    assert suggestions("every: 28 days", 20, 20, 20) == [("3 weeks", "steady")]


@pytest.mark.parametrize(
    "line",
    ["every: never", "circle: expert", "pause: true", "died: true", "boundaries: no contact"],
)
def test_for_some_nothing_is_suggested(line: str) -> None:
    assert suggestions(line, 30, 30, 30) == []


def test_a_burst_is_no_rhythm() -> None:
    assert suggestions("role: baker", 1, 2, 1, 1) == []


def test_what_does_not_reset_the_clock_is_no_rhythm_either() -> None:
    assert suggestions("needs: talk", 30, 30, 30) == [("1 month", "steady")]
    letters = "\n".join(f"- {TODAY - timedelta(days=30 * n)} email: hello" for n in range(5))
    note = f"---\nneeds: talk\n---\n## Log\n{letters}\n"
    world = World({"People/Anna.md": note}, TODAY, Settings())
    assert find_suggestions(world.day, world.settings) == []


@pytest.mark.parametrize(
    ("gaps", "trend"),
    [
        ((20, 20, 60, 60), "wider"),
        ((60, 60, 20, 20), "closer"),
        ((30, 32, 31, 29), "steady"),
        ((20, 20, 30, 30), "wider"),
        ((20, 20, 29, 29), "steady"),
        ((20, 60, 60), "steady"),  # too few to tell
    ],
)
def test_the_trend(gaps: tuple[int, ...], trend: str) -> None:
    assert [found for _every, found in suggestions("role: baker", *gaps)] == [trend]


def test_the_one_furthest_from_its_cadence_comes_first_and_those_without_last() -> None:
    def met(every: str, gap: int) -> str:
        lines = [f"- {TODAY - timedelta(days=gap * n)} call: hello" for n in range(5)]
        return "\n".join(["---", every, "---", "## Log", *lines, ""])

    world = World(
        {
            "People/Anna.md": met("every: 1 month", 60),
            "People/Boris.md": met("every: 1 month", 180),
            "People/Vera.md": met("role: baker", 30),
        },
        TODAY,
        Settings(),
    )
    found = find_suggestions(world.day, world.settings)
    assert [one.contact.name for one in found] == ["Boris", "Anna", "Vera"]
