"""What other programs mean by their words: tiers, styles and categories, as cadences.

The days are those that each program counts with unless its user changes them there; what
she changed there stands in its own settings, which are not read. `[cadence.circles]` sets
other days.

- `prm-tier`: Personal CRM for Obsidian (xuvi7), by identifier or by label;
- `relationship_type` beside `contact_style`: contacts-tui and what came of it
  (denote-contacts, apeople);
- `- Category: A`: alas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.contact import Cadence
from vaulttool.locale import fold
from vaulttool.markdown.values import plain, texts
from vaulttool.people.cadence import NEVER, after, parse_cadence
from vaulttool.people.schema import key_form
from vaulttool.people.written import listed_properties

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vaulttool.model import Note, Property

PRM_TIERS: Mapping[str, int] = {
    "inner": 14,
    "close": 30,
    "casual": 90,
    "warm": 180,
    "dormant": 365,
}
"""Tier -> days; what the plugin writes into `prm-tier`."""

_PRM_LABELS = {"inner circle": "inner", "keep warm": "warm"}

RELATIONSHIP_TYPES: Mapping[str, int] = {"close": 30, "family": 30, "work": 60, "network": 90}
"""Type -> days, for contacts of the style `periodic`; the other types have none."""

CATEGORIES: Mapping[str, int] = {"a": 20, "b": 60, "c": 180, "d": 360}
"""Category of alas -> days."""

_ON_DEMAND_STYLES = ("ambient", "triggered")


@dataclass(frozen=True, slots=True)
class Declared:
    """A cadence that a note declares in another program's words."""

    cadence: Cadence
    text: str  # as written, or what is meant by it: nobody is shown a grade
    key: str
    line: int


def property_named(note: Note, name: str) -> Property | None:
    """A property that only one program knows, by its name."""
    return next((item for item in note.properties if key_form(item.key) == name), None)


def contact_style(note: Note) -> str:
    """The style of a contact of contacts-tui: `periodic`, `ambient`, `triggered`."""
    item = property_named(note, "contact_style")
    return _word(item) if item else ""


def declared_on_demand(note: Note) -> Declared | None:
    """`never`, for a style that never makes anybody due, whatever other days are written."""
    item = property_named(note, "contact_style")
    if item is None or _word(item) not in _ON_DEMAND_STYLES:
        return None
    return Declared(NEVER, "never", item.key, item.line)


def declared_category(note: Note) -> Declared | None:
    """The cadence of a category of alas, in the list at the head of its contact."""
    for item in listed_properties(note):
        if fold(item.key) == "category" and (days := CATEGORIES.get(_word(item))):
            return Declared(Cadence(days=days), f"{days} days", item.key, item.line)
    return None


def tier_words(note: Note, circle: Property) -> str | None:
    """The cadence of another program's word for a circle; None for a circle of one's own."""
    form, word = key_form(circle.key), _word(circle)
    days = None
    if form == "prm_tier":
        days = PRM_TIERS.get(_PRM_LABELS.get(word, word))
    elif form == "relationship_type" and contact_style(note) == "periodic":
        days = RELATIONSHIP_TYPES.get(word)
    return f"{days} days" if days else None


def tier_for(words: str) -> str | None:
    """The tier of Personal CRM whose days are those of a cadence, three more or less."""
    cadence = parse_cadence(words)
    if cadence is None or cadence.never:
        return None
    length = cadence.days + cadence.months * 30.44
    return next((tier for tier, days in PRM_TIERS.items() if abs(length - days) <= 3), None)


def bumped_until(bump: date, cadence: Cadence | None) -> date | None:
    """Until when a bump of contacts-tui (seen, not now) puts a contact off."""
    return after(bump, cadence) if cadence and not cadence.never else None


def _word(item: Property) -> str:
    values = texts(item.raw)
    return " ".join(fold(plain(values[0])).split()) if len(values) == 1 else ""
