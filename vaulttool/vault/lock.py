"""One run of the tool at a time."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import filelock

from vaulttool.errors import VaultError
from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vaulttool.vault.system import System

LOCK = "lock"  # the name of its file, in the state folder
LOCK_TIMEOUT = 30.0  # seconds to wait for another run
_PAUSE = 0.05  # seconds between two attempts


@contextlib.contextmanager
def alone(system: System, state: Path) -> Iterator[None]:
    """Keep other runs out; raises `VaultError` where one of them stays too long.

    A file is locked, and the folder that it lies in: the file can be deleted by hand while it
    is held, and whoever makes it anew waits for the folder.
    """
    try:
        with filelock.FileLock(state / LOCK, LOCK_TIMEOUT, mode=0o600), _locked(system, state):
            yield
    except filelock.Timeout:
        raise _busy() from None


@contextlib.contextmanager
def _locked(system: System, folder: Path) -> Iterator[None]:
    """Lock a folder, where the system can.

    Windows opens no folders, and deletes no file that is held; on some shares a folder cannot
    be locked. There the file must do.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, descriptor)
            waited = 0.0
            while not filelock.lock_descriptor(descriptor, blocking=False):
                if waited > LOCK_TIMEOUT:
                    raise _busy()
                system.wait(_PAUSE)
                waited += _PAUSE
        yield


def _busy() -> VaultError:
    return VaultError(msg("another run of vault is writing into this vault; try again in a moment"))
