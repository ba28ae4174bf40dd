"""The daily note before anything is written into it: its path and its template."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from vaulttool.dated import daily_note_date
from vaulttool.locale import LANGUAGES
from vaulttool.markdown.dates import add_months
from vaulttool.markdown.moment import format_moment, parse_moment
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from datetime import date

    from vaulttool.index import Snapshot
    from vaulttool.model import Language
    from vaulttool.settings import Settings

_VARIABLE = re.compile(
    r"\{\{\s*+(?:(?P<name>date|time)\s*+(?:(?P<count>[+-]\d{1,6})(?P<unit>[yqmwdhs]))?\s*+"
    r"(?::(?P<format>[^{}]*))?|(?P<word>title|yesterday|tomorrow)\s*+)\}\}",
    re.IGNORECASE,
)
_DAYS = {"yesterday": -1, "tomorrow": 1}
_MONTHS = {"y": 12, "q": 3}
_SPANS = {  # moment's letters: `m` is minutes
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}


def daily_path(snapshot: Snapshot, when: datetime, lang: Language) -> str:
    """The path of the daily note of a day: the one that is there, else as the format says."""
    existing = find_daily_note(snapshot, when.date())
    if existing:
        return existing
    daily = snapshot.settings.daily
    name = format_moment(when, daily.format, format_language(snapshot, lang))
    name = name.removesuffix(".md").strip("/") + ".md"
    return f"{daily.folder}/{name}" if daily.folder else name


def find_daily_note(snapshot: Snapshot, day: date) -> str | None:
    """The daily note of a day, if there is one."""
    daily = snapshot.settings.daily
    found = [
        path
        for path, dated in snapshot.dates.items()
        if dated == day and daily_note_date(path, daily) == day
    ]
    return min(found, key=lambda path: (len(path), path_key(path)), default=None)


def format_language(snapshot: Snapshot, lang: Language) -> Language:
    """The language of month and weekday names: the one that the vault's daily notes use."""
    daily = snapshot.settings.daily
    names = [
        path.removeprefix(daily.folder + "/" if daily.folder else "").removesuffix(".md")
        for path in snapshot.dates
    ]
    counts = {
        other: sum(parse_moment(name, daily.format, other) is not None for name in names)
        for other in LANGUAGES
    }
    return max(LANGUAGES, key=lambda other: (counts[other], other == lang))


def render_template(
    text: str, title: str, when: datetime, settings: Settings, lang: Language
) -> str:
    """Fill in what the template of a daily note may hold.

    Obsidian's own `{{date}}`, `{{time}}` and `{{title}}`, each with a moment format after a
    colon; a bare `{{date}}` is the note's name.
    Where Periodic Notes makes the daily notes, also `{{date+1d:YYYY}}`, `{{yesterday}}` and
    `{{tomorrow}}`. Anything else, Templater's `<% %>` too, is left as it is.
    """

    def value(match: re.Match[str]) -> str:
        name, pattern = (match["name"] or match["word"]).lower(), match["format"]
        if name == "title":
            return title
        if not settings.daily.periodic and (name in _DAYS or match["unit"]):
            return match[0]
        if name in _DAYS:
            return format_moment(_moved(when, _DAYS[name], "d"), settings.daily.format, lang)
        moment = _moved(when, int(match["count"] or 0), (match["unit"] or "d").lower())
        if name == "time":
            return format_moment(moment, pattern or settings.time_format, lang)
        if not (pattern or match["unit"]):
            return title
        return format_moment(moment, pattern or "YYYY-MM-DD", lang)

    return _VARIABLE.sub(value, text)


def _moved(when: datetime, count: int, unit: str) -> datetime:
    """A time, so many units later; what leaves the calendar stays where it is."""
    try:
        if unit in _MONTHS:
            return datetime.combine(add_months(when.date(), count * _MONTHS[unit]), when.timetz())
        return when + count * _SPANS[unit]
    except (OverflowError, ValueError):
        return when


def has_templater(text: str) -> bool:
    """Whether a template holds Templater's commands, which only Obsidian can run."""
    return "<%" in text
