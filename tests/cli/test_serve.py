"""`vault watch --serve`: the same answers, from the live index."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import EXAMPLE, TODAY, clean_environment, needs_posix, tree_hash
from vaulttool import __version__
from vaulttool.cli.client import ask
from vaulttool.cli.serve import Server
from vaulttool.cli.words import only_reads
from vaulttool.errors import VaultError
from vaulttool.vault.locate import socket_file

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = needs_posix

QUESTIONS = (
    ("due", "--print"),
    ("due", "--print", "--all"),
    ("why", "hana"),
    ("why", "nobody at all"),
    ("contacts",),
    ("interactions", "anna"),
    ("tags",),
    ("notes",),
    ("plan",),
    ("tune",),
    ("tune", "--lang", "ru"),
    ("brief", "boris"),
    ("brief", "hana"),
    ("list", "--circle", "key", "--topic", "career"),
    ("find", "lumen"),
    ("promises", "--within", "7d"),
    ("occasions", "--lang", "ru"),
    ("awaiting", "--all"),
    ("drifting",),
    ("due", "--print", "--nope"),
)


class Machine:
    """A home with a vault in it, and the real program."""

    def __init__(self, folder: Path, runtime: str) -> None:
        self.vault = folder / "vault"
        shutil.copytree(EXAMPLE, self.vault)
        self.environ = {
            **clean_environment(os.environ, folder),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "XDG_RUNTIME_DIR": runtime,
            "TZ": "UTC",
        }
        self.socket = socket_file(self.environ, self.vault)
        self.watch: subprocess.Popen[str] | None = None

    def command(self, *args: str) -> list[str]:
        return [sys.executable, "-m", "vaulttool", "--vault", str(self.vault), *args]

    def run(self, *args: str) -> tuple[int, str, str]:
        command = self.command("--today", TODAY, *args, "--format", "json")
        done = subprocess.run(
            command, env=self.environ, capture_output=True, text=True, check=False, timeout=60
        )
        return done.returncode, done.stdout, done.stderr

    def serve(self) -> None:
        self.watch = subprocess.Popen(
            self.command("watch", "--serve", "--print", "--json-lines"),
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.watch.stdout
        assert json.loads(self.watch.stdout.readline())["event"] == "ready"
        while not self.socket.is_socket():
            time.sleep(0.01)

    def ask(self, question: dict[str, object]) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(30)
            connection.connect(str(self.socket))
            connection.sendall(json.dumps(question).encode() + b"\n")
            parts = []
            while part := connection.recv(1 << 16):
                parts.append(part)
        found: dict[str, Any] = json.loads(b"".join(parts))
        return found

    def stop(self) -> None:
        if self.watch:
            self.watch.terminate()
            self.watch.wait(timeout=30)
            assert self.watch.stdout
            self.watch.stdout.close()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="run") as runtime:  # a socket's path has to be short
        made = Machine(tmp_path, runtime)
        yield made
        made.stop()


def test_the_answers_are_those_of_the_commands(machine: Machine) -> None:
    alone = [machine.run(*args) for args in QUESTIONS]
    machine.serve()
    assert stat.S_IMODE(machine.socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(machine.socket.parent.stat().st_mode) == 0o700
    assert [machine.run(*args) for args in QUESTIONS] == alone
    machine.stop()
    assert not machine.socket.exists()


def test_an_answer_knows_what_was_saved_just_now(machine: Machine) -> None:
    machine.serve()
    for number in range(3):
        note = machine.vault / "People/Hana Sato.md"
        note.write_text(note.read_text("utf-8") + f"- 2026-11-1{number} call: {number}\n", "utf-8")
        time.sleep(0.1)
        _code, out, _err = machine.run("why", "hana")
        assert json.loads(out)["evidence"][0]["text"] == str(number)


def test_a_socket_that_nobody_listens_on_is_no_hindrance(machine: Machine) -> None:
    machine.serve()
    assert machine.watch
    machine.watch.kill()
    machine.stop()
    assert machine.socket.exists()
    assert machine.run("contacts")[0] == 0
    machine.serve()  # and a new watch takes its place
    assert machine.run("contacts")[0] == 0


def test_two_watches_do_not_serve_one_vault(machine: Machine) -> None:
    machine.serve()
    command = machine.command("watch", "--serve", "--print")
    done = subprocess.run(
        command, env=machine.environ, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "another watch serves this vault already" in done.stderr


@pytest.mark.parametrize(
    ("args", "may"),
    [
        (["due", "--print", "--format", "json"], True),
        (["--format", "json", "why", "anna"], True),
        (["due", "--format", "json"], False),  # it writes
        (["log", "anna", "contacts"], False),
        (["links", "--format", "json"], False),  # it reads excluded notes, too
        (["due", "--print", "--as-of", "2026-01-01"], False),
        (["due", "--print", "--as-of=2026-01-01"], False),
        (["forget", "contacts"], False),  # a person of this name
        (["--vault", "contacts", "undo"], False),
        (["--format", "json", "--vault=a", "contacts"], True),
        (["undo"], False),
        ([], False),
    ],
)
def test_only_what_reads_is_asked(args: list[str], may: bool) -> None:
    assert only_reads(args) is may


class Listening:
    """A server in this process, answered by hand."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder / "a.sock", lambda: None)
        self.server.start()

    def send(self, data: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            connection.connect(str(self.server.file))
            connection.sendall(data)
            for _ in range(50):
                self.server.answer(Path("/nowhere"), _no_snapshot)
                time.sleep(0.02)
            return connection.recv(1 << 16)


def _no_snapshot() -> Any:
    raise AssertionError("nothing was to be read")


@pytest.mark.parametrize(
    "question",
    [
        {},
        [],
        "due",
        {"args": ["contacts"]},
        {"version": "0", "args": ["contacts"]},
        {"version": __version__, "args": ["log", "anna", "hello"]},
        {"version": __version__, "args": ["due"]},
        {"version": __version__, "args": "contacts"},
        {"version": __version__, "args": ["contacts", "--vault", "/elsewhere"]},
        {"version": __version__, "vault": "/elsewhere", "args": ["contacts", "--vault=x"]},
        {"version": __version__},
    ],
)
def test_a_question_that_must_not_be_asked_has_no_answer(tmp_path: Path, question: object) -> None:
    listening = Listening(tmp_path)
    assert listening.send(json.dumps(question).encode() + b"\n") == b"{}"
    listening.server.stop()


@pytest.mark.parametrize("data", [b"{\n", b"\xff\n", b"[" * 5000 + b"\n", b"x" * (1 << 17)])
def test_what_is_no_question_ends_the_talk(tmp_path: Path, data: bytes) -> None:
    listening = Listening(tmp_path)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        assert listening.send(data) == b""
    assert listening.send(b"{}\n") == b"{}"  # and others can be begun
    listening.server.stop()


def test_a_question_that_trickles_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaulttool.cli.serve.SLOW", 0.3)
    listening = Listening(tmp_path)
    with socket.socket(socket.AF_UNIX) as slow:
        slow.connect(str(listening.server.file))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for _ in range(50):
                slow.sendall(b"[")
                time.sleep(0.1)
            pytest.fail("it is still listened to")
    assert listening.send(b"{}\n") == b"{}"
    listening.server.stop()


def test_the_answer_is_in_the_language_of_the_one_who_asks(machine: Machine) -> None:
    machine.environ["LANG"] = "en_US.UTF-8"
    machine.serve()
    english, russian = (
        error_of(machine, {"LANG": lang}) for lang in ("en_US.UTF-8", "ru_RU.UTF-8")
    )
    assert english != russian
    assert "контакт" in russian
    assert error_of(machine, {"LANG": "a\0b"}) == error_of(machine, {})
    assert error_of(machine, {"LANG": "en_US.UTF-8"}) == english


def error_of(machine: Machine, environ: dict[str, str]) -> str:
    """What is said where nobody has a name."""
    args = ["why", "nobody at all", "--format", "json"]
    answer = machine.ask({"version": __version__, "args": args, "environ": environ})
    return str(json.loads(answer["err"])["error"]["message"])


def test_nothing_is_written_for_somebody_who_asks(machine: Machine) -> None:
    """Though the words of the question look as if it only read."""
    machine.serve()
    before = tree_hash(machine.vault)
    args = ["due", "--lang", "--print", "--lang", "en", "--today", TODAY]
    for words in (args, ["--today", TODAY, "due", "--within", "--print"]):
        assert machine.ask({"version": __version__, "args": words})["code"] != 0
    assert tree_hash(machine.vault) == before


def test_where_many_notes_have_vanished_the_command_reads_the_vault_itself(
    machine: Machine,
) -> None:
    machine.serve()
    shutil.rmtree(machine.vault / "People")
    alone = machine.run("contacts")
    assert machine.ask({"version": __version__, "args": ["contacts", "--format", "json"]}) == {}
    machine.stop()
    assert alone == machine.run("contacts")
    assert alone[0] == 0


def test_a_server_that_never_answers_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr("vaulttool.cli.client.PATIENCE", 0.2)
    file = socket_file(os.environ, root)
    file.parent.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(file))
        silent.listen()
        assert ask(["--vault", str(root), "contacts", "--format", "json"]) is None


def test_a_server_stops_with_its_thread(tmp_path: Path) -> None:
    before = threading.active_count()
    server = Server(tmp_path / "a.sock", lambda: None)
    server.start()
    with pytest.raises(VaultError):
        Server(tmp_path / "a.sock", lambda: None).start()
    server.stop()
    for _ in range(50):
        if threading.active_count() == before:
            break
        time.sleep(0.05)
    assert threading.active_count() == before
