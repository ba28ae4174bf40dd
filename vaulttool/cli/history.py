"""`vault history`, `undo` and `forget`: what the tool wrote, and taking it back."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, Number, VaultCommand, argument, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.output import print_diff, print_rows
from vaulttool.cli.verify import reading, verify_journal
from vaulttool.errors import AmbiguousNameError, RefusedError, UnknownNameError, UsageError
from vaulttool.message import msg, nmsg
from vaulttool.people.names import find_contact, is_whole, name_form

if TYPE_CHECKING:
    from vaulttool.vault.change import Change
    from vaulttool.vault.journal import Step


@click.command(
    "history",
    cls=VaultCommand,
    help=N_(
        "List what the tool wrote, the newest first, or what it wrote into one note: that of a"
        " person, or one that you name by its title or path.\n\nExample: vault history anna"
    ),
)
@argument("name", nargs=-1, type=NAME)
@option("--verify", is_flag=True, help=N_("Check that the journal is as it was written."))
@pass_app
def history_command(app: App, name: tuple[str, ...], *, verify: bool) -> None:
    """List the steps."""
    from vaulttool.vault.chain import name_of
    from vaulttool.vault.undo import taken_back_by

    _now, journal = app.now, app.storage.journal  # a bad day is said before anything else
    if verify:
        verify_journal(app, journal)
        return
    with reading(journal):
        steps = journal.steps()
    only = _named(app, " ".join(name), steps) if name else None
    undone = taken_back_by(steps)
    rows = [
        _row(step, undone.get(step.number))
        for step in reversed(steps)
        if step.touched and (only is None or any(one.path in only for one in step.touched))
    ]
    columns = [
        ("step", msg("Step")),
        ("time", msg("When")),
        ("command", msg("Command")),
        ("notes", msg("Notes")),
        ("undone_by", msg("Taken back by")),
    ]
    empty = msg("The tool has written nothing into this vault yet.")
    if only:
        empty = msg("The tool has written nothing into {path} yet.", path=min(only))
        purged = {one.key for step in steps for one in step.touched if not one.path}
        if purged & {name_of(path.encode()) for path in only}:
            empty = msg("The history of {path} was purged.", path=min(only))

    def show(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "time": _when(app, row["time"])}

    if not any(row["undone_by"] for row in rows):
        columns.pop()
    print_rows(app, rows, columns, empty, show, ("command", "undone_by"))


def _when(app: App, time: str) -> str:
    """A moment of a row as people read it: `today 17:54`."""
    moment = datetime.fromisoformat(time)
    return f"{app.catalogue.near_date(moment.date(), app.today)} {moment:%H:%M}"


def _named(app: App, name: str, steps: list[Step]) -> set[str]:
    """The paths of the notes that a name means: also of one that has another name by now.

    A whole path or title; else a person by any of her names; else a part of a title.
    """
    written = {one.path for step in steps for one in step.touched if one.path}
    wanted = _form(name.removeprefix(f"{app.root.as_posix()}/").removeprefix("./"))
    known = {*written, *app.people().snapshot.notes}
    if exact := {path for path in known if wanted in (_form(path), _title(path))}:
        return exact
    try:
        return {find_contact(name, app.people().contacts).path}
    except UnknownNameError:
        parts = sorted(path for path in written if wanted and wanted in _title(path))
        if len(parts) == 1:
            return set(parts)
        if parts:
            raise AmbiguousNameError(
                msg("“{name}” may mean {candidates}: write more of the name, or the path",
                    name=name, candidates=parts), candidates=parts) from None  # fmt: skip
        raise


def _form(path: str) -> str:
    return name_form(path).removesuffix(".md")


def _title(path: str) -> str:
    return _form(path.rpartition("/")[2])


def _row(step: Step, undone_by: int | None) -> dict[str, Any]:
    return {
        "step": step.number,
        "time": step.time.strftime("%Y-%m-%d %H:%M"),
        "command": step.command,
        "notes": [one.path or "…" for one in step.touched],
        "undoes": list(step.undoes),
        "undone_by": undone_by,
    }


@click.command(
    "undo",
    cls=VaultCommand,
    help=N_(
        "Take back what the last command wrote, or the step with a number from `vault history`."
        " What you have written since stays.\n\nExample: vault undo"
    ),
)
@argument("step", type=Number(min=1), required=False)
@option("--last", type=Number(min=1), default=1, help=N_("Take back so many steps."))
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def undo_command(app: App, step: int | None, *, last: int, dry_run: bool) -> None:
    """Take back steps."""
    if step is not None and last != 1:
        raise UsageError(msg("undo: give the number of a step, or --last, not both"))
    for path in take_back(app, step, last, dry_run=dry_run):
        app.note(msg("taken back: {path}", path=path))


def take_back(app: App, step: int | None, last: int = 1, *, dry_run: bool = False) -> list[str]:
    """Take back the step with a number, else the last ones; gives the paths of the notes."""
    from vaulttool.vault.undo import inverse, steps_to_undo
    from vaulttool.vault.write import look_after

    storage, now = app.storage, app.now
    look_after(storage, now)
    journal = storage.journal
    numbers: list[int] = []

    def plan() -> list[Change]:
        chosen = steps_to_undo(journal.steps(), step, last)
        numbers[:] = [one.number for one in chosen]
        try:
            return inverse(app.root, journal, chosen)
        except RefusedError as error:
            if patch := error.details.get("patch"):
                print_diff(app, str(patch))
            raise

    return app.write(plan, dry_run=dry_run, undoes=numbers)


@click.command(
    "forget",
    cls=VaultCommand,
    help=N_(
        "Purge a person from the tool's history: all old texts of the note, and those of other"
        " notes in which the name stands. The note itself stays. This cannot be undone: it takes"
        ' the whole name.\n\nExample: vault forget "Anna Petrova" --dry-run'
    ),
)
@argument("name", nargs=-1, required=True, type=NAME)
@option("--dry-run", is_flag=True, help=N_("Say how much would go, and purge nothing."))
@pass_app
def forget_command(app: App, name: tuple[str, ...], *, dry_run: bool) -> None:
    """Purge a person from the journal."""
    from vaulttool.vault.locate import cache_folder
    from vaulttool.vault.own import discard
    from vaulttool.vault.recover import leftovers
    from vaulttool.vault.retention import purge, spoken_of
    from vaulttool.vault.write import locked, look_after

    given = " ".join(name)
    contact = find_contact(given, app.people().contacts)
    if not is_whole(given, contact):
        raise UsageError(
            msg("forget: expected a whole name, found “{found}”; did you mean {near}?",
                found=given, near=contact.name)
        )  # fmt: skip
    if not dry_run:
        look_after(app.storage, app.now)
    with locked(app.storage) as journal:
        beside = [path for _one, path in leftovers(app.root, journal, journal.steps())]
        if beside and not dry_run:  # an editor that had a note open may still write into one
            raise RefusedError(msg("a note was written less than a minute ago, and its old file is"
                " still kept for an editor that had it open: try again in a minute"))  # fmt: skip
        found = spoken_of(journal, [contact.path], [contact.name, *contact.aliases], beside)
        if not dry_run:
            purge(journal, [contact.path], found)
            discard(cache_folder(os.environ, app.root))  # it may hold older texts
    if dry_run:
        app.note(nmsg("{n} old text speaks of {name}", "{n} old texts speak of {name}", len(found),
            name=contact.name))  # fmt: skip
        return
    app.note(
        nmsg(
            "{n} old text that speaks of {name} is gone; what wrote it cannot be taken back",
            "{n} old texts that speak of {name} are gone; what wrote them cannot be taken back",
            len(found),
            name=contact.name,
        )
    )
