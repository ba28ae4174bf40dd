"""What the words of `vault log` say: people, day, text, channel."""

from __future__ import annotations

from datetime import date

import pytest

from vaulttool.contact import Contact
from vaulttool.errors import AmbiguousNameError, UnknownNameError
from vaulttool.message import msg
from vaulttool.people.told import read_told
from vaulttool.people.told_day import take_day, unclear_day
from vaulttool.people.told_way import told_channel, told_direction

FRIDAY = date(2026, 11, 20)
CONTACTS = {
    path: Contact(path, path[7:-3], found_by=msg("x"), aliases=aliases)
    for path, aliases in {
        "People/Anna Lee.md": (),
        "People/Anna Petrova.md": ("Аня",),
        "People/Boris Lang.md": ("Борис",),
        "People/Callum Hart.md": (),
        "People/Carl Lee.md": (),
        "People/Dora Lee.md": (),
        "People/Grace Hope.md": (),
        "People/Liam O'Connor.md": (),
        "People/Lunch Club.md": (),
        "People/Мария Ким.md": (),
        "People/Ольга Соколова.md": (),
    }.items()
}


@pytest.mark.parametrize(
    ("line", "names", "text"),
    [
        ("carl boris lunch at the lake", "Carl Lee, Boris Lang", "lunch at the lake"),
        ("carl, boris and callum coffee", "Carl Lee, Boris Lang, Callum Hart", "coffee"),
        ("борис и ольга обед", "Boris Lang, Ольга Соколова", "обед"),
        ("carl & boris", "Carl Lee, Boris Lang", ""),
        ("'carl, boris and callum' hi", "Carl Lee, Boris Lang, Callum Hart", "hi"),
        ("'carl lunch at the lake'", "Carl Lee", "lunch at the lake"),
        ("lunch with carl and boris at the lake", "Carl Lee, Boris Lang", "lunch at the lake"),
        ("had lunch with carl", "Carl Lee", "had lunch"),
        ("обед с ольга", "Ольга Соколова", "обед"),
        ("call carl", "Carl Lee", "call"),
        ("anna petrova lunch", "Anna Petrova", "lunch"),
        ("anna pet lunch", "Anna Petrova", "lunch"),
        ("аня lunch", "Anna Petrova", "lunch"),
        ("carl and bor lunch", "Carl Lee, Boris Lang", "lunch"),
        ("carl carl lunch", "Carl Lee", "lunch"),
        ("carl lunch", "Carl Lee", "lunch"),  # a channel before a name
        ("lunch club dinner", "Lunch Club", "dinner"),
        ("carl and i had lunch", "Carl Lee", "and i had lunch"),
        ("carl 'boris was there'", "Carl Lee", "boris was there"),
        ("carl lunch with boris", "Carl Lee, Boris Lang", "lunch"),
        ("callu coffee with boris", "Callum Hart, Boris Lang", "coffee"),
    ],
)
def test_people_and_text(line: str, names: str, text: str) -> None:
    told = read_told(shell(line), CONTACTS, FRIDAY)
    assert (", ".join(one.name for one in told.contacts), told.text) == (names, text)
    assert told.day is None
    assert told.left_out == ()


@pytest.mark.parametrize(
    ("line", "names", "text"),
    [
        ("carl: coffee", "Carl Lee", "coffee"),
        ("carl : coffee", "Carl Lee", "coffee"),
        ("carl, boris: coffee", "Carl Lee, Boris Lang", "coffee"),
        ("carl: boris was there", "Carl Lee", "boris was there"),
        ("[[Liam O'Connor]] lunch", "Liam O'Connor", "lunch"),
        ("[[Liam O’Connor|Liam]]: lunch", "Liam O'Connor", "lunch"),
        ("[[People/Carl Lee]] lunch on [[Chess]]", "Carl Lee", "lunch on [[Chess]]"),
        ("lunch with [[Carl Lee]] and boris", "Carl Lee, Boris Lang", "lunch"),
        ("Liam O’Connor lunch", "Liam O'Connor", "lunch"),
        ("carl / boris coffee", "Carl Lee, Boris Lang", "coffee"),
        ("carl/boris coffee", "Carl Lee, Boris Lang", "coffee"),
    ],
)
def test_names_as_they_are_written_elsewhere(line: str, names: str, text: str) -> None:
    for words in (line.split(), [line]):
        told = read_told(words, CONTACTS, FRIDAY)
        assert (", ".join(one.name for one in told.contacts), told.text) == (names, text)


def test_a_link_to_nobody_is_named_without_its_brackets() -> None:
    with pytest.raises(UnknownNameError) as error:
        read_told(["[[Nobody", "Here]]", "lunch"], CONTACTS, FRIDAY)
    assert error.value.message.values["name"] == "Nobody Here"


@pytest.mark.parametrize(
    ("line", "names", "text"),
    [
        ("carl with boris coffee", "Carl Lee, Boris Lang", "coffee"),
        ("carl together with boris coffee", "Carl Lee, Boris Lang", "coffee"),
        ("carl had lunch by the lake with boris and callum", "Carl Lee, Boris Lang, Callum Hart",
            "had lunch by the lake"),
        ("carl coffee with boris, spoke of work", "Carl Lee, Boris Lang", "coffee, spoke of work"),
        ("carl coffee with boris and his sister", "Carl Lee, Boris Lang",
            "coffee with boris and his sister"),
        ("carl talked with boris", "Carl Lee, Boris Lang", "talked with boris"),
        ("carl coffee with Grace", "Carl Lee, Grace Hope", "coffee"),
        ("аня кофе с Ольгой", "Anna Petrova, Ольга Соколова", "кофе"),
        ("аня встретились вместе с Марией и Ольгой", "Anna Petrova, Мария Ким, Ольга Соколова",
            "встретились"),
    ],
)  # fmt: skip
def test_who_was_there_as_well(line: str, names: str, text: str) -> None:
    told = read_told(line.split(), CONTACTS, FRIDAY)
    assert (", ".join(one.name for one in told.contacts), told.text) == (names, text)
    assert told.left_out == ()


@pytest.mark.parametrize(
    ("line", "left_out"),
    [
        ("boris coffee with lee", "lee"),
        ("boris with lee coffee", "lee"),
        ("boris spoke about the trip with carl", "carl"),
        ("boris she had lunch with carl", "carl"),
        ("boris coffee with hope", "hope"),
        ("boris moved in with carl and callum", "carl, callum"),
        ("ольга рассказала о поездке с Марией", "Марией"),
    ],
)
def test_nobody_is_guessed(line: str, left_out: str) -> None:
    told = read_told(line.split(), CONTACTS, FRIDAY)
    assert len(told.contacts) == 1
    assert told.text == line.split(" ", 1)[1]
    assert ", ".join(told.left_out) == left_out


@pytest.mark.parametrize(
    "line", ["boris coffee with milk", "boris coffee with carl lee's sister", "boris with love"]
)
def test_nobody_is_named_behind_with(line: str) -> None:
    told = read_told(line.split(), CONTACTS, FRIDAY)
    assert (len(told.contacts), told.text, told.left_out) == (1, line.split(" ", 1)[1], ())


@pytest.mark.parametrize(
    ("line", "names", "text"),
    [
        ("Борису звонок", "Boris Lang", "звонок"),
        ("с Борисом кофе", "Boris Lang", "кофе"),
        ("Олей кофе", "", ""),
        ("Ольге и Марии письмо", "Ольга Соколова, Мария Ким", "письмо"),
        ("кофе с Ольгой Соколовой", "Ольга Соколова", "кофе"),
        ("позвонила Марии Ким", "Мария Ким", "позвонила"),
        ("ольга марию видела", "Ольга Соколова", "марию видела"),  # no list of names
    ],
)
def test_russian_names_in_their_forms(line: str, names: str, text: str) -> None:
    if not names:
        with pytest.raises(UnknownNameError):
            read_told(line.split(), CONTACTS, FRIDAY)
        return
    told = read_told(line.split(), CONTACTS, FRIDAY)
    assert (", ".join(one.name for one in told.contacts), told.text) == (names, text)


def shell(line: str) -> list[str]:
    return [part for n, quoted in enumerate(line.split("'"))
            for part in ([quoted] if n % 2 else quoted.split())]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("anna lunch", AmbiguousNameError),
        ("lee lunch", AmbiguousNameError),
        ("carl and lee lunch", AmbiguousNameError),
        ("quirin lunch", UnknownNameError),
        ("carl and borus lunch", UnknownNameError),
        ("carl Borus lunch", UnknownNameError),
        ("с Егором обед", UnknownNameError),  # `с` begins a name, and is none
        ("coffee with quirin yesterday", UnknownNameError),
    ],
)
def test_whoever_is_not_clear_is_refused(line: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_told(line.split(), CONTACTS, FRIDAY)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        # At the beginning.
        ("yesterday lunch at the lake", "2026-11-19", "lunch at the lake"),
        ("last friday", "2026-11-13", ""),
        ("3 days ago call", "2026-11-17", "call"),
        ("12.09 встреча", "2026-09-12", "встреча"),
        ("wednesday we walked", "2026-11-18", "we walked"),
        ("вчера вечером обед", "2026-11-19", "вечером обед"),
        ("sat lunch", "2026-11-14", "lunch"),
        ("Friday the 13th call", "2026-11-13", "call"),
        ("yesterday's call was short", "2026-11-19", "call was short"),
        ("on monday and we laughed", "2026-11-16", "and we laughed"),
        ("lunch yesterday and now we plan a trip", "2026-11-19", "lunch and now we plan a trip"),
        ("обед вчера и сегодня она улетает", "2026-11-19", "обед и сегодня она улетает"),
        ("Monday's lunch", "2026-11-16", "lunch"),
        # Behind a channel.
        ("lunch yesterday at the lake", "2026-11-19", "lunch at the lake"),
        ("call on November 14, 2025", "2025-11-14", "call"),
        ("November 14th, 2025 call", "2025-11-14", "call"),
        ("call on the 14th of November, 2025, about work", "2025-11-14", "call, about work"),
        ("we walked, Nov 14, 2025", "2025-11-14", "we walked"),
        ("call, sat, 14 nov", "2026-11-14", "call"),
        ("lunch on last friday, spoke of work", "2026-11-13", "lunch, spoke of work"),
        ("обед в прошлую пятницу", "2026-11-13", "обед"),
        # At the end.
        ("walked round the lake 3 days ago", "2026-11-17", "walked round the lake"),
        ("long talk about work, yesterday", "2026-11-19", "long talk about work"),
        ("гуляли у озера позавчера", "2026-11-18", "гуляли у озера"),
        ("we walked 5 nov", "2026-11-05", "we walked"),
        ("pizza last night", "2026-11-19", "pizza"),
        ("we walked yesterday evening", "2026-11-19", "we walked evening"),
        # Behind words that tell of a contact.
        ("texted me on Monday", "2026-11-16", "texted me"),
        ("texted me Monday", "2026-11-16", "texted me"),
        ("called about the trip on Monday", "2026-11-16", "called about the trip"),
        ("coffee at the lake on Monday", "2026-11-16", "coffee at the lake"),
        ("texted me yesterday about the trip", "2026-11-19", "texted me about the trip"),
        ("call with work on Monday about 5 dec", "2026-11-16", "call with work about 5 dec"),
        (
            "lunch at the lake, yesterday, with the dog",
            "2026-11-19",
            "lunch at the lake, with the dog",
        ),
        ("написал мне в понедельник", "2026-11-16", "написал мне"),
        ("созвонились насчёт поездки в среду", "2026-11-18", "созвонились насчёт поездки"),
        ("обедали вчера в парке", "2026-11-19", "обедали в парке"),
        ("созвонились вчера вечером, час о даче", "2026-11-19", "созвонились вечером, час о даче"),
        # Ahead, where nothing else is said.
        ("tomorrow", "2026-11-21", ""),
        ("tomorrow lunch", "2026-11-21", "lunch"),
    ],
)
def test_a_day_in_the_words(text: str, day: str, rest: str) -> None:
    assert take_day(text, FRIDAY) == (date.fromisoformat(day), rest)


@pytest.mark.parametrize(
    "text",
    [
        *("spoke about yesterday", "говорили про вчера", "ill since yesterday", "болеет со вчера"),
        *("sat together", "sun and sea", "we walked", "she flies 5 dec", "she arrives thursday"),
        *("tomorrow she flies to Rome", "she flies tomorrow", "now she works at Acme"),
        *("weekly call", "2 weeks of silence", "5 лет дружбы", "friday lunch", "lunch today"),
        *("yesterday's news", "plans for yesterday", "call about Monday's meeting"),
        *("call about Monday", "called about the trip on 5 dec", "lunch, she arrives on monday"),
        *("coffee, he wrote me on monday", "обед, а написал он в понедельник"),
        *("texted that she has a test on monday", "invited to lunch on monday", "walk in the sun"),
        *("call today about the trip on monday", "написала, что приедет в понедельник"),
        *("созвонились насчёт понедельника", "обсудили встречу в понедельник"),
        *("call 1.5 hours", "звонок 1.5 часа", "call 24/7", "spoke about last week"),
        *("she is busy this week", "she moved to Rome in October", "chatted in the spring sun"),
        *("sms on weekend plans", "last time we met", "работает в выходные"),
        *("давно не виделись, поболтали", "last week of school was hard"),
    ],
)
def test_words_that_only_speak_of_a_day_stay(text: str) -> None:
    assert take_day(text, FRIDAY) == (None, text)
    assert unclear_day(text, FRIDAY) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("call last week", "last week"),
        ("last weekend coffee", "last weekend"),
        ("coffee the other day", "the other day"),
        ("call last week about the move", "last week"),
        ("called him last week about the party on Friday", "last week"),
        ("he moved last week", "last week"),
        ("met a few days ago", "a few days ago"),
        ("call this week", "this week"),
        ("met in October", "in October"),
        ("met him in the spring of 2020 in Rome", "in the spring"),
        ("call on 11/14", "on 11/14"),
        ("11/14 spoke about work", "11/14"),
        ("call on 30 Feb", "on 30 Feb"),
        ("call on Fri, 14 November 2026", "on Fri, 14 November 2026"),
        ("на прошлой неделе созвонились", "на прошлой неделе"),
        ("созвонились на днях", "на днях"),
        ("обед в прошлые выходные", "в прошлые выходные"),
        ("обед в выходные", "в выходные"),
        ("гуляли летом", "летом"),
        ("встретились в октябре", "в октябре"),
        ("виделись несколько дней назад", "несколько дней назад"),
        ("на выходных ходили в кино", "на выходных"),
        ("lunch on Monday and Tuesday", "on Monday and Tuesday"),
        ("monday and tuesday: lunch", "monday and tuesday"),
        ("в понедельник и вторник обед", "в понедельник и вторник"),
        ("lunch on monday or tuesday", "on monday or tuesday"),
        ("call in 5 days", "in 5 days"),
        ("in two weeks call", "in two weeks"),
        ("через 2 недели звонок", "через 2 недели"),
        ("звонок через 5 дней", "через 5 дней"),
        ("lunch on 14 and 15 november", "14 and 15 november"),
        ("monday, tuesday: lunch", "monday, tuesday"),
        ("обед в среду или четверг", "в среду или четверг"),
    ],
)
def test_a_time_that_is_no_day(text: str, words: str) -> None:
    assert take_day(text, FRIDAY) == (None, text)
    assert unclear_day(text, FRIDAY) == words


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("called her at noon", "call"),
        ("had lunch at the lake", "lunch"),
        ("пообедали у озера", "lunch"),
        ("great evening #coffee", "coffee"),
        ("did not expect it, but he called", "call"),
        ("wrote to her by email", "email"),
        ("wrote him a letter", "letter"),
        ("wrote about the email", "message"),
        ("wrote, then an email came", "message"),
        ("написала в телеграм, спросила про книгу", "telegram"),
        ("lunch, then a call", "lunch"),
        ("had lunch after a call", None),
        ("asked about the call", None),
        ("no answer to the email", None),
        ("обсудили письмо", None),
        ("hello", None),
        ("", None),
    ],
)
def test_a_channel_in_the_words(text: str, channel: str | None) -> None:
    assert told_channel(text) == channel


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("he texted me", "in"),
        ("wrote me back", "in"),
        ("got an email from him", "in"),
        ("email from her about the trip", "in"),
        ("sent me a letter", "in"),
        ("answered my email", "in"),
        ("left me a voicemail", "in"),
        ("left a voicemail", None),
        ("she left a voicemail", "in"),
        ("ответила мне на письмо", "in"),
        ("получил от неё письмо", "in"),
        ("heard from him by email", "in"),
        ("он написал мне", "in"),
        ("мне написала", "in"),
        ("она вчера написала", "in"),
        ("получила письмо от неё", "in"),
        ("прислал открытку", "in"),
        ("ответила на моё письмо", "in"),
        ("wrote to her, she texted me back", "both"),
        ("he wrote, I wrote back", "both"),
        ("он написал, я написала в ответ", "both"),
        ("he called me", None),  # a talk is mutual
        ("emailed her", None),
        ("wrote him from the train", None),
        ("asked him to text me", None),
        ("написала ему", None),
        ("hello", None),
    ],
)
def test_who_wrote(text: str, direction: str | None) -> None:
    assert told_direction(text) == direction


@pytest.mark.parametrize(
    ("line", "left_out"),
    [
        ("carl and bob coffee", ("bob",)),
        ("ольга и вася, кофе", ("вася",)),
        ("carl and i had lunch", ()),
        ("carl and then coffee", ()),
        ("carl and boris coffee", ()),
    ],
)
def test_whom_nobody_knows_behind_the_names(line: str, left_out: tuple[str, ...]) -> None:
    assert read_told(line.split(), CONTACTS, FRIDAY).left_out == left_out


def test_whoever_begins_otherwise_is_told_that_names_stand_first() -> None:
    with pytest.raises(UnknownNameError, match="names stand first"):
        read_told(["saw", "boris", "at", "a", "party"], CONTACTS, FRIDAY)
    with pytest.raises(UnknownNameError, match="lists them all"):
        read_told(["saw", "quirin", "at", "a", "party"], CONTACTS, FRIDAY)
