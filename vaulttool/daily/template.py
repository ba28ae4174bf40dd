"""The daily note before anything is written into it: its path and its template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.index import daily_note_date
from vaulttool.locale import LANGUAGES
from vaulttool.markdown.moment import format_moment, parse_moment
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from datetime import date, datetime

    from vaulttool.index import Snapshot
    from vaulttool.model import Language
    from vaulttool.settings import Settings

_VARIABLE = re.compile(r"\{\{\s*(date|time|title)\s*(?::([^{}]*))?\}\}", re.IGNORECASE)


def daily_path(snapshot: Snapshot, when: datetime, lang: Language) -> str:
    """The path of the daily note of a day: the one that is there, else as the format says."""
    existing = find_daily_note(snapshot, when.date())
    if existing:
        return existing
    daily = snapshot.settings.daily
    name = format_moment(when, daily.format, _format_language(snapshot, lang))
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


def _format_language(snapshot: Snapshot, lang: Language) -> Language:
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
    """Fill in what Obsidian's own templates know: `{{date}}`, `{{time}}`, `{{title}}`.

    Each takes a moment format after a colon. Anything else, Templater's `<% %>` too, is
    left as it is.
    """

    def value(match: re.Match[str]) -> str:
        name, pattern = match[1].lower(), match[2]
        if name == "title":
            return title
        default = settings.date_format if name == "date" else settings.time_format
        return format_moment(when, pattern or default, lang)

    return _VARIABLE.sub(value, text)


def has_templater(text: str) -> bool:
    """Whether a template holds Templater's commands, which only Obsidian can run."""
    return "<%" in text
