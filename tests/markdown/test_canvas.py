from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.markdown.canvas import read_canvas
from vaulttool.model import Link


def links(*cards: object) -> list[Link]:
    found, problems = read_canvas("b.canvas", json.dumps({"nodes": cards, "edges": []}))
    assert problems == ()
    return list(found)


def test_a_file_card_names_a_path_from_the_top_of_the_vault() -> None:
    assert links({"type": "file", "file": "People/Anna.md"}) == [
        Link("canvas", None, "People/Anna.md", embed=True, exact=True)
    ]
    assert links({"type": "file", "file": "A.md", "subpath": "#H#B"})[0].subpath == "H#B"


def test_a_text_card_is_read_like_a_note() -> None:
    text = "# [[Anna#H|my sister]]\n\n`[[no]]` ![[pic.png]] [b](Boris%20L.md) [x](https://x.org)"
    assert links({"type": "text", "text": text}) == [
        Link("canvas", None, "Anna", "H", "my sister"),
        Link("canvas", None, "pic.png", embed=True),
        Link("canvas", None, "Boris L.md", None, "b"),
    ]


def test_a_group_s_background_is_a_file() -> None:
    found = links({"type": "group", "label": "[[x]]", "background": "bg.png"})
    assert [(link.target, link.exact) for link in found] == [("bg.png", True)]


@pytest.mark.parametrize(
    "card",
    [
        {"type": "link", "url": "https://x.org/[[a]]"},
        {"type": "file"},
        {"type": "file", "file": ""},
        {"type": "file", "file": 5},
        {"type": "text"},
        {"type": "text", "text": None},
        {"type": "group", "background": ""},
        {"type": "new", "file": "a.md"},
        {"file": "a.md"},
        "a.md",
        None,
    ],
)
def test_what_is_no_card_with_a_link_has_none(card: object) -> None:
    assert links(card) == []


@pytest.mark.parametrize(
    "text", ["", " \n", "{}", '{"nodes": []}', '{"nodes": [], "edges": [1, null]}']
)
def test_an_empty_canvas_is_no_problem(text: str) -> None:
    assert read_canvas("b.canvas", text) == ((), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{", 1),
        ('{"nodes":\n[}', 2),
        ("x", 1),
        ("[" * 100_000, None),
        ("[]", None),
        ("null", None),
        ('{"nodes": {}}', None),
        ('{"nodes": NaN}', None),
    ],
)
def test_a_canvas_that_is_no_json_is_a_problem(text: str, line: int | None) -> None:
    found, problems = read_canvas("b.canvas", text)
    assert found == ()
    assert [(one.code, one.path, one.line) for one in problems] == [
        ("bad-canvas", "b.canvas", line)
    ]


def test_a_number_of_any_length_is_json() -> None:
    found, problems = read_canvas("b.canvas", f'{{"nodes": [], "x": {"9" * 10_000}}}')
    assert (found, problems) == ((), ())


def test_what_is_wrong_with_the_text_of_a_card_is_said() -> None:
    card = {"type": "text", "text": "[[a]] " + "x" * 60_000}
    _found, (problem,) = read_canvas("b.canvas", json.dumps({"nodes": [card]}))
    assert (problem.code, problem.path, problem.line) == ("long-paragraph", "b.canvas", None)


def test_a_byte_order_mark_is_no_problem() -> None:
    assert read_canvas("b.canvas", '\ufeff{"nodes": []}') == ((), ())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("[[a]]"),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["nodes", "type", "file", "text", "subpath", "background"]), inner),
)  # fmt: skip


@given(st.lists(JSON))
def test_any_json_is_read(cards: list[object]) -> None:
    for link in links(*cards):
        assert (link.kind, link.line, link.passage) == ("canvas", None, -1)
