"""The one way in which files are written.

A change carries the bytes that it was computed from. It is written to a temporary file
in the same folder, under a name that Obsidian and sync tools skip, and put in place in
one step, only if the file still holds those bytes.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import ChangedError, RefusedError, VaultError
from vaulttool.message import msg
from vaulttool.vault.read import read_bytes
from vaulttool.vault.walk import is_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after; `before` is None where the file is new."""

    path: str
    before: bytes | None
    after: bytes


def diff(changes: Iterable[Change]) -> str:
    """Show changes as a unified diff."""
    return "".join(line for change in changes for line in _diff(change))


def _diff(change: Change) -> Iterator[str]:
    before = (change.before or b"").decode("utf-8", "replace").splitlines(keepends=True)
    after = change.after.decode("utf-8", "replace").splitlines(keepends=True)
    old = f"a/{change.path}" if change.before is not None else "/dev/null"
    for line in difflib.unified_diff(before, after, old, f"b/{change.path}"):
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def apply(root: Path, changes: Iterable[Change]) -> list[str]:
    """Write changes; gives the paths that were written. What changes nothing is not written.

    Raises `RefusedError` where a path leaves the vault or may not be written,
    `ChangedError` where a file is no longer what the change was computed from, and
    `VaultError` with the note's name for what the system refuses.
    """
    wanted = [change for change in changes if change.before != change.after]
    for change in wanted:  # all of them first: half of what was meant is worse than nothing
        _named(_check, root, change)
    for change in wanted:
        _named(_create if change.before is None else _replace, root, change)
    return [change.path for change in wanted]


def _named(write: Callable[[Path, Change], None], root: Path, change: Change) -> None:
    """Let what the system refuses name the note, not the temporary file beside it."""
    try:
        write(root, change)
    except OSError as error:
        why = error.strerror or str(error)
        raise VaultError(
            msg("{path} cannot be written: {why}", path=change.path, why=why)
        ) from error


def check_inside(root: Path, path: str) -> Path:
    """Give the file of a path in the vault; refuses one that leads out of it."""
    parts = path.split("/")
    odd = "\0" in path or "\\" in path or path.startswith("/") or ":" in parts[0]
    if odd or any(not part or part.startswith(".") for part in parts):  # hidden: no part of it
        raise RefusedError(msg("the path {path} leaves the vault", path=path))
    target = root / path
    if not is_within(os.path.realpath(target.parent), os.path.realpath(root)):
        raise RefusedError(msg("the path {path} leaves the vault", path=path))
    return target


def _check(root: Path, change: Change) -> None:
    """Refuse a change that cannot be made safely."""
    target = check_inside(root, change.path)
    try:
        status = target.lstat()
    except (FileNotFoundError, NotADirectoryError):
        status = None
    if (status is None) != (change.before is None):
        raise _changed(change.path)
    if status is None:
        return
    if not stat.S_ISREG(status.st_mode):
        raise RefusedError(msg("{path} is not a regular file", path=change.path))
    if not os.access(target, os.W_OK):
        raise RefusedError(msg("{path} is read-only", path=change.path))
    if read_bytes(target) != change.before:
        raise _changed(change.path)


def _replace(root: Path, change: Change) -> None:
    target = root / change.path
    with _temporary(target, change.after, stat.S_IMODE(target.stat().st_mode)) as temporary:
        _check(root, change)  # again, at the last moment
        temporary.replace(target)
    _sync_folder(target.parent)


def _create(root: Path, change: Change) -> None:
    target = root / change.path
    target.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(target, change.after, 0o666 & ~_umask()) as temporary:
        try:
            os.link(temporary, target)  # unlike a rename it never replaces a file
        except FileExistsError:
            raise _changed(change.path) from None
        except OSError:  # a file system without hard links
            _create_in_place(target, change)
    _sync_folder(target.parent)


def _create_in_place(target: Path, change: Change) -> None:
    try:
        file = target.open("xb")
    except FileExistsError:
        raise _changed(change.path) from None
    try:
        with file:
            file.write(change.after)
    except OSError:
        target.unlink()
        raise


def _changed(path: str) -> ChangedError:
    return ChangedError(
        msg("{path} changed while it was being read: nothing was written; run again", path=path)
    )


@contextlib.contextmanager
def _temporary(target: Path, data: bytes, mode: int) -> Iterator[Path]:
    """A file beside the target that holds the data; it is gone afterwards."""
    # Syncthing skips the prefix, iCloud the suffix, Obsidian the dot.
    temporary = target.with_name(f".syncthing.vault-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
