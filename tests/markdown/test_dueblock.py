from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.markdown.dueblock import BlockSpan, find_blocks
from vaulttool.markdown.edit import split_lines
from vaulttool.markdown.note import read_note

DAY = date(2026, 11, 22)
BEGIN, END = "%% vault:due 2026-11-22 %%", "%% vault:end %%"


def spans(*lines: str) -> list[tuple[int, int, bool]]:
    return [(span.start, span.end, span.closed) for span in find_blocks(lines)]


def test_a_block_is_from_marker_to_marker() -> None:
    (span,) = find_blocks(["# H", BEGIN, "- [ ] [[Anna]]", "", END, "text"])
    assert span == BlockSpan(DAY, 1, 5, closed=True)
    assert span.body_end == 4


def test_a_person_may_write_anything_between_the_markers() -> None:
    assert spans(BEGIN, "text", "> quote", "| a |", "", "- [ ] x", END, "- y") == [(0, 7, True)]


def test_a_block_may_be_empty() -> None:
    assert spans(BEGIN, END) == [(0, 2, True)]
    assert spans(BEGIN) == [(0, 1, False)]


def test_spaces_after_a_marker_are_allowed_and_nothing_else() -> None:
    assert spans(BEGIN + " \t", END + "  ") == [(0, 2, True)]
    for begin in (" " + BEGIN, BEGIN + "x", "> " + BEGIN, BEGIN.replace(" %%", "%%"), "\t" + BEGIN):
        assert spans(begin, "- a", END) == []


def test_without_its_end_marker_a_block_ends_with_its_list() -> None:
    assert spans(BEGIN, "- [ ] a", "\t- b", "", "* c", "text", "- d") == [(0, 5, False)]
    assert spans(BEGIN, "- [ ] a", "", "", "text") == [(0, 2, False)]
    assert spans(BEGIN, "- [ ] a", "1. b") == [(0, 2, False)]
    assert spans(BEGIN, "- [ ] a", "```", "x", "```", END) == [(0, 6, True)]
    assert spans(BEGIN, "- [ ] a", "```", "x", "```", "- b") == [(0, 2, False)]
    assert spans(BEGIN, "- ```", "  x", "  ```", "- b", "text") == [(0, 5, False)]


def test_a_heading_or_another_block_comes_before_no_end_marker() -> None:
    assert spans(BEGIN, "- a", "# H", "- b", END) == [(0, 2, False)]
    assert spans(BEGIN, "- a", BEGIN, "- b", END) == [(0, 2, False), (2, 5, True)]
    assert spans(BEGIN, "- a", "#tag", END) == [(0, 4, True)]


def test_several_blocks_are_all_found() -> None:
    assert spans(BEGIN, END, "", BEGIN, "- a", END) == [(0, 2, True), (3, 6, True)]
    assert spans(BEGIN, END, END) == [(0, 2, True)]


def test_a_day_that_does_not_exist_begins_no_block() -> None:
    assert spans("%% vault:due 2026-02-30 %%", "- a", END) == []
    assert spans("%% vault:due 22.11.2026 %%", "- a", END) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("```", BEGIN, "- a", END, "```"),
        ("~~~ md", BEGIN, "- a", END, "~~~"),
        ("````", "```", BEGIN, END, "````"),
        ("```", BEGIN, END),
        ("   ```", BEGIN, END, "   ```"),
    ],
)
def test_a_block_inside_a_code_fence_is_an_example(lines: tuple[str, ...]) -> None:
    assert spans(*lines) == []
    if len(lines) > 3:
        assert len(spans(*lines, BEGIN, END)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("- ```", "  code", "  ```"),
        ("- ```", "  code"),
        ("1. a", "   ```", "   code", "   ```"),
        ("- a", "\t```", "\tcode", "\t```"),
        ("> ```", "> code"),
        ("    ```", ""),
        ("a ``` b",),
        ("``` a ` b",),
        ("~~~", "~~~"),
    ],
)
def test_a_block_after_code_is_found(lines: tuple[str, ...]) -> None:
    at = len(lines)
    assert spans(*lines, BEGIN, "- [ ] a", END) == [(at, at + 3, True)]


def test_an_end_marker_inside_a_code_fence_ends_nothing() -> None:
    assert spans(BEGIN, "- a", "```", END, "```", "- b", END) == [(0, 7, True)]


PIECES = st.sampled_from(
    (
        *(BEGIN, END, "- [ ] [[Anna]]", "\t- x", "", " ", "text", "# H", "```", "~~~", "- ```"),
        *("  ```", "> q", "<!--", "-->", "%% vault:due 2026-13-01 %%", "    ", "1. a", "| a |"),
        *("|---|", "***"),
    )
)
LINES = st.lists(PIECES | st.text("-`~ %#\t>", max_size=6), max_size=20)


@given(LINES)
def test_blocks_do_not_overlap_and_stand_in_order(lines: list[str]) -> None:
    end = 0
    for span in find_blocks(lines):
        assert end <= span.start < span.end <= len(lines)
        assert lines[span.start].startswith("%% vault:due 2026-11-22 %%")
        assert span.closed == (span.end > span.start + 1 and lines[span.end - 1].startswith(END))
        assert span.closed or lines[span.end - 1].strip()
        end = span.end


@given(LINES)
def test_the_items_of_a_block_are_those_between_its_markers(lines: list[str]) -> None:
    inside = {n + 1 for span in find_blocks(lines) for n in range(span.start, span.end)}
    note = read_note("n.md", "x\n" + "\n".join(lines))
    for item in note.items:
        assert (item.line - 1 in inside) == (item.due_block == DAY)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_block_is_found_however_the_lines_end(lines: list[str], end: str) -> None:
    text = "\ufeff" + end.join(lines)
    assert find_blocks(split_lines(text)) == find_blocks(lines)
