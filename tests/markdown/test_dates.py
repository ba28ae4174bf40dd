from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.contact import PartialDate
from vaulttool.markdown.dates import (
    add_days,
    add_months,
    date_at,
    find_date,
    looks_like_date,
    read_date,
    read_partial,
    time_at,
)

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-02",
        "2026-11-2",
        "02.11.2026",
        "2.11.2026",
        " 2026-11-02 ",
        "2026-11-02T09:30",
        "2026-11-02 09:30",
        "2026-11-02T09:30:00.000Z",
        "2026-11-02T09:30:00+02:00",
        "[[2026-11-02]]",
        "[[Daily/2026-11-02]]",
        "[[Daily/2026-11-02|yesterday]]",
        "[[2026-11-02#Calls]]",
        "[[ 02.11.2026 ]]",
    ],
)
def test_a_date_is_read_in_each_form(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-11",
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
        "30.02.2026",
        "2026-11-022",
        "12026-11-02",
        "2026-11-02 and more",
        "2026-11-02T",
        "on 2026-11-02",
        "02/11/2026",
        "2.11.26",
        "2.11.20261",
        "[[2026-11-02]] x",
        "[2026-11-02]",
        "2026-11-02²",
        "tomorrow",
    ],
)
def test_nothing_else_is_a_date(text: str) -> None:
    assert read_date(text) is None


@given(st.dates())
def test_every_day_is_read_in_both_forms(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day:02}.{day.month:02}.{day.year:04}") == day
    assert find_date(f"Meeting {day.isoformat()} notes") == day


@given(st.text("0123456789-. T:Z[]|#x²٣", max_size=14))
def test_any_text_can_be_tried(text: str) -> None:
    day = read_date(text)
    assert day is None or looks_like_date(text.strip(" [").rpartition("/")[2].strip(" ["))
    find_date(text)
    read_partial(text)
    time_at(text, 0)


def test_a_date_inside_a_text_says_where_it_ends() -> None:
    assert date_at("- 2026-11-02: x", 2) == (DAY, 12)
    assert date_at("- 2.11.2026 x", 2) == (DAY, 11)
    assert date_at("- 2026-02-30 x", 2) == (None, 12)
    assert date_at("- call", 2) == (None, 2)
    assert date_at("- 2026-11-021", 2) == (None, 2)
    assert looks_like_date("- 2026-02-30", 2)
    assert not looks_like_date("- 2026", 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-02 Standup", DAY),
        ("Call with Anna 02.11.2026", DAY),
        ("Trip (2026-11-02–2026-11-05)", DAY),
        ("2026-02-30 or 2026-11-02", DAY),
        ("202611-02", None),
        ("12026-11-02", None),
        ("2026-11-021", None),
        ("12.11.20261", None),
        ("2026-1-2", None),
        ("Plan", None),
    ],
)
def test_the_first_date_in_a_name(text: str, found: date | None) -> None:
    assert find_date(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1988-03-14", PartialDate(1988, 3, 14)),
        ("1988-03-14T00:00:00Z", PartialDate(1988, 3, 14)),
        ("19880314", PartialDate(1988, 3, 14)),
        ("14.03.1988", PartialDate(1988, 3, 14)),
        ("03-14", PartialDate(None, 3, 14)),
        ("--03-14", PartialDate(None, 3, 14)),
        ("--0314", PartialDate(None, 3, 14)),
        ("14.03", PartialDate(None, 3, 14)),
        ("14.03.", PartialDate(None, 3, 14)),
        ("1988-03", PartialDate(1988, 3)),
        ("1988", PartialDate(1988)),
        ("1604-03-14", PartialDate(None, 3, 14)),
        ("0000-03-14", PartialDate(None, 3, 14)),
        ("14.03.1604", PartialDate(None, 3, 14)),
        ("--02-29", PartialDate(None, 2, 29)),
        (" 29.02 ", PartialDate(None, 2, 29)),
        ("1988-02-29", PartialDate(1988, 2, 29)),
        ("1989-02-29", None),
        ("--02-30", None),
        ("--13-01", None),
        ("1988-13", None),
        ("1988-00", None),
        ("00-00", None),
        ("1988-03-00", None),
        ("31.04", None),
        ("14 March", None),
        ("88", None),
        ("", None),
    ],
)
def test_partial_dates(text: str, found: PartialDate | None) -> None:
    assert read_partial(text) == found


@pytest.mark.parametrize(
    ("text", "found", "end"),
    [
        ("09:30 call", time(9, 30), 5),
        ("9:05", time(9, 5), 4),
        ("23:59", time(23, 59), 5),
        ("24:00", None, 0),
        ("09:60", None, 0),
        ("09:300", None, 0),
        ("0930", None, 0),
    ],
)
def test_times(text: str, found: time | None, end: int) -> None:
    assert time_at(text, 0) == (found, end)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 22), 1, date(2026, 12, 22)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(9999, 12, 1), 1, date.max),
        (date(2026, 1, 1), 10**9, date.max),
    ],
)
def test_months_follow_the_calendar(day: date, months: int, after: date) -> None:
    assert add_months(day, months) == after


@given(st.dates(), st.integers(0, 10**7))
def test_days_go_forward_to_the_end_of_the_calendar(day: date, days: int) -> None:
    left = (date.max - day).days
    assert add_days(day, days) == day + timedelta(days=min(days, left))
