"""A vault on another disk than the journal: what was swapped out stays beside the note."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.vault.watched import is_hidden, let_grace_pass, texts
from vaulttool.vault.swap import ASIDE
from vaulttool.vault.system import System

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run


@pytest.fixture
def root(vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> Path:
    real = System.replace

    def replace(self: System, source: Path, target: Path) -> None:
        if target.parent.name == ASIDE:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(self, source, target)

    monkeypatch.setattr(System, "replace", replace)
    return vault({"People/Anna.md": "Anna\n", "People/Boris.md": "Boris\n"})


def log(run: Run, root: Path, name: str) -> None:
    run("--vault", root, "--today", TODAY, "log", name, "lunch", "--to", "contact")


def hidden(root: Path) -> list[bytes]:
    return [text for path, text in texts(root).items() if is_hidden(path)]


def test_it_is_looked_at_and_cleared_by_a_later_write(run: Run, root: Path, home: Path) -> None:
    log(run, root, "anna")
    assert hidden(root) == [b"Anna\n"]
    (state,) = (path.parent for path in home.rglob("journal.jsonl"))
    let_grace_pass(root, state)
    log(run, root, "boris")
    assert hidden(root) == [b"Boris\n"]


def test_check_tells_of_it(run: Run, root: Path) -> None:
    assert "leftover" not in run("--vault", root, "check").out
    log(run, root, "anna")
    found = run("--vault", root, "check", "--format", "json").json
    assert [(one["code"], one["severity"]) for one in found] == [("leftover", "info")]


def test_forget_reaches_it(run: Run, root: Path, home: Path) -> None:
    log(run, root, "anna")
    log(run, root, "boris")
    run("--vault", root, "--today", TODAY, "forget", "anna", code=4)
    assert sorted(hidden(root)) == [b"Anna\n", b"Boris\n"]
    (state,) = (path.parent for path in home.rglob("journal.jsonl"))
    let_grace_pass(root, state)
    run("--vault", root, "--today", TODAY, "forget", "anna")
    assert hidden(root) == []
