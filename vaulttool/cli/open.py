"""`vault open`: show a note in Obsidian, or in the editor."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, argument, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.terminal import address
from vaulttool.errors import VaultError
from vaulttool.message import msg
from vaulttool.people.names import find_contact
from vaulttool.vault.locate import config_folder

if TYPE_CHECKING:
    from vaulttool.message import Message


@click.command(
    "open",
    cls=VaultCommand,
    help=N_(
        "Open a contact's note: in Obsidian where the vault is one of its own, else in the editor"
        " that $VISUAL or $EDITOR names.\n\nExample: vault open anna"
    ),
)
@argument("name", nargs=-1, required=True, type=NAME)
@option("--editor", is_flag=True, help=N_("Open it in the editor."))
@option("--print", "print_only", is_flag=True, help=N_("Print the address of the note only."))
@pass_app
def open_command(app: App, name: tuple[str, ...], editor: bool, print_only: bool) -> None:
    """Open a note."""
    path = find_contact(" ".join(name), app.people().contacts).path
    if print_only:
        click.echo(address(app.root, path))
        return
    open_note(app, path, editor=editor)


def open_note(app: App, path: str, *, editor: bool = False) -> None:
    """Open a note and, in an editor of the terminal, wait until it is closed."""
    file = app.root / path
    variable = "VISUAL" if os.environ.get("VISUAL", "").strip() else "EDITOR"
    chosen = os.environ.get(variable, "").strip()
    is_obsidians = bool(config_folder(app.root))
    if not editor and is_obsidians and click.launch(address(app.root, path)) == 0:
        return
    if not chosen:
        raise VaultError(
            msg("{path} cannot be opened: set $EDITOR to the editor of your choice", path=path)
        )
    try:
        click.edit(editor=chosen, filename=str(file))
    except (click.ClickException, ValueError):  # in words of its own, of one language
        raise VaultError(_trouble(variable, chosen, path)) from None


def _trouble(variable: str, chosen: str, path: str) -> Message:
    """Why an editor showed nothing."""
    with contextlib.suppress(ValueError):  # quotes that are not closed
        if any(map(shutil.which, shlex.split(chosen)[:1])):
            return msg("{path}: the editor “{editor}” ended with an error",
                path=path, editor=chosen)  # fmt: skip
    return msg(
        "{path} cannot be opened: ${variable} names “{editor}”, and there is no such program; set"
        " it to the editor of your choice", path=path, variable=variable, editor=chosen,
    )  # fmt: skip
