"""`vault init`: settings with comments, a template, a Base, where they are not there yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.beginning import folders_line, found, how_to_begin
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.daily.lines import block_language
from vaulttool.daily.template import daily_path
from vaulttool.errors import VaultNotFoundError
from vaulttool.locale import fold
from vaulttool.message import msg
from vaulttool.people.agenda import read_people
from vaulttool.people.base_text import BASE_NAMES, base_text
from vaulttool.people.likely import likely_folders
from vaulttool.people.newcomer import contact_tag, template_for, usual_home
from vaulttool.people.schema import all_words
from vaulttool.vault.git import has_repository
from vaulttool.vault.locate import CONFIG_NAME, config_folder, is_vault, new_vault
from vaulttool.vault.options import OPTIONS
from vaulttool.vault.store import read_source
from vaulttool.vault.templates import template_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.message import Message
    from vaulttool.model import Language
    from vaulttool.people.agenda import People
    from vaulttool.vault.change import Change

TEMPLATE_NAMES = {"en": ("Templates", "Contact.md"), "ru": ("Шаблоны", "Контакт.md")}
ATTRIBUTES = ".gitattributes"


@click.command(
    "init",
    cls=VaultCommand,
    help=N_(
        "Set up a vault: write vaulttool.toml, in which every setting is explained and left at"
        " its default (but for the folder of people, where it finds one of another name), a"
        " template for contacts, a Base that lists them, and .gitattributes where there is git."
        " Where no vault is found, this folder becomes one. It asks nothing, and what is there"
        " already stays as it is."
        "\n\nExample: vault init --dry-run"
    ),
)
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def init_command(app: App, dry_run: bool) -> None:
    """Set up a vault."""
    is_new = _choose_folder(app)
    people = app.people()

    def plan() -> list[Change]:
        changes: list[Change] = []
        for path, text in _wanted(app, app.people()).items():
            source = read_source(app.root, path)
            if source.data is None and text is not None:
                changes.append(source.change(text))
            else:
                app.note(msg("{path} is there already: it stays as it is", path=path))
        return changes

    written = app.write(plan, dry_run=dry_run)
    for path in written:
        app.note(msg("Written: {path}", path=path))
    if CONFIG_NAME in written:
        people = app.people_anew()
    if is_new and not dry_run:
        app.note(msg("{folder} is a vault from now on.", folder=str(app.root)))
    if not config_folder(app.root):
        app.note(
            msg("There is no .obsidian folder, and so no Base: run this again when there is one.")
        )
    app.note(_daily_notes(app, people))
    for message in _contacts(app, people):
        app.note(message)


def _choose_folder(app: App) -> bool:
    """Where no vault is found, take the folder that the user is in; tells whether it is new."""
    try:
        return not is_vault(app.root)
    except VaultNotFoundError:
        app.vault = str(new_vault(Path.cwd()))
        return True


def _contacts(app: App, people: People) -> Iterator[Message]:
    """Say who was found, and what to do next."""
    if people.contacts:
        yield msg("{found}; `vault due` shows today's list.", found=found(app))
    else:
        yield found(app)
        yield from how_to_begin(app)


def _wanted(app: App, people: People) -> dict[str, str | None]:
    """The files that a vault is to have, with their texts; None for one that it has already."""
    folders_of_people = () if people.contacts else likely_folders(people.snapshot)
    if folders_of_people:
        settings = replace(people.snapshot.settings, contact_folders=folders_of_people)
        people = read_people(replace(people.snapshot, settings=settings))
    snapshot = people.snapshot
    lang: Language = app.lang
    if app.lang_option is None and people.contacts:
        lang = block_language(people)
    own_folder, name = TEMPLATE_NAMES[lang]
    daily_template, _slash, _name = snapshot.settings.daily.template.rpartition("/")
    folders = tuple(
        dict.fromkeys(filter(None, (*snapshot.settings.template_folders, daily_template)))
    )
    template = f"{(*folders, own_folder)[0]}/{name}"
    wanted: dict[str, str | None] = {CONFIG_NAME: settings_text(app, folders_of_people)}
    there = template_for(snapshot, lang, (*folders, own_folder))
    wanted[there or template] = None if there else template_text(f"contact.{lang}.md")
    if config_folder(app.root):  # Bases are Obsidian's
        base = _base_of(people)
        home = "" if people.contacts else usual_home(snapshot, lang)
        tag = contact_tag(snapshot.settings, lang)
        text = base_text(people.contacts.values(), home, tag, folders or (own_folder,), lang)
        wanted[base or BASE_NAMES[lang]] = None if base else text
    if has_repository(app.root):
        wanted[ATTRIBUTES] = template_text("gitattributes")
    return wanted


def _base_of(people: People) -> str | None:
    """A Base of contacts that is there already, by its name."""
    words = {
        fold(word) for table in ("contact_folders", "people_notes") for word in all_words(table)
    }
    files = (path for paths in people.snapshot.files.by_path.values() for path in paths)
    bases = sorted(path for path in files if path.lower().endswith(".base"))
    return next(
        (path for path in bases if fold(path.rpartition("/")[2][: -len(".base")]) in words), None
    )


def _daily_notes(app: App, people: People) -> Message:
    """Say where today's note is, as the vault's own settings have it."""
    moment = datetime.combine(app.today, time(12))
    return msg("Today's daily note: {path}",
        path=daily_path(people.snapshot, moment, block_language(people)))  # fmt: skip


def settings_text(app: App, folders: tuple[str, ...] = ()) -> str:
    """Write `vaulttool.toml` with every setting as a comment, but for folders of contacts."""
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
        is_set = option_.name == "contacts.folders" and folders
        line = folders_line(folders) if is_set else f"# {option_.example}"
        lines += [f"# {app.say(option_.what)}", line]
    return "\n".join(lines) + "\n"
