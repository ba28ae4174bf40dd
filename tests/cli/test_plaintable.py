"""Tables that are drawn without rich: the same lines, or none."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.conftest import TODAY
from vaulttool.cli import output
from vaulttool.cli.app import App
from vaulttool.cli.foldedtable import draw_folded, draw_stacked
from vaulttool.cli.plaintable import draw_table, is_narrow
from vaulttool.cli.terminal import Styled

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from tests.conftest import Run

LETTERS = st.sampled_from("aZ —–’“é·ёЖΩ→…\u00a0\t\u0301日🎂\u200d\ufe0f\u00ad")
CELLS = st.text(LETTERS, max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    count = draw(st.integers(1, 4))
    headings = st.lists(CELLS.filter(bool), min_size=count, max_size=count)
    row = st.lists(CELLS, min_size=count, max_size=count)
    return draw(headings), draw(st.lists(row, max_size=4))


def cells(*texts: str) -> list[Styled]:
    return [Styled(text) for text in texts]


def by_rich(
    headings: list[str], rows: list[list[str]], console: Console | None = None
) -> list[str]:
    """The lines as rich draws them: as a table, or where that has no room, as lines."""
    console = console or output._console(App(color=False))
    table = cells(*headings), [cells(*row) for row in rows]
    lines = draw_folded(console, *table) or draw_stacked(console, *table)
    return [line.rstrip() for line in lines]


@given(tables())
def test_it_is_the_table_of_rich_or_none(table: tuple[list[str], list[list[str]]]) -> None:
    drawn = draw_table(cells(*table[0]), [cells(*row) for row in table[1]], 100)
    assert drawn is None or [line.rstrip() for line in drawn] == by_rich(*table)


def test_what_fits_is_drawn() -> None:
    headings = cells("Reach out to", "Why")
    rows = [cells("Ольга Соколова", "5 days over"), cells("Zoë", "“no”")]
    assert draw_table(headings, rows, 28) == [
        "Reach out to     Why        ",
        "────────────────────────────",
        "Ольга Соколова   5 days over",
        "Zoë              “no”       ",
    ]
    assert draw_table(headings, rows, 27) is None


def test_what_a_cell_looks_like_takes_no_column() -> None:
    row = [Styled("a", "bold", "file:///a"), Styled("b", "red")]
    assert draw_table([Styled("A", "bold"), Styled("Bcd", "dim")], [row], 100) == [
        "\x1b[1mA\x1b[0m   \x1b[2mBcd\x1b[0m",
        "───────",
        "\x1b]8;;file:///a\x1b\\\x1b[1ma\x1b[0m\x1b]8;;\x1b\\   \x1b[31mb\x1b[0m  ",
    ]


@pytest.mark.parametrize("text", ["日本", "🎂", "e\u0301", "a\tb", "a\u00adb", "a\nb"])
def test_what_may_be_wider_or_narrower_is_left_to_rich(text: str) -> None:
    assert not is_narrow(text)
    assert draw_table(cells("A"), [cells(text)], 100) is None


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


def folded(width: int) -> str:
    from rich.console import Console

    headings = ["Reach out to", "Why", "Last contact"]
    rows = [
        ["Ольга Соколова", "5 days over (every 3 weeks); a hard time: be gentle", "call 25 Oct"],
        ["日本 Sato", "", "a/very/long/path/without/any/space.md"],
    ]
    console = Console(width=width, color_system=None, legacy_windows=False)
    return "\n".join(by_rich(headings, rows, console))


def test_a_table_that_is_too_wide_is_folded_between_words() -> None:
    assert folded(64) == (
        "Reach out to     Why                    Last contact\n"
        "────────────────────────────────────────────────────────────────\n"
        "Ольга Соколова   5 days over (every 3   call 25 Oct\n"
        "                 weeks); a hard time:\n"
        "                 be gentle\n"
        "日本 Sato                               a/very/long/path/without\n"
        "                                        /any/space.md"
    )


def test_on_a_narrow_terminal_each_row_is_a_few_lines() -> None:
    assert folded(40) == (
        "Ольга Соколова\n"
        "  Why: 5 days over (every 3 weeks); a\n"
        "  hard time: be gentle\n"
        "  Last contact: call 25 Oct\n"
        "日本 Sato\n"
        "  Last contact:\n"
        "  a/very/long/path/without/any/space.md"
    )


LINKS = ("KITTY_WINDOW_ID", "VTE_VERSION", "TERM_PROGRAM", "FORCE_HYPERLINK", "WT_SESSION")


@pytest.mark.parametrize("width", ["40", "60", "200"])
@pytest.mark.parametrize(
    ("variables", "links"),
    [
        ({}, False),
        ({"KITTY_WINDOW_ID": "1"}, True),
        ({"VTE_VERSION": "6003"}, True),
        ({"VTE_VERSION": "4800"}, False),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"KITTY_WINDOW_ID": "1", "NO_COLOR": "1"}, False),
        ({"KITTY_WINDOW_ID": "1", "TERM": "dumb"}, False),
    ],
)
def test_names_are_links_where_the_terminal_has_them(
    run: Run,
    example: Path,
    monkeypatch: pytest.MonkeyPatch,
    width: str,
    variables: dict[str, str],
    links: bool,
) -> None:
    for name in LINKS:
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": width, **variables}.items():
        monkeypatch.setenv(name, value)
    asked = ("--vault", example, "--today", TODAY, "due", "--print")
    assert "\x1b" not in run(*asked).out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out = run(*asked).out
    address = f"obsidian://open?path={quote(str(example / 'People/Hana Sato.md'), safe='')}"
    assert (f";{address}\x1b\\" in out) is links
    assert ("\x1b]8;" in out) is links
    plain = re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[\d+m", "", out)
    assert "\x1b" not in plain
    assert all(len(line) <= int(width) for line in plain.splitlines())


@given(tables(), st.integers(20, 60))
def test_no_letter_is_lost_however_it_is_folded(
    table: tuple[list[str], list[list[str]]], width: int
) -> None:
    from rich.console import Console

    headings, rows = table
    if any(char in "\t\u0301\u200d\ufe0f\u00ad" for row in [headings, *rows] for text in row
           for char in text):  # fmt: skip
        return  # signs that have no width of their own
    console = Console(width=width, color_system=None, legacy_windows=False)
    longer = [[f"{'x' * 30} {text}" for text in row] for row in rows]
    lines = by_rich(headings, longer, console)
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    shown = Counter(char for line in lines for char in line if not char.isspace())
    given = Counter(char for row in rows for text in row for char in text if not char.isspace())
    assert given <= shown
    assert shown["x"] == 30 * sum(map(len, rows)) + sum(text.count("x") for text in headings)
