"""The lists beside today's: promises, occasions, awaiting, drifting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash
from vaulttool.cli.lists import KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

NOTES = {
    "People/Anna.md": """---
birthday: 1987-12-09
dates: [2016-12-20 wedding]
---
- [ ] send the deck 📅 2026-11-24
- [ ] find the book

[owes:: the drill]

## Log
- 2026-11-18 email → shall we meet?
""",
    "People/Boris.md": "## Log\n- 2026-11-01 email → the photo of [[Anna]]\n"
    "- 2026-09-01 call\n- 2026-09-08 call\n- 2026-09-15 call\n- 2026-09-22 call\n",
    "Daily/2026-11-02.md": "- [ ] dinner for [[Anna]] and [[Boris]] 📅 2027-01-10\n",
}


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault(NOTES)


def values(run: Run, root: Path, key: str, *args: str) -> list[str]:
    rows = run("--vault", root, "--today", TODAY, *args, "--format", "json").json
    return [row[key] for row in rows]


def test_promises_those_with_a_date_first(run: Run, root: Path) -> None:
    assert values(run, root, "text", "promises") == [
        *("send the deck", "dinner for Anna and Boris", "dinner for Anna and Boris"),
        *("find the book", "the drill"),
    ]
    assert values(run, root, "text", "promises", "--within", "7d") == ["send the deck"]
    assert values(run, root, "text", "promises", "--in") == ["the drill"]
    assert "the drill" not in values(run, root, "text", "promises", "--out")
    assert values(run, root, "name", "promises", "boris") == ["Boris"]


def test_a_promise_to_two_is_one_line(run: Run, root: Path) -> None:
    lines = run("--vault", root, "--today", TODAY, "promises").out.splitlines()
    assert "send the deck" in lines[2]
    assert lines[3].startswith("Anna, Boris   dinner for Anna and Boris   10 Jan 2027   you")
    assert len(lines) == 2 + 4


def test_a_promise_whose_day_has_passed_is_within_any_span(run: Run, root: Path) -> None:
    late = ["--today", "2026-11-30"]
    found = run("--vault", root, *late, "promises", "--within", "1d", "--format", "json").json
    assert [row["text"] for row in found] == ["send the deck"]


def test_occasions_in_their_windows_or_further(run: Run, root: Path) -> None:
    assert values(run, root, "date", "occasions") == []
    assert values(run, root, "date", "occasions", "--within", "3 weeks") == ["2026-12-09"]
    assert values(run, root, "label", "occasions", "--within", "месяц") == [None, "wedding"]
    assert values(run, root, "name", "occasions", "boris", "--within", "1y") == []


def test_a_shorter_span_hides_what_the_circle_would_show(run: Run, root: Path) -> None:
    day = ["--today", "2026-12-05"]
    shown = run("--vault", root, *day, "occasions", "--format", "json").json
    assert [row["date"] for row in shown] == ["2026-12-09"]
    assert run("--vault", root, *day, "occasions", "--within", "2d", "--format", "json").json == []


def test_awaiting_those_whose_day_has_come_or_all(run: Run, root: Path) -> None:
    assert values(run, root, "name", "awaiting") == ["Boris"]
    assert values(run, root, "text", "awaiting") == ["the photo of Anna"]
    assert values(run, root, "name", "awaiting", "--all") == ["Boris", "Anna"]
    assert values(run, root, "reply_by", "awaiting", "--all", "anna") == ["2026-11-25"]


def test_drifting(run: Run, root: Path) -> None:
    args = ("--vault", root, "--today", "2026-12-05", "drifting")
    assert [row["name"] for row in run(*args, "--format", "json").json] == ["Boris"]
    assert run(*args, "anna").err == "Nobody drifts apart.\n"
    assert "Boris" in run(*args, "bor").out


COMMANDS = ("promises", "occasions", "awaiting", "drifting")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_list_is_that_of_due(command: str, run: Run, example: Path) -> None:
    args = ("--vault", example, "--today", TODAY, "--format", "json")
    due = run(*args, "due", "--print").json[command]
    rows = run(*args, command).json
    assert due
    assert [{key: row[key] for key in due[0]} for row in rows] == due


@pytest.mark.parametrize("command", COMMANDS)
def test_nobody_is_an_answer(command: str, run: Run, vault: MakeVault) -> None:
    result = run("--vault", vault({"People/Clara.md": ""}), command)
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert run("--vault", vault(), command, "--format", "json").json == []
    head = run("--vault", vault(), command, "--format", "csv").out
    assert head.rstrip().split(",") == list(KEYS[command])


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_has_all_that_json_has(command: str, run: Run, example: Path) -> None:
    rows = run("--vault", example, "--today", TODAY, command, "--format", "json").json
    assert tuple(rows[0]) == KEYS[command]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_nothing_is_written(command: str, form: str, run: Run, example: Path) -> None:
    before = tree_hash(example)
    result = run("--vault", example, "--today", TODAY, command, "--format", form)
    assert result.out.count("\n") > 1
    assert tree_hash(example) == before


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("promises", "--in", "--out"), 2, "--in and --out: give one of them"),
        (("promises", "--within", ""), 2, "--within: expected a span"),
        (("occasions", "--within", "-3d"), 2, "--within: expected a span"),
        (("promises", "ana"), 1, "did you mean Anna?"),
        (("awaiting", "\x1b[31m"), 1, "no contact answers to “\\u001b[31m”"),
        (("drifting", "--within", "7d"), 2, "--within"),
    ],
)
def test_what_cannot_be_meant(
    args: tuple[str, ...], code: int, said: str, run: Run, root: Path
) -> None:
    result = run("--vault", root, *args, code=code)
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert said in result.err
