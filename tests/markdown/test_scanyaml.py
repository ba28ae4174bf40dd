"""Two readers of properties, one answer: what the scanner takes, it reads as the parser does."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.markdown.test_scan import case_texts, example_notes
from vaulttool.markdown import frontmatter, yamlblock
from vaulttool.markdown.frontmatter import split
from vaulttool.markdown.note import read_note
from vaulttool.markdown.scanyaml import scan_properties
from vaulttool.markdown.yamlblock import MAX_BLOCK, read_block


def is_taken(block: str) -> bool:
    """Whether the scanner takes a block; its answer must be right then."""
    properties = scan_properties(block, 2)
    # `repr` tells `1` and `true` apart, and finds NaN equal to itself.
    assert properties is None or repr((properties, ())) == repr(read_block(block, "n.md", 2))
    return properties is not None


def blocks_of(notes: list[str]) -> list[str]:
    blocks = [split(note).block for note in notes]
    return [block for block in blocks if block is not None]


def test_the_answer_is_the_same_for_all_cases() -> None:
    notes = case_texts()
    blocks = blocks_of(notes)
    assert len(blocks) > 100
    for text in (*blocks, *notes):
        is_taken(text)
        is_taken(text.replace("\n", "\r\n"))


def test_the_answer_is_the_same_for_the_example_vault_and_seldom_declined() -> None:
    blocks = blocks_of(example_notes())
    assert sum(map(is_taken, blocks)) > 0.95 * len(blocks)


def test_a_note_is_the_same_in_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = example_notes() + case_texts()
    notes = [repr(read_note("n.md", text)) for text in texts]
    monkeypatch.setattr(frontmatter, "scan_properties", lambda _block, _line: None)
    assert [repr(read_note("n.md", text)) for text in texts] == notes


def test_an_everyday_note_is_spared_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlblock, "read_block", lambda *_: ((), ()))
    assert read_note("n.md", "---\na: b\n---\n").properties
    assert not read_note("n.md", "---\na: &b c\n---\n").properties


TAKEN = {
    "nothing": "",
    "empty lines and comments": "\n# a: b\n  \n  # c\n",
    "texts": "name: Anna Petrova\nlast contact: 12:30, by phone\nemail: a@b.c\nurl: http://a.b#c\n",
    "types": "a: 1\nb: 1.50\nc: true\nd: null\ne: ~\nf:\ng: no\nh: 2026-11-22\ni: --11-22\nj: -1\n",
    "quotes": 'a: "[[A]]: b # c"\nb: \'it is "so"\' \nc: \'\'\nd: "1"\n',
    "a list": 'a:\n  - b\n\n  - "[[C]]"\n  # d\n  -   1\nb:\n- c\n- d\ne: f\n',
    "a list in brackets": "a: [b, 'c, d' , \"[[E]]\",1 ,]\nb: []\nc: [ ]\nd: [e f]\n",
    "keys": "1: a\nTEL[CELL]: +49 1 2\nday (of month): 3\nк.ю/ч-1: 4\n_: 5\n",
    "Windows lines": "a: b\r\nc:\r\n  - d\r\n\r\n",
    "a long line": f"a: {'b' * 2000}\nc:\n  - '{'d' * 2000}'\n",
}


@pytest.mark.parametrize("block", TAKEN.values(), ids=TAKEN.keys())
def test_what_everybody_writes_is_taken(block: str) -> None:
    assert is_taken(block)


LEFT = (
    *("a: |\n  b", "a: >-\n  b", "a: &b c", "a: *b", "a: !b c", "a: b # c", "a: b: c", "a: b:"),
    *("a: b\na: c", "a: b\n  c", "a:\n  b", "a: [[A]]", "a: [b: c]", "a: {b: c}", 'a: "\\t"'),
    *("a: 'it''s'", "a:\tb", "a: b\tc", "a: b\u2028c", "a: b\x85c", "a: [b\nc]", "a: @b"),
    *("a: b\n- c", "- a", "a:\n  - b\n - c", "a:\n  - b: c", "a:\n  - - b", "a:\n  -", "a: -"),
    *(
        "a:b",
        "a",
        "? a",
        '"a": b',
        "'a': b",
        "<<: b",
        "a : b",
        " a: b",
        "a: 'b' c",
        "a: [,b]",
        "a: [b:c]",
    ),
    *("a: [b", "a: b]: c", "---\na: b", "a: b\n...", "%a: b", "\ufeffa: b", f"{'a' * 1025}: b"),
    "a: " + "b" * MAX_BLOCK,
)


@pytest.mark.parametrize("block", LEFT, ids=lambda block: block[:20])
def test_all_else_is_left_to_the_parser(block: str) -> None:
    assert not is_taken(block)


KEYS = (
    "a",
    "b",
    "c d",
    "a ",
    " a",
    "1",
    "null",
    "é[x]",
    "(a)",
    "a-",
    "- a",
    '"a"',
    "#a",
    "?",
    "a/b",
)
SIGNS = "-?:,[]{}#&*!|>'\"%@`~+.=<$^\\()/_;0aé \t\u00a0\u2028\x85\x7f\U000f0085"
VALUES = (
    *(
        "",
        "b",
        "b ",
        " b",
        "12:30",
        "2026-11-22",
        "010",
        "0x1F",
        "0o17",
        ".5",
        "1e3",
        ".inf",
        ".nan",
    ),
    *(
        "-.inf",
        "Null",
        "TRUE",
        "yes",
        "+49 30 1",
        "b: c",
        "b:c",
        "b #c",
        "b#c",
        "-",
        "-b",
        "--b",
        "- b",
    ),
    *(
        "'b'",
        '"b"',
        "''",
        "'b''c'",
        '"\\n"',
        "'b' ",
        "'b",
        "\"b' ",
        "'b'c",
        "'b': c",
        "[[A]]",
        "[]",
    ),
    *(
        "[b]",
        "[b, c]",
        "[b,c,]",
        "[b c, 'd', \"e\"]",
        "[ 1 , true ]",
        "[,]",
        "[b,,c]",
        "[b",
        "[b] c",
    ),
    *("[b: c]", "[b:c]", "[-1, -]", "[b #c]", "['b'c]", "['b': c]", "[b]]", "[b, # c]", "{{b}}"),
    *(
        "[[b, c]]",
        "[\"b\" , 'c'd]",
        "[a?, b!]",
        "[~]",
        "['', \"\"]",
        "@b",
        "# b",
        "b\tc",
        "\tb",
        "|",
    ),
)
LINES = (
    *("", " ", "  ", "\t", "# c", "  # c", "a:", "b:", "a: b", "b: 'c'", "c: [d]", "a: ", "a:\t"),
    *(
        "- a",
        "  - a",
        "    - b",
        "  -   'c'",
        "  - [d]",
        "  - a: b",
        "  -",
        "  - ",
        "-",
        "  b",
        "  # - a",
    ),
    *(
        "  - # a",
        "  - a # b",
        " - a",
        "  - - a",
        "a",
        "...",
        "? a",
        "  a: b",
        "d: >",
        "d: |",
        "e: 'f",
        "]",
    ),
)


def test_the_answer_is_the_same_for_any_key_and_value() -> None:
    taken = [
        is_taken(form.format(key, value))
        for form in (
            "{}: {}\nz: 1\n",
            "{}:{}",
            "{}:\n  - {}\n  - z",
            "{}:\n- {}\nz:",
            "{}: [z, {}]",
        )
        for key, value in product(KEYS, VALUES)
    ]
    assert sum(taken) > 800


def test_the_answer_is_the_same_for_any_three_signs() -> None:
    for value in map("".join, product(SIGNS, repeat=3)):
        is_taken(f"a: {value}")
    for value in map("".join, product(SIGNS, repeat=2)):
        for form in (
            "{}: b",
            "a{}b: c",
            "a: b{}",
            "a: [{}]",
            "a: [b{}, c]",
            "a: '{}'",
            "a:\n- b{}",
        ):
            is_taken(form.format(value))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_answer_is_the_same_for_any_lines(ending: str) -> None:
    for lines in product(LINES, repeat=3):
        is_taken(ending.join(lines))


BLOCKS = st.lists(
    st.sampled_from((*TAKEN.values(), *LINES))
    | st.builds("{}: {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES))
    | st.builds("  - {}".format, st.sampled_from(VALUES)),
    max_size=8,
).map("\n".join)


@given(BLOCKS | st.text(max_size=40) | st.text(max_size=20).map("a: {}".format))
@settings(max_examples=2000)
def test_the_answer_is_the_same_for_any_block(block: str) -> None:
    is_taken(block)
