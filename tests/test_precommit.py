"""The hook of pre-commit: what it runs, on which commits, and what it lets through."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from tests.conftest import MakeVault, Run

ROOT = Path(__file__).resolve().parent.parent
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("---\nbirthday: 1988-03-14\n---\n", 0),
        ("---\nbirthday: 1988-02-31\n---\n", 3),
        ("<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n", 3),
        ("A link to [[nobody]].\n", 0),
    ],
)
def test_a_note_that_cannot_be_read_as_meant_stops_a_commit(
    vault: MakeVault, run: Run, monkeypatch: pytest.MonkeyPatch, note: str, code: int
) -> None:
    monkeypatch.chdir(vault({"People/Anna.md": note}))
    program, *arguments = shlex.split(HOOK["entry"])
    assert program == "vault"
    assert not HOOK["pass_filenames"]  # the command takes no paths
    run(*arguments, code=code)


@pytest.mark.parametrize(
    ("path", "runs"),
    [
        ("People/Anna.md", True),
        ("Люди/Анна.md", True),
        ("Circles.canvas", True),
        ("vaulttool.toml", True),
        ("photo.png", False),
        ("notes.md.bak", False),
    ],
)
def test_runs_where_a_note_is_in_the_commit(path: str, runs: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) is runs


def test_the_recipe_names_the_hook() -> None:
    recipe = (ROOT / "docs/recipes.md").read_text("utf-8")
    assert f"- id: {HOOK['id']}\n" in recipe
