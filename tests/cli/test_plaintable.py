"""Tables that are drawn without rich: the same lines, or none."""

from __future__ import annotations

import io
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vaulttool.cli import output
from vaulttool.cli.app import App
from vaulttool.cli.plaintable import draw_table, is_narrow

LETTERS = st.sampled_from("aZ —–’“é·ёЖΩ→…\u00a0\t\u0301日🎂\u200d\ufe0f\u00ad")
CELLS = st.text(LETTERS, max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    count = draw(st.integers(1, 4))
    headings = st.lists(CELLS.filter(bool), min_size=count, max_size=count)
    row = st.lists(CELLS, min_size=count, max_size=count)
    return draw(headings), draw(st.lists(row, max_size=4))


def by_rich(headings: list[str], rows: list[list[str]]) -> list[str]:
    return [line.rstrip() for line in output._folded_table(App(color=False), headings, rows)]


@given(tables())
def test_it_is_the_table_of_rich_or_none(table: tuple[list[str], list[list[str]]]) -> None:
    drawn = draw_table(*table, 100)
    assert drawn is None or [line.rstrip() for line in drawn] == by_rich(*table)


def test_what_fits_is_drawn() -> None:
    rows = [["Ольга Соколова", "5 days over"], ["Zoë", "“no”"]]
    assert draw_table(["Reach out to", "Why"], rows, 28) == [
        "Reach out to     Why        ",
        "────────────────────────────",
        "Ольга Соколова   5 days over",
        "Zoë              “no”       ",
    ]
    assert draw_table(["Reach out to", "Why"], rows, 27) is None


def test_headings_and_the_first_column_are_bold() -> None:
    assert draw_table(["A", "B"], [["a", "b"]], 100, "*{}*".format) == [
        "*A*   *B*",
        "─────",
        "*a*   b",
    ]


@pytest.mark.parametrize("text", ["日本", "🎂", "e\u0301", "a\tb", "a\u00adb", "a\nb"])
def test_what_may_be_wider_or_narrower_is_left_to_rich(text: str) -> None:
    assert not is_narrow(text)
    assert draw_table(["A"], [[text]], 100) is None


def test_what_is_narrow_takes_one_column() -> None:
    narrow = [chr(code) for code in range(0x3000) if is_narrow(chr(code))]
    assert [sign for sign in narrow if cell_len(sign) != 1] == []


@pytest.mark.parametrize("width", ["40", "100"])
def test_a_terminal_shows_the_same_words(monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    """On a terminal a long line is folded between words; a short one is not touched."""
    text = "Elif Kaya: due today (every week); a hard time: be gentle"
    monkeypatch.setattr(sys, "stdout", shown := io.StringIO())
    monkeypatch.setattr(shown, "isatty", lambda: True)
    for name, value in {"COLUMNS": width, "TERM": "xterm-256color"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    output.print_line(App(), text, style="bold")
    lines = re.sub(r"\x1b\[\d+m", "", shown.getvalue()).splitlines()
    assert "\x1b[1m" in shown.getvalue()
    assert [line.rstrip() for line in lines] == (
        [text]
        if width == "100"
        else ["Elif Kaya: due today (every week); a", "hard time: be gentle"]
    )
