"""Kind: nothing that the tool writes about people blames or grades anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest

from tests.conftest import ROOT
from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.locale.catalogue import Catalogue
from vaulttool.locale.unkind import UNKIND, unkind_words
from vaulttool.message import Table, Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vaulttool.model import Language

each_language = pytest.mark.parametrize("lang", LANGUAGES)

# Names of problems in files, as `vault check` prints them; none is about a person.
CODE = re.compile(r"\bbad-[a-z]+\b")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAMPLES = ("", "console", "markdown", "csv")  # fences that show notes, or what the tool prints


def blames(text: str) -> list[str]:
    return [word for lang in LANGUAGES for word in unkind_words(CODE.sub("", text), lang)]


@each_language
def test_the_words_in_which_values_are_written(lang: Language) -> None:
    words = words_of(lang)
    tables: tuple[Table, ...] = get_args(Table)
    assert "circles" in tables
    for name in tables:
        table = getattr(words, name)
        keys = range(len(table)) if isinstance(table, tuple) else table
        for key in keys:
            assert unkind_words(Catalogue(lang).term(Term(name, key)), lang) == []
    assert unkind_words(words.due_heading, lang) == []


def test_the_templates() -> None:
    files = [*(ROOT / "templates").iterdir(), *(ROOT / "example-vault/Templates").iterdir()]
    assert len(files) >= 4
    for path in files:
        assert blames(path.read_text("utf-8")) == [], path


def samples(path: Path) -> Iterator[str]:
    """The fenced blocks of a page."""
    for language, block in FENCE.findall(path.read_text("utf-8")):
        if language in SAMPLES:
            yield block


def test_what_the_docs_show() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = [(path, block) for path in pages for block in samples(path)]
    assert len(shown) > 20
    for path, block in shown:
        assert blames(block) == [], path


def test_what_the_commands_print() -> None:
    """The transcripts, in both languages, over a vault with a case for every rule."""
    for path in (ROOT / "tests/commands").glob("*.txt"):
        assert blames(path.read_text("utf-8")) == [], path


KIND = (
    *("12 days over", "badge", "lostwithiel", "default", "Reach out to", "a rating, not a contact"),
    *("винегрет", "вино", "оплохевший", "завинтить", "извините", "невинный", "лента", "олень"),
    *("тройной", "совет", "посоветовать", "худой", "художник", "урок", "двое", "срок подошёл"),
    *("поздно вечером", "ставить", "оценка, а не контакт", "позавчера"),
)


@pytest.mark.parametrize("text", KIND)
def test_words_that_only_look_like_it(text: str) -> None:
    assert blames(text) == []


FORMS = {
    "en": "neglected neglecting overdue forgotten bad worst failed failure lost guilty graded",
    "ru": """забыт забыта забытый забытых забыли забывать забудете позабыла
        заброшен заброшена заброшенный забросила просрочен просрочено просроченных просрочка
        плохо плохой плохая плохих хуже худший провал провалили провальный потерян потеряна
        потерянных потеряли вина вины виной виноват виновата виновен винить обвинять
        двойка двойки двойку двоечник тройка стыдно совестно лень ленитесь упустила упущено
        пренебрегли запустили подвёл опоздали опаздываете неудача небрежно упрёк""",
}


@each_language
def test_every_form_is_known(lang: Language) -> None:
    for form in FORMS[lang].split():
        assert unkind_words(f"Анна, {form}: 12", lang) == [fold(form)], form


@each_language
def test_the_list_is_folded(lang: Language) -> None:
    """Texts are folded before they are compared: a word with `ё` would never be found."""
    for word in UNKIND[lang]:
        assert fold(word) == word
