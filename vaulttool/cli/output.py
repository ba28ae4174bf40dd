"""Results on stdout: tables for people, JSON, CSV and Markdown for everything else."""

from __future__ import annotations

import io
import json
import math
import re
import sys
from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.plaintable import draw_table, is_narrow
from vaulttool.cli.terminal import address, bold, has_links, is_styled, linked, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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


def print_diff(text: str) -> None:
    """Print a diff, in which what is unsafe is seen."""
    click.echo(clean(text.replace("\r\n", "\n")), nl=False)


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
) -> None:
    """Print a list in the chosen format; an empty table says why it is empty.

    `show` puts the words of the user's language into a row, for tables: other programs get
    the canonical ones.
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
        print_table(app, map(show, rows), [(key, app.say(title)) for key, title in columns])


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


def print_table(app: App, rows: Iterable[Row], columns: Sequence[tuple[str, str]]) -> None:
    """Draw a table that fits the terminal; what has a path is a link to the note."""
    taken = list(rows)
    headings = [heading for _key, heading in columns]
    cells = [[one_line(cell(row.get(key))) for key, _heading in columns] for row in taken]
    shows_links = has_links(app)

    def link(number: int) -> str | None:
        path = taken[number].get("path") if shows_links else None
        return address(app.root, path) if isinstance(path, str) else None

    def first(number: int, text: str) -> str:
        shown = bold(text) if is_styled(app) else text
        target = link(number)
        return linked(shown, target) if target else shown

    lines = draw_table(headings, cells, width(), bold if is_styled(app) else str, first)
    if lines is None:
        from vaulttool.cli.foldedtable import draw_folded

        lines = draw_folded(_console(app), headings, cells, link)
    click.echo("\n".join(line.rstrip() for line in lines))


def one_line(text: str) -> str:
    """Make what a note says safe to print, on one line."""
    return re.sub(r"\s*\n\s*", " ", clean(text))


def print_line(app: App, text: str, style: str = "") -> None:
    """Print one line of text, folded at the terminal's width, as far in as it begins."""
    text = one_line(text)
    if not sys.stdout.isatty():
        click.echo(text)
    elif is_narrow(text) and len(text) <= width():
        click.echo(bold(text) if style == "bold" and is_styled(app) else text)
    else:
        from rich.text import Text

        console, inner = _console(app), text.lstrip(" ")
        lead = min(len(text) - len(inner), width() // 2)
        for line in Text(inner, style=style).wrap(console, width() - lead):
            line.rstrip()
            console.print(Text(" " * lead).append_text(line))


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
