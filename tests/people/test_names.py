from __future__ import annotations

import pytest

from tests.people.story import world
from vaulttool.errors import AmbiguousNameError, UnknownNameError
from vaulttool.locale.catalogue import Catalogue
from vaulttool.people.names import find_contact, matches, name_form

NOTES = {
    "People/Anna Petrova.md": "---\naliases: [Anya, Нюша]\n---\n",
    "People/Anna Berg.md": "B.\n",
    "People/Anna.md": "Only that.\n",
    "People/José Álvarez.md": "B.\n",
    "People/Алёна Ким.md": "---\naliases: [Алёнка]\n---\n",
    "Friends/Sam.md": "B.\n",
    "People/Sam.md": "B.\n",
    "People/Susanna Wolf.md": "B.\n",
    "People/Peter Ash.md": "B.\n",
    "People/Ray Peterson.md": "B.\n",
    "People/Jo Salvarez.md": "B.\n",
    "People/Пётр Ильин.md": "B.\n",
    "People/Вера Петрова.md": "B.\n",
    "People/Liam O'Connor.md": "B.\n",
    "People/Mei D’Arcy.md": "B.\n",
}
CONTACTS = world(NOTES, "2026-11-22").people.contacts


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Anna Petrova", "People/Anna Petrova.md"),
        ("anna petrova", "People/Anna Petrova.md"),
        ("  Anna   Petrova ", "People/Anna Petrova.md"),
        ("Anna", "People/Anna.md"),  # a whole title wins over parts of others
        ("Anya", "People/Anna Petrova.md"),
        ("нюша", "People/Anna Petrova.md"),
        ("petr", "People/Anna Petrova.md"),
        ("berg", "People/Anna Berg.md"),
        ("jose alvarez", "People/José Álvarez.md"),
        ("ALVAREZ", "People/José Álvarez.md"),
        ("Алена", "People/Алёна Ким.md"),
        ("алёнка", "People/Алёна Ким.md"),
        ("Friends/Sam", "Friends/Sam.md"),
        ("people/sam.md", "People/Sam.md"),
        ("usann", "People/Susanna Wolf.md"),  # inside a word, where nothing begins so
        ("wol", "People/Susanna Wolf.md"),
        ("Peter", "People/Peter Ash.md"),  # a whole word wins over the beginning of one
        ("пётр", "People/Пётр Ильин.md"),
        ("петро", "People/Вера Петрова.md"),
        ("alvar", "People/José Álvarez.md"),  # the beginning of a word wins over a part
        ("Liam O’Connor", "People/Liam O'Connor.md"),  # as a phone types it
        ("oʼconnor", "People/Liam O'Connor.md"),
        ("mei d'arcy", "People/Mei D’Arcy.md"),
        ("Вере", "People/Вера Петрова.md"),  # a form of a name, where no name is just so
        ("алёной ким", "People/Алёна Ким.md"),
        ("Нюше", "People/Anna Petrova.md"),
        ("Петра", "People/Пётр Ильин.md"),
    ],
)
def test_names(name: str, path: str) -> None:
    assert find_contact(name, CONTACTS).path == path


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("Sam", ["Friends/Sam.md", "People/Sam.md"]),
        ("pete", ["People/Peter Ash.md", "People/Ray Peterson.md"]),
        ("ann", ["People/Anna Berg.md", "People/Anna Petrova.md", "People/Anna.md"]),
    ],
)
def test_of_two_who_answer_neither_is_taken(name: str, paths: list[str]) -> None:
    with pytest.raises(AmbiguousNameError) as refused:
        find_contact(name, CONTACTS)
    assert refused.value.exit_code == 4
    assert refused.value.details["candidates"] == paths


def test_of_very_many_the_error_names_a_few() -> None:
    notes = {f"People/Guest {n:02}.md": "" for n in range(40)}
    with pytest.raises(AmbiguousNameError) as refused:
        find_contact("guest", world(notes, "2026-11-22").people.contacts)
    said = Catalogue("en").render(refused.value.message)
    assert said.count("People/Guest") == 6
    assert "Guest 05.md and 34 more: write more of the name" in said
    assert refused.value.details["candidates"] == sorted(notes)


@pytest.mark.parametrize(
    ("name", "near"),
    [("Ana Petrova", "Anna Petrova"), ("Pertova", "Anna Petrova"), ("Alvares", "José Álvarez")],
)
def test_a_slip_of_the_finger_gets_a_suggestion(name: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as unknown:
        find_contact(name, CONTACTS)
    assert unknown.value.details["near"] == near


@pytest.mark.parametrize("name", ["Zzyzx", "", " ", "\u0301", "."])
def test_who_is_not_there_is_not_found(name: str) -> None:
    with pytest.raises(UnknownNameError):
        find_contact("Zzyzx", CONTACTS)
    if not name_form(name):
        assert matches(name, CONTACTS) == []


def test_the_form_of_a_name() -> None:
    assert name_form(" Ё  É\u00a0x ") == "е e x"
    assert name_form("Й") == name_form("И\u0306")


def test_a_form_that_several_may_have_is_refused() -> None:
    people = {"People/Александр.md": "", "People/Александра Ли.md": "", "People/Олег.md": "",
        "People/Оля.md": ""}  # fmt: skip
    contacts = world(people, "2026-11-22").people.contacts
    for name in ("Александру", "Оле"):  # `Оле` may begin Олег as well
        with pytest.raises(AmbiguousNameError):
            find_contact(name, contacts)
    assert find_contact("Олю", contacts).path == "People/Оля.md"


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("ann", None),
        ("usanna", None),  # a part of one name, and near no other
        ("ash", None),
        ("amm", None),
        ("ana", ["Family/Hana Sato.md", "People/Anna Petrova.md"]),
        ("Family/Hana Sato", None),
    ],
)
def test_a_part_within_a_word_is_asked_about_where_a_slip_is_as_likely(
    name: str, candidates: list[str] | None
) -> None:
    notes = {f"People/{one}.md": "B.\n" for one in ("Anna Petrova", "Susanna Wolf", "Peter Ash")}
    family = {"Family/Hana Sato.md": "---\ntags: [person]\n---\n"}
    contacts = world({**notes, **family, "People/Sammy.md": ""}, "2026-11-22").people.contacts
    if candidates is None:
        assert find_contact(name, contacts)
    else:
        with pytest.raises(AmbiguousNameError) as failed:
            find_contact(name, contacts)
        assert failed.value.details["candidates"] == candidates
