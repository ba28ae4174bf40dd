"""Files in the tool's own folder of caches: replaced as a whole, for nobody else to read."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_own(file: Path, parts: Iterable[bytes]) -> None:
    """Replace a file; a disk that is full, or cannot be written to, is passed over."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(temporary, flags, 0o600), "wb") as opened:
                opened.writelines(parts)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)


def discard(folder: Path) -> None:
    """Delete the caches of a vault."""
    for file in folder.glob("*"):
        file.unlink()
