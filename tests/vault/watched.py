"""A `System` that is told of every call before it is made."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

from vaulttool.vault.system import System

CALLS = frozenset(name for name in vars(System) if not name.startswith("_"))
SCALE = int(os.environ.get("VAULT_TEST_SCALE", "1"))
SHARED_MEMORY = Path("/dev/shm")


class Watched(System):
    """The calls of the system; `before` hears of each."""

    exchanges = True  # whether names can be exchanged
    links = True  # whether a file can have a second name

    def __getattribute__(self, name: str) -> Any:
        call = super().__getattribute__(name)
        return functools.partial(self._hear, name, call) if name in CALLS else call

    def _hear(self, name: str, call: Any, *args: Any) -> Any:
        self.before(name, *args)
        return call(*args)

    def before(self, name: str, *args: Any) -> None:
        """What happens just before a call."""

    def exchange(self, one: Path, other: Path) -> bool:
        return self.exchanges and super().exchange(one, other)

    def link(self, source: Path, target: Path) -> None:
        if not self.links:
            raise PermissionError(1, "Operation not permitted")
        super().link(source, target)


def texts(root: Path) -> dict[str, bytes]:
    """All files of a vault, hidden ones too."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def is_hidden(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".syncthing.")


def let_grace_pass(root: Path, state: Path) -> None:
    """Let what was put aside be an hour old: nobody writes into it any more."""
    for folder in (root, state / "aside"):
        for path in folder.rglob(".syncthing.*"):
            os.utime(path, (path.stat().st_mtime - 3600,) * 2)
