from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.table import cases
from vaulttool.markdown.tasks import Task, read_task, task_status, without_status


def task_line(task: Task) -> str:
    due = f", due {task.due}" if task.due else ""
    done = f", done {task.completion}" if task.completion else ""
    return task.text + due + done


@cases("tasks")
def test_fields(given: str, expected: str) -> None:
    assert "\n".join(task_line(read_task(line)) for line in given.split("\n")) == expected


def test_only_the_first_line_of_an_item_has_fields() -> None:
    task = read_task("[x] a ✅ 2026-11-23\nb 📅 2026-11-22")
    assert task == Task("a", completion=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "status", "rest"),
    [
        ("[ ] a", " ", "a"),
        ("[x] a", "x", "a"),
        ("[X]\ta", "X", "a"),
        ("[>]", ">", ""),
        ("[ ]\na", " ", "a"),
        ("[🎂] a", "🎂", "a"),
        ("[] a", None, "[] a"),
        ("[xy] a", None, "[xy] a"),
        ("[x]a", None, "[x]a"),
        ("a [x] b", None, "a [x] b"),
        ("[\n] a", None, "[\n] a"),
        ("[[x]] a", None, "[[x]] a"),
    ],
)
def test_the_status_is_one_character_between_brackets(
    text: str, status: str | None, rest: str
) -> None:
    assert task_status(text) == status
    assert without_status(text) == rest


FIELDS = ("📅 2026-11-22", "✅ 2026-11-23", "[due:: 2026-11-22]", "(id:: a)", "🔁 every day", "⏫")
WORDS = ("a", "#t", "^id", "🔁", "📅", "[", "]", "(", ")", "::", " ", "\n", "\u00a0", "[x] ", ",")


@given(st.lists(st.sampled_from(FIELDS + WORDS) | st.text(max_size=4)).map("".join))
def test_any_text_is_read(text: str) -> None:
    task = read_task(text)
    assert len(task.text) <= len(text)
    assert "\n" not in task.text


@given(st.lists(st.sampled_from(("#t", *FIELDS)), unique=True), st.sampled_from(["a", "a b"]))
def test_fields_are_read_in_any_order(fields: list[str], words: str) -> None:
    task = read_task(" ".join(["[ ]", words, *fields]))
    assert task.text == words + " #t" * ("#t" in fields)
    assert (task.due is not None) == any("11-22" in field for field in fields)
    assert (task.completion is not None) == any("11-23" in field for field in fields)


@pytest.mark.parametrize(
    "text",
    [
        "[ ] a" + " " * 200_000 + "b",
        "[ ] a" + "\u00a0" * 4_000 + "b",
        "[ ] " + "🔁" * 200_000 + "🏁x",
        "[x] " + "✅ 2026-01-01" * 20_000,
        "[x] " + "#a " * 1_500,
        "[x] " + "[id:: a]" * 600,
        "[ ] " + "[due:: " * 700,
        "[ ] " + "🆔a," * 1_500,
    ],
    ids=lambda text: text[4:20],
)
def test_a_hostile_line_is_read_to_its_end(text: str) -> None:
    for _ in range(20):
        read_task(text)
