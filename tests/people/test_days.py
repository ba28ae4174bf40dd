"""Days that words name."""

from __future__ import annotations

from datetime import date

import pytest

from vaulttool.people.days import day_named, day_within

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
        ("after the 3rd of May, on a day in June", "2027-05-03"),
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
        ("tomorrow", "2026-11-21"),
        ("next monday, she is away", "2026-11-23"),
        ("до понедельника. Она в отпуске", "2026-11-23"),
        ("5.12", "2026-12-05"),
    ],
)
def test_a_day_is_found_among_words(text: str, expected: str) -> None:
    assert day_within(text, DAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    ["", "she is away", "30 Feb", "31 апреля", "we met 2 weeks ago", "5 decks", "never",
        "version 1.5 may follow", "no time before her exam",
        "today", "yesterday", "met her last friday", "yesterday, and tomorrow again", "20.11.20x6"],
)  # fmt: skip
def test_nothing_is_found_among_other_words(text: str) -> None:
    assert day_within(text, DAY) is None


AHEAD = """
2026-12-05                  2026-12-05
[[2026-12-05]]              2026-12-05
2026-12-05T10:00            2026-12-05
05.12.2026                  2026-12-05
5.12                        2026-12-05
5.12.26                     2026-12-05
5 dec                       2026-12-05
December 5th, 2027          2027-12-05
until 5 Dec                 2026-12-05
the 5th of May              2027-05-05
Sat, 5 December             2026-12-05
до 5 декабря                2026-12-05
5 декабря 2027 года         2027-12-05
в субботу, 5 декабря        2026-12-05
the 25th                    2026-11-25
on the 5th                  2026-12-05
5-го                        2026-12-05
до 31 числа                 2026-12-31
today                       2026-11-20
Tomorrow                    2026-11-21
tomorrow evening            2026-11-21
the day after tomorrow      2026-11-22
завтра                      2026-11-21
до завтра                   2026-11-21
послезавтра утром           2026-11-22
2 weeks                     2026-12-04
in 2 weeks                  2026-12-04
for a couple of weeks       2026-12-04
3 days from now             2026-11-23
2w                          2026-12-04
+2w                         2026-12-04
90                          2027-02-18
через месяц                 2026-12-20
через 2 недели              2026-12-04
на пару недель              2026-12-04
через полгода               2027-05-20
monday                      2026-11-23
until Monday                2026-11-23
friday                      2026-11-27
sunday                      2026-11-22
sat, 21 november            2026-11-21
this sunday                 2026-11-22
coming friday               2026-11-27
next monday                 2026-11-23
next sunday                 2026-11-29
до понедельника             2026-11-23
к пятнице                   2026-11-27
в следующую пятницу         2026-11-27
в следующее воскресенье     2026-11-29
в ближайшее воскресенье     2026-11-22
next week                   2026-11-23
next month                  2026-12-01
next year                   2027-01-01
на следующей неделе         2026-11-23
в следующем месяце          2026-12-01
the end of the week         2026-11-22
until the end of the month  2026-11-30
end of next month           2026-12-31
до конца года               2026-12-31
до конца недели             2026-11-22
december                    2026-12-01
until January               2027-01-01
в мае                       2027-05-01
november                    2027-11-01
""".strip().splitlines()

BEHIND = """
yesterday                   2026-11-19
Yesterday evening           2026-11-19
last night                  2026-11-19
the day before yesterday    2026-11-18
вчера                       2026-11-19
вчера вечером               2026-11-19
позавчера                   2026-11-18
this morning                2026-11-20
сегодня                     2026-11-20
3 days ago                  2026-11-17
a week ago                  2026-11-13
a couple of days ago        2026-11-18
3 дня назад                 2026-11-17
неделю назад                2026-11-13
месяц назад                 2026-10-20
-3d                         2026-11-17
friday                      2026-11-20
monday                      2026-11-16
saturday                    2026-11-14
on Monday                   2026-11-16
last friday                 2026-11-13
last monday                 2026-11-16
this monday                 2026-11-16
в пятницу                   2026-11-20
в прошлую пятницу           2026-11-13
в прошлый понедельник       2026-11-16
в этот вторник              2026-11-17
20 Nov                      2026-11-20
21 Nov                      2025-11-21
5 декабря                   2025-12-05
Mon 16 Nov                  2026-11-16
21.11                       2025-11-21
29 Feb                      2024-02-29
the 5th                     2026-11-05
friday the 13th             2026-11-13
25 числа                    2026-10-25
2026-12-05                  2026-12-05
tomorrow                    2026-11-21
""".strip().splitlines()


@pytest.mark.parametrize("case", AHEAD)
def test_words_name_the_next_such_day(case: str) -> None:
    text, expected = case.rsplit(None, 1)
    assert day_named(text.strip(), DAY) == date.fromisoformat(expected)


@pytest.mark.parametrize("case", BEHIND)
def test_in_the_past_words_name_the_latest_such_day(case: str) -> None:
    text, expected = case.rsplit(None, 1)
    assert day_named(text.strip(), DAY, past=True) == date.fromisoformat(expected)


@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize(
    "text",
    ["", " ", "until", "the", "soon", "скоро", "never", "Anna", "30 Feb", "2026-02-30", "32.12",
        "5/12", "5 decks", "last week", "на прошлой неделе", "this week", "last december",
        "Sun, 5 December", "monday the 13th", "tomorrow she is back", "2 weeks, she is away",
        "lunch", "a b c", "99999999 days", "2027", "in 2027", "до 2027 года", "1e9", "\x00"],
)  # fmt: skip
def test_other_words_name_no_day(text: str, *, past: bool) -> None:
    assert day_named(text, DAY, past=past) is None


@pytest.mark.parametrize("today", [date.min, date.max, date(9999, 12, 1), date(1, 12, 31)])
@pytest.mark.parametrize("text", [case.rsplit(None, 1)[0].strip() for case in AHEAD + BEHIND])
def test_the_ends_of_the_calendar_are_no_obstacle(text: str, today: date) -> None:
    for past in (False, True):
        day_named(text, today, past=past)
    day_within(text, today)
