"""`vault config`: the settings as they are in effect, each with where it was said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand
from vaulttool.cli.output import print_rows
from vaulttool.locale import LANGUAGES, words_of
from vaulttool.message import msg
from vaulttool.people.occasions import DEFAULT_LEAD, LEAD
from vaulttool.people.rules import CIRCLES, NEEDS
from vaulttool.people.schema import all_words
from vaulttool.vault.locate import CONFIG_NAME, config_folder, user_config_file
from vaulttool.vault.obsidian import origins
from vaulttool.vault.options import OPTIONS
from vaulttool.vault.settings import option_lines, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.cli.output import Row
    from vaulttool.settings import Settings

DEFAULT = "default"
# What Obsidian and its plugins say, as the settings of `vaulttool.toml` would name it.
_OF_OBSIDIAN = {
    "daily.folder": "daily.folder",
    "daily.format": "daily.format",
    "daily.template": "daily.template",
    "daily.indent": "daily.indent",
    "templates.folders": "template_folders",
    "templates.date": "date_format",
    "templates.time": "time_format",
    "tasks.done": "done_statuses",
    "tasks.open": "open_statuses",
    "tasks.filter": "task_filter",
    "vault.excluded": "excluded",
}


@click.command(
    "config",
    cls=VaultCommand,
    help=N_(
        "List the settings that are in effect, each with its value and where it comes from:"
        " vaulttool.toml with the line, Obsidian's own settings, or the default. Nothing is"
        " changed.\n\nExample: vault config --format json"
    ),
)
@pass_app
def config_command(app: App) -> None:
    """List the settings."""
    rows = sorted(_rows(app), key=lambda row: str(row["setting"]))
    columns = [("setting", msg("Setting")), ("value", msg("Value")), ("source", msg("From"))]

    def show(row: Row) -> Row:
        line = f":{row['line']}" if row["line"] else ""
        source = app.say(msg("default")) if row["source"] == DEFAULT else row["source"]
        return {**row, "value": _shown(row["value"]), "source": f"{source}{line}"}

    print_rows(app, rows, columns, msg("Nothing is set."), show)


def _rows(app: App) -> Iterator[Row]:
    settings, problems = read_settings(app.root)
    lines, said = option_lines(app.root), origins(app.root)
    for name, option in OPTIONS.items():
        source = CONFIG_NAME if name in lines else DEFAULT
        yield _row(name, _in_effect(settings, option.field), source, lines.get(name))
    for name, field in _OF_OBSIDIAN.items():
        yield _row(name, _value(settings, field), said.get(field, DEFAULT))
    yield _row("vault", str(app.root), _of_vault(app))
    yield _row("lang", app.lang, _of_language(app))
    app.tell_of_settings(problems)
    if any(problem.code == "bad-settings" for problem in problems):
        app.note(msg("Some settings could not be read: `vault check` shows them."))


def _row(setting: str, value: object, source: str, line: int | None = None) -> Row:
    return {"setting": setting, "value": value, "source": source, "line": line}


def _value(settings: Settings, field: str) -> Any:  # noqa: ANN401 - what a setting may hold
    part, _dot, inner = field.rpartition(".")
    value = getattr(settings.daily, inner) if part else getattr(settings, field)
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _in_effect(settings: Settings, field: str) -> Any:  # noqa: ANN401 - as above
    """The value of an option, over the tables of the rules where it only changes lines of them."""
    value = _value(settings, field)
    tables = {
        "circles": CIRCLES,
        "needs": {word: depth.name.lower() for word, depth in NEEDS.items()},
        "occasion_lead": {"default": DEFAULT_LEAD, **LEAD},
    }
    if field in tables:
        return {**tables[field], **value}
    if field in ("contact_tags", "contact_folders") and value is None:
        return list(all_words(field))
    if field == "daily.heading" and not value:
        return " / ".join(words_of(lang).due_heading for lang in LANGUAGES)
    return value


def _shown(value: object) -> str:
    """A value as it is seen in a table; of spaces and tabs one sees nothing."""
    if isinstance(value, dict):
        return ", ".join(f"{key} = {_shown(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value)
    return repr(text) if text and not text.strip() else text


def _of_vault(app: App) -> str:
    """What named the vault, in the order in which it is looked for."""
    if app.vault:
        return "--vault"
    if os.environ.get("VAULT_DIR"):
        return "$VAULT_DIR"
    here = Path.cwd()
    if app.root not in (here, *here.parents):
        return str(user_config_file(os.environ))
    return config_folder(app.root) or CONFIG_NAME


def _of_language(app: App) -> str:
    """What chose the language of the program."""
    if app.lang_option:
        return "--lang"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((f"${name}" for name in names if os.environ.get(name)), DEFAULT)
