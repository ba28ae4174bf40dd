"""What git knows of the notes, asked of the real program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import clean_environment, write_files
from vaulttool.vault import git
from vaulttool.vault.git import first_commits

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


class Repository:
    """A git repository that commits on chosen days."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q")

    def git(self, *args: str, day: str = "2026-01-01") -> None:
        when = f"{day}T23:30:00+0900"  # another day in most of the world
        named = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
        named |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
        environ = {**clean_environment(os.environ, self.root), **named}
        environ |= {"GIT_AUTHOR_DATE": "2020-02-02T12:00:00Z", "GIT_COMMITTER_DATE": when}
        command = ["git", "-C", str(self.root), "-c", "commit.gpgsign=false", *args]
        subprocess.run(command, check=True, env=environ, capture_output=True)

    def write(self, files: dict[str, str], day: str) -> None:
        write_files(self.root, files)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "notes", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_the_day_of_the_first_commit_as_the_committer_saw_it(repository: Repository) -> None:
    repository.write({"a.md": "1"}, "2026-03-01")
    repository.write({"a.md": "2", "b.md": "1"}, "2026-04-01")
    assert first_commits(repository.root, ["a.md", "b.md", "c.md"]) == {
        "a.md": date(2026, 3, 1),
        "b.md": date(2026, 4, 1),
    }


@pytest.mark.parametrize(
    "path",
    [
        *("People/Anna Petrova.md", "Люди/Ольга Соколова.md", "a (b) & 'c'.md", "-n.md"),
        *("*.md", ":(top)x.md", "Zoë/Noël.md", "😀.md", "a  b.md"),
    ],
)
def test_any_name(repository: Repository, path: str) -> None:
    repository.write({path: "1", "People/Other.md": "2"}, "2026-03-01")
    assert first_commits(repository.root, [path]) == {path: date(2026, 3, 1)}


def test_a_vault_in_a_folder_of_the_repository(repository: Repository) -> None:
    repository.write({"a.md": "1", "my vault/a.md": "1"}, "2026-03-01")
    repository.write({"my vault/b/a.md": "1"}, "2026-04-01")
    assert first_commits(repository.root / "my vault", ["a.md", "b/a.md"]) == {
        "a.md": date(2026, 3, 1),
        "b/a.md": date(2026, 4, 1),
    }


def test_a_note_that_went_and_came_back(repository: Repository) -> None:
    repository.write({"a.md": "1"}, "2026-03-01")
    (repository.root / "a.md").unlink()
    repository.write({"b.md": "1"}, "2026-04-01")
    repository.write({"a.md": "1"}, "2026-05-01")
    assert first_commits(repository.root, ["a.md"]) == {"a.md": date(2026, 3, 1)}


def test_many_notes_are_asked_for_at_once(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write({f"Люди/{number}.md": "1" for number in range(4)}, "2026-03-01")
    wanted = [f"Люди/{number}.md" for number in range(3)]
    monkeypatch.setattr(git, "_MANY", 2)
    assert first_commits(repository.root, wanted) == dict.fromkeys(wanted, date(2026, 3, 1))


def test_without_a_history_there_are_no_days(tmp_path: Path, repository: Repository) -> None:
    write_files(tmp_path / "plain", {"a.md": "1"})
    write_files(repository.root, {"a.md": "1"})
    assert first_commits(tmp_path / "plain", ["a.md"]) == {}
    assert first_commits(repository.root, ["a.md"]) == {}
    assert first_commits(repository.root, []) == {}


def test_without_git_there_are_no_days(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.write({"a.md": "1"}, "2026-03-01")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert first_commits(repository.root, ["a.md"]) == {}


def test_a_hooks_environment_does_not_lead_elsewhere(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.write({"a.md": "1"}, "2026-03-01")
    other = Repository(tmp_path / "other")
    other.write({"a.md": "1"}, "2026-04-01")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert first_commits(repository.root, ["a.md"]) == {"a.md": date(2026, 3, 1)}


@pytest.mark.parametrize(
    ("key", "value"),
    [("color.ui", "always"), ("core.quotePath", "true"), ("log.date", "relative")],
)
def test_settings_of_the_repository_change_nothing(
    repository: Repository, key: str, value: str
) -> None:
    repository.write({"Люди/a.md": "1"}, "2026-03-01")
    repository.git("config", key, value)
    assert first_commits(repository.root, ["Люди/a.md"]) == {"Люди/a.md": date(2026, 3, 1)}


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_no_program_that_the_vault_names_is_run(repository: Repository, tmp_path: Path) -> None:
    script = tmp_path / "program"
    signature = "-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----"
    script.write_text(
        f"#!/bin/sh\ntouch '{tmp_path}/ran'\necho '{signature}'\n"
        "echo '\n[GNUPG:] SIG_CREATED ' >&2\n"
    )
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "gpg.program"):
        repository.git("config", key, str(script))
    repository.git("config", "log.showSignature", "true")
    write_files(repository.root, {"a.md": "1"})
    repository.git("add", "-A")
    repository.git("commit", "-S", "-m", "signed", day="2026-03-01")
    (tmp_path / "ran").unlink()
    assert first_commits(repository.root, ["a.md"]) == {"a.md": date(2026, 3, 1)}
    assert not (tmp_path / "ran").exists()


def test_the_repository_is_not_touched(repository: Repository) -> None:
    repository.write({"a.md": "1"}, "2026-03-01")
    index = repository.root / ".git/index"
    before = index.stat().st_mtime_ns, index.read_bytes()
    os.utime(repository.root / "a.md", (0, 0))
    first_commits(repository.root, ["a.md"])
    assert (index.stat().st_mtime_ns, index.read_bytes()) == before
