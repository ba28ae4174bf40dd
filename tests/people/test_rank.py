from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.people.rank import MAX_X, POINTS, WEIGHTS, lateness_points, weight

late = st.integers(0, 5000)
intervals = st.integers(1, 36500)
weights = st.floats(0.01, 1000)


@pytest.mark.parametrize(
    ("days_over", "interval", "factor", "points"),
    [
        (0, 14, 2.0, 0.0),
        (14, 14, 1.0, 10 * 14**0.5),
        (7, 14, 2.0, 10 * 2 * 14**0.5 * 0.25),
        (30, 10, 1.0, 10 * 10**0.5 * 9),
        (31, 10, 1.0, 10 * 10**0.5 * 9),
        (-3, 10, 1.0, 0.0),
    ],
)
def test_points(days_over: int, interval: int, factor: float, points: float) -> None:
    assert lateness_points(days_over, interval, factor) == pytest.approx(points)


@given(late, late, intervals, weights)
def test_later_is_never_less(one: int, other: int, interval: int, factor: float) -> None:
    first, second = sorted((one, other))
    assert lateness_points(first, interval, factor) <= lateness_points(second, interval, factor)


@given(late, intervals, weights)
def test_points_are_capped_and_grow_with_the_weight(
    days: int, interval: int, factor: float
) -> None:
    points = lateness_points(days, interval, factor)
    cap = 10 * factor * interval**0.5 * MAX_X**2
    assert 0 <= points <= cap * (1 + 1e-9)
    assert lateness_points(days, interval, 2 * factor) == pytest.approx(2 * points)


def test_weights() -> None:
    assert WEIGHTS == {"key": 2, "regular": 1, "potential": 0.7, "dormant": 0.5}
    assert weight("key", None) == 2
    assert weight("choir", None) == weight(None, None) == weight("expert", None) == 1
    assert weight("key", 0.1) == 0.1


def test_an_occasion_outweighs_a_promise_and_that_a_silence() -> None:
    assert POINTS["occasion"] > POINTS["promise"] > POINTS["awaiting"] > 0
