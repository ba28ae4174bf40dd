"""What the transcripts share: `$ …` lines that are run in a folder, and what they print.

`vault` is run in this process, with stderr shown after stdout, the folder's own path as
`~/notes`, and an exit code other than 0 as `(exit 4)`; `printf '…' |` before it gives answers,
`COLUMNS=60` shows it on a terminal so wide, `| head -3` after it shows the first lines. A few
commands of the shell look at the folder, or change it as an editor would.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.conftest import Run

    Execute = Callable[[str], str]

CONSOLE = re.compile(r"^(```console\n)(.*?)^(```)$", re.MULTILINE | re.DOTALL)
PRINTF = re.compile(r"printf '([^']*)' \| ")
TERMINAL = re.compile(r"COLUMNS=(\d+) ")
PROMPT = "$ "
STEP = re.compile(r"^(?=\$ )", re.MULTILINE)
# A command is one line, or goes on to the end of the text that it is given.
COMMAND = re.compile(r"[^\n]*<< (\w+)\n.*?^\1$|[^\n]*", re.MULTILINE | re.DOTALL)
SHELL = frozenset({"cat", "find", "ls", "sed"})


def executor(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> Execute:
    """Make what runs a command in a folder and gives what is printed, on the examples' day."""
    monkeypatch.setenv("VAULT_TODAY", TODAY)
    monkeypatch.setenv("COLUMNS", "80")
    # A reader sees it on a page, as on a terminal; what goes to a program is not folded.
    monkeypatch.setattr("vaulttool.cli.terminal.ELSEWHERE", 100)
    monkeypatch.chdir(root)

    def call(command: str) -> str:
        typed = PRINTF.match(command)
        answers = typed[1].replace("\\n", "\n") if typed else ""
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        asked = command[typed.end() if typed else 0 :]
        terminal = TERMINAL.match(asked)
        line, _bar, head = asked[terminal.end() if terminal else 0 :].partition(" | head -")
        program, *args = shlex.split(line.partition("\n")[0])
        if program in SHELL:
            done = subprocess.run(
                ["bash", "-c", command], env=os.environ | {"LC_ALL": "C"}, capture_output=True,
                encoding="utf-8", check=True,
            )  # fmt: skip
            return done.stdout
        assert program == "vault", f"not a command of a transcript: {command}"
        with monkeypatch.context() as shown:
            if terminal:
                shown.setattr(sys.stdout, "isatty", lambda: True)
                shown.setenv("COLUMNS", terminal[1])
                shown.setenv("NO_COLOR", "1")
            result = run(*args, code=None)
        out = "".join(result.out.splitlines(keepends=True)[: int(head)]) if head else result.out
        said = (out + result.err).replace(str(root), "~/notes")
        return said + (f"(exit {result.code})\n" if result.code else "")

    return call


def replay(text: str, execute: Execute) -> str:
    """Give a transcript with what its commands print now."""
    before, *steps = STEP.split(text)
    return before + "\n".join(_replayed(step.removeprefix(PROMPT), execute) for step in steps)


def _replayed(step: str, execute: Execute) -> str:
    found = COMMAND.match(step)
    command = found[0] if found else ""
    lines = [PROMPT + command, *(shown.rstrip() for shown in execute(command).splitlines())]
    return "\n".join(lines).rstrip() + "\n"


def hold(path: Path, now: str, config: pytest.Config) -> None:
    """Compare a file with what it should be, or write that into it."""
    text = path.read_text("utf-8")
    if config.getoption("--rewrite"):
        if now != text:
            path.write_text(now, "utf-8")
        return
    assert now == text, f"{path.relative_to(ROOT)}: if this is meant, run `make transcripts`"


def hold_page(path: Path, execute: Execute, config: pytest.Config) -> None:
    """Hold the blocks marked ```console of a page in the same way."""
    now = CONSOLE.sub(
        lambda block: block[1] + replay(block[2], execute) + block[3], path.read_text("utf-8")
    )
    hold(path, now, config)
