"""A vault on disk: reading it into a snapshot, and writing changes back."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import ChangedError, RefusedError, reason_of
from vaulttool.index import build
from vaulttool.message import msg, nmsg
from vaulttool.model import Problem
from vaulttool.vault.cache import through
from vaulttool.vault.change import Change, check_inside
from vaulttool.vault.read import load_canvas, load_note, read_bytes
from vaulttool.vault.settings import read_settings
from vaulttool.vault.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from vaulttool.index import Snapshot
    from vaulttool.model import Link, Note
    from vaulttool.vault.cache import Cache
    from vaulttool.vault.listing import Folder
    from vaulttool.vault.walk import Walk


@dataclass(frozen=True, slots=True)
class Source:
    """A note's text as it is on disk, for editing."""

    path: str
    data: bytes | None  # None: there is no such file yet
    text: str

    def change(self, text: str) -> Change:
        """The change that makes the file hold another text."""
        return Change(self.path, self.data, text.encode("utf-8"))


def read_vault(
    root: Path,
    progress: Callable[[int, int], None] | None = None,
    *,
    excluded: bool = False,
    cache: Cache | None = None,
    folders: Iterable[Folder] | None = None,
) -> Snapshot:
    """Read a whole vault; `progress` is told how many notes of how many are read.

    What `cache` holds of an earlier run is not parsed again. `folders` is a listing of the
    vault that was just made.

    Of notes that the user excludes from Obsidian's views only the links are kept, and these
    only where `excluded` asks for them: nothing else in the tool looks at such notes.
    """
    settings, problems = read_settings(root)
    found = walk(root, settings.ignore, settings.excluded, folders)
    hidden = found.excluded if excluded else []
    total = len(found.notes) + len(hidden)
    tell = progress or (lambda _done, _total: None)
    notes: list[Note] = []
    windows: list[str] = []
    with without_collector():
        with cache.reading(found.note_stamps()) if cache else contextlib.nullcontext():
            for path in found.notes:
                note, ends_as_windows = through(cache, root, path, found.stamps[path])
                notes.append(note)
                windows += [path] * ends_as_windows
                tell(len(notes), total)
        links = {}
        for path in hidden:
            links[path] = load_note(root, path)[0].links
            tell(len(notes) + len(links), total)
        of_canvases, in_canvases = read_canvases(root, found)
        all_problems = (*problems, *in_canvases, *found.problems, *windows_problem(windows))
        others = (*found.others, *found.excluded, *found.canvases)
        return build(notes, others, settings, all_problems, links | of_canvases)


def read_canvases(
    root: Path, found: Walk
) -> tuple[dict[str, tuple[Link, ...]], tuple[Problem, ...]]:
    """The links of the canvases that were found, and what is wrong with them."""
    read = {path: load_canvas(root, path) for path in found.canvases}
    problems = (problem for _links, ones in read.values() for problem in ones)
    return {path: links for path, (links, _problems) in read.items()}, tuple(problems)


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """Keep the garbage collector from walking a growing index: a sixth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()  # what was read stays until the end
            gc.enable()


def windows_problem(paths: list[str]) -> tuple[Problem, ...]:
    """One line for all notes with CRLF: it is no fault, but worth knowing."""
    if not paths:
        return ()
    message = nmsg(
        "{n} note ends its lines as Windows does (CRLF); that is kept",
        "{n} notes end their lines as Windows does (CRLF), this one first; that is kept",
        len(paths),
    )
    return (Problem("crlf", "info", paths[0], None, message),)


def read_existing(root: Path, path: str) -> Source:
    """Read a note that is known to be there, for editing; raises `ChangedError` where it is not."""
    source = read_source(root, path)
    if source.data is None:
        raise ChangedError(msg("{path} is gone: nothing was written", path=path))
    return source


def read_source(root: Path, path: str) -> Source:
    """Read a note for editing; raises `RefusedError` for what cannot be edited safely."""
    file = check_inside(root, path)
    try:
        data = read_bytes(file)
    except FileNotFoundError:
        return Source(path, None, "")
    except OSError as error:
        why = reason_of(error)
        raise RefusedError(msg("{path} cannot be read: {why}", path=path, why=why)) from None
    try:
        return Source(path, data, data.decode("utf-8"))
    except UnicodeDecodeError:
        raise RefusedError(msg("{path} is not valid UTF-8: it is not written", path=path)) from None
