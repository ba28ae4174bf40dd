"""The one way in which files are written: in one step, only over what was read, only inside."""

from __future__ import annotations

import os
import stat
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import tree_hash
from vaulttool.errors import ChangedError, RefusedError, VaultError
from vaulttool.vault.change import Change, check_inside, diff
from vaulttool.vault.store import read_source
from vaulttool.vault.write import Storage
from vaulttool.vault.write import apply as apply_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import MakeVault

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX file system")

OUTSIDE = [
    *("../x.md", "../../x.md", "a/../../x.md", "/etc/x.md", "C:/x.md", "c:x.md", "..\\x.md"),
    *("", "/", "a//b.md", "a/", "./x.md", "a/./b.md", "a/..", "..", ".", "a\0b.md"),
    *(".obsidian/app.json", ".git/config", "a/.hidden.md", "a/.trash/b.md"),
]


def apply(root: Path, changes: list[Change]) -> list[str]:
    storage = Storage(root, root.parent / "state")
    return apply_step(storage, changes, "test", datetime(2026, 11, 22, 12))  # noqa: DTZ001


def files(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def replace(root: Path, path: str = "a.md", before: bytes = b"old", after: bytes = b"new") -> None:
    apply(root, [Change(path, before, after)])


def create(root: Path, path: str = "new.md", after: bytes = b"new") -> None:
    apply(root, [Change(path, None, after)])


class TestReplace:
    def test_in_one_step_and_nothing_is_left_lying(self, vault: MakeVault) -> None:
        root = vault({"a.md": "old", "b.md": "other"})
        assert apply(root, [Change("a.md", b"old", b"new")]) == ["a.md"]
        assert (root / "a.md").read_bytes() == b"new"
        assert files(root) == ["a.md", "b.md"]

    @POSIX
    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o660, 0o755])
    def test_the_mode_is_kept(self, vault: MakeVault, mode: int) -> None:
        root = vault({"a.md": "old"})
        (root / "a.md").chmod(mode)
        replace(root)
        assert stat.S_IMODE((root / "a.md").stat().st_mode) == mode

    def test_what_changes_nothing_is_not_written(self, vault: MakeVault) -> None:
        root = vault({"a.md": "old"})
        before = tree_hash(root)
        assert apply(root, [Change("a.md", b"old", b"old")]) == []
        assert tree_hash(root) == before

    def test_a_file_that_changed_since_is_not_written(self, vault: MakeVault) -> None:
        root = vault({"a.md": "hers"})
        with pytest.raises(ChangedError):
            replace(root)
        assert (root / "a.md").read_bytes() == b"hers"

    def test_a_file_that_changes_at_the_last_moment(
        self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault({"a.md": "old"})
        real = os.fsync

        def save_in_the_editor(descriptor: int) -> None:
            (root / "a.md").write_bytes(b"hers")
            real(descriptor)

        monkeypatch.setattr(os, "fsync", save_in_the_editor)
        with pytest.raises(ChangedError):
            replace(root)
        assert (root / "a.md").read_bytes() == b"hers"
        assert files(root) == ["a.md"]

    def test_a_file_that_vanished_is_not_made_again(self, vault: MakeVault) -> None:
        root = vault()
        with pytest.raises(ChangedError):
            replace(root)
        assert files(root) == []

    def test_a_note_that_holds_a_conflict_is_refused(self, vault: MakeVault) -> None:
        clash = b"text\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n"
        root = vault({"a.md": clash})
        with pytest.raises(RefusedError, match="conflict markers") as refused:
            replace(root, before=clash, after=b"new")
        assert refused.value.message.values == {"path": "a.md", "line": 2}
        assert (root / "a.md").read_bytes() == clash

    def test_a_read_only_file_is_refused(
        self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault({"a.md": "old"})
        monkeypatch.setattr(os, "access", lambda _path, mode, **_: mode != os.W_OK)
        with pytest.raises(RefusedError, match="read-only"):
            replace(root)
        assert (root / "a.md").read_bytes() == b"old"

    @POSIX
    def test_a_link_is_not_replaced(self, vault: MakeVault, tmp_path: Path) -> None:
        root = vault({"a.md": "old"})
        (tmp_path / "outside.md").write_text("old")
        (root / "in.md").symlink_to(root / "a.md")
        (root / "out.md").symlink_to(tmp_path / "outside.md")
        before = tree_hash(tmp_path)
        for path in ("in.md", "out.md"):
            with pytest.raises(RefusedError, match="link to another file"):
                replace(root, path)
        assert tree_hash(tmp_path) == before

    @POSIX
    def test_a_fifo_is_refused_without_waiting(self, vault: MakeVault) -> None:
        root = vault()
        os.mkfifo(root / "a.md")
        with pytest.raises(RefusedError, match="not a regular file"):
            replace(root)


class TestCreate:
    def test_with_its_folders(self, vault: MakeVault) -> None:
        root = vault()
        create(root, "Журнал/2026/11/20.md")
        assert files(root) == [str(Path("Журнал/2026/11/20.md"))]

    @POSIX
    def test_with_the_mode_that_the_user_wants(self, vault: MakeVault) -> None:
        root = vault()
        umask = os.umask(0o027)
        try:
            create(root)
            assert os.umask(0o027) == 0o027
        finally:
            os.umask(umask)
        assert stat.S_IMODE((root / "new.md").stat().st_mode) == 0o640

    def test_a_file_that_is_there_is_never_replaced(self, vault: MakeVault) -> None:
        root = vault({"new.md": "hers"})
        with pytest.raises(ChangedError):
            create(root)
        assert (root / "new.md").read_bytes() == b"hers"

    def test_a_file_that_appears_at_the_last_moment(
        self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault()
        monkeypatch.setattr(os, "fsync", lambda _: (root / "new.md").write_bytes(b"hers"))
        with pytest.raises(ChangedError):
            create(root)
        assert (root / "new.md").read_bytes() == b"hers"
        assert files(root) == ["new.md"]

    @POSIX
    def test_a_link_that_leads_nowhere_is_not_followed(
        self, vault: MakeVault, tmp_path: Path
    ) -> None:
        root = vault()
        (root / "new.md").symlink_to(tmp_path / "outside.md")
        with pytest.raises(RefusedError, match="link to another file"):
            create(root)
        assert not (tmp_path / "outside.md").exists()

    def test_without_hard_links(self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_links(*_: object, **_also: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", no_links)
        root = vault({"there.md": "hers"})
        create(root)
        assert (root / "new.md").read_bytes() == b"new"
        with pytest.raises(ChangedError):
            create(root, "there.md")
        assert files(root) == ["new.md", "there.md"]

    def test_a_folder_where_a_note_stands(self, vault: MakeVault) -> None:
        root = vault({"Daily": "a file"})
        with pytest.raises(VaultError) as refused:
            create(root, "Daily/new.md")
        assert refused.value.message.values["path"] == "Daily/new.md"
        assert files(root) == ["Daily"]


class TestSeveral:
    def test_all_or_nothing(self, vault: MakeVault) -> None:
        root = vault({"a.md": "old", "b.md": "hers"})
        before = tree_hash(root)
        for bad in (
            Change("b.md", b"old", b"new"),
            Change("b.md", None, b"new"),
            Change("../b.md", None, b"new"),
        ):
            with pytest.raises(RefusedError):
                apply(root, [Change("a.md", b"old", b"new"), bad])
        assert tree_hash(root) == before

    def test_the_paths_that_were_written(self, vault: MakeVault) -> None:
        root = vault({"a.md": "old", "b.md": "same"})
        changes = [
            Change("a.md", b"old", b"new"),
            Change("b.md", b"same", b"same"),
            Change("c.md", None, b""),
        ]
        assert apply(root, changes) == ["a.md", "c.md"]


# Who makes a call, its name, whether a new note needs it.
CALLS = [
    *((os, "open", new) for new in (False, True)),
    *((os, "fsync", new) for new in (False, True)),
    *((os, "chmod", new) for new in (False, True)),
    (os, "replace", False),
]


class TestFaults:
    @pytest.mark.parametrize(("owner", "call", "new"), CALLS)
    def test_a_call_that_fails_leaves_the_old_bytes_and_no_temporary_file(
        self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch, owner: object, call: str, new: bool
    ) -> None:
        def fail(*_args: object, **_kwargs: object) -> None:
            raise OSError(28, "No space left on device")

        root = vault({"a.md": "old"})
        with monkeypatch.context() as patch:
            patch.setattr(owner, call, fail)
            with pytest.raises(VaultError):
                create(root) if new else replace(root)
        assert files(root) == ["a.md"]
        assert (root / "a.md").read_bytes() == b"old"

    def test_temporary_files_are_skipped_by_obsidian_and_sync_tools(
        self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault({"a/b.md": "old"})
        seen: list[str] = []
        monkeypatch.setattr(os, "fsync", lambda _: seen.extend(files(root)))
        replace(root, "a/b.md")
        temporary = {Path(path) for path in seen} - {Path("a/b.md")}
        assert temporary
        for path in temporary:
            assert path.parent == Path("a")
            assert path.name.startswith(".syncthing.")
            assert path.name.endswith(".tmp")


class TestInside:
    @pytest.mark.parametrize("path", OUTSIDE)
    def test_what_leaves_the_vault_is_refused(self, vault: MakeVault, path: str) -> None:
        root = vault()
        with pytest.raises(RefusedError, match="can be no note"):
            check_inside(root, path)
        with pytest.raises(RefusedError):
            read_source(root, path)
        with pytest.raises(RefusedError):
            create(root, path)

    @pytest.mark.parametrize("path", ["a.md", "Люди/Ольга.md", "a/b c/d..e.md", "a~.md"])
    def test_what_lies_inside_is_not(self, vault: MakeVault, path: str) -> None:
        assert check_inside(vault(), path).name == path.rpartition("/")[2]

    @POSIX
    def test_a_folder_that_is_a_link(self, vault: MakeVault, tmp_path: Path) -> None:
        root = vault({"Inside/a.md": "old"})
        (tmp_path / "outside").mkdir()
        (root / "Out").symlink_to(tmp_path / "outside")
        (root / "In").symlink_to(root / "Inside")
        with pytest.raises(RefusedError, match="can be no note"):
            create(root, "Out/x.md")
        with pytest.raises(RefusedError, match="can be no note"):
            create(root, "Out/deeper/x.md")
        replace(root, "In/a.md")
        assert (root / "Inside/a.md").read_bytes() == b"new"
        assert files(tmp_path / "outside") == []

    @settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(st.sampled_from("./\\:a~ \0"), max_size=12))
    @example("../canary.md")
    def test_no_path_reaches_out(self, tmp_path: Path, path: str) -> None:
        root = tmp_path / "deep/er/vault"
        root.mkdir(parents=True, exist_ok=True)
        try:
            target = check_inside(root, path)
        except RefusedError:
            return
        assert os.path.realpath(target).startswith(os.path.realpath(root) + os.sep)


class TestSource:
    def test_the_text_and_the_bytes_that_it_was_read_from(self, vault: MakeVault) -> None:
        root = vault({"a.md": b"\xef\xbb\xbfold\r\n"})
        source = read_source(root, "a.md")
        assert source.change(source.text) == Change("a.md", source.data, b"\xef\xbb\xbfold\r\n")

    def test_a_note_that_is_not_there_yet(self, vault: MakeVault) -> None:
        source = read_source(vault(), "Daily/a.md")
        assert (source.data, source.text) == (None, "")

    def test_invalid_utf8_is_never_edited(self, vault: MakeVault) -> None:
        with pytest.raises(RefusedError, match="not valid UTF-8"):
            read_source(vault({"a.md": b"\xff"}), "a.md")

    def test_an_unreadable_note_is_never_edited(
        self, vault: MakeVault, no_access: Callable[[Path], None]
    ) -> None:
        root = vault({"a.md": "x"})
        no_access(root / "a.md")
        with pytest.raises(RefusedError, match="cannot be read"):
            read_source(root, "a.md")


def test_a_diff_shows_what_would_be_written() -> None:
    changes = [
        Change("a.md", b"one\ntwo", b"one\nthree"),
        Change("new.md", None, "новая\n".encode()),
        Change("same.md", b"x\n", b"x\n"),
    ]
    assert diff(changes) == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n one\n"
        "-two\n\\ No newline at end of file\n+three\n\\ No newline at end of file\n"
        "--- /dev/null\n+++ b/new.md\n@@ -0,0 +1 @@\n+новая\n"
    )


@pytest.mark.parametrize("name", ["x/a:b.md", "a?.md", "a*.md", 'a".md', "a\u202eb.md", "a|b.md"])
def test_a_new_note_has_a_name_that_every_system_can_have(vault: MakeVault, name: str) -> None:
    root = vault()
    with pytest.raises(RefusedError, match="cannot have such a name"):
        create(root, name)
    assert files(root) == []
