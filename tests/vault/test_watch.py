"""The real watchdog on the real file system: after each deed live equals fresh."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import write_files
from tests.vault.test_live import (
    DEEDS,
    FILES,
    LATER,
    assert_fresh,
    gone_note,
    new_note,
    save_by_rename,
)
from vaulttool.vault.live import LiveIndex
from vaulttool.vault.watch import EventWatch, Hints, PollWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import MakeVault


CHECKED_OUT = 5_000  # notes that git changes at once
MANY = 2_500 * int(os.environ.get("VAULT_TEST_SCALE", "1"))  # files


class Watched:
    """A vault, its live index, and the watch that tells it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.index = LiveIndex(root)
        self.watch = EventWatch(root, time.monotonic)
        self.take(self.watch.wait(0))

    def take(self, hints: Hints) -> None:
        now = time.time() + LATER
        if hints.everything:
            self.index.update(now)
        elif hints.paths:
            self.index.look(hints.paths, now)

    def settle(self, seconds: float = 2.0) -> None:
        """Take hints until none come."""
        while hints := self.watch.wait(seconds):
            self.take(hints)
            seconds = 0.5


@pytest.fixture
def watched(vault: MakeVault) -> Iterator[Watched]:
    made = Watched(vault(FILES))
    yield made
    made.watch.stop()


def test_the_first_hint_is_everything(watched: Watched) -> None:
    assert_fresh(watched.index)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_deed(watched: Watched, deed: Callable[[Path], list[str]]) -> None:
    deed(watched.root)
    watched.settle()
    assert_fresh(watched.index)


def test_a_truncated_file_that_is_filled_later(watched: Watched) -> None:
    with (watched.root / "People/Anna.md").open("w") as file:
        file.flush()
        watched.take(watched.watch.wait(1))
        file.write("all of it: [[Boris]]")
    watched.settle()
    assert_fresh(watched.index)


def test_many_files_at_once(watched: Watched) -> None:
    write_files(watched.root, {f"New/{n}.md": f"[[{n + 1}]]" for n in range(500)})
    watched.settle()
    assert_fresh(watched.index)
    shutil.rmtree(watched.root / "New")
    watched.settle()
    assert_fresh(watched.index)


def test_the_vault_is_taken_away_and_another_put_in_its_place(watched: Watched) -> None:
    watched.root.rename(watched.root.with_name("before"))
    watched.take(watched.watch.wait(0.1))
    write_files(watched.root, {".obsidian/app.json": "{}", "Other.md": "[[Anna]]"})
    watched.settle()
    assert_fresh(watched.index)
    (watched.root / "Later.md").write_text("[[Other]]")
    watched.settle()
    assert_fresh(watched.index)


def test_a_vault_that_is_not_there_yet(tmp_path: Path) -> None:
    watch = EventWatch(tmp_path / "later", time.monotonic)
    assert not watch.wait(0.1)
    (tmp_path / "later").mkdir()
    assert watch.wait(0.1) == Hints(everything=True)
    watch.stop()


def test_a_thread_that_died_is_replaced(watched: Watched) -> None:
    first, *_others = watched.watch._threads
    watched.watch._threads.add(threading.Thread())  # one that is not alive
    (watched.root / "People/Anna.md").write_text("unheard")
    watched.settle()
    assert_fresh(watched.index)
    assert first not in watched.watch._threads
    (watched.root / "People/Anna.md").write_text("heard again")
    watched.settle()
    assert_fresh(watched.index)


def test_all_threads_of_the_library_are_known(vault: MakeVault) -> None:
    before = set(threading.enumerate())
    made = Watched(vault(FILES))
    assert made.watch._threads == {*threading.enumerate()} - before
    assert len(made.watch._threads) > 1
    made.watch.stop()


def test_a_warning_of_the_library_means_everything(watched: Watched) -> None:
    logging.getLogger("watchdog.observers.inotify").warning("queue overflow")
    assert watched.watch.wait(1).everything


def test_reading_is_no_change(watched: Watched) -> None:
    watched.settle(0.5)
    for path in FILES:
        (watched.root / path).read_bytes()
    assert not watched.watch.wait(1)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_in_a_circle(watched: Watched) -> None:
    (watched.root / "People/loop").symlink_to(watched.root)
    watched.settle()
    assert_fresh(watched.index)
    (watched.root / "People/Anna.md").write_text("[[Boris]]")
    watched.settle()
    assert_fresh(watched.index)


def test_very_many_files(watched: Watched) -> None:
    write_files(watched.root, {f"Notes/{n % 100}/{n}.md": f"[[{n + 1}]]" for n in range(MANY)})
    watched.settle()
    for deed in (save_by_rename, new_note, gone_note, move_many):
        deed(watched.root)
        watched.settle()
    assert_fresh(watched.index)


def move_many(root: Path) -> None:
    (root / "Notes/1").rename(root / "Notes/more")
    (root / "Notes/2").rename(root.parent / "away")
    (root / "Notes/3/3.md").replace(root / "Notes/4/3.md")


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_git_checkout(watched: Watched) -> None:
    def git(*args: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        command = ["git", "-C", str(watched.root), *who, *args]
        subprocess.run(command, check=True, capture_output=True, env={"PATH": os.environ["PATH"]})

    write_files(watched.root, {f"Notes/{n}.md": f"[[{n + 1}]]" for n in range(CHECKED_OUT)})
    git("init", "-q", "-b", "one")
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    git("checkout", "-q", "-b", "two")
    write_files(watched.root, {f"Notes/{n}.md": f"[[{n - 1}]] two" for n in range(CHECKED_OUT)})
    shutil.rmtree(watched.root / "People")
    git("add", "-A")
    git("commit", "-q", "-m", "two")
    watched.settle()
    assert_fresh(watched.index)
    git("checkout", "-q", "one")
    watched.settle()
    assert_fresh(watched.index)


def test_polling_looks_at_everything_now_and_then() -> None:
    moment = [0.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        moment[0] += seconds

    watch = PollWatch(2.5, lambda: moment[0], sleep)
    told = [watch.wait(1).everything for _ in range(7)]
    assert told == [True, False, False, True, False, False, True]
    assert slept == [1, 1, 0.5, 1, 1, 0.5]


def test_a_vault_that_is_gone_is_waited_for(watched: Watched) -> None:
    """Nothing is held meanwhile: the system has few watches for a user."""
    away = watched.root.with_name("away")
    watched.root.rename(away)
    assert watched.watch.wait(0.05) == Hints(everything=True)
    before = open_files()
    begin = time.monotonic()
    for _ in range(5):
        assert not watched.watch.wait(0.05)
    assert time.monotonic() - begin > 0.2
    assert open_files() == before
    away.rename(watched.root)
    watched.settle()
    assert_fresh(watched.index)


def open_files() -> int:
    """How many files this process has open, where the system tells."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


def test_what_cannot_be_heard_is_said(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more(*_args: object) -> None:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    watch = EventWatch(vault(FILES), time.monotonic)
    with monkeypatch.context() as full:
        full.setattr("watchdog.observers.api.BaseObserver.start", no_more)
        assert not watch.wait(0.05)
        assert "limit reached" in watch.obstacle
    assert watch.wait(0.05).everything
    assert not watch.obstacle
    watch.stop()
