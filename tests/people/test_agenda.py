"""The day as a whole: later runs, whatever is written in between, and what depends on what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.story import World, facts, world
from vaulttool.people.agenda import judge_day, make_agenda, without_start

TODAY = "2026-11-22"
NAMES = "ABCDEFGHI"


def late(name: str, days: int) -> tuple[str, str]:
    met = date.fromisoformat(TODAY) - timedelta(days=10 + days)
    return f"People/{name}.md", f"---\nevery: 10 days\n---\n- {met} call\n"


LATE = dict(late(name, 20 - n) for n, name in enumerate(NAMES))


def block(*lines: str) -> dict[str, str]:
    """Today's note with a due block."""
    body = "\n".join(lines)
    return {f"{TODAY}.md": f"%% vault:due {TODAY} %%\n{body}\n\n%% vault:end %%\n"}


def test_the_first_run_lists_as_many_as_a_day_holds() -> None:
    first = world(LATE, TODAY)
    assert first.names() == list("ABCDE")
    assert first.agenda.more == 4


@given(st.lists(st.sampled_from(" /xX->"), min_size=5, max_size=5))
def test_a_later_run_on_the_day_adds_no_replacements(statuses: list[str]) -> None:
    lines = [f"- [{s}] [[{name}]]" for s, name in zip(statuses, "ABCDE", strict=True)]
    later = world({**LATE, **block(*lines)}, TODAY)
    still = [name for s, name in zip(statuses, "ABCDE", strict=True) if s in " /"]
    assert later.names() == still
    assert later.agenda.done == 5 - len(still)
    assert later.agenda.more == 4
    assert later.agenda.offer is None


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(["log", "diary", "snooze", "pause"]))
def test_nor_does_what_was_written_elsewhere(changed: set[str], how: str) -> None:
    notes = {**LATE, **block(*(f"- [ ] [[{name}]]" for name in "ABCDE"))}
    for name in changed:
        path = f"People/{name}.md"
        notes[path] = {
            "log": notes[path] + f"- {TODAY} call\n",
            "diary": notes[path],
            "snooze": notes[path].replace("---\n-", "snooze_until: 2027-01-01\n---\n-"),
            "pause": notes[path].replace("---\n-", "pause: true\n---\n-"),
        }[how]
        if how == "diary":
            notes[f"{TODAY}.md"] += f"\nCoffee with [[{name}]].\n"
    later = world(notes, TODAY)
    assert later.names() == [name for name in "ABCDE" if name not in changed]


def test_a_run_after_a_run_finds_the_same() -> None:
    first = world(LATE, TODAY)
    again = world({**LATE, **block(*(f"- [ ] [[{name}]]" for name in first.names()))}, TODAY)
    assert again.names() == first.names()
    assert again.agenda.more == first.agenda.more


def test_a_limit_takes_the_place_of_per_day() -> None:
    first = world(LATE, TODAY)
    agenda = make_agenda(first.people, first.day, limit=2)
    assert [verdict.contact.name for verdict in agenda.due] == ["A", "B"]
    assert agenda.more == 7
    assert make_agenda(first.people, first.day, limit=100).more == 0


def test_who_comes_within_the_days_asked_for() -> None:
    notes = dict(late(name, -n) for n, name in enumerate(NAMES))
    first = world(notes, TODAY)
    for within in (0, 3, 7):
        agenda = make_agenda(first.people, first.day, within=within)
        assert [v.contact.name for v in agenda.upcoming] == list(NAMES[1 : within + 1])


def test_every_new_contact_is_offered_in_turn() -> None:
    notes = {f"People/{name}.md": "---\ncircle: key\n---\n" for name in NAMES}
    day = date.fromisoformat(TODAY)
    offered = []
    for n in range(len(NAMES)):
        offer = World(notes, day + timedelta(days=n)).agenda.offer
        assert offer
        offered.append(offer.contact.name)
    assert sorted(offered) == list(NAMES)


def test_first_commits_are_asked_only_where_they_matter() -> None:
    known = {"People/A.md": "---\ncreated: 2026-01-01\n---\n", "People/B.md": "- 2026-11-01 call\n"}
    day = date.fromisoformat(TODAY)
    assert without_start(world(known, TODAY).people, day) == []
    assert without_start(world(known, TODAY).people, date(2026, 10, 1)) == ["People/B.md"]
    more = {**known, "People/C.md": "C.\n"}
    assert without_start(world(more, TODAY).people, day) == ["People/B.md", "People/C.md"]


def test_created_is_believed_before_the_first_commit() -> None:
    notes = {"People/A.md": "---\nevery: 10 days\ncreated: 2026-11-20\n---\n"}
    people, day = world(notes, TODAY).people, date.fromisoformat(TODAY)
    judged = judge_day(people, {"People/A.md": date(2026, 1, 1)}, day)
    assert judged.verdicts["People/A.md"].due_on == date(2026, 11, 30)


# --- What depends on what ------------------------------------------------------------------

LINES = [
    *("- 2026-11-02 call", "- 2026-10-02 email → x", "- 2026-11-20 like", "- 2026-13-01 call"),
    *("- 2026-11-21 email ← y", "- [ ] send the deck 📅 2026-11-20", "Words.", "- 2027-01-01 call"),
]
HEADS = [
    *("circle: key", "circle: regular\nstage: long-term", "every: never", "pause: true"),
    *("next: 2026-11-20", "birthday: 11-25", "created: 2026-01-01", "needs: talk", "days: mon-fri"),
]
DIARY = [
    *("Coffee with [[{0}]].", "- [x] email [[{0}]]", "Read about [[{0}]].", "- [ ] call [[{0}]]"),
    *("Lunch with [[{0}]] and [[{1}]].", "%% [[{0}]] %%", "Saw [[{0}]]."),
]
BODY = st.lists(st.sampled_from(LINES), max_size=4).map("\n".join)
PERSON = st.tuples(st.lists(st.sampled_from(HEADS), max_size=2, unique=True), BODY).map(
    lambda parts: "---\n" + "\n".join(parts[0]) + "\n---\n" + parts[1] + "\n"
)
VAULT = st.fixed_dictionaries({f"People/{name}.md": PERSON for name in "ABC"})
DAYS = st.dates(date(2026, 10, 1), date(2026, 11, 30))
DIARIES = st.dictionaries(
    DAYS.map(lambda day: f"{day}.md"),
    st.lists(
        st.builds(str.format, st.sampled_from(DIARY), *[st.sampled_from("ABC")] * 2),
        max_size=3,
    ).map("\n\n".join),
    max_size=4,
)


@given(VAULT, DIARIES, st.sampled_from("ABC"), st.sampled_from(LINES[:5]))
def test_a_line_in_a_log_changes_only_the_verdict_that_rests_on_it(
    people: dict[str, str], diary: dict[str, str], name: str, line: str
) -> None:
    path = f"People/{name}.md"
    before = world({**people, **diary}, TODAY)
    after = world({**people, **diary, path: people[path] + f"\n{line}\n"}, TODAY)
    for other in before.day.verdicts:
        if other != path:
            assert before.day.verdicts[other] == after.day.verdicts[other]
            assert before.day.evidence[other] == after.day.evidence[other]
    logged = [f"{t.date}" for t in after.day.evidence[path] if t.kind == "log"]
    assert line[2:12] in logged or "-13-" in line


@given(VAULT, DIARIES, DAYS, st.sampled_from("ABC"))
def test_a_line_in_a_diary_changes_only_whom_it_names(
    people: dict[str, str], diary: dict[str, str], day: date, name: str
) -> None:
    note = f"{day}.md"
    written = {**diary, note: diary.get(note, "") + f"\n\nDinner with [[{name}]].\n"}
    before, after = world({**people, **diary}, TODAY), world({**people, **written}, TODAY)
    for path, verdict in before.day.verdicts.items():
        if path != f"People/{name}.md":
            assert after.day.verdicts[path] == verdict
    mine = after.day.evidence[f"People/{name}.md"]
    known = day <= date.fromisoformat(TODAY)
    assert any(t.date == day and t.channel == "dinner" and t.counts is known for t in mine)


@given(VAULT, DIARIES)
def test_what_is_added_about_nobody_changes_nothing(
    people: dict[str, str], diary: dict[str, str]
) -> None:
    more = {"Notes/Else.md": "- 2026-11-20 call with [[Nobody]]\n", "2020-01-01.md": "A day.\n"}
    assert facts(world({**people, **diary}, TODAY)) == facts(
        world({**people, **diary, **more}, TODAY)
    )


@given(VAULT, DIARIES)
def test_the_same_vault_gives_the_same_day_in_whatever_order_it_is_read(
    people: dict[str, str], diary: dict[str, str]
) -> None:
    notes = {**people, **diary}
    backwards = dict(reversed(notes.items()))
    assert sorted(facts(world(notes, TODAY))) == sorted(facts(world(backwards, TODAY)))


@given(VAULT, DIARIES, st.integers(0, 40))
def test_a_contact_on_the_day_resets_the_clock(
    people: dict[str, str], diary: dict[str, str], days: int
) -> None:
    day = date.fromisoformat(TODAY) + timedelta(days=days)
    called = people["People/A.md"] + f"\n- {day} call\n"
    judged = World({**people, **diary, "People/A.md": called}, day)
    verdict = judged.verdict("A")
    assert verdict.last
    assert verdict.last.date == day
    assert verdict.code not in ("due", "resting", "unknown_start")
    assert "A" not in judged.names()


# --- Nothing is too strange ----------------------------------------------------------------

DATES = st.sampled_from(
    [
        *("0001-01-01", "0001-01-03", "9999-12-31", "9999-12-30", "2026-11-22", "2024-02-29"),
        *("0000-00-00", "2026-02-30", "[[2026-11-20]]", "31.12.9999", "01.01.0001", "2026-11-21"),
    ]
)
VALUES = st.one_of(
    DATES,
    st.sampled_from(
        [
            *("key", "crisis", "never", "1 day", "36500 days", "100 years", "99999999999", "-1"),
            *("02-29", "0001-01-01", "9999-12-31", "mon", "[]", "{a: [b]}", "yes", "talk", "[[A]]"),
            *("no contact, no weekends", "[video, x]", "'", "1.5", "P9999Y", "x" * 300),
        ]
    ),
)
KEYS = st.sampled_from(
    [
        *("circle", "stage", "every", "needs", "last_contact", "next", "snooze_until", "pause"),
        *("died", "boundaries", "birthday", "dates", "days", "hours", "prefers", "priority"),
        *(
            "created",
            "household",
            "members",
            "people",
            "channel",
            "date",
            "type",
            "tags",
            "aliases",
        ),
    ]
)
STRANGE_LINES = st.builds(
    str.format,
    st.sampled_from(
        [
            *(
                "- {0} call → x",
                "- [x] [[A]] ✅ {0}",
                "### {0}",
                "Words [[B]].",
                "## Log",
                "> - {0} x",
            ),
            *("%% vault:due {0} %%", "%% vault:end %%", "- [>] [[A]] {0}", "- [x] 🎂 [[B]] today"),
            *(
                "- [ ] [[A]], [[B]]",
                "\t- {0} nested",
                "- [ ] [[B]] 📅 {0}",
                "```",
                "%%",
                "<!--",
                "{0}",
            ),
        ]
    ),
    DATES,
)
STRANGE = st.tuples(
    st.dictionaries(KEYS, VALUES, max_size=6), st.lists(STRANGE_LINES, max_size=8)
).map(
    lambda parts: (
        "---\n"
        + "".join(f"{key}: {value}\n" for key, value in parts[0].items())
        + "---\n"
        + "\n".join(parts[1])
    )
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                *("People/A.md", "People/B.md", "2026-11-20.md", "2026-11-22.md", "9999-12-31.md"),
                *("0001-01-01.md", "Notes/X.md", "People/.md", "Group.md"),
            ]
        ),
        STRANGE,
    ),
    st.sampled_from([date.min, date(1, 1, 2), date(2026, 11, 22), date(9999, 12, 30), date.max]),
)
def test_no_vault_is_too_strange(notes: dict[str, str], today: date) -> None:
    facts(World(notes, today))
    facts(World(notes, today, first_seen=dict.fromkeys(notes, date.max)))


@pytest.mark.parametrize("today", [date.min, date.max])
def test_an_empty_vault(today: date) -> None:
    agenda = World({}, today).agenda
    assert [*agenda.due, *agenda.upcoming, *agenda.promises] == []
    assert agenda.offer is None
