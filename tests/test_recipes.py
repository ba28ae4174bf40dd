"""What the guides and recipes tell people to paste can be pasted, and does what is said."""

from __future__ import annotations

import configparser
import csv
import io
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
    from subprocess import CompletedProcess

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


def as_spreadsheets_save(table: str, separator: str) -> bytes:
    """A table with another separator, and with the mark that “CSV UTF-8” begins with."""
    saved = io.StringIO()
    csv.writer(saved, delimiter=separator).writerows(csv.reader(io.StringIO(table)))
    return saved.getvalue().encode("utf-8-sig")


@needs_sh
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_another_program_becomes_notes(
    separator: str, vault: MakeVault, run: Run, path_with_vault: dict[str, str]
) -> None:
    page = DOCS / "first-day-crm.md"
    (script,) = blocks(page, "python")
    (table,) = blocks(page, "text")
    saved = as_spreadsheets_save(table, separator)
    root = vault({"contacts.csv": saved, "People/Boris Lang.md": "A note of mine.\n"})
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
    assert "tags:\n  - contact\n  - work\n  - chess\n" in (
        root / "People/Anna Petrova.md"
    ).read_text("utf-8")
    assert (found["Мария Ильина"]["every"], found["Мария Ильина"]["stage"]) == (
        "3 months",
        "established",
    )
    assert (root / "People/Boris Lang.md").read_text("utf-8") == "A note of mine.\n"


needs_jq = pytest.mark.skipif(not shutil.which("jq"), reason="no jq")
MARTIN = "King, Jr., Martin"
NOBODY: dict[str, str] = {}
SOMEBODY = {f"People/{MARTIN}.md": "---\nevery: 1 week\n---\n## Log\n- 2026-10-01 call\n"}


def paste(text: str, environment: dict[str, str]) -> CompletedProcess[str]:
    """Run what a page tells to paste into a shell."""
    return subprocess.run(
        ["bash", "-c", text], env=environment, check=True, capture_output=True, text=True
    )


def recipe(part: str, lang: str = "sh") -> str:
    """The one block of the recipes that holds a text."""
    (text,) = (text for text in blocks(DOCS / "recipes.md", lang) if part in text)
    return text


@needs_sh
@needs_jq
@pytest.mark.parametrize(("notes", "shown"), [(NOBODY, ""), (SOMEBODY, MARTIN)])
def test_a_status_bar_shows_who_is_first(
    notes: dict[str, str],
    shown: str,
    vault: MakeVault,
    path_with_vault: dict[str, str],
    home: Path,
) -> None:
    (home / "Notes").symlink_to(vault(notes))
    assert paste(recipe('.due[0].name // ""'), path_with_vault).stdout == f"{shown}\n"
    in_tmux = re.search(r"#\((.*)\)", recipe("status-right", "text"))
    assert in_tmux
    assert paste(in_tmux[1], path_with_vault).stdout.strip() == shown


@pytest.mark.skipif(sys.platform != "linux", reason="xdg-open")
@needs_jq
@pytest.mark.parametrize(("notes", "opened"), [(NOBODY, 0), (SOMEBODY, 1)])
def test_a_hotkey_opens_the_note_of_who_is_first(
    notes: dict[str, str],
    opened: int,
    vault: MakeVault,
    path_with_vault: dict[str, str],
    tmp_path: Path,
    home: Path,
) -> None:
    (home / "Notes").symlink_to(vault(notes))
    addresses = tmp_path / "opened"
    opener = tmp_path / "bin/xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" >> "{addresses}"\n', "utf-8")
    opener.chmod(0o755)
    paste(recipe(".due[0].path"), {**path_with_vault, "DISPLAY": ":0"})
    shown = addresses.read_text("utf-8").splitlines() if addresses.is_file() else []
    assert len(shown) == opened
    assert all(address.endswith("King%2C%20Jr.%2C%20Martin.md") for address in shown)


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


# --- What the guides tell to type ----------------------------------------------------------


@pytest.mark.parametrize(("name", "lang"), [("first-day-new", "en"), ("first-day-ru", "ru")])
def test_a_guide_can_be_followed_in_an_empty_folder(
    name: str, lang: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "notes"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setenv("VAULT_TODAY", TODAY)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    guide = DOCS / f"{name}.md"
    told = [words for words in typed(guide) if words[0] in COMMANDS]
    assert ["init"] in told
    assert ["due"] in told
    for words in told:
        run("--lang", lang, *words)
    lines = (root / f"Daily/{TODAY}.md").read_text("utf-8").splitlines()
    shown = re.findall(r"^- \[ \] .*$", guide.read_text("utf-8"), re.MULTILINE)
    assert all(any(line.startswith(start) for line in lines) for start in shown)
    assert ("## На связи" if lang == "ru" else "## Keep in touch") in lines


WRITERS = {
    name
    for name in COMMANDS
    for param in cli.get_command(click.Context(cli), name).params  # type: ignore[union-attr]
    if "--dry-run" in param.opts
}


@pytest.mark.parametrize(
    ("page", "begin", "end"),
    [
        ("README.md", "**What it writes**", "More in"),
        ("docs/safety.md", "## What is written", "## The way of a write"),
        ("docs/first-day.md", "## What it writes", "[Safety]"),
        ("docs/first-day-ru.md", "## Что программа пишет", "## Вперемешку"),
    ],
)
def test_every_command_that_writes_is_listed(page: str, begin: str, end: str) -> None:
    listed = (ROOT / page).read_text("utf-8").split(begin)[1].split(end)[0]
    named = set(re.findall(r"`(?:vault )?([a-z]+)[` ]", listed))
    assert {"due", "mentions", "check", "watch"} < WRITERS
    assert WRITERS - {"forget"} - named == set()  # the journal's own, and no note's
