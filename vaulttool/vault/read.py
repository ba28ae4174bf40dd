"""Reading one file into a note, or a canvas's links; whatever is odd about it becomes a problem."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from vaulttool.errors import NO_FILE, reason_of
from vaulttool.markdown.canvas import read_canvas
from vaulttool.markdown.conflict import find_conflict
from vaulttool.markdown.note import read_note, title_of
from vaulttool.message import msg
from vaulttool.model import Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vaulttool.message import Message
    from vaulttool.model import Link, Severity

_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
UNREADABLE = "unreadable"
MAX_SIZE = 5 * 1024 * 1024  # bytes


def read_bytes(file: Path | str) -> bytes:
    """Read a regular file; raises `OSError`, also for what would block or is too large."""
    descriptor = os.open(file, os.O_RDONLY | _FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(NO_FILE, "not a regular file")
        if status.st_size > MAX_SIZE:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return _read_to_end(descriptor, status.st_size + 1)
    finally:
        os.close(descriptor)


def _read_to_end(descriptor: int, size: int) -> bytes:
    """Read all of a file, which may be longer by now; a file object would cost twice the time."""
    parts = [os.read(descriptor, size)]
    while parts[-1]:
        parts.append(os.read(descriptor, size))
    return b"".join(parts)


def load_note(root: Path, path: str) -> tuple[Note, bool]:
    """Read a note of the vault; also say whether its lines end as on Windows."""
    data = _load(root, path)
    if isinstance(data, Problem):
        return Note(path, title_of(path), problems=(data,)), False
    return note_of(path, data)


def note_of(path: str, data: bytes) -> tuple[Note, bool]:
    """Read a note's bytes; also say whether its lines end as on Windows."""
    text, problems = decode(data, path)
    return read_note(path, text, problems), b"\r\n" in data


def load_canvas(root: Path, path: str) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """Read the links of a canvas."""
    data = _load(root, path)
    if isinstance(data, Problem):
        return (), (data,)
    return read_canvas(path, data.decode("utf-8", "replace"))


def _load(root: Path, path: str) -> bytes | Problem:
    """Read a file's bytes; of one that is too large, or cannot be read, only the name is known."""
    try:
        return read_bytes(f"{root}/{path}")  # a pathlib.Path would take as long as the reading
    except OSError as error:
        if error.errno == errno.EFBIG:
            message = msg("the file is larger than 5 MB: only its name is known")
            return _problem("too-large", "warning", path, message)
        message = msg("the file cannot be read: {why}", why=reason_of(error))
        return _problem(UNREADABLE, "error", path, message)


def is_unread(problems: Iterable[Problem]) -> bool:
    """Whether a file could not be read: it may be at any moment, and its stamp will not tell."""
    return any(problem.code == UNREADABLE for problem in problems)


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
    if (marker := find_conflict(text)) is not None:
        message = msg("a merge left conflict markers: the note is not written until they are gone")
        problems.append(_problem("conflict-markers", "warning", path, message, marker))
    return text, problems


def _problem(
    code: str, severity: Severity, path: str, message: Message, line: int | None = None
) -> Problem:
    return Problem(code, severity, path, line, message)
