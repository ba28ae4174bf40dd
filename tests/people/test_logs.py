from __future__ import annotations

from datetime import date, time
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.locale import LANGUAGES, words_of
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.edit import insert_lines
from vaulttool.markdown.note import read_note
from vaulttool.people.channels import ARROWS, channel_named, direction_of
from vaulttool.people.logs import (
    LogLine,
    log_evidence,
    log_place,
    parse_log_line,
    write_log_line,
    write_words,
)

CHANNELS = {
    form: channel
    for lang in LANGUAGES
    for channel, forms in words_of(lang).channels.items()
    for form in forms
}
DATES = st.dates().filter(lambda day: day.year >= 1000)
TEXTS = st.sampled_from(
    [
        *("", "her trip to [[Lisbon]]", "обсудили [[Карьера]]", "12 apples", "→ is an arrow"),
        *(
            "[[2026-01-01]]",
            "а: б — в",
            "#sailing",
            "- dash",
            "9:30 is early",
            "😀",
            "[trust:: 4] x",
        ),
    ]
)


def parse(text: str) -> LogLine | None:
    return parse_log_line(text, lambda target: read_date(target.rpartition("/")[2]))


@given(
    day=DATES,
    shape=st.sampled_from(["{0:%Y-%m-%d}", "[[{0:%Y-%m-%d}]]", "{0:%d.%m.%Y}", "[[D/{0}|on]]"]),
    moment=st.none() | st.times(),
    word=st.none() | st.sampled_from(sorted(CHANNELS)),
    mark=st.sampled_from(["", "#"]),
    arrow=st.none() | st.sampled_from(sorted(ARROWS)),
    separator=st.sampled_from([": ", " — ", " – ", " - "]),
    text=TEXTS,
)
def test_a_line_that_is_built_from_parts_is_read_as_them(
    day: date,
    shape: str,
    moment: time | None,
    word: str | None,
    mark: str,
    arrow: str | None,
    separator: str,
    text: str,
) -> None:
    parts = [shape.format(day)]
    if moment:
        parts.append(f"{moment:%H:%M}")
    if word:
        parts.append(mark + word)
    if arrow:
        parts.append(arrow)
    line = parse(" ".join(parts) + separator + text)
    assert line
    channel = CHANNELS[word] if word else None
    assert line.date == day
    assert line.time == (moment.replace(second=0, microsecond=0) if moment else None)
    assert line.channel == channel
    own = direction_of(channel) if channel else None
    assert line.direction == (ARROWS[arrow] if arrow else own)
    assert line.text == text


@given(st.text(alphabet=" :—-[]|#0123456789.T→<>call\n") | st.text())
def test_reading_a_line_never_fails(text: str) -> None:
    parse(text)
    parse("2026-11-02 " + text)


@pytest.mark.parametrize(
    "text",
    ["", "call", "on 2026-11-02", "12.10 call", "2026", "20261102", "[[Anna]] call", "2026-11-021"],
)
def test_what_does_not_begin_with_a_date_is_no_log_line(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", ["2026-13-45 call", "31.02.2026", "2026-02-30: x", "0000-01-01 x"])
def test_a_day_that_does_not_exist_is_none(text: str) -> None:
    line = parse(text)
    assert line
    assert line.date is None


@pytest.mark.parametrize("form", sorted(CHANNELS))
def test_every_word_of_the_vocabulary_is_a_channel(form: str) -> None:
    assert channel_named(form) == CHANNELS[form]
    assert channel_named("#" + form.upper()) == CHANNELS[form]
    line = parse(f"2026-11-02 {form}: her trip")
    assert line
    assert (line.channel, line.text) == (CHANNELS[form], "her trip")


def test_a_word_is_a_channel_only_as_a_whole() -> None:
    for text in ("callous words", "recall", "звонкий смех", "metal"):
        line = parse(f"2026-11-02 {text}")
        assert line
        assert line.channel is None


# --- Writing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("with [[Boris]], **so** good #lake ^id", "with [[Boris]], **so** good #lake ^id"),
        ("[trust:: 4] $x$ ==y== <b>z</b>", "[trust:: 4] $x$ ==y== <b>z</b>"),
        ("two\n\tlines\r", "two lines"),
        ("\x1b[31mred\x07 a\u202eb \u200b", "[31mred a b"),
        ("<% tp.file.title %>", "‹% tp.file.title %>"),
        ("so %%she was sad%% it was", "so %%she was sad%% it was"),
        ("I am 100%% sure", "I am 100% % sure"),
        ("%%% %%", "%%% %%"),
        ("<!-- a --> b <!-- c", "<!-- a --> b ‹!-- c"),
        (":: x", "x"),
        ("— so it was", "so it was"),
        ("10:30 is early", "— 10:30 is early"),
        ("- [ ] a plan", "- [ ] a plan"),
        ("\x1b", ""),
    ],
)
def test_what_she_types_stays_but_for_what_would_break_the_note(typed: str, written: str) -> None:
    assert write_words("", None, typed) == written


HOSTILE = st.lists(
    st.sampled_from(
        [
            *("%%", "[[", "]]", "<%", "<b>", "::", ":: ", "```", "`", "a", " ", "\n", "\r", "[ ]"),
            *("- ", "#call", "^id", "**", "<!--", "-->", "2026-01-01", "10:30", "T10:30", "→", "—"),
            *(
                "12.05.2026",
                ",",
                ";",
                ".",
                "call",
                "[[2026-01-01]]",
                "![[x]]",
                "\x1b[31m",
                "\u202e",
            ),
            *("[t:: 4]", "%%x%%", "1", "$$", "\\", "✅ 2020-01-01"),
        ]
    )
    | st.text(max_size=2),
    max_size=12,
).map("".join)


@given(HOSTILE, st.sampled_from(["", "call"]), st.sampled_from([None, "out"]))
def test_any_text_is_one_entry_and_leaves_the_rest_of_the_note(
    text: str, channel: str, direction: Literal["out"] | None
) -> None:
    line = write_log_line(date(2026, 11, 20), write_words(channel, direction, text))
    after = "\n- 2026-10-01 sms: b\n\nShe likes [[Chess]] and #tea.\n"
    note = read_note("People/A.md", f"## Log\n{line}{after}")
    evidence, problems = log_evidence(note, read_date)
    assert [one.date for one in evidence] == [date(2026, 11, 20), date(2026, 10, 1)]
    assert not problems
    assert evidence[0].time is None
    assert evidence[0].channel == channel or not channel
    assert evidence[0].direction == direction or not direction
    assert [link.target for link in note.links if not link.commented][-1] == "Chess"
    assert note.tags[-1].tag == "tea"


@given(
    DATES,
    st.none() | st.sampled_from(sorted(words_of("en").channels)),
    st.sampled_from(["out", "in", "both", None]),
    TEXTS.filter(lambda text: text[:1] not in "→-[#а"),
    st.sampled_from(
        ["", "- 2026-01-01 call", "* [[2026-01-01]] x", "+ 01.02.2026", "1. 2026-01-01"]
    ),
)
def test_what_is_written_is_read_again(
    day: date, channel: str | None, direction: str | None, text: str, neighbour: str
) -> None:
    arrow = next((d for d in ARROWS.values() if d == direction), None)
    line = write_log_line(day, write_words(channel or "", arrow, text), neighbour)
    note = read_note("People/A.md", f"## Log\n{line}\n")
    evidence, problems = log_evidence(note, read_date)
    assert not problems
    (trace,) = evidence
    own = direction_of(channel) if channel else None
    assert (trace.date, trace.channel) == (day, channel)
    assert trace.direction == (arrow or own)
    assert trace.text == text


@pytest.mark.parametrize(
    ("neighbour", "line"),
    [
        ("", "- 2026-11-02 call: x"),
        ("- 2026-10-01 call", "- 2026-11-02 call: x"),
        ("* 1.10.2026 call", "* 02.11.2026 call: x"),
        ("\t- [[2026-10-01]] call", "\t- [[2026-11-02]] call: x"),
    ],
)
def test_a_new_line_looks_like_the_one_beside_it(neighbour: str, line: str) -> None:
    assert write_log_line(date(2026, 11, 2), "call: x", neighbour) == line


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("## Log\n- 2026-11-01 call\n- 2026-11-02 call\n\t- and more\n\nEnd\n", 4),  # oldest first
        ("## Log\n- 2026-11-02 call\n- 2026-11-01 call\n", 1),  # newest first
        ("## Log\n- 2026-11-02 call\n", 1),
        ("# Anna\n## Log\n\nNothing yet.\n", 2),
        ("# Anna\n", None),
        ("- 2026-11-01 call\n- 2026-11-02 call\n", 2),
    ],
)
def test_where_a_new_line_goes(text: str, index: int | None) -> None:
    note = read_note("People/A.md", text)
    evidence, _problems = log_evidence(note, read_date)
    assert log_place(note, evidence, text, date(2026, 11, 22)).index == index


@pytest.mark.parametrize(
    ("log", "day", "written"),
    [
        # Newest first: before those that are not newer.
        ("- 2026-11-10 b\n- 2026-10-01 a\n", "2026-11-05",
         "- 2026-11-10 b\n- 2026-11-05 new\n- 2026-10-01 a\n"),
        ("- 2026-11-10 b\n- 2026-10-01 a\n", "2026-10-01",
         "- 2026-11-10 b\n- 2026-10-01 new\n- 2026-10-01 a\n"),
        ("- 2026-11-10 b\n\t- more\n- 2026-10-01 a\n\t- and more\n\nEnd\n", "2026-09-05",
         "- 2026-11-10 b\n\t- more\n- 2026-10-01 a\n\t- and more\n- 2026-09-05 new\n\nEnd\n"),
        ("- 2026-11-10 b\n", "2026-09-05", "- 2026-11-10 b\n- 2026-09-05 new\n"),
        # Oldest first: behind those that are not newer.
        ("- 2026-10-01 a\n\t- more\n- 2026-11-10 b\n", "2026-11-05",
         "- 2026-10-01 a\n\t- more\n- 2026-11-05 new\n- 2026-11-10 b\n"),
        ("- 2026-10-01 a\n- 2026-11-10 b\n", "2026-10-01",
         "- 2026-10-01 a\n- 2026-10-01 new\n- 2026-11-10 b\n"),
        ("- 2026-10-01 a\n- 2026-11-10 b\n", "2026-09-30",
         "- 2026-09-30 new\n- 2026-10-01 a\n- 2026-11-10 b\n"),
        # In the style of the one beside it.
        ("- 2026-11-10 b\n* 01.10.2026 a\n", "2026-10-02",
         "- 2026-11-10 b\n* 02.10.2026 new\n* 01.10.2026 a\n"),
        # Under the heading of its year.
        ("### 2026\n- 2026-02-10 b\n### 2025\n- 2025-12-30 a\n", "2026-01-02",
         "### 2026\n- 2026-02-10 b\n- 2026-01-02 new\n### 2025\n- 2025-12-30 a\n"),
        ("### 2026\n- 2026-01-10 b\n### 2025\n- 2025-10-30 a\n", "2025-12-31",
         "### 2026\n- 2026-01-10 b\n### 2025\n- 2025-12-31 new\n- 2025-10-30 a\n"),
    ],
)  # fmt: skip
def test_a_new_line_stands_in_the_order_of_the_dates(log: str, day: str, written: str) -> None:
    text = "# Anna\n\n## Log\n" + log
    note = read_note("People/A.md", text)
    entries, _problems = log_evidence(note, read_date)
    place = log_place(note, entries, text, date.fromisoformat(day))
    assert place.index is not None
    line = write_log_line(date.fromisoformat(day), "new", place.neighbour)
    wanted = "# Anna\n\n## Log\n" + written
    assert insert_lines(text, place.index, [line]) == wanted
    windows = text.replace("\n", "\r\n")
    assert insert_lines(windows, place.index, [line]) == wanted.replace("\n", "\r\n")


ALAS = "# Anna Petrova\n- Type: Contact\n- Category: B\n"


@pytest.mark.parametrize(
    ("log", "written"),
    [
        ("\n## 2026-09-01\n", "\n## 2026-11-22 coffee\n## 2026-09-01\n"),
        ("\n## 2026-09-01\nA walk.\n## 2026-08-01\n",
         "\n## 2026-11-22 coffee\n## 2026-09-01\nA walk.\n## 2026-08-01\n"),
        ("\n## 2026-12-01\nA walk.\n## 2026-10-01\nTea.\n",
         "\n## 2026-12-01\nA walk.\n## 2026-11-22 coffee\n## 2026-10-01\nTea.\n"),
        ("\n## 2026-12-01\nA walk.\n", "\n## 2026-12-01\nA walk.\n## 2026-11-22 coffee\n"),
        ("", "## 2026-11-22 coffee\n"),
    ],
)  # fmt: skip
def test_a_log_of_headings_alone_gets_another_heading_before_the_others(
    log: str, written: str
) -> None:
    note = read_note("People/Anna.md", ALAS + log)
    entries, _problems = log_evidence(note, read_date)
    place = log_place(note, entries, ALAS + log, date(2026, 11, 22))
    assert place.index is not None
    line = write_log_line(date(2026, 11, 22), "coffee", place.neighbour)
    text = insert_lines(ALAS + log, place.index, [line])
    assert text == ALAS + written
    after, _problems = log_evidence(read_note("People/Anna.md", text), read_date)
    assert [one.channel for one in after if one.date == date(2026, 11, 22)] == ["coffee"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("9/12/26 call", "9/12/26"),
        ("9/12/2026: call", "9/12/2026"),
        ("9.12.26 call", "9.12.26"),
        ("9-12-2026 call", "9-12-2026"),
        ("12 Nov call", "12 Nov"),
        ("Nov 12, 2026: call", "Nov 12, 2026"),
        ("12 ноября: звонок", "12 ноября"),
        ("2026/12/09 call", "2026/12/09"),
        ("2026.12.9 call", "2026.12.9"),
        ("9.12.2026 call", None),
        ("1/2 hour call", None),
        ("24/7 support", None),
        ("9/12/26/7", None),
        ("call on 9/12/26", None),
    ],
)
def test_dates_of_a_log_that_are_not_read_are_named(line: str, found: str | None) -> None:
    note = read_note("A.md", f"- {line}\n\n## Log\n- 2026-11-02 call\n- {line}\n- {line}\n")
    _evidence, problems = log_evidence(note, lambda _target: None)
    told = [(one.line, one.message.values["found"], one.message.values["n"]) for one in problems]
    assert told == ([(5, found, 2)] if found else [])
    without = read_note("A.md", f"- {line}\n")  # under no heading of a log it may be anything
    assert log_evidence(without, lambda _target: None)[1] == []
