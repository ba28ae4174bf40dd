"""`vault why`: what it prints is enough to come to the same verdict by hand."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import EXAMPLE, TODAY

if TYPE_CHECKING:
    from tests.conftest import MakeVault, Run

DEPTHS = ("light", "message", "talk")
FIXED = {"occasion": 20, "promise": 15, "awaiting": 10}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

# --- By hand -------------------------------------------------------------------------------


def read_day(text: str, today: date) -> date:
    """`12 Nov` of this year, or `31 Dec 2025`."""
    day, month, year = [*text.split(), str(today.year)][:3]
    return date(int(year), MONTHS.index(month) + 1, int(day))


def later(day: date, count: int, unit: str) -> date:
    """The day that lies so many days, weeks, months or years later."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * {"day": 1, "week": 7}[unit])
    months = day.month - 1 + count * {"month": 1, "year": 12}[unit]
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def length(count: int, unit: str) -> int:
    """The days of a cadence, a month being 30.44 of them."""
    return int(count * {"day": 1, "week": 7, "month": 30.44, "year": 365.28}[unit] + 0.5)


def points(weight: float, interval: int, days_over: int) -> float:
    """10·w·√T·x²."""
    x = min(days_over / interval, 3)
    return 10 * weight * sqrt(interval) * x * x


def cadence_in(text: str) -> tuple[int, str] | None:
    """`every week` or `every 46 days` as a number and a unit."""
    match = re.search(r"every (?:(\d+) )?(day|week|month|year)s?\b", text)
    return (int(match[1] or 1), match[2]) if match else None


# --- The table -----------------------------------------------------------------------------


class Table:
    """What `vault why` prints, as somebody reads it."""

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today
        self.first, *self.lines = text.splitlines()

    def find(self, pattern: str) -> re.Match[str] | None:
        return re.search(pattern, self.text, re.MULTILINE)

    def day(self, pattern: str) -> date | None:
        match = self.find(pattern + r" (\d+ [A-Z][a-z]{2}(?: \d{4})?)")
        return read_day(match[1], self.today) if match else None

    @property
    def due_on(self) -> date | None:
        """The day, from the first line, else from how many days it is over."""
        name_of_day = self.day(r"\A.*: due (?:on|since)")
        over = self.find(r"^ +[\d.]+  (\d+) days? over")
        if name_of_day or over is None:
            today = self.find(r"\A.*: due today$|^ +[\d.]+  due today")
            return name_of_day or (self.today if today else None)
        return self.today - timedelta(days=int(over[1]))

    def expected_day(self) -> date | None:
        """The day that follows from the clock, the cadence and the plan."""
        cadence = self.find(r"^Cadence: (.*), by ")
        last, started = self.day(r"^Clock: last set on"), self.day(r"^Clock: .*runs since")
        planned = self.day(r"^You planned to be in touch on")
        if planned and (last is None or last < planned):
            return planned
        every = cadence_in(cadence[1]) if cadence else None
        start = last or started
        return later(start, *every) if start and every else None

    def check_clock(self) -> None:
        """The clock was set by the newest evidence that is cited as counting."""
        last = self.find(r"^Clock: last set on .* \((.*)\); it takes at least")
        if last:
            evidence = self.find(rf"^  (\d+ \S+(?: \d+)?) +.*  {re.escape(last[1])}(\n      ○)?")
            assert evidence, self.text
            assert evidence[2] is None, self.text
            day = read_day(evidence[1], self.today)
            assert day == self.day(r"^Clock: last set on")

    def check_score(self) -> None:
        """The terms make the score, and the formula makes the term of lateness."""
        score = self.find(r"^Score ([\d.]+)$")
        if score is None:
            return
        terms = re.findall(r"^ {1,6}([\d.]+)  (.*)$", self.text, re.MULTILINE)
        assert sum(float(one) for one, _text in terms) == pytest.approx(float(score[1]), abs=0.15)
        formula = self.find(r"= 10·w·√T·x², w = ([\d.]+), T = (\d+), x = ([\d.]+)$")
        late = self.find(r"^ +(?!0\.0)([\d.]+)  (?:\d+ days? over|you wanted to be in touch)")
        assert formula or not late, self.text
        if formula:
            assert self.due_on
            weight, interval, x = float(formula[1]), int(formula[2]), float(formula[3])
            days_over = (self.today - self.due_on).days
            every = self.find(r"^Cadence: (.*), by ")
            count, unit = (every and cadence_in(every[1])) or (0, "day")
            assert length(count, unit) == interval
            assert min(days_over / interval, 3) == pytest.approx(x, abs=0.0006)
            assert points(weight, interval, days_over) == pytest.approx(
                float(terms[0][0]), abs=0.06
            )


def contacts(run: Run, today: str) -> list[str]:
    found = run("--vault", EXAMPLE, "--today", today, "--format", "json", "contacts").json
    return [one["name"] for one in found]


@pytest.mark.parametrize("today", [TODAY, "2026-11-23"])  # a Friday, a Monday
def test_every_day_follows_from_the_printed_lines(run: Run, today: str) -> None:
    names = contacts(run, today)
    assert len(names) > 40
    with_score = 0
    for name in names:
        done = run("--vault", EXAMPLE, "--today", today, "why", name, "--all")
        table = Table(done.out, date.fromisoformat(today))
        table.check_clock()
        table.check_score()
        with_score += table.find("^Score") is not None
        if table.due_on:
            assert table.expected_day() == table.due_on, done.out
        elif table.expected_day():
            assert re.search("paused|no contact|has died|on demand", table.first), done.out
    assert with_score > 7


# --- JSON ----------------------------------------------------------------------------------


def check_json(found: dict[str, Any], today: date) -> None:
    """Come to the same clock, day and score from what the JSON says."""
    counting = [
        one["date"]
        for one in found["evidence"]
        if one["counts"] and DEPTHS.index(one["depth"]) >= DEPTHS.index(found["needs"])
    ]
    assert found["last_contact"] == max(counting, default=None)
    assert found["started"] is None or found["last_contact"] is None
    codes = [term["code"] for term in found["terms"]]
    assert found["score"] == pytest.approx(
        sum(term["points"] for term in found["terms"]), abs=0.002
    )
    if found["due_on"] is None:
        assert found["days_over"] is None
        assert codes == []
        return
    due_on = date.fromisoformat(found["due_on"])
    assert found["days_over"] == (today - due_on).days
    if found["next"] and (found["last_contact"] or "") < found["next"]:
        assert found["due_on"] == found["next"]
    assert codes[:1] == (["lateness"] if due_on <= today else [])
    for term in found["terms"]:
        interval = found["cadence"]["interval_days"]
        if term["code"] == "lateness":
            late = points(found["weight"], interval, found["days_over"]) if interval else 0
            assert term["points"] == pytest.approx(late, abs=0.001)
        else:
            assert term["points"] == FIXED[term["code"]]


@pytest.mark.parametrize("today", [TODAY, "2027-03-01"])
def test_the_json_is_enough_to_come_to_the_same_score(run: Run, today: str) -> None:
    for name in contacts(run, today):
        done = run("--vault", EXAMPLE, "--today", today, "--format", "json", "why", name)
        check_json(done.json, date.fromisoformat(today))


def test_an_import_says_that_its_first_days_are_spread(run: Run, vault: MakeVault) -> None:
    note = "---\nevery: 100 days\ncreated: 2026-11-01\n---\n"
    root = vault({f"People/Guest {n}.md": note for n in range(6)})
    args = ("--vault", root, "--today", TODAY, "why", "guest 1")
    assert "first days are spread over the interval" in run(*args).out
    assert json.loads(run(*args, "--format", "json").out)["started"] == "2026-11-01"
    (root / "People/Guest 2.md").unlink()
    assert "spread" not in run(*args).out
