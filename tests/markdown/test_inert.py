from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.markdown.fields import read_fields
from vaulttool.markdown.inert import formerly_inert, has_hidden, inert, is_linkable
from vaulttool.markdown.note import read_note

PIECES = (
    *("%%", "[[", "]]", "<%", "%>", "<b>", "::", "```", "`", "{{", "}}", "a", " ", "\n", "[", ":"),
    *("](", "](x)", "![", "(", ")", "#", "#a", "#1", "^", "^a", "*", "**", "_", "__", "=", "=="),
    *("~~", "$", "$$", "&#8238;", "&lt;", "!", "\\", "“", "”", '"', "\u061c", "\u202e", "-", "/"),
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
        ("send **the** _good_ ==deck== ~~now~~", "send the good deck now"),
        ("a_b, 2 * 3, a == b, ~5 pm, x=5", "a_b, 2 * 3, a == b, ~5 pm, x=5"),
        ("see [the deck](https://x.org)", "see the deck"),
        ("![a map](map.png) here", "a map here"),
        ("[a](b(c)), [a [b](c)](d)", "[a] (b(c)), [a b] (d)"),
        ("#call her, (#home) '#1st'", "call her, (home) '1st'"),
        ("issue #12, C#, https://x.org/#a", "issue #12, C#, https://x.org/#a"),
        ("the plan ^plan", "the plan plan"),
        ("so [^1] and ^[so]", "so [ ^1] and ^ [so]"),
        ("$20 and $30, or 20$", "$ 20 and $ 30, or 20$"),
        ("$20 and $30", "$20 and $30"),
        ("$x$ or $$x$$", "$ x$ or $ $ x$ $"),
        ("a &#8238; b &lt;img&gt; AT&T", "a & #8238; b & lt;img& gt; AT&T"),
        ("a\u061cb", "a b"),
    ],
)
def test_what_is_left_are_words(text: str, words: str) -> None:
    assert inert(text) == words


@given(HOSTILE)
def test_no_text_means_anything_in_a_line(text: str) -> None:
    words = inert(text)
    assert inert(words) == words
    signs = ("%%", "[[", "]]", "<%", "::", "`", "{{", "\n", "](", "[^", "^[", "$$")
    assert not any(sign in words for sign in signs)
    note = read_note("n.md", f"- you promised: {words}\n- asked you: “{words}”\n")
    assert not note.links
    assert not note.tags
    assert not read_fields(note.passages, note.items) or "📅" in words
    assert len(note.items) == 2


@given(HOSTILE)
def test_what_an_older_version_wrote_comes_to_the_same_words(text: str) -> None:
    assert inert(formerly_inert(text)) == inert(text)


def test_a_long_text_takes_no_long_time() -> None:
    for piece in ("*", "[", "[x](", "$x", "#1", "&a", "`", "~=", "^ ", "%"):
        inert(piece * 100_000)


@pytest.mark.parametrize(
    "name",
    [
        *("Anna Petrova", "Zoë", "O'Connor", "Дем`ян", "A$AP", "An^na", "Smith & Co", "50% off"),
        *("a < b", "Anna (work)", "!", "👨\u200d👩\u200d👧", "People/Work/Anna", "*star*", "a:b"),
    ],
)
def test_a_name_that_a_link_can_carry(name: str) -> None:
    assert is_linkable(name)


@pytest.mark.parametrize(
    "name",
    [
        *("a [x]", "]] [[x", "a#b", "a|b", "100%%", "<% x", "x %>", "key:: v", "<img src=x>"),
        *("<!-- x", "`x` y", "```dataviewjs", "a\nb", "a\rb", "a\x1b[0m", "a\x85b", "a\u2028b"),
        *("a\u202eb", "a\u2066b", "a\u061cb", "a\\b", " a", "a ", ""),
    ],
)
def test_a_name_that_would_do_something_in_a_link(name: str) -> None:
    assert not is_linkable(name)


def test_signs_that_nobody_sees() -> None:
    assert has_hidden("An\u200bna")
    assert has_hidden("\ufeffAnna")
    assert not has_hidden("👨\u200d👩\u200d👧 Анна")
