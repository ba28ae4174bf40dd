from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.table import cases, read_cases
from vaulttool.errors import RefusedError
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.note import read_note
from vaulttool.markdown.relink import rewrite_links

if TYPE_CHECKING:
    from vaulttool.model import Link


SCALE = int(os.environ.get("VAULT_TEST_SCALE", "1"))  # how many times as many random edits


def renamed(edit: str, text: str) -> str:
    """Make an edit that is written in one line: `Anna => Anna Lee`."""
    names = edit.removeprefix("titles: ")
    old, new = names.split(" => ")

    def rewrite(link: Link) -> str | None:
        return new if link.target == old.strip() else None

    try:
        found = rewrite_links(text, rewrite, titles=edit != names)
    except RefusedError as error:
        said = Catalogue("en").render(error.message)
        return f"refused {said.removeprefix('line ')}"
    return "same" if found is text else found


@cases("relinks")
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["", "CRLF"])
def test_rewriting_links(given: str, expected: str, mark: str, ending: str) -> None:
    edit, _newline, note = given.partition("\n")
    found = renamed(edit, mark + f"{note}\n".replace("\n", ending))
    if expected.startswith("refused"):
        assert found.startswith(expected)
    else:
        same = expected == "same"
        assert found == ("same" if same else mark + f"{expected}\n".replace("\n", ending))


def test_a_bare_return_ends_a_line() -> None:
    assert renamed("A => B", "`[[A]]\r[[A]]` [[A]]\r\n[[A]]\r") == "`[[A]]\r[[A]]` [[B]]\r\n[[B]]\r"
    text = "---\na: 1\rb: '[[A]]'\n---\n[[A]]"
    assert renamed("A => B", text).startswith("refused 2: ")


NAMES = st.sampled_from(["A", "b c", "Ж", "x (1)", "a/b.md", "100%", "it's", 'q"', "-", "é", "n&m"])
TEXTS = st.sampled_from([str(case.values[0]) for case in read_cases("links")])
PIECES = st.lists(
    st.sampled_from(
        [
            *("[[A]]", "[[ A |x]]", "![[A#h]]", "[x](A)", "![y](<A>)", "[A](A#z 't')", "`[[A]]`"),
            *("[[A\\|A]]", "| ", " |", "\n", "\r\n", "\n\n", "> ", "- ", "    ", "\t", "# ", "`"),
            *("[", "](", ")", "]]", "[[", "%%", "x", "|---|", "---\n", "a: ", '"', "'", "<!--"),
            *("\u2028", "\x0b", "😀", "\\", "[x\n> y](A)", "A", "\n|---|---|\n| a | [[A]] |\n"),
        ]
    ),
    max_size=14,
).map("".join)


def seen(link: Link) -> Link:
    """A link without its place; a label that holds a link changes with that."""
    label = "[[" in (link.display or "")
    return replace(link, start=0, end=0, display=None if label else link.display)


@settings(max_examples=200 * SCALE)
@given(TEXTS | PIECES | st.builds("{}\n{}".format, TEXTS, PIECES), NAMES)
def test_all_links_and_nothing_else_get_another_target(text: str, name: str) -> None:
    before = read_note("", text)
    try:
        new = rewrite_links(text, lambda _link: name)
    except RefusedError:
        return
    after = read_note("", new)
    assert [seen(link) for link in after.links] == [
        seen(replace(link, target=name)) for link in before.links
    ]
    assert (len(after.items), len(after.headings)) == (len(before.items), len(before.headings))
    assert rewrite_links(new, lambda _link: name) is new


@settings(max_examples=200 * SCALE)
@given(TEXTS | PIECES, NAMES, st.data())
def test_a_new_name_and_back_leave_the_text_as_it_was(
    text: str, name: str, data: st.DataObject
) -> None:
    links = read_note("", text).links
    chosen = data.draw(st.sets(st.integers(0, max(len(links) - 1, 0))))
    old = [link.target for link in links]

    def rename(text: str, targets: list[str]) -> str:
        one = iter(range(len(targets)))
        return rewrite_links(text, lambda _link: targets[n] if (n := next(one)) in chosen else None)

    try:
        back = rename(rename(text, [name] * len(links)), old)
    except RefusedError:
        return
    assert [link.target for link in read_note("", back).links] == old
    if "%" not in text:  # there are several ways to encode a target
        assert back == text
