"""What would keep the tool from writing is said before it has to write."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vaulttool.vault.health import find_obstacles

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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
