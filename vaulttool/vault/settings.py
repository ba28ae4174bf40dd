"""Settings: what the vault's own configuration and `vaulttool.toml` say.

Nothing has to be set. A file that cannot be read is a problem, and the defaults apply.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vaulttool.errors import reason_of
from vaulttool.message import Message, msg
from vaulttool.model import Problem
from vaulttool.settings import Settings
from vaulttool.vault.locate import CONFIG_NAME, OBSIDIAN_FILES
from vaulttool.vault.obsidian import read_obsidian
from vaulttool.vault.options import OPTIONS, UnreadableOptionError, read_option
from vaulttool.vault.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = re.compile(r"\s*\[+([^\[\]]+)\]")
_SPELLING = re.compile(r"[\s\"']")  # that does not change which key is meant


def is_settings(path: str) -> bool:
    """Whether a file is one that `read_settings` reads; `path` relative to the vault.

    The configuration folder may have any hidden name.
    """
    folder, _slash, name = path.partition("/")
    return path == CONFIG_NAME or (folder.startswith(".") and name in OBSIDIAN_FILES)


def read_settings(root: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read all settings of a vault."""
    settings, problems = read_obsidian(root)
    settings, own_problems, _lines = _own(root, settings)
    return settings, (*problems, *own_problems)


def option_lines(root: Path) -> dict[str, int | None]:
    """The options that `vaulttool.toml` sets so that they can be read, each with its line."""
    _settings, _problems, lines = _own(root, Settings())
    return lines


def _own(root: Path, settings: Settings) -> tuple[Settings, list[Problem], dict[str, int | None]]:
    """Apply `vaulttool.toml`; also give what is wrong in it, and the lines of what is right."""
    problems: list[Problem] = []
    lines: dict[str, int | None] = {}
    try:
        text = read_bytes(root / CONFIG_NAME).decode("utf-8-sig")
        import tomllib  # not every vault has the file

        values = tomllib.loads(text)
    except FileNotFoundError:
        return settings, problems, lines
    except (OSError, ValueError, RecursionError) as error:
        what = _why(error)
        message = msg("the settings cannot be read: {what}; the defaults apply", what=what)
        return settings, [Problem("bad-settings", "error", CONFIG_NAME, None, message)], lines
    for name, value in _flat(values):
        line = _line_of(text, name)
        try:
            settings = read_option(settings, name, value)
            if value != {}:  # the head of a table alone sets nothing
                lines[name] = line
        except UnreadableOptionError as error:
            line = _line_of(text, f"{name}.{error.key}") or line
            problems.append(Problem("bad-settings", "warning", CONFIG_NAME, line, error.message))
    return settings, problems, lines


def _why(error: OSError | ValueError | RecursionError) -> Message:
    if isinstance(error, OSError):
        return reason_of(error)
    if isinstance(error, UnicodeDecodeError):
        return msg("it is not valid UTF-8")
    return Message("{what}", {"what": " ".join(str(error).split())})  # of the TOML reader


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
    table, name = "", _SPELLING.sub("", name)
    for number, line in enumerate(text.splitlines(), 1):
        heading = _TABLE.match(line)
        table = heading[1] if heading else table
        key = "" if heading else line.partition("=")[0]
        found = _SPELLING.sub("", f"{table}.{key}").strip(".")
        if f"{found}.".startswith(f"{name}."):
            return number
    return None
