from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.story import world
from vaulttool.contact import PartialDate
from vaulttool.people.occasions import BELATED, lead_days, occurrence, window
from vaulttool.settings import Settings


@pytest.mark.parametrize(
    ("partial", "year", "leap_day", "day"),
    [
        (PartialDate(1988, 3, 14), 2026, "02-28", date(2026, 3, 14)),
        (PartialDate(None, 2, 29), 2026, "02-28", date(2026, 2, 28)),
        (PartialDate(None, 2, 29), 2026, "03-01", date(2026, 3, 1)),
        (PartialDate(None, 2, 29), 2028, "03-01", date(2028, 2, 29)),
        (PartialDate(None, 2, 29), 2100, "02-28", date(2100, 2, 28)),
        (PartialDate(1988, 3), 2026, "02-28", None),
        (PartialDate(1988), 2026, "02-28", None),
        (PartialDate(None, 3, 14), 0, "02-28", None),
        (PartialDate(None, 3, 14), 10000, "02-28", None),
    ],
)
def test_the_day_in_a_year(
    partial: PartialDate, year: int, leap_day: str, day: date | None
) -> None:
    assert occurrence(partial, year, leap_day) == day


@given(st.dates(), st.dates(), st.integers(0, 60), st.sampled_from(["02-28", "03-01"]))
def test_the_window_holds_the_days_before_and_after(
    born: date, today: date, lead: int, leap_day: str
) -> None:
    partial = PartialDate(None, born.month, born.day)
    day = window(partial, today, lead, leap_day)
    if day:
        assert -BELATED <= (day - today).days <= lead
    else:
        found = occurrence(partial, today.year, leap_day)
        assert found is None or not -BELATED <= (found - today).days <= lead


@given(st.dates(), st.integers(0, 60))
def test_an_occasion_is_there_on_its_own_day(born: date, lead: int) -> None:
    partial = PartialDate(born.year, born.month, born.day)
    assert window(partial, born, lead, "02-28") == born


@pytest.mark.parametrize(
    ("circle", "days"), [("key", 14), ("regular", 7), ("dormant", 7), ("choir", 7), (None, 7)]
)
def test_days_ahead(circle: str | None, days: int) -> None:
    assert lead_days(circle, Settings()) == days


def test_days_ahead_that_are_set() -> None:
    settings = Settings(occasion_lead={"ключевой": 3, "Choir": 4, "default": 5})
    assert [lead_days(circle, settings) for circle in ("key", "choir", None, "regular")] == [
        *(3, 4, 5, 5)
    ]


def test_what_the_block_shows_of_the_whole_window() -> None:
    notes = {"People/A.md": "---\ncircle: key\nbirthday: 06-15\n---\n"}
    shown = []
    for distance in range(16, -9, -1):
        today = date(2026, 6, 15) - timedelta(days=distance)
        occasions = world(notes, today.isoformat()).day.occasions
        assert bool(occasions) is (-7 <= distance <= 14)
        if occasions and occasions[0].listed:
            shown.append(distance)
    assert shown == [14, 1, 0, -1, -2, -3, -4, -5, -6, -7]
