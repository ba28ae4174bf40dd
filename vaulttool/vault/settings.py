"""Settings: what the vault's own configuration and `vaulttool.toml` say.

Nothing has to be set. The vault's configuration (`.obsidian/`) is read as Obsidian and
its plugins read it; a file that cannot be read is a problem, and the defaults apply.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.settings import DailySettings, Settings
from vaulttool.vault.locate import CONFIG_NAME
from vaulttool.vault.options import OPTIONS, UnreadableOptionError, read_option
from vaulttool.vault.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

DAILY_WITHOUT_OBSIDIAN = "Daily"
_TABLE = re.compile(r"\s*\[+([^\[\]]+)\]")
_SPELLING = re.compile(r"[\s\"']")  # that does not change which key is meant
_OPEN_TYPES = frozenset({"TODO", "IN_PROGRESS", "ON_HOLD"})


def read_settings(root: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read all settings of a vault."""
    config = _Config(root)
    settings = _obsidian(config)
    settings = _own(root, settings, config.problems)
    return settings, tuple(config.problems)


class _Config:
    """The vault's configuration folder, `.obsidian` or a renamed one."""

    def __init__(self, root: Path) -> None:
        renamed = sorted(
            path.name
            for path in root.glob(".obsidian*")
            if path.is_dir() and (path / "app.json").exists()
        )
        self.name = ".obsidian" if (root / ".obsidian").is_dir() else next(iter(renamed), "")
        self.problems: list[Problem] = []
        self._root = root
        enabled = self._load("community-plugins.json")
        self._enabled = enabled if isinstance(enabled, list) else None

    def read(self, name: str) -> dict[str, Any]:
        """Read one JSON file; empty where it is not there, or not an object."""
        value = self._load(name)
        if value is not None and not isinstance(value, dict):
            message = msg("the settings file holds no settings; the defaults apply")
            self.problems.append(
                Problem("bad-settings", "error", f"{self.name}/{name}", 1, message)
            )
        return value if isinstance(value, dict) else {}

    def plugin(self, name: str) -> dict[str, Any]:
        """Read the settings of a community plugin; empty where it is turned off.

        Where the list of plugins is not kept (it is often left out of git), the settings
        of a plugin speak for it.
        """
        if self._enabled is not None and name not in self._enabled:
            return {}
        value = self._load(f"plugins/{name}/data.json")
        return value if isinstance(value, dict) else {}

    def _load(self, name: str) -> Any:  # noqa: ANN401 - what JSON may hold
        if not self.name:
            return None
        path = f"{self.name}/{name}"
        try:
            return json.loads(read_bytes(self._root / path).decode("utf-8-sig"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            message = msg("the settings file is not valid JSON; the defaults apply")
            self.problems.append(Problem("bad-settings", "error", path, line, message))
            return None


def _obsidian(config: _Config) -> Settings:
    app = config.read("app.json")
    templates = config.read("templates.json")
    templater = config.plugin("templater-obsidian")
    folders = (_text(templates, "folder"), _text(templater, "templates_folder"))
    done, still_open = _statuses(config)
    ignore = app.get("userIgnoreFilters")
    return Settings(
        daily=replace(_daily(config), indent=_indent(app)),
        template_folders=tuple(folder.strip("/") for folder in folders if folder.strip("/")),
        date_format=_text(templates, "dateFormat") or "YYYY-MM-DD",
        time_format=_text(templates, "timeFormat") or "HH:mm",
        ignore=tuple(item for item in ignore if isinstance(item, str)) if (
            isinstance(ignore, list)) else (),
        done_statuses=done,
        open_statuses=still_open,
    )  # fmt: skip


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""


def _indent(app: dict[str, Any]) -> str:
    size = app.get("tabSize", 4)
    spaces = size if type(size) is int and 1 <= size <= 8 else 4
    return " " * spaces if app.get("useTab") is False else "\t"


def _daily(config: _Config) -> DailySettings:
    """Periodic Notes where its daily part is on, else the core plugin, else the defaults."""
    if not config.name:
        return DailySettings(folder=DAILY_WITHOUT_OBSIDIAN)
    periodic = _periodic(config.plugin("periodic-notes"))
    values = periodic or config.read("daily-notes.json")
    template = _text(values, "template") or _text(values, "templatePath")
    return DailySettings(
        folder=_text(values, "folder").replace("\\", "/").strip("/"),
        format=_text(values, "format") or "YYYY-MM-DD",
        template=template.removeprefix("/").removesuffix(".md"),
    )


def _periodic(data: dict[str, Any]) -> dict[str, Any]:
    """The daily part of Periodic Notes: of its stable version, or of its 1.0 beta."""
    daily = data.get("daily")
    active = data.get("activeCalendarSet")
    sets = data.get("calendarSets")
    for item in sets if isinstance(sets, list) else ():
        if isinstance(item, dict) and item.get("id") == active:
            daily = item.get("day")
    return daily if isinstance(daily, dict) and daily.get("enabled") else {}


def _statuses(config: _Config) -> tuple[frozenset[str], frozenset[str]]:
    """The characters that the Tasks plugin calls done, and those that it calls open."""
    types = {"x": "DONE", "X": "DONE", " ": "TODO", "/": "IN_PROGRESS"}
    settings = config.plugin("obsidian-tasks-plugin").get("statusSettings")
    for name in ("coreStatuses", "customStatuses"):
        listed = settings.get(name) if isinstance(settings, dict) else None
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, dict) and len(str(item.get("symbol"))) == 1:
                types[str(item["symbol"])] = str(item.get("type"))
    done = frozenset(symbol for symbol, kind in types.items() if kind == "DONE")
    return done, frozenset(symbol for symbol, kind in types.items() if kind in _OPEN_TYPES)


def _own(root: Path, settings: Settings, problems: list[Problem]) -> Settings:
    """Apply `vaulttool.toml`."""
    try:
        text = read_bytes(root / CONFIG_NAME).decode("utf-8-sig")
        values = tomllib.loads(text)
    except FileNotFoundError:
        return settings
    except (OSError, ValueError, RecursionError) as error:
        what = " ".join(str(error).split())
        message = msg("the settings cannot be read: {what}; the defaults apply", what=what)
        problems.append(Problem("bad-settings", "error", CONFIG_NAME, None, message))
        return settings
    for name, value in _flat(values):
        try:
            settings = read_option(settings, name, value)
        except UnreadableOptionError as error:
            line = _line_of(text, name)
            problems.append(Problem("bad-settings", "warning", CONFIG_NAME, line, error.message))
    return settings


def _flat(values: dict[str, Any]) -> list[tuple[str, Any]]:
    """The settings by dotted name; a table that is itself a setting stays whole."""
    found: list[tuple[str, Any]] = []
    for key, value in values.items():
        if key in OPTIONS or not isinstance(value, dict):
            found.append((key, value))
        else:
            found += [(f"{key}.{inner}", inner_value) for inner, inner_value in value.items()]
    return found


def _line_of(text: str, name: str) -> int | None:
    """The line on which a setting stands; tomllib does not say."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        heading = _TABLE.match(line)
        table = heading[1] if heading else table
        key = "" if heading else line.partition("=")[0]
        found = _SPELLING.sub("", f"{table}.{key}").strip(".")
        if f"{found}.".startswith(f"{name}."):
            return number
    return None
