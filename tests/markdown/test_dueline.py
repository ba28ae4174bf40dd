from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.contact import Occasion
from vaulttool.locale import LANGUAGES
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.dueline import (
    BIRTHDAY,
    DATE_MARK,
    DueLine,
    begins_tool_note,
    is_tool_note,
    label_of,
    occasion_phrase,
    plain_label,
    quoted,
    read_line,
    when,
)

if TYPE_CHECKING:
    from vaulttool.model import Language

OVER = " · 12 days over (every 2 weeks) · last: call 27 Oct · likes video, 10:00–18:00 their time"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[Anna]]", DueLine("", ("Anna",), "", "")),
        (f"[[Anna]]{OVER}", DueLine("", ("Anna",), OVER, "")),
        (f"[[Anna]]{OVER} — call, all well", DueLine("", ("Anna",), OVER, "call, all well")),
        (f"[[Anna]]{OVER} #call", DueLine("", ("Anna",), OVER, "#call")),
        ("[[People/Anna#H|A]] call", DueLine("", ("People/Anna",), "", "call")),
        ("[[Anna]], [[Boris]] lunch", DueLine("", ("Anna", "Boris"), "", "lunch")),
        ("[[Anna]] and [[Boris]] и [[Vera]]", DueLine("", ("Anna", "Boris", "Vera"), "", "")),
        ("[[Anna]] about [[Boris]]", DueLine("", ("Anna",), "", "about [[Boris]]")),
        ("[[Anna]]: call", DueLine("", ("Anna",), "", "call")),
        ("🎂 [[Anna]] turns 40 on Tuesday", DueLine("🎂", ("Anna",), " turns 40 on Tuesday", "")),
        (
            "🎉 [[Anna]] “wedding”, 7 years tomorrow sent a card",
            DueLine(DATE_MARK, ("Anna",), " “wedding”, 7 years tomorrow", "sent a card"),
        ),
        (
            "🎉 [[Анна]] — «открыла „Пряник“»: сегодня, 5 лет в кафе «Уют»: завтра, 5 лет",
            DueLine(
                DATE_MARK,
                ("Анна",),
                " — «открыла „Пряник“»: сегодня, 5 лет",
                "в кафе «Уют»: завтра, 5 лет",
            ),
        ),
        (
            "🎉 [[Анна]] — “открыла «Пряник»”: завтра, 1 год цветы",  # of an older version
            DueLine(DATE_MARK, ("Анна",), " — “открыла «Пряник»”: завтра, 1 год", "цветы"),
        ),
        (
            "🎉 [[Анна]] — “свадьба”: завтра — цветы",
            DueLine(DATE_MARK, ("Анна",), " — “свадьба”: завтра", "цветы"),
        ),
        ("[[Anna]] · 12 days overdue", DueLine("", ("Anna",), "", "· 12 days overdue")),
        ("[[Anna]] · 3 days over (x) and", DueLine("", ("Anna",), " · 3 days over (x)", "and")),
        ("[[Anna]] · last: chess 27 Oct", DueLine("", ("Anna",), "", "· last: chess 27 Oct")),
    ],
)
def test_a_line_is_taken_apart(text: str, found: DueLine) -> None:
    assert read_line(text) == found


@pytest.mark.parametrize(
    "text", ["", "call [[Anna]]", "Anna", "[Anna](Anna.md)", "[[]]", "[[Anna", "12 [[Anna]]"]
)
def test_a_line_that_does_not_begin_with_a_name_is_none(text: str) -> None:
    assert read_line(text) is None


PIECES = (
    *("[[Anna]]", "[[B|b]]", ", ", " and ", " и ", "🎂 ", "🎉", OVER, " · ", "due today (x)", "“"),
    *("”", " turns 40 today", "ask about: ", "you promised: ", "\n", " ", "call", "(", ")", "—"),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)


@given(TEXTS)
def test_of_any_line_no_word_is_lost(text: str) -> None:
    line = read_line(text)
    begins_tool_note(text)
    is_tool_note(text, ())
    if line:
        assert text.startswith(line.mark)
        assert line.targets
        rest = text[text.index("]]") :]
        assert line.tool in rest
        assert text.rstrip().endswith(line.added)
        names = text[: len(text.rstrip()) - len(line.added)].rstrip(" \t\n—–:")
        assert names.endswith(line.tool.rstrip(" \t\n—–:"))


@given(TEXTS)
def test_what_a_person_adds_after_the_tool_s_words_is_hers(words: str) -> None:
    line = read_line(f"[[Anna]]{OVER} — {words}")
    assert line
    assert line.tool == OVER
    assert line.added == words.lstrip(" \t—–:").rstrip()


def test_a_nested_line_is_the_tool_s_when_it_says_no_more_than_the_tool_does() -> None:
    assert is_tool_note("ask about: [[Career]], [[Chess]]", ())
    assert is_tool_note("ask about: [[Career]] · you promised: send the deck", {"send the deck"})
    assert is_tool_note("you promised: send the deck", {"send the deck"})
    assert not is_tool_note("you promised: send the deck today", {"send the deck"})
    assert not is_tool_note("ask about: [[Career]] and more", ())
    assert not is_tool_note("ask about: her trip", ())
    assert not is_tool_note("", ())
    assert begins_tool_note("you promised: send the deck today")
    assert not begins_tool_note("ask about: [[Career]] and more")
    assert not begins_tool_note("she asks about: [[Career]]")


def test_a_quotation_inside_a_quotation_ends_it_not() -> None:
    assert quoted(["say “hi”", "b"]) == '“say “hi"”, “b”'


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "label", ["wedding", "открыла «Пряник»", "say “hi”", "„a“ »b«", "“opened «X» at”"]
)
@pytest.mark.parametrize("years", [None, 1, 5])
def test_the_label_of_an_occasion_is_read_back(
    lang: Language, label: str, years: int | None
) -> None:
    occasion = Occasion("Anna.md", "Anna", "date", label, TODAY, years, listed=True)
    said = Catalogue(lang).render(occasion_phrase(occasion, TODAY))
    line = read_line(f"{DATE_MARK} [[Anna]] {said} flowers")
    assert line
    assert (line.tool, line.added) == (f" {said}", "flowers")
    assert label_of(line.tool) == plain_label(label)


def test_an_occasion_stands_between_the_quotes_of_the_language() -> None:
    occasion = Occasion("Anna.md", "Anna", "date", "открыла «Пряник»", TODAY, 5, listed=True)
    assert Catalogue("ru").render(occasion_phrase(occasion, TODAY)) == (
        "— «открыла „Пряник“»: сегодня, 5 лет"
    )
    assert label_of(" — “открыла «Пряник»”: сегодня") == plain_label("открыла «Пряник»")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "on Tuesday"),
        (6, "on Saturday"),
        (7, "on 29 Nov"),
        (-2, "on 20 Nov"),
    ],
)
def test_a_day_is_said_as_seen_from_today(days: int, said: str) -> None:
    message = BIRTHDAY(when=when(TODAY + timedelta(days=days), TODAY))
    assert Catalogue("en", TODAY.year).render(message) == f"has a birthday {said}"
