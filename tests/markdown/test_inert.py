from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.markdown.fields import read_fields
from vaulttool.markdown.inert import inert
from vaulttool.markdown.note import read_note

PIECES = (
    *("%%", "[[", "]]", "<%", "%>", "<b>", "::", "```", "`", "{{", "}}", "a", " ", "\n", "[", ":"),
)
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no calls, please", "no calls, please"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("no %% x %%", "no % % x % %"),
        ("<% tp.file.title %>", "‹% tp.file.title %>"),
        ("<b>x</b> <!-- y -->", "‹b>x‹/b> ‹!-- y -->"),
        ("rating:: 5", "rating: 5"),
        ("```dataviewjs", "'''dataviewjs"),
        ("]] [[x", "] ] [ [x"),
        ("{{date}}", "{ {date} }"),
        ("one\n\ttwo", "one two"),
        ("a\u202eb\u200bc\x1b[0m", "a b c [0m"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)
def test_what_is_left_are_words(text: str, words: str) -> None:
    assert inert(text) == words


@given(HOSTILE)
def test_no_text_means_anything_in_a_line(text: str) -> None:
    words = inert(text)
    assert inert(words) == words
    assert not any(sign in words for sign in ("%%", "[[", "]]", "<%", "::", "`", "{{", "\n"))
    note = read_note("n.md", f"- you promised: {words}\n")
    assert not note.links
    assert not read_fields(note.passages, note.items) or "📅" in words
    assert len(note.items) == 1
