"""One edit of the tool against one save by an editor, in every order.

The editor's steps fall between the calls that the tool makes of the system. Calls that touch
nothing in the vault are left out: an editor cannot tell when they are made. A second run of
the tool follows at once, and the editor may still be saving then; a third one follows when
the grace time is over. The long form lets the editor read at any moment, too.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.vault.watched import SCALE, SHARED_MEMORY, Watched, let_grace_pass, texts
from vaulttool.errors import RefusedError
from vaulttool.vault.change import Change
from vaulttool.vault.system import read_file
from vaulttool.vault.write import Storage, apply, look_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file has no other name")

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001
OLD = b"one\ntwo\nthree\nfour\n"
TOOL = b"the tool's line\n"
USER = b"the user's line\n"
NEVER = 1_000_000  # a position behind all calls


# --- The editor ---


@dataclass(slots=True)
class Editor:
    """Somebody who adds a line to the note and saves it."""

    note: Path
    at_end: bool  # her line stands where the tool's does: both cannot be merged
    buffer: bytes = b""
    file: int = -1

    def read(self) -> None:
        old = self.note.read_bytes()
        self.buffer = old + USER if self.at_end else USER + old

    def open_emptied(self) -> None:
        self.file = os.open(self.note, os.O_WRONLY | os.O_TRUNC)

    def open(self) -> None:
        self.file = os.open(self.note, os.O_WRONLY)

    def read_and_open_emptied(self) -> None:
        self.read()
        self.open_emptied()

    def write_half(self) -> None:
        os.write(self.file, self.buffer[: len(self.buffer) // 2])

    def write_rest(self) -> None:
        os.write(self.file, self.buffer[len(self.buffer) // 2 :])
        os.close(self.file)

    def write(self) -> None:
        os.ftruncate(self.file, 0)
        os.write(self.file, self.buffer)
        os.close(self.file)

    def rename(self) -> None:
        new = self.note.with_name(".new~")  # nobody sees it before: when it is made is no matter
        new.write_bytes(self.buffer)
        new.replace(self.note)

    def read_and_rename(self) -> None:
        self.read()
        self.rename()


IN_PLACE: dict[str, Sequence[Callable[[Editor], None]]] = {
    "in place": (Editor.open_emptied, Editor.write),
    "in place, text read then": (Editor.read_and_open_emptied, Editor.write),
    "in place, opened first": (Editor.open, Editor.write),
}
RENAME: dict[str, Sequence[Callable[[Editor], None]]] = {
    "rename": (Editor.rename,),
    "rename, text read then": (Editor.read_and_rename,),
}
LONG: dict[str, Sequence[Callable[[Editor], None]]] = {
    "in place, two parts": (Editor.open_emptied, Editor.write_half, Editor.write_rest),
    "in place, two parts, text read then": (
        *(Editor.read_and_open_emptied, Editor.write_half, Editor.write_rest),
    ),
    "in place, read at any time": (Editor.read, Editor.open_emptied, Editor.write),
    "rename, read at any time": (Editor.read, Editor.rename),
}
# Where names cannot be exchanged, the short form tries the editor that loses most.
SOME_IN_PLACE = list(IN_PLACE) if SCALE > 1 else ["in place, opened first"]
EDITORS = {**IN_PLACE, **RENAME, **(LONG if SCALE > 1 else {})}


# --- The orders ---


class Interleaved(Watched):
    """The calls of the tool, with the editor's next steps before chosen ones."""

    def __init__(
        self, root: Path, steps: Sequence[Callable[[], None]], positions: Sequence[int]
    ) -> None:
        self._root = root
        self._waiting = list(zip(positions, steps, strict=True))
        self._files: set[int] = set()
        self.count = 0

    def before(self, name: str, *args: Any) -> None:
        if name == "hold":  # a folder stays what it is, whatever an editor does in it
            return
        in_vault = any(isinstance(arg, Path) and arg.is_relative_to(self._root) for arg in args)
        if in_vault or (args and args[0] in self._files):
            self.let_editor_work()

    @property
    def is_editor_waiting(self) -> bool:
        return bool(self._waiting)

    def let_editor_work(self, *, to_the_end: bool = False) -> None:
        while self._waiting and (to_the_end or self._waiting[0][0] <= self.count):
            self._waiting.pop(0)[1]()
        self.count += 1

    def open_old(self, path: Path) -> int:
        descriptor = super().open_old(path)
        (self._files.add if path.is_relative_to(self._root) else self._files.discard)(descriptor)
        return descriptor

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        self._files.discard(descriptor)  # the number may be given to a file elsewhere

    def status(self, path: Path) -> Any:
        """All files of the vault are of one moment: so no order depends on the machine's speed."""
        status = super().status(path)
        if path.is_relative_to(self._root):
            return SimpleNamespace(st_mode=status.st_mode, st_mtime_ns=0)
        return status

    def open_emptied(self, path: Path) -> int:
        self.let_editor_work()
        return os.open(path, os.O_WRONLY | os.O_TRUNC)


@dataclass(slots=True)
class World:
    """A vault of one note, in one order of events."""

    folder: Path
    exchanges: bool
    links: bool
    root: Path = field(init=False)
    note: Path = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.folder / "vault"
        self.note = self.root / "a.md"

    def run(
        self, tool: Callable[[Storage], None], at_end: bool, editor: str, positions: Sequence[int]
    ) -> tuple[int, set[str]]:
        """Let things happen in one order; gives the tool's calls, and what became of all."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.root.mkdir(parents=True)
        self.note.write_bytes(OLD)
        user = Editor(self.note, at_end)
        user.read()
        steps = [step.__get__(user) for step in EDITORS[editor]]
        system = Interleaved(self.root, steps, positions)
        system.exchanges, system.links = self.exchanges, self.links
        storage = Storage(self.root, self.folder / "state", system)
        found = set()
        try:
            tool(storage)
        except RefusedError:
            found.add("refused")
        if not system.is_editor_waiting and "user's text lost" in self.judge(storage, user.buffer):
            found.add("brought in later")
        look_after(storage, NOW)
        calls = system.count
        system.let_editor_work(to_the_end=True)
        for _ in range(2):  # a late text is brought in by a write that puts a file aside itself
            let_grace_pass(self.root, storage.state)
            look_after(storage, NOW)
        return calls, found | self.judge(storage, user.buffer)

    def judge(self, storage: Storage, saved: bytes) -> set[str]:
        files = texts(self.root)
        visible = [text for path, text in files.items() if "/." not in f"/{path}"]
        found = {"conflict copy"} if len(visible) > 1 else set()
        if not any(holds(text, saved) for text in visible):
            found.add("user's text lost")
        if not any(TOOL in text for text in visible):
            # What was typed before the tool's edit, and saved after it, stands: as in any editor.
            found.add("overwritten" if files["a.md"] == saved else "tool's text lost")
        if len(visible) != len(files) or any((storage.state / "aside").glob("*")):
            found.add("leftover")
        return found

    def all_orders(
        self, tool: Callable[[Storage], None], at_end: bool, editor: str
    ) -> Iterator[tuple[tuple[int, ...], set[str]]]:
        """Every order once: each step at all positions that are left by those before it."""
        steps = len(EDITORS[editor])
        begun: list[tuple[int, ...]] = [()]
        while begun:
            fixed = begun.pop()
            positions = fixed + (NEVER,) * (steps - len(fixed))
            calls, found = self.run(tool, at_end, editor, positions)
            yield positions, found
            if len(fixed) < steps:
                begun += [(*fixed, p) for p in range(fixed[-1] if fixed else 0, calls)]


def holds(text: bytes, saved: bytes) -> bool:
    """Whether all lines of a saved text stand in a text, in their order."""
    lines = iter(text.splitlines())
    return all(line in lines for line in saved.splitlines())


# --- The tools ---


def protocol(storage: Storage) -> None:
    old = read_file(storage.system, storage.root / "a.md")
    apply(storage, [Change("a.md", old, old + TOOL)], "test", NOW)


def write_in_place(storage: Storage) -> None:
    note, system = storage.root / "a.md", storage.system
    assert isinstance(system, Interleaved)
    old = read_file(system, note)
    descriptor = system.open_emptied(note)
    system.let_editor_work()
    system.write(descriptor, memoryview(old + TOOL))
    system.close(descriptor)


def write_and_rename(storage: Storage) -> None:
    note, system = storage.root / "a.md", storage.system
    old = read_file(system, note)
    new = note.with_name(".naive~")
    new.write_bytes(old + TOOL)
    system.replace(new, note)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder in memory, where there is one: nothing here asks what outlasts a power cut."""
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as name:
        yield Path(name) / "world"


def count(world: World, tool: Callable[[Storage], None], at_end: bool, editor: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for _, found in world.all_orders(tool, at_end, editor):
        counts.update(["orders", *found])
    print(f"{editor}, {'same lines' if at_end else 'other lines'}: {dict(counts)}")  # noqa: T201 - seen with -s
    return counts


places = pytest.mark.parametrize("at_end", [False, True], ids=["other lines", "same lines"])
some_places = (
    places if SCALE > 1 else pytest.mark.parametrize("at_end", [False], ids=["other lines"])
)


@places
@pytest.mark.parametrize("editor", EDITORS)
def test_with_exchange_nothing_is_lost(folder: Path, editor: str, at_end: bool) -> None:
    counts = count(World(folder, exchanges=True, links=True), protocol, at_end, editor)
    assert counts["orders"] > 20
    assert counts["user's text lost"] == 0
    assert counts["tool's text lost"] == 0
    assert counts["leftover"] == 0


@places
@pytest.mark.parametrize("editor", RENAME)
def test_what_is_renamed_over_the_note_is_brought_in_at_once(
    folder: Path, editor: str, at_end: bool
) -> None:
    counts = count(World(folder, exchanges=True, links=True), protocol, at_end, editor)
    assert counts["brought in later"] == 0
    assert (counts["conflict copy"] > 0) == at_end  # the tool's text, where both cannot stand


class Interrupted(Watched):
    """Somebody saves just before the exchange, and the command is interrupted just after."""

    def __init__(self, note: Path) -> None:
        self._note, self._is_exchanged = note, False

    def before(self, name: str, *_args: Any) -> None:
        if name == "exchange":
            self._note.write_bytes(USER + OLD)
        elif self._is_exchanged:
            self._is_exchanged = False
            raise KeyboardInterrupt

    def exchange(self, one: Path, other: Path) -> bool:
        self._is_exchanged = super().exchange(one, other)
        return self._is_exchanged


def test_an_interrupt_just_after_the_exchange_takes_no_text_away(folder: Path) -> None:
    world = World(folder, exchanges=True, links=True)
    shutil.rmtree(folder, ignore_errors=True)
    world.root.mkdir(parents=True)
    world.note.write_bytes(OLD)
    with pytest.raises(KeyboardInterrupt):
        protocol(Storage(world.root, folder / "state", Interrupted(world.note)))
    storage = Storage(world.root, folder / "state")
    let_grace_pass(world.root, storage.state)
    look_after(storage, NOW)
    assert world.note.read_bytes() == USER + OLD + TOOL


@some_places
@pytest.mark.parametrize("editor", SOME_IN_PLACE)
def test_with_links_nothing_that_is_saved_in_place_is_lost(
    folder: Path, editor: str, at_end: bool
) -> None:
    counts = count(World(folder, exchanges=False, links=True), protocol, at_end, editor)
    assert counts["orders"] > 20
    assert counts["user's text lost"] == 0
    assert counts["tool's text lost"] == 0
    assert counts["leftover"] == 0


@some_places
@pytest.mark.parametrize("editor", RENAME)
def test_with_links_a_rename_is_lost_at_one_moment_only(
    folder: Path, editor: str, at_end: bool
) -> None:
    counts = count(World(folder, exchanges=False, links=True), protocol, at_end, editor)
    assert counts["user's text lost"] == 1  # between the link and the rename over the note
    assert counts["tool's text lost"] == 0
    assert counts["leftover"] == 0


@some_places
@pytest.mark.parametrize("editor", [*SOME_IN_PLACE, *RENAME])
def test_with_neither_a_save_after_the_last_look_is_lost(
    folder: Path, editor: str, at_end: bool
) -> None:
    counts = count(World(folder, exchanges=False, links=False), protocol, at_end, editor)
    assert 0 < counts["user's text lost"] < counts["orders"] / 2
    assert counts["tool's text lost"] == 0
    assert counts["leftover"] == 0


@some_places
@pytest.mark.parametrize("editor", [*IN_PLACE, *RENAME])
@pytest.mark.parametrize("tool", [write_in_place, write_and_rename])
def test_naive_writing_loses_text(
    folder: Path, tool: Callable[[Storage], None], editor: str, at_end: bool
) -> None:
    counts = count(World(folder, exchanges=True, links=True), tool, at_end, editor)
    assert counts["user's text lost"] > 0
