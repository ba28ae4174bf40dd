"""The shapes that other programs rely on: the keys of the contract, and their kinds."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

LINKS = {
    *("source", "line", "kind", "property", "target", "subpath", "display", "embed", "resolved"),
}
CONTACTS = {
    *("name", "path", "circle", "stage", "every", "interval_days", "cadence_rule", "tracked"),
    *("last_contact", "next_due"),
}
INTERACTIONS = {
    *("name", "path", "date", "time", "channel", "depth", "direction", "text", "source", "line"),
}
DUE = {
    *("date", "due", "more", "upcoming", "occasions", "promises", "awaiting", "drifting"),
    *("untracked", "daily_note"),
}
VERDICT = {
    *("name", "path", "days_over", "interval_days", "due_on", "last_contact", "score", "reasons"),
}
WHY = {"name", "path", "verdict", "evidence", "cadence", "due_on", "score", "terms"}
EVIDENCE = {"date", "channel", "depth", "source", "line", "counts", "text"}
CHECK = {"code", "severity", "path", "line", "message", "fixable"}
TERM = {"code", "text", "points"}


@pytest.fixture
def ask(run: Run, example: Path) -> Any:
    """Ask a command for JSON over the example vault."""

    def call(*args: str, code: int = 0) -> Any:
        return run("--vault", example, "--today", TODAY, *args, "--format", "json", code=code).json

    return call


def rows_of(value: Any, keys: set[str], *, exactly: bool = False) -> list[dict[str, Any]]:
    assert isinstance(value, list)
    assert value
    for row in value:
        assert row.keys() == keys if exactly else row.keys() >= keys
    return value


def is_iso(text: object) -> bool:
    return isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def test_links(ask: Any) -> None:
    rows = rows_of(ask("links"), LINKS, exactly=True)
    assert {row["kind"] for row in rows} <= {"wikilink", "markdown", "property", "canvas"}
    assert {"wikilink", "property"} <= {row["kind"] for row in rows}
    assert rows == sorted(rows, key=lambda row: (row["source"], row["line"]))
    assert all((row["property"] is not None) == (row["kind"] == "property") for row in rows)
    assert any(row["resolved"] is None for row in rows)
    assert all("\\" not in row["source"] for row in rows)


def test_tags(ask: Any) -> None:
    rows = rows_of(ask("tags"), {"source", "line", "tag"}, exactly=True)
    assert not any(row["tag"].startswith("#") for row in rows)
    assert rows == sorted(rows, key=lambda row: (row["source"], row["line"]))


def test_notes(ask: Any) -> None:
    keys = {"path", "title", "aliases", "tags", "properties", "fields", "date"}
    rows = rows_of(ask("notes"), keys, exactly=True)
    by_path = {row["path"]: row for row in rows}
    assert by_path["Daily/2026-11-19.md"]["date"] == "2026-11-19"
    assert by_path["People/Anna Petrova.md"]["date"] is None
    assert all(isinstance(row["properties"], dict) for row in rows)
    assert [row["path"] for row in rows] == sorted(by_path)


def test_contacts(ask: Any) -> None:
    rows = rows_of(ask("contacts"), CONTACTS)
    anna = next(row for row in rows if row["name"] == "Anna Petrova")
    assert (anna["circle"], anna["cadence_rule"], anna["tracked"]) == ("key", "circle", True)
    assert is_iso(anna["last_contact"])
    assert is_iso(anna["next_due"])
    assert isinstance(anna["interval_days"], int)
    names = [row["name"].casefold().replace("ё", "е") for row in rows]
    assert names == sorted(names)


def test_interactions(ask: Any) -> None:
    rows = rows_of(ask("interactions"), INTERACTIONS)
    assert all(row["counts"] and row["reason"] is None for row in rows)
    assert all(is_iso(row["date"]) and row["date"] <= TODAY for row in rows)
    assert {row["depth"] for row in rows} == {"light", "message", "talk"}
    assert {row["direction"] for row in rows} <= {"out", "in", "both", None}
    assert [row["date"] for row in rows] == sorted((row["date"] for row in rows), reverse=True)
    assert any(re.fullmatch(r"\d\d:\d\d", row["time"] or "") for row in rows)
    only = ask("interactions", "anna", "petrova")
    assert only == [row for row in rows if row["name"] == "Anna Petrova"]


def test_due(ask: Any) -> None:
    found = ask("due", "--print")
    assert found.keys() >= DUE
    assert found["date"] == TODAY
    for row in rows_of(found["due"], VERDICT) + rows_of(found["upcoming"], VERDICT):
        assert is_iso(row["due_on"])
        assert all(reason.keys() == TERM for reason in row["reasons"])
    assert [row["score"] for row in found["due"]] == sorted(
        (row["score"] for row in found["due"]), reverse=True
    )
    rows_of(found["occasions"], {"name", "path", "kind", "label", "date", "years"})
    rows_of(found["promises"], {"name", "path", "text", "due", "source", "line"})
    rows_of(found["awaiting"], {"name", "path", "sent", "channel", "source", "line"})
    rows_of(found["drifting"], {"name", "path", "usual_gap", "silent", "last_contact"})
    assert isinstance(found["more"], int)
    assert isinstance(found["untracked"], int)
    assert found["daily_note"] is None
    assert ask("due")["daily_note"] == "Daily/2026-11-20.md"
    assert ask("due", "--print")["daily_note"] == "Daily/2026-11-20.md"


def test_why(ask: Any) -> None:
    found = ask("why", "hana")
    assert found.keys() >= WHY
    assert found["cadence"].keys() == {"every", "interval_days", "rule", "source"}
    rows_of(found["evidence"], EVIDENCE)
    assert all(term.keys() == TERM for term in found["terms"])
    total = sum(term["points"] for term in found["terms"])
    assert found["score"] == pytest.approx(total, abs=0.01)
    assert found["verdict"] == "due"
    assert is_iso(found["due_on"])


def test_the_evidence_stands_where_why_says(ask: Any, example: Path) -> None:
    for row in ask("contacts"):
        for trace in ask("why", row["path"])["evidence"]:
            lines = (example / trace["source"]).read_text("utf-8").splitlines()
            assert 1 <= trace["line"] <= len(lines)
            # Under a dated heading the text begins below it.
            written = "\n".join(lines[trace["line"] - 1 : trace["line"] + 2])
            first = trace["text"].partition("\n")[0]
            is_named = trace["kind"] in ("people", "last_contact")
            assert is_named or first in written or first.split()[0] in written, trace


def test_check(ask: Any) -> None:
    rows = rows_of(ask("check", code=3), CHECK, exactly=True)
    assert {row["severity"] for row in rows} <= {"error", "warning", "info"}
    severities = ["error", "warning", "info"]
    assert rows == sorted(
        rows,
        key=lambda row: (
            *(severities.index(row["severity"]), row["path"], row["line"] or 0, row["code"]),
        ),
    )


@pytest.mark.parametrize(
    "command", ["contacts", "interactions", "links", "tags", "notes", "check", "due", "why"]
)
def test_csv_has_the_same_keys(run: Run, example: Path, ask: Any, command: str) -> None:
    args = {"due": ["due", "--print"], "why": ["why", "hana"]}.get(command, [command])
    code = 3 if command == "check" else 0
    rows = ask(*args, code=code)
    rows = {"due": lambda: rows["due"], "why": lambda: rows["evidence"]}.get(
        command, lambda: rows
    )()
    done = run("--vault", example, "--today", TODAY, *args, "--format", "csv", code=code)
    table = list(csv.DictReader(io.StringIO(done.out)))
    assert len(table) == len(rows)
    assert list(table[0]) == list(rows[0])
    name = next(key for key in ("path", "source") if key in rows[0])
    assert [row[name] for row in table] == [row[name] for row in rows]


@pytest.mark.parametrize(
    "args",
    [
        *(("contacts",), ("interactions",), ("links",), ("tags",), ("notes",), ("check",)),
        ("due", "--print"),
    ],
)
def test_markdown_is_a_table(run: Run, example: Path, args: tuple[str, ...]) -> None:
    done = run("--vault", example, "--today", TODAY, *args, "--format", "md", code=None)
    lines = done.out.splitlines()
    rule = next(index for index, line in enumerate(lines) if line.startswith("| ---"))
    width = lines[rule].count("|")
    rows = [line for line in lines[rule - 1 :] if line.startswith("| ")]
    assert len(rows) > 2
    assert all(len(re.findall(r"(?<!\\)\|", row)) == width for row in rows)


def test_the_same_bytes_every_time(run: Run, example: Path) -> None:
    for command in (["contacts"], ["interactions"], ["links"], ["tags"], ["notes"]):
        asked = ("--vault", str(example), "--today", TODAY, *command, "--format", "json")
        assert run(*asked).out == run(*asked).out


def test_numbers_that_json_lacks_are_null(run: Run, vault: Any) -> None:
    root = vault({"a.md": "---\nx: .nan\ny: [.inf, -.inf, 1.5]\nz: {a: .NaN}\n---\n"})
    out = run("--vault", root, "notes", "--format", "json").out
    properties = json.loads(out, parse_constant=lambda _: pytest.fail("not JSON"))[0]["properties"]
    assert properties == {"x": None, "y": [None, None, 1.5], "z": {"a": None}}


def test_programs_are_told_what_was_written(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Anna.md": ""})
    asked = ("--vault", root, "--today", TODAY, "--format", "json")
    for command, written in (
        (("set", "anna", "circle=key"), "People/Anna.md"),
        (("snooze", "anna", "2 weeks"), "People/Anna.md"),
        (("resume", "anna"), "People/Anna.md"),
        (("log", "anna", "call"), f"{TODAY}.md"),
        (("undo",), f"{TODAY}.md"),
        (("add", "Boris"), "People/Boris.md"),
    ):
        assert run(*asked, *command).json == {"written": [written]}, command
    assert run(*asked, "set", "anna", "circle=key").json == {"written": []}
    shown = run(*asked, "log", "anna", "call", "--dry-run").json
    assert list(shown) == ["diff"]
    assert "+- [x] [[Anna]]" in shown["diff"]
