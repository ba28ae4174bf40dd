"""Two ways to find links and tags, one answer: what the scanner takes, both find alike."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.markdown.test_scan import case_texts, example_notes
from vaulttool.markdown import body
from vaulttool.markdown.inlines import may_hold_inlines, reference_inlines
from vaulttool.markdown.note import read_note
from vaulttool.markdown.scaninline import scan_inlines


def is_taken(text: str) -> bool:
    """Whether the scanner takes a text; its answer must be right then."""
    inlines = scan_inlines(text)
    assert inlines is None or inlines == reference_inlines(text)
    return inlines is not None


def texts_to_search(notes: list[str]) -> list[str]:
    passages = [passage.text for note in notes for passage in read_note("n.md", note).passages]
    return list(filter(may_hold_inlines, passages))


def test_the_answer_is_the_same_for_all_cases() -> None:
    notes = case_texts()
    texts = texts_to_search(notes)
    assert len(texts) > 300
    for text in notes + texts:
        is_taken(text)


def test_the_answer_is_the_same_for_the_example_vault_and_seldom_declined() -> None:
    texts = texts_to_search(example_notes())
    assert sum(map(is_taken, texts)) > 0.95 * len(texts)


def test_a_note_is_the_same_in_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = example_notes() + case_texts()
    notes = [repr(read_note("n.md", text)) for text in texts]  # some hold NaN, equal to nothing
    monkeypatch.setattr(body, "scan_inlines", lambda _text: None)
    assert [repr(read_note("n.md", text)) for text in texts] == notes


def test_everyday_text_is_spared_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "reference_inlines", lambda _text: [])
    assert read_note("n.md", "a [[B]]").links
    assert not read_note("n.md", "<b> [[B]]").links


TAKEN = (
    *("", "a", "[[A]]", "![[A]] and [[b/c#d|e]]!", "#tag: #other/tag", "#1 #1a a#b", "a\n#b"),
    *("%% [[A]] %%", "100%%%", "[ ] [[A]]", "[a] [[B]] ]]", "[[A]]#b [[C|#d]] %%#e", "!!"),
    *("\\[[A]] \\#b", "`[[A]] #b` [[C]]", "`[[A]]\n#b` #c", "\\![[A]]", "\\`[[A]]", "[[a`]] `#b`"),
    *("[[A\\|b]]", "a\\", "\\\\#a", "\\ #a", "\\\n#a", "`a`[[B]]", "`\\` #a", "[[a\\]] b"),
    *(
        "[a](https://b.c/#d) #e",
        "![a](http://b/(c)%%) %%",
        "<https://a/#b> #c",
        "[[A]](b)",
        "[ [a](http://b)",
    ),
    *("!![[A]]", "[[A\u00a0B]]", "\u00a0#a\u2028#b", "##a", "[[%%]] %%", "# a", "[[[]"),
)


@pytest.mark.parametrize("text", TAKEN)
def test_what_everybody_writes_is_taken(text: str) -> None:
    assert is_taken(text) is ("[[[" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "``[[A]]``",
        "`[[A]]",
        "`[[A]]``",
        "<b [[A]]>",
        "[a](b)",
        "[[A",
        "[[]]",
        "[[ ]]",
        "[[a[b]]]",
        "[#a](http://b)",
        "[a](http://(()",
        "[a](http://b 'c')",
        "<http://a b>",
        "[a[b](http://c)](http://d)",
        "[a](mailto:b)",
    ],
)
def test_what_can_mean_several_things_is_left_to_the_reference(text: str) -> None:
    assert not is_taken(text)


PIECES = (
    *("[[", "]]", "[", "]", "!", "#", "%%", "%", "a", "1", " ", "\n", "|", "/", "'", "\u00a0"),
    *("\\", "`", "<", "](", "(", ")"),
)


def test_the_answer_is_the_same_for_all_that_can_stand_together() -> None:
    taken = sum(is_taken("".join(pieces)) for pieces in product(PIECES, repeat=4))
    assert taken > 50_000
    for pieces in product(PIECES[:11], repeat=3):
        is_taken("[[" + "".join(pieces) + "]]")
    for pieces in product(("`", "\\", "![[A]]", "#b", "%", " ", "\n"), repeat=5):
        is_taken("".join(pieces))


WORDS = ("a", " #b", "%%", "`", "\\", "<", "<a b='", "[", "]", "[[A]]", "!", "\n")
ADDRESS = (*WORDS[1:9], "a", "(", ")", " ", "\u00a0", "\x01", "\x7f", "\U0001f600")


def test_the_answer_is_the_same_whatever_stands_in_a_link_to_the_web() -> None:
    for words in map("".join, product(WORDS, repeat=3)):
        for rest in ("", " #c `d`", "%%'>", "](d)"):
            is_taken(f"[{words}](http://a%%){rest}")
    for address in map("".join, product(ADDRESS, repeat=3)):
        for form in ("[a](http://{}) #c", "![](https://{}) `", "<http://{}>) #c", "<a{}> #c"):
            is_taken(form.format(address))


@given(
    st.lists(st.sampled_from((*PIECES[:18], "<", "](http://", *TAKEN)), max_size=12).map("".join)
    | st.text()
)
@settings(max_examples=2000)
def test_the_answer_is_the_same_for_any_text(text: str) -> None:
    is_taken(text)


def test_what_is_not_searched_holds_nothing() -> None:
    for text in map(
        "".join, product(("[", "[[", "]", "(", "!", "#", "%", "a", "`", "<"), repeat=4)
    ):
        assert may_hold_inlines(text) or not reference_inlines(text)
