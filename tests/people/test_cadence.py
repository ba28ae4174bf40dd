from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.contact import Cadence
from vaulttool.locale import LANGUAGES, words_of
from vaulttool.locale.catalogue import Catalogue
from vaulttool.people.cadence import (
    MAX_DAYS,
    NEVER,
    after,
    describe,
    interval_days,
    parse_cadence,
    scaled,
)

DAYS, MONTHS = 1, 2
PIECES = [
    *("every", "other", "a", "an", "per", "twice", "2x", "times", "раз", "в", "каждые", "вторые"),
    *(
        "0",
        "1",
        "2",
        "90",
        "1.5",
        "2,5",
        "99999",
        "-3",
        "½",
        "²",
        "two",
        "две",
        "полтора",
        "p",
        "d",
    ),
    *("day", "weeks", "month", "quarter", "years", "дней", "неделю", "мес.", "года", "полгода", ""),
    *(
        "never",
        "on demand",
        "никогда",
        "weekly",
        "ежемесячно",
        "P1Y2M",
        "P3W",
        "\u00a0",
        ".",
        "once",
    ),
]


def cadences() -> st.SearchStrategy[Cadence]:
    months = st.integers(0, 1200).map(lambda n: Cadence(months=n))
    days = st.integers(0, MAX_DAYS).map(lambda n: Cadence(days=n))
    return st.one_of(months, days).filter(lambda c: interval_days(c) <= MAX_DAYS)


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        # English
        *(("2 weeks", 0, 14), ("1 week", 0, 7), ("week", 0, 7), ("weekly", 0, 7)),
        *(("every week", 0, 7), ("Every 2 Weeks", 0, 14), ("every other week", 0, 14)),
        *(("biweekly", 0, 14), ("fortnightly", 0, 14), ("every third week", 0, 21)),
        *(("monthly", 1, 0), ("every other month", 2, 0), ("bimonthly", 2, 0), ("6 mo", 6, 0)),
        *(("quarterly", 3, 0), ("2 quarters", 6, 0), ("half-yearly", 6, 0), ("yearly", 12, 0)),
        *(("annually", 12, 0), ("2 years", 24, 0), ("two years", 24, 0), ("a year", 12, 0)),
        *(("once a month", 1, 0), ("twice a year", 6, 0), ("3 times a month", 0, 10)),
        *(("four times per year", 3, 0), ("twice a week", 0, 4), ("2x a year", 6, 0)),
        *(("90", 0, 90), ("90 days", 0, 90), ("90d", 0, 90), ("2w", 0, 14), ("1m", 1, 0)),
        *(("1.5 months", 0, 46), ("1.5 years", 18, 0), ("0.5 years", 6, 0)),
        *(("a couple of weeks", 0, 14), ("couple of months", 2, 0), ("every 2 years", 24, 0)),
        # Russian
        *(("2 недели", 0, 14), ("раз в неделю", 0, 7), ("раз в две недели", 0, 14)),
        *(("каждые две недели", 0, 14), ("каждую вторую неделю", 0, 14), ("еженедельно", 0, 7)),
        *(("раз в месяц", 1, 0), ("каждые 3 месяца", 3, 0), ("ежемесячно", 1, 0)),
        *(("раз в квартал", 3, 0), ("ежеквартально", 3, 0), ("раз в полгода", 6, 0)),
        *(("полгода", 6, 0), ("раз в полтора месяца", 1, 15), ("раз в полтора года", 18, 0)),
        *(("дважды в год", 6, 0), ("2 раза в месяц", 0, 15), ("три раза в год", 4, 0)),
        *(("раз в год", 12, 0), ("ежегодно", 12, 0), ("5 лет", 60, 0), ("10 дней", 0, 10)),
        *(("раз в 10 дней", 0, 10), ("2 мес.", 2, 0), ("раз\u00a0в\u00a0три\u00a0недели", 0, 21)),
        *(("каждый день", 0, 1), ("сутки", 0, 1), ("1,5 года", 18, 0)),
        # ISO 8601
        *(("P2W", 0, 14), ("P3M", 3, 0), ("P1Y", 12, 0), ("p10d", 0, 10), ("P1Y6M", 18, 0)),
        *(("P1M15D", 1, 15), ("P1Y2M3W4D", 14, 25)),
    ],
)  # fmt: skip
def test_cadences(text: str, months: int, days: int) -> None:
    assert parse_cadence(text) == Cadence(months, days)


@pytest.mark.parametrize("word", [word for lang in LANGUAGES for word in words_of(lang).never])
def test_never(word: str) -> None:
    found = parse_cadence(word.upper())
    assert found == NEVER
    assert found.never


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "often", "0", "0 days", "-3", "-1 week", "soon", "P", "PT5H", "every"),
        *("every other", "a couple of"),
        *("99999 years", "101 years", "36501", "1e9", "nan", "inf", "½", "²", "1/2", "weekday"),
        *("2026-11-02", "{a: b}", "true", "каждые", "раз в", "раз", "когда получится"),
        "0.1 days",
        *("100 times a day", "every two and a half weeks", "9" * 400 + " days"),
    ],
)  # fmt: skip
def test_what_is_no_cadence(text: str) -> None:
    assert parse_cadence(text) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_tables_is_read(lang: str) -> None:
    words = words_of("en" if lang == "en" else "ru")
    for word, span in words.adverbs.items():
        assert parse_cadence(word) == Cadence(*span), word
    for forms in words.units.values():
        for form in forms:
            assert parse_cadence(f"3 {form}"), form
    for number, value in words.numbers.items():
        unit = words.units["day"][0]
        assert parse_cadence(f"{number} {unit}") == scaled(Cadence(days=1), value), number
    for phrase, count in words.times_a.items():
        found = parse_cadence(f"{phrase} {words.units['year'][0]}")
        assert found == scaled(Cadence(months=12), 1 / count), phrase


@given(cadences(), st.sampled_from(LANGUAGES))
def test_what_is_said_of_a_cadence_is_read_as_it(cadence: Cadence, lang: str) -> None:
    said = Catalogue("en" if lang == "en" else "ru").render(describe(cadence))
    assert parse_cadence(said) == cadence


def test_days_beside_months_are_said_in_days() -> None:
    assert Catalogue("en").render(describe(Cadence(1, 15))) == "every 45 days"


@given(st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join) | st.text(max_size=20))
def test_reading_never_fails_and_gives_nothing_absurd(text: str) -> None:
    found = parse_cadence(text)
    assert found is None or found.never or 0 < interval_days(found) <= MAX_DAYS


@pytest.mark.parametrize(
    ("start", "cadence", "end"),
    [
        ("2026-01-31", Cadence(months=1), "2026-02-28"),
        ("2028-01-31", Cadence(months=1), "2028-02-29"),
        ("2026-08-31", Cadence(months=6), "2027-02-28"),
        ("2024-02-29", Cadence(months=12), "2025-02-28"),
        ("2024-02-29", Cadence(months=48), "2028-02-29"),
        ("2026-12-31", Cadence(months=2), "2027-02-28"),
        ("2026-11-22", Cadence(days=14), "2026-12-06"),
        ("2026-01-31", Cadence(1, 15), "2026-03-15"),
        ("9999-12-31", Cadence(days=1), "9999-12-31"),
        ("9999-12-01", Cadence(months=1), "9999-12-31"),
    ],
)
def test_one_interval_later(start: str, cadence: Cadence, end: str) -> None:
    assert after(date.fromisoformat(start), cadence) == date.fromisoformat(end)


@given(st.dates(), st.dates(), cadences())
def test_a_later_contact_is_never_due_earlier(one: date, other: date, cadence: Cadence) -> None:
    first, second = sorted((one, other))
    assert first <= after(first, cadence) <= after(second, cadence)


@given(st.dates(), cadences(), cadences())
def test_a_longer_cadence_of_a_kind_is_never_due_earlier(
    day: date, one: Cadence, other: Cadence
) -> None:
    if (one.months == 0) == (other.months == 0):
        short, long = sorted((one, other), key=interval_days)
        assert after(day, short) <= after(day, long)


@pytest.mark.parametrize(
    ("cadence", "factor", "result"),
    [
        (Cadence(months=3), 0.5, Cadence(days=46)),
        (Cadence(months=3), 1.5, Cadence(days=137)),
        (Cadence(months=6), 0.5, Cadence(months=3)),
        (Cadence(months=12), 0.75, Cadence(months=9)),
        (Cadence(days=14), 0.75, Cadence(days=11)),
        (Cadence(days=14), 1.5, Cadence(days=21)),
        (NEVER, 0.5, NEVER),
        (Cadence(months=6), 1 / 3, Cadence(months=2)),
    ],
)
def test_a_factor_keeps_whole_months(cadence: Cadence, factor: float, result: Cadence) -> None:
    assert scaled(cadence, factor) == result


@given(cadences())
def test_the_interval_is_about_as_long_as_the_calendar_says(cadence: Cadence) -> None:
    day = date(2026, 3, 1)
    assert (
        abs((after(day, cadence) - day).days - interval_days(cadence)) <= 3 + cadence.months // 100
    )
