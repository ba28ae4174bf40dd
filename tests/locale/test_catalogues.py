"""The catalogues: in step with the source, complete, kind; and the lines made from them."""

from __future__ import annotations

import ast
import importlib.util
import itertools
from datetime import date, timedelta
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

from vaulttool.contact import Cadence
from vaulttool.locale import LANGUAGES, words_of
from vaulttool.locale.catalogue import Catalogue, choose_language
from vaulttool.locale.unkind import unkind_words
from vaulttool.markdown import dueline
from vaulttool.markdown.dueline import Phrase
from vaulttool.message import Term
from vaulttool.people.cadence import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.message import Message
    from vaulttool.model import Language

ROOT = Path(__file__).parent.parent.parent
SPEC = importlib.util.spec_from_file_location("catalogues", ROOT / "tools" / "catalogues.py")
assert SPEC
assert SPEC.loader
catalogues = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(catalogues)

# What speaks of files and settings only; all other messages may be about people.
TECHNICAL = (
    *("vaulttool/vault/", "vaulttool/exchange/", "vaulttool/markdown/frontmatter.py"),
    *("vaulttool/markdown/yamlblock.py", "vaulttool/markdown/body.py"),
    *("vaulttool/cli/check.py", "vaulttool/cli/main.py"),
)

each_language = pytest.mark.parametrize("lang", LANGUAGES)


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


# --- In step with the source ---------------------------------------------------------------


@each_language
def test_the_catalogue_holds_exactly_the_messages_of_the_source(lang: Language) -> None:
    committed = catalogues.catalogue_path(lang).read_bytes()
    assert catalogues.po_bytes(catalogues.updated(lang)) == committed, "run make catalogues"


@each_language
def test_the_compiled_catalogue_is_made_from_the_text(lang: Language) -> None:
    path = catalogues.catalogue_path(lang)
    compiled = path.with_suffix(".mo").read_bytes()
    assert catalogues.mo_bytes(path.read_bytes(), lang) == compiled, "run make catalogues"


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('msg("one")', ("one",)),
        ('msg("one " "sentence", n=1)', ("one sentence",)),
        ('nmsg("{n} day", "{n} days", count)', ("{n} day", "{n} days")),
        ('Phrase("once")', ("once",)),
        ('Phrase("one", "many")', ("one", "many")),
        ('N_("help")', ("help",)),
        ('other("text")', ()),
    ],
)
def test_messages_are_extracted_from_calls(source: str, texts: tuple[str, ...]) -> None:
    (statement,) = ast.parse(source).body
    assert isinstance(statement, ast.Expr)
    assert catalogues.message_texts(statement.value) == texts


def test_a_message_inside_an_f_string_is_extracted_too() -> None:
    assert "wished" in catalogues.extracted()


# --- Complete ------------------------------------------------------------------------------


@each_language
def test_every_message_is_translated_and_none_is_fuzzy(lang: Language) -> None:
    catalog = catalogues.updated(lang)
    assert catalogues.untranslated(catalog) == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    assert b"#~" not in catalogues.catalogue_path(lang).read_bytes()


@each_language
def test_plural_messages_have_all_forms_of_the_language(lang: Language) -> None:
    catalog = catalogues.updated(lang)
    for message in catalog:
        wanted = catalog.num_plurals if isinstance(message.id, tuple) else 1
        assert len(catalogues.forms(message)) == wanted, message.id
    assert catalog.num_plurals == {"en": 2, "ru": 3}[lang]


def test_english_says_what_the_source_says() -> None:
    for message in catalogues.updated("en"):
        assert message.string == message.id or not message.id


def test_translations_have_the_placeholders_of_the_source() -> None:
    for message in catalogues.updated("ru"):
        # A singular may leave its number out (`every week`), a form of Russian may not:
        # it stands for 21 as well.
        source = message.id[1] if isinstance(message.id, tuple) else message.id
        for form in catalogues.forms(message):
            assert placeholders(form) == placeholders(source), message.id


def test_translations_are_punctuated_as_the_source() -> None:
    for message in filter(lambda one: one.id, catalogues.updated("ru")):
        source = message.id[1] if isinstance(message.id, tuple) else message.id
        for form in catalogues.forms(message):
            assert form.strip() == form, message.id
            assert form.count("\n") == source.count("\n"), message.id
            assert form.endswith(".") == source.endswith("."), message.id


# --- Kind ----------------------------------------------------------------------------------


@each_language
def test_no_message_about_people_blames(lang: Language) -> None:
    for message in catalogues.updated(lang):
        if all(place.startswith(TECHNICAL) for place, _line in message.locations):
            continue
        for form in catalogues.forms(message):
            assert unkind_words(form, lang) == [], message.id


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("Anna, neglected for 12 days", "en", ["neglected"]),
        ("12 days overdue, a bad sign", "en", ["overdue", "bad"]),
        ("the badge was not lost-proof", "en", ["lost"]),
        ("12 days over", "en", []),
        ("Срок просрочен, контакт заброшен", "ru", ["просрочен", "заброшен"]),
        ("это ваша Вина", "ru", ["вина"]),
        ("винегрет и оплохевший", "ru", []),
    ],
)
def test_unkind_words_are_found_whole(text: str, lang: Language, found: list[str]) -> None:
    assert unkind_words(text, lang) == found


# --- Sentences -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "line"),
    [
        (1, "срок подошёл 1 день назад (раз в неделю)"),
        (2, "срок подошёл 2 дня назад (раз в 2 недели)"),
        (5, "срок подошёл 5 дней назад (раз в 5 недель)"),
        (11, "срок подошёл 11 дней назад (раз в 11 недель)"),
        (21, "срок подошёл 21 день назад (раз в 21 неделю)"),
        (111, "срок подошёл 111 дней назад (раз в 111 недель)"),
    ],
)
def test_russian_counts_days_and_weeks(n: int, line: str) -> None:
    message = dueline.DAYS_OVER(n=n, cadence=describe(Cadence(days=7 * n)))
    assert Catalogue("ru").render(message) == line


@pytest.mark.parametrize(
    ("n", "line"),
    [
        (1, "— во вторник исполняется 1 год"),
        (2, "— во вторник исполняется 2 года"),
        (5, "— во вторник исполняется 5 лет"),
        (11, "— во вторник исполняется 11 лет"),
        (21, "— во вторник исполняется 21 год"),
        (111, "— во вторник исполняется 111 лет"),
    ],
)
def test_russian_counts_years(n: int, line: str) -> None:
    message = dueline.TURNS(n=n, when=Term("on_weekdays", 1))
    assert Catalogue("ru").render(message) == line


@pytest.mark.parametrize(
    ("cadence", "english", "russian"),
    [
        (Cadence(days=1), "every day", "раз в день"),
        (Cadence(days=10), "every 10 days", "раз в 10 дней"),
        (Cadence(days=14), "every 2 weeks", "раз в 2 недели"),
        (Cadence(months=1), "every month", "раз в месяц"),
        (Cadence(months=3), "every 3 months", "раз в 3 месяца"),
        (Cadence(months=1, days=15), "every 45 days", "раз в 45 дней"),
        (Cadence(months=12), "every year", "раз в год"),
        (Cadence(months=24), "every 2 years", "раз в 2 года"),
        (Cadence(), "on demand", "по запросу"),
    ],
)
def test_cadences_are_said(cadence: Cadence, english: str, russian: str) -> None:
    assert Catalogue("en").render(describe(cadence)) == english
    assert Catalogue("ru").render(describe(cadence)) == russian


@pytest.mark.parametrize(
    ("names", "lang"),
    [
        ("ru", "ru"),
        ("ru_RU.UTF-8", "ru"),
        ("RU", "ru"),
        ("en_GB.UTF-8", "en"),
        ("ru_RU.UTF-8:en", "ru"),
        ("en:ru", "en"),
        ("de_DE:ru_RU:en", "ru"),
        ("de_DE.UTF-8", "en"),
        ("rue_UA", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("", "en"),
    ],
)
def test_the_first_known_language_is_chosen(names: str, lang: Language) -> None:
    assert choose_language(names) == lang


# --- A line of the due block, written and read back ----------------------------------------

TODAY = date(2026, 11, 22)
ADDED = "добавлено позже"
AROUND = [TODAY + timedelta(days=days) for days in range(-8, 16)]
FIRSTS = [
    date(year, month, day) for year in (2026, 2025) for month in range(1, 13) for day in (1, 27)
]
CHANNELS = [Term("channel_names", name) for name in words_of("en").channel_names]
CADENCES = [
    *(Cadence(days=n) for n in range(122)),
    *(Cadence(months=n) for n in range(122)),
]
SAMPLES: dict[str, list[Any]] = {
    "n": [*range(122)],
    "cadence": [describe(cadence) for cadence in CADENCES],
    "date": FIRSTS,
    "channel": CHANNELS,
    "channels": [*((channel,) for channel in CHANNELS), tuple(CHANNELS), tuple(CHANNELS[::-1])],
    "hours": ["10:00–18:00", "09:30–24:00"],
    "quoted": [
        dueline.quoted(texts)
        for texts in (["no calls"], ["без звонков", "не по выходным"], ["say “hi” · (softly)"])
    ],
    "label": ["wedding", "свадьба", "first day, at Acme · 2019", ""],
    "links": ["[[Карьера]]", "[[Team work]], [[Topics/Books|Books]]"],
    "when": [dueline.when(day, TODAY) for day in [*AROUND, *FIRSTS]],
    "text": ["send the deck", "прислать рецепт (до 3 дек.) · срочно"],
}
NOTES = (dueline.ASK_ABOUT, dueline.YOU_PROMISED, dueline.PROMISED_YOU)
PARTS = (dueline.TODAY, dueline.TOMORROW, dueline.YESTERDAY, dueline.ON_DATE)


def sample_messages(phrase: Phrase) -> Iterator[Message]:
    """Fill a phrase so that each sample of each of its values has its turn."""
    names = sorted(placeholders(phrase.one) | placeholders(phrase.many))
    for turn in range(max([1, *(len(SAMPLES[name]) for name in names)])):
        yield phrase(**{name: SAMPLES[name][turn % len(SAMPLES[name])] for name in names})


def sample_lines(phrase: Phrase) -> Iterator[str]:
    for lang, year in itertools.product(LANGUAGES, (None, 2026)):
        for message in sample_messages(phrase):
            yield Catalogue(lang, year).render(message)


def test_every_phrase_is_tried() -> None:
    phrases = {phrase for phrase in vars(dueline).values() if isinstance(phrase, Phrase)}
    assert phrases == {*dueline._AFTER_NAME, *dueline._OCCASIONS, *NOTES, *PARTS}


@pytest.mark.parametrize("phrase", dueline._AFTER_NAME, ids=lambda phrase: phrase.one)
def test_what_follows_a_name_is_told_from_what_a_person_adds(phrase: Phrase) -> None:
    for text in sample_lines(phrase):
        line = dueline.read_line(f"[[X]] · {text} {ADDED}")
        assert line == dueline.DueLine("", ("X",), f" · {text}", ADDED)


@pytest.mark.parametrize("phrase", dueline._OCCASIONS, ids=lambda phrase: phrase.one)
def test_an_occasion_is_told_from_what_a_person_adds(phrase: Phrase) -> None:
    for text in sample_lines(phrase):
        line = dueline.read_line(f"🎂 [[X]] {text} {ADDED}")
        assert line == dueline.DueLine("🎂", ("X",), f" {text}", ADDED)


@each_language
def test_a_line_of_many_phrases_is_read_whole(lang: Language) -> None:
    written = [next(sample_messages(phrase)) for phrase in dueline._AFTER_NAME]
    tool = "".join(f" · {Catalogue(lang).render(message)}" for message in written)
    line = dueline.read_line(f"[[X]]{tool} {ADDED}")
    assert line == dueline.DueLine("", ("X",), tool, ADDED)


@pytest.mark.parametrize("phrase", NOTES, ids=lambda phrase: phrase.one)
def test_a_nested_note_is_the_tools_own_until_a_person_adds_to_it(phrase: Phrase) -> None:
    for text in sample_lines(phrase):
        assert dueline.begins_tool_note(text)
        assert dueline.is_tool_note(text, SAMPLES["text"])
        assert not dueline.is_tool_note(f"{text} {ADDED}", SAMPLES["text"])


@each_language
def test_topics_and_a_promise_share_a_nested_note(lang: Language) -> None:
    for topics, promise in itertools.product(
        sample_messages(dueline.ASK_ABOUT), sample_messages(dueline.YOU_PROMISED)
    ):
        text = " · ".join(Catalogue(lang).render(message) for message in (topics, promise))
        assert dueline.is_tool_note(text, SAMPLES["text"])
        assert not dueline.is_tool_note(f"{text} {ADDED}", SAMPLES["text"])


def test_a_russian_line_reads_well() -> None:
    catalogue = Catalogue("ru", TODAY.year)
    phrases = (
        dueline.DAYS_OVER(n=12, cadence=describe(Cadence(days=14))),
        dueline.LAST(channel=Term("channel_names", "call"), date=date(2026, 10, 27)),
        dueline.LIKES_AT(channels=(Term("channel_names", "video"),), hours="10:00–18:00"),
    )
    assert " · ".join(["[[Анна Петрова]]", *(catalogue.render(one) for one in phrases)]) == (
        "[[Анна Петрова]] · срок подошёл 12 дней назад (раз в 2 недели)"
        " · последний раз: звонок 27 окт."
        " · по душе видеозвонок, 10:00–18:00 по местному времени"
    )
