"""Properties set by words: a note, `KEY=VALUE`, and the note that comes of it."""

from __future__ import annotations

from datetime import date

import pytest

from vaulttool.errors import RefusedError, UsageError
from vaulttool.locale.catalogue import Catalogue
from vaulttool.people.assign import Assignment, assigned, divided, meant_circle, meant_key
from vaulttool.settings import Settings

DAY = date(2026, 11, 20)
ANNA = "People/Anna.md"
EN = Catalogue("en")


def after(text: str, *words: str, path: str = ANNA, settings: Settings | None = None) -> str:
    """The text of a note after `vault set anna WORDS`."""
    _name, wanted = divided(["anna", *words])
    return assigned(path, text, wanted, settings or Settings(), DAY)


def block(*lines: str) -> str:
    return "".join(f"{line}\n" for line in ("---", *lines, "---", "# Anna"))


WRITTEN = [
    # property, as typed; the line or lines of the note
    ("circle=key", ["circle: key"]),
    ("круг=ключевой", ["круг: ключевой"]),
    ("circle=book club", ["circle: book club"]),
    ("stage=crisis", ["stage: crisis"]),
    ("every=2 weeks", ["every: 2 weeks"]),
    ("частота=раз в месяц", ["частота: раз в месяц"]),
    ("раз_в=3 недели", ["раз_в: 3 недели"]),
    ("prm-tier=key", ["prm-tier: inner"]),  # in the words of the program whose name it is
    ("Every=2 weeks", ["every: 2 weeks"]),
    ("every=90", ["every: 90 days"]),
    ("every=never", ["every: never"]),
    ("needs=talk", ["needs: talk"]),
    ("next=2026-12-05", ["next: 2026-12-05"]),
    ("next=next monday", ["next: 2026-11-23"]),
    ("next=5 dec", ["next: 2026-12-05"]),
    ("следующий контакт=через месяц", ["следующий контакт: 2026-12-20"]),
    ("snooze_until=завтра", ["snooze_until: 2026-11-21"]),
    ("last_contact=friday", ["last_contact: 2026-11-20"]),
    ("last-contact=19 Nov", ["last_contact: 2026-11-19"]),
    ("pause=yes", ["pause: true"]),
    ("пауза=нет", ["пауза: false"]),
    ("private=true", ["private: true"]),
    ("died=yes", ["died: true"]),
    ("died=2026-10-01", ["died: 2026-10-01"]),
    ("birthday=1988-03-14", ["birthday: 1988-03-14"]),
    ("др=14.03", ['др: "14.03"']),
    ("BDAY=--03-14", ["BDAY: --03-14"]),
    ("birthday=3 May", ["birthday: 05-03"]),
    ("birthday=May 3rd", ["birthday: 05-03"]),
    ("birthday=3 мая", ["birthday: 05-03"]),
    ("birthday=29 feb", ["birthday: 02-29"]),
    ("birthday=3 May 1990", ["birthday: 1990-05-03"]),
    ("birthday=May 3, 1990", ["birthday: 1990-05-03"]),
    ("день_рождения=3 мая 1990 г.", ["день_рождения: 1990-05-03"]),
    ("birthday=1988", ["birthday: 1988"]),
    ("hours=10:00-18:00", ["hours: 10:00-18:00"]),
    ("days=mon-fri", ["days: mon-fri"]),
    ("timezone=Europe/Berlin", ["timezone: Europe/Berlin"]),
    ("priority=1.5", ['priority: "1.5"']),
    ("priority=2", ["priority: 2"]),
    ("phone=+49 151 1234", ["phone: +49 151 1234"]),
    ("email=a@b.c", ["email: a@b.c"]),
    ("email=a@b.c, d@e.f", ["email:", "  - a@b.c", "  - d@e.f"]),
    ("company=Smith, Jones & Co", ["company: Smith, Jones & Co"]),
    ("company=[[Acme]]", ['company: "[[Acme]]"']),
    ("tags=#chess,friends/old", ["tags:", "  - chess", "  - friends/old"]),
    ("aliases=Annie", ["aliases:", "  - Annie"]),
    ("interests=chess, [[Smith, John]]", ["interests:", "  - chess", '  - "[[Smith, John]]"']),
    ("prefers=call,видео", ["prefers:", "  - call", "  - видео"]),
    ("boundaries=no calls, not before ten", ["boundaries:", "  - no calls", "  - not before ten"]),
    ("dates=2019-06-01 wedding", ["dates:", "  - 2019-06-01 wedding"]),
    ("relations=sister [[Eva]]", ["relations:", "  - sister [[Eva]]"]),
    # of the user's own
    ("shoe_size=39", ["shoe_size: 39"]),
    ("Vegan=true", ["Vegan: true"]),
    ("Vegan=False", ["Vegan: false"]),
    ("since=2019-06-01", ["since: 2019-06-01"]),
    ("code=007", ['code: "007"']),
    ("motto=a: b #c", ['motto: "a: b #c"']),
    ("relationship=sister", ["relationship: sister"]),
    ("тип=контакт", ["тип: контакт"]),
    ("email_2=x@y.z", ["email_2: x@y.z"]),
    ("note=a=b", ["note: a=b"]),
]


@pytest.mark.parametrize(("words", "lines"), WRITTEN)
def test_a_new_property(words: str, lines: list[str]) -> None:
    assert after(block("role: baker # of bread"), words) == block("role: baker # of bread", *lines)


REPLACED = [
    # the note's line, what is typed, the line then: its own name, form and quotes stay
    ("тип: регулярный", "circle=key", "тип: ключевой"),
    ("круг: регулярный", "circle=спящий", "круг: спящий"),
    ("prm-tier: casual", "circle=key", "prm-tier: inner"),
    ("круг: key", "prm-tier=chess", "круг: chess"),
    ("keep_in_touch: 1 month # hm", "every=2 weeks", "keep_in_touch: 2 weeks # hm"),
    ("prm-cadence: 30", "every=2 weeks", "prm-cadence: 14"),
    ("др: 14.03.1988", "birthday=15.03.1988", "др: 15.03.1988"),
    ("др: 14.03.1988", "birthday=3 мая 1990", "др: 03.05.1990"),
    ('др: "14.03"', "birthday=3 мая", 'др: "03.05"'),
    ("birthday: 1988-03-14", "др=3 May", "birthday: 05-03"),
    ("частота: месяц", "раз_в=3 недели", "частота: 3 недели"),
    ("частота:", "раз_в=3 недели", "частота: 3 недели"),
    ("следующий_контакт: 01.12.2026", "next=завтра", "следующий_контакт: 21.11.2026"),
    ("пауза: да", "pause=no", "пауза: нет"),
    ('почта: "a@b.c"', "email=d@e.f", 'почта: "d@e.f"'),
    ("email: [a@b.c, d@e.f]", "email=d@e.f", "email: [d@e.f]"),
    ("boundaries: no calls", "границы=no email", "boundaries: no email"),
    ("NICKNAME: Annie,Ann", "aliases=Anja, Ann", "NICKNAME: Anja,Ann"),
    ("Shoe size: 38", "shoe_size=39", "Shoe size: 39"),
    ("hobbies: [chess]", "hobbies=go", "hobbies: [go]"),
    ("relationship: friend", "relationship=sister", "relationship: sister"),
    ("TEL[CELL]: 1\nTEL[HOME]: 2", "TEL[HOME]=3", 'TEL[CELL]: 1\nTEL[HOME]: "3"'),
    ("email: a@b.c\nemail_2: d@e.f", "email_2=x@y.z", "email: a@b.c\nemail_2: x@y.z"),
]


@pytest.mark.parametrize(("before", "words", "line"), REPLACED)
def test_a_property_that_is_there(before: str, words: str, line: str) -> None:
    assert after(block(before, "city: Bonn"), words) == block(line, "city: Bonn")


TAKEN_AWAY = [
    ("circle: key", "circle=", ""),
    ("круг: key", "circle=", ""),
    ("circle: key\nprm-tier: inner", "circle=", ""),
    ("circle: key\nprm-tier: inner", "prm-tier=", "circle: key"),
    ("круг: key", "тир=", "круг: key"),
    ("circle: key", "birthday=", "circle: key"),
    ("relationship: sister\ncircle: key", "circle=", "relationship: sister"),
    ("relationship: sister\ncircle: key", "relationship=", "circle: key"),
    ("email: a@b.c\nemail_2: d@e.f", "email=", "email_2: d@e.f"),
    ("email: a@b.c\nemail_2: d@e.f", "email_2=", "email: a@b.c"),
    ("TEL[CELL]: 1\nTEL[HOME]: 2", "TEL[HOME]=", "TEL[CELL]: 1"),
    ("TEL: 1", "TEL[HOME]=", ""),
    ("TEL[CELL]: 1\nTEL[HOME]: 2", "phone=", ""),
    ("shoe_size: 39", "Shoe Size=", ""),
    ("tags:\n  - a\n  - b", "tags=", ""),
]


@pytest.mark.parametrize(("before", "words", "left"), TAKEN_AWAY)
def test_nothing_takes_a_property_away(before: str, words: str, left: str) -> None:
    assert after(block(before, "city: Bonn"), words) == block(*filter(None, [left]), "city: Bonn")


LISTS = [
    # the note's lines, what is typed, the lines then
    (["tags: [a, b] # mine"], "tags+=#c", ["tags: [a, b, c] # mine"]),
    (["tags:", "  - a # hm"], "tags+=b, c", ["tags:", "  - a # hm", "  - b", "  - c"]),
    (["tags:", "  - a", "  - b # hm"], "tags-=a", ["tags:", "  - b # hm"]),
    (["tags: [a]"], "tags-=A", []),
    (["tags: [a]"], "tags-=b", ["tags: [a]"]),
    (["tags: [a]"], "tags+=a", ["tags: [a]"]),
    ([], "interests += chess", ["interests:", "  - chess"]),
    ([], "interests-=chess", []),
    (["интересы: chess"], "interests+=go", ["интересы:", "  - chess", "  - go"]),
    (['interests: ["[[Chess|x]]", go]'], "interests-=[[Chess|x]]", ["interests: [go]"]),
    (["почта: a@b.c"], "email+=d@e.f", ["почта:", "  - a@b.c", "  - d@e.f"]),
    (["CATEGORIES: friends,work"], "tags+=chess", ["CATEGORIES: friends,work,chess"]),
    (["CATEGORIES: friends,work"], "tags-=work", ["CATEGORIES: friends"]),
    (["CATEGORIES: friends,work"], "tags+=work", ["CATEGORIES: friends,work"]),
    (["hobbies: [go]"], "hobbies+=chess", ["hobbies: [go, chess]"]),
    (["hobbies: [go, chess]"], "hobbies-=go", ["hobbies: [chess]"]),
]


@pytest.mark.parametrize(("before", "words", "then"), LISTS)
def test_items_of_a_list(before: list[str], words: str, then: list[str]) -> None:
    assert after(block(*before, "city: Bonn"), words) in (
        block(*then, "city: Bonn"),
        block("city: Bonn", *then),
    )


REFUSED = [
    ("circle+=key", "circle holds one value: write circle=VALUE"),
    ("birthday-=14.03", "birthday holds one value"),
    ("tags+=", "expected a property and its value such as circle=key, found “tags+=”"),
    ("tags+=close friends", "“close friends” is no tag"),
    ("birthday=31.02", "birthday: expected a date such as 1988-03-14, 03-14 or 1988"),
    ("др=soon", "др: expected a date"),
    (
        "birthday=30 feb",
        "birthday: expected a date such as 1988-03-14, 03-14 or 1988, found “30 feb”",
    ),
    ("birthday=29 feb 2023", "found “29 feb 2023”"),
    ("birthday=3/4", "birthday: “3/4” may be two days: write 03-04 or 04-03, the month first"),
    ("birthday=3/4/1990", "write 1990-03-04 or 1990-04-03, the month first"),
    ("birthday=3/14", "birthday: write 03-14 for “3/14”, the month first"),
    ("birthday=14/3", "birthday: write 03-14 for “14/3”, the month first"),
    ("birthday=5/5", "write 05-05"),
    ("birthday=30/2", "birthday: expected a date"),
    ("next=soon", "next: expected a date such as 2026-11-02, found “soon”"),
    ("next=2026-02-30", "found “2026-02-30”"),
    ("every=often", "every: expected a cadence such as 2 weeks, quarterly or never"),
    ("every=FREQ=WEEKLY;INTERVAL=2", "expected “2 weeks”"),
    ("stage=weird", "stage: expected new, established, long-term, crisis or transition"),
    ("needs=deep", "needs: expected light, message or talk"),
    ("pause=maybe", "pause: expected true or false"),
    ("died=maybe", "died: expected a date, or true"),
    ("hours=25-26", "hours: expected hours such as 10:00-18:00"),
    ("days=moonday", "days: expected days such as mon-fri"),
    ("timezone=Nowhere/Here", "timezone: expected a time zone"),
    ("prefers=call, smoke", "prefers: expected a channel such as call, found “smoke”"),
    ("dates=wedding", "dates: expected a date and a word"),
    ("priority=-1", "priority: expected a number above 0"),
    ("tags=close friends", "“close friends” is no tag"),
    ("vault_last=2026-01-01", "vault_last is written by the tool itself"),
    ("=key", "expected a property and its value such as circle=key, found “=key”"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_would_be_a_problem_is_refused(words: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        after(block("city: Bonn"), words)
    assert said in EN.render(error.value.message)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("email=x email=y", "email is given twice (email=x, email=y): write it once"),
        ("birthday=03-14 др=03-15", "др is given twice (birthday=03-14, др=03-15)"),
        ("Shoe_size=38 shoe-size=39", "shoe-size is given twice"),
        ("circle= circle=key", "circle is given twice (circle=, circle=key)"),
        ("TEL[HOME]=1 tel[home]=2", "tel[home] is given twice"),
    ],
)
def test_one_property_is_given_once(words: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        after(block("city: Bonn"), *words.split())
    assert said in EN.render(error.value.message)


def test_properties_that_are_like_each_other_are_several() -> None:
    words = ("email=x", "email_2=v", "TEL[HOME]=z", "TEL[CELL]=w", "tags=a", "tags+=b", "tags+=c")
    lines = ["email: x", "email_2: v", "TEL[HOME]: z", "TEL[CELL]: w"]
    assert after(block(), *words) == block(*lines, "tags:", *("  - a", "  - b", "  - c"))


def test_a_name_that_means_something_else_in_the_note_is_not_written_over() -> None:
    text = block("relationship: friend")
    assert after(text, "relationship=key") == block("relationship: friend", "circle: key")
    assert after(text, "круг=key") == block("relationship: friend", "круг: ключевой")


def test_beside_several_numbers_of_an_address_book_the_note_s_manner_counts() -> None:
    text = block("TEL[CELL]: 1", "TEL[HOME]: 2")
    assert after(text, "телефон=3") == after(text, "phone=3")


def test_a_list_of_facts_keeps_its_own_name() -> None:
    facts = "# Anna\n\n- День рождения: 14.03\n- Город: Бонн\n"
    assert after(facts, "др=15.03") == facts.replace("14.03", "15.03")
    assert after(facts, "круг=ключевой") == facts + "- круг: ключевой\n"


def test_a_problem_that_was_there_is_no_obstacle() -> None:
    assert after(block("birthday: 31.02"), "circle=key") == block("birthday: 31.02", "circle: key")


def test_the_type_that_obsidian_knows_is_kept() -> None:
    settings = Settings(property_types={"room": "text", "guests": "multitext", "size": "number"})
    text = after(block("a: b"), "room=12", "guests=Eva", settings=settings)
    assert text == block("a: b", 'room: "12"', "guests:", "  - Eva")
    with pytest.raises(UsageError):
        after(block("a: b"), "size=big", settings=settings)


def test_a_note_without_properties() -> None:
    assert after("# Anna\n", "circle=key") == "---\ncircle: key\n---\n# Anna\n"


def test_of_two_names_the_other_one_stays() -> None:
    text = "---\ncircle: key\nprm-tier: inner\n---\n"
    assert after(text, "prm-tier=") == "---\ncircle: key\n---\n"


def test_a_type_of_an_address_book_that_the_note_has_not() -> None:
    assert after("---\nTEL: 1\n---\n", "TEL[CELL]=2") == '---\nTEL: 1\nTEL[CELL]: "2"\n---\n'


@pytest.mark.parametrize("properties", ["", "---\ncity: Bonn\nphone: 1\n---\n"])
def test_a_field_in_the_text_is_not_taken_away(properties: str) -> None:
    with pytest.raises(RefusedError):
        after(f"{properties}# Anna\n\n(birthday:: 03-14)\n", "birthday=")


def test_facts_in_the_text_are_not_taken_away_by_half() -> None:
    with pytest.raises(RefusedError) as error:
        after("# Anna\n\n- Birthday: 03-14\n- Email: a@b.c\n", "birthday=")
    assert "line 3" in EN.render(error.value.message)


@pytest.mark.parametrize(
    ("path", "before", "words"),
    [
        ("Notes/Anna.md", "tags: [person]", "tags=chess"),
        ("Notes/Anna.md", "tags: [person]", "tags="),
        ("Notes/Anna.md", "type: person", "type=company"),
        ("People/Anna.md", "city: Bonn", "type=company"),
        ("People/Anna.md", "city: Bonn", "motto=<% tp.x %>"),
    ],
)
def test_what_makes_a_contact_stays(path: str, before: str, words: str) -> None:
    with pytest.raises(RefusedError) as error:
        after(block(before), words, path=path)
    assert "would be no contact any more" in EN.render(error.value.message)


def test_words_are_divided() -> None:
    words = ["anna", "lee", "every=2", "weeks", "birthday=", "14.03", "круг=ключевой"]
    assert divided(words) == (
        "anna lee",
        [
            Assignment("every", "2 weeks"),
            Assignment("birthday", "14.03"),
            Assignment("круг", "ключевой"),
        ],
    )


@pytest.mark.parametrize(
    ("key", "near"),
    [
        *(("brithday", "birthday"), ("birthdy", "birthday"), ("circel", "circle")),
        *(("горд", "город"), ("birthday", None), ("hobby", None), ("pet", None), ("xyzzy", None)),
    ],
)
def test_one_slip_from_a_known_name(key: str, near: str | None) -> None:
    assert meant_key(key, [], Settings()) == near


@pytest.mark.parametrize(
    ("circle", "near"),
    [
        ("reglar", "regular"),
        ("ключевй", "ключевой"),
        ("key", None),
        ("chess", None),
        ("kay", "key"),
    ],
)
def test_one_slip_from_a_known_circle(circle: str, near: str | None) -> None:
    assert meant_circle(circle, [], Settings()) == near
    assert meant_circle(circle, [circle], Settings()) is None
    assert meant_circle(circle, [], Settings(circles={circle.upper(): "1 week"})) is None


def test_facts_in_the_text_are_not_added_to_by_half() -> None:
    with pytest.raises(RefusedError) as error:
        after("# Anna\n\n- Birthday: 03-14\n- Email: a@b.c\n", "email+=d@e.f")
    assert "line 4" in EN.render(error.value.message)


def test_a_name_in_use_is_no_slip() -> None:
    assert meant_key("phine", ["Phine"], Settings()) is None
