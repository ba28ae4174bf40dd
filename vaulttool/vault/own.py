"""Files in the tool's own folder of caches: replaced as a whole, for nobody else to read."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


_HOUR = 3600.0  # seconds; no run takes so long


class Replacement:
    """A new file that is being written beside the one whose place it is to take."""

    def __init__(self, file: Path) -> None:
        """Begin it; raises `OSError`."""
        self._file = file
        self._temporary = file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
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


def clear_unfinished(file: Path, now: float) -> None:
    """Delete what killed runs left; `now` in seconds."""
    with contextlib.suppress(OSError):
        for one in file.parent.glob(f"{file.name}.*"):
            if one.stat().st_mtime < now - _HOUR or _has_ended(one.name.split(".")[1]):
                one.unlink()


def _has_ended(process: str) -> bool:
    """Whether a process of this number is known to run no more."""
    if os.name != "posix" or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def discard(folder: Path) -> None:
    """Delete the caches of a vault."""
    for file in folder.glob("*"):
        file.unlink()
