from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from vaulttool.people.channels import word_pattern

words = st.text("абеёab -", min_size=1, max_size=6).filter(str.split)
texts = st.text("абеёab -.\u00a0АB", max_size=40)


def naive(words: list[str]) -> re.Pattern[str]:
    """All words side by side, the longest first."""
    ways = (
        r"[ \t\u00a0]+".join(re.escape(part).replace("ё", "е").replace("е", "[её]")
            for part in word.split())
        for word in sorted(words, key=lambda word: -len(" ".join(word.split())))
    )  # fmt: skip
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE)


@given(st.lists(words, min_size=1, max_size=8), texts)
def test_words_that_begin_alike_are_found_as_if_each_was_looked_for(
    wanted: list[str], text: str
) -> None:
    found = [match.span() for match in word_pattern(wanted).finditer(text)]
    assert found == [match.span() for match in naive(wanted).finditer(text)]


def test_phrases_bridge_any_spaces() -> None:
    assert word_pattern(["wrote to"]).findall("Wrote\u00a0 to her") == ["Wrote\u00a0 to"]
