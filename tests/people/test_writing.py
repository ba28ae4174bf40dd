"""A property is written under the name and in the form of the note's own dialect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from vaulttool.markdown.note import read_note
from vaulttool.people.schema import Schema
from vaulttool.people.writing import with_value
from vaulttool.settings import Settings

if TYPE_CHECKING:
    from vaulttool.markdown.scalars import NewValue

DAY = date(2026, 12, 1)


def put(text: str, native: str, value: NewValue, settings: Settings | None = None) -> str:
    settings = settings or Settings()
    note = read_note("People/Anna.md", text)
    return with_value(text, Schema(settings), note, native, value, settings)


@pytest.mark.parametrize(
    ("properties", "native", "value", "written"),
    [
        # Personal CRM: a number of days, its own tiers, its own names.
        ("prm-tier: close", "circle", "key", "prm-tier: inner"),
        ("prm-tier: Close", "circle", "regular", "prm-tier: casual"),
        ("prm-tier: close", "circle", "ключевой", "prm-tier: inner"),
        ("prm-birthday: 03-14", "circle", "dormant", "prm-birthday: 03-14\nprm-tier: dormant"),
        ("prm-tier: close", "circle", "expert", "prm-tier: close\ncircle: expert"),
        ("prm-tier: close", "every", "2 weeks", "prm-tier: close\nprm-cadence: 14"),
        ("prm-cadence: 90", "every", "monthly", "prm-cadence: 30"),
        ("prm-cadence: 90", "every", "never", "prm-cadence: 90\nevery: never"),
        ("prm-tier: close", "snooze_until", DAY, "prm-tier: close\nprm-snooze-until: 2026-12-01"),
        ("prm-tier: close", "pause", True, "prm-tier: close\nprm-paused: true"),
        ("prm-paused: true", "pause", False, "prm-paused: false"),
        # Friend Tracker: what somebody is stays.
        ("relationship: friend", "circle", "key", "relationship: friend\ncircle: key"),
        # vCard.
        ("FN: Anna", "circle", "key", "FN: Anna\ncircle: key"),
        ("FN: Anna", "birthday", "1988-03-14", 'FN: Anna\nBDAY: "1988-03-14"'),
        ('"TEL[1:CELL]": "1"', "phone", "2", '"TEL[1:CELL]": "2"'),
        ("X-FRM-FREQUENCY: 2w", "every", "quarterly", "X-FRM-FREQUENCY: 3m"),
        ("X-FRM-FREQUENCY: 2w", "every", "3 weeks", "X-FRM-FREQUENCY: 21d"),
        # contacts-tui.
        ("custom_frequency_days: 30", "every", "2 months", "custom_frequency_days: 61"),
        ("follow_up_date: 2026-11-01", "next", DAY, "follow_up_date: 2026-12-01"),
        # Team Manager.
        ("cadence: weekly\nrelation: team", "every", "monthly", "cadence: monthly\nrelation: team"),
        ("cadence: weekly\nrelation: team", "every", "6 weeks", "cadence: 42\nrelation: team"),
        # By hand.
        ("cadence: weekly", "every", "6 weeks", "cadence: 6 weeks"),
        ("every: 90", "every", "2 weeks", "every: 14"),
        ("lastContact: 2026-11-01", "last_contact", DAY, "lastContact: 2026-12-01"),
        ("snooze_until: 01.11.2026", "snooze_until", DAY, "snooze_until: 01.12.2026"),
        ('next: "[[2026-11-01]]"', "next", DAY, 'next: "[[2026-12-01]]"'),
        ("круг: регулярный", "circle", "key", "круг: ключевой"),
        ("тип: человек", "circle", "key", "тип: человек\nкруг: ключевой"),
        ("тип: регулярный", "circle", "key", "тип: ключевой"),
        ("пауза: нет", "pause", True, "пауза: да"),
        ("пауза: false", "pause", True, "пауза: true"),
        ("др: 14.03\nгород: Омск", "every", "never", "др: 14.03\nгород: Омск\nчастота: никогда"),
        ("др: 14.03", "snooze_until", DAY, "др: 14.03\nотложить_до: 2026-12-01"),
    ],
)
def test_a_property_is_written_as_the_note_has_its_others(
    properties: str, native: str, value: NewValue, written: str
) -> None:
    assert put(f"---\n{properties}\n---\nText.\n", native, value) == f"---\n{written}\n---\nText.\n"


def test_a_circle_with_days_of_its_own_is_no_tier_of_the_plugin() -> None:
    settings = Settings(circles={"key": "10 days"})
    assert "circle: key" in put("---\nprm-tier: close\n---\n", "circle", "key", settings)


ALAS = "# Anna Petrova\n- Type: Contact\n- Category: B\n- Birthday: 03-14\n\n## 2026-09-01\n"


@pytest.mark.parametrize(
    ("native", "value", "old", "new"),
    [
        ("circle", "key", "- Birthday: 03-14\n", "- Birthday: 03-14\n- circle: key\n"),
        ("every", "2 weeks", "- Birthday: 03-14\n", "- Birthday: 03-14\n- every: 2 weeks\n"),
        ("birthday", "03-15", "- Birthday: 03-14\n", "- Birthday: 03-15\n"),
        ("pause", True, "- Birthday: 03-14\n", "- Birthday: 03-14\n- pause: yes\n"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_note_with_its_facts_in_a_list_stays_one(
    native: str, value: NewValue, old: str, new: str, ending: str
) -> None:
    text, wanted = (one.replace("\n", ending) for one in (ALAS, ALAS.replace(old, new)))
    assert put(text, native, value) == wanted


def test_a_list_in_russian_stays_russian() -> None:
    text = "# Анна\n* **День рождения:** 14.03\n* Город: Омск\n    * живёт у реки\n\nДруг.\n"
    wanted = text.replace("у реки\n", "у реки\n* круг: ключевой\n")
    assert put(text, "circle", "key") == wanted
    assert put(text, "birthday", "15.03") == text.replace("14.03", "15.03")


def test_what_is_written_in_a_list_is_read_there() -> None:
    note = read_note("People/Anna.md", put(ALAS, "snooze_until", DAY))
    assert Schema(Settings()).read(note)["snooze_until"].raw == "2026-12-01"


def test_a_note_without_properties_gets_some() -> None:
    assert put("# Anna\nMet in Graz.\n", "circle", "key").startswith("---\ncircle: key\n---\n")
    listed = "# Anna\n- likes tea: green\n"
    assert put(listed, "circle", "key").startswith("---\ncircle: key\n---\n")
