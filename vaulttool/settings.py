"""What can be set, with the rules' own values as defaults; nothing has to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaulttool.model import Language


@dataclass(frozen=True, slots=True)
class DailySettings:
    """Where the vault keeps its daily notes, and how the tool writes into them."""

    folder: str = ""
    format: str = "YYYY-MM-DD"  # moment.js tokens; `/` makes folders
    template: str = ""  # a link path without `.md`
    heading: str = ""  # "": the language's own
    lang: Language | None = None
    mentions: Literal["all", "explicit"] = "all"
    auto: bool = True  # whether `vault watch` keeps the due block up to date
    create: bool = False  # whether it makes the daily note
    log: Literal["daily", "contact"] = "daily"  # "contact": it copies ticks into logs
    indent: str = "\t"  # of a nested line
    periodic: bool = False  # of the Periodic Notes plugin, whose templates know more


@dataclass(frozen=True, slots=True)
class Settings:
    """What `vaulttool.toml` and the vault's own configuration say; the defaults are the rules."""

    daily: DailySettings = DailySettings()
    template_folders: tuple[str, ...] = ()
    date_format: str = "YYYY-MM-DD"  # of `{{date}}` in templates, but for the daily note's
    time_format: str = "HH:mm"  # of `{{time}}` in templates
    excluded: tuple[str, ...] = ()  # Obsidian's: path prefixes, or `/regular expressions/`
    ignore: tuple[str, ...] = ()  # the tool's own, in the same form: not read at all
    done_statuses: frozenset[str] = frozenset("xX")
    open_statuses: frozenset[str] = frozenset(" /")
    task_filter: str = ""  # without this in its text a line is no task: the plugin's global filter
    property_types: Mapping[str, str] = field(
        default_factory=dict
    )  # folded name -> Obsidian's type
    contact_tags: tuple[str, ...] | None = None  # None: the words of both languages
    contact_folders: tuple[str, ...] | None = None
    property_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    circles: Mapping[str, str] = field(default_factory=dict)  # circle -> cadence
    cadence_tags: Mapping[str, str] = field(default_factory=dict)
    cadence_folders: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)  # circle or stage -> depth
    per_day: int = 5
    reply_after: int = 7  # days
    occasion_lead: Mapping[str, int] = field(default_factory=dict)  # circle -> days
    leap_day: Literal["02-28", "03-01"] = "02-28"
    history_days: int = 90  # for which old bytes are kept
    history_megabytes: int = 200
    verified_after: str = "1 year"  # after which details are to be looked at again
    household_shared: bool = False  # whether contact with one counts for those she lives with
    write_back: frozenset[str] = frozenset()  # of `last` and `next`
    log_to: Literal["auto", "daily", "contact"] = "auto"
