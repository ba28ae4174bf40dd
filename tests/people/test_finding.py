"""Which people a filter finds, and in which order they come."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.people.story import world
from vaulttool.people.finding import SortKey, Wanted, find_people, in_order, meant_word
from vaulttool.people.topics import topics_of

NOTES = {
    "People/Anna Petrova.md": """---
aliases: [Нюта]
circle: key
stage: established
tags: [friend/close]
company: "[[Organisations/Lumen Learning|Lumen]]"
city: Tbilisi
interests: ["[[Career]]", old radios]
---
See [[Team work]] and [[2026-10-11]] and [[Lumen Learning]] and [[Contact form]].
## Log
- 2026-11-01 call
""",
    "People/Boris Lang.md": """---
circle: ключевой
company: Acme;Research
city: ["[[Leipzig]]", Ghent]
country: DE
---
## Log
- 2026-11-10 call
""",
    "People/Clara.md": "---\ncircle: expert\ncompany: Luminous\n---\n#friend\n",
    "People/Артём Ёлкин.md": "---\nкруг: книжный клуб\nгород: Тверь\nтеги: [x]\nevery: 5 weeks\n"
    "последний_контакт: 2026-11-14\n---\n",
    "People/Dora.md": "---\ncircle: regular\npause: true\n---\n## Log\n- 2020-01-01 call\n",
    "People/José.md": "#friendly\n",
    "Topics/Career.md": "B.\n",
    "Topics/Team work.md": "B.\n",
    "Topics/Карьера.md": "Об этом с [[Артём Ёлкин]].\n",
    "Organisations/Lumen Learning.md": "[[Anna Petrova]] works here.\n",
    "Places/Leipzig.md": "B.\n",
    "People MOC.md": "[[Anna Petrova]] [[José]]\n",
    "Daily/2026-10-11.md": "[[José]]\n",
    "Templates/Contact form.md": "B.\n",
    "Topics/Team work.sync-conflict-20261101-120000-ABCDEFG.md": "[[Clara]]\n",
}
WORLD = world(NOTES, "2026-11-22", template_folders=("Templates",))


def found(**wanted: Any) -> list[str]:
    return [one.name for one in find_people(WORLD.people, WORLD.day, Wanted(**wanted))]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["Anna Petrova", "Boris Lang", "Clara", "Dora", "José", "Артём Ёлкин"]),
        ({"circles": ("key",)}, ["Anna Petrova", "Boris Lang"]),
        ({"circles": ("Ключевой",)}, ["Anna Petrova", "Boris Lang"]),
        ({"circles": ("Книжный клуб",)}, ["Артём Ёлкин"]),
        ({"circles": ("expert", "regular")}, ["Clara", "Dora"]),
        ({"circles": ("none",)}, ["José"]),
        ({"circles": ("нет", "expert")}, ["Clara", "José"]),
        ({"stages": ("устоявшийся",)}, ["Anna Petrova"]),
        ({"tags": ("friend",)}, ["Anna Petrova", "Clara"]),
        ({"tags": ("#Friend/close/",)}, ["Anna Petrova"]),
        ({"companies": ("lumen learning",)}, ["Anna Petrova"]),
        ({"companies": ("lum",)}, ["Anna Petrova", "Clara"]),
        ({"companies": ("research",)}, ["Boris Lang"]),
        ({"companies": ("umen",)}, []),
        ({"places": ("leipzig",)}, ["Boris Lang"]),
        ({"places": ("ghent", "тверь")}, ["Boris Lang", "Артём Ёлкин"]),
        ({"places": ("de",)}, ["Boris Lang"]),
        ({"topics": ("career",)}, ["Anna Petrova"]),
        ({"topics": ("RADIOS",)}, ["Anna Petrova"]),
        ({"topics": ("карьера",)}, ["Артём Ёлкин"]),
        ({"circles": ("key",), "places": ("ghent",)}, ["Boris Lang"]),
        ({"due_by": date(2026, 11, 22)}, ["Anna Petrova"]),
        ({"due_by": date(2026, 11, 24)}, ["Anna Petrova", "Boris Lang"]),
    ],
    ids=str,
)
def test_filters(filters: dict[str, Any], names: list[str]) -> None:
    assert found(**filters) == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("нюта", ["Anna Petrova"]),
        ("jose", ["José"]),
        ("елкин", ["Артём Ёлкин"]),
        ("lang leip", ["Boris Lang"]),  # a name and a place
        ("#friend", ["Anna Petrova", "Clara", "José"]),  # a word begins so
        ("team work", ["Anna Petrova"]),
        ("lum", ["Anna Petrova", "Clara"]),
        ("key tbil", ["Anna Petrova"]),  # a circle and a place
        ("ключевой", ["Anna Petrova", "Boris Lang"]),
        ("книжный", ["Артём Ёлкин"]),
        ("uminou", ["Clara"]),  # a part, where no word begins so
        ("anna leipzig", []),
        ("—", ["Anna Petrova", "Boris Lang", "Clara", "Dora", "José", "Артём Ёлкин"]),
    ],
)
def test_words(words: str, names: list[str]) -> None:
    assert found(words=tuple(words.split())) == names


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("KEY", "key"),
        ("ke", "key"),
        ("ключ", "key"),
        ("contacts", "key"),  # key contacts
        ("club", "book club"),
        ("Kids’ choir", "kids’ choir"),
        ("k", None),  # key, kids’ choir
        ("ey", None),
        ("", None),
        ("none", "none"),
        ("нет", "none"),
    ],
)
def test_a_circle_by_its_beginning(word: str, meant: str | None) -> None:
    assert meant_word(word, "circles", ["Book club", "Kids’ choir"]) == meant


def test_a_stage_by_its_beginning() -> None:
    for word, meant in {"estab": "established", "long t": "long-term", "долго": "long-term",
        "n": "new", "key": None, "кри": "crisis"}.items():  # fmt: skip
        assert meant_word(word, "stages") == meant


@pytest.mark.parametrize(
    ("name", "topics"),
    [
        # No day, template, index or company, nor a topic twice.
        ("Anna Petrova", ("Career", "old radios", "Team work")),
        ("Boris Lang", ()),
        ("Clara", ()),  # a conflict copy is no note of its own
        ("José", ()),
        ("Артём Ёлкин", ("Карьера",)),
    ],
)
def test_topics(name: str, topics: tuple[str, ...]) -> None:
    people = WORLD.people
    contact = people.contacts[f"People/{name}.md"]
    assert topics_of(contact, people.snapshot, people.contacts) == topics


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("name", ["Anna Petrova", "Boris Lang", "Clara", "Dora", "José", "Артём Ёлкин"]),
        # Who is not asked about comes last, and so does who has no day.
        ("due", ["Anna Petrova", "Boris Lang", "Артём Ёлкин", "Clara", "Dora", "José"]),
        ("last", ["Dora", "José", "Anna Petrova", "Boris Lang", "Артём Ёлкин", "Clara"]),
        ("circle", ["Anna Petrova", "Boris Lang", "Dora", "Clara", "Артём Ёлкин", "José"]),
    ],
)
def test_order(key: SortKey, names: list[str]) -> None:
    contacts = WORLD.people.contacts.values()
    assert [one.name for one in in_order(contacts, WORLD.day, key)] == names


def test_who_is_put_off_comes_on_the_day_of_return() -> None:
    notes = {
        "People/Ann.md": "---\nevery: 7\nlast_contact: 2026-01-01\nsnooze_until: 2026-12-24\n---\n",
        "People/Ben.md": "---\ncircle: key\nlast_contact: 2026-11-21\n---\n",
    }
    one = world(notes, "2026-11-22")
    found = in_order(one.people.contacts.values(), one.day, "due")
    assert [contact.name for contact in found] == ["Ben", "Ann"]


def test_the_note_of_a_household_is_no_topic() -> None:
    notes = {
        "People/Ann.md": "---\nhousehold: '[[The Langs]]'\n---\n",
        "Groups/The Langs.md": "[[Ann]]\n",
    }
    people = world(notes, "2026-11-22").people
    assert topics_of(people.contacts["People/Ann.md"], people.snapshot, people.contacts) == ()
