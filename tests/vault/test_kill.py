"""The program is killed at random moments, again and again, while it writes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, clean_environment
from tests.vault.watched import SCALE, is_hidden, let_grace_pass, texts
from vaulttool.vault.journal import Journal
from vaulttool.vault.system import System

if TYPE_CHECKING:
    from tests.conftest import MakeVault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")

KILLS = 25 if SCALE == 1 else 250
NOTE = f"{TODAY}.md"


def test_no_edit_that_was_acknowledged_is_lost(vault: MakeVault, home: Path) -> None:
    root = vault({"People/Anna.md": "every: week\n", "Other.md": "nobody writes here\n"})
    environment = clean_environment(os.environ, home)
    dice = random.Random(4)
    acknowledged: list[str] = []
    tried = 0

    def log() -> subprocess.Popen[bytes]:
        nonlocal tried
        tried += 1
        command = ["--vault", str(root), "--today", TODAY, "log", "anna", f"entry {tried:05}."]
        return subprocess.Popen(
            [sys.executable, "-m", "vaulttool", *command],
            env=environment | {"PYTHONPATH": str(Path.cwd())},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def finish() -> float:
        start = time.monotonic()
        process = log()
        assert process.wait(60) == 0
        acknowledged.append(f"entry {tried:05}.")
        return time.monotonic() - start

    length = max(finish(), finish())
    (journal,) = home.rglob("journal.jsonl")
    killed = 0
    while killed < KILLS:
        process = log()
        if killed % 2:  # the writing is the last part of a run
            time.sleep(dice.uniform(0.5, 1.1) * length)
        else:  # it has begun when the journal grows
            wait_for_growth(process, journal)
            time.sleep(dice.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        if process.wait(60) == 0:
            acknowledged.append(f"entry {tried:05}.")
        else:
            killed += 1
        check_notes(root, acknowledged, tried)
    finish()
    let_grace_pass(root, journal.parent)
    finish()
    left = [path for path in texts(root) if is_hidden(path)]
    flaws = list(Journal(journal.parent, System()).verify())
    print(f"{killed} kills, {len(acknowledged)} acknowledged of {tried}, left {left}, {flaws}")  # noqa: T201 - seen with -s
    assert left == []
    assert {flaw.kind for flaw in flaws} <= {"torn"}
    check_notes(root, acknowledged, tried)


def wait_for_growth(process: subprocess.Popen[bytes], journal: Path) -> None:
    size = journal.stat().st_size
    while process.poll() is None and journal.stat().st_size == size:
        time.sleep(0.0005)


def check_notes(root: Path, acknowledged: list[str], tried: int) -> None:
    """All that was acknowledged stands there once, and nothing is half written."""
    visible = {path: text.decode() for path, text in texts(root).items() if not is_hidden(path)}
    daily = visible.pop(NOTE)
    assert visible == {"People/Anna.md": "every: week\n", "Other.md": "nobody writes here\n"}
    for entry in acknowledged:
        assert daily.count(entry) == 1, entry
    entries = [line for line in daily.splitlines() if "[[Anna]]" in line]
    assert all(line.endswith(".") for line in entries)
    assert len(entries) <= tried
    assert daily.endswith("%% vault:end %%\n")
