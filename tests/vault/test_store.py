"""A vault on disk as one snapshot: notes, canvases, and what the user excludes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.vault.store import read_vault

if TYPE_CHECKING:
    from tests.conftest import MakeVault

CANVAS = '{"nodes": [{"type": "file", "file": "Note.md"}, {"type": "text", "text": "[[a/Note]]"}]}'


def test_links_of_a_canvas_count(vault: MakeVault) -> None:
    root = vault({"x/Board.canvas": CANVAS, "a/Note.md": "", "b.md": "[[Board.canvas]]"})
    snapshot = read_vault(root)
    assert snapshot.resolved["x/Board.canvas"] == (None, "a/Note.md")  # no file is named Note.md
    assert snapshot.backlinks["a/Note.md"] == {"x/Board.canvas"}
    assert snapshot.backlinks["x/Board.canvas"] == {"b.md"}
    assert "x/Board.canvas" not in snapshot.notes


def test_a_file_card_follows_the_file_it_names(vault: MakeVault) -> None:
    root = vault({"Board.canvas": CANVAS, "Note.md": ""})
    snapshot = read_vault(root)
    assert snapshot.resolved["Board.canvas"] == ("Note.md", None)
    assert snapshot.without_note("Note.md").resolved["Board.canvas"] == (None, None)


def test_a_canvas_that_cannot_be_read_is_a_problem(vault: MakeVault) -> None:
    snapshot = read_vault(vault({"Board.canvas": "{", "a.md": "[[Board.canvas]]"}))
    assert [(one.code, one.path) for one in snapshot.problems] == [("bad-canvas", "Board.canvas")]
    assert snapshot.resolved["a.md"] == ("Board.canvas",)


EXCLUDED = {
    ".obsidian/app.json": '{"userIgnoreFilters": ["Archive/"]}',
    "Archive/Old.md": "---\ntags: [old]\n---\n[[New]]",
    "New.md": "[[Old]]",
}


def test_of_an_excluded_note_only_the_links_are_read_and_only_when_asked_for(
    vault: MakeVault,
) -> None:
    root = vault(EXCLUDED)
    snapshot = read_vault(root, excluded=True)
    assert list(snapshot.notes) == ["New.md"]
    assert snapshot.resolved == {"New.md": ("Archive/Old.md",), "Archive/Old.md": ("New.md",)}
    assert read_vault(root).resolved == {"New.md": ("Archive/Old.md",)}
