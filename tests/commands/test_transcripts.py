"""Transcripts: what the commands print over a copy of the example vault, in both languages.

A file in this folder begins with a line that says what it shows. `$ vault …` is run in a
copy of the vault, one copy a file; `tests/transcript.py` says how. The blocks marked
```console in the README and the docs are held in the same way, those of a first hour in
`test_first_hour.py`.
`pytest tests/commands --rewrite` writes what is printed now.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.transcript import CONSOLE, executor, hold, hold_page, replay

if TYPE_CHECKING:
    from tests.conftest import Run
    from tests.transcript import Execute

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", *(page for page in DOCS if not page.name.startswith("first-hour"))]


@pytest.fixture
def execute(run: Run, example: Path, monkeypatch: pytest.MonkeyPatch) -> Execute:
    """Run one command line in the copy of the vault; gives what is printed."""
    return executor(run, example, monkeypatch)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.name)
def test_transcript(path: Path, execute: Execute, pytestconfig: pytest.Config) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n$ "), "no command in the transcript"
    hold(path, replay(text, execute), pytestconfig)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page(path: Path, execute: Execute, pytestconfig: pytest.Config) -> None:
    hold_page(path, execute, pytestconfig)


def test_the_readme_shows_the_main_job() -> None:
    shown = "".join(block[2] for block in CONSOLE.finditer(PAGES[0].read_text("utf-8")))
    assert "$ vault due\n" in shown
    assert "$ vault why" in shown
