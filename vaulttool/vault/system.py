"""The system calls that writing is made of, one method each.

The protocol in `write.py` touches files through these alone. So a test can let every single
call fail, let the process die after any of them, or let an editor save between two.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_CURRENT_FOLDER = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE, linux/fs.h
# What a file system answers that cannot exchange two names.
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})


class System:
    """The calls as the system makes them; each raises `OSError`."""

    def open_new(self, path: Path) -> int:
        """Open a file that is not there yet, for its owner alone."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY
        return os.open(path, flags, 0o600)

    def open_old(self, path: Path) -> int:
        """Open a file for reading; never through a link, never waiting for a pipe."""
        return os.open(path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _BINARY)

    def open_end(self, path: Path) -> int:
        """Open a file of the tool's own for adding to its end."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _NOFOLLOW | _BINARY
        return os.open(path, flags, 0o600)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of the bytes; gives how many."""
        return os.write(descriptor, data)

    def read(self, descriptor: int, size: int) -> bytes:
        """Read at most so many bytes."""
        return os.read(descriptor, size)

    def fsync(self, descriptor: int) -> None:
        """Wait until what was written lies on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a file."""
        os.close(descriptor)

    def status(self, path: Path) -> os.stat_result:
        """What the system knows of a file, or of a link itself."""
        return path.lstat()

    def copy_attributes(self, source: Path, target: Path) -> None:
        """Give a file the mode, and as far as may be the owner and attributes, of another."""
        status = source.lstat()
        if hasattr(os, "chown") and (status.st_uid, status.st_gid) != _owner(target):
            _try(lambda: os.chown(target, status.st_uid, status.st_gid))
        for name in os.listxattr(source) if hasattr(os, "listxattr") else ():
            _try(functools.partial(_copy_attribute, source, target, name))
        target.chmod(status.st_mode & 0o7777)  # last: a change of owner clears bits

    def set_mode(self, path: Path, mode: int) -> None:
        """Set a file's mode."""
        path.chmod(mode)

    def exchange(self, one: Path, other: Path) -> bool:
        """Let two files change their names in one step; False where the system cannot."""
        call = _renameat2()
        if call is None:
            return False
        done = call(_CURRENT_FOLDER, os.fsencode(one), _CURRENT_FOLDER, os.fsencode(other),
            _EXCHANGE)  # fmt: skip
        if done == 0:
            return True
        code = ctypes.get_errno()
        if code in _CANNOT:
            return False
        raise OSError(code, os.strerror(code), str(other))

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, in one step."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; fails where that is taken."""
        target.hardlink_to(source)

    def unlink(self, path: Path) -> None:
        """Take a name away."""
        path.unlink()

    def make_folder(self, path: Path, mode: int) -> None:
        """Make a folder and those above it, where they are not there, all with one mode.

        Each outlasts a power cut: what is put into it would be gone with it.
        """
        for folder in (*reversed(path.parents), path):
            if not folder.is_dir():
                folder.mkdir(mode, exist_ok=True)
                self.sync_folder(folder.parent)

    def sync_folder(self, path: Path) -> None:
        """Make new names last through a power cut, where the system can."""
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except OSError:  # Windows opens no folders
            return
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def may_write(self, path: Path) -> bool:
        """Whether the user may write a file: a rename asks only the folder."""
        return os.access(path, os.W_OK)

    def touch(self, path: Path) -> None:
        """Say that a file changed now."""
        os.utime(path)

    def umask(self) -> int:
        """What new files are denied."""
        umask = os.umask(0)
        os.umask(umask)
        return umask

    def exists(self, path: Path) -> bool:
        """Whether there is such a file."""
        return os.path.lexists(path)

    def unique(self) -> str:
        """A name that nobody else uses."""
        return f"{os.getpid()}-{os.urandom(4).hex()}"

    def wait(self, seconds: float) -> None:
        """Let others work."""
        time.sleep(seconds)


def _owner(path: Path) -> tuple[int, int]:
    status = path.lstat()
    return status.st_uid, status.st_gid


def _copy_attribute(source: Path, target: Path, name: str) -> None:
    os.setxattr(target, name, os.getxattr(source, name))


def _try(step: Callable[[], object]) -> None:
    """Do what only some users and systems may; a note is not refused for it."""
    try:
        step()
    except OSError:
        return


@functools.cache
def _renameat2() -> Callable[..., int] | None:
    """Linux's call that can exchange two names (renameat2(2)); None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is not None:
        call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p,
            ctypes.c_uint]  # fmt: skip
    return call


def read_file(system: System, path: Path) -> bytes:
    """Read a whole file."""
    descriptor = system.open_old(path)
    try:
        parts: list[bytes] = []
        while part := system.read(descriptor, 1 << 20):
            parts.append(part)
        return b"".join(parts)
    finally:
        system.close(descriptor)


def append(system: System, path: Path, line: bytes) -> None:
    """Add a line to a file, and wait until it lies on the disk.

    Where the file ends within a line, that line is ended first.
    """
    descriptor = system.open_end(path)
    try:
        size = os.fstat(descriptor).st_size
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
            if system.read(descriptor, 1) != b"\n":
                line = b"\n" + line
        _write_all(system, descriptor, line)
        system.fsync(descriptor)
    finally:
        system.close(descriptor)


def _write_all(system: System, descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[system.write(descriptor, rest) :]


def write_new(system: System, path: Path, data: bytes) -> None:
    """Write a new file, and wait until it lies on the disk; a half-written one is taken away."""
    descriptor = system.open_new(path)
    try:
        try:
            _write_all(system, descriptor, data)
            system.fsync(descriptor)
        finally:
            system.close(descriptor)
    except BaseException:
        _try(lambda: system.unlink(path))
        raise
