"""Days that words name."""

from __future__ import annotations

from datetime import date

import pytest

from vaulttool.people.days import named_day

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-05", "2026-12-05"),
        ("not before 01.12.2026", "2026-12-01"),
        ("[[2026-12-05]]", "2026-12-05"),
        ("5 Dec", "2026-12-05"),
        ("until 5 December 2027, she is away", "2027-12-05"),
        ("Dec 5", "2026-12-05"),
        ("December 5th, 2027", "2027-12-05"),
        ("after the 3rd of May, on 4th may", "2027-05-04"),
        ("до 5 декабря", "2026-12-05"),
        ("5-го дек. 2027", "2027-12-05"),
        ("1 мая", "2027-05-01"),
        ("20 Nov", "2026-11-20"),  # the day itself
        ("19 Nov", "2027-11-19"),  # the next one
        ("29 Feb", "2028-02-29"),
        ("2 weeks", "2026-12-04"),
        ("for 2 weeks, she is away", "2026-12-04"),
        ("in 3 days", "2026-11-23"),
        ("на две недели", "2026-12-04"),
        ("через месяц", "2026-12-20"),
        ("a month", "2026-12-20"),
    ],
)
def test_a_day_is_read(text: str, expected: str) -> None:
    assert named_day(text, DAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    ["", "she is away", "30 Feb", "31 апреля", "we met 2 weeks ago", "5 decks", "dec", "never",
        "version 1.5 may follow", "no time before her exam"],
)  # fmt: skip
def test_nothing_is_read_into_other_words(text: str) -> None:
    assert named_day(text, DAY) is None
