"""`vault mentions`: names in prose that are no links yet; `--fix` makes them links."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.beginning import unless_empty
from vaulttool.cli.commands import N_, VaultCommand, argument, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.output import print_diff, print_rows
from vaulttool.errors import RefusedError, UsageError
from vaulttool.markdown.inert import is_linkable
from vaulttool.markdown.linking import Words, with_links
from vaulttool.markdown.note import title_of
from vaulttool.message import msg, nmsg
from vaulttool.people.names import find_contact
from vaulttool.people.unlinked import find_unlinked
from vaulttool.vault.change import diff
from vaulttool.vault.store import read_existing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaulttool.message import Message
    from vaulttool.people.agenda import People
    from vaulttool.people.unlinked import Unlinked
    from vaulttool.vault.change import Change

_ANSWERS = click.Choice(["y", "n", "a", "q"])


@click.command(
    "mentions",
    cls=VaultCommand,
    help=N_(
        "List names of contacts in your notes that are no links yet, and who is meant; with a"
        " name only of that contact. --fix makes links of those that are clear, and asks about"
        " each note before.\n\nExample: vault mentions --fix"
    ),
)
@argument("name", nargs=-1, type=NAME)
@option("--fix", is_flag=True, help=N_("Make links of the names that are clear."))
@option("--yes", "everywhere", is_flag=True, help=N_("With --fix: ask nothing."))
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def mentions_command(
    app: App, name: tuple[str, ...], fix: bool, everywhere: bool, dry_run: bool
) -> None:
    """List or link names."""
    if everywhere and not fix:
        raise UsageError(msg("--yes goes with --fix: without it nothing is written"))
    people = app.people()
    only = find_contact(" ".join(name), people.contacts).path if name else None
    with app.looking_through() as watched:
        unlinked = find_unlinked(watched)
    found = [one for one in unlinked if only is None or only in one.candidates]
    if not (fix or dry_run):
        _list(app, people, found)
    elif found:
        _fix(app, only, found, everywhere=everywhere, dry_run=dry_run)
    else:
        app.note(_nothing(people))


def _list(app: App, people: People, found: Sequence[Unlinked]) -> None:
    columns = [
        ("place", msg("Note")),
        ("text", msg("Written")),
        ("who", msg("Who")),
        ("why", msg("Why")),
    ]
    rows = [_row(app, people, one) for one in found]
    print_rows(app, rows, columns, _nothing(people), _shown, ("why",))


def _nothing(people: People) -> Message:
    return unless_empty(people, msg("No name of a contact stands there without a link."))


def _row(app: App, people: People, one: Unlinked) -> dict[str, Any]:
    return {
        "source": one.source,
        "line": one.line,
        "text": one.text,
        "path": one.path,
        "candidates": list(one.candidates),
        "names": [people.contacts[path].name for path in one.candidates],
        "why": app.say(one.why),
    }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    names = dict(zip(row["candidates"], row["names"], strict=True))
    who = names[row["path"]] if row["path"] else " / ".join(row["names"]) + " ?"
    place = f"{row['source']}:{row['line']}"
    return {**row, "place": place, "who": who, "path": row["source"]}


def _fix(
    app: App, only: str | None, found: Sequence[Unlinked], *, everywhere: bool, dry_run: bool
) -> None:
    taken = _clear(app, only, found)
    left = len(found) - sum(map(len, taken.values()))
    if taken and not (dry_run or everywhere):
        accepted = _asked(app, taken)
        taken = {path: names for path, names in taken.items() if path in accepted}
    count = sum(map(len, taken.values()))

    def plan() -> list[Change]:
        with app.looking_through() as watched:
            now = _clear(app, only, find_unlinked(watched))
        return [one for path in taken if path in now and (one := change(path, now[path]))]

    def change(path: str, names: list[Unlinked]) -> Change | None:
        try:
            return _change(app, path, names)
        except RefusedError as error:  # the other notes can be written all the same
            app.note(error.message)
            return None

    written = app.write(plan, dry_run=dry_run)
    if not dry_run:
        app.note(nmsg("{n} name is a link now", "{n} names are links now", count if written else 0))
    if left:
        app.note(nmsg("{n} name is not clear; `vault mentions` lists it",
            "{n} names are not clear; `vault mentions` lists them", left))  # fmt: skip


def _clear(app: App, only: str | None, found: Sequence[Unlinked]) -> dict[str, list[Unlinked]]:
    """The names of which it is clear who is meant, and that a link can carry, by note."""
    taken: dict[str, list[Unlinked]] = {}
    for one in found:
        if one.path and only in (None, one.path) and _target(app, one.path, one.source):
            taken.setdefault(one.source, []).append(one)
    return taken


def _target(app: App, path: str, source: str) -> str | None:
    """How a link from a note names a contact's: by the title where that is enough."""
    snapshot = app.people().snapshot
    for target in (title_of(path), path.removesuffix(".md")):
        if is_linkable(target) and snapshot.resolve(target, source) == path:
            return target
    return None


def _change(app: App, path: str, names: Sequence[Unlinked]) -> Change:
    source = read_existing(app.root, path)
    words = [
        Words(one.passage, one.start, one.end, _target(app, one.path or "", path) or "")
        for one in names
    ]
    try:
        return source.change(with_links(source.text, words))
    except RefusedError as error:
        raise RefusedError(msg("{path}: {problem}", path=path, problem=error.message)) from None


def _asked(app: App, taken: dict[str, list[Unlinked]]) -> set[str]:
    """Ask about each note, its diff shown before; gives those that are to be written."""
    if not sys.stdin.isatty():
        raise RefusedError(
            msg("--fix asks before it writes, and nobody is here to answer: --yes takes all,"
                " --dry-run shows them")
        )  # fmt: skip
    return set(_answers(app, taken))


def _answers(app: App, taken: dict[str, list[Unlinked]]) -> Iterator[str]:
    question = app.say(msg("Link these? y yes, n no, a all that follow, q stop"))
    to_all = False
    for path, names in taken.items():
        if not to_all:
            print_diff(app, diff([_change(app, path, names)]))
            answer = click.prompt(question, type=_ANSWERS, show_choices=False, err=True)
            if answer == "q":
                return
            to_all = answer == "a"
            if answer == "n":
                continue
        yield path
