"""The index itself, for people and other programs: contacts, interactions, links, tags, notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.beginning import NO_CONTACTS, unless_empty
from vaulttool.cli.commands import N_, VaultCommand, argument, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.output import near, print_rows
from vaulttool.cli.terminal import ASIDE, PAST, Styled
from vaulttool.cli.values import contact_json, evidence_json, iso
from vaulttool.locale import fold
from vaulttool.markdown.values import alias_texts
from vaulttool.message import Term, msg
from vaulttool.people.cadence import describe, parse_cadence
from vaulttool.people.channels import ARROWS
from vaulttool.people.merging import known_by
from vaulttool.people.names import find_contact
from vaulttool.people.schema import Schema
from vaulttool.people.threads import readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaulttool.cli.output import Row
    from vaulttool.index import Snapshot
    from vaulttool.message import Table
    from vaulttool.model import Link, Note

_ARROWS = {ARROWS[arrow]: arrow for arrow in "→←↔"}


@click.command(
    "contacts",
    cls=VaultCommand,
    help=N_("List the contacts, by name.\n\nExample: vault contacts --format csv"),
)
@pass_app
def contacts_command(app: App) -> None:
    """List the contacts."""
    day = app.day()
    contacts = sorted(app.people().contacts.values(), key=lambda one: (fold(one.name), one.path))
    rows = [contact_json(app, contact, day.verdicts[contact.path]) for contact in contacts]
    columns = [
        ("name", msg("Name")),
        ("circle", msg("Circle")),
        ("stage", msg("Stage")),
        ("every", msg("Cadence")),
        ("last_contact", msg("Last contact")),
        ("next_due", msg("Due")),
        ("path", msg("Note")),
    ]
    spare = ("path", "stage", "every", "circle", "last_contact")
    print_rows(app, rows, columns, NO_CONTACTS, lambda row: _contact_words(app, row), spare)


def _contact_words(app: App, row: Row) -> Row:
    every = parse_cadence(row["every"] or "")
    is_past = row["verdict"] == "due" and row["next_due"] < app.today.isoformat()
    return {
        **_worded(app, row, {"circle": "circles", "stage": "stages"}),
        "every": app.say(describe(every)) if every else row["every"],
        "last_contact": _near(app, row["last_contact"]),
        "next_due": replace(_near(app, row["next_due"]), style=PAST if is_past else ""),
    }


def _near(app: App, day: str | None) -> Styled:
    """A day of a row as people read it."""
    return near(app, date.fromisoformat(day)) if day else Styled("")


def _place(row: Row) -> Styled:
    """Where something stands."""
    return Styled(f"{row['source']}:{row['line']}" if row["line"] else row["source"], ASIDE)


def _worded(app: App, row: Row, tables: Mapping[str, Table]) -> Row:
    """Put the words of the user's language into a row."""
    words = {
        key: app.catalogue.term(Term(table, row[key])) for key, table in tables.items() if row[key]
    }
    return {**row, **words}


@click.command(
    "interactions",
    cls=VaultCommand,
    help=N_(
        "List the dated evidence of being in touch, newest first, with everybody or with one"
        " contact.\n\nExample: vault interactions anna"
    ),
)
@argument("name", nargs=-1, type=NAME)
@option("--all", "show_all", is_flag=True, help=N_("Show what does not count too, and why."))
@pass_app
def interactions_command(app: App, name: tuple[str, ...], show_all: bool) -> None:
    """List the interactions."""
    people = app.people()
    only = find_contact(" ".join(name), people.contacts).path if name else None
    rows: list[dict[str, Any]] = [
        {"name": contact.name, "path": path, **evidence_json(app, trace)}
        for path, contact in people.contacts.items()
        if only in (None, path)
        for trace in known_by(people.traces.evidence[path], app.today)
        if trace.counts or show_all
    ]
    rows.sort(key=lambda row: (fold(row["name"]), row["path"], row["source"], row["line"]))
    rows.sort(key=lambda row: (row["date"], row["time"] or ""), reverse=True)
    columns = [
        ("date", msg("Date")),
        ("name", msg("Name")),
        ("channel", msg("Channel")),
        ("place", msg("Where")),
        ("text", msg("Text")),
    ]
    if show_all:
        columns.insert(-1, ("reason", msg("Does not count")))
    empty = unless_empty(people, msg("No dated line in the vault speaks of being in touch."))

    def show(row: Row) -> Row:
        words = _worded(app, row, {"channel": "channel_names"})
        how = f"{words['channel'] or ''} {_ARROWS.get(row['direction'], '')}".strip()
        return {
            **words,
            "date": _near(app, row["date"]),
            "channel": how,
            "place": _place(row),
            "text": readable(row["text"]),
        }

    spare = ("place", "channel", "reason")
    print_rows(app, rows, columns, empty, show, ("name", *spare) if only else spare)


@click.command(
    "links",
    cls=VaultCommand,
    help=N_(
        "List all links of notes and canvases, with where they lead."
        "\n\nExample: vault links --format json"
    ),
)
@pass_app
def links_command(app: App) -> None:
    """List the links."""
    with app.watching(app.snapshot(excluded=True)) as snapshot:
        rows = [_link_row(path, link, target) for path in snapshot.targets
            for link, target in snapshot.links_of(path)]  # fmt: skip
    rows.sort(key=lambda row: (row["source"], row["line"] or 0))
    columns = [
        ("place", msg("Where")),
        ("target", msg("Target")),
        ("resolved", msg("Leads to")),
    ]

    def show(row: Row) -> Row:
        mark, subpath = "!" if row["embed"] else "", row["subpath"]
        target = f"{mark}{row['target']}{f'#{subpath}' if subpath else ''}"
        return {**row, "place": _place(row), "target": target, "path": row["source"]}

    print_rows(app, rows, columns, msg("No links in the vault."), show, ("resolved",))


def _link_row(path: str, link: Link, target: str | None) -> dict[str, Any]:
    return {
        "source": path,
        "line": link.line,
        "kind": link.kind,
        "property": link.property,
        "target": link.target,
        "subpath": link.subpath,
        "display": link.display,
        "embed": link.embed,
        "resolved": target,
    }


@click.command(
    "tags",
    cls=VaultCommand,
    help=N_("List all tags, with where they stand.\n\nExample: vault tags --format csv"),
)
@pass_app
def tags_command(app: App) -> None:
    """List the tags."""
    with app.watching(app.snapshot()) as snapshot:
        rows = [
            {"source": path, "line": tag.line, "tag": tag.tag}
            for path, note in snapshot.notes.items()
            for tag in note.tags
        ]
    rows.sort(key=lambda row: (str(row["source"]), row["line"]))
    columns = [("place", msg("Where")), ("tag", msg("Tag"))]

    def show(row: Row) -> Row:
        return {**row, "place": _place(row), "path": row["source"]}

    print_rows(app, rows, columns, msg("No tags in the vault."), show)


@click.command(
    "notes",
    cls=VaultCommand,
    help=N_("List all notes with their properties.\n\nExample: vault notes --format json"),
)
@option("--files", is_flag=True, help=N_("List the other files too: canvases, Bases, attachments."))
@pass_app
def notes_command(app: App, *, files: bool) -> None:
    """List the notes."""
    with app.watching(app.snapshot()) as snapshot:
        schema = Schema(snapshot.settings)
        rows = [_note_row(note, schema, snapshot) for note in snapshot.notes.values()]
    if files:
        others = (path for paths in snapshot.files.by_path.values() for path in paths)
        rows += [_file_row(path) for path in others if not path.lower().endswith(".md")]
        rows.sort(key=lambda row: str(row["path"]))
    columns = [
        ("path", msg("Note")),
        ("date", msg("Date")),
        ("aliases", msg("Aliases")),
        ("tags", msg("Tags")),
    ]

    def show(row: Row) -> Row:
        return {**row, "date": _near(app, row["date"])}

    print_rows(app, rows, columns, msg("The folder holds no notes."), show, ("tags", "aliases"))


def _note_row(note: Note, schema: Schema, snapshot: Snapshot) -> dict[str, Any]:
    aliases = schema.read(note).get("aliases")
    return {
        **_file_row(note.path),
        "title": note.title,
        "aliases": alias_texts(aliases) if aliases else [],
        "tags": list(dict.fromkeys(tag.tag for tag in note.tags)),
        "properties": {item.key: item.value for item in note.properties},
        "fields": [
            {
                "line": field.line,
                "item": note.items[field.item].line if field.item >= 0 else None,
                "key": field.key,
                "value": field.value,
            }
            for field in note.fields
        ],
        "date": iso(snapshot.dates.get(note.path)),
    }


def _file_row(path: str) -> dict[str, Any]:
    """A file that is no note, in the shape of a note that says nothing."""
    return {
        "path": path,
        "title": path.rpartition("/")[2],
        "aliases": [],
        "tags": [],
        "properties": {},
        "fields": [],
        "date": None,
    }
