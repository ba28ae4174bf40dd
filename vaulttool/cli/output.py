"""Results on stdout: tables for people, JSON, CSV and Markdown for everything else."""

from __future__ import annotations

import io
import json
import math
import re
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.plaintable import is_narrow
from vaulttool.cli.table import Table
from vaulttool.cli.terminal import (
    ADDED,
    ASIDE,
    ERROR,
    REMOVED,
    TITLE,
    Styled,
    address,
    has_links,
    is_styled,
    painted,
    width,
    width_of_errors,
)
from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from vaulttool.cli.app import App
    from vaulttool.message import Message

# Controls, bidirectional overrides and zero-width characters: a note's text must not
# steer the terminal, nor look like what it is not.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, Any]


def clean(text: str) -> str:
    """Make what a note says safe to print: unsafe characters become visible escapes."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def print_json(value: object) -> None:
    """Print JSON, letters as they are; numbers that JSON lacks are null."""
    click.echo(json_text(value, indent=2))


def json_text(value: object, indent: int | None = None) -> str:
    """Make JSON in which unsafe characters are escaped; to its reader they are the same."""
    return clean(json.dumps(_finite(value), ensure_ascii=False, indent=indent, allow_nan=False))


def print_diff(app: App, text: str) -> None:
    """Print a diff, in which what is unsafe is seen."""
    shown = clean(text.replace("\r\n", "\n"))
    if is_styled(app):
        shown = "".join(map(_diff_line, shown.splitlines(keepends=True)))
    click.echo(shown, nl=False)


def _diff_line(line: str) -> str:
    styles = {"+++ ": TITLE, "--- ": TITLE, "@": ASIDE, "+": ADDED, "-": REMOVED}
    text = line.rstrip("\n")
    style = next((style for sign, style in styles.items() if text.startswith(sign)), "")
    return painted(text, style) + line[len(text) :]


def _finite(value: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list | tuple) else value


def print_rows(
    app: App,
    rows: Sequence[Row],
    columns: Sequence[tuple[str, Message]],
    empty: Message,
    show: Callable[[Row], Row] = dict,
    spare: Sequence[str] = (),
) -> None:
    """Print a list in the chosen format; an empty table says why it is empty.

    `show` puts the words of the user's language into a row, for tables: other programs get
    the canonical ones. `spare` names the columns that a narrow terminal may leave out, the
    least important first.
    """
    if app.format == "json":
        print_json(list(rows))
    elif app.format == "csv":
        print_csv(rows, list(rows[0]) if rows else [key for key, _title in columns])
    elif not rows:
        app.note(empty)
    elif app.format == "md":
        print_markdown(map(show, rows), [(key, app.say(title)) for key, title in columns])
    else:
        print_table(app, map(show, rows), [(key, app.say(title)) for key, title in columns], spare)


def print_csv(rows: Iterable[Row], keys: Sequence[str]) -> None:
    """Print CSV with a heading line; a cell that a spreadsheet would run is made text.

    Unsafe characters are escaped as everywhere: JSON gives the very text.
    """
    import csv

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(keys)
    for row in rows:
        writer.writerow([_csv_cell(row.get(key)) for key in keys])
    click.echo(buffer.getvalue(), nl=False)


def _csv_cell(value: object) -> str:
    text = clean(value if isinstance(value, str) else cell(value))
    is_text = not isinstance(value, int | float)
    return "'" + text if is_text and text.startswith(_FORMULA) else text


def print_markdown(rows: Iterable[Row], columns: Sequence[tuple[str, str]]) -> None:
    """Print a Markdown table."""
    click.echo("| " + " | ".join(title for _key, title in columns) + " |")
    click.echo("| " + " | ".join("---" for _ in columns) + " |")
    for row in rows:
        cells = [clean(cell(row.get(key))).replace("|", "\\|") for key, _title in columns]
        click.echo("| " + " | ".join(text.replace("\n", " ") for text in cells) + " |")


def cell(value: object) -> str:
    """Show a value in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(_finite(value), ensure_ascii=False)
    return f"{value:g}" if isinstance(value, float) else str(value)


def print_table(
    app: App,
    rows: Iterable[Row],
    columns: Sequence[tuple[str, str]],
    spare: Sequence[str] = (),
) -> None:
    """Draw a table that fits the terminal; what has a path is a link to the note."""
    styled, links = is_styled(app), has_links(app)

    def cells(row: Row) -> list[Styled]:
        found = [_styled(row.get(key), styled) for key, _heading in columns]
        path = row.get("path") if links else None
        link = address(app.root, path) if isinstance(path, str) else ""
        return [replace(found[0], style=TITLE if styled else "", link=link), *found[1:]]

    headings = [Styled(heading, TITLE if styled else "") for _key, heading in columns]
    keys = [key for key, _heading in columns]
    # In a file, which nobody may be looking at, nothing is missing.
    may_go = [keys.index(key) for key in spare if key in keys] if sys.stdout.isatty() else []
    table = Table(headings, list(map(cells, rows)))
    lines, hidden = table.fit(width(), may_go, partial(_console, app))
    click.echo("\n".join(line.rstrip() for line in lines))
    if hidden:
        app.note(msg("{columns}: not shown at this width", columns=hidden))


def _styled(value: object, styled: bool) -> Styled:
    if not isinstance(value, Styled):
        return Styled(one_line(cell(value)))
    return replace(value, text=one_line(value.text), style=value.style if styled else "")


def near(app: App, day: date) -> Styled:
    """A day in a table, as it is seen from today; where there is no room as a date."""
    catalogue = app.catalogue
    return Styled(catalogue.near_date(day, app.today), short=catalogue.short_date(day))


def one_line(text: str) -> str:
    """Make what a note says safe to print, on one line."""
    return re.sub(r"\s*\n\s*", " ", clean(text))


def print_line(app: App, *parts: str | Styled, style: str = "", hang: int = 0) -> None:
    """Print one line, folded at the terminal's width, as far in as it begins and `hang` more."""
    styled = is_styled(app)
    given = (Styled(part, style) if isinstance(part, str) else part for part in parts)
    shown = [_styled(part, styled) for part in given]
    text = "".join(part.text for part in shown)
    if not sys.stdout.isatty() or (is_narrow(text) and len(text) <= width()):
        click.echo("".join(part.shown() for part in shown))
        return
    from vaulttool.cli.foldedtable import fold_line

    for line in fold_line(_console(app), shown, hang):
        click.echo(line)


def print_error(app: App, text: str) -> None:
    """Print what went wrong: its first word, which says so, stands out."""
    label, colon, rest = text.partition(":")
    shown = painted(label + colon, ERROR) if is_styled(app, sys.stderr) else label + colon
    click.echo(f"{shown}{rest}", err=True)


def print_note(text: str) -> None:
    """Print something beside the result, folded at the terminal's width."""
    most = width_of_errors()
    for line in text.split("\n"):
        if most is None or (is_narrow(line) and len(line) <= most):
            click.echo(line, err=True)
        else:
            from rich.console import Console
            from rich.text import Text

            for part in Text(line).wrap(Console(width=most), most):
                click.echo(part.plain.rstrip(), err=True)


def _console(app: App) -> Any:  # noqa: ANN401 - rich is imported only where text is folded
    from rich.console import Console

    styled = is_styled(app)
    return Console(
        file=sys.stdout,
        no_color=not styled,
        highlight=False,
        markup=False,
        emoji=False,
        width=width(),
        legacy_windows=False,
        force_terminal=None if styled else False,
    )
