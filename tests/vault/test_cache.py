"""The cache: the same answers with it, without it, and whatever became of it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLE, clean_environment, needs_posix, write_files
from vaulttool.markdown.note import read_note
from vaulttool.message import msg, nmsg
from vaulttool.model import Note, Problem
from vaulttool.vault.cache import Cache
from vaulttool.vault.live import LiveIndex
from vaulttool.vault.packing import UnpackableError, pack_note, unpack_note
from vaulttool.vault.read import load_note
from vaulttool.vault.stamp import YOUNG, stamp_of
from vaulttool.vault.store import read_vault

if TYPE_CHECKING:
    from tests.conftest import MakeVault

LATER = 10 * YOUNG
FILES = {
    "People/Anna.md": "---\ncircle: key\naliases: [Ann, Аня]\n---\n- 2026-11-02 call\n",
    "People/Boris.md": "---\nbroken: [\n---\n100%% sure\n",
    "Daily/2026-11-20.md": (
        "Lunch with [[Anna]] #walk.\n\n%% vault:due 2026-11-20 %%\n- [ ] [[Boris]]\n"
        "%% vault:end %%\n\n| a | b |\n| - | - |\n| [[Anna\\|x]] | `c` |\n\n> quoted [owes:: 2]\n"
    ),
    "CRLF.md": "one\r\ntwo\r\n",
}


def cached(root: Path, file: Path, *, later: float = LATER) -> Cache:
    """Read a vault with its cache; gives the cache, to look into."""
    cache = Cache(file, time.time() + later)
    assert read_vault(root, cache=cache) == read_vault(root)
    return cache


def holds(file: Path, note: Path) -> bool:
    cache = Cache(file, 0)
    with cache.reading({note.name: stamp_of(note.stat())}):
        known = cache.note(note.name)
    return known is not None


def written(file: Path) -> tuple[int, int]:
    """What tells one writing of a file from the next."""
    status = file.stat()
    return status.st_ino, status.st_mtime_ns


def load_nothing(_root: Path, path: str) -> tuple[Note, bool]:
    return Note(path, "nothing"), False


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "notes"


class TestPacking:
    @pytest.mark.parametrize("path", sorted(FILES))
    def test_a_note_comes_back(self, path: str) -> None:
        note = read_note(path, FILES[path])
        assert unpack_note(note.path, note.title, pack_note(note)) == note

    @pytest.mark.parametrize(
        "path", sorted(path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*.md"))
    )
    def test_every_note_of_the_example(self, path: str) -> None:
        note, _windows = load_note(EXAMPLE, path)
        assert unpack_note(note.path, note.title, pack_note(note)) == note

    def test_a_message_in_a_message(self) -> None:
        inner = nmsg("{n} day", "{n} days", 2)
        problem = Problem("code", "info", "a.md", None, msg("{x} of {y}", x=inner, y=1.5))
        note = Note("a.md", "a", problems=(problem,))
        assert unpack_note("a.md", "a", pack_note(note)) == note

    def test_what_has_no_form_is_refused(self) -> None:
        problem = Problem("code", "info", "a.md", None, msg("{x}", x=object()))
        with pytest.raises(UnpackableError):
            pack_note(Note("a.md", "a", problems=(problem,)))


class TestReading:
    def test_what_is_unchanged_is_not_parsed_again(
        self, vault: MakeVault, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault(FILES)
        cached(root, file)
        assert holds(file, root / "CRLF.md")
        before = read_vault(root)
        monkeypatch.setattr("vaulttool.vault.cache.load_note", None)
        assert read_vault(root, cache=Cache(file, time.time())) == before

    def test_a_watch_begins_with_it(
        self, vault: MakeVault, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault(FILES)
        LiveIndex(root, Cache(file, time.time() + LATER)).update(time.time())
        assert holds(file, root / "CRLF.md")
        monkeypatch.setattr("vaulttool.vault.cache.load_note", None)
        index = LiveIndex(root, Cache(file, time.time()))
        index.update(time.time())
        monkeypatch.undo()
        assert index.snapshot == read_vault(root)
        (root / "CRLF.md").write_text("new")
        index.update(time.time())
        assert index.snapshot == read_vault(root)

    def test_a_changed_note_is(self, vault: MakeVault, file: Path) -> None:
        root = vault(FILES)
        cached(root, file)
        (root / "CRLF.md").write_text("[[Anna]]")
        cached(root, file)
        (root / "CRLF.md").unlink()
        cached(root, file)

    def test_a_young_note_is_not_kept(self, vault: MakeVault, file: Path) -> None:
        """It may change once more within the same tick of the file system's clock."""
        root = vault(FILES)
        cached(root, file, later=0)
        assert not holds(file, root / "CRLF.md")
        status = (root / "CRLF.md").stat()
        (root / "CRLF.md").write_bytes(b"neo\r\nowt\r\n")
        os.utime(root / "CRLF.md", ns=(status.st_atime_ns, status.st_mtime_ns))
        cached(root, file, later=0)

    def test_the_same_time_and_size_but_another_file(self, vault: MakeVault, file: Path) -> None:
        """As Syncthing and rsync leave it: they keep the time of the original."""
        root = vault(FILES)
        cached(root, file)
        status = (root / "CRLF.md").stat()
        (root / "new").write_bytes(b"neo\r\nowt\r\n")
        (root / "new").replace(root / "CRLF.md")
        os.utime(root / "CRLF.md", ns=(status.st_atime_ns, status.st_mtime_ns))
        cached(root, file)

    def test_few_new_notes_are_no_reason_to_write_it(self, vault: MakeVault, file: Path) -> None:
        root = vault({f"{n}.md": f"[[{n}]]" for n in range(200)})
        cached(root, file)
        before = written(file)
        (root / "1.md").write_text("new")
        cached(root, file)
        assert written(file) == before
        write_files(root, {f"{n}.md": "new" for n in range(3)})
        cached(root, file)
        assert written(file) != before


class TestAnotherCache:
    def test_damaged_in_any_byte(self, vault: MakeVault, file: Path) -> None:
        root = vault({"CRLF.md": FILES["CRLF.md"]})
        cached(root, file)
        data = file.read_bytes()
        known = read_vault(root)
        for at in range(len(data)):
            file.write_bytes(data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :])
            assert read_vault(root, cache=Cache(file, time.time())) == known, at

    def test_another_table(self, vault: MakeVault, file: Path) -> None:
        """The one flag in it, that lines end as on Windows, is turned round."""
        root = vault({"CRLF.md": FILES["CRLF.md"]})
        cached(root, file)
        file.write_bytes(file.read_bytes().replace(b"T", b"F"))
        assert not holds(file, root / "CRLF.md")
        cached(root, file)

    def test_of_another_form(self, vault: MakeVault, file: Path) -> None:
        root = vault(FILES)
        cached(root, file)
        file.write_bytes(b"VAULTTOOL" + file.read_bytes()[9:])
        assert not holds(file, root / "CRLF.md")

    @pytest.mark.parametrize("length", [0, 5, 40, 56, 57, 200, -1])
    def test_cut_off(self, vault: MakeVault, file: Path, length: int) -> None:
        root = vault(FILES)
        cached(root, file)
        file.write_bytes(file.read_bytes()[:length])
        cached(root, file)

    def test_of_other_code(
        self, vault: MakeVault, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault(FILES)
        with monkeypatch.context() as older:
            older.setattr("vaulttool.vault.cache.code_version", lambda: "older")
            older.setattr("vaulttool.vault.cache.load_note", load_nothing)
            read_vault(root, cache=Cache(file, time.time() + LATER))
            assert holds(file, root / "CRLF.md")
        cached(root, file)

    def test_a_folder_in_its_place(self, vault: MakeVault, file: Path) -> None:
        file.mkdir(parents=True)
        cached(vault(FILES), file)

    @needs_posix
    def test_a_folder_that_cannot_be_made(self, vault: MakeVault, file: Path) -> None:
        file.parent.write_text("a file")
        cached(vault(FILES), file)

    @needs_posix
    def test_it_is_the_users_own(self, vault: MakeVault, file: Path) -> None:
        cached(vault(FILES), file)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert list(file.parent.iterdir()) == [file]

    def test_two_at_once(self, vault: MakeVault, file: Path) -> None:
        root = vault({f"{n}.md": f"[[{n}]]" for n in range(50)})
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _n: cached(root, file), range(12)))
        cached(root, file)


NAMES = st.sampled_from(sorted(FILES))
EDITS = st.lists(st.tuples(NAMES, st.sampled_from(["", "new", *FILES.values()])), max_size=4)


@given(st.lists(st.tuples(EDITS, st.booleans()), max_size=6))
@settings(deadline=None)
def test_any_edits(rounds: list[tuple[list[tuple[str, str]], bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, file = Path(folder) / "vault", Path(folder) / "cache/notes"
        write_files(root, FILES)
        for edits, later in rounds:
            for path, text in edits:
                if text:
                    write_files(root, {path: text})
                else:
                    (root / path).unlink(missing_ok=True)
            cached(root, file, later=LATER * later)


def test_the_program_answers_the_same(tmp_path: Path) -> None:
    """Three runs: without a cache, with it, and after it was deleted."""
    root = tmp_path / "vault"
    write_files(root, {path.relative_to(EXAMPLE).as_posix(): path.read_text("utf-8")
        for path in EXAMPLE.rglob("*.md")})  # fmt: skip
    for note in root.rglob("*.md"):
        os.utime(note, (1, 1))
    time.sleep(YOUNG)  # the time of a change cannot be set
    environ = {**clean_environment(os.environ, tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "vaulttool", "--vault", str(root), "--today", "2026-11-20"]

    def answer() -> object:
        run = subprocess.run([*command, "due", "--print", "--format", "json"], env=environ,
            check=True, capture_output=True)  # fmt: skip
        return json.loads(run.stdout)

    first = answer()
    files = sorted(file for file in (tmp_path / ".cache").rglob("*") if file.is_file())
    assert [file.name for file in files] == ["answers", "notes", "people", "vocabulary"]
    assert answer() == first
    files[0].unlink()  # so that it is made again, of what is kept
    assert answer() == first
    for file in files:
        file.unlink()
    assert answer() == first
    assert all(file.exists() for file in files)
