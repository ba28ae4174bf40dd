"""What a shell is told when a name is begun."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import click
import pytest

from tests.conftest import clean_environment
from tests.table import cases
from vaulttool.cli.completing import NAMED, NameType, completions
from vaulttool.cli.main import COMMANDS, cli
from vaulttool.vault.vocabulary import VOCABULARY, keep_names, known_names

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

PEOPLE = {
    "People/Anna Petrova.md": "---\naliases: [Anya]\n---\n",
    "People/Anna Maria Lang.md": "",
    "People/Пётр Алёшин.md": "",
    "People/Boris.md": "",
}


@cases("completing")
def test_names(given: str, expected: str) -> None:
    names, _line, typed = given.partition("\n---\n")
    *before, incomplete = typed.strip("|").split(" ")
    assert "\n".join(completions(names.split("\n"), before, incomplete)) == expected


def test_each_command_that_takes_names_completes_them() -> None:
    ctx = click.Context(cli)
    commands = {name: cli.get_command(ctx, name) for name in COMMANDS}
    taking = {
        name
        for name, command in commands.items()
        for param in command.params  # type: ignore[union-attr] # all of them are there
        if isinstance(param.type, NameType)
    }
    assert taking == NAMED


@pytest.fixture
def shell(tmp_path: Path, home: Path, vault: MakeVault, run: Run) -> dict[str, Any]:
    """What a shell needs to find the program and a vault that was read before."""
    root = vault(PEOPLE)
    run("--vault", root, "contacts")
    program = tmp_path / "bin/vault"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vaulttool "$@"\n')
    program.chmod(0o755)
    clean = clean_environment(os.environ, home)
    path = os.pathsep.join([str(program.parent), clean["PATH"]])
    environ = {**clean, "PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)}
    return {"env": {**environ, "VAULT_DIR": str(root)}, "capture_output": True, "text": True}


BASH = """
source <(_VAULT_COMPLETE=bash_source vault)
COMP_WORDS=({words})
COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_vault_completion vault "${{COMP_WORDS[-1]}}" ""
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("vault why an", ["Anna Maria Lang", "Anna Petrova", "Anya"]),
        ("vault why Anna P", ["Petrova"]),
        ("vault log Anna Maria ''", ["Lang"]),
        ("vault log петр", ["Пётр Алёшин"]),
        ("vault log АЛЕШ", ["Пётр Алёшин"]),
        ("vault why bor", ["Boris"]),
        ("vault --lang ru why bor", ["Boris"]),
        ("vault why nobody", [""]),
        ("vault due an", [""]),
        ("vault wh", ["why"]),
    ],
)
def test_in_bash(shell: dict[str, Any], words: str, expected: list[str]) -> None:
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("no bash")
    done = subprocess.run([bash, "-c", BASH.format(words=words)], check=True, **shell)
    assert done.stdout.splitlines() == expected
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("kind", "place", "expected"),
    [
        ("zsh", {"COMP_WORDS": "vault why bor", "COMP_CWORD": "2"}, ["plain", "Boris", "_"]),
        ("fish", {"COMP_WORDS": "vault why bor", "COMP_CWORD": "bor"}, ["plain,Boris"]),
    ],
)
def test_what_other_shells_are_told(
    shell: dict[str, Any], kind: str, place: dict[str, str], expected: list[str]
) -> None:
    environ = {**shell["env"], "_VAULT_COMPLETE": f"{kind}_complete", **place}
    done = subprocess.run(["vault"], check=True, **{**shell, "env": environ})
    assert done.stdout.split("\n")[: len(expected)] == expected


def test_without_a_vault_there_is_nothing_to_complete(shell: dict[str, Any]) -> None:
    place = {"COMP_WORDS": "vault why an", "COMP_CWORD": "2", "_VAULT_COMPLETE": "bash_complete"}
    environ = {**shell["env"], **place, "VAULT_DIR": "/nothing/here"}
    done = subprocess.run(["vault"], check=True, **{**shell, "env": environ})
    assert done.stdout.strip() == ""
    assert done.stderr == ""


def test_the_names_follow_the_vault(run: Run, home: Path, vault: MakeVault) -> None:
    root = vault(PEOPLE)
    run("--vault", root, "contacts")
    [file] = (home / ".cache/vaulttool").glob(f"*/{VOCABULARY}")
    assert known_names(file) == sorted(
        ["Anna Maria Lang", "Anna Petrova", "Anya", "Boris", "Пётр Алёшин"]
    )
    (root / "People/Boris.md").rename(root / "People/Vera.md")
    run("--vault", root, "contacts")
    assert "Vera" in known_names(file)
    assert "Boris" not in known_names(file)
    file.write_bytes(b"vaulttool words\nwhatever")
    assert known_names(file) == []


def test_they_are_written_only_where_they_changed(
    tmp_path: Path, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaulttool.people.agenda import read_people
    from vaulttool.vault.store import read_vault

    people = read_people(read_vault(vault(PEOPLE)))
    keep_names(tmp_path / "names", people)
    monkeypatch.setattr("vaulttool.vault.vocabulary.write_parts", None)
    keep_names(tmp_path / "names", people)
