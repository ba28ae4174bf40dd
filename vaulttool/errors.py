"""Exceptions: only for when a command cannot go on. Anything less is a `Problem`."""

from __future__ import annotations

import errno
from typing import ClassVar

from vaulttool.message import Message, msg

NO_FILE = 0  # the code, which no system has, of a pipe or a device
_REASONS = {
    errno.EACCES: msg("Permission denied"),
    errno.EBUSY: msg("Device or resource busy"),
    errno.EDQUOT: msg("Disk quota exceeded"),
    errno.EEXIST: msg("File exists"),
    errno.EFBIG: msg("File too large"),
    errno.EIO: msg("Input/output error"),
    errno.EISDIR: msg("Is a directory"),
    errno.ELOOP: msg("Too many levels of symbolic links"),
    errno.EMFILE: msg("Too many open files"),
    errno.ENAMETOOLONG: msg("File name too long"),
    errno.ENOENT: msg("No such file or directory"),
    errno.ENOSPC: msg("No space left on device"),
    errno.ENOTDIR: msg("Not a directory"),
    errno.EPERM: msg("Operation not permitted"),
    errno.EROFS: msg("Read-only file system"),
    NO_FILE: msg("not a regular file"),
}


def reason_of(error: OSError) -> Message:
    """Why the system refused, in words that have a translation where they are well known."""
    known = None if error.errno is None else _REASONS.get(error.errno)
    if known and known.text == error.strerror:
        return known
    return Message("{why}", {"why": error.strerror or str(error)})  # it may say more


class VaultError(Exception):
    """The command failed; `message` says what was expected, found, and what to do."""

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "failed"

    def __init__(self, message: Message, **details: object) -> None:
        super().__init__(message.text)
        self.message = message
        self.details = details  # further keys of the error in JSON


class UsageError(VaultError):
    """The command was called in a way that cannot be meant."""

    exit_code = 2
    code = "usage"


class VaultNotFoundError(VaultError):
    """No vault where one was looked for."""

    code = "no_vault"


class UnknownNameError(VaultError):
    """No contact answers to a name."""

    code = "unknown_name"


class AmbiguousNameError(VaultError):
    """Several contacts answer to a name; `candidates` lists them."""

    exit_code = 4
    code = "ambiguous_name"


class RefusedError(VaultError):
    """Going on would risk the user's text."""

    exit_code = 4
    code = "refused"


class ChangedError(RefusedError):
    """A file changed between reading and writing; nothing was written."""

    code = "changed"
