"""What a shell is told when a name is begun."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any, get_args

import click
import pytest

from tests.conftest import clean_environment
from tests.table import cases
from vaulttool.cli.completing import NAMED, NameType, completions
from vaulttool.cli.filters import SORTS
from vaulttool.cli.main import COMMANDS, cli
from vaulttool.people.finding import SortKey
from vaulttool.vault.vocabulary import VOCABULARY, keep_words, known_words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

PEOPLE = {
    "People/Anna Petrova.md": "---\naliases: [Anya]\n---\n",
    "People/Anna Maria Lang.md": "",
    "People/Пётр Алёшин.md": "",
    "People/Boris.md": "",
}

PLACES = {
    "People/Anna.md": "---\ncity: New York\ncircle: key\ntags: [person, swim/sea]\n"
    "interests: [chess]\n---\nOn [[Piano lessons]].\n",
    "People/Boris.md": "---\ncity: [Newark, Łódź]\ncompany: O'Hara & Sons\n"
    "circle: book club\n---\n",
    "Topics/Piano lessons.md": "",
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
    ("words", "expected"),
    [
        ("vault list --place new", [r"New\ York", "Newark"]),
        ("vault list --place łod", ["Łódź"]),
        ("vault find x --company o", [r"O\'Hara\ \&\ Sons"]),
        ("vault list --circle ''", [r"book\ club", "key"]),
        ("vault list --topic ''", ["chess", r"Piano\ lessons"]),
        ("vault list --due --tag sw", ["swim/sea"]),
        ("vault list --sort d", ["due"]),
        ("vault list --place = new", [r"New\ York", "Newark"]),
        ("vault list --place =", [r"New\ York", "Newark", "Łódź"]),
        ("vault set an circle = bo", [r"book\ club"]),
        ("vault set an круг = bo", [r"book\ club"]),
        ("vault set an circle = reg", ["regular"]),
        ("vault set an stage = lo", ["long-term"]),
        ("vault set an city = new", [r"New\ York", "Newark"]),
        ("vault set an prefers = ema", ["email"]),
        ("vault set an names = an", [""]),
        ("vault set an chan", [""]),
        ("vault set an circle=bo", [r"circle=book\ club"]),
        ("vault set an every = week circle=bo", [r"circle=book\ club"]),
        ("vault set an bo", ["boundaries=", "boundary="]),
        ("vault set an кр", ["круг="]),
        ("vault set Anna Petr", ["Petrova"]),
        ("vault add Greta stag", ["stage="]),
        ("vault add Greta circle = ke", ["key"]),
        ("vault log an --via ema", ["email"]),
        ("vault log an --via зво", ["звонок"]),
        ("vault set an every = 2", [""]),
        ("vault list --so", ["--sort"]),
        ("vault log an --to c", ["contact"]),
        ("vault log an --vi", ["--via"]),
    ],
)
def test_filters_and_options_in_bash(
    shell: dict[str, Any], vault: MakeVault, run: Run, words: str, expected: list[str]
) -> None:
    root = vault(PLACES)
    run("--vault", root, "contacts")
    environ = {**shell["env"], "VAULT_DIR": str(root)}
    bash = shutil.which("bash") or pytest.skip("no bash")
    done = subprocess.run(
        [bash, "-c", BASH.format(words=words)], check=True, **{**shell, "env": environ}
    )
    assert done.stdout.splitlines() == expected


HOSTILE = ("$(touch pwned)", "`touch pwned`", "; touch pwned", "* ? [a-z]", "O'Connor", 'A "B" \\')


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_no_name_means_anything_to_bash(
    shell: dict[str, Any], vault: MakeVault, run: Run, tmp_path: Path, quote: str
) -> None:
    """What bash is told is typed for the user: it runs what stands there unquoted."""
    names = [f"Zed {name}" for name in HOSTILE]
    root = vault({"People/Anna.md": f"---\naliases: {json.dumps(names)}\n---\n"})
    run("--vault", root, "contacts")
    environ = {**shell["env"], "VAULT_DIR": str(root)}
    bash = shutil.which("bash") or pytest.skip("no bash")
    begun = f"\\{quote}Zed" if quote else "Zed"
    done = subprocess.run(
        [bash, "-c", BASH.format(words=f"vault why {begun}")],
        check=True,
        **{**shell, "env": environ},
    )
    told = done.stdout.splitlines()
    typed = "; ".join(f"printf '%s\\n' \"$(printf '%s ' {quote}{one}{quote})\"" for one in told)
    shown = subprocess.run(
        [bash, "-c", typed], check=True, cwd=tmp_path, capture_output=True, text=True
    )
    assert sorted(map(str.rstrip, shown.stdout.splitlines())) == sorted(names)
    assert not (tmp_path / "pwned").exists()
    assert not (root / "pwned").exists()


def test_a_name_of_several_lines_is_not_completed(
    shell: dict[str, Any], vault: MakeVault, run: Run
) -> None:
    root = vault({"People/Anna.md": "", "People/An\nplain,reboot.md": ""})
    run("--vault", root, "contacts")
    place = {"COMP_WORDS": "vault\nwhy\nan", "COMP_CWORD": "2", "VAULT_DIR": str(root)}
    environ = {**shell["env"], **place, "_VAULT_COMPLETE": "bash_complete"}
    done = subprocess.run(["vault"], check=True, **{**shell, "env": environ})
    told = done.stdout.splitlines()
    assert "plain,Anna" in told
    assert "plain,reboot" not in told


def test_the_scripts_for_shells_are_clicks_own_but_for_quoting() -> None:
    from vaulttool.cli import shells

    bash, fish = shells.QuotingBash.source_template, shells.WholeFish.source_template
    assert "read -r type value" in bash
    assert bash.count('COMPREPLY+=("$value")') == 2
    assert "compopt -o nospace" in bash
    assert 'string split -m 1 ","' in fish


def test_sorting_is_completed_as_it_is_done() -> None:
    assert get_args(SortKey) == SORTS


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


def test_the_programs_other_name_is_completed_too(shell: dict[str, Any]) -> None:
    place = {"COMP_WORDS": "vaulttool why bor", "COMP_CWORD": "2"}
    for asked, expected in (("bash_source", "_vaulttool_completion()"), ("bash_complete", "Boris")):
        environ = {**shell["env"], **place, "_VAULTTOOL_COMPLETE": asked}
        done = subprocess.run(["vault"], check=True, **{**shell, "env": environ})
        assert expected in done.stdout


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
    assert known_words(file, "names") == sorted(
        ["Anna Maria Lang", "Anna Petrova", "Anya", "Boris", "Пётр Алёшин"]
    )
    (root / "People/Boris.md").rename(root / "People/Vera.md")
    run("--vault", root, "contacts")
    assert "Vera" in known_words(file, "names")
    assert "Boris" not in known_words(file, "names")
    file.write_bytes(b"vaulttool words\nwhatever")
    assert known_words(file, "names") == []


def test_they_are_written_only_where_they_changed(
    tmp_path: Path, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaulttool.people.agenda import read_people
    from vaulttool.vault.store import read_vault

    people = read_people(read_vault(vault(PEOPLE)))
    keep_words(tmp_path / "names", people)
    monkeypatch.setattr("vaulttool.vault.vocabulary.write_parts", None)
    keep_words(tmp_path / "names", people)
