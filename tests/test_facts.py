"""What is known of how Obsidian and its plugins read a vault: each fact is a row of its own.

The rows stand in `tests/cases/facts`, written as `table.py` says. The number that a title
begins with groups them: 1 links, 2 tags, 3 properties, 4 daily notes and templates, 5 the
vault's settings, 6 tasks and inline fields.

`given` is a vault. Each file begins with a line `=== path` and has no line end after its
last line. A vault without a hidden folder of its own gets an empty `.obsidian`. A character
that cannot be seen is written by its Unicode name or abbreviation: `{CR}`, `{BOM}`, `{NBSP}`,
`{COMBINING ACUTE ACCENT}`.

`expected` is what the commands print on 22 November 2026, a line each, in their order:

    link SOURCE:LINE KIND[ PROPERTY] TARGET[#SUBPATH][|DISPLAY][ embed] -> RESOLVED or -
    count SOURCE PATH or [[TARGET]] HOW OFTEN       a note's links, by where they lead
    tag SOURCE:LINE TAG
    note PATH
    alias PATH ALIAS
    property PATH KEY VALUE                         the value as JSON
    field PATH:LINE KEY VALUE                       Dataview's inline fields
    date PATH DATE
    contact PATH
    problem CODE PATH:LINE
    task PATH:LINE [STATUS] TEXT[ due=DATE][ done=DATE]
    promise PATH:LINE TEXT[ due=DATE]               an open task that concerns a contact
    daily PATH                                      today's daily note
    begun PATH: TEXT                                a line of a daily note that is begun today

Only what `expected` names is compared, and of problems only those of the codes that it names;
`tag: none` says that there is no tag at all.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.table import FOLDER, read_cases
from vaulttool.markdown.note import read_note
from vaulttool.markdown.tasks import read_task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import MakeVault, Run

    Ask = Callable[..., str]

TODAY = "2026-11-22"

ROWS = [
    row for file in sorted(FOLDER.glob("facts/*.txt")) for row in read_cases(f"facts/{file.stem}")
]


@pytest.mark.parametrize(("given", "expected"), ROWS)
def test_fact(given: str, expected: str, vault: MakeVault, run: Run) -> None:
    files = files_of(characters(given))
    has_config = any(path.startswith(".") for path in files)
    root = vault(dict(files), obsidian=not has_config)
    if sum(path.is_file() for path in root.rglob("*")) < len(files):
        pytest.skip("the file system takes two of the names for one")

    def ask(*command: str) -> str:
        return run("--vault", root, "--today", TODAY, *command, code=None).out

    wanted = characters(expected).split("\n")
    found = [line for view in views_of(wanted) for line in show(view, wanted, files, ask)]
    assert "\n".join(found) == "\n".join(wanted)


def characters(text: str) -> str:
    """Put the characters in place of their names."""
    return re.sub(
        r"(?<!\{)\{([A-Z][A-Z0-9 -]+)\}", lambda match: unicodedata.lookup(match[1]), text
    )


def files_of(given: str) -> dict[str, str]:
    """The text of each file, by path."""
    parts = re.split(r"^=== ", given, flags=re.MULTILINE)[1:]
    files = (part.partition("\n") for part in parts)
    return {path: text.removesuffix("\n") for path, _end, text in files}


def views_of(wanted: list[str]) -> list[str]:
    """What the expected lines speak of, each once."""
    return list(dict.fromkeys(re.split("[: ]", line)[0] for line in wanted))


def show(view: str, wanted: list[str], files: dict[str, str], ask: Ask) -> list[str]:
    """The lines of one view, as `expected` would have them."""
    if view == "task":
        lines = list(task_lines(files))
    elif view == "begun":
        lines = list(begun_lines(ask("due", "--dry-run")))
    else:
        command, lines_of = COMMANDS[view]
        lines = list(lines_of(json.loads(ask(*command.split(), "--format", "json"))))
    if view == "problem" and "problem: none" not in wanted:
        codes = {line.split()[1] for line in wanted if line.startswith("problem ")}
        lines = [line for line in lines if line.split()[0] in codes]
    return [f"{view} {line}" for line in lines] or [f"{view}: none"]


def place(path: str, line: int | None) -> str:
    return f"{path}:{line}" if line else path


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def link_lines(rows: Any) -> Iterator[str]:
    for row in rows:
        kind = " ".join(filter(None, (row["kind"], row["property"])))
        subpath = "" if row["subpath"] is None else f"#{row['subpath']}"
        display = "" if row["display"] is None else f"|{row['display']}"
        link = f"{kind} {row['target']}{subpath}{display}{' embed' * row['embed']}"
        yield f"{place(row['source'], row['line'])} {link} -> {row['resolved'] or '-'}"


def count_lines(rows: Any) -> Iterator[str]:
    counts = Counter((row["source"], row["resolved"] or f"[[{row['target']}]]") for row in rows)
    for (source, target), count in counts.items():
        yield f"{source} {target} {count}"


def tag_lines(rows: Any) -> Iterator[str]:
    for row in rows:
        yield f"{place(row['source'], row['line'])} {row['tag']}"


def path_lines(rows: Any) -> Iterator[str]:
    for row in rows:
        yield row["path"]


def alias_lines(rows: Any) -> Iterator[str]:
    for row in rows:
        for alias in row["aliases"]:
            yield f"{row['path']} {alias}"


def property_lines(rows: Any) -> Iterator[str]:
    for row in rows:
        for key, value in row["properties"].items():
            yield f"{row['path']} {key} {as_json(value)}"


def field_lines(rows: Any) -> Iterator[str]:
    for row in rows:
        for field in row["fields"]:
            yield f"{row['path']}:{field['line']} {field['key']} {as_json(field['value'])}"


def date_lines(rows: Any) -> Iterator[str]:
    for row in rows:
        if row["date"]:
            yield f"{row['path']} {row['date']}"


def problem_lines(rows: Any) -> Iterator[str]:
    for row in rows:
        yield f"{row['code']} {place(row['path'] or '.', row['line'])}"


def promise_lines(day: Any) -> Iterator[str]:
    for row in day["promises"]:
        due = f" due={row['due']}" if row["due"] else ""
        yield f"{place(row['source'], row['line'])} {row['text']}{due}"


def daily_lines(day: Any) -> Iterator[str]:
    if day["daily_note"]:
        yield day["daily_note"]


def task_lines(files: dict[str, str]) -> Iterator[str]:
    """The tasks of the notes; no command prints them all."""
    for path, text in files.items():
        note = read_note(path, text)
        for item in note.items:
            if item.status is None or item.commented:
                continue
            task = read_task(note.passages[item.passage].text)
            due = f" due={task.due}" if task.due else ""
            done = f" done={task.completion}" if task.completion else ""
            yield f"{path}:{item.line} [{item.status}] {task.text}{due}{done}"


def begun_lines(diff: str) -> Iterator[str]:
    """What stands in a new daily note before the tool's own heading."""
    path = ""
    for line in diff.splitlines():
        if line.startswith("+++ b/"):
            path = line.removeprefix("+++ b/")
        elif line.startswith("+## Keep in touch"):
            return
        elif line.startswith("+") and line != "+":
            yield f"{path}: {line[1:]}"


COMMANDS: dict[str, tuple[str, Callable[[Any], Iterator[str]]]] = {
    "link": ("links", link_lines),
    "count": ("links", count_lines),
    "tag": ("tags", tag_lines),
    "note": ("notes", path_lines),
    "alias": ("notes", alias_lines),
    "property": ("notes", property_lines),
    "field": ("notes", field_lines),
    "date": ("notes", date_lines),
    "contact": ("contacts", path_lines),
    "problem": ("check", problem_lines),
    "promise": ("due --print", promise_lines),
    "daily": ("due --print", daily_lines),
}
