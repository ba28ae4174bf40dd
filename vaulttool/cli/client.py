"""Asking a watch that runs: it has the notes at hand, and answers as the command would."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vaulttool import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

PATIENCE = 5.0  # seconds
MOST = 1 << 16  # bytes of a question
ENVIRONMENT = ("VAULT_TODAY", "LC_ALL", "LC_MESSAGES", "LANG")
"""What of the environment an answer depends on."""

_TAKE_A_VALUE = frozenset({"--vault", "--today", "--lang", "--format"})
_READ_ONLY = frozenset({"why", "contacts", "interactions", "tags", "notes", "plan", "tune"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def may_be_asked(args: Iterable[str]) -> bool:
    """Whether a command only reads, and reads what a watch has at hand."""
    words = list(args)
    command = _command(words)
    only_reads = command in _READ_ONLY or (command == "due" and "--print" in words)
    return (
        only_reads
        and not {"--files", "--verbose", "-v"}.intersection(words)
        and not any(word.startswith("--as-of") for word in words)
    )


def _command(words: list[str]) -> str:
    """The command: the first word that is no option, nor the value of one."""
    is_value = False
    for word in words:
        if not is_value and not word.startswith("-"):
            return word
        is_value = word in _TAKE_A_VALUE
    return ""


def ask(args: list[str]) -> Answer | None:
    """Ask a watch of the vault; None where there is none, or it does not answer."""
    if not may_be_asked(args) or not hasattr(os, "fork"):
        return None
    from vaulttool.errors import VaultError
    from vaulttool.vault.locate import find_vault, socket_file

    try:
        root = find_vault(_value(args, "--vault"), os.environ, Path.cwd())
        file = socket_file(os.environ, root)
        if not file.is_socket():
            return None
        return _exchange(file, root, args)
    except (OSError, ValueError, KeyError, TypeError, VaultError):
        return None  # the command itself says what is wrong


def _exchange(file: Path, root: Path, args: list[str]) -> Answer | None:
    import socket

    environ = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    question = {"version": __version__, "vault": str(root), "args": args, "environ": environ}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(os.fspath(file))
        connection.sendall(json.dumps(question).encode() + b"\n")
        parts: list[bytes] = []
        while part := connection.recv(1 << 16):
            parts.append(part)
    answer = json.loads(b"".join(parts))
    return Answer(int(answer["code"]), str(answer["out"]), str(answer["err"]))


def _value(args: list[str], name: str) -> str | None:
    """The value of an option, before or after the command."""
    for index, arg in enumerate(args):
        if arg == name and index + 1 < len(args):
            return args[index + 1]
        if arg.startswith(f"{name}="):
            return arg.partition("=")[2]
    return None
