from __future__ import annotations

from collections import Counter
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.locale.catalogue import Catalogue
from vaulttool.locale.words import Words

if TYPE_CHECKING:
    from vaulttool.model import Language

CHANNELS_BY_DEPTH = {
    "light": "like reaction comment newsletter broadcast",
    "message": "email message chat sms letter postcard telegram whatsapp signal",
    "talk": "call video meeting conversation coffee lunch dinner event workshop visit walk",
}
CHANNELS = tuple(" ".join(CHANNELS_BY_DEPTH.values()).split())
CIRCLES = ("key", "regular", "potential", "dormant", "expert")
STAGES = ("new", "established", "long-term", "crisis", "transition")
FORBIDDEN = "contact calls weekends messages email video meetings holidays mornings evenings visits"
BOUNDARIES = tuple(f"no {what}" for what in FORBIDDEN.split())
UNITS = ("day", "week", "month", "quarter", "year")
CANONICAL = {
    "channels": CHANNELS,
    "channel_names": CHANNELS,
    "circles": CIRCLES,
    "stages": STAGES,
    "boundaries": BOUNDARIES,
    "depths": tuple(CHANNELS_BY_DEPTH),
    "units": UNITS,
}

# Written by the tool, and so spelled as they are written.
AS_WRITTEN = {
    *("months", "months_in_dates", "months_short", "months_short_in_dates"),
    *("weekdays", "weekdays_short", "weekdays_min", "on_weekdays"),
    *("contact_folders", "due_heading"),
}
LOOKED_UP_BY_KEY = {"times_a", "adverbs", "numbers"}

# What moment.js 2.30 has for the two locales, its weeks turned to begin on Monday.
CALENDARS = {
    "en": {
        "months": "January February March April May June July August September October"
        " November December",
        "months_in_dates": "January February March April May June July August September October"
        " November December",
        "months_short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "months_short_in_dates": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "weekdays_short": "Mon Tue Wed Thu Fri Sat Sun",
        "weekdays_min": "Mo Tu We Th Fr Sa Su",
    },
    "ru": {
        "months": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "months_in_dates": "января февраля марта апреля мая июня июля августа сентября октября"
        " ноября декабря",
        "months_short": "янв. февр. март апр. май июнь июль авг. сент. окт. нояб. дек.",
        "months_short_in_dates": "янв. февр. мар. апр. мая июня июля авг. сент. окт. нояб. дек.",
        "weekdays": "понедельник вторник среда четверг пятница суббота воскресенье",
        "weekdays_short": "пн вт ср чт пт сб вс",
        "weekdays_min": "пн вт ср чт пт сб вс",
    },
}

BOTH = [pytest.param(words_of(lang), id=lang) for lang in LANGUAGES]


def words_in(value: object) -> list[str]:
    """Every word of a table; of a mapping, its values."""
    match value:
        case str():
            return [value]
        case tuple():
            return list(chain.from_iterable(words_in(item) for item in value))
        case dict():
            return words_in(tuple(value.values()))
    raise TypeError(value)


def words_read(words: Words, name: str) -> list[str]:
    value = getattr(words, name)
    return list(value) if name in LOOKED_UP_BY_KEY else words_in(value)


def twice(words: list[str]) -> list[str]:
    return sorted(word for word, n in Counter(words).items() if n > 1)


@pytest.mark.parametrize("words", BOTH)
def test_every_word_that_is_read_is_already_in_the_form_of_comparison(words: Words) -> None:
    for field in fields(Words):
        if field.name not in AS_WRITTEN:
            found = words_read(words, field.name)
            assert [word for word in found if not word or word != fold(word)] == [], field.name


@pytest.mark.parametrize("words", BOTH)
def test_no_table_names_a_word_twice(words: Words) -> None:
    # So no word belongs to two channels, circles, stages, boundaries, depths, units or days.
    for field in fields(Words):
        if field.name not in AS_WRITTEN:
            assert twice(words_read(words, field.name)) == [], field.name


def test_no_word_has_two_meanings_because_both_languages_are_read() -> None:
    for name in ("channels", "circles", "stages", "boundaries", "depths", "units"):
        meanings: dict[str, set[str]] = {}
        for lang in LANGUAGES:
            for meaning, forms in getattr(words_of(lang), name).items():
                for word in forms:
                    meanings.setdefault(word, set()).add(meaning)
        assert {word: found for word, found in meanings.items() if len(found) > 1} == {}, name


@pytest.mark.parametrize("words", BOTH)
@pytest.mark.parametrize("table", CANONICAL)
def test_both_languages_have_the_same_meanings_in_the_same_order(words: Words, table: str) -> None:
    assert tuple(getattr(words, table)) == CANONICAL[table]


@pytest.mark.parametrize("words", BOTH)
def test_a_channel_is_read_by_the_name_that_the_tool_writes(words: Words) -> None:
    for channel, name in words.channel_names.items():
        assert name in words.channels[channel]


def test_an_english_channel_is_named_by_its_canonical_word_first() -> None:
    for channel, forms in words_of("en").channels.items():
        assert forms[0] == channel


def test_every_english_meaning_is_among_its_own_words() -> None:
    english = words_of("en")
    for table in (english.circles, english.stages, english.boundaries, english.depths):
        for meaning, forms in table.items():
            assert meaning in forms


@pytest.mark.parametrize("words", BOTH)
def test_no_channel_word_is_a_cue_that_there_was_no_contact(words: Words) -> None:
    cues = {*words.about, *words.negations, *words.future, *words.joining}
    assert cues.isdisjoint(words_in(words.channels))


@pytest.mark.parametrize("words", BOTH)
def test_a_cue_says_one_thing(words: Words) -> None:
    assert twice([*words.about, *words.negations, *words.future, *words.joining]) == []


@pytest.mark.parametrize(
    ("lang", "channel", "forms"),
    [
        ("en", "call", "call called calling phoned rang"),
        ("en", "email", "email emailed e-mail mail"),
        ("en", "message", "message wrote dm"),
        ("en", "sms", "texted sms"),
        ("en", "video", "zoom facetime video"),
        ("en", "meeting", "met meeting"),
        ("en", "conversation", "conversation conversations"),
        ("ru", "call", "звонок звонка звонила позвонил позвонила созвонились созвон"),
        ("ru", "email", "письмо письма письмом"),
        ("ru", "message", "сообщение написал написала написали"),
        ("ru", "chat", "переписка переписывались"),
        ("ru", "meeting", "встреча встречу встречи встретились виделись увиделись"),
        ("ru", "conversation", "разговор разговором поговорили поболтали беседа беседовали"),
        ("ru", "lunch", "обед обедали пообедал"),
        ("ru", "telegram", "телеграм тг телега"),
    ],
)
def test_a_channel_knows_the_forms_of_its_words(lang: Language, channel: str, forms: str) -> None:
    known = words_of(lang).channels[channel]
    assert set(forms.split()) <= set(known)


@pytest.mark.parametrize(
    "phrase",
    ["talked to", "talked with", "spoke to", "spoke with", "a long talk", "talking with"],
)
def test_to_talk_with_somebody_is_a_conversation(phrase: str) -> None:
    assert phrase in words_of("en").channels["conversation"]


@pytest.mark.parametrize(
    "word",
    [
        *("write", "see", "saw", "said", "told", "likes", "talk", "talked", "ring", "card"),
        *("сказал", "сказала", "видела", "набрал", "обеда", "ужина"),
    ],
)
def test_a_word_of_every_day_names_no_channel(word: str) -> None:
    for lang in LANGUAGES:
        assert word not in words_in(words_of(lang).channels)


@pytest.mark.parametrize("word", ["later", "then", "потом", "позже"])
def test_a_word_that_tells_a_day_in_order_is_no_plan(word: str) -> None:
    for lang in LANGUAGES:
        assert word not in words_of(lang).future


def test_english_cues_are_known_with_either_apostrophe() -> None:
    english = words_of("en")
    for cues in (english.negations, english.future, english.possessive_after):
        straight = {cue for cue in cues if "'" in cue}
        assert straight
        assert {cue.replace("'", "’") for cue in straight} == {cue for cue in cues if "’" in cue}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_calendar_is_as_obsidian_writes_it(lang: Language) -> None:
    words = words_of(lang)
    for name, expected in CALENDARS[lang].items():
        assert getattr(words, name) == tuple(expected.split()), name
        assert len(getattr(words, name)) == (7 if name.startswith("week") else 12)


@pytest.mark.parametrize("words", BOTH)
def test_a_weekday_is_read_by_each_name_that_the_calendar_has_for_it(words: Words) -> None:
    assert len(words.on_weekdays) == len(words.weekday_words) == 7
    calendar = zip(words.weekdays, words.weekdays_short, words.weekdays_min, strict=True)
    for names, known in zip(calendar, words.weekday_words, strict=True):
        assert {fold(name) for name in names} <= set(known)


def test_on_a_weekday() -> None:
    assert words_of("en").on_weekdays[1] == "on Tuesday"
    assert words_of("ru").on_weekdays[1:3] == ("во вторник", "в среду")


@pytest.mark.parametrize(
    ("lang", "word", "span"),
    [
        *(("en", "weekly", (0, 7)), ("en", "quarterly", (3, 0)), ("en", "annually", (12, 0))),
        *(("ru", "еженедельно", (0, 7)), ("ru", "раз в полгода", (6, 0))),
    ],
)
def test_adverbs_of_cadence(lang: Language, word: str, span: tuple[int, int]) -> None:
    assert words_of(lang).adverbs[word] == span


def test_counts_of_cadence() -> None:
    assert words_of("en").times_a["twice a"] == 2
    assert words_of("en").numbers["twelve"] == 12
    assert words_of("ru").times_a["дважды в"] == 2
    assert words_of("ru").times_a["раз в"] == 1
    assert words_of("ru").numbers["двух"] == 2
    assert set(words_of("en").numbers.values()) == set(words_of("ru").numbers.values())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("  Lunch\t", "lunch"),
        ("Ещё ВСЁ", "еще все"),
        ("е\u0308лка", "елка"),  # decomposed, as some file systems give names
        ("и\u0306", "й"),
        ("так\u00a0и\u202fне\u2007", "так и не"),
        ("Straße", "strasse"),
        ("Didn’t", "didn’t"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet=st.characters(codec="latin-1") | st.sampled_from("АЯЁЙаяёй —’")))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("lang", "shown"), [("en", "0.12, 5, 5.9"), ("ru", "0,12, 5, 5,9")])
def test_numbers_are_written_as_the_reader_does(lang: Language, shown: str) -> None:
    catalogue = Catalogue(lang)
    assert ", ".join(map(catalogue.number, (0.12, 5.0, 5.9))) == shown
