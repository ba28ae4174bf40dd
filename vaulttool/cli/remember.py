"""Running a command, and remembering what it printed where that lasts: see `start.py`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from vaulttool.cli.app import App
from vaulttool.cli.main import run
from vaulttool.vault.answers import MOST, keep_answer
from vaulttool.vault.stamp import Stamp, is_young

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from vaulttool.cli.start import Question
    from vaulttool.vault.listing import Folder


class _Copying:
    """A stream, and what was written to it, as far as it may be kept."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._parts: list[str] = []
        self._size = 0

    def write(self, text: str) -> int:
        """Write it, and keep it."""
        written = self._stream.write(text)
        if self._size <= MOST:
            self._parts.append(text)
            self._size += len(text)
        return written

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is the stream's own
        return getattr(self._stream, name)

    @property
    def copy(self) -> str | None:
        """All that was written; None for more than is kept."""
        return "".join(self._parts) if self._size <= MOST else None


def run_and_remember(words: list[str], asked: Question) -> int:
    """Run a command over files that were just listed."""
    app = App(folders=asked.folders)
    out, err = _Copying(sys.stdout), _Copying(sys.stderr)
    sys.stdout, sys.stderr = out, err  # as good as text streams
    try:
        code = run(words, app)
    finally:
        sys.stdout, sys.stderr = out._stream, err._stream  # noqa: SLF001 - its own
    lasts = code == 0 and app.is_lasting and not _is_any_young(asked.folders, asked.asked_at)
    if lasts and asked.key and out.copy is not None and err.copy is not None and asked.is_same():
        keep_answer(asked.file, asked.key, out.copy, err.copy)
    return code


def _is_any_young(folders: Sequence[Folder], now: float) -> bool:
    """Whether a file could still change, and the listing would not tell."""
    stamps = (stamp for one in folders for stamp in one.stamps_by_name().values())
    return any(is_young(Stamp(*stamp), now) for stamp in stamps)
