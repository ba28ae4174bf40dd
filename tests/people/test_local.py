from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vaulttool.contact import Contact
from vaulttool.message import msg
from vaulttool.people.due import may_be_asked
from vaulttool.people.local import (
    find_zone,
    holiday,
    holidays_doubt,
    local_time,
    public_holidays,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def contact(**properties: Any) -> Contact:
    return Contact("People/Anna.md", "Anna", msg("a test"), **properties)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Europe/Berlin", 1),
        ("europe/berlin", 1),
        ("Berlin", 1),
        ("New York", -5),
        ("new_york", -5),
        ("UTC", 0),
        ("utc+3", 3),
        ("GMT-5:30", -5.5),
        ("+03:00", 3),
        ("−4", -4),
        ("МСК", 3),
        ("мск+2", 5),
        ("MSK-1", 2),
    ],
)
def test_a_time_zone_in_its_forms(text: str, hours: float) -> None:
    zone = find_zone(text)
    assert zone
    assert NOON.astimezone(zone).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text",
    ["", "nowhere", "10", "UTC+25", "Europe", "../../etc/passwd", "Europe/Berlin\0", "CET+x"],
)
def test_what_is_no_time_zone(text: str) -> None:
    assert find_zone(text) is None


@pytest.mark.parametrize(
    ("zone", "hours", "there", "good"),
    [
        ("Europe/Berlin", None, "13:00", True),
        ("Asia/Tokyo", None, "21:00", True),
        ("UTC+10", None, "22:00", False),  # night begins
        ("UTC-4", None, "08:00", True),  # and ends
        ("UTC-5", None, "07:00", False),
        ("Asia/Tokyo", "09:00–17:00", "21:00", False),
        ("Asia/Tokyo", "18:00–02:00", "21:00", True),  # hours past midnight
        ("UTC", "08:00–12:00", "12:00", False),
        ("UTC", "12:00–24:00", "12:00", True),
    ],
)
def test_whether_it_is_a_time_to_call(zone: str, hours: str | None, there: str, good: bool) -> None:
    found = local_time(contact(timezone=zone, hours=hours), NOON)
    assert found
    assert (f"{found.now:%H:%M}", found.is_good) == (there, good)


def test_daylight_saving_is_counted() -> None:
    summer = local_time(contact(timezone="Europe/Berlin"), datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert summer
    assert summer.now.hour == 14


def test_without_a_time_zone_there_is_no_time() -> None:
    assert local_time(contact(), NOON) is None


NEW_YEAR, OTHER_DAY = date(2026, 1, 1), date(2026, 1, 20)


def test_on_a_public_holiday_she_is_not_asked_where_she_wished_so() -> None:
    asked = contact(boundaries=("no holidays",), country="DE")
    assert holiday(asked, NEW_YEAR) == "New Year's Day"
    assert not may_be_asked(asked, NEW_YEAR)
    assert may_be_asked(asked, OTHER_DAY)
    assert may_be_asked(contact(country="DE"), NEW_YEAR)  # she has no such wish
    assert may_be_asked(contact(boundaries=("no holidays",)), NEW_YEAR)  # which country?


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    corpus_christi = date(2026, 6, 4)
    assert corpus_christi in (public_holidays("de-by", 2026) or {})
    assert corpus_christi not in (public_holidays("DE", 2026) or {})


@pytest.mark.parametrize(
    ("country", "doubt"),
    [("DE", None), ("RU", None), (None, "add `country`"), ("Atlantis", "“{country}”"),
     ("DE-ZZ", "“{country}”")],
)  # fmt: skip
def test_where_holidays_cannot_be_honoured_it_is_said(
    country: str | None, doubt: str | None
) -> None:
    found = holidays_doubt(contact(boundaries=("no holidays",), country=country))
    assert (doubt in found.text) if doubt and found else found is None
    assert holidays_doubt(contact(country=country)) is None


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    public_holidays.cache_clear()
    asked = contact(boundaries=("no holidays",), country="DE")
    found = holidays_doubt(asked)
    assert found
    assert "vault-crm[holidays]" in found.text
    assert may_be_asked(asked, NEW_YEAR)
    public_holidays.cache_clear()
