"""The system calls that writing is made of, one method each.

The protocol in `write.py` touches files through these alone. So a test can let every single
call fail, let the process die after any of them, or let an editor save between two.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import functools
import os
import stat
import sys
import time
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
# Whether a name can be looked up in a folder that is open; not on Windows.
_CAN_HOLD = {os.open, os.stat, os.mkdir, os.link, os.rename, os.unlink} <= os.supports_dir_fd
_CURRENT_FOLDER = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE, linux/fs.h
# What a file system answers that cannot exchange two names.
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})


class System:
    """The calls as the system makes them; each raises `OSError`.

    Names in a folder that is held are looked up in that very folder. What its path leads to
    by then is not asked: somebody may have put a link there.
    """

    _held: Mapping[Path, int] = MappingProxyType({})  # the descriptors of folders

    @contextlib.contextmanager
    def hold(self, folder: Path) -> Iterator[None]:
        """Hold a folder, which must not be a link; where the system cannot, paths must do."""
        if folder in self._held or not _CAN_HOLD:
            yield
            return
        descriptor = self._open(folder, os.O_RDONLY | os.O_DIRECTORY)
        before, self._held = self._held, {**self._held, folder: descriptor}
        try:
            yield
        finally:
            self._held = before
            os.close(descriptor)

    def _at(self, path: Path) -> tuple[Path | str, int | None]:
        """A name and the folder that it is looked up in, where that is held; else the path."""
        folder = self._held.get(path.parent)
        return (path, None) if folder is None else (path.name, folder)

    def _open(self, path: Path, flags: int) -> int:
        name, folder = self._at(path)
        return os.open(name, flags | _NOFOLLOW | _BINARY, 0o600, dir_fd=folder)

    @contextlib.contextmanager
    def _reading(self, path: Path) -> Iterator[int]:
        descriptor = self._open(path, os.O_RDONLY | _NONBLOCK)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def open_new(self, path: Path) -> int:
        """Open a file that is not there yet, for its owner alone."""
        return self._open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)

    def open_old(self, path: Path) -> int:
        """Open a file for reading; never through a link, never waiting for a pipe."""
        return self._open(path, os.O_RDONLY | _NONBLOCK)

    def open_end(self, path: Path) -> int:
        """Open a file of the tool's own for adding to its end."""
        return self._open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)

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
        name, folder = self._at(path)
        return os.stat(name, dir_fd=folder, follow_symlinks=False)

    def copy_attributes(self, source: Path, target: Path) -> None:
        """Give a file the mode, and as far as may be the owner and attributes, of another."""
        with self._reading(source) as old, self._reading(target) as new:
            status, made = os.fstat(old), os.fstat(new)
            owner = status.st_uid, status.st_gid
            if hasattr(os, "chown") and owner != (made.st_uid, made.st_gid):
                _try(lambda: os.chown(new, *owner))
            for name in os.listxattr(old) if hasattr(os, "listxattr") else ():
                _try(functools.partial(_copy_attribute, old, new, name))
        self._chmod(target, stat.S_IMODE(status.st_mode))  # last: a change of owner clears bits

    def set_mode(self, path: Path, mode: int) -> None:
        """Set a file's mode."""
        self._chmod(path, mode)

    def _chmod(self, path: Path, mode: int) -> None:
        name, folder = self._at(path)
        os.chmod(name, mode, dir_fd=folder)

    def exchange(self, one: Path, other: Path) -> bool:
        """Let two files change their names in one step; False where the system cannot."""
        call = _renameat2()
        if call is None:
            return False
        if call(*_encoded(*self._at(one)), *_encoded(*self._at(other)), _EXCHANGE) == 0:
            return True
        code = ctypes.get_errno()
        if code in _CANNOT:
            return False
        raise OSError(code, os.strerror(code), str(other))

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, in one step."""
        (old, old_folder), (new, new_folder) = self._at(source), self._at(target)
        os.replace(old, new, src_dir_fd=old_folder, dst_dir_fd=new_folder)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; fails where that is taken."""
        (old, old_folder), (new, new_folder) = self._at(source), self._at(target)
        os.link(old, new, src_dir_fd=old_folder, dst_dir_fd=new_folder, follow_symlinks=False)

    def unlink(self, path: Path) -> None:
        """Take a name away."""
        name, folder = self._at(path)
        os.unlink(name, dir_fd=folder)

    def make_folder(self, path: Path, mode: int) -> None:
        """Make a folder and those above it, where they are not there, all with one mode.

        Each outlasts a power cut: what is put into it would be gone with it.
        """
        for folder in (*reversed(path.parents), path):
            name, parent = self._at(folder)
            if _is_folder(name, parent):
                continue
            try:
                os.mkdir(name, mode, dir_fd=parent)
            except FileExistsError:  # another run was quicker
                if not _is_folder(name, parent):
                    raise
            self.sync_folder(folder.parent)

    def sync_folder(self, path: Path) -> None:
        """Make new names last through a power cut, where the system can."""
        if path in self._held:
            os.fsync(self._held[path])
            return
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
        name, folder = self._at(path)
        return os.access(name, os.W_OK, dir_fd=folder)

    def touch(self, path: Path) -> None:
        """Say that a file changed now."""
        name, folder = self._at(path)
        os.utime(name, dir_fd=folder)

    def umask(self) -> int:
        """What new files are denied."""
        umask = os.umask(0)
        os.umask(umask)
        return umask

    def exists(self, path: Path) -> bool:
        """Whether there is such a file."""
        name, folder = self._at(path)
        try:
            os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            return False
        return True

    def unique(self) -> str:
        """A name that nobody else uses."""
        return f"{os.getpid()}-{os.urandom(4).hex()}"

    def wait(self, seconds: float) -> None:
        """Let others work."""
        time.sleep(seconds)


def _is_folder(name: Path | str, parent: int | None) -> bool:
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=parent).st_mode)
    except OSError:
        return False


def _copy_attribute(source: int, target: int, name: str) -> None:
    os.setxattr(target, name, os.getxattr(source, name))


def _try(step: Callable[[], object]) -> None:
    """Do what only some users and systems may; a note is not refused for it."""
    try:
        step()
    except OSError:
        return


def _encoded(name: Path | str, folder: int | None) -> tuple[int, bytes]:
    """A name and its folder, as the system's own calls want them."""
    return _CURRENT_FOLDER if folder is None else folder, os.fsencode(name)


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


@contextlib.contextmanager
def held(system: System, root: Path, folder: Path, *, make: bool = False) -> Iterator[None]:
    """Hold a folder of the vault and all above it, from the root down: none may be a link.

    Folders that are not there are made where that is wanted.
    """
    path = root
    with contextlib.ExitStack() as stack:
        for part in ("", *folder.relative_to(root).parts):
            path /= part
            if make:
                system.make_folder(path, 0o777)
            stack.enter_context(system.hold(path))
        yield


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
