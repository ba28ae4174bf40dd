"""Excluded files: what is a filter, what it names, and that none can stop a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.vault.filters import matcher, read_filter

NONE = [
    *("", "  ", "/[/", "/(/", "/a{4294967296}/", f"/{'(' * 3000}{')' * 3000}/", "/\\p{L}/"),
    *("/(a+)+$/", "/(a*)*b/", "/(a|aa)+$/", "/((a+))+$/", "/(a{2,})*$/", "/(.*a){20}/"),
    *("/(?:a|b+)*c/", "/" + "a" * 600 + "/"),
]


@pytest.mark.parametrize("text", NONE, ids=lambda text: text[:20])
def test_what_cannot_be_read_or_might_never_end_is_no_filter(text: str) -> None:
    assert read_filter(text) is None


@pytest.mark.parametrize(
    ("text", "path", "named"),
    [
        ("Archive/", "archive/a.md", True),
        ("Archive/", "My Archive/a.md", False),
        ("STRASSE", "Straße/a.md", True),
        ("/^straße/", "Straße/a.md", True),
        ("/(^|/)archive//", "x/Archive/a.md", True),
        ("/[[a]b/", "a/[b.md", True),
        ("/(?<y>20)2/", "2024.md", True),
        ("/draft-\\d+/", "a/Draft-7.md", True),
        ("/(a+)b/", "aab.md", True),
        ("/^(a|b)c/", "bc.md", True),
        ("/a.*b/", "a/b.md", True),
        ("/", "a.md", False),
    ],
)
def test_what_a_filter_names(text: str, path: str, named: bool) -> None:
    assert matcher([text])(path) is named


def test_no_warning_reaches_the_user(recwarn: pytest.WarningsRecorder) -> None:
    matcher(["/[[a]b/"])("a")
    assert not recwarn.list


@given(st.text("ab()[]|*+?{},2\\^$/.", max_size=12), st.text("ab/", max_size=30))
def test_any_filter_ends(expression: str, path: str) -> None:
    matcher([f"/{expression}/"])(path)
