"""What the guides and recipes tell people to paste can be pasted, and does what is said."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from tests.conftest import TODAY, clean_environment
from vaulttool.cli.main import COMMANDS, cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import MakeVault, Run

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(path: Path, lang: str) -> list[str]:
    return [text for name, text in FENCE.findall(path.read_text("utf-8")) if name == lang]


def everywhere(lang: str) -> list[object]:
    return [
        pytest.param(text, id=f"{path.relative_to(ROOT).as_posix()}:{number}")
        for path in PAGES
        for number, text in enumerate(blocks(path, lang), start=1)
    ]


@pytest.mark.parametrize("text", everywhere("toml"))
def test_settings_are_toml(text: str) -> None:
    assert tomllib.loads(text)


@pytest.mark.parametrize("text", everywhere("yaml"))
def test_properties_and_bases_are_yaml(text: str) -> None:
    assert list(yaml.safe_load_all(text))


@pytest.mark.parametrize("text", everywhere("ini"))
def test_units_are_ini(text: str) -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    assert parser.sections()


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
@pytest.mark.parametrize("text", everywhere("sh"))
def test_scripts_are_shell(text: str) -> None:
    subprocess.run(["bash", "-n", "-c", text], check=True)


# --- The program in them -------------------------------------------------------------------


def typed(path: Path) -> Iterator[list[str]]:
    """The commands that a page tells to type, up to what the shell does with them."""
    for text in [*blocks(path, ""), *blocks(path, "sh")]:
        for line in re.findall(r"^(?:exec )?vault (.*)$", text, re.MULTILINE):
            yield shlex.split(re.split(r" [|>&#]|  ", line)[0], comments=True)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_command_that_is_told_is_there_with_its_options(path: Path) -> None:
    common = {name for param in cli.params for name in param.opts} | {"--help", "-h"}
    for words in typed(path):
        named = [word for word in words if word in COMMANDS]
        assert named or set(words) & common, words
        command = cli.get_command(click.Context(cli), named[0]) if named else None
        own = {name for param in command.params for name in param.opts} if command else set()
        options = {word.partition("=")[0] for word in words if re.match("--?[a-z]", word)}
        assert options <= common | own, words


@pytest.fixture
def path_with_vault(tmp_path: Path, home: Path) -> dict[str, str]:
    """An environment in which `vault` is the program of this source tree."""
    program = tmp_path / "bin/vault"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m vaulttool "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    clean = clean_environment(os.environ, home)
    path = f"{program.parent}{os.pathsep}{clean['PATH']}"
    return {**clean, "PATH": path, "VAULT_TODAY": TODAY}


needs_sh = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")


@needs_sh
def test_a_table_of_another_program_becomes_notes(
    vault: MakeVault, run: Run, path_with_vault: dict[str, str]
) -> None:
    page = DOCS / "first-day-crm.md"
    (script,) = blocks(page, "python")
    (table,) = blocks(page, "text")
    root = vault({"contacts.csv": table, "People/Boris Lang.md": "A note of mine.\n"})
    for _again in range(2):
        subprocess.run(
            [sys.executable, "-c", script], cwd=root, env=path_with_vault, check=True,
            capture_output=True,
        )  # fmt: skip
    found = {
        item["name"]: item for item in run("--vault", root, "contacts", "--format", "json").json
    }
    assert set(found) == {"Anna Petrova", "Boris Lang", "Мария Ильина"}
    assert found["Anna Petrova"]["every"] == "2 weeks"
    assert found["Anna Petrova"]["last_contact"] == "2026-10-27"
    assert (root / "People/Boris Lang.md").read_text("utf-8") == "A note of mine.\n"


@needs_sh
def test_a_status_bar_shows_who_is_first(
    example: Path, path_with_vault: dict[str, str], home: Path
) -> None:
    (home / "Notes").symlink_to(example)
    first, *_others = (
        text for text in blocks(DOCS / "recipes.md", "sh") if "vault --vault ~/Notes due" in text
    )
    done = subprocess.run(
        ["bash", "-c", first], env=path_with_vault, check=True, capture_output=True, text=True
    )
    assert done.stdout == "Hana Sato\n"


@needs_sh
def test_a_hook_of_git_stops_what_cannot_be_read(
    vault: MakeVault, path_with_vault: dict[str, str]
) -> None:
    root = vault({"People/Anna.md": "---\nbirthday: 31.02\n---\n"})
    hook = next(text for text in blocks(DOCS / "recipes.md", "sh") if "vault check" in text)
    command = ["bash", "-c", hook]
    assert subprocess.run(command, cwd=root, env=path_with_vault, check=False).returncode == 3
    (root / "People/Anna.md").write_text("---\nbirthday: 28.02\n---\n", "utf-8")
    assert subprocess.run(command, cwd=root, env=path_with_vault, check=False).returncode == 0


# --- What the guides say of the diary ------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("first-day-new", {"Anna Petrova": True, "Boris Lang": False}),
        ("first-day-ru", {"Мария Ильина": True, "Борис Ланг": False, "Анна Петрова": False}),
    ],
)
def test_the_lines_of_a_diary_count_as_the_guides_say(
    vault: MakeVault, run: Run, name: str, people: dict[str, bool]
) -> None:
    diary = next(
        text for text in blocks(DOCS / f"{name}.md", "markdown") if text.count("[[") == len(people)
    )
    notes = {f"People/{person}.md": "" for person in people}
    root = vault({**notes, "2026-11-19.md": diary})
    options = ("--vault", root, "--today", TODAY, "--format", "json")
    for person, counts in people.items():
        (evidence,) = run("why", person, *options).json["evidence"]
        assert evidence["counts"] is counts, person


def test_the_russian_guide_shows_the_block_as_it_is_written(vault: MakeVault, run: Run) -> None:
    text = (DOCS / "first-day-ru.md").read_text("utf-8")
    note = "---\nкруг: ключевой\n---\n## Лог\n- 03.11.2026 звонок\n"
    root = vault({"Люди/Мария Ильина.md": note})
    run("--vault", root, "--today", TODAY, "due")
    lines = (root / f"{TODAY}.md").read_text("utf-8").splitlines()
    shown = re.findall(r"^- \[ \] .*$", text, re.MULTILINE)
    assert shown
    assert all(any(line.startswith(start) for line in lines) for start in shown)
    assert "## На связи" in lines
