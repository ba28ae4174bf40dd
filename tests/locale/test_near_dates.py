"""Days as they are seen from today, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vaulttool.locale.catalogue import Catalogue

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("ahead", "english", "russian"),
    [
        (0, "today", "сегодня"),
        (1, "tomorrow", "завтра"),
        (-1, "yesterday", "вчера"),
        (2, "in 2 days", "через 2 дня"),
        (5, "in 5 days", "через 5 дней"),
        (-3, "3 days ago", "3 дня назад"),
        (14, "in 14 days", "через 14 дней"),
        (-14, "14 days ago", "14 дней назад"),
        (15, "5 Dec", "5 дек."),
        (-15, "5 Nov", "5 нояб."),
        (42, "1 Jan 2027", "1 янв. 2027"),
    ],
)
def test_a_near_day_is_counted_and_another_is_a_date(
    ahead: int, english: str, russian: str
) -> None:
    day = TODAY + timedelta(days=ahead)
    assert Catalogue("en", 2026).near_date(day, TODAY) == english
    assert Catalogue("ru", 2026).near_date(day, TODAY) == russian


def test_a_year_does_not_hide_that_a_day_is_near() -> None:
    assert Catalogue("en", 2026).near_date(date(2027, 1, 2), date(2026, 12, 31)) == "in 2 days"
