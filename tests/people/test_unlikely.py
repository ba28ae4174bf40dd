"""What `vault check` says of what can be read and was probably not meant."""

from __future__ import annotations

from datetime import date

import pytest

from vaulttool.index import build
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.note import read_note
from vaulttool.people.agenda import read_people
from vaulttool.people.problems import all_problems, unread
from vaulttool.settings import Settings

TODAY = date(2026, 11, 20)


def problems(text: str, settings: Settings | None = None) -> list[str]:
    snapshot = build([read_note("People/Anna.md", text)], (), settings or Settings())
    say = Catalogue("en").render
    return [
        f"{one.line} {one.severity} {one.code}: {say(one.message)}"
        for one in all_problems(read_people(snapshot), TODAY)
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("circle: regulr", "regular"),
        ("circle: kye", "key"),
        ("circle: Dormnat", "dormant"),
        ("круг: ключевай", "ключевой"),
    ],
)
def test_a_circle_one_letter_from_a_known_one(written: str, meant: str) -> None:
    (said,) = problems(f"---\n{written}\n---\n")
    assert said.startswith("2 warning doubtful-circle: ")
    assert written.partition(": ")[2] in said
    assert f"did you mean {meant}?" in said


@pytest.mark.parametrize("circle", ["regular", "Key", "book club", "регулярный", "friends", "k"])
def test_a_circle_that_is_known_or_far_from_all(circle: str) -> None:
    assert problems(f"---\ncircle: {circle}\n---\n") == []


def test_a_circle_that_the_settings_name_is_the_users_own() -> None:
    own = Settings(circles={"Keys": "1 week"})
    assert problems("---\ncircle: keys\n---\n", own) == []
    assert len(problems("---\ncircle: keys\n---\n")) == 1


def test_a_stage_one_letter_from_a_known_one() -> None:
    (said,) = problems("---\nstage: crysis\n---\n")
    assert said.startswith("2 warning bad-stage: ")
    assert "crisis" in said


def test_a_log_line_of_a_day_to_come() -> None:
    log = "## Log\n- 2027-01-01 call\n- 2026-11-21 call\n- 2026-11-20 call\n- 2026-11-01 call\n"
    assert problems(log) == [
        f"{line} warning future-date: a log line of {day}, which has not come yet: it does not"
        " count before"
        for line, day in ((2, "1 Jan 2027"), (3, "21 Nov 2026"))
    ]


def test_a_plan_in_a_diary_is_no_slip() -> None:
    notes = [
        read_note("People/Anna.md", ""),
        read_note("Daily/2027-01-01.md", "Call with [[Anna]].\n"),
    ]
    assert all_problems(read_people(build(notes, (), Settings())), TODAY) == []


def test_a_days_list_does_not_speak_of_it() -> None:
    text = "---\ncircle: regulr\n---\n- 2027-01-01 call\n"
    snapshot = build([read_note("People/Anna.md", text)], (), Settings())
    assert unread(read_people(snapshot)) == []
