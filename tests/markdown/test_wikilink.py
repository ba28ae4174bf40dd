from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.markdown.body import read_body
from vaulttool.markdown.wikilink import TAG, Target, parse_destination, parse_wikilink, shown
from vaulttool.markdown.wikilink import whole_wikilink as whole

INNER = st.text("ab |#^\\.]/\u00a0\n", max_size=10)


@given(INNER)
def test_a_property_and_a_text_read_a_link_alike(inner: str) -> None:
    value = f"[[{inner}]]"
    found = whole(value)
    links = read_body(f"x {value}").links
    if found:
        assert len(links) == 1
        assert found == Target(links[0].target, links[0].subpath, links[0].display)
        assert (links[0].start, links[0].end) == (2, 2 + len(value))
    else:
        assert not links or links[0].end < 2 + len(value)


@given(INNER)
def test_parts_of_a_link_are_trimmed_and_hold_no_separator(inner: str) -> None:
    found = parse_wikilink(inner)
    assert (found is None) == (not inner.strip())
    if found:
        assert found.target == found.target.strip()
        assert "#" not in found.target
        assert "|" not in found.target[1:]
        assert found.subpath is None or found.subpath == found.subpath.strip()


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        ("a|b", Target("a", None, "b")),
        ("a#b|c", Target("a", "b", "c")),
        ("|", Target("|", None, None)),
        ("|alias", Target("|alias", None, None)),
        ("|a|b", Target("|a", None, "b")),
        ("a|", Target("a", None, "")),
        ("a#", Target("a", "", None)),
        ("a|b#c", Target("a", None, "b#c")),
        ("#^id", Target("", "^id", None)),
    ],
)
def test_what_stands_between_the_brackets(inner: str, found: Target) -> None:
    assert parse_wikilink(inner) == found


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("A", "A"),
        ("People/Anna.md", "Anna"),
        ("A|b", "b"),
        ("A#B#C", "A > B > C"),
        ("#B", "B"),
        ("A#^id|", "A > ^id"),
    ],
)
def test_the_words_that_a_link_shows(inner: str, words: str) -> None:
    found = parse_wikilink(inner)
    assert found
    assert shown(found) == words


@pytest.mark.parametrize(
    ("destination", "found"),
    [
        ("Note.md", Target("Note.md", None, "t")),
        ("My%20Note.md#A%23B", Target("My Note.md", "A#B", "t")),
        ("a%23b.md", Target("a#b.md", None, "t")),
        ("../a/b", Target("../a/b", None, "t")),
        ("100%", Target("100%", None, "t")),
        ("#h", Target("", "h", "t")),
        ("#", Target("", "", "t")),
        ("Re%3A%20x", Target("Re: x", None, "t")),
        ("", None),
        ("%20", None),
        ("https://x.org/a.md", None),
        ("OBSIDIAN:x", None),
        ("//host/a.md", None),
    ],
)
def test_destinations_of_markdown_links(destination: str, found: Target | None) -> None:
    assert parse_destination(destination, "t") == found


@pytest.mark.parametrize(
    "value",
    [
        *("", "[[]]", "[[ ]]", "[[a", "a]]", "[[a]] b", "b [[a]]", "[[a]][[b]]", "[[a\nb]]"),
        *("[a]", "![[a]]", "[[[a]]", "[[a]]]", "[[a[[b]]", "[[]]]"),
    ],
)
def test_a_value_that_is_more_or_less_than_one_link_is_none(value: str) -> None:
    assert whole(value) is None


@given(st.characters())
def test_a_tag_holds_no_space_and_no_punctuation_of_obsidian_s_list(sign: str) -> None:
    illegal = sign.isspace() or sign in "'!\"#$%&()*+,.:;<=>?@^{|}~[]\\`"
    illegal = illegal or "\u2000" <= sign <= "\u206f" or "\u2e00" <= sign <= "\u2e7f"
    match = TAG.match(f"#a{sign}")
    assert match
    assert match[1] == ("a" if illegal else f"a{sign}")
