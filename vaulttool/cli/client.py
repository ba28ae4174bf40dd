"""Asking a watch that runs: it has the notes at hand, and answers as the command would."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from vaulttool import __version__
from vaulttool.cli.words import only_reads, value_of

PATIENCE = 5.0  # seconds
MOST = 1 << 16  # bytes of a question
ENVIRONMENT = ("VAULT_TODAY", "LC_ALL", "LC_MESSAGES", "LANG")
"""What of the environment an answer depends on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def ask(args: list[str]) -> Answer | None:
    """Ask a watch of the vault; None where there is none, or it does not answer."""
    if not only_reads(args) or not hasattr(os, "fork"):
        return None
    from vaulttool.errors import VaultError
    from vaulttool.vault.locate import find_vault, socket_file

    try:
        root = find_vault(value_of(args, "--vault"), os.environ, Path.cwd())
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
