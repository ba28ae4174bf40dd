"""People who are taken over from an earlier snapshot equal people who are read anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.contact import Depth
from vaulttool.index import build
from vaulttool.markdown.note import read_note
from vaulttool.people.agenda import judge_day, read_people
from vaulttool.settings import Settings

if TYPE_CHECKING:
    from vaulttool.index import Snapshot
    from vaulttool.people.agenda import People

TODAY = date(2026, 11, 22)
TEXTS = {
    "People/Anna.md": (
        "---\ncircle: key\nhousehold: '[[The Langs]]'\n---\n- 2026-11-01 call\n",
        "---\ncircle: key\naliases: [Ann]\n---\n- [[2026-11-02]] call [reply:: perhaps]\n",
        "---\nevery: 2 weeks\nhousehold: {a: 1}\nlast_contact: 2026-10-01\n---\n",
        "[owes:: the drill]\n- [ ] write to [[Boris]] 📅 2026-12-01\n",
    ),
    "People/Boris.md": (
        "Knows [[Anna]].\n",
        "---\naliases: [Ann]\nhousehold: '[[Anna]]'\n---\n- [[first day|the first]] coffee\n",
    ),
    "Inbox/Boris.md": ("Not a person.\n", "#person\n- 2026-11-20 sms\n"),
    "The Langs.md": (
        "---\nmembers: ['[[Anna]]', '[[Boris]]']\nevery: 1 month\n---\n",
        "---\nevery: 1 week\n---\n#person\n",
    ),
    "Daily/2026-11-20.md": (
        "Lunch with [[Anna]] and [[Boris]]. Called [[The Langs]].\n- [ ] ask [[Anna]]\n",
        """%% vault:due 2026-11-20 %%
- [x] [[Anna]] · due today (every week) — call
- [ ] [[Boris]] · due today (every week)
%% vault:end %%
""",
    ),
    "Meetings/Plan.md": (
        "---\ndate: 2026-11-18\npeople: [Ann, Boris, '[[Anna]]']\n---\n",
        "---\ndate: 2026-11-18\nattendees: Ann\n---\n",
    ),
    "Daily/first day.md": ("x", "---\ndate: 2026-11-19\n---\n"),
}
SETTINGS = st.builds(Settings, household_shared=st.booleans())
EDIT = st.sampled_from(sorted(TEXTS)).flatmap(
    lambda path: st.tuples(st.just(path), st.sampled_from([None, *TEXTS[path]]))
)


def assert_same(people: People, anew: People) -> None:
    assert people.contacts == anew.contacts
    assert people.traces.notes == anew.traces.notes
    assert people == anew
    assert judge_day(people, {}, TODAY) == judge_day(anew, {}, TODAY)


def edited(snapshot: Snapshot, path: str, text: str | None) -> Snapshot:
    if text is None:
        return snapshot.without_note(path)
    return snapshot.with_note(read_note(path, text))


@given(SETTINGS, st.lists(st.lists(EDIT, max_size=3), max_size=8))
def test_people_follow_the_notes(settings: Settings, steps: list[list[tuple[str, str]]]) -> None:
    notes = [read_note(path, texts[0]) for path, texts in TEXTS.items()]
    snapshot = build(notes, (), settings)
    people = read_people(snapshot)
    for edits in steps:
        for path, text in edits:
            snapshot = edited(snapshot, path, text)
        people = read_people(snapshot, people)
        assert_same(people, read_people(snapshot))


@pytest.mark.parametrize(
    ("path", "text"),
    [(path, text) for path, texts in TEXTS.items() for text in (None, *texts[1:])],
)
def test_one_edit_and_back(path: str, text: str | None) -> None:
    before = build([read_note(name, texts[0]) for name, texts in TEXTS.items()], (), Settings())
    after = edited(before, path, text)
    people = read_people(before)
    assert_same(read_people(after, people), read_people(after))
    assert_same(read_people(before, read_people(after, people)), people)


@pytest.mark.parametrize(
    "other", [Settings(contact_folders=("Inbox",)), Settings(open_statuses=frozenset("x"))]
)
def test_other_settings_are_read_with(other: Settings) -> None:
    notes = [read_note(name, texts[0]) for name, texts in TEXTS.items()]
    people = read_people(build(notes, (), Settings()))
    changed = build(notes, (), other)
    assert_same(read_people(changed, people), read_people(changed))


def test_how_deep_a_tick_is_depends_on_the_contact() -> None:
    block = "%% vault:due 2026-11-20 %%\n- [x] [[Anna]] · due today (every week)\n%% vault:end %%\n"
    notes = [read_note("Daily/2026-11-20.md", block), read_note("People/Anna.md", "")]
    before = build(notes, (), Settings())
    people = read_people(before)
    after = before.with_note(read_note("People/Anna.md", "---\nneeds: talk\n---\n"))
    (tick,) = read_people(after, people).traces.evidence["People/Anna.md"]
    assert tick.depth is Depth.TALK


def test_a_first_name_may_get_a_note_of_its_own() -> None:
    """Then it means that note, which is nobody's, and no longer Anna Lang."""
    meeting = read_note("Meetings/Plan.md", "---\ndate: 2026-11-18\npeople: Anna\n---\n")
    before = build([meeting, read_note("People/Anna Lang.md", "")], (), Settings())
    people = read_people(before)
    assert people.traces.evidence["People/Anna Lang.md"]
    after = before.with_note(read_note("Anna.md", "a ship"))
    assert not read_people(after, people).traces.evidence["People/Anna Lang.md"]


def test_what_did_not_change_is_the_same_object() -> None:
    before = build([read_note(name, texts[0]) for name, texts in TEXTS.items()], (), Settings())
    people = read_people(before)
    after = read_people(edited(before, "Inbox/Boris.md", "other words"), people)
    kept = after.traces.notes["Daily/2026-11-20.md"]
    assert kept is people.traces.notes["Daily/2026-11-20.md"]
    assert after.contacts["People/Anna.md"] is people.contacts["People/Anna.md"]
