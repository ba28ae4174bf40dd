"""What a start imports: until the first word appears, most of the time goes into that.

Counted are libraries, and the modules of Python that take about a millisecond or more. What
`import click` brings along is the price of every command, and is not counted. Whoever needs
another module imports it where it is used, or adds it here, knowingly.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import EXAMPLE, TODAY, clean_environment, write_files
from vaulttool.cli.main import COMMANDS
from vaulttool.vault.stamp import YOUNG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Each of these brings others, or compiled code, or long tables.
HEAVY = {
    *("argparse", "asyncio", "concurrent", "configparser", "csv", "ctypes", "decimal", "difflib"),
    *("email", "fractions", "hashlib", "html", "http", "importlib.metadata", "json", "logging"),
    *("multiprocessing", "optparse", "pickle", "pprint", "random", "selectors", "signal"),
    *("socket", "sqlite3", "ssl", "statistics", "subprocess", "tempfile", "tomllib"),
    *("unittest", "urllib.request", "xml", "zipfile", "zoneinfo"),
}
# What nobody needs who only asks how to ask.
DOMAIN = "vaulttool.people"
OWN = {"vaulttool", "click"}

DUE = {
    "hashlib",  # of the vault's path: the name of its cache
    "json",  # of Obsidian's settings
    "zoneinfo",  # what time it is where somebody lives
}
"""What a `due` may import that finds all notes in the cache, and is not on a terminal."""

ANSWERED = {
    *(f"vaulttool.cli.{name}" for name in ("start", "words")),
    *(f"vaulttool.vault.{name}" for name in ("answers", "listing", "locate", "own", "parts")),
}
"""All of the program that is needed where nothing changed since the same was asked."""

TO_READ = {
    *("yaml", "markdown_it", "mdurl"),  # what the scanners leave to the libraries
    *("html", "logging"),  # which markdown-it imports
}
"""What else a `due` may import that has notes to read."""

SHELL = {"_VAULT_COMPLETE": "bash_complete"}
_IMPORTED = re.compile(r"^import time:.*\| +(\S+)$", re.MULTILINE)


def start(
    folder: Path, args: Sequence[str], environ: Mapping[str, str] | None = None
) -> tuple[str, set[str]]:
    """Run Python in a folder: what it prints, and the names of the modules that it imports."""
    clean = clean_environment(os.environ, folder)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *args],
        cwd=folder,
        env={**clean, "PYTHONPATH": os.pathsep.join(sys.path), **(environ or {})},
        capture_output=True,
        check=True,
        timeout=60,
        encoding="utf-8",
    )
    return done.stdout, set(_IMPORTED.findall(done.stderr))


@functools.cache
def clicks(folder: Path) -> frozenset[str]:
    return frozenset(start(folder, ["-c", "import click"])[1])


def counted(folder: Path, imported: set[str]) -> set[str]:
    """The libraries and heavy modules among those imported, by their shortest names."""
    names = imported - clicks(folder)
    others = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - OWN
    return {name for name in others if is_library(name)} | (names & HEAVY)


def is_library(name: str) -> bool:
    """Whether there is such a package: Python tells of those, too, that it looked for in vain."""
    return not name.startswith("_") and importlib.util.find_spec(name) is not None


def vault_imports(
    folder: Path, *args: str, environ: Mapping[str, str] | None = None
) -> tuple[str, set[str], bool]:
    """Run the real program: what it prints, what it imports, and whether the domain is part."""
    out, imported = start(folder, ["-m", "vaulttool", *args], environ)
    return out, counted(folder, imported), DOMAIN in imported


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["--help", "--lang", "ru"]])
def test_help_imports_nothing(tmp_path: Path, args: list[str]) -> None:
    out, imported, domain = vault_imports(tmp_path, *args)
    assert "vault" in out
    assert imported == set()
    assert not domain


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("vault ", "\n".join(f"plain,{name}" for name in COMMANDS)),
        ("vault w", "plain,why\nplain,watch"),
        ("vault --for", "plain,--format"),
        ("vault --lang ", "plain,en\nplain,ru"),
        ("vault --vault x", "dir,x"),
        ("vault due --w", "plain,--within"),
        ("vault check --le", "plain,--level"),
        ("vault log Anna --via ema", "plain,email"),
        ("vault list --sort d", "plain,due"),
        ("vault nothing-such", ""),
    ],
)
def test_completion_imports_nothing(tmp_path: Path, words: str, completed: str) -> None:
    place = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    out, imported, domain = vault_imports(tmp_path, environ={**SHELL, **place})
    assert out.rstrip("\n") == completed
    assert imported == set()
    assert not domain


@pytest.mark.parametrize("words", ["vault why an", "vault log Anna b", "vault add Anna circle=reg"])
def test_names_are_completed_without_the_domain(tmp_path: Path, words: str) -> None:
    place = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    _out, imported, domain = vault_imports(tmp_path, environ={**SHELL, **place})
    assert imported <= {"hashlib", "tomllib"}  # to find the vault and its cache
    assert not domain


@pytest.mark.parametrize("command", COMMANDS)
def test_the_options_of_a_command_need_no_library(tmp_path: Path, command: str) -> None:
    """Neither its help nor their completion: no parser, no table, nothing that watches."""
    place = {"COMP_WORDS": f"vault {command} --vau", "COMP_CWORD": "2"}
    out, imported, _domain = vault_imports(tmp_path, environ={**SHELL, **place})
    assert out == "plain,--vault\n"
    assert imported <= {*HEAVY}
    out, imported, _domain = vault_imports(tmp_path, command, "--help")
    assert f"vault {command}" in out
    assert imported <= {*HEAVY}


PLAIN = {
    "People/Anna.md": "---\nevery: 1 week\n---\n[[Note]]\n\n## Log\n\n- 2026-11-03 call #boat\n",
    "Note.md": "# A list\n\n- one\n- two\n",
}
NOTES = {
    "People/Anna.md": "---\nevery: &often 1 week\ntimezone: Asia/Tokyo\n---\n- 2026-11-03 call\n",
    "Daily/2026-11-05.md": "Lunch with [[Anna]] #coffee\n\nSee [this](Anna.md).\n",
    "Notes/Odd.md": "Setext\n===\n\n<div>\n[[Anna]]\n</div>\n",
}


class TestDue:
    ASKED = ("--today", TODAY, "due", "--print")

    def test_everyday_notes_need_no_parser(self, tmp_path: Path) -> None:
        write_files(tmp_path / "vault", {".obsidian/app.json": "{}", **PLAIN})
        out, imported, _domain = vault_imports(tmp_path, "--vault", "vault", *self.ASKED)
        assert "1 contact" in out
        assert imported <= DUE

    def test_notes_that_are_known_need_none_either(self, tmp_path: Path) -> None:
        write_files(tmp_path / "vault", {".obsidian/app.json": "{}", **NOTES})
        time.sleep(YOUNG)  # a note that was just written is not kept
        asked = ("--vault", "vault", *self.ASKED)
        cold, to_read, _domain = vault_imports(tmp_path, *asked)
        warm, known, _domain = vault_imports(tmp_path, *asked, "--within", "7 days")
        assert warm == cold
        assert "Anna           8 days over (every week)" in warm
        assert to_read - DUE <= TO_READ
        assert {"yaml", "markdown_it"} <= to_read
        assert known <= DUE

    def test_an_answer_that_is_known_needs_next_to_nothing(self, tmp_path: Path) -> None:
        write_files(tmp_path / "vault", {".obsidian/app.json": "{}", **PLAIN})
        time.sleep(YOUNG)
        asked = ("-m", "vaulttool", "--vault", "vault", *self.ASKED)
        first, _imported = start(tmp_path, asked)
        second, imported = start(tmp_path, asked)
        assert second == first
        own = {name for name in imported if name.partition(".")[0] == "vaulttool"}
        assert own <= {"vaulttool", "vaulttool.cli", "vaulttool.vault"} | ANSWERED
        assert not {"click", "dataclasses", "json", "zoneinfo"} & imported

    def test_the_example_vault_needs_no_table_of_rich(self, tmp_path: Path) -> None:
        _out, imported, _domain = vault_imports(tmp_path, "--vault", str(EXAMPLE), *self.ASKED)
        assert not {"rich", "pygments", "watchdog", "filelock", "platformdirs"} & imported
