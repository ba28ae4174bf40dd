"""Which texts hold a conflict that git left."""

from __future__ import annotations

import pytest

from vaulttool.markdown.conflict import find_conflict

CLASH = "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (CLASH, 1),
        (f"---\nevery: week\n---\n\n{CLASH}", 5),
        (CLASH.replace("\n", "\r\n"), 1),
        (CLASH.replace("=======", "||||||| base\nzero\n======="), 1),
        (f"```\n{CLASH}```\n{CLASH}", 8),
        ("A heading\n=======\n", None),
        ("<<<<<<< only this\n", None),
        ("=======\n>>>>>>> other\n<<<<<<< HEAD\n", None),
        (f"```diff\n{CLASH}```\n", None),
        (f"````\n```\n{CLASH}````\n", None),
        (f"~~~\n{CLASH}", None),
        ("".join(f"> {line}\n" for line in CLASH.splitlines()), None),
    ],
)
def test_a_conflict_begins_at_a_line(text: str, line: int | None) -> None:
    assert find_conflict(text) == line
