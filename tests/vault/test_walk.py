"""Which files of a folder are notes, and what is said of those that are not."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vaulttool.vault.stamp import is_young, stamp_of
from vaulttool.vault.walk import is_within, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.conftest import MakeVault
    from vaulttool.vault.walk import Walk

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX file system")


def notes(root: Path, ignore: Iterable[str] = ()) -> list[str]:
    return sorted(walk(root, ignore).notes)


def problems(found: Walk) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in found.problems]


def test_notes_at_every_depth(vault: MakeVault) -> None:
    root = vault({"Home.md": "", "People/Anna.md": "", "a/b/c/Deep.MD": "", "Люди/Ольга.md": ""})
    assert notes(root) == ["Home.md", "People/Anna.md", "a/b/c/Deep.MD", "Люди/Ольга.md"]


def test_other_files_are_what_links_may_lead_to(vault: MakeVault) -> None:
    found = walk(vault({"photo.png": "", "All.base": "", "a.md": ""}), ())
    assert sorted(found.others) == ["All.base", "photo.png"]
    assert found.problems == []


@pytest.mark.parametrize(
    "path",
    [".obsidian/plugin.md", ".trash/Old.md", ".git/x.md", "People/.hidden.md", ".hidden.md"],
)
def test_hidden_is_outside_the_vault(vault: MakeVault, path: str) -> None:
    found = walk(vault({path: "[[Anna]]", "a.md": ""}), ())
    assert (found.notes, found.others, found.problems) == (["a.md"], [], [])


@pytest.mark.parametrize(
    "name",
    [
        *(".syncthing.Anna.md.tmp", "~syncthing~Anna.md.tmp", "Anna.md.tmp", "Anna.md~"),
        *("#Anna.md#", ".Anna.md.swp", "Anna.md.swp", "Anna.crswap", "4913"),
    ],
)
def test_what_editors_and_sync_tools_leave_lying_is_not_seen(vault: MakeVault, name: str) -> None:
    found = walk(vault({f"People/{name}": "x"}), ())
    assert (found.notes, found.others, found.problems) == ([], [], [])


@pytest.mark.parametrize(
    "name",
    [
        "Anna.sync-conflict-20261101-120000-ABCDEFG.md",
        "Anna (Conflicted copy laptop 202611011200).md",
        "Anna (Olga's conflicted copy 2026-11-01).md",
        "Anna (conflicted copy 2026-11-01 120000).md",
        "Анна (конфликтующая копия с компьютера Ольги 2026-11-01).md",
    ],
)
def test_conflict_copies_are_named_and_not_read(vault: MakeVault, name: str) -> None:
    found = walk(vault({f"People/{name}": "x", "People/Anna.md": "x"}), ())
    assert found.notes == ["People/Anna.md"]
    assert problems(found) == [("conflict-copy", f"People/{name}")]


FILES = dict.fromkeys(["Archive/a.md", "Archived.md", "x/Archive/b.md", "архив/В.md"], "")


class TestIgnored:
    def test_a_path_prefix_without_case(self, vault: MakeVault) -> None:
        root = vault(FILES)
        assert notes(root, ["archive/"]) == ["Archived.md", "x/Archive/b.md", "архив/В.md"]
        assert notes(root, ["ARCHIVE"]) == ["x/Archive/b.md", "архив/В.md"]
        assert notes(root, ["Архив/"]) == ["Archive/a.md", "Archived.md", "x/Archive/b.md"]

    def test_a_regular_expression_between_slashes(self, vault: MakeVault) -> None:
        root = vault(FILES)
        assert notes(root, ["/(^|/)archive//"]) == ["Archived.md", "архив/В.md"]

    @pytest.mark.parametrize("nothing", ["", "  ", "/[/", "/"])
    def test_what_is_no_filter_ignores_nothing(self, vault: MakeVault, nothing: str) -> None:
        assert len(notes(vault(FILES), [nothing])) == len(FILES)

    def test_excluded_notes_are_apart_and_ignored_ones_are_not_even_that(
        self, vault: MakeVault
    ) -> None:
        found = walk(vault(FILES), ["Архив/"], ["/archive//", "архив/"])
        assert found.notes == ["Archived.md"]
        assert sorted(found.excluded) == ["Archive/a.md", "x/Archive/b.md"]
        assert found.others == ["архив/В.md"]

    def test_links_still_lead_to_an_ignored_note(self, vault: MakeVault) -> None:
        assert walk(vault(FILES), ["Archive/"]).others == ["Archive/a.md"]


@POSIX
class TestLinks:
    def test_out_of_the_vault(self, vault: MakeVault, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "Secret.md").write_text("secret")
        root = vault({"a.md": ""})
        (root / "Folder").symlink_to(outside)
        (root / "Note.md").symlink_to(outside / "Secret.md")
        (root / "Gone.md").symlink_to(outside / "Nothing.md")
        (root / "photo.png").symlink_to(outside / "photo.png")
        found = walk(root, ())
        assert found.notes == ["a.md"]
        assert problems(found) == [(("symlink"), name) for name in ("Folder", "Gone.md", "Note.md")]

    def test_a_sibling_with_the_same_beginning_is_outside(
        self, vault: MakeVault, tmp_path: Path
    ) -> None:
        (tmp_path / "vault-2").mkdir()
        root = vault()
        (root / "Folder").symlink_to(tmp_path / "vault-2")
        assert problems(walk(root, ())) == [("symlink", "Folder")]

    def test_into_the_vault_are_not_walked_twice(self, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": ""})
        (root / "Friends").symlink_to(root / "People")
        (root / "Anna 1.md").symlink_to(root / "People/Anna.md")
        found = walk(root, ())
        assert (found.notes, found.problems) == (["People/Anna.md"], [])

    def test_a_loop_ends(self, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": ""})
        (root / "People/up").symlink_to(root)
        (root / "self").symlink_to(root / "self")
        assert notes(root) == ["People/Anna.md"]

    def test_a_vault_that_is_a_link_is_walked(self, vault: MakeVault, tmp_path: Path) -> None:
        root = vault({"a.md": ""})
        (root / "b.md").symlink_to(root / "a.md")
        (tmp_path / "link").symlink_to(root)
        found = walk(tmp_path / "link", ())
        assert (found.notes, found.problems) == (["a.md"], [])


@POSIX
def test_a_fifo_is_named_and_not_opened(vault: MakeVault) -> None:
    root = vault({"a.md": ""})
    os.mkfifo(root / "Pipe.md")
    found = walk(root, ())
    assert found.notes == ["a.md"]
    assert problems(found) == [("not-a-file", "Pipe.md")]


@POSIX
def test_names_that_are_no_unicode(vault: MakeVault) -> None:
    root = vault({"a.md": ""})
    for name in (b"\xff.md", b"\xfe.png", b"folder\xff/in.md"):
        file = Path(os.fsdecode(os.fsencode(root) + b"/" + name))
        try:
            file.parent.mkdir(exist_ok=True)
            file.write_text("x")
        except OSError:
            pytest.skip("the file system takes Unicode names only")
    found = walk(root, ())
    assert found.notes == ["a.md"]
    assert sorted(problems(found)) == [("bad-name", name) for name in ("?.md", "?.png", "folder?")]


def test_an_unreadable_folder_is_named_and_the_rest_goes_on(
    vault: MakeVault, no_access: Callable[[Path], None]
) -> None:
    root = vault({"Locked/a.md": "", "Open/b.md": ""})
    no_access(root / "Locked")
    found = walk(root, ())
    assert found.notes == ["Open/b.md"]
    assert problems(found) == [("unreadable", "Locked")]


@pytest.mark.parametrize(
    ("path", "folder", "inside"),
    [
        ("/v", "/v", True),
        ("/v/a/b", "/v", True),
        ("/v2", "/v", False),
        ("/", "/v", False),
        ("/w/v", "/v", False),
    ],
)
@POSIX
def test_within(path: str, folder: str, inside: bool) -> None:
    assert is_within(path, folder) is inside


@POSIX
def test_a_time_beyond_all_clocks(vault: MakeVault) -> None:
    root = vault({"a.md": "", "b.md": ""})
    os.utime(root / "a.md", (10_413_792_000, 10_413_792_000))  # the year 2300
    os.utime(root / "b.md", (-3_000_000_000, -3_000_000_000))  # before 1900
    found = walk(root, ())
    assert found.notes == ["a.md", "b.md"]
    assert found.stamps["a.md"] == stamp_of((root / "a.md").stat())
    assert is_young(found.stamps["b.md"], (root / "b.md").stat().st_ctime)
