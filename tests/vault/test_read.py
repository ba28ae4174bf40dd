"""Reading one file: whatever is odd about it becomes a problem, and nothing stops."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.vault.read import MAX_SIZE, decode, load_note, read_bytes
from vaulttool.vault.store import read_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault

PERSON = b"---\ncircle: key\n---\n\n[[Career]]\n"


def found(root: Path, path: str = "a.md") -> list[tuple[str, str, int | None]]:
    note, _windows = load_note(root, path)
    return [(problem.code, problem.severity, problem.line) for problem in note.problems]


def test_a_plain_note_has_no_problems(vault: MakeVault) -> None:
    root = vault({"a.md": PERSON})
    note, windows = load_note(root, "a.md")
    assert (note.problems, windows) == ((), False)
    assert [(item.key, item.line) for item in note.properties] == [("circle", 2)]
    assert [(link.target, link.line) for link in note.links] == [("Career", 5)]


def test_windows_line_ends_are_read_and_said_once_a_vault(vault: MakeVault) -> None:
    crlf = PERSON.replace(b"\n", b"\r\n")
    root = vault({"a.md": crlf, "b.md": crlf, "c.md": PERSON})
    note, windows = load_note(root, "a.md")
    assert windows
    assert [(item.key, item.line) for item in note.properties] == [("circle", 2)]
    assert [(link.target, link.line) for link in note.links] == [("Career", 5)]
    (problem,) = read_vault(root).problems
    assert (problem.code, problem.severity, problem.path) == ("crlf", "info", "a.md")
    assert problem.message.values["n"] == 2


def test_a_byte_order_mark_hides_nothing(vault: MakeVault) -> None:
    root = vault({"a.md": b"\xef\xbb\xbf" + PERSON})
    assert found(root) == [("byte-order-mark", "info", 1)]
    assert load_note(root, "a.md")[0].properties[0].key == "circle"


def test_nul_bytes_are_named_with_their_line(vault: MakeVault) -> None:
    root = vault({"a.md": PERSON + b"damaged: \0\0\0\n"})
    assert found(root) == [("nul-bytes", "warning", 6)]
    assert load_note(root, "a.md")[0].links


def test_invalid_utf8_is_read_as_far_as_possible(vault: MakeVault) -> None:
    root = vault({"a.md": PERSON + "Прив".encode() + b"\xd0\n"})
    assert found(root) == [("not-utf8", "error", 6)]
    assert load_note(root, "a.md")[0].links


def test_a_huge_note_is_known_by_name_only(vault: MakeVault) -> None:
    root = vault({"a.md": b"[[Career]]\n" * (MAX_SIZE // 11 + 1), "b.md": "[[a]]"})
    note, _windows = load_note(root, "a.md")
    assert found(root) == [("too-large", "warning", None)]
    assert (note.title, note.links) == ("a", ())
    assert read_vault(root).resolve("a", "b.md") == "a.md"


def test_a_note_of_five_megabytes_is_read(vault: MakeVault) -> None:
    line = b"x" * 1023 + b"\n"
    root = vault({"a.md": line * (MAX_SIZE // 1024 - 1) + b"\n" * 1014 + b"[[Career]]"})
    assert (root / "a.md").stat().st_size == MAX_SIZE
    assert found(root) == []
    assert [link.target for link in load_note(root, "a.md")[0].links] == ["Career"]


def test_an_unreadable_note_is_known_by_name_only(
    vault: MakeVault, no_access: Callable[[Path], None]
) -> None:
    root = vault({"a.md": PERSON, "b.md": "[[a]]"})
    no_access(root / "a.md")
    assert found(root) == [("unreadable", "error", None)]
    assert read_vault(root).resolve("a", "b.md") == "a.md"


def test_a_note_that_vanished_is_a_problem(vault: MakeVault) -> None:
    assert found(vault(), "gone.md") == [("unreadable", "error", None)]


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFOs")
def test_a_fifo_does_not_block(vault: MakeVault) -> None:
    root = vault()
    os.mkfifo(root / "a.md")
    with pytest.raises(OSError, match="not a regular file"):
        read_bytes(root / "a.md")
    assert found(root) == [("unreadable", "error", None)]


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    text, problems = decode(data, "a.md")
    lines = data.count(b"\n") + 1
    assert all(problem.line and 1 <= problem.line <= lines for problem in problems)
    assert (text.encode() == data) == ("not-utf8" not in {problem.code for problem in problems})


def test_progress_is_told_of_every_note(vault: MakeVault) -> None:
    told: list[tuple[int, int]] = []
    read_vault(vault({"a.md": "", "b.md": ""}), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
