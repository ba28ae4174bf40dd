from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.dated import daily_note_date, note_date
from vaulttool.index import Snapshot, build
from vaulttool.markdown.note import read_note
from vaulttool.message import msg
from vaulttool.model import Link, Problem
from vaulttool.settings import DailySettings, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaulttool.model import Note


def snapshot_of(
    notes: Mapping[str, str],
    files: Iterable[str] = (),
    settings: Settings | None = None,
    links: Mapping[str, tuple[Link, ...]] | None = None,
) -> Snapshot:
    read = [read_note(path, text) for path, text in notes.items()]
    others = [*files, *(links or {})]
    return build(read, [*notes, *others], settings or Settings(), (), links or {})


def test_10_aliases_never_resolve() -> None:
    snapshot = snapshot_of({"Note.md": "---\naliases: [AL]\n---\n[[AL]] [[al]]"})
    assert snapshot.resolved["Note.md"] == (None, None)


def test_1_a_link_to_a_heading_of_the_same_note_leads_to_the_note() -> None:
    snapshot = snapshot_of({"a/Note.md": "[[#H]]"})
    assert snapshot.resolved["a/Note.md"] == ("a/Note.md",)
    assert snapshot.backlinks["a/Note.md"] == {"a/Note.md"}
    assert not snapshot.wanted


def test_a_markdown_link_is_looked_up_in_the_whole_vault() -> None:
    snapshot = snapshot_of({"n.md": "[y](My%20Note.md)", "Sub/My Note.md": ""})
    assert snapshot.resolved["n.md"] == ("Sub/My Note.md",)


FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


def test_a_missing_note_has_no_backlinks_and_its_name_is_wanted() -> None:
    snapshot = snapshot_of({"a.md": "[[Gone]] [[x/Gone.md]]"})
    assert snapshot.resolved["a.md"] == (None, None)
    assert not snapshot.backlinks
    assert snapshot.wanted == {"gone": {"a.md"}}


def test_links_come_with_where_they_lead() -> None:
    snapshot = snapshot_of(
        {"a.md": '---\nb: "[[b]]"\n---\n[[c]] ![[p.png]]', "b.md": ""}, ["p.png"]
    )
    found = [(link.target, path) for link, path in snapshot.links_of("a.md")]
    assert found == [("b", "b.md"), ("c", None), ("p.png", "p.png")]
    assert snapshot.resolve("B", "a.md") == "b.md"


class TestDates:
    @pytest.mark.parametrize(
        ("path", "daily", "found"),
        [
            ("2026-11-22.md", DailySettings(), date(2026, 11, 22)),
            ("a/2026-11-22.md", DailySettings(), None),
            ("Daily/2026-11-22.md", DailySettings(folder="Daily"), date(2026, 11, 22)),
            ("daily/2026-11-22.md", DailySettings(folder="/Daily/"), date(2026, 11, 22)),
            ("2026-11-22.md", DailySettings(folder="Daily"), None),
            ("Daily2/2026-11-22.md", DailySettings(folder="Daily"), None),
            ("a/b/2026-11-22.md", DailySettings(folder="a/b"), date(2026, 11, 22)),
            ("STRASSE/2026-11-22.md", DailySettings(folder="Straße"), date(2026, 11, 22)),
            (
                "J/2026/November/2026-Nov-22.md",
                DailySettings(folder="J", format="YYYY/MMMM/YYYY-MMM-DD"),
                date(2026, 11, 22),
            ),
            (
                "2026/11 ноябрь/22, воскресенье.md",
                DailySettings(format="YYYY/MM MMMM/DD, dddd"),
                date(2026, 11, 22),
            ),
            (
                "2026/11 November/22, Sunday.md",
                DailySettings(format="YYYY/MM MMMM/DD, dddd"),
                date(2026, 11, 22),
            ),
            ("22.11.2026.md", DailySettings(format="DD.MM.YYYY"), date(2026, 11, 22)),
            ("2026-11-22.md", DailySettings(format="YYYY-MM-DD.md"), date(2026, 11, 22)),
            ("2026-02-30.md", DailySettings(), None),
            ("2026-11-22 x.md", DailySettings(), None),
            ("2026-11-22.md", DailySettings(format="[Day] D"), None),
        ],
    )
    def test_a_daily_note_is_known_by_folder_and_format(
        self, path: str, daily: DailySettings, found: date | None
    ) -> None:
        assert daily_note_date(path, daily) == found

    def test_a_daily_note_is_known_however_its_accents_are_stored(self) -> None:
        path, folder = "Дневник й/2026 май 22.md", "Дневник й"
        daily = DailySettings(folder=folder, format="YYYY MMMM DD")
        for form in FORMS:
            stored = unicodedata.normalize(form, path)
            for other in FORMS:
                setting = replace(daily, folder=unicodedata.normalize(other, folder))
                assert daily_note_date(stored, setting) == date(2026, 5, 22)

    @pytest.mark.parametrize(
        ("path", "text", "found"),
        [
            ("2026-11-22.md", "---\ndate: 2026-11-01\n---\n", date(2026, 11, 22)),
            ("Standup.md", "---\ndate: 2026-11-01\n---\n", date(2026, 11, 1)),
            ("Standup.md", "---\nDate: 01.11.2026\n---\n", date(2026, 11, 1)),
            ("Встреча.md", "---\nдата: 2026-11-01T10:00\n---\n", date(2026, 11, 1)),
            ("Standup 2026-11-02.md", "---\ndate: 2026-11-01\n---\n", date(2026, 11, 1)),
            ("Standup 2026-11-02.md", "---\ndate: soon\n---\n", date(2026, 11, 2)),
            ("Standup 2026-11-02.md", "---\ndate: [2026-11-01]\n---\n", date(2026, 11, 2)),
            ("2026-11-02/Standup.md", "", None),
            ("Standup.md", "---\ncreated: 2026-11-01\n---\n2026-11-02", None),
        ],
    )
    def test_a_note_s_date_is_its_daily_date_its_property_or_in_its_name(
        self, path: str, text: str, found: date | None
    ) -> None:
        assert note_date(read_note(path, text), Settings()) == found
        assert snapshot_of({path: text}).dates == ({path: found} if found else {})


# --- Changes --------------------------------------------------------------------------------

FOLDERS = ("", "a/", "a/b/", "B/")
NAMES = ("Note", "note", "2026-11-22", "X.v2", "Й", unicodedata.normalize("NFD", "й"), "n.md")
# Few enough that a random edit often meets a note that is there.
PATHS = [
    *("Note.md", "a/Note.md", "a/b/note.md", "B/Note.md", "a/2026-11-22.md", "2026-11-22.md"),
    *("X.v2.md", "Й.md", unicodedata.normalize("NFD", "a/й.md"), "n.md.md"),
]
TARGETS = [
    *(f"{folder}{name}" for folder in FOLDERS for name in NAMES),
    *("", "/Note", "./Note", "../Note", "../../Note", "./x/../Note", "./Note/.", "..", "p.png"),
    *("Note.md", "NOTE", "/", "./", "b/Note", "gone", "X"),
]
TEXTS = st.builds(
    "---\n{}\n---\n{}".format,
    st.sampled_from(["", "date: 2026-11-01", 'friend: "[[Note]]"', "a: [", "date: soon"]),
    st.lists(st.sampled_from(TARGETS), max_size=5).map(
        lambda targets: " ".join(f"[[{target}#h]]" for target in targets)
    ),
)
VAULTS = st.dictionaries(st.sampled_from(PATHS), TEXTS, max_size=8)
EDITS = st.lists(st.tuples(st.sampled_from(PATHS), TEXTS | st.none()), max_size=8)
CARDS = st.sampled_from(["Note", "Note.md", "a/Note.md", "b/note", "p.png"])
CANVASES = st.dictionaries(
    st.sampled_from(["Board.canvas", "a/Other.canvas"]),
    st.lists(st.tuples(CARDS, st.booleans()), max_size=3).map(
        lambda cards: tuple(Link("canvas", None, card, exact=exact) for card, exact in cards)
    ),
)
FILES = st.lists(st.sampled_from(["p.png", "a/p.png", "Note", "a/Note.canvas"]), unique=True)


def plain(snapshot: Snapshot) -> dict[str, Any]:
    """Every field of a snapshot; the mappings as dicts."""
    found = {}
    for field in fields(snapshot):
        value = getattr(snapshot, field.name)
        found[field.name] = dict(value) if hasattr(value, "keys") else value
    return found


@given(VAULTS, FILES, CANVASES, EDITS)
def test_a_changed_snapshot_is_the_one_that_a_full_build_gives(
    vault: dict[str, str],
    files: list[str],
    canvases: dict[str, tuple[Link, ...]],
    edits: list[tuple[str, str | None]],
) -> None:
    snapshot = snapshot_of(vault, files, links=canvases)
    vault = dict(vault)
    for path, text in edits:
        before = plain(snapshot)
        if text is None:
            vault.pop(path, None)
            changed = snapshot.without_note(path)
        else:
            vault[path] = text
            changed = snapshot.with_note(read_note(path, text))
        built = snapshot_of(vault, files, links=canvases)
        assert plain(changed) == plain(built)
        assert list(changed.notes) == list(built.notes)
        assert list(changed.targets) == list(built.targets)
        assert list(changed.dates) == list(built.dates)
        assert plain(snapshot) == before, "the snapshot before was changed"
        snapshot = changed


@given(VAULTS, st.sampled_from(PATHS), TEXTS)
def test_a_change_shares_what_it_does_not_touch(
    vault: dict[str, str], path: str, text: str
) -> None:
    snapshot = snapshot_of(vault)
    note = read_note(path, text)
    changed = snapshot.with_note(note)
    touched = {path} if path in vault else {path, *naming(snapshot, note)}
    for other in set(vault) - {path}:
        assert changed.notes[other] is snapshot.notes[other]
        if other not in touched:
            assert changed.resolved[other] is snapshot.resolved[other]
    if path in vault:
        assert changed.files is snapshot.files


def naming(snapshot: Snapshot, note: Note) -> set[str]:
    """The notes with a link whose last part is the note's title."""
    title = unicodedata.normalize("NFC", note.title).casefold()
    return {
        path
        for path, other in snapshot.notes.items()
        for link in other.links
        for target in [unicodedata.normalize("NFC", link.target).casefold()]
        if target.endswith(title) or target.removesuffix(".md").endswith(title)
    }


def test_taking_away_a_note_that_is_not_there_changes_nothing() -> None:
    snapshot = snapshot_of({"a.md": "[[b]]"})
    assert snapshot.without_note("b.md") is snapshot


def test_the_order_in_which_notes_are_given_does_not_matter() -> None:
    texts = {"b.md": "[[a]]", "a.md": "[[b]]", "c/a.md": "2026"}
    one, other = snapshot_of(texts), snapshot_of(dict(reversed(texts.items())))
    assert plain(one) == plain(other)
    assert list(one.notes) == list(other.notes) == ["a.md", "b.md", "c/a.md"]


def test_problems_of_the_vault_are_kept_through_changes() -> None:
    problem = Problem("x", "info", "", None, msg("x"))
    snapshot = build([], [], Settings(), (problem,))
    changed = snapshot.with_note(read_note("a.md", "")).without_note("a.md")
    assert changed.problems == (problem,)


def test_a_snapshot_cannot_be_written_to() -> None:
    snapshot = snapshot_of({"a.md": "[[b]]"}).with_note(read_note("b.md", ""))
    for field in ("notes", "resolved", "backlinks", "wanted", "dates", "targets"):
        with pytest.raises(TypeError):
            getattr(snapshot, field)["x"] = None
