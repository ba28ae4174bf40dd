"""`vault open`: show a note in Obsidian, or in the editor."""

from __future__ import annotations

import os

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.completing import NAME
from vaulttool.cli.terminal import address
from vaulttool.errors import VaultError
from vaulttool.message import msg
from vaulttool.people.names import find_contact
from vaulttool.vault.locate import config_folder


@click.command(
    "open",
    cls=VaultCommand,
    help=N_(
        "Open a contact's note: in Obsidian where the vault is one of its own, else in the editor"
        " that $VISUAL or $EDITOR names.\n\nExample: vault open anna"
    ),
)
@click.argument("name", nargs=-1, required=True, type=NAME)
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
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    is_obsidians = bool(config_folder(app.root))
    if not editor and is_obsidians and click.launch(address(app.root, path)) == 0:
        return
    if not chosen:
        raise VaultError(
            msg("{path} cannot be opened: set $EDITOR to the editor of your choice", path=path)
        )
    click.edit(editor=chosen, filename=str(file))
