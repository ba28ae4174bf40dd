from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.table import cases
from vaulttool.markdown.body import MAX_PASSAGE, read_body
from vaulttool.markdown.note import read_note

if TYPE_CHECKING:
    from vaulttool.model import Heading, Item, Link, Note, Passage


def link_line(link: Link) -> str:
    subpath = f"#{link.subpath}" if link.subpath is not None else ""
    display = f"|{link.display}" if link.display is not None else ""
    marks = " embed" * link.embed + " commented" * link.commented
    kind = " ".join(filter(None, (link.kind, link.property)))
    return f"{link.line} {kind} {link.target}{subpath}{display}{marks}".replace("\n", "⏎")


@cases("links")
def test_links(given: str, expected: str) -> None:
    note = read_note("n.md", given)
    assert "\n".join(map(link_line, note.links)) == expected


@cases("tags")
def test_tags(given: str, expected: str) -> None:
    note = read_note("n.md", given)
    assert "\n".join(f"{tag.line} {tag.tag}" for tag in note.tags) == expected


def block_lines(note: Note) -> list[str]:
    """Headings, items and passages in the order of their lines, an item before its text."""
    found = [
        *((item.line, 0, item_line(item)) for item in note.items),
        *((heading.line, 1, heading_line(heading, note)) for heading in note.headings),
        *(
            (passage.line, 1, passage_line(passage, note))
            for passage in note.passages
            if not is_heading_of(note, passage)
        ),
    ]
    return [text for _line, _kind, text in sorted(found, key=lambda entry: entry[:2])]


def is_heading_of(note: Note, passage: Passage) -> bool:
    return passage.kind == "heading" and any(h.line == passage.line for h in note.headings)


def heading_line(heading: Heading, note: Note) -> str:
    under = f" under {note.headings[heading.parent].text}" if heading.parent >= 0 else ""
    return f"{heading.line} heading {heading.level} {heading.text}{under}"


def item_line(item: Item) -> str:
    parts = [f"{item.line}-{item.end_line} item {item.depth}"]
    parts += [f"in {item.parent + 1}"] * (item.parent >= 0)
    parts += [f"[{item.status}]"] * (item.status is not None)
    parts += ["quoted"] * item.quoted + ["commented"] * item.commented
    parts += [f"due {item.due_block}"] * (item.due_block is not None)
    return " ".join(parts)


def passage_line(passage: Passage, note: Note) -> str:
    parts = [f"{passage.line} {passage.kind}"]
    if passage.section >= 0:
        parts.append(f"in {note.headings[passage.section].text}")
    parts += [f"of item {passage.item + 1}"] * (passage.item >= 0)
    parts += ["quoted"] * passage.quoted
    return " ".join(parts) + ": " + passage.text.replace("\n", "⏎")


@cases("blocks")
def test_blocks(given: str, expected: str) -> None:
    note = read_note("n.md", given)
    assert "\n".join(block_lines(note)) == expected
    for item in note.items:
        assert item.passage < 0 or note.items[note.passages[item.passage].item] == item


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_no_break_space_counts_as_a_space(space: str) -> None:
    body = read_body(f"[[{space}My{space}Note{space}|a{space}b]] [x](My%C2%A0Note.md) [[{space}]]")
    found = [(link.target, link.display) for link in body.links]
    assert found == [("My Note", f"a{space}b"), ("My Note.md", "x")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_count_alike_however_they_end(end: str) -> None:
    text = end.join(["[[a]]", "", "- b", "  [[c]] #t", "", "# D", "x", "[[e]]"])
    body = read_body(text, "n.md", 3)
    assert [link.line for link in body.links] == [3, 6, 10]
    assert [tag.line for tag in body.tags] == [6]
    assert [(item.line, item.end_line) for item in body.items] == [(5, 6)]
    assert [heading.line for heading in body.headings] == [8]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_other_character_ends_a_line(sign: str) -> None:
    body = read_body(f"a{sign}b [[c{sign}d]]\n[[e]]")
    assert [link.line for link in body.links] == [1, 2]


def test_a_paragraph_of_a_book_s_length_is_not_searched_and_that_is_said() -> None:
    body = read_body("[[a]]\n\n[[b]] " + "x" * MAX_PASSAGE, "n.md")
    assert [link.target for link in body.links] == ["a"]
    assert [(p.code, p.path, p.line) for p in body.problems] == [("long-paragraph", "n.md", 3)]
    assert not read_body("x" * 2 * MAX_PASSAGE).problems


def test_an_item_that_begins_a_comment_stands_outside_of_it() -> None:
    body = read_body("- a %%\n  - b\n- c %%\n- d")
    assert [item.commented for item in body.items] == [False, True, True, False]


def test_problems_stand_in_the_order_of_their_lines_but_for_the_one_seen_at_the_end() -> None:
    text = f"100%% sure\n\n#a {'x' * MAX_PASSAGE}\n\n<div>\n[[b]]\n"
    codes = [problem.code for problem in read_body(text).problems]
    assert codes == ["long-paragraph", "link-in-html", "unclosed-comment"]


PIECES = (
    *("[[", "]]", "![[", "![", "[", "](", ")", "(", "<", ">", "`", "```", "~~~", "%%", "\\", "|"),
    *("\n", "\n\n", "\r\n", "\r", "    ", "  ", "\t", "> ", "- ", "- [ ] ", "- [x] ", "1. ", "# "),
    *("<!--", "-->", "<div>", "</div>", "<br>", "<b", "---", "===", "***", "#tag", " #t", "^id"),
    *("A", "x.md", "a b", "é", "🎂", "2026-01-01", "&amp;", "$", "{{date}}", "http://x", "[^1]: "),
    *("| a | b |\n|---|---|\n", "%% vault:due 2026-11-22 %%\n", "%% vault:end %%\n", "[a]: b\n"),
    *("[[Anna|x]]", "![[pic.png|100]]", "[t](Note.md#H)", "![alt](pic.png)", "![a [[B]]](c.png)"),
    *("---\n", "a: b\n", "tags: [x]\n", "a: &x [*x]\n", "\0", "\ufeff", "\u2028", "\u00a0", ":: "),
)
MARKDOWN = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


@given(MARKDOWN)
def test_any_text_is_read_and_every_place_is_inside_it(text: str) -> None:
    note = read_note("folder/n.md", text)
    last = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for item in note.items:
        assert 1 <= item.line <= item.end_line <= last
        assert item.parent < note.items.index(item)
        assert -1 <= item.passage < len(note.passages)
    for heading in note.headings:
        assert 1 <= heading.line <= last
        assert heading.parent < 0 or note.headings[heading.parent].level < heading.level
    for passage in note.passages:
        assert 1 <= passage.line <= last
        assert -1 <= passage.section < len(note.headings)
    for tag in note.tags:
        assert 1 <= tag.line <= last
        if tag.passage >= 0:
            assert note.passages[tag.passage].text.startswith(f"#{tag.tag}", tag.start)


@given(MARKDOWN)
def test_every_link_stands_where_it_says(text: str) -> None:
    note = read_note("folder/n.md", text)
    for link in note.links:
        if link.passage < 0:
            assert link.kind == "property"
            continue
        passage = note.passages[link.passage]
        written = passage.text[link.start : link.end]
        assert link.line == passage.line + passage.text.count("\n", 0, link.start)
        assert written.startswith("!") == link.embed
        if link.kind == "wikilink":
            assert written.removeprefix("!").startswith("[[")
            assert written.endswith("]]")
            assert link.target.replace(" ", "") in written.replace(" ", "").replace("\u00a0", "")
        else:
            assert written.removeprefix("!").startswith(f"[{link.display}](")
            assert written.endswith(")")


NAMES = st.text(string.ascii_letters + "é ", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(NAMES, max_size=6), st.sampled_from(["", "> ", "- ", "- [ ] ", "# ", "1. "]))
def test_whatever_stands_round_a_link_it_is_found(names: list[str], mark: str) -> None:
    text = "\n\n".join(f"{mark}met [[{name}]] ({name})" for name in names)
    assert [link.target for link in read_body(text).links] == names


SIZE = 120_000
HOSTILE = {
    repr(piece): piece * (SIZE // len(piece))
    for piece in (
        *("[", "[[", "]]", "![", "![[", "[a](", "](", "[[a", "[[a]]", "`", "`a", "<", "<!--"),
        *("<a ", '<a b="', "<?", "<![CDATA[", "%%", "#", " #a", "\\", "*", "> ", "- ", "1. "),
        *("- [ ] ", "|", "| a ", "\t", "\n> ", "\n- ", "\n  - ", "\n|a|\n|-|", "\n```", "\n~~~"),
        *("\n#", "\n===", "\n[a]: b", "\n<div>", "%% vault:due 2026-01-01 %%\n", "a\n", "\n"),
    )
}
HOSTILE |= {
    "brackets with an end": "[" * 40_000 + "](a)",
    "links begun and ended": "[[" * 12_000 + "]]" * 12_000,
    "images in images": "![a" * 8_000 + "](b)" * 8_000,
    "links in links": "[a" * 8_000 + "](b)" * 8_000,
    "runs of backquotes": "".join("`" * n + " " for n in range(300)),
    "comments without end": "a <!--" * 8_000,
    "a wide table": "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n" + ("|a" * 500 + "\n") * 20,
    "a deep list": "\n".join("  " * n + "- a" for n in range(250)),
    "a deep quote": "\n".join(">" * n + " a" for n in range(250)),
    "one long word": "a" * 1_000_000,
    "links in one long line": "[[a]] " * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    read_note("n.md", text)
    read_note("n.md", "a\n\n" + text[: MAX_PASSAGE - 1000])


def test_a_list_that_is_too_deep_is_said() -> None:
    note = read_note("n.md", "".join("\t" * depth + f"- [[l{depth}]]\n" for depth in range(60)))
    (problem,) = note.problems
    assert (problem.code, problem.line) == ("deep-list", len(note.links))
    assert not read_note("n.md", "".join("  " * n + "- a\n" for n in range(40))).problems


def test_a_comment_that_nothing_closes_is_said() -> None:
    note = read_note("n.md", "a\n\n100%% sure\n[[b]]\n")
    assert [(problem.code, problem.line) for problem in note.problems] == [("unclosed-comment", 3)]
