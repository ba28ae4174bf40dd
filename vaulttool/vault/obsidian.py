"""The vault's own configuration, read as Obsidian and its plugins read it; never written.

Sources: Obsidian's help pages "Settings", "Properties", "Daily notes", "Templates" and
"Configuration folder", and the settings files that the app and the plugins write.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vaulttool.errors import reason_of
from vaulttool.locale import fold
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.settings import DailySettings, Settings
from vaulttool.vault.filters import read_filter
from vaulttool.vault.locate import config_folder
from vaulttool.vault.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vaulttool.message import Message
    from vaulttool.model import Severity

DAILY_WITHOUT_OBSIDIAN = "Daily"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_OPEN_TYPES = frozenset({"TODO", "IN_PROGRESS", "ON_HOLD"})


# Where each field of the settings is said: a file of the configuration folder, and the keys.
_SAID: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "template_folders": (
        ("templates.json", ("folder",)),
        ("plugins/templater-obsidian/data.json", ("templates_folder",)),
    ),
    "date_format": (("templates.json", ("dateFormat",)),),
    "time_format": (("templates.json", ("timeFormat",)),),
    "excluded": (("app.json", ("userIgnoreFilters",)),),
    "daily.indent": (("app.json", ("useTab", "tabSize")),),
    "done_statuses": (("plugins/obsidian-tasks-plugin/data.json", ("statusSettings",)),),
    "open_statuses": (("plugins/obsidian-tasks-plugin/data.json", ("statusSettings",)),),
    "task_filter": (("plugins/obsidian-tasks-plugin/data.json", ("globalFilter",)),),
}
_DAILY_KEYS: Mapping[str, tuple[str, ...]] = {
    "daily.folder": ("folder",),
    "daily.format": ("format",),
    "daily.template": ("template", "templatePath"),
}


def origins(root: Path) -> dict[str, str]:
    """The files that say the settings which Obsidian and its plugins keep, by field.

    What is not in it is as the defaults have it.
    """
    config = _Config(root)
    found: dict[str, str] = {}
    for field, places in _SAID.items():
        for name, keys in places:
            plugin = name.partition("plugins/")[2].partition("/")[0]
            values = config.plugin(plugin) if plugin else config.read(name)
            if any(values.get(key) not in (None, "") for key in keys):
                found.setdefault(field, f"{config.name}/{name}")
    periodic = _periodic(config.plugin("periodic-notes"))
    name = "plugins/periodic-notes/data.json" if periodic else "daily-notes.json"
    values = periodic or config.read(name)
    for field, keys in _DAILY_KEYS.items():
        if any(_text(values, key) for key in keys):
            found[field] = f"{config.name}/{name}"
    return found


def read_obsidian(root: Path) -> tuple[Settings, list[Problem]]:
    """Read the configuration folder, `.obsidian` or a renamed one."""
    config = _Config(root)
    app = config.read("app.json")
    templates = config.read("templates.json")
    templater = config.plugin("templater-obsidian")
    folders = (_text(templates, "folder"), _text(templater, "templates_folder"))
    tasks = config.plugin("obsidian-tasks-plugin")
    done, still_open = _statuses(tasks)
    settings = Settings(
        daily=replace(_daily(config), indent=_indent(app)),
        template_folders=tuple(folder.strip("/") for folder in folders if folder.strip("/")),
        date_format=_text(templates, "dateFormat") or "YYYY-MM-DD",
        time_format=_text(templates, "timeFormat") or "HH:mm",
        excluded=_filters(app, config),
        done_statuses=done,
        open_statuses=still_open,
        task_filter=_text(tasks, "globalFilter"),
        property_types=_types(config.read("types.json"), config),
    )
    return settings, config.problems


class _Config:
    """The files of the configuration folder, and what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.name = config_folder(root)
        self.problems: list[Problem] = []
        self._root = root
        enabled = self._load("community-plugins.json")
        self._enabled = enabled if isinstance(enabled, list) else None

    def report(
        self,
        name: str,
        message: Message,
        line: int | None = None,
        severity: Severity = "error",
        code: str = "bad-settings",
    ) -> None:
        """Note a problem with one file."""
        self.problems.append(Problem(code, severity, f"{self.name}/{name}", line, message))

    def read(self, name: str) -> dict[str, Any]:
        """Read one JSON file; empty where it is not there, or not an object."""
        value = self._load(name)
        if value is not None and not isinstance(value, dict):
            message = msg("the settings file holds no settings; the defaults apply")
            self.report(name, message, 1)
        return value if isinstance(value, dict) else {}

    def core_plugin(self, name: str) -> bool:
        """Whether a core plugin is on; an older vault keeps a list of those that are."""
        value = self._load("core-plugins.json")
        if isinstance(value, dict):
            return value.get(name) is not False
        return name in value if isinstance(value, list) else True

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
        try:
            return json.loads(read_bytes(self._root / self.name / name).decode("utf-8-sig"))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            why = reason_of(error) if isinstance(error, OSError) else "UTF-8"
            self.report(name, msg("the settings file cannot be read: {why}", why=why))
            return None
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            message = msg("the settings file is not valid JSON; the defaults apply")
            self.report(name, message, line)
            return None


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or _SURROGATE.search(value):  # no file can be named so
        return ""
    return value.strip()


def _filters(app: dict[str, Any], config: _Config) -> tuple[str, ...]:
    """The excluded files: each a `/regular expression/`, or the beginning of a path."""
    listed = app.get("userIgnoreFilters")
    if not isinstance(listed, list):
        listed = [] if listed is None else [None]
    found = tuple(item for item in listed if isinstance(item, str) and read_filter(item))
    for item in listed:
        if item not in found:
            shown = json.dumps(item, ensure_ascii=False)
            what = msg("{filter} is no filter of excluded files; it is left out", filter=shown)
            config.report("app.json", what, severity="warning")
    return found


def _types(values: dict[str, Any], config: _Config) -> dict[str, str]:
    """The types of properties; names that differ only in case share one."""
    types = values.get("types", {})
    if not isinstance(types, dict):
        config.report("types.json", msg("the types of properties are none; they are not read"))
    listed = types.items() if isinstance(types, dict) else ()
    return {fold(name): kind for name, kind in listed if isinstance(kind, str)}


def _indent(app: dict[str, Any]) -> str:
    size = app.get("tabSize", 4)
    spaces = size if type(size) is int and 1 <= size <= 8 else 4
    return " " * spaces if app.get("useTab") is False else "\t"


def _daily(config: _Config) -> DailySettings:
    """Periodic Notes where its daily part is on, else the core plugin, else the defaults."""
    if not config.name:
        return DailySettings(folder=DAILY_WITHOUT_OBSIDIAN)
    periodic = _periodic(config.plugin("periodic-notes"))
    if not (periodic or config.core_plugin("daily-notes")):
        message = msg("the Daily notes plugin is turned off; its settings are used all the same")
        config.report("core-plugins.json", message, severity="info", code="daily-notes-off")
    values = periodic or config.read("daily-notes.json")
    template = _text(values, "template") or _text(values, "templatePath")
    return DailySettings(
        folder=_text(values, "folder").replace("\\", "/").strip("/"),
        format=_text(values, "format") or "YYYY-MM-DD",
        template=template.removeprefix("/").removesuffix(".md"),
        periodic=bool(periodic),
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


def _statuses(tasks: dict[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    """The characters that the Tasks plugin calls done, and those that it calls open."""
    types = {"x": "DONE", "X": "DONE", " ": "TODO", "/": "IN_PROGRESS"}
    settings = tasks.get("statusSettings")
    for name in ("coreStatuses", "customStatuses"):
        listed = settings.get(name) if isinstance(settings, dict) else None
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, dict) and len(str(item.get("symbol"))) == 1:
                types[str(item["symbol"])] = str(item.get("type"))
    done = frozenset(symbol for symbol, kind in types.items() if kind == "DONE")
    return done, frozenset(symbol for symbol, kind in types.items() if kind in _OPEN_TYPES)
