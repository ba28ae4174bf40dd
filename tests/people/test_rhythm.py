from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.contact import Contact, Depth, Drift, Evidence
from vaulttool.message import msg
from vaulttool.people.rhythm import GAPS, drift, usual_gap

ANNA = Contact("People/Anna.md", "Anna", msg("a test"))
FIRST = date(2026, 1, 1)


def days(*gaps: int) -> list[date]:
    found = [FIRST]
    for gap in gaps:
        found.append(found[-1] + timedelta(days=gap))
    return found


def drifting(silent: int, *gaps: int) -> Drift | None:
    met = days(*gaps)
    evidence = [
        Evidence("log", ANNA.path, day, Depth.TALK, "both", ANNA.path, 1, "") for day in met
    ]
    return drift(ANNA, evidence, met[-1] + timedelta(days=silent))


@pytest.mark.parametrize(
    ("gaps", "usual"),
    [
        ((), None),
        ((30, 30), None),  # two gaps
        ((30, 30, 30), 30),
        ((7, 7, 7), 7),  # 21 days
        ((6, 6, 6), None),  # 18 days: a burst
        ((6, 6, 6, 6), 6),  # 24 days
        ((10, 20, 30, 40), 25),  # the median of an even number
        ((1, 1, 100), None),  # the median is 1
        ((500, *[10] * 10), 10),  # the last ten only
        ((*[500] * 4, *[10] * 5, *[30] * 5), 20),
    ],
)
def test_the_usual_gap(gaps: tuple[int, ...], usual: float | None) -> None:
    assert usual_gap(days(*gaps)) == usual


@pytest.mark.parametrize(
    ("gaps", "silent", "drifts"),
    [
        ((10, 10, 10), 20, False),
        ((10, 10, 10), 21, True),
        ((10, 10, 10), 120, True),
        ((10, 10, 10), 121, False),
        ((7, 7, 7), 14, False),
        ((7, 7, 7), 15, True),
        ((6, 6, 6, 6), 14, False),  # two gaps are 12 days, fewer than 14
        ((6, 6, 6, 6), 15, True),
        ((6, 6, 6, 6), 90, True),  # twelve gaps are 72 days, fewer than 90
        ((6, 6, 6, 6), 91, False),
    ],
)
def test_the_bounds_of_drift(gaps: tuple[int, ...], silent: int, drifts: bool) -> None:
    assert bool(drifting(silent, *gaps)) is drifts


@given(st.lists(st.dates(), max_size=30))
def test_order_and_repetition_do_not_matter(found: list[date]) -> None:
    assert usual_gap(found) == usual_gap(sorted({*found})) == usual_gap(found[::-1] + found)


@given(st.lists(st.integers(1, 400), max_size=30))
def test_the_usual_gap_is_one_of_the_last(gaps: list[int]) -> None:
    usual = usual_gap(days(*gaps))
    if usual is not None:
        assert min(gaps[-GAPS:]) <= usual <= max(gaps[-GAPS:])
