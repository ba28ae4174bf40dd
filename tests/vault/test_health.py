"""What would keep the tool from writing is said before it has to write."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, clean_environment, needs_posix
from vaulttool.vault.health import find_obstacles
from vaulttool.vault.locate import state_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault


def obstacles(root: Path, state: Path) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in find_obstacles(root, state, ["People/Anna.md", "a.md"])]


def test_nothing_stands_in_the_way(vault: MakeVault, tmp_path: Path) -> None:
    root = vault({"People/Anna.md": "", "a.md": ""})
    assert obstacles(root, tmp_path / "not/there/yet") == []


def test_a_folder_that_may_not_be_written(
    vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault({"People/Anna.md": "", "a.md": ""})
    closed = {root / "People", tmp_path / "state"}
    (tmp_path / "state").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _mode: path not in closed)
    assert obstacles(root, tmp_path / "state/v") == [("unwritable", "People"), ("unwritable", "")]


def test_a_file_in_the_place_of_the_journal(vault: MakeVault, tmp_path: Path) -> None:
    root = vault({"People/Anna.md": "", "a.md": ""})
    (tmp_path / "state").write_text("")
    assert obstacles(root, tmp_path / "state/v") == [("unwritable", "")]


class TestThroughTheProgram:
    """`vault check` as it is installed, over a vault in which much is wrong."""

    def check(self, root: Path, home: Path, *before: str) -> dict[str, list[str | None]]:
        command = ["-m", "vaulttool", "--vault", str(root), "check", "--format", "json"]
        done = subprocess.run(
            [*before, sys.executable, *command],
            env=clean_environment(os.environ, home) | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            cwd=root,
        )
        assert done.returncode == 3, done.stderr
        found: dict[str, list[str | None]] = {}
        for problem in json.loads(done.stdout):
            found.setdefault(problem["code"], []).append(problem["path"])
        return found

    def test_what_is_not_written_safely(self, vault: MakeVault, home: Path) -> None:
        state = state_folder({"XDG_STATE_HOME": str(home / ".local/state")}, vault())
        (state / "lock").mkdir(parents=True)
        root = vault(
            {
                "Cafe\u0301.md": "",
                "Caf\u00e9.md": "",
                "People/anna.md": "",
                "People/Anna.md": "",
                "Bad.md": "---\na: [\n---\n",
                "Latin.md": b"caf\xe9",
                "Clash.md": "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n",
                "Note.sync-conflict-20261120-101010-ABCDEFG.md": "",
                ".syncthing.vault-1-ab.tmp": "",
            }
        )
        found = self.check(root, home)
        assert found["case-twin"] == ["Caf\u00e9.md", "People/anna.md"]
        assert found["bad-yaml"] == ["Bad.md"]
        assert found["not-utf8"] == ["Latin.md"]
        assert found["conflict-markers"] == ["Clash.md"]
        assert found["conflict-copy"] == ["Note.sync-conflict-20261120-101010-ABCDEFG.md"]
        assert found["leftover"] == [".syncthing.vault-1-ab.tmp"]
        assert found["unwritable"] == [None]

    @needs_posix
    def test_what_may_not_be_written(self, vault: MakeVault, home: Path) -> None:
        root = vault({"Open.md": "", "Closed.md": "", "Sub/In.md": ""})
        state = home / ".local/state"
        state.mkdir()
        (root / "Closed.md").chmod(0o444)
        closed = [root / "Sub", state]
        for folder in closed:
            folder.chmod(0o555)
        try:
            found = self.check(root, home, *as_anybody())
        finally:
            for folder in closed:
                folder.chmod(0o755)
        assert found["read-only"] == ["Closed.md"]
        assert sorted(found["unwritable"], key=str) == [None, "Sub"]


def as_anybody() -> list[str]:
    """The command before a command that takes from root what no mode stops."""
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root, and no setpriv: no mode stops the tests")
    return ["setpriv", "--bounding-set=-dac_override"]
