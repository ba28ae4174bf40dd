"""`vault history --verify`: what in the journal is not as it was written."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.output import one_line, print_json
from vaulttool.errors import VaultError
from vaulttool.message import msg, nmsg
from vaulttool.vault.blocked import blocked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.cli.app import App
    from vaulttool.message import Message
    from vaulttool.vault.journal import Flaw, Journal

_FLAWS: dict[str, Message] = {
    "torn": msg("line {line} was cut short, as by a crash, and is passed over"),
    "foreign": msg("line {line} is no record, or none any more"),
    "record": msg("line {line} was changed after it was written"),
    "chain": msg("before line {line} something was taken away or put in"),
    "end": msg("after line {line} the end is missing: the file “head” knows a later record"),
    "head": msg(
        "the file “head” is missing or was changed: nothing tells whether the end is there"
    ),
    "records": msg("the records are missing: {file} is not there or empty"),
    "object": msg("the text {name} is not as it was kept"),
    "missing": msg("the text {name} is missing, though the tool has not let it go"),
    "left": msg("no record names the text {name}: a crash left it, or its record is gone"),
    "stray": msg("{name} is no file of the tool"),
}
_SHOWN = 10  # flaws of one kind; after them they are counted


@contextlib.contextmanager
def reading(journal: Journal) -> Iterator[None]:
    """Say what stands in the way of reading the journal, and what to do."""
    try:
        yield
    except OSError as error:
        raise blocked(error, journal.folder, writing=False) from error


def verify_journal(app: App, journal: Journal) -> None:
    """Print what is not as it was written; raises `VaultError` where something is damaged."""
    with reading(journal):
        flaws = list(journal.verify())
        count = len(journal.steps())
    if app.format == "json":
        print_json([_flaw_json(app, journal, flaw) for flaw in flaws])
    else:
        for kind in dict.fromkeys(flaw.kind for flaw in flaws):
            alike = [flaw for flaw in flaws if flaw.kind == kind]
            for flaw in alike[:_SHOWN]:
                click.echo(one_line(app.say(_flaw(journal, flaw))))
            if (more := len(alike) - _SHOWN) > 0:
                click.echo(app.say(nmsg("and {n} more such", "and {n} more such", more)))
    if any(flaw.is_damage for flaw in flaws):
        raise VaultError(
            msg(
                "the journal is not as it was written: what is damaged cannot be taken back; your"
                " notes are not concerned. To begin a new journal, move {folder} away",
                folder=str(journal.folder),
            )
        )
    app.note(nmsg("{n} step, and the chain holds", "{n} steps, and the chain holds", count))


def _flaw(journal: Journal, flaw: Flaw) -> Message:
    name = flaw.name if flaw.kind == "stray" else flaw.name[:12]
    return msg(_FLAWS[flaw.kind].text, line=flaw.line, name=name, file=str(journal.file))


def _flaw_json(app: App, journal: Journal, flaw: Flaw) -> dict[str, Any]:
    return {
        "code": flaw.kind,
        "is_damage": flaw.is_damage,
        "line": flaw.line,
        "name": flaw.name or None,
        "message": app.say(_flaw(journal, flaw)),
    }
