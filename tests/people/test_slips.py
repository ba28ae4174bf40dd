"""What is suggested where nobody answers to a name as it was typed."""

from __future__ import annotations

import pytest

from tests.people.story import world
from vaulttool.errors import UnknownNameError
from vaulttool.people.names import find_contact
from vaulttool.people.slips import is_one_slip

NOTES = {
    "People/Anna Petrova.md": "---\naliases: [Анюта]\n---\n",
    "People/Hana Sato.md": "B.\n",
    "People/Eva Lang.md": "B.\n",
    "People/Bo.md": "B.\n",
    "People/Ольга Соколова.md": "B.\n",
    "People/Артём Ёлкин.md": "B.\n",
    "People/Юлия Бек.md": "B.\n",
    "People/Marta.md": "B.\n",
    "People/Maria.md": "B.\n",
    "Friends/Quentin.md": "B.\n",
    "People/Quentin.md": "B.\n",
}
CONTACTS = world(NOTES, "2026-11-22").people.contacts


def suggested(name: str) -> list[str]:
    with pytest.raises(UnknownNameError) as unknown:
        find_contact(name, CONTACTS)
    near = unknown.value.message.values.get("near", [])
    assert isinstance(near, list)
    assert unknown.value.details.get("near") == (near[0] if near else None)  # for programs
    return near


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hsna Sato", "Hana Sato"),  # another letter
        ("hanna sato", "Hana Sato"),  # one more
        ("hna sato", "Hana Sato"),  # one less
        ("haan sato", "Hana Sato"),  # two exchanged
        ("hanasato", "Hana Sato"),  # a space is a letter too
        ("hsna", "Hana Sato"),  # in one of the words
        ("iva", "Eva Lang"),  # short
        ("ba", "Bo"),  # as short as can be
        ("petorva", "Anna Petrova"),
        ("petrva", "Anna Petrova"),
        ("pterov", "Anna Petrova"),  # in a part of a word
        ("аннюта", "Anna Petrova"),  # in an alias
        ("олга", "Ольга Соколова"),
        ("Соколва", "Ольга Соколова"),
        ("ольга сокалова", "Ольга Соколова"),
        ("артем елкен", "Артём Ёлкин"),
        ("Юлья", "Юлия Бек"),
    ],
)
def test_one_mistyped_letter(typed: str, meant: str) -> None:
    assert suggested(typed) == [meant]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("щдпф", None),  # olga, and nobody is written so
        ("рфтф", "Hana Sato"),
        ("Фттф", "Anna Petrova"),
        ("jkmuf", "Ольга Соколова"),
        (".kbz", "Юлия Бек"),
        ("`krby", "Артём Ёлкин"),
        ("щ", None),
    ],
)
def test_the_other_keyboard_layout(typed: str, meant: str | None) -> None:
    assert suggested(typed) == ([meant] if meant else [])


def test_several_that_are_as_near_are_all_named() -> None:
    assert suggested("Marza") == ["Maria", "Marta"]
    assert suggested("Quentim") == ["Friends/Quentin.md", "People/Quentin.md"]


def test_the_first_letter_is_seldom_the_wrong_one() -> None:
    contacts = world({"People/Lena.md": "B.\n", "People/Vera.md": "B.\n"}, "2026-11-22")
    with pytest.raises(UnknownNameError) as unknown:
        find_contact("Vena", contacts.people.contacts)
    assert unknown.value.details["near"] == "Vera"


def test_what_is_further_away_gets_the_most_alike() -> None:
    assert suggested("Anna Petrowna") == ["Anna Petrova"]
    assert suggested("xyzzy") == []


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("anna", "anna", False),
        ("anna", "ana", True),
        ("anna", "annab", True),
        ("anna", "anan", True),
        ("anna", "onna", True),
        ("anna", "naan", False),
        ("anna", "annabe", False),
        ("a", "b", False),
        ("", "a", False),
        ("ab", "ba", True),
    ],
)
def test_one_slip(one: str, other: str, is_one: bool) -> None:
    assert is_one_slip(one, other) is is_one
    assert is_one_slip(other, one) is is_one
