"""`vault` alone: today's list in a vault, and how to begin elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import TODAY, tree_hash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run


def test_in_a_vault_it_shows_the_list_of_today(run: Run, example: Path) -> None:
    before = tree_hash(example)
    alone = run("--vault", example, "--today", TODAY)
    assert alone.out == run("--vault", example, "--today", TODAY, "due", "--print").out
    assert "Reach out to" in alone.out
    assert tree_hash(example) == before


def test_elsewhere_it_says_how_to_begin(run: Run) -> None:
    for lang, words in (("en", "This folder is no vault"), ("ru", "Эта папка")):
        said = run("--lang", lang).out
        assert words in said
        assert all(f"vault {word}" in said for word in ("init", "--help"))


def test_a_vault_that_is_not_there_is_an_error(run: Run) -> None:
    assert "names no folder" in run("--vault", "nowhere", code=2).err


def test_its_options_are_those_of_the_list(run: Run, example: Path) -> None:
    said = run("--vault", example, "--today", TODAY, "--format", "json").json
    assert said["date"] == TODAY
