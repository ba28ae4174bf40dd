"""`vault open`: Obsidian's address, or the editor."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY

if TYPE_CHECKING:
    from tests.conftest import MakeVault, Run

FILES = {"People/Анна & Ко.md": "x"}


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the system was asked to open; nothing is opened."""
    found: list[str] = []

    def launch(address: str) -> int:
        found.append(address)
        return 0

    monkeypatch.setattr("click.launch", launch)
    return found


def test_in_obsidian_where_the_vault_is_its_own(
    run: Run, vault: MakeVault, launched: list[str]
) -> None:
    root = vault(FILES)
    run("--vault", root, "--today", TODAY, "open", "анна")
    (address,) = launched
    assert address.startswith("obsidian://open?path=%2F")
    assert address.endswith("%D0%90%D0%BD%D0%BD%D0%B0%20%26%20%D0%9A%D0%BE.md")


def test_print_gives_the_address_and_opens_nothing(
    run: Run, vault: MakeVault, launched: list[str]
) -> None:
    done = run("--vault", vault(FILES), "open", "анна", "--print")
    assert done.out.startswith("obsidian://open?path=")
    assert launched == []


def test_a_plain_folder_has_no_address_of_obsidian(run: Run, vault: MakeVault) -> None:
    root = vault(FILES, obsidian=False)
    assert run("--vault", root, "open", "анна", "--print").out == (
        (root / "People/Анна & Ко.md").as_uri() + "\n"
    )


def test_a_vault_of_obsidian_whose_folder_was_renamed(
    run: Run, vault: MakeVault, launched: list[str]
) -> None:
    root = vault({**FILES, ".obsidian-phone/app.json": "{}"}, obsidian=False)
    run("--vault", root, "open", "анна")
    assert launched[0].startswith("obsidian://open?path=")


@pytest.mark.parametrize("obsidian", [True, False])
def test_the_editor(
    run: Run,
    vault: MakeVault,
    launched: list[str],
    monkeypatch: pytest.MonkeyPatch,
    obsidian: bool,
) -> None:
    edited: list[tuple[str, str]] = []
    monkeypatch.setattr("click.edit", lambda editor, filename: edited.append((editor, filename)))
    monkeypatch.setenv("EDITOR", "vi")
    root = vault(FILES, obsidian=obsidian)
    run("--vault", root, "open", "анна", *(["--editor"] if obsidian else []))
    assert edited == [("vi", str(root / "People/Анна & Ко.md"))]
    assert launched == []


@pytest.mark.parametrize("editor", ["", " "])
def test_without_an_editor_it_says_what_to_set(
    run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    monkeypatch.setenv("EDITOR", editor)
    done = run("--vault", vault(FILES, obsidian=False), "open", "анна", code=1)
    assert "set $EDITOR" in done.err


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
@pytest.mark.parametrize("editor", ["nonexist", "nonexist --wait", "'vi"])
def test_an_editor_that_is_not_there_is_named(
    run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch, variable: str, editor: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv(variable, editor)
    args = ("--vault", vault(FILES), "open", "анна", "--editor")
    assert run(*args, code=1).err == (
        f"Error: People/Анна & Ко.md cannot be opened: ${variable} names “{editor}”, and there is"
        " no such program; set it to the editor of your choice\n"
    )
    assert "Errno" not in run(*args, "--lang", "ru", code=1).err
    assert run(*args, "--format", "json", code=1).error["code"] == "failed"


def test_an_editor_that_fails_is_named(
    run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" -c "raise SystemExit(3)"')
    error = run("--vault", vault(FILES), "open", "анна", "--editor", code=1).err
    assert error.startswith("Error: People/Анна & Ко.md: the editor “")
    assert error.endswith("” ended with an error\n")
