"""Files in the tool's own folder of caches: replaced as a whole, for nobody else to read."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


class Replacement:
    """A new file that is being written beside the one whose place it is to take."""

    def __init__(self, file: Path) -> None:
        """Begin it; raises `OSError`."""
        self._file = file
        self._temporary = file.with_name(f"{file.name}.{os.getpid()}")
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self.data: BinaryIO = os.fdopen(os.open(self._temporary, flags, 0o600), "w+b")

    def take_place(self) -> None:
        """Let it take the place of the file; raises `OSError`."""
        self.data.close()
        self._temporary.replace(self._file)

    def abandon(self) -> None:
        """Leave the file as it is."""
        with contextlib.suppress(OSError):
            self.data.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink()


def discard(folder: Path) -> None:
    """Delete the caches of a vault."""
    for file in folder.glob("*"):
        file.unlink()
