from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.story import world
from vaulttool.contact import Depth
from vaulttool.locale import LANGUAGES, words_of
from vaulttool.markdown.note import read_note
from vaulttool.markdown.values import alias_texts, plain, texts
from vaulttool.people.reader import Reader, read_weekdays
from vaulttool.people.schema import (
    PROPERTIES,
    Schema,
    key_form,
    lookup,
    read_depth,
    read_flag,
)
from vaulttool.settings import Settings

if TYPE_CHECKING:
    from vaulttool.model import Language

NAMES = [(native, name) for native, others in PROPERTIES.items() for name in (native, *others)]


def test_aliases_that_are_nothing_name_nobody() -> None:
    for text in ("[null, ~, Ann]", "\n  - null\n  -\n  - Ann", "Ann"):
        (item,) = read_note("n.md", f"---\naliases: {text}\n---\n").properties
        assert alias_texts(item) == ["Ann"]


def read(text: str, settings: Settings | None = None) -> Reader:
    note = read_note("People/A.md", f"---\n{text}\n---\n")
    assert not note.problems
    return Reader(note, Schema(settings or Settings()))


@pytest.mark.parametrize(("native", "name"), NAMES)
def test_every_name_is_read_as_its_native_one(native: str, name: str) -> None:
    for spelled in (name, name.upper(), name.replace("_", "-"), name.replace("-", " ")):
        assert read(f"{spelled}: x").texts(native) == ["x"]


def test_no_name_is_read_as_two() -> None:
    forms = [key_form(name) for _native, name in NAMES]
    twice = {form for form in forms if forms.count(form) > 1}
    assert twice == set()


def test_the_contract_names_nothing_that_is_not_read() -> None:
    also = """
        NICKNAME CATEGORIES prm-tier tier relationship_type тип круг этап стадия cadence frequency
        keep_in_touch prm-cadence X-FRM-FREQUENCY частота раз_в минимум last_contacted last-contact
        lastContact last_chat prm-last-contacted последний_контакт next_contact next_follow_up
        next-follow-up следующий_контакт prm-snooze-until отложить_до prm-paused пауза умер умерла
        границы BDAY prm-birthday день_рождения др anniversary даты часовой_пояс время дни страна
        предпочитает почта телефон ORG TITLE prm-location based-in компания должность город
        познакомились topics интересы friends introduced_by связи family members synced REV
        проверено личное people attendees участники EMAIL[HOME] TEL[CELL] email_2
        """
    for name in also.split():
        assert Schema(Settings()).read(read_note("A.md", f"---\n{name}: x\n---\n")), name


def test_a_numbered_or_typed_key_is_a_further_value_of_the_same() -> None:
    assert read("email_2: b\nemail: a").text("email") == "a"
    assert read("email_2: b").text("email") == "b"
    assert read("TEL[1:CELL]: 1").text("phone") == "1"
    assert read("circle_2: key").text("circle") is None


def test_names_that_are_added_come_last() -> None:
    settings = Settings(property_names={"every": ("reach_out",)})
    assert read("Reach out: 1 week", settings).text("every") == "1 week"
    assert read("reach_out: 1 week\nfrequency: 2 weeks", settings).text("every") == "2 weeks"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", ["circles", "stages", "boundaries", "depths"])
def test_every_word_of_a_table_is_read(lang: Language, table: str) -> None:
    for meaning, forms in getattr(words_of(lang), table).items():
        for form in (meaning, *forms):
            assert lookup(f" {form.upper()} ", table) == meaning
            assert lookup(form.replace("е", "ё", 1), table) == meaning


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        *(("true", True), ("Yes", True), ("ДА", True), ("false", False), ("No", False)),
        *(("нет", False), ("1", None), ("", None), ("on", None), ("maybe", None)),
    ],
)
def test_booleans(text: str, flag: bool | None) -> None:
    assert read_flag(text) is flag


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        *(("light", Depth.LIGHT), ("Message", Depth.MESSAGE), ("talk", Depth.TALK)),
        *(("сообщение", Depth.MESSAGE), ("разговор", Depth.TALK), ("лёгкий", Depth.LIGHT)),
        *(("", None), ("3", None), ("deep", None)),
    ],
)
def test_depths(text: str, depth: Depth | None) -> None:
    assert read_depth(text) is depth


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("mon-fri", "01234"), ("Mon – Fri", "01234"), ("mon,wed;fri", "024"), ("sat-mon", "056")),
        *(("пн-пт", "01234"), ("вт, чт", "13"), ("Понедельник", "0"), ("пн ср пт", "024")),
        *(("sun-sun", "6"), ("mondays", "0"), ("mo tu", "01"), ("fri-tue, thu", "013456")),
        *(("", None), ("mon-wed-fri", None), ("weekend", None), ("-", None), ("mon-", None)),
    ],
)
def test_days_of_the_week(text: str, days: str | None) -> None:
    found = read_weekdays(text)
    assert found == (None if days is None else frozenset(map(int, days)))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("10:00-18:00", "10:00–18:00"), ("9-18", "09:00–18:00"), ("9:30 – 24:00", "09:30–24:00")),
        *(("25:00-26:00", None), ("10:75-11:00", None), ("morning", None)),
        ("22:00-6:00", "22:00–06:00"),
    ],
)
def test_hours(text: str, hours: str | None) -> None:
    reader = read(f"hours: {text}")
    assert reader.hours("hours") == hours
    assert bool(reader.problems) is (hours is None)


def test_texts_of_every_shape() -> None:
    assert texts("x") == ["x"]
    assert texts(" ") == texts([]) == texts({"a": "b"}) == []
    assert texts(["a", " ", "b"]) == ["a", "b"]
    assert texts([["Anna"]]) == ["[[Anna]]"]
    assert texts([[["Anna"]], "b"]) == ["[[Anna]]", "b"]


def test_the_words_of_a_link() -> None:
    assert plain("[[People/Anna.md#x|A.]]") == "A."
    assert plain("[[People/Anna]]") == "Anna"
    assert plain(" x ") == "x"


SCALARS = st.one_of(
    st.sampled_from(
        [
            *("12.10", "2026-13-45", "9999-12-31", "0001-01-01", "--02-29", "never", "[[A]]", "{}"),
            *(
                "true",
                "[]",
                "mon-fri",
                "10-18",
                "1e999",
                "-0",
                "~",
                "'",
                '"x"',
                "99999999999999999",
            ),
        ]
    ),
    st.text(alphabet="0123456789.-: абвxyz", max_size=12),
)


@given(st.lists(st.tuples(st.sampled_from([name for _n, name in NAMES]), SCALARS), max_size=8))
def test_no_value_stops_a_note_from_being_read(pairs: list[tuple[str, str]]) -> None:
    lines = "\n".join(f"{name}: {value}" for name, value in pairs)
    found = world({"People/A.md": f"---\n{lines}\n---\n"}, "2026-11-22").people
    for contact in found.contacts.values():
        for problem in contact.problems:
            assert problem.line
            assert re.fullmatch(r"bad-[a-z]+", problem.code)
            assert problem.severity == "warning"


@pytest.mark.parametrize(
    ("keys", "native", "key"),
    [
        ("circle: key", "circle", "circle"),
        ("prm-tier: close", "circle", "prm-tier"),
        ("Prm-Tier: close", "circle", "Prm-Tier"),
        ("тип: ключевой", "circle", "тип"),
        ("frequency: monthly", "every", "frequency"),
        ("every: monthly\nfrequency: weekly", "every", "every"),  # the one that is read
        ("prm-tier: close\nprm-birthday: 03-14", "snooze_until", "prm-snooze-until"),
        ("город: Казань\nкомпания: Заря", "every", "частота"),
        ("город: Казань\nrole: baker\nemail: a@example.org", "every", "every"),  # mostly English
        ("BDAY: 1990-01-01\nTEL[CELL]: 1", "phone", "TEL[CELL]"),
        ("TEL[CELL]: 1\nTEL[HOME]: 2", "phone", "phone"),  # which of them is meant, nothing says
        ("N.GN: Anya\ncity: Moscow", "company", "ORG"),
        ("FN: Anya", "birthday", "BDAY"),
        ("FN: Anya", "snooze_until", "snooze_until"),  # a vCard has no name for it
        ("email: a@example.org\nprm-tier: close", "pause", "prm-paused"),  # beside the importer's
        ("relationship: friend", "circle", "circle"),  # what she is, is not written over
        ("relationship_type: work\ncontact_style: periodic", "circle", "circle"),
        ("relationship_type: regular", "circle", "relationship_type"),
        ("aliases: [A]\ntags: [x]\nдр: 14.03", "every", "частота"),
        ("colour: red", "circle", "circle"),
    ],
)
def test_the_name_under_which_a_property_is_written(keys: str, native: str, key: str) -> None:
    note = read_note("People/Anna.md", f"---\n{keys}\n---\n")
    assert Schema(Settings()).key_for(note, native) == key
