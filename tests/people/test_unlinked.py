"""Names in prose that are no links: which are found, and who is meant."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.table import cases
from vaulttool.index import build
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.linking import Words, with_links
from vaulttool.markdown.note import read_note
from vaulttool.people.agenda import People, read_people
from vaulttool.people.forms import name_forms
from vaulttool.people.spoken import Names
from vaulttool.people.unlinked import find_unlinked
from vaulttool.settings import Settings


def people_of(listed: str, text: str) -> People:
    notes = [read_note("Note.md", f"A note.\n\n{text}")]
    for line in listed.split("\n"):
        path, _colon, words = line.partition(": ")
        alias = words.removeprefix("aliases ") if words.startswith("aliases ") else ""
        body = f"---\naliases: [{alias}]\n---\n" if alias else words
        notes.append(read_note(path, body))
    return read_people(build(notes, (), Settings()))


@cases("unlinked")
def test_names(given: str, expected: str) -> None:
    listed, _line, text = given.partition("\n---\n")
    say = Catalogue("en").render
    lines = [
        f"{one.line} {one.text} -> {one.path or '? ' + ', '.join(one.candidates)} ({say(one.why)})"
        for one in find_unlinked(people_of(listed, text))
        if one.source == "Note.md"
    ]
    assert "\n".join(lines) == expected


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Анна", "Анны Анне Анну Анной"),
        ("Мария", "Марии Марию Марией"),
        ("Катя", "Кати Кате Катю Катей"),
        ("Ольга", "Ольги Ольге Ольгу Ольгой"),
        ("Иван", "Ивана Ивану Иваном Иване"),
        ("Андрей", "Андрея Андрею Андреем Андрее"),
        ("Игорь", "Игоря Игорю Игорем Игоре"),
        ("Павел", "Павла Павлу Павлом Павле"),
        ("Пётр", "Петра Петру Петром Петре"),
        ("Дмитрий Волков", "Дмитрия Волкова|Дмитрию Волкову|Дмитрием Волковым|Дмитрии Волкове"),
        ("Ольга Соколова", "Ольги Соколовой|Ольге Соколовой|Ольгу Соколову|Ольгой Соколовой"),
        ("Лев Толстой", "Льва Толстого|Льву Толстому|Львом Толстым"),
        ("Вера Достоевская", "Веры Достоевской|Веру Достоевскую"),
        ("Anna Petrova", ""),
        ("Ян-2", ""),
    ],
)
def test_declined(name: str, forms: str) -> None:
    wanted = set(forms.split("|") if "|" in forms else forms.split())
    assert wanted <= name_forms(name)
    assert name in name_forms(name)
    if not forms:
        assert name_forms(name) == {name}


LINES = (
    *("Anna met Boris.", "- Anna", "> Anna", "| Anna | b |", "## Anna", "`Anna`", "[[Anna]] Anna"),
    *("  Anna  Anna", "1. Anna", "- [ ] Anna 📅 2026-11-20", "Ёлка Anna\t", "---", "***Anna***"),
    *("| a | b |", "| - | - |", "```", "", "    Anna", "<div>Anna", "%%"),
)


@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_a_link_changes_nothing_but_itself(lines: list[str], end: str) -> None:
    text = end.join(lines)
    notes = [read_note("People/Anna.md", ""), read_note("Note.md", text)]
    people = read_people(build(notes, (), Settings()))
    found = [one for one in find_unlinked(people) if one.source == "Note.md"]
    new = with_links(text, [Words(one.passage, one.start, one.end, "Anna") for one in found])
    assert new.replace("[[Anna]]", "Anna") == text.replace("[[Anna]]", "Anna")
    links = [link.target for link in read_note("Note.md", new).links]
    assert len(links) == len(read_note("Note.md", text).links) + len(found)
    people = read_people(build([notes[0], read_note("Note.md", new)], (), Settings()))
    assert not [one for one in find_unlinked(people) if one.source == "Note.md"]


@pytest.mark.parametrize("sign", ["a", "a ", "Anna", "(", "[", "$", "%", "^", "<", "`", "_", "1."])
def test_a_long_line_takes_no_longer_than_its_length(sign: str) -> None:
    names = Names(people_of("People/Anna.md", "").contacts.values())
    text = sign * (50_000 // len(sign))
    began = time.process_time()
    list(names.find(text))
    assert time.process_time() - began < 5  # where each letter looks at all others: minutes
