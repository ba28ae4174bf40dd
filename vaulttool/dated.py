"""The date of a note: which day it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.locale import LANGUAGES
from vaulttool.markdown.dates import find_date, read_date
from vaulttool.markdown.fields import field_properties
from vaulttool.markdown.moment import parse_moment
from vaulttool.resolve import composed, path_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaulttool.model import Note, Property
    from vaulttool.settings import DailySettings, Settings

_DATE_NAMES = frozenset({"date", "when", "дата"})


def note_date(note: Note, settings: Settings) -> date | None:
    """The date of a note: as a daily note, else its `date` property, else in its name."""
    if day := daily_note_date(note.path, settings.daily):
        return day
    names = date_names(settings)
    return (
        _among(note.properties, names)
        or (_among(field_properties(note), names) if note.fields else None)
        or find_date(note.title)
    )


def date_names(settings: Settings) -> frozenset[str]:
    """The names under which a note has its date, case-folded; the settings add to them."""
    return _DATE_NAMES | {name.casefold() for name in settings.property_names.get("date", ())}


def _among(properties: Iterable[Property], names: frozenset[str]) -> date | None:
    """The first date that a `date` property gives."""
    for item in properties:
        if item.key.casefold() in names and isinstance(item.raw, str):
            day = read_date(item.raw)
            if day:
                return day
    return None


def daily_note_date(path: str, daily: DailySettings) -> date | None:
    """The date in a daily note's path; None where the note is no daily note.

    Below the folder of the daily notes the last part of a format with folders is enough: a
    note may have been moved (Periodic Notes reads it so). Month and weekday names are
    accepted in every language: which one Obsidian writes is a setting of the program, not
    of the vault.
    """
    folder = daily.folder.strip("/")
    if folder and not path_key(path).startswith(path_key(folder) + "/"):
        return None
    inner = composed(path).split("/", folder.count("/") + 1)[-1] if folder else composed(path)
    name, pattern = inner.removesuffix(".md"), daily.format.removesuffix(".md")
    readings = [(name, pattern)]
    if folder:
        readings.append((name.rpartition("/")[2], pattern.rpartition("/")[2]))
    for text, form in readings:
        for lang in LANGUAGES:
            if day := parse_moment(text, form, lang):
                return day
    return None
