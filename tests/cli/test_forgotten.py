"""What an answer depends on besides the notes: where it changes, the old answer is not said."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, needs_posix
from vaulttool.vault import answers
from vaulttool.vault.stamp import YOUNG

if TYPE_CHECKING:
    from tests.conftest import MakeVault, Result, Run

FILES = {
    "People/Anna.md": "---\nevery: 1 week\n---\n- 2026-10-01 call\n",
    "People/Bob.md": "---\nevery: 3 weeks\n---\nA friend.\n",
}


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault(FILES)


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every question be asked a while after the files were written."""
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 10 * YOUNG)


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("HOME", str(home))


def ask(run: Run, root: Path, *words: str) -> Result:
    return run("--vault", root, "--today", TODAY, *words, code=None)


def assert_as_fresh(run: Run, root: Path, *words: str) -> None:
    said = ask(run, root, *words)
    shutil.rmtree(Path.home() / ".cache/vaulttool")
    assert ask(run, root, *words) == said


def git(root: Path, *words: str, day: str = "2026-08-01") -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(
        ["git", *who, "-C", root, *words],
        check=True,
        capture_output=True,
        env={**os.environ, "GIT_COMMITTER_DATE": f"{day}T12:00:00"},
    )


def commit(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "All")


def test_a_folder_of_obsidian_appears(run: Run, vault: MakeVault) -> None:
    root = vault(FILES, obsidian=False)
    for _ in range(3):
        ask(run, root, "due")
    (root / ".obsidian").mkdir()  # from now on the daily note is at the top
    assert f"Written to {TODAY}.md" in ask(run, root, "due").err


@needs_posix
def test_a_link_leads_elsewhere(run: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (root / "L").symlink_to(root / "People")
    ask(run, root, "due", "--print")
    (root / "L").unlink()
    (root / "L").symlink_to(tmp_path / "outside")
    assert_as_fresh(run, root, "due", "--print")


@needs_posix
def test_where_a_link_leads_appears(run: Run, root: Path, tmp_path: Path) -> None:
    (root / "L").symlink_to(tmp_path / "later")
    ask(run, root, "due", "--print")
    (tmp_path / "later").mkdir()
    assert_as_fresh(run, root, "due", "--print")


@needs_posix
def test_a_daily_note_becomes_a_link(run: Run, root: Path, tmp_path: Path) -> None:
    ask(run, root, "due")
    note = root / f"{TODAY}.md"
    note.rename(tmp_path / "day.md")
    note.symlink_to(tmp_path / "day.md")
    for _ in range(2):
        ask(run, root, "due")
    (tmp_path / "day.md").write_text("mine\n")
    assert_as_fresh(run, root, "due")


def test_git_is_found_later(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root)
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        for _ in range(2):
            before = ask(run, root, "why", "bob")
    assert ask(run, root, "why", "bob") != before


def test_the_settings_of_git(run: Run, root: Path) -> None:
    commit(root)
    ask(run, root, "why", "bob")
    git(root, "config", "log.showRoot", "false")
    assert_as_fresh(run, root, "why", "bob")
    assert "2026" in ask(run, root, "why", "bob").out or "Aug" in ask(run, root, "why", "bob").out


def test_an_empty_folder_before_the_real_repository(
    run: Run, tmp_path: Path, vault: MakeVault
) -> None:
    root = vault(FILES)
    commit(tmp_path)
    (root / ".git").mkdir()
    ask(run, root, "why", "bob")
    git(tmp_path, "commit", "-q", "--amend", "-m", "Later", day="2026-10-01")
    assert_as_fresh(run, root, "why", "bob")


def test_settings_that_change_while_a_command_runs(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were read in between, and are as before again when the answer is kept."""
    from vaulttool.cli import main, remember

    settings = root / "vaulttool.toml"
    settings.write_text("[due]\nper_day = 1\n")
    real = main.run

    def run_and_change(*args: object) -> int:
        code = real(*args)  # type: ignore[arg-type] # passed on as they are
        settings.write_text("[due]\nper_day = 2\n")
        return code

    with monkeypatch.context() as changing:
        changing.setattr(remember, "run", run_and_change)
        ask(run, root, "due", "--print")
    settings.write_text("[due]\nper_day = 1\n")
    assert not list((Path.home() / ".cache/vaulttool").glob("*/answers"))


@needs_posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams(root: Path, home: Path, closed: str) -> None:
    import sys

    program = f'"{sys.executable}" -m vaulttool --vault "{root}" --today {TODAY} due --print'
    done = subprocess.run(
        ["sh", "-c", f"{program} {closed}"],
        env={"HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("part", ["cli/due.py", "locale/ru/LC_MESSAGES/vaulttool.mo"])
def test_a_change_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Its catalogues are part of it."""
    package = tmp_path / "vaulttool"
    shutil.copytree(answers._PACKAGE, package)
    monkeypatch.setattr(answers, "_PACKAGE", package)
    before = answers.key_of(tmp_path, [], [])
    assert answers.key_of(tmp_path, [], []) == before
    (package / part).write_bytes((package / part).read_bytes() + b"\n")
    assert answers.key_of(tmp_path, [], []) != before
