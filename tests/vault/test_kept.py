"""The people that are kept equal those that are read anew, whatever changed in between."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLE, needs_posix, write_files
from tests.people.test_roster import TEXTS
from vaulttool.people.agenda import People, judge_day, make_agenda, read_people
from vaulttool.people.problems import all_problems
from vaulttool.vault import kept
from vaulttool.vault.cache import Cache
from vaulttool.vault.kept import people_of
from vaulttool.vault.stamp import YOUNG
from vaulttool.vault.store import read_vault

if TYPE_CHECKING:
    from tests.conftest import MakeVault

TODAY = date(2026, 11, 22)
LATER = 10 * YOUNG
CANVAS = '{"nodes":[{"id":"1","type":"file","file":"People/Anna.md"}],"edges":[]}'
FILES = {
    **{path: texts[0] for path, texts in TEXTS.items()},
    "Map.canvas": CANVAS,
    "photo.png": "x",
    "CRLF.md": "one [[Anna]]\r\ntwo\r\n",
    "Broken.md": "---\nbroken: [\n---\n[[Nobody]]\n",
}


def read(root: Path, *, later: float = LATER) -> People:
    """Read the people with what is kept beside the vault."""
    folder = root.parent / "cache"
    return people_of(root, folder / "people", Cache(folder / "notes", time.time() + later))


def assert_fresh(root: Path, people: People) -> None:
    fresh = read_people(read_vault(root))
    assert people.contacts == fresh.contacts
    day, fresh_day = (judge_day(one, {}, TODAY) for one in (people, fresh))
    assert make_agenda(people, day) == make_agenda(fresh, fresh_day)
    assert people.snapshot.problems == fresh.snapshot.problems
    assert all_problems(people, TODAY) == all_problems(fresh, TODAY)
    assert people.snapshot == fresh.snapshot
    assert people == fresh


def test_what_did_not_change_is_not_read(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault({path: text for path, text in FILES.items() if path != "The Langs.md"})
    read(root)  # a household's own note is read for its cadence
    monkeypatch.setattr(kept, "survey", None)
    monkeypatch.setattr(kept, "load_note", None)
    people = read(root)
    assert make_agenda(people, judge_day(people, {}, TODAY)).tracked
    monkeypatch.undo()
    assert_fresh(root, people)


def test_the_example(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    write_files(root, {path.relative_to(EXAMPLE).as_posix(): path.read_bytes()
        for path in EXAMPLE.rglob("*") if path.is_file()})  # fmt: skip
    read(root)
    assert_fresh(root, read(root))


def test_only_what_changed_is_read(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault(FILES)
    read(root)
    (root / "CRLF.md").write_text("new [[Boris]]")
    (root / "Daily/2026-11-20.md").unlink()
    write_files(root, {"Daily/2026-11-21.md": "Lunch with [[Anna]].\n"})
    with monkeypatch.context() as once:
        once.setattr(kept, "survey", None)
        people = read(root)
    assert_fresh(root, people)


@needs_posix
def test_a_link_in_the_place_of_a_note_is_not_followed(vault: MakeVault, tmp_path: Path) -> None:
    root = vault(FILES)
    read(root)
    (tmp_path / "secret.md").write_text("Lunch with [[Anna]] and [[Boris]].\n")
    (root / "Daily/2026-11-20.md").unlink()
    (root / "Daily/2026-11-20.md").symlink_to(tmp_path / "secret.md")
    people = read(root)
    assert "Daily/2026-11-20.md" not in people.snapshot.notes
    assert_fresh(root, people)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Map.canvas", '{"nodes":[],"edges":[]}'),
        ("Map.canvas", "broken"),
        ("photo.png", None),
        ("new.png", "x"),
        ("vaulttool.toml", "[contacts]\nfolders = ['Inbox']\n"),
        ("vaulttool.toml", "[household]\nshared = true\n"),
        ("vaulttool.toml", "broken"),
        (".obsidian/app.json", '{"userIgnoreFilters": ["Inbox/"]}'),
    ],
)
def test_another_file_changed(vault: MakeVault, path: str, text: str | None) -> None:
    root = vault(FILES)
    read(root)
    if text is None:
        (root / path).unlink()
    else:
        write_files(root, {path: text})
    for _ in range(2):
        assert_fresh(root, read(root))


def test_many_changes_are_written_anew(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault(FILES)
    read(root)
    write_files(root, {f"New/{n}.md": f"[[Anna]] {n}\r\n" for n in range(30)})
    assert_fresh(root, read(root))
    monkeypatch.setattr(kept, "load_note", None)
    people = read(root)
    people.snapshot.resolve("Anna", "")
    monkeypatch.undo()
    assert_fresh(root, people)


def test_a_young_note_is_read_again(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault({path: text for path, text in FILES.items() if path != "Map.canvas"})
    read(root, later=0)
    with monkeypatch.context() as unread:
        unread.setattr(kept, "load_note", None)
        with pytest.raises(TypeError):
            read(root)
    status = (root / "CRLF.md").stat()
    (root / "CRLF.md").write_bytes(b"two [[Anna]]\r\none\r\n")
    os.utime(root / "CRLF.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert_fresh(root, read(root, later=0))
    (root / "CRLF.md").unlink()
    assert_fresh(root, read(root, later=0))


def test_damaged_in_any_byte(vault: MakeVault) -> None:
    root = vault({"People/Anna.md": "---\nevery: 1 week\n---\n- 2026-11-02 call\n"})
    read(root)
    file = root.parent / "cache/people"
    data = file.read_bytes()
    fresh = read_people(read_vault(root))
    for at in range(0, len(data), 3):
        file.write_bytes(data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :])
        assert read(root) == fresh, at
    file.write_bytes(data[:-20])
    assert read(root) == fresh


def test_of_other_code(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault(FILES)
    with monkeypatch.context() as older:
        older.setattr(kept, "code_version", lambda: "older")
        older.setattr(kept, "read_people", lambda snapshot, **_: nobody(read_people(snapshot)))
        assert not read(root).contacts
        assert not read(root).contacts
    assert_fresh(root, read(root))


def nobody(people: People) -> People:
    roster = replace(people.traces.roster, contacts={}, entries={})
    traces = replace(people.traces, roster=roster, known={}, evidence={})
    return People(people.snapshot, {}, traces)


def test_of_other_settings(vault: MakeVault) -> None:
    root = vault({**FILES, "vaulttool.toml": ""})
    read(root)
    write_files(root, {"vaulttool.toml": "[contacts]\nfolders = ['Inbox']\n"})
    assert_fresh(root, read(root))


def test_a_household_in_which_one_contact_counts_for_all(vault: MakeVault) -> None:
    root = vault(
        {
            "vaulttool.toml": "[household]\nshared = true\n",
            "People/Anna.md": "---\nhousehold: '[[Vera]]'\n---\n- 2026-11-01 call\n",
            "People/Vera.md": "---\nevery: 1 week\n---\n",
        }
    )
    assert read(root).traces.evidence["People/Vera.md"]
    assert_fresh(root, read(root))


PATHS = st.sampled_from(sorted({*FILES, "Friends/Anna.md", "New.md"}))
TEXT = st.sampled_from(["", "new [[Boris]]\r\n", CANVAS, *(t for ts in TEXTS.values() for t in ts)])
EDITS = st.lists(st.tuples(PATHS, TEXT), max_size=3)


@given(st.lists(st.tuples(EDITS, st.booleans()), max_size=5))
@settings(deadline=None, max_examples=60 * int(os.environ.get("VAULT_TEST_SCALE", "1")))
def test_any_edits(rounds: list[tuple[list[tuple[str, str]], bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        write_files(root, FILES)
        read(root)
        for edits, later in rounds:
            for path, text in edits:
                if text:
                    write_files(root, {path: text})
                else:
                    (root / path).unlink(missing_ok=True)
            assert_fresh(root, read(root, later=LATER * later))
