"""The first hour of three people, replayed as the docs tell it.

One has the example vault, one an empty folder, one notes that were never meant for this tool.
`pytest tests/commands --rewrite` writes what is printed now.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import EXAMPLE, ROOT
from tests.transcript import CONSOLE, executor, hold_page, replay

if TYPE_CHECKING:
    from tests.conftest import Run

FOUND = Path(__file__).parent / "found-vault"
HOURS = {"first-hour-example": EXAMPLE, "first-hour-empty": None, "first-hour-notes": FOUND}


gnu = pytest.mark.skipif(sys.platform != "linux", reason="the commands of a GNU system")


@gnu
@pytest.mark.parametrize("name", HOURS)
def test_an_hour_goes_as_it_is_told(
    name: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
) -> None:
    root = tmp_path / "notes"
    source = HOURS[name]
    if source:
        shutil.copytree(source, root)
    else:
        root.mkdir()
    hold_page(ROOT / f"docs/{name}.md", executor(run, root, monkeypatch), pytestconfig)


@gnu
def test_what_was_found_is_what_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hour with somebody's notes ends with all of it taken back."""
    root = tmp_path / "notes"
    shutil.copytree(FOUND, root)
    execute = executor(run, root, monkeypatch)
    for block in CONSOLE.finditer((ROOT / "docs/first-hour-notes.md").read_text("utf-8")):
        replay(block[2], execute)
    left = {path.relative_to(root): path for path in root.rglob("*") if path.is_file()}
    found = {path.relative_to(FOUND): path for path in FOUND.rglob("*") if path.is_file()}
    new = {path.as_posix() for path in left.keys() - found.keys()}
    settled = {"vaulttool.toml", "Templates/Contact.md", "Contacts.base"}  # by `vault init`
    assert new == {*settled, ".trash/Journal/2026-11-20.md"}
    assert all(left[path].read_bytes() == file.read_bytes() for path, file in found.items())


def test_every_hour_is_replayed_and_told_at_length() -> None:
    pages = sorted((ROOT / "docs").glob("first-hour*.md"))
    assert [page.stem for page in pages] == sorted(HOURS)
    for page in pages:
        shown = "".join(block[2] for block in CONSOLE.finditer(page.read_text("utf-8")))
        assert shown.count("\n$ ") >= 10, page.name
        assert "\n$ vault due\n" in shown, page.name
        assert "\n$ vault undo" in shown, page.name
