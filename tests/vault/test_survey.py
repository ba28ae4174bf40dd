"""A vault that is read with few notes in memory gives the people that any reading gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import EXAMPLE, clean_environment, needs_posix, write_files
from vaulttool.people.agenda import read_people
from vaulttool.vault import read
from vaulttool.vault import survey as module
from vaulttool.vault.cache import NOTES, Cache
from vaulttool.vault.kept import PEOPLE, people_of
from vaulttool.vault.own import Replacement
from vaulttool.vault.stamp import YOUNG
from vaulttool.vault.store import read_vault
from vaulttool.vault.survey import LARGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaulttool.people.agenda import People


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def in_two(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let two processes read even the example; tells which notes they read."""
    monkeypatch.setattr(module, "LARGE", 1)
    monkeypatch.setattr(module, "_CHUNK", 10)
    monkeypatch.setattr(module, "_processors", lambda: 2)
    real = module._in_processes
    read: list[str] = []

    def in_processes(*args: Any) -> Iterator[Any]:
        for one in real(*args):
            read.append(one.path)
            yield one

    monkeypatch.setattr(module, "_in_processes", in_processes)
    return read


def people(folder: Path, root: Path = EXAMPLE) -> People:
    return people_of(root, folder / PEOPLE, Cache(folder / NOTES, time.time() + 10 * YOUNG))


def assert_fresh(found: People, root: Path = EXAMPLE) -> None:
    assert found == read_people(read_vault(root))


def test_two_processes_read_what_one_reads(folder: Path, in_two: list[str]) -> None:
    found = people(folder)
    assert sorted(in_two) == sorted(found.snapshot.notes)
    assert_fresh(found)
    in_two.clear()
    (folder / PEOPLE).unlink()
    assert_fresh(people(folder))  # of the notes that they left in the cache
    assert in_two == []


@pytest.mark.parametrize("after", [0, 1, 4])
@pytest.mark.parametrize("error", [BrokenProcessPool, OSError, NotImplementedError])
def test_where_processes_cannot_work_together_the_rest_is_read_by_one(
    folder: Path,
    in_two: list[str],
    monkeypatch: pytest.MonkeyPatch,
    after: int,
    error: type[Exception],
) -> None:
    class Pool:
        def __init__(self, *_args: Any, **_options: Any) -> None:
            if not after:
                raise error

        def map(self, read: Any, chunks: list[list[str]]) -> Iterator[Any]:
            yield from map(read, chunks[:after])
            raise error

        def shutdown(self, **_options: Any) -> None: ...

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", Pool)
    assert_fresh(people(folder))
    assert len(in_two) == 10 * after


@pytest.mark.parametrize("writes", [0, 1, 2, 30, 100])
def test_a_disk_that_is_full(folder: Path, monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    class Full:
        """A file that takes so many writes."""

        def __init__(self, data: Any) -> None:
            self._data, self._left = data, writes

        def write(self, data: bytes) -> int:
            self._left -= 1
            if self._left < 0:
                raise OSError(28, "No space left on device")
            return int(self._data.write(data))

        def __getattr__(self, name: str) -> Any:
            return getattr(self._data, name)

    real = Replacement.__init__

    def begin(self: Replacement, file: Path) -> None:
        real(self, file)
        self.data = Full(self.data)  # type: ignore[assignment] # as good as a file

    monkeypatch.setattr(Replacement, "__init__", begin)
    assert_fresh(people(folder))
    assert not list(folder.glob("*.*"))


def test_an_interruption_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(folder)
    before = (folder / NOTES).read_bytes()
    (folder / PEOPLE).unlink()
    left = iter(range(50))
    real = module._read

    def interrupted(*args: Any) -> Any:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr("vaulttool.vault.cache.code_version", lambda: "newer")
    monkeypatch.setattr(module, "_read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        people(folder)
    assert [file.name for file in folder.iterdir()] == [NOTES]
    assert (folder / NOTES).read_bytes() == before


@needs_posix
def test_an_interrupted_program_says_nothing(tmp_path: Path, vault: MakeVault) -> None:
    root = vault()
    write_files(root, {f"{n}.md": "Some words.\n" * 50 for n in range(LARGE + 2000)})
    environ = {**clean_environment(os.environ, tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    program = subprocess.Popen(
        [sys.executable, "-m", "vaulttool", "--vault", str(root), "due", "--print"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # so that the signal reaches all of its processes, as Ctrl-C does
    )
    cache = tmp_path / ".cache/vaulttool"
    for _ in range(500):
        if [file for file in cache.glob("*/notes.*") if file.stat().st_size]:
            break
        time.sleep(0.01)
    os.killpg(program.pid, signal.SIGINT)
    out, err = program.communicate(timeout=30)
    assert (program.returncode, out, err) == (1, b"", b"\n")
    assert not list(cache.glob("*/*"))


@needs_posix
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_program_leaves_no_process_and_the_next_clears_its_file(
    tmp_path: Path, vault: MakeVault, sent: signal.Signals
) -> None:
    root = vault()
    write_files(root, {f"{n}.md": "Some [[words]].\n" * 50 for n in range(LARGE + 2000)})
    environ = {**clean_environment(os.environ, tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "vaulttool", "--vault", str(root), "due", "--print"]
    program = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, start_new_session=True)
    cache = tmp_path / ".cache/vaulttool"
    for _ in range(500):
        if [file for file in cache.glob("*/notes.*") if file.stat().st_size]:
            break
        time.sleep(0.01)
    program.send_signal(sent)
    program.communicate(timeout=30)  # ends only when no process holds the pipe any more
    assert list(cache.glob("*/notes.*"))
    subprocess.run(command, env=environ, check=True, capture_output=True)
    assert not list(cache.glob("*/notes.*"))


def test_a_note_that_could_not_be_read_is_read_again(
    vault: MakeVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault({"People/Anna.md": "---\nevery: 1 week\n---\n", "People/Boris.md": "x"})
    real = read.read_bytes

    def refused(file: str) -> bytes:
        if "Anna" in str(file):
            raise PermissionError(13, "Permission denied")
        return real(file)

    with monkeypatch.context() as without_right:
        without_right.setattr(read, "read_bytes", refused)
        assert people(folder, root).contacts["People/Anna.md"].every is None
        assert people(folder, root).contacts["People/Anna.md"].every is None
    assert people(folder, root).contacts["People/Anna.md"].every
    assert_fresh(people(folder, root), root)


def test_a_note_that_changes_after_it_was_read(vault: MakeVault, folder: Path) -> None:
    """What is asked of it later fits the note as it is then."""
    root = vault({"People/Anna.md": "[[Boris]]", "People/Boris.md": "x"})
    people(folder, root)
    snapshot = people(folder, root).snapshot
    (root / "People/Anna.md").write_text("[[Nobody]] [[Boris]] [[Anna]]")
    found = [(link.target, path) for link, path in snapshot.links_of("People/Anna.md")]
    assert found == [("Nobody", None), ("Boris", "People/Boris.md"), ("Anna", "People/Anna.md")]
