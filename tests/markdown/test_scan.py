"""Two parsers, one answer: what the scanner does not decline, it reads as the reference does."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLE
from tests.people.story import FOLDER as STORIES
from tests.people.story import read_stories
from tests.table import FOLDER as CASES
from vaulttool.markdown import body
from vaulttool.markdown.blocks import Outline, reference_blocks
from vaulttool.markdown.edit import split_lines
from vaulttool.markdown.frontmatter import split
from vaulttool.markdown.note import read_note
from vaulttool.markdown.scan import scan_blocks


def is_taken(text: str) -> bool:
    """Whether the scanner takes a text; its answer must be right then."""
    lines = split_lines(text)
    outline = scan_blocks(lines, 3, {})
    assert outline is None or found_in(outline) == found_in(reference_blocks(lines, 3, {}))
    return outline is not None


def found_in(outline: Outline) -> object:
    """All that is read from an outline."""
    blocks = outline.headings, outline.passages, outline.items
    return *blocks, outline.html, outline.deep_items, outline.quotes


def example_notes() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(EXAMPLE.rglob("*.md"))]


def case_texts() -> list[str]:
    """Every text of the cases: what is given, what is expected, and the notes of the stories."""
    files = sorted(CASES.rglob("*.txt"))
    parts = [part for path in files for part in path.read_text("utf-8").split("\n.\n")]
    stories = [story for path in sorted(STORIES.glob("*.txt")) for story in read_stories(path)]
    return parts + [note for story in stories for note in story.notes.values()]


def test_the_answer_is_the_same_for_all_cases() -> None:
    texts = case_texts()
    assert len(texts) > 300
    for text in texts:
        is_taken(text)
        is_taken(split(text).body)


def test_the_answer_is_the_same_for_the_example_vault_and_seldom_declined() -> None:
    bodies = [split(text).body for text in example_notes()]
    assert sum(map(is_taken, bodies)) > 0.95 * len(bodies)


def test_a_note_is_the_same_in_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = example_notes() + case_texts()
    notes = [repr(read_note("n.md", text)) for text in texts]  # some hold NaN, equal to nothing
    monkeypatch.setattr(body, "scan_blocks", lambda *_: None)
    assert [repr(read_note("n.md", text)) for text in texts] == notes


def test_an_everyday_note_is_spared_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "reference_blocks", lambda *_: Outline({}))
    assert read_note("n.md", "- [ ] a\n").items
    assert not read_note("n.md", "- <b>\n").items


TAKEN = {
    "nothing": "",
    "a heading with closing marks": "## [[A]] b ##\ntext\n",
    "a heading without text": "#\n",
    "a paragraph of several lines": "#tag **one**\n   two  \n2026-11-22 three\n",
    "a list by tabs": "- a\n\t- [ ] b\n\t\t- c\n\t- d\n* e\n",
    "a list by spaces": "1. a\n   - b\n     more\n\n   - c\n\n     text of c\n2. d\n",
    "numbers of several digits": "9. a\n10. b\n    - c\n",
    "an item without text": "- a\n- \n- b\n-\n\ntext\n",
    "an item that goes on at the margin": "- a\nb\n\nc\n",
    "a list after text": "text\n- a\n\ntext\n1. b\n",
    "rules": "text\n***\n- a\n---\n___\n",
    "fences": "text\n```py\n- # |\n````\n~~~\n```\n~~~\n",
    "a fence without end": "```\na\n\n- b\n",
    "a callout": "> [!note] Title\n> text\n>\n> - a\n>   b\n> > c\n\nd\n",
    "a table": "# A\n| a | b |\n|:--|--:|\n| [[c\\|d]] |  |\n\ntext\n",
    "HTML": "text\n<details><summary>a</summary>\nb\n  </details>\n \n- c\n<!-- [[d]] -->\ne\n",
    "an address": "<https://example.org> a\n",
    "Windows lines": "# A\r\n\r\n- b\r\n",
}


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN.keys())
def test_what_everybody_writes_is_taken(text: str) -> None:
    assert is_taken(text)


@pytest.mark.parametrize("step", ["  ", "\t"])
def test_a_deep_list_is_left_to_the_reference(step: str) -> None:
    assert is_taken("\n".join(step * depth + "- a" for depth in range(10)))
    assert not is_taken("\n".join(step * depth + "- a" for depth in range(60)))


def test_a_deep_quote_is_left_to_the_reference() -> None:
    assert is_taken("> " * 10 + "a")
    assert not is_taken("> " * 120 + "a")


INDENTS = (*(" " * width for width in range(9)), "\t", " \t", "\t\t")
MARKS = (
    *("", "- ", "* ", "+ ", "-   ", "-     ", "-\t", "-", "- [ ] ", "- [x] ", "- - ", "# "),
    *("### ", "1. ", "1) ", "2. ", "10. ", "1234567890. ", "> ", ">", "> > ", "> - ", ">\t", "#"),
    "####### ",
)
TEXTS = (
    *("a", "[[A]] b", "#tag", "**b**", "_c_", "`d`", "2026-11-22", "12.5", "a | b", "a\\|b", "%%"),
    *("", " ", "  a", "a  ", "a #", "a#", "##", "-5", "+1", "=>", ":", ":-", "|", "||", "\\"),
    *("1.", "```", "````", "```py", "``` a`", "```a|", "~~~", "~~~ `", "---", "***", "* * *"),
    *("- -", "==", "--", "**", "__", "___ ", "*", "==a==", "~~a~~", "~", "`", "--a", "->", "---a"),
    *("-|", ":a", "$", "| a | b |", "|---|:-:|", "| \\| | b |", "--|--", "| a |", "|---|", "-->"),
    *(
        "<!--",
        "<b>",
        "<a",
        "<div>",
        "</div>",
        "<p",
        "<p/>",
        "<p/",
        "<https://a>",
        "[a]: b",
        "[^1]: c",
        "\xa0",
        "a\xa0",
    ),
    *("</p\t", "<P>", "<pre>", "<!-- a -->", "<!-->", "<!---->", "\u2028", "\x0c", "\x00"),
)
LINES = tuple(map("".join, product(INDENTS, MARKS, TEXTS)))

# Lines that begin, continue or end one another's blocks, or could be thought to.
FORMS = (
    *("", "a", "  a", "    a", "\ta", "# A", "a | b", "| a | b |", "|---|---|", "---", "==="),
    *("- a", "-", "* a", " - a", "  - a", "   - a", "    - a", "     - a", "\t- a", "-    a"),
    *("1. a", "2. a", "   1. a", "10) a", "- a | b", "# a | b", "- # a", "- - a", "-\ta", "> a"),
    *(">", "> - a", ">   a", "> \t- a", "> > a", "> | a |", "> |---|", "```", "> ```"),
    *("<!-- a -->", "<p> a", "> <p> a", "  <p> a", "<p> a | b", " -|-"),
)

FENCES = ("```", "````", "~~~", "~~~~", "``` a", "``` `", "``` |", "~~~ `", "~~~ |", "~~~ ~", "``")
FENCE_ENDS = tuple(map("".join, product(INDENTS, FENCES, ("", " ", "\t", " a"))))

ROWS = (
    *("| a |", "| a | b |", "a | b", "a |", "| a", "|a|b| ", "| a | b", "a | b |", " | a |"),
    *("| a\\| |", "| a \\|", "||", "|", ""),
)
DELIMITERS = (
    *("|---|", "|-|-|", "|:-:| --: | ", "---", "|---", "---|", "-|-", " |---|", "||", "|:|"),
    "| - - |",
)

TOGETHER = {
    "two lines": (LINES, ("", "---", "|---|", "- b")),
    "three lines": (FORMS, FORMS, FORMS),
    "a fence": (FENCES, ("---", "- a"), FENCE_ENDS, ("- a",)),
    "a table": (("", "a", "- a"), ROWS, DELIMITERS, ROWS, ROWS),
}


@pytest.mark.parametrize("parts", TOGETHER.values(), ids=TOGETHER.keys())
def test_the_answer_is_the_same_for_all_that_can_stand_together(
    parts: tuple[tuple[str, ...], ...],
) -> None:
    for lines in product(*parts):
        is_taken("\n".join(lines))


CHUNKS = st.sampled_from(
    (*TAKEN.values(), "- a\n\t- b\n\t\t- c\n", "1. a\n   b\n   - c\n", "- a\n\n  b\n  - c\n", "\n")
)
DOCUMENTS = st.lists(
    CHUNKS | CHUNKS | st.sampled_from(LINES) | st.sampled_from(FORMS), max_size=8
).map("\n".join)
QUOTED = DOCUMENTS.map(lambda text: "> " + text.replace("\n", "\n> "))


@given(DOCUMENTS | QUOTED)
@settings(max_examples=2000)
def test_the_answer_is_the_same_for_any_text(text: str) -> None:
    is_taken(text)
