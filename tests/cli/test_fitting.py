"""Which columns a terminal has room for, and which are left out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from vaulttool.cli.app import App
from vaulttool.cli.fitting import comfortable, fitting
from vaulttool.cli.output import _console
from vaulttool.cli.progress import Progress
from vaulttool.cli.table import Table
from vaulttool.cli.terminal import Styled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.conftest import Run

NAMES = ["Name", "Anna Petrova", "Boris Lang"]  # 12 columns
PLACES = ["Place", "Tbilisi", "Leipzig"]  # 7
LONG = "a house behind the second bridge, where nobody ever finds the bell"


def test_the_least_important_column_goes_first() -> None:
    columns = [NAMES, PLACES, PLACES]
    assert fitting(columns, [2, 1], 90) == [0, 1, 2]
    wide = [NAMES, ["Note", "x" * 30], ["Where", "y" * 30]]
    assert fitting(wide, [2, 1], 78) == [0, 1, 2]
    assert fitting(wide, [2, 1], 77) == [0, 1]
    assert fitting(wide, [1, 2], 77) == [0, 2]
    wider = [*wide, ["Why", "z" * 30]]
    assert fitting(wider, [2, 1], 77) == [0, 3]
    assert fitting(wider, [2], 77) == [0, 1, 3]  # what may not go stays, and is folded


def test_below_sixty_columns_nothing_is_left_out() -> None:
    wide = [NAMES, ["Note", "x" * 30], ["Where", "y" * 30]]
    assert fitting(wide, [2, 1], 60) == [0, 1]
    assert fitting(wide, [2, 1], 59) == [0, 1, 2]


def test_a_column_is_as_wide_as_its_texts_unless_they_are_long() -> None:
    assert comfortable(NAMES) == 12
    assert comfortable(["Last contact", "9 Nov"]) == 12
    assert comfortable(["Text", LONG, "short"]) == 30
    assert comfortable(["Text"]) == 4


def test_one_long_text_among_many_takes_no_room() -> None:
    assert comfortable(["Place", LONG, *["Leipzig"] * 9]) == 7
    assert comfortable(["Place", LONG, *["Leipzig"] * 8]) == 30


def drawn(rows: Sequence[Sequence[Styled]], most: int, *spare: int) -> tuple[list[str], list[str]]:
    headings = [Styled("Name"), Styled("Place"), Styled("Last")][: len(rows[0])]
    lines, hidden = Table(headings, rows).fit(most, spare, lambda: _console(App(color=False)))
    return [line.rstrip() for line in lines], hidden


def test_days_are_written_shorter_before_a_column_goes() -> None:
    rows = [[Styled("A" * 30), Styled("B" * 20), Styled("yesterday", short="9 Nov")]]
    assert drawn(rows, 65, 1)[0][2].endswith("yesterday")
    shorter, hidden = drawn(rows, 64, 1)
    assert shorter[2].endswith("B   9 Nov")
    assert hidden == []
    fewer, hidden = drawn(rows, 60, 1)
    assert fewer[2].endswith("A   yesterday")
    assert hidden == ["Place"]


def test_one_very_long_cell_is_folded_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaulttool.cli.output.width", lambda: 60)
    rows = [[Styled(f"Person {n}"), Styled("Leipzig")] for n in range(20)]
    rows[3] = [Styled("Person 3"), Styled(LONG)]
    lines, hidden = drawn(rows, 60, 1)
    assert hidden == []
    assert lines[5:7] == [
        "Person 3    a house behind the second bridge, where nobody",
        "            ever finds the bell",
    ]
    assert len(lines) == 2 + 20 + 1


def terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Show results on a terminal without colours."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))


LISTS = (
    *(["list"], ["contacts"], ["interactions", "--all"], ["promises"], ["awaiting", "--all"]),
    *(["occasions", "--within", "1y"], ["drifting"], ["tune"], ["plan"], ["mentions"], ["check"]),
    *(["links"], ["tags"], ["notes"], ["why", "hana"], ["brief", "ольга"], ["due", "--print"]),
)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(
    words: list[str], lang: str, run: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (40, 60, 80):
        terminal(monkeypatch, width)
        asked = ("--vault", str(example), "--today", TODAY, "--lang", lang)
        out = run(*asked, *words, code=None).out
        assert out
        assert max(map(len, out.splitlines())) <= width


def test_everybody_has_one_line_and_what_is_missing_is_said_once(
    run: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("--vault", str(example), "--today", TODAY, "list")
    people = len(run(*asked, "--format", "json").json)
    for lang in ("en", "ru"):
        for width in (60, 80, 100):
            terminal(monkeypatch, width)
            shown = run(*asked, "--lang", lang)
            assert len(shown.out.splitlines()) == people + 2
            assert shown.err.count("\n") == 1
            assert run(*asked, "--lang", lang, "-q").err == ""


def test_a_file_has_every_column(run: Run, example: Path) -> None:
    shown = run("--vault", example, "--today", TODAY, "list")
    assert shown.out.split("\n")[0].split() == [
        *("Name", "Circle", "Last", "contact", "Next", "Company", "Place")
    ]
    assert shown.err == ""


def test_the_name_that_was_asked_for_is_the_first_to_go(
    run: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("--vault", str(example), "--today", TODAY, "interactions")
    terminal(monkeypatch, 75)
    assert run(*asked, "anna").out.split("\n")[0].split() == ["Date", "Channel", "Text"]
    assert run(*asked).out.split("\n")[0].split() == ["Date", "Name", "Text"]


@pytest.mark.parametrize("command", ["links", "tags", "notes", "check", "mentions"])
def test_whoever_looks_at_each_note_tells_how_far_it_is(
    command: str, run: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("--vault", str(example), "--today", TODAY)
    run(*asked, "list")
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(Progress, "update", lambda _bar, *how_far: told.append(how_far))
    run(*asked, command, code=None)
    notes = len(list(example.rglob("*.md")))
    assert max(done for done, _all in told) > notes / 2
