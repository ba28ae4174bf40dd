from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.table import cases
from vaulttool.errors import RefusedError
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.edit import split_lines
from vaulttool.markdown.note import read_note
from vaulttool.markdown.taskline import reword, set_status
from vaulttool.markdown.tasks import read_task

if TYPE_CHECKING:
    from vaulttool.markdown.tasks import Task
    from vaulttool.model import Item, Note

SCALE = int(os.environ.get("VAULT_TEST_SCALE", "1"))  # how many times as many random edits
DAY = date(2026, 11, 22)


def edited(edit: str, text: str) -> str:
    """Make an edit that is written in one line: `status 2 x`; `_` is a space."""
    command, number, given = edit.replace("_", " ").split(" ", 2)
    match command:
        case "status":
            return set_status(text, int(number), given)
        case "done":
            return set_status(text, int(number), "x", date.fromisoformat(given))
        case _:
            return reword(text, int(number), given)


def outcome(edit: str, text: str) -> str:
    try:
        new = edited(edit, text)
    except RefusedError as error:
        return f"refused {Catalogue('en').render(error.message).removeprefix('line ')}"
    assert edited(edit, new) is new
    return "same" if new is text else new


@cases("task_edits")
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["", "CRLF"])
def test_task_edits(given: str, expected: str, mark: str, ending: str) -> None:
    edit, _newline, note = given.partition("\n")
    found = outcome(edit, mark + f"{note}\n".replace("\n", ending))
    if expected.startswith("refused"):
        assert found.startswith(expected)
    else:
        same = expected == "same"
        assert found == ("same" if same else mark + f"{expected}\n".replace("\n", ending))


@pytest.mark.parametrize(
    "text", ["- [ ] a  \n", "- [ ] a\t\r\n- [ ] b", "- [ ] a 📅 2026-11-20   "]
)
def test_spaces_at_the_end_stay(text: str) -> None:
    end = text.rstrip("\r\n")[len(text.rstrip()) :] if "b" not in text else "\t\r\n- [ ] b"
    done = set_status(text, 1, "x", DAY)
    assert done == text.replace("[ ]", "[x]", 1).replace(end, f" ✅ {DAY}{end}", 1)
    assert set_status(done, 1, " ") == text


@pytest.mark.parametrize("words", ["a\nb", "a\rb", "", " \t"])
def test_words_stand_on_one_line(words: str) -> None:
    with pytest.raises(RefusedError):
        reword("- [ ] a", 1, words)


def test_a_refusal_names_its_line() -> None:
    with pytest.raises(RefusedError) as caught:
        set_status("# a\n- b", 2, "x")
    assert caught.value.details == {"line": 2}


LINES = st.lists(
    st.sampled_from(
        [
            *(
                "- [ ] a",
                "- [x] b ✅ 2026-01-01",
                "  - [ ] c 📅 2026-01-01 #t ^id",
                "> - [/] d",
                "- e",
            ),
            *("", "text", "```", "%%", "# H", "\t- [ ] f  ", "1. [>] g [due:: 2026-01-01]", "---"),
            *("- - [ ] h ", "* [ ] [[i]] 100%% x", "  [ ] j", "> more", "<!--", "a: b", "- [ ] "),
            *(
                "- [ ] k ✅ 2026-01-01 #l (completion:: 2026-01-02),",
                "- [ ] #m 🔁 every day #n",
                "- [ ]",
            ),
        ]
    ),
    max_size=9,
)
TEXTS = st.builds(
    lambda mark, lines, end: mark + end.join(lines),
    st.sampled_from(["", "\ufeff"]),
    LINES,
    st.sampled_from(["\n", "\r\n"]),
)
WORDS = st.sampled_from(
    ["new", "[[x]] y", "a #b", "c 📅 2026-02-02", "%%", "`", "é 😀", "- [ ] x", "[x] z", "<!--"]
)


def first_line(note: Note, item: Item) -> Task:
    return read_task(note.passages[item.passage].text.partition("\n")[0])


@settings(max_examples=200 * SCALE)
@given(TEXTS, st.integers(1, 9), st.sampled_from("x -/>?"), st.none() | st.just(DAY))
def test_a_status_changes_one_line_only(
    text: str, line: int, status: str, done: date | None
) -> None:
    before = read_note("", text)
    tasks = [
        n for n, item in enumerate(before.items) if item.status is not None and item.line == line
    ]
    try:
        new = set_status(text, line, status, done)
    except RefusedError:
        assert not tasks or before.items[tasks[0]].commented
        return
    old_lines, new_lines = split_lines(text), split_lines(new)
    assert old_lines[: line - 1] + old_lines[line:] == new_lines[: line - 1] + new_lines[line:]
    after = read_note("", new)
    (task,) = tasks
    expected = list(before.items)
    expected[task] = replace(expected[task], status=status)
    assert after.items == tuple(expected)
    old_task, new_task = (first_line(note, expected[task]) for note in (before, after))
    assert (new_task.text, new_task.due) == (old_task.text, old_task.due)
    if done:
        assert new_task.completion == DAY
    elif status == " ":
        assert new_task.completion is None
    else:
        assert new_task.completion == old_task.completion
    assert set_status(new, line, status, done) is new
    if done and old_task.completion is None and before.items[task].status == " ":
        assert set_status(new, line, " ") == text


@settings(max_examples=200 * SCALE)
@given(TEXTS, st.integers(1, 9), WORDS)
def test_words_change_nothing_else(text: str, line: int, words: str) -> None:
    before = read_note("", text)
    try:
        new = reword(text, line, words)
    except RefusedError:
        return
    after = read_note("", new)
    old_lines, new_lines = split_lines(text), split_lines(new)
    assert old_lines[: line - 1] + old_lines[line:] == new_lines[: line - 1] + new_lines[line:]
    assert after.items == before.items
    assert words in new_lines[line - 1]
    task = next(n for n in before.items if n.status is not None and n.line == line)
    was, now = (first_line(note, task) for note in (before, after))
    assert now.completion == was.completion
    if "📅" not in words:
        assert now.due == was.due
        assert reword(new, line, words) is new
