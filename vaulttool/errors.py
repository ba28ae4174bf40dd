"""Exceptions: only for when a command cannot go on. Anything less is a `Problem`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from vaulttool.message import Message


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
