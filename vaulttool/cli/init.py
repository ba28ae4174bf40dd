"""`vault init`: settings with comments, and a contact template, where they are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.message import msg, nmsg
from vaulttool.vault.locate import CONFIG_NAME
from vaulttool.vault.options import OPTIONS
from vaulttool.vault.store import read_source
from vaulttool.vault.templates import template_text

if TYPE_CHECKING:
    from vaulttool.vault.change import Change

TEMPLATE_NAMES = {"en": ("Templates", "Contact.md"), "ru": ("Шаблоны", "Контакт.md")}


@click.command(
    "init",
    cls=VaultCommand,
    help=N_(
        "Set up a vault: write vaulttool.toml, in which every setting is explained and left at"
        " its default, and a template for contacts. What is there already stays as it is."
        "\n\nExample: vault init --dry-run"
    ),
)
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def init_command(app: App, dry_run: bool) -> None:
    """Set up a vault."""
    people = app.people()
    folders = people.snapshot.settings.template_folders
    own_folder, name = TEMPLATE_NAMES[app.lang]
    template = f"{folders[0] if folders else own_folder}/{name}"
    wanted = {
        CONFIG_NAME: settings_text(app),
        template: template_text(f"contact.{app.lang}.md"),
    }

    def plan() -> list[Change]:
        changes: list[Change] = []
        for path, text in wanted.items():
            source = read_source(app.root, path)
            if source.data is None:
                changes.append(source.change(text))
            else:
                app.note(msg("{path} is there already: it stays as it is", path=path))
        return changes

    for path in app.write(plan, dry_run=dry_run):
        app.note(msg("Written: {path}", path=path))
    count = len(people.contacts)
    app.note(nmsg("{n} contact found; `vault due` shows today's list.",
        "{n} contacts found; `vault due` shows today's list.", count))  # fmt: skip


def settings_text(app: App) -> str:
    """Write `vaulttool.toml` with every setting as a comment."""
    lines = [
        "# " + app.say(msg("Settings of vault. Nothing has to be set: these are examples.")),
        "# " + app.say(msg("Take the # away from a line to use it.")),
    ]
    section = ""
    for option_ in OPTIONS.values():
        table, _dot, key = option_.name.rpartition(".")
        is_table = not option_.example.startswith(f"{key} =")
        heading = option_.name if is_table else table
        if heading != section:
            lines += ["", f"[{heading}]"]
            section = heading
        lines += [f"# {app.say(option_.what)}", f"# {option_.example}"]
    return "\n".join(lines) + "\n"
