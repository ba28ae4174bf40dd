"""The live index equals a fresh one, whatever happens to the files."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.conftest import write_files
from vaulttool.vault.live import LiveIndex, NoteChange
from vaulttool.vault.read import load_note
from vaulttool.vault.stamp import YOUNG
from vaulttool.vault.store import read_vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import MakeVault
    from vaulttool.model import Note

LATER = 10 * YOUNG
FILES = {
    "People/Anna.md": "---\ncircle: key\n---\nMet through [[Boris]].\n",
    "People/Boris.md": "x",
    "Daily/2026-11-20.md": "Lunch with [[Anna]] and [[Nobody]].\n![[photo.png]]\n",
    "Map.canvas": '{"nodes":[{"id":"1","type":"file","file":"People/Anna.md"}],"edges":[]}',
    "photo.png": "x",
}


def live(root: Path) -> LiveIndex:
    index = LiveIndex(root)
    index.update(time.time() + LATER)
    return index


def assert_fresh(index: LiveIndex) -> None:
    fresh = read_vault(index.root)
    assert index.snapshot.settings == fresh.settings
    assert index.snapshot.notes == fresh.notes
    assert index.snapshot.files == fresh.files
    assert index.snapshot == fresh


def test_it_begins_as_a_fresh_one(vault: MakeVault) -> None:
    index = LiveIndex(vault(FILES))
    changes = index.update(time.time() + LATER)
    assert_fresh(index)
    assert [one.path for one in changes] == sorted(path for path in FILES if path.endswith(".md"))
    assert {one.kind for one in changes} == {"added"}


def save_in_place(root: Path) -> list[str]:
    (root / "People/Anna.md").write_text("Knows [[Boris]] and [[photo.png]].")
    return ["People/Anna.md"]


def save_by_rename(root: Path) -> list[str]:
    (root / "People/.Anna.md.swp").write_text("swap")
    (root / "People/4913").write_text("")
    (root / "People/4913").unlink()
    (root / "People/Anna.md~").write_text("backup")
    (root / "People/tmp123").write_text("new [[Boris]]")
    (root / "People/tmp123").replace(root / "People/Anna.md")
    return ["People/.Anna.md.swp", "People/4913", "People/Anna.md~", "People/tmp123",
        "People/Anna.md"]  # fmt: skip


def new_note(root: Path) -> list[str]:
    (root / "Nobody.md").write_text("Somebody after all.")
    return ["Nobody.md"]


def gone_note(root: Path) -> list[str]:
    (root / "People/Boris.md").unlink()
    return ["People/Boris.md"]


def renamed_note(root: Path) -> list[str]:
    (root / "People/Boris.md").rename(root / "Boris Lang.md")
    return ["People/Boris.md", "Boris Lang.md"]


def renamed_folder(root: Path) -> list[str]:
    (root / "People").rename(root / "Friends")
    return ["People", "Friends"]


def moved_out(root: Path) -> list[str]:
    (root / "People").rename(root.parent / "elsewhere")
    return ["People"]


def moved_in(root: Path) -> list[str]:
    write_files(root.parent / "other", {"Sub/Eva.md": "[[Anna]]", "Sub/b.png": "x"})
    (root.parent / "other").rename(root / "Other")
    return ["Other"]


def other_canvas(root: Path) -> list[str]:
    node = '{"id":"1","type":"file","file":"People/Boris.md"}'
    (root / "Map.canvas").write_text(f'{{"nodes":[{node}],"edges":[]}}')
    return ["Map.canvas"]


def broken_canvas(root: Path) -> list[str]:
    (root / "Map.canvas").write_text("{")
    return ["Map.canvas"]


def gone_picture(root: Path) -> list[str]:
    (root / "photo.png").unlink()
    return ["photo.png"]


def note_in_the_place_of_a_folder(root: Path) -> list[str]:
    shutil.rmtree(root / "Daily")
    (root / "Daily").mkdir()
    (root / "Daily/2026-11-20.md").mkdir()
    return ["Daily/2026-11-20.md", "Daily"]


def windows_lines(root: Path) -> list[str]:
    (root / "People/Boris.md").write_bytes(b"a\r\nb\r\n")
    return ["People/Boris.md"]


DEEDS = (
    *(save_in_place, save_by_rename, new_note, gone_note, renamed_note, renamed_folder),
    *(moved_out, moved_in, other_canvas, broken_canvas, gone_picture),
    *(note_in_the_place_of_a_folder, windows_lines),
)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
class TestAfter:
    def test_a_look_at_the_paths_that_are_named(
        self, vault: MakeVault, deed: Callable[[Path], list[str]]
    ) -> None:
        index = live(vault(FILES))
        index.look(deed(index.root), time.time() + LATER)
        assert_fresh(index)

    def test_a_look_at_everything(
        self, vault: MakeVault, deed: Callable[[Path], list[str]]
    ) -> None:
        index = live(vault(FILES))
        deed(index.root)
        index.update(time.time() + LATER)
        assert_fresh(index)


def test_settings_that_change(vault: MakeVault) -> None:
    index = live(vault(FILES))
    (index.root / "vaulttool.toml").write_text('[vault]\nignore = ["People/"]\n')
    index.update(time.time() + LATER)
    assert_fresh(index)


def test_what_happened_is_told(vault: MakeVault) -> None:
    index = live(vault(FILES))
    (index.root / "People/Anna.md").write_text("new")
    (index.root / "People/Boris.md").rename(index.root / "Bob.md")
    assert index.update(time.time() + LATER) == [
        NoteChange("added", "Bob.md", moved=True),
        NoteChange("changed", "People/Anna.md"),
        NoteChange("removed", "People/Boris.md", moved=True),
    ]


def test_a_save_that_changes_nothing_is_no_change(vault: MakeVault) -> None:
    index = live(vault(FILES))
    (index.root / "People/Boris.md").write_text("x")
    assert index.look(["People/Boris.md"], time.time() + LATER) == []


def test_a_file_that_is_empty_for_a_moment_keeps_what_was_known(vault: MakeVault) -> None:
    index = live(vault(FILES))
    before = index.snapshot
    (index.root / "People/Anna.md").write_text("")
    assert index.look(["People/Anna.md"], time.time()) == []
    assert index.snapshot.notes == before.notes
    assert [index.is_settled, index.look([], time.time() + LATER), index.is_settled] == [
        False,
        [NoteChange("changed", "People/Anna.md")],
        True,
    ]
    assert_fresh(index)


def test_a_second_save_that_leaves_the_same_stamp_is_seen(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a file system whose clock stands still for the time between two saves."""
    index = LiveIndex(vault(FILES))
    index.update(time.time())
    stamps = {path: one.stamp for path, one in index._read.items()}
    monkeypatch.setattr(LiveIndex, "_stamp", lambda _self, path: stamps[path])
    (index.root / "People/Boris.md").write_text("y")
    index.look(["People/Boris.md"], time.time())
    assert_fresh(index)


def test_what_was_young_is_looked_at_again(vault: MakeVault) -> None:
    index = LiveIndex(vault(FILES))
    index.update(time.time())
    (index.root / "People/Boris.md").write_text("y")  # and no event comes
    assert index.look([], time.time() + LATER) == [NoteChange("changed", "People/Boris.md")]
    assert_fresh(index)


def test_a_young_file_that_vanished_unheard_is_seen_with_the_next_look(vault: MakeVault) -> None:
    index = LiveIndex(vault(FILES))
    index.update(time.time())
    (index.root / "People/Boris.md").unlink()
    assert index.look([], time.time()) == [NoteChange("removed", "People/Boris.md")]
    assert_fresh(index)


def test_a_note_that_vanishes_while_it_is_looked_at(
    vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = live(vault(FILES))
    (index.root / "People/Boris.md").write_text("changed")
    real = LiveIndex._came_or_went

    def then_gone(self: LiveIndex, path: str) -> bool:
        found = real(self, path)
        (index.root / "People/Boris.md").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(LiveIndex, "_came_or_went", then_gone)
    assert index.look(["People/Boris.md"], time.time() + LATER) == [
        NoteChange("removed", "People/Boris.md")
    ]
    assert_fresh(index)


def test_a_note_that_has_another_path_now_has_moved(vault: MakeVault) -> None:
    index = live(vault(FILES))
    (index.root / "People").rename(index.root / "Contacts")
    changes = index.look(["People", "Contacts"], time.time() + LATER)
    assert {(one.kind, one.moved) for one in changes} == {("added", True), ("removed", True)}
    (index.root / "Contacts/Boris.md").unlink()
    write_files(index.root, {"Clara.md": "x"})
    changes = index.update(time.time() + LATER)
    assert NoteChange("added", "Clara.md", changes[0].moved) == changes[0]


def test_a_change_of_the_settings_is_heard(vault: MakeVault) -> None:
    index = live(vault(FILES))
    write_files(index.root, {"vaulttool.toml": '[contacts]\nfolders = ["Friends"]\n'})
    index.look(["vaulttool.toml"], time.time() + LATER)
    assert_fresh(index)
    write_files(index.root, {".obsidian/daily-notes.json": '{"folder": "Journal"}'})
    index.look([".obsidian/daily-notes.json"], time.time() + LATER)
    assert_fresh(index)
    assert index.snapshot.settings.daily.folder == "Journal"


def test_a_file_whose_time_is_still_to_come_is_not_read_again_and_again(vault: MakeVault) -> None:
    """As where the clock of a server is ahead."""
    index = LiveIndex(vault(FILES))
    ahead = time.time() - 3600
    index.update(ahead)
    reads = index.reads
    index.update(ahead)
    assert index.reads == reads


NAMES = st.sampled_from(
    ["vaulttool.toml", "a.md", "b.md", "People/a.md", "People/c.md", "x/y/a.md", "p.png",
    "m.canvas", "People/B.md"]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["", "[[a]]", "[[People/a]] [[c]]", "---\ncircle: key\n---\n[[b]]", "a\r\n", "[[p.png]] #t",
        '{"nodes":[{"id":"1","type":"file","file":"a.md"}]}', "ignore = ['x/']", "[due]\nper_day=1"]
)  # fmt: skip


def falls_over(reads: int) -> Callable[..., tuple[Note, bool]]:
    """Reading that fails after so many notes."""
    left = iter(range(reads))

    def load(root: Path, path: str, *_more: object) -> tuple[Note, bool]:
        if next(left, None) is None:
            raise MemoryError
        return load_note(root, path)

    return load


class Files(RuleBasedStateMachine):
    """Edits, renames and deletions, some of which nobody is told of, and a watcher that dies."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.index = LiveIndex(self.root)
        self.told: set[str] = set()
        self.missed = True  # of what is there already

    def teardown(self) -> None:
        self.folder.cleanup()

    def tell(self, *paths: str, heard: bool) -> None:
        self.told.update(paths if heard else ())
        self.missed |= not heard

    @rule(path=NAMES, text=TEXTS, heard=st.booleans())
    def write(self, path: str, text: str, heard: bool) -> None:
        write_files(self.root, {path: text})
        self.tell(path, heard=heard)

    @rule(path=NAMES, heard=st.booleans())
    def delete(self, path: str, heard: bool) -> None:
        (self.root / path).unlink(missing_ok=True)
        self.tell(path, heard=heard)

    @rule(one=NAMES, other=NAMES, heard=st.booleans())
    def rename(self, one: str, other: str, heard: bool) -> None:
        if (self.root / one).exists() and (self.root / other).parent.exists():
            (self.root / one).replace(self.root / other)
            self.tell(one, other, heard=heard)

    @rule()
    def move_folder(self) -> None:
        if (self.root / "People").exists() and not (self.root / "Люди").exists():
            (self.root / "People").rename(self.root / "Люди")
            self.tell("People", "Люди", heard=True)

    @rule()
    def restart(self) -> None:
        self.index, self.missed = LiveIndex(self.root), True

    @rule(reads=st.integers(0, 3), everything=st.booleans(), late=st.booleans())
    def crash(self, reads: int, everything: bool, late: bool) -> None:
        """It falls over a note in the middle, or later; then everything is looked at."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("vaulttool.vault.cache.load_note", falls_over(20 if late else reads))
            for step in ("_with", "_build", "_problems") if late else ():
                patch.setattr(f"vaulttool.vault.live.{step}", falls_over(0))
            with contextlib.suppress(MemoryError):
                if everything:
                    self.index.update(time.time())
                else:
                    self.index.look(self.told, time.time())
        self.missed = True

    @rule(late=st.booleans())
    def settle(self, late: bool) -> None:
        now = time.time() + LATER * late
        if self.missed:
            self.index.update(now)
        else:
            self.index.look(self.told, now)
        self.told, self.missed = set(), False
        self.index.look([], time.time() + LATER)
        assert_fresh(self.index)


Files.TestCase.settings = settings(
    max_examples=40 * int(os.environ.get("VAULT_TEST_SCALE", "1")),
    stateful_step_count=20,
    deadline=None,
)
TestAnySequence = Files.TestCase
