"""Reading one file into a note; whatever is odd about it becomes a problem."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from vaulttool.markdown.note import read_note, title_of
from vaulttool.message import msg
from vaulttool.model import Note, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from vaulttool.message import Message
    from vaulttool.model import Severity

MAX_NOTE = 5 * 1024 * 1024  # bytes


def read_bytes(file: Path) -> bytes:
    """Read a regular file; raises `OSError`, also for what is none and would block."""
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "not a regular file")
        return opened.read()


def load_note(root: Path, path: str) -> tuple[Note, bool]:
    """Read a note of the vault; also say whether its lines end as on Windows."""
    try:
        size = (root / path).stat().st_size
        data = read_bytes(root / path) if size <= MAX_NOTE else b""
    except OSError as error:
        message = msg("the note cannot be read: {why}", why=error.strerror or str(error))
        return _named_only(path, _problem("unreadable", "error", path, message)), False
    if size > MAX_NOTE:
        message = msg("the note is larger than 5 MB: only its name is known")
        return _named_only(path, _problem("too-large", "warning", path, message)), False
    text, problems = decode(data, path)
    return read_note(path, text, problems), b"\r\n" in data


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Decode a note's bytes; what is no UTF-8 is replaced, and said."""
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        line = data.count(b"\n", 0, error.start) + 1
        message = msg("not valid UTF-8: the note is read as far as possible, and never written")
        problems.append(_problem("not-utf8", "error", path, message, line))
    if data.startswith(b"\xef\xbb\xbf"):
        message = msg("begins with a byte order mark; it is kept")
        problems.append(_problem("byte-order-mark", "info", path, message, 1))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        message = msg("holds NUL bytes: was it damaged?")
        problems.append(_problem("nul-bytes", "warning", path, message, line))
    return text, problems


def _named_only(path: str, problem: Problem) -> Note:
    return Note(path, title_of(path), problems=(problem,))


def _problem(
    code: str, severity: Severity, path: str, message: Message, line: int | None = None
) -> Problem:
    return Problem(code, severity, path, line, message)
