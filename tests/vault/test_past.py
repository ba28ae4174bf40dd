"""The vault as it was on a day, from a real repository."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.vault.test_git import Repository
from vaulttool.errors import VaultError
from vaulttool.vault.past import read_vault_at
from vaulttool.vault.store import read_vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

ANNA = "---\ncircle: key\n---\n## Log\n- 2026-03-01 call: her trip\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "vault")
    files = {"People/Anna.md": ANNA, "Notes/Привет мир.md": "[[Anna]]", ".obsidian/app.json": "{}"}
    made.write(files, "2026-03-02")
    made.write({"People/Anna.md": f"{ANNA}- 2026-04-01 lunch\n", "Новая.md": "x"}, "2026-04-02")
    (made.root / "People/Anna.md").unlink()
    made.write({"People/Boris.md": "x"}, "2026-05-01")
    return made


def test_the_notes_of_each_day(repository: Repository) -> None:
    def notes(day: str) -> list[str]:
        return sorted(read_vault_at(repository.root, date.fromisoformat(day)).notes)

    assert notes("2026-03-02") == ["Notes/Привет мир.md", "People/Anna.md"]
    assert notes("2026-04-01") == ["Notes/Привет мир.md", "People/Anna.md"]
    assert notes("2026-04-02") == ["Notes/Привет мир.md", "People/Anna.md", "Новая.md"]
    assert notes("2030-01-01") == ["Notes/Привет мир.md", "People/Boris.md", "Новая.md"]


def test_they_are_read_as_those_of_today(repository: Repository) -> None:
    now = read_vault(repository.root)
    then = read_vault_at(repository.root, date(2030, 1, 1))
    assert then.notes == now.notes
    assert then.targets == now.targets


@pytest.mark.parametrize("path", [".hidden/a.md", "a.md~", "a.sync-conflict-20261101-120000-AB.md"])
def test_what_is_no_note_now_was_none_then(repository: Repository, path: str) -> None:
    repository.write({path: "x"}, "2026-06-01")
    assert path not in read_vault_at(repository.root, date(2026, 6, 1)).notes


def test_a_vault_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "all")
    repository.write({"vault/People/Anna.md": ANNA, "code/b.md": "x"}, "2026-03-02")
    snapshot = read_vault_at(repository.root / "vault", date(2026, 3, 2))
    assert list(snapshot.notes) == ["People/Anna.md"]


@pytest.mark.parametrize("day", ["2026-03-01", "0001-01-01"])
def test_before_the_first_commit_there_is_nothing(repository: Repository, day: str) -> None:
    with pytest.raises(VaultError, match="git history has nothing of"):
        read_vault_at(repository.root, date.fromisoformat(day))


def test_without_git_there_is_no_past(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="git history has nothing of"):
        read_vault_at(tmp_path, date(2026, 3, 2))


def test_due_and_why_of_a_day_in_the_past(repository: Repository, run: Run) -> None:
    vault = ("--vault", repository.root)
    before = sorted(repository.root.rglob("*.md"))
    due = run(*vault, "due", "--as-of", "2026-03-20", "--format", "json").json
    assert [(one["name"], one["days_over"]) for one in due["due"]] == [("Anna", 5)]
    why = run(*vault, "why", "anna", "--as-of", "2026-04-10", "--format", "json").json
    assert [one["date"] for one in why["evidence"]] == ["2026-04-01", "2026-03-01"]
    assert run(*vault, "why", "anna", code=1).err.startswith("Error: no contact")
    assert sorted(repository.root.rglob("*.md")) == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--as-of", "yesterday-ish"), "expected a date"),
        (("--as-of", "9999-01-01"), "has not come yet"),
        (("--as-of", "2026-03-20", "--dry-run"), "leave out --dry-run"),
    ],
)
def test_what_no_past_day_can_be(
    repository: Repository, run: Run, args: tuple[str, ...], said: str
) -> None:
    assert said in run("--vault", repository.root, "due", *args, code=2).err
