from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.markdown.edit import (
    append_section,
    find_headings,
    insert_lines,
    line_ending,
    line_starts,
    replace_lines,
    splice,
    split_lines,
)

if TYPE_CHECKING:
    from vaulttool.markdown.edit import Splice

LINE = st.text("ab #-`é\u2028\x85\x0b", max_size=4)
LINES = st.lists(LINE, max_size=5)
MARKS = st.sampled_from(["", "\ufeff"])


def joined(*ends: str) -> st.SearchStrategy[str]:
    """Lines that each have an ending."""
    return st.lists(st.builds("{}{}".format, LINE, st.sampled_from(ends))).map("".join)


def texts(*ends: str) -> st.SearchStrategy[str]:
    """A text with or without a byte order mark and a final ending."""
    return st.builds("{}{}{}".format, MARKS, joined(*ends), LINE)


@given(MARKS, joined("\n", "\r\n"), texts("\n", "\r\n"), LINES)
def test_inserting_changes_no_other_byte(mark: str, head: str, tail: str, lines: list[str]) -> None:
    tail = tail.removeprefix("\ufeff")
    text = mark + head + tail
    added = "".join(line + line_ending(text) for line in lines)
    assert insert_lines(text, head.count("\n"), lines) == mark + head + added + tail


@given(texts("\n", "\r\n"), st.integers(0, 3), LINES.filter(bool))
def test_past_the_end_lines_are_appended(text: str, more: int, lines: list[str]) -> None:
    present, ending = split_lines(text), line_ending(text)
    end = ending if present[-1] else ""
    added = end + "".join(line + ending for line in lines)
    assert insert_lines(text, len(present) + more, lines) == text + added


@given(texts("\n", "\r\n", "\r"), st.data())
def test_lines_put_in_their_own_place_change_nothing(text: str, data: st.DataObject) -> None:
    lines = split_lines(text)
    start = data.draw(st.integers(0, len(lines)))
    end = data.draw(st.integers(start, len(lines)))
    assert replace_lines(text, start, end, lines[start:end]) == text


@given(texts("\n", "\r\n"), LINES, st.data())
def test_replacing_changes_no_line_outside(
    text: str, lines: list[str], data: st.DataObject
) -> None:
    before = split_lines(text)
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start, len(before) - 1))
    found = replace_lines(text, start, end, lines)
    assert split_lines(found) == [*before[:start], *lines, *before[end:]]
    # What stands before and after is the same with its endings.
    head, tail = replace_lines(text, start, len(before), []), replace_lines(text, 0, end, [])
    assert found.startswith(head)
    assert found.endswith(tail.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    ("text", "start", "end", "lines", "found"),
    [
        ("a\nb\nc\n", 1, 2, ["x"], "a\nx\nc\n"),
        ("a\r\nb\r\nc\r\n", 1, 2, ["x", "y"], "a\r\nx\r\ny\r\nc\r\n"),
        ("a\nb\r\nc\nd\n", 1, 3, ["b", "x", "c"], "a\nb\r\nx\nc\nd\n"),
        ("a\nb", 1, 2, ["b"], "a\nb"),
        ("a\nb", 0, 2, ["x", "b"], "x\nb"),
        ("a\nb", 1, 2, ["x"], "a\nx\n"),
        ("a\nb", 1, 2, ["b", "x"], "a\nb\nx\n"),
        ("a\nb", 1, 2, [], "a\n"),
        ("a", 1, 1, ["x"], "a\nx\n"),
        ("", 0, 0, ["x"], "x\n"),
        ("\ufeffa\n", 0, 1, ["x"], "\ufeffx\n"),
        ("a\n", 1, 2, [""], "a\n"),
    ],
)
def test_a_line_that_stays_keeps_its_ending(
    text: str, start: int, end: int, lines: list[str], found: str
) -> None:
    assert replace_lines(text, start, end, lines) == found


@pytest.mark.parametrize(
    ("text", "index", "found"),
    [
        ("a\nb\n", 0, "x\na\nb\n"),
        ("a\nb\n", 1, "a\nx\nb\n"),
        ("a\nb\n", 2, "a\nb\nx\n"),
        ("a\nb\n", 9, "a\nb\nx\n"),
        ("a\nb", 2, "a\nb\nx\n"),
        ("a\r\nb", 2, "a\r\nb\r\nx\r\n"),
        ("", 0, "x\n"),
        ("\ufeffa", 0, "\ufeffx\na"),
        ("\r\n", 0, "x\r\n\r\n"),
        ("a\rb\r", 1, "a\rx\nb\r"),
    ],
)
def test_a_line_is_put_before_another(text: str, index: int, found: str) -> None:
    assert insert_lines(text, index, ["x"]) == found


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("", "\n"),
        ("a", "\n"),
        ("a\n", "\n"),
        ("a\r\n", "\r\n"),
        ("a\r\nb\nc\r\n", "\r\n"),
        ("a\r\nb\n", "\n"),
        ("a\r\nb\nc\n", "\n"),
    ],
)
def test_an_added_line_ends_as_most_do(text: str, ending: str) -> None:
    assert line_ending(text) == ending


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "## H\nx\n"),
        ("a", "a\n\n## H\nx\n"),
        ("a\n", "a\n\n## H\nx\n"),
        ("a\n\n", "a\n\n## H\nx\n"),
        ("a\r\n", "a\r\n\r\n## H\r\nx\r\n"),
        ("a\r\n\r\n", "a\r\n\r\n## H\r\nx\r\n"),
        ("a\r\nb", "a\r\nb\r\n\r\n## H\r\nx\r\n"),
        ("---\n---\n", "---\n---\n\n## H\nx\n"),
    ],
)
def test_a_section_is_appended_after_an_empty_line(text: str, found: str) -> None:
    assert append_section(text, "## H", ["x"]) == found


@given(texts("\n", "\r\n"), LINES)
def test_appending_a_section_keeps_the_text(text: str, lines: list[str]) -> None:
    found = append_section(text, "## H", lines)
    assert found.startswith(text)
    assert split_lines(found)[-len(lines) - 2 :] == ["## H", *lines, ""]
    before = split_lines(found)[: -len(lines) - 2]
    assert not before or not before[-1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# A\n\n## B ##\n###### C", [(0, 1, "A"), (2, 2, "B"), (3, 6, "C")]),
        ("\ufeff# A\r\n\r\n#\tB\r\n", [(0, 1, "A"), (2, 1, "B")]),
        ("a\n# B", [(1, 1, "B")]),
        ("#a\n####### b\n\\# c\n    # d", []),
        ("#\n", [(0, 1, "")]),
        ("> # a\n\n- # b\n", []),
        ("Title\n===\n# A", [(2, 1, "A")]),
        ("```\n# a\n```\n# B\n~~~\n# c\n", [(3, 1, "B")]),
        ("- ```\n  # a\n  ```\n# B", [(3, 1, "B")]),
        ("- ```\n  # a\n# B", [(2, 1, "B")]),
        ("<!--\n# a\n-->\n# B", [(3, 1, "B")]),
        ("a\r\r\n# B", [(2, 1, "B")]),
    ],
)
def test_headings_are_found_where_obsidian_sees_them(
    text: str, found: list[tuple[int, int, str]]
) -> None:
    assert find_headings(text) == found


@given(texts("\n", "\r\n", "\r"))
def test_lines_begin_where_they_are_split(text: str) -> None:
    lines, starts = split_lines(text), line_starts(text)
    assert len(lines) == len(starts)
    for line, start in zip(lines, starts, strict=True):
        assert text.startswith(line, start)
        assert start in (0, len("\ufeff")) or text[start - 1] in "\r\n"


def test_edits_are_applied_at_the_places_of_the_old_text() -> None:
    assert splice("abcdef", [(4, 5, ""), (0, 0, "x"), (1, 3, "yyy"), (6, 6, "z")]) == "xayyydfz"


def test_an_insertion_stands_before_what_takes_the_place_after_it() -> None:
    assert splice("ab", [(0, 1, "1"), (0, 0, "0"), (1, 1, "2")]) == "012b"


@pytest.mark.parametrize("edits", [[], [(1, 1, "")], [(0, 2, "ab"), (3, 3, "")]])
def test_edits_that_change_nothing_give_the_same_text_back(edits: list[Splice]) -> None:
    text = "abc"
    assert splice(text, edits) is text
