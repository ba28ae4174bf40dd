"""The example in each command's help is one that can be typed in the example vault."""

from __future__ import annotations

import filecmp
import io
import shlex
from typing import TYPE_CHECKING

import click
import pytest

from tests.conftest import EXAMPLE, TODAY
from vaulttool.cli.app import App
from vaulttool.cli.commands import VaultCommand
from vaulttool.cli.main import COMMANDS, cli
from vaulttool.locale import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run
    from vaulttool.model import Language

# What waits for keys or for changes, or begins another program.
WAITING = {"mentions": ("--dry-run",), "open": ("--print",), "watch": ("--help",)}
ASKING = ("review", "triage")


def example_of(name: str, lang: Language) -> list[str]:
    ctx = click.Context(cli, obj=App(lang_option=lang))
    command = cli.get_command(ctx, name)
    assert isinstance(command, VaultCommand)
    program, *words = shlex.split(command.example(ctx))
    assert program == "vault"
    return words


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ASKING])
def test_it_does_what_it_says(run: Run, example: Path, name: str, lang: Language) -> None:
    words = [*example_of(name, lang), *WAITING.get(name, ())]
    if name == "undo":
        run("--vault", example, "--today", TODAY, "log", "anna", "call")
    done = run("--vault", example, "--today", TODAY, "--lang", lang, *words, code=None)
    assert done.code in ((0, 3) if name == "check" else (0,)), done.err
    assert done.out or done.err
    for nothing in ("Nobody fits", "Никто не подходит"):
        assert nothing not in done.out + done.err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ASKING)
def test_what_asks_can_be_left_at_once(
    run: Run, example: Path, name: str, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    words = example_of(name, lang)
    done = run("--vault", example, "--today", TODAY, "--lang", lang, *words, code=0)
    assert done.out
    assert not filecmp.dircmp(EXAMPLE / "People", example / "People").diff_files
