"""Transcripts: what the commands print over a copy of the example vault, in both languages.

A file in this folder begins with a line that says what it shows. `$ vault …` is run in a
copy of the vault, one copy a file, with stderr shown after stdout and an exit code other
than 0 as `(exit 4)`; `printf '…' |` before it gives answers. `$ cat NOTE` shows a note,
`| head -3` the first lines. The blocks marked ```console in the README and the docs are held
in the same way.
`pytest tests/commands --rewrite` writes what is printed now.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
CONSOLE = re.compile(r"^(```console\n)(.*?)^(```)$", re.MULTILINE | re.DOTALL)
PRINTF = re.compile(r"printf '([^']*)' \| ")
PROMPT = "$ "


@pytest.fixture
def execute(run: Run, example: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Run one command line in the copy of the vault; gives what is printed."""
    monkeypatch.setenv("VAULT_TODAY", TODAY)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(example)

    def call(line: str) -> str:
        typed = PRINTF.match(line)
        answers = typed[1].replace("\\n", "\n") if typed else ""
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        line = line[typed.end() :] if typed else line
        command, _bar, head = line.partition(" | head -")
        program, *args = shlex.split(command)
        if program == "cat":
            text = (example / args[0]).read_text("utf-8")
            return "".join(text.splitlines(keepends=True)[: int(head)]) if head else text
        assert program == "vault", f"not a command of a transcript: {line}"
        done = run(*args, code=None)
        out = "".join(done.out.splitlines(keepends=True)[: int(head)]) if head else done.out
        return out + done.err + (f"(exit {done.code})\n" if done.code else "")

    return call


def replay(text: str, execute: Callable[[str], str]) -> str:
    """Give a transcript with what its commands print now."""
    before, *steps = re.split(r"^(?=\$ )", text, flags=re.MULTILINE)
    printed = [before]
    for step in steps:
        line = step.partition("\n")[0]
        output = execute(line.removeprefix(PROMPT))
        lines = [line, *(shown.rstrip() for shown in output.splitlines())]
        printed.append("\n".join(lines).rstrip() + "\n")
    return before + "\n".join(printed[1:])


def hold(path: Path, now: str, config: pytest.Config) -> None:
    """Compare a file with what it should be, or write that into it."""
    text = path.read_text("utf-8")
    if config.getoption("--rewrite"):
        if now != text:
            path.write_text(now, "utf-8")
        return
    assert now == text, f"{path.relative_to(ROOT)}: if this is meant, run `make transcripts`"


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.name)
def test_transcript(path: Path, execute: Callable[[str], str], pytestconfig: pytest.Config) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n$ "), "no command in the transcript"
    hold(path, replay(text, execute), pytestconfig)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page(path: Path, execute: Callable[[str], str], pytestconfig: pytest.Config) -> None:
    now = CONSOLE.sub(
        lambda block: block[1] + replay(block[2], execute) + block[3], path.read_text("utf-8")
    )
    hold(path, now, pytestconfig)


def test_the_readme_shows_the_main_job() -> None:
    shown = "".join(block[2] for block in CONSOLE.finditer(PAGES[0].read_text("utf-8")))
    assert "$ vault due\n" in shown
    assert "$ vault why" in shown
