"""With or about: each row is a line of a diary, and what it says of A (and of B, if she is in it).

`yes` or a channel: it counts; `no`: it does not.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.story import world
from vaulttool.locale import LANGUAGES, words_of

PEOPLE = {"People/A.md": "A.\n", "People/B.md": "B.\n"}


def says(line: str, name: str) -> str:
    day = world({**PEOPLE, "2026-11-02.md": line + "\n"}, "2026-11-22").day
    found = day.evidence[f"People/{name}.md"]
    counted = [trace for trace in found if trace.counts]
    if not counted:
        return "no" if found else "nothing"
    return counted[0].channel or "yes"


@pytest.mark.parametrize(
    ("line", "of_a", "of_b"),
    [
        ("Saw [[A]].", "yes", ""),
        ("Called [[A]] about [[B]].", "call", "no"),
        ("Called [[A]] about [[B]] and [[A]].", "call", "no"),
        ("Lunch with [[A]] and [[B]].", "lunch", "lunch"),
        ("Lunch with [[A]], [[B]] & Else.", "lunch", "lunch"),
        ("Lunch: [[A]], [[B]].", "lunch", "lunch"),
        ("Lunch with [[A]], Else, and [[B]].", "lunch", "lunch"),
        ("Lunch with [[A]], [[B]] was ill.", "lunch", "yes"),
        ("Gave [[A]] the book for [[B]].", "yes", "no"),
        ("A card for [[A]] and with [[B]] to the sea.", "no", "yes"),
        ("Met [[A]], but not [[B]].", "meeting", "no"),
        ("Met [[A]], did not see [[B]].", "meeting", "no"),
        ("Tomorrow [[A]]. Today [[B]].", "no", "yes"),
        ("[[A]] will come; [[B]] came.", "no", "yes"),
        ("[[A]] (never late) and coffee with [[B]]", "yes", "coffee"),
        ("Reading [[A]]'s book, wrote to [[B]]", "no", "message"),
        ("A film of [[A]] and [[B]]", "no", "no"),
        ("Forgot to call [[A]]; rang [[B]]", "no", "call"),
        ("Missed call from [[A]]", "no", ""),
        ("Instead of [[A]] came [[B]]", "no", "no"),
        ("I don't know. Coffee with [[A]]!", "coffee", ""),
        ("Not now...\nCoffee with [[A]]", "coffee", ""),
        ("*Coffee* with **[[A]]**", "coffee", ""),
        ("- [x] Coffee with [[A]] tomorrow", "coffee", ""),
        ("- [x] Not coffee with [[A]]", "no", ""),
        ("Coffee with [[A|Tomorrow]]", "coffee", ""),  # what a link shows is a name
        ("A #call, that is what [[A]] likes", "call", ""),
        # Russian
        ("Виделась с [[A]].", "meeting", ""),
        ("Позвонила [[A]], рассказала про [[B]].", "call", "no"),
        ("Обед с [[A]] и [[B]].", "lunch", "lunch"),
        ("Обед с [[A]], [[B]] и Леной.", "lunch", "lunch"),
        ("Не видела [[A]], зато встретила [[B]].", "no", "meeting"),
        ("Письмо [[A]] о [[B]].", "email", "no"),
        ("Завтра к [[A]], а сегодня были у [[B]].", "no", "yes"),
        ("Хочу увидеть [[A]].", "no", ""),
        ("Без [[A]] скучно.", "no", ""),
        ("Купила подарок для [[A]] и [[B]].", "no", "no"),
        ("Ради [[A]] поехала к [[B]].", "no", "yes"),
        ("Всё ещё не ответила [[A]].", "no", ""),
        ("Поговорили с [[A]] по телефону.", "call", ""),
        ("Созвонились с [[A]] — не договорились.", "call", ""),
        ("[[A]]: обедали, не спешили", "lunch", ""),
    ],
)
def test_lines(line: str, of_a: str, of_b: str) -> None:
    assert says(line, "A") == of_a
    if of_b:
        assert says(line, "B") == of_b


@pytest.mark.parametrize("word", [word for lang in LANGUAGES for word in words_of(lang).about])
def test_every_word_for_about(word: str) -> None:
    assert says(f"Something {word} [[A]]", "A") == "no"
    assert says(f"{word.capitalize()} [[B]] and [[A]]", "A") == "no"
    assert says(f"Something {word} it, with [[A]]", "A") == "yes"


@pytest.mark.parametrize("word", [word for lang in LANGUAGES for word in words_of(lang).negations])
def test_every_negation(word: str) -> None:
    assert says(f"{word.capitalize()} coffee with [[A]]", "A") == "no"
    assert says(f"Coffee with [[A]] {word}", "A") == "no"
    assert says(f"- [x] {word} coffee with [[A]]", "A") == "no"
    assert says(f"It was {word}. Coffee with [[A]]", "A") == "coffee"


@pytest.mark.parametrize("word", [word for lang in LANGUAGES for word in words_of(lang).future])
def test_every_word_of_the_future(word: str) -> None:
    assert says(f"{word.capitalize()} coffee with [[A]]", "A") == "no"
    assert says(f"Coffee with [[A]] {word}", "A") == "no"
    assert says(f"Coffee with [[A]]. {word.capitalize()} the dentist", "A") == "coffee"


@pytest.mark.parametrize("mark", words_of("en").possessive_after)
def test_possessives(mark: str) -> None:
    assert says(f"Read [[A]]{mark} book", "A") == "no"


PIECES = [
    *(
        "[[A]]",
        "[[B|b]]",
        "[[A]]'s",
        "![[A]]",
        "[a](People/A.md)",
        "not",
        "tomorrow",
        "call",
        "about",
    ),
    *(
        "#coffee",
        ",",
        ":",
        "—",
        ". ",
        "(",
        ")",
        "\n",
        "and",
        "и",
        "с",
        "но",
        "`",
        "%%",
        "- [x] ",
        "> ",
    ),
]


@given(st.lists(st.sampled_from(PIECES)))
def test_no_line_is_too_strange(parts: list[str]) -> None:
    says(" ".join(parts), "A")


@pytest.mark.parametrize(
    ("line", "says_of_a"),
    [
        ("Called [[A]], no answer.", "no"),
        ("Called [[A]]. No answer.", "no"),
        ("Called [[A]], no answer, he called back.", "call"),
        ("Called [[A]], no answer from [[B]] about the tent.", "call"),
        ("Wrote to [[A]], no answer yet.", "message"),
        ("[[A]] — called, but no answer", "no"),
        ("[[A]]: звонила, но не дозвонилась", "no"),
        ("Звонила [[A]], не взяла трубку.", "no"),
        ("- [x] Called [[A]], no answer", "call"),  # ticked: it was done
    ],
)
def test_what_follows_may_take_a_call_back(line: str, says_of_a: str) -> None:
    assert says(line, "A") == says_of_a
