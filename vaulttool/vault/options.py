"""The settings of `vaulttool.toml`, as one described table."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vaulttool.locale import LANGUAGES
from vaulttool.message import Message, msg
from vaulttool.people.cadence import parse_cadence
from vaulttool.people.schema import PROPERTIES, read_depth
from vaulttool.vault.filters import read_filter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaulttool.settings import Settings


class UnreadableOptionError(Exception):
    """A setting whose value is not of its kind; of a table, `key` names the line that is wrong."""

    def __init__(self, message: Message, key: str = "") -> None:
        super().__init__(message.text)
        self.message = message
        self.key = key


@dataclass(frozen=True, slots=True)
class Option:
    """One setting."""

    name: str  # `due.per_day`
    field: str  # of `Settings`; `daily.lang` of its daily part
    read: Callable[[Any], Any]  # gives the value, or None for what is none
    expected: Message
    example: str  # as it is written in `vaulttool.toml`
    what: Message


def read_option(settings: Settings, name: str, value: object) -> Settings:
    """Give the settings in which one option has a value.

    Raises `UnreadableOptionError` where there is no such option, or the value is not of
    its kind.
    """
    option = OPTIONS.get(name)
    if option is None:
        raise UnreadableOptionError(msg("there is no such setting: {name}", name=name))
    found = option.read(value)
    if found is None:
        wrong = _wrong(option, value)
        raise UnreadableOptionError(
            msg(
                "{name}: expected {expected}, found “{found}”",
                name=name,
                expected=option.expected,
                found=_shown(wrong),
            ),
            key=next(iter(wrong), "") if isinstance(wrong, dict) else "",
        )
    part, _dot, inner = option.field.rpartition(".")
    if part:
        return replace(settings, daily=replace(settings.daily, **{inner: found}))
    return replace(settings, **{inner: found})


def _wrong(option: Option, value: object) -> object:
    """What of a value cannot be read: of a table, the lines that are wrong by themselves."""
    if not isinstance(value, dict):
        return value
    lines = {key: one for key, one in value.items() if option.read({key: one}) is None}
    return lines or value


def _shown(value: object) -> str:
    """A value as it is told: a text without quotes, a table by its lines."""
    if isinstance(value, str):
        return value
    return ", ".join(_lines(value)) if isinstance(value, dict) and value else _in_toml(value)


def _in_toml(value: object) -> str:
    """A value as it may be written in `vaulttool.toml`."""
    if isinstance(value, dict):
        return f"{{{', '.join(_lines(value))}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_in_toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _lines(table: Mapping[str, object]) -> list[str]:
    return [f"{_key(name)} = {_in_toml(value)}" for name, value in table.items()]


def _key(name: str) -> str:
    is_bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if is_bare else json.dumps(name, ensure_ascii=False)


def _texts(value: object) -> tuple[str, ...] | None:
    items = [value] if isinstance(value, str) else value
    if isinstance(items, list) and all(isinstance(item, str) for item in items):
        return tuple(item.strip() for item in items if item.strip())
    return None


def _filters(value: object) -> tuple[str, ...] | None:
    found = _texts(value)
    return found if found and all(read_filter(item) is not None for item in found) else None


def _tags(value: object) -> tuple[str, ...] | None:
    found = _texts(value)
    return None if found is None else tuple(tag.removeprefix("#") for tag in found)


def _count(least: int, most: int) -> Callable[[Any], int | None]:
    def read(value: object) -> int | None:
        is_count = isinstance(value, int) and not isinstance(value, bool)
        return value if is_count and least <= value <= most else None  # type: ignore[operator,return-value]

    return read


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _kept(value: object) -> frozenset[str] | None:
    known = isinstance(value, list) and all(one in ("last", "next") for one in value)
    return frozenset(map(str, value)) if known and isinstance(value, list) else None


def _one_of(*words: str) -> Callable[[Any], str | None]:
    return lambda value: value if value in words else None


def _table(read: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any] | None]:
    def read_table(value: object) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            return None
        return value if all(read(item) is not None for item in value.values()) else None

    return read_table


def _is_cadence(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and parse_cadence(str(value)) else None


def _is_depth(value: object) -> str | None:
    return value if isinstance(value, str) and read_depth(value) else None


def _names(value: object) -> dict[str, tuple[str, ...]] | None:
    if not isinstance(value, dict) or not set(value) <= set(PROPERTIES):
        return None
    found = {key: _texts(names) for key, names in value.items()}
    return {key: names for key, names in found.items() if names} if all(found.values()) else None


def _heading(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() and "\n" not in value else None


_ALL = (
    Option("contacts.tags", "contact_tags", _tags, msg("a list of tags"),
           'tags = ["contact", "person"]', msg("Tags that make a note a contact.")),
    Option("contacts.folders", "contact_folders", _texts, msg("a list of folders"),
           'folders = ["People"]', msg("Folders whose notes are contacts.")),
    Option("vault.ignore", "ignore", _filters, msg("a list of paths"),
           'ignore = ["Archive/"]', msg("Paths that are not read at all.")),
    Option("properties", "property_names", _names, msg("property names, each with a list of words"),
           'every = ["reach_out"]', msg("Further names of the tool's properties.")),
    Option("cadence.circles", "circles", _table(_is_cadence), msg("circles, each with a cadence"),
           'regular = "2 months"', msg("The cadence of each circle, your own circles too.")),
    Option("cadence.tags", "cadence_tags", _table(_is_cadence), msg("tags, each with a cadence"),
           '"friends/close" = "1 month"', msg("The cadence of contacts with a tag.")),
    Option("cadence.folders", "cadence_folders", _table(_is_cadence),
           msg("folders, each with a cadence"),
           '"People/Family" = "2 weeks"', msg("The cadence of contacts in a folder.")),
    Option("needs", "needs", _table(_is_depth), msg("circles or stages, each with a depth"),
           'key = "talk"', msg("The least depth that resets the clock.")),
    Option("household.shared", "household_shared", _flag, msg("true or false"),
           "shared = true",
           msg("Whether contact with one counts, as a message, for the others of a household.")),
    Option("due.per_day", "per_day", _count(1, 100), msg("a number from 1 to 100"),
           "per_day = 5", msg("The most people that a day's list asks for.")),
    Option("awaiting.reply_after", "reply_after", _count(1, 365), msg("a number of days"),
           "reply_after = 7", msg("Days after which a message counts as not answered.")),
    Option("verified.after", "verified_after", _is_cadence, msg("a span such as 1 year"),
           'after = "1 year"',
           msg("When details that were checked are to be looked at again; never: not at all.")),
    Option("occasions.lead", "occasion_lead", _table(_count(0, 60)),
           msg("circles, each with a number of days"),
           "lead = {key = 14, default = 7}", msg("Days ahead that occasions are announced.")),
    Option("occasions.leap_day", "leap_day", _one_of("02-28", "03-01"), msg("02-28 or 03-01"),
           'leap_day = "02-28"', msg("When 29 February is kept in common years.")),
    Option("daily.lang", "daily.lang", _one_of(*LANGUAGES), msg("en or ru"),
           'lang = "en"', msg("The language of the due block; else the vault's own.")),
    Option("daily.heading", "daily.heading", _heading, msg("a heading's text"),
           'heading = "People"', msg("The heading that the due block stands under.")),
    Option("daily.mentions", "daily.mentions", _one_of("all", "explicit"), msg("all or explicit"),
           'mentions = "explicit"', msg("Whether a mention without a channel counts.")),
    Option("daily.auto", "daily.auto", _flag, msg("true or false"),
           "auto = true", msg("Whether `vault watch` keeps today's due block up to date.")),
    Option("daily.create", "daily.create", _flag, msg("true or false"),
           "create = false", msg("Whether `vault watch` makes the daily note.")),
    Option("daily.log", "daily.log", _one_of("daily", "contact"), msg("daily or contact"),
           'log = "contact"', msg("Whether `vault watch` copies ticks into the people's logs.")),
    Option("write_back.properties", "write_back", _kept, msg("a list of last and next"),
           'properties = ["last", "next"]',
           msg("What `vault watch` keeps in the contacts, as `vault_last` and `vault_next`.")),
    Option("history.days", "history_days", _count(1, 36500), msg("a number of days"),
           "days = 90", msg("How long what the tool wrote can be taken back.")),
    Option("history.megabytes", "history_megabytes", _count(1, 100_000),
           msg("a number of megabytes"), "megabytes = 200",
           msg("The most that old texts may take; of each note the last ten stay.")),
    Option("log.to", "log_to", _one_of("auto", "daily", "contact"), msg("auto, daily or contact"),
           'to = "auto"', msg("Where `vault log` writes.")),
)  # fmt: skip

OPTIONS: Mapping[str, Option] = {option.name: option for option in _ALL}
"""Every setting by its name; the docs and `vault init` show this table."""
