"""`vault watch --serve`: questions of other programs, answered from the live index.

A question is one line of JSON on a Unix socket that only the user can open: the arguments of
a command that reads. The answer is what the command would print. A thread takes questions in;
they are answered between two steps of the watch, so that nothing changes meanwhile.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vaulttool import __version__
from vaulttool.cli.app import App
from vaulttool.cli.client import ENVIRONMENT, MOST
from vaulttool.cli.words import only_reads
from vaulttool.errors import VaultError, reason_of
from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vaulttool.people.agenda import People

SLOW = 2.0  # seconds in which a question has to be asked


@dataclass(slots=True)
class Server:
    """Takes questions in, and answers them when it is told to."""

    file: Path
    wake: Callable[[], None]
    _asked: queue.SimpleQueue[tuple[socket.socket, Any]] = field(default_factory=queue.SimpleQueue)
    _socket: socket.socket | None = None

    def check(self) -> None:
        """Raise `VaultError` where another watch serves this vault."""
        if self.file.is_socket() and _is_alive(self.file):
            raise VaultError(msg("another watch serves this vault already"))

    def start(self) -> None:
        """Begin to listen; raises `VaultError` where that cannot be."""
        self.check()
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.file.is_socket():
            self.file.unlink()  # of a watch that was killed
        before = os.umask(0o177)
        try:
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(os.fspath(self.file))
        except OSError as error:
            raise VaultError(msg("the socket {file} cannot be made: {why}",
                file=str(self.file), why=reason_of(error))) from error  # fmt: skip
        finally:
            os.umask(before)
        listening.listen()
        self._socket = listening
        threading.Thread(target=self._listen, args=(listening,), daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        if self._socket:
            with contextlib.suppress(OSError):
                self.file.unlink()
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)  # the thread waits no more
            self._socket.close()

    def _listen(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:  # it was closed
                return
            try:
                self._asked.put((connection, _read(connection)))
                self.wake()
            except (OSError, ValueError, RecursionError):
                connection.close()

    def answer(self, root: Path, people: Callable[[], People]) -> None:
        """Answer all questions that have come; from the first time on it can be asked."""
        if self._socket is None:
            self.start()
        with contextlib.suppress(queue.Empty):
            while True:
                connection, question = self._asked.get_nowait()
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(SLOW)
                    connection.sendall(json.dumps(_answer(question, root, people)).encode())


def _is_alive(file: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(SLOW)
        try:
            connection.connect(os.fspath(file))
        except OSError:
            return False
    return True


def _read(connection: socket.socket) -> Any:  # noqa: ANN401 - whatever somebody sends
    """Read a question, one line; raises `OSError` or `ValueError` for what is none."""
    end = time.monotonic() + SLOW
    line = b""
    while not line.endswith(b"\n"):
        connection.settimeout(max(end - time.monotonic(), 0.001))
        part = connection.recv(MOST)
        line += part
        if not part or len(line) > MOST:
            raise ValueError
    return json.loads(line)


def _answer(question: Any, root: Path, people: Callable[[], People]) -> dict[str, object]:  # noqa: ANN401 - likewise
    """Run the command in this process; an empty answer for what must not be asked."""
    from vaulttool.cli.main import execute

    if not isinstance(question, dict) or question.get("version") != __version__:
        return {}
    given = question.get("args")
    args = [str(arg) for arg in given] if isinstance(given, list) else []
    names_a_vault = any(arg.startswith("--vault") for arg in args)
    if (names_a_vault and question.get("vault") != str(root)) or not only_reads(args):
        return {}
    try:
        current = people()
    except VaultError:
        return {}  # the command reads the vault itself, and says what it finds
    app = App(_root=root, read_only=True)
    app.follow(lambda: current)
    out, err = io.StringIO(), io.StringIO()
    with (
        _environment(question.get("environ")),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = execute(args, app)
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


@contextlib.contextmanager
def _environment(wanted: object) -> Iterator[None]:
    """Take what an answer depends on from the one who asks."""
    before = {name: os.environ.pop(name, None) for name in ENVIRONMENT}
    try:
        for name in ENVIRONMENT:
            if isinstance(wanted, dict) and name in wanted and "\0" not in str(wanted[name]):
                os.environ[name] = str(wanted[name])
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
