"""What the benchmarks measure is the program's own, and what they tell is what was measured."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from usage import Measured

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-I", "-S", "-c"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a Unix tells what a child used")


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


# --- Running -------------------------------------------------------------------------------


def test_the_memory_of_the_measuring_process_is_not_counted() -> None:
    from usage import Row, measure

    ballast = bytearray(150_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])  # in memory, not only promised
    found, _failed = measure([Row("nothing", [*PYTHON, "pass"])], 1, {})
    assert found["nothing"].peak < 50


def test_each_row_is_prepared_for_each_run(tmp_path: Path) -> None:
    from usage import Row, measure

    prepared: list[str] = []
    work = [*PYTHON, f"import os; os.mkdir({str(tmp_path / 'once')!r})"]

    def prepare() -> None:
        prepared.append("again")
        (tmp_path / "once").rmdir() if (tmp_path / "once").exists() else None

    found, _failed = measure([Row("it", work, prepare=prepare, rehearse=False)], 3, {})
    assert prepared == ["again"] * 3
    assert found["it"].runs == 3


def test_what_is_quick_is_run_more_often() -> None:
    from usage import QUICK_TIMES, Row, measure

    rows = [Row("quick", [*PYTHON, "pass"]), Row("slow", ["sleep", "1.1"], rehearse=False)]
    found, _failed = measure(rows, 2, {"PATH": "/usr/bin:/bin"})
    assert (found["quick"].runs, found["slow"].runs) == (2 * QUICK_TIMES, 2)
    assert measure(rows[:1], 1, {})[0]["quick"].runs == 1


def test_a_slow_run_is_not_repeated() -> None:
    from usage import Row, measure

    found, _failed = measure([Row("slow", [*PYTHON, "pass"], enough=0)], 3, {})
    assert found["slow"].runs == 1


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("import no_such_peer", "ModuleNotFoundError"),
        ("raise ValueError('of the vault: bad')", "ValueError"),
        ("import os; os._exit(3)", "silent"),
        ("while True: pass", "stopped after 1 s"),
    ],
)
def test_a_peer_that_does_not_run_is_told_in_a_word(script: str, why: str) -> None:
    from usage import Row, measure

    limited = ["sh", "-c", 'ulimit -S -t 1; exec "$@"', "sh"]
    row = Row("peer", [*limited, *PYTHON, script], rehearse=False, may_fail=True)
    assert measure([row], 2, {}) == ({}, {"peer": why})


def test_the_tool_has_to_run() -> None:
    from usage import CannotRunError, Row, measure

    with pytest.raises(CannotRunError, match="due did not run: ValueError"):
        measure([Row("due", [*PYTHON, "raise ValueError"], rehearse=False)], 1, {})


def test_every_peer_has_its_version() -> None:
    import peers

    for name in peers.SCRIPTS:
        assert re.fullmatch(r"[\w-]+ \d[\w.]+( and [\w-]+ \d[\w.]+)?", peers.titled(name))


def test_a_peer_that_was_not_installed_is_a_row(tmp_path: Path) -> None:
    import peers
    from usage import measure

    (tmp_path / "python").symlink_to(sys.executable)
    rows = [row for row in peers.rows(tmp_path, tmp_path) if row.name.startswith("ovault")]
    _found, failed = measure(rows, 1, {})
    assert failed == {peers.titled("ovault"): "ModuleNotFoundError"}


# --- Telling -------------------------------------------------------------------------------


def figures() -> dict[int, Measured]:
    """A run in which nothing is quite as it should be at the larger size."""
    from peers import titled
    from processes import CHANGED, COLD, GIT, RG, WALK, WARM
    from usage import Usage

    return {
        10_000: {
            COLD: Usage(1.5, 1.5, 80),
            WARM: Usage(0.1, 0.1, 39.6),
            CHANGED: Usage(0.12, 0.12, 50),
            WALK: Usage(0.05, 0.05, 9),
            GIT: Usage(0.02, 0.03, 9),
            RG: Usage(0.1, 0.125, 9),
            titled("obsidiantools"): Usage(99, 97.5, 150),
            titled("ovault"): Usage(2, 2, 50),
        },
        100_000: {
            COLD: Usage(20, 20, 390),
            WARM: Usage(1, 1, 90.7),
            CHANGED: Usage(1.4, 1.4, 90),
            WALK: Usage(0.5, 0.5, 9),
            GIT: Usage(0.2, 0.3, 9),
        },
    }


def cells(lines: list[str]) -> dict[str, list[str]]:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return {row[0]: row[1:] for row in rows[2:]}


def test_the_goals_are_told_beside_what_was_measured() -> None:
    import goals

    assert cells(list(goals.table(figures()))) == {
        "warm `due` ÷ bare walk, wall time": ["≤ 2 / 1.35", "2", "2, not yet"],
        "warm `due` ÷ `git status`, wall time": ["about 4 / 2", "5", "5"],
        "cold index ÷ `rg -j1 -c -F '[['`, CPU time": ["≤ 14", "12", "not measured"],
        "cold index ÷ obsidiantools, CPU time": ["≤ 1/60", "1/65", ""],
        "cold index ÷ ovault, CPU time": ["≤ 1/2", "1/1.33, not yet", ""],
        "one note changed, then `due` ÷ warm `due`, wall time": ["≤ 1.3", "1.2", "1.4, not yet"],
        "peak memory, cold": ["≤ 80 MB / 400 MB", "80 MB", "390 MB"],
        "peak memory, warm `due`": ["≤ 40 MB / 90 MB", "39.6 MB", "90.7 MB, not yet"],
        "cold: CPU time at 100,000 ÷ at 10,000": ["≤ 12", "", "13.3, not yet"],
        "warm: CPU time at 100,000 ÷ at 10,000": ["≤ 12", "", "10"],
        "one note changed: CPU time at 100,000 ÷ at 10,000": ["≤ 12", "", "11.7"],
    }


def test_a_size_that_was_not_measured_is_said() -> None:
    import goals

    told = cells(list(goals.table({})))
    assert told["peak memory, cold"] == ["≤ 80 MB / 400 MB", "not measured", "not measured"]


def test_the_chart_names_every_line_and_no_name_covers_another() -> None:
    import chart

    drawn = ET.fromstring(chart.draw(figures()))
    space = "{http://www.w3.org/2000/svg}"
    texts = {each.text: float(each.get("y", "0")) for each in drawn.iter(f"{space}text")}
    names = sorted(texts[name] for name, _colour, _dashes in chart.DRAWN.values())
    assert len(list(drawn.iter(f"{space}polyline"))) == len(names) == 5
    assert all(below - above >= 15 for above, below in pairwise(names))
    assert texts["10,000"] == texts["100,000"]


def test_ten_times_the_cost_is_one_step_up_wherever_it_stands() -> None:
    import chart

    up = chart.Scale(0.01, 100, 340, 40)
    assert [up(0.01), up(0.1), up(1), up(100)] == [340, 265, 190, 40]


def test_the_measured_part_of_a_page_is_replaced_and_nothing_else() -> None:
    import tell

    page = "a\n<!-- measured: begin -->\nold \\1\n<!-- measured: end -->\nb\n"
    new = "a\n<!-- measured: begin -->\nnew \\2\n<!-- measured: end -->\nb\n"
    assert tell.put(page, "new \\2\n") == new
    with pytest.raises(ValueError, match="expected one part marked as measured"):
        tell.put("nothing marked", "new\n")


@pytest.mark.parametrize("name", ["README.md", "benchmarks/README.md"])
def test_the_pages_show_every_goal(name: str) -> None:
    import goals
    import tell

    shown = tell.MARKED.findall((ROOT / name).read_text("utf-8"))
    assert len(shown) == 1
    for goal in goals.GOALS:
        assert f"| {goal.what} |" in (ROOT / name).read_text("utf-8")
