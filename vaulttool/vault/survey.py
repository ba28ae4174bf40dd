"""Reading a whole vault, with few notes in memory at a time.

Of each note only what the index and the roster need is kept in memory; the note itself goes
through the cache, from which it is made again where it may tell of somebody. A large vault
is read by two processes.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from vaulttool.index import Head, head_of
from vaulttool.people.roster import Entry, read_entry
from vaulttool.vault.cache import packed_note
from vaulttool.vault.read import load_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from vaulttool.model import Note
    from vaulttool.settings import Settings
    from vaulttool.vault.cache import Cache
    from vaulttool.vault.walk import Walk

LARGE = 2000  # notes to read for which a second process is worth its start
_PROCESSES = 2
_CHUNK = 100  # notes that a process reads at a time


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of all notes without having them at hand."""

    heads: dict[str, Head] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)  # of those that tell of somebody

    def add(self, path: str, head: Head, entry: Entry | None) -> None:
        """Take a note in."""
        targets = tuple(map(sys.intern, head.targets))  # most are written many times
        self.heads[path] = replace(head, targets=targets)
        if entry:
            self.entries[path] = entry

    def in_order(self) -> Survey:
        """The same, sorted by path."""
        return Survey(dict(sorted(self.heads.items())), dict(sorted(self.entries.items())))


class _Reading(NamedTuple):
    """What was read of one note, as it comes from another process."""

    path: str
    windows: bool
    packed: bytes | None
    head: Head
    entry: Entry | None


def survey(
    root: Path,
    found: Walk,
    settings: Settings,
    cache: Cache,
    progress: Callable[[int, int], None] | None = None,
) -> Survey:
    """Read all notes that were found; `progress` is told how many of how many are read."""
    tell = progress or (lambda _done, _total: None)
    seen = Survey()
    with cache.reading(found.note_stamps()):
        unknown: list[str] = []
        for path in found.notes:
            if known := cache.note(path):
                note = known[0]
                seen.add(path, head_of(note, settings), read_entry(note, settings))
            else:
                unknown.append(path)
        for one in _read_all(root, settings, unknown):
            cache.keep(one.path, found.stamps[one.path], one.packed, windows=one.windows)
            seen.add(one.path, one.head, one.entry)
            tell(len(seen.heads), len(found.notes))
    return seen.in_order()


def note_again(root: Path, cache: Cache, path: str) -> Note:
    """A note that was read before."""
    return cache.again(path) or load_note(root, path)[0]


def _read_all(root: Path, settings: Settings, paths: list[str]) -> Iterator[_Reading]:
    done = 0
    if len(paths) >= LARGE and _processors() > 1:
        for one in _in_processes(root, settings, paths):
            done += 1
            yield one
    for path in paths[done:]:
        yield _read(root, settings, path)


def _read(root: Path, settings: Settings, path: str) -> _Reading:
    note, windows = load_note(root, path)
    head, entry = head_of(note, settings), read_entry(note, settings)
    return _Reading(path, windows, packed_note(note), head, entry)


# --- Two processes ---


def _in_processes(root: Path, settings: Settings, paths: list[str]) -> Iterator[_Reading]:
    """Read notes in order, as far as the system lets processes work together."""
    try:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool
    except ImportError:  # a system without semaphores
        return
    chunks = [paths[n : n + _CHUNK] for n in range(0, len(paths), _CHUNK)]
    try:
        pool = ProcessPoolExecutor(_PROCESSES, initializer=_begin_process)
        try:
            for chunk in pool.map(partial(_read_chunk, root, settings), chunks):
                yield from chunk
        finally:
            pool.shutdown(cancel_futures=True)
    except (OSError, NotImplementedError, BrokenProcessPool):
        return


def _begin_process() -> None:
    """Let the first process alone answer to an interruption, and nothing outlive it."""
    import gc
    import multiprocessing
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    if first := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(first,), daemon=True).start()


def _end_with(first: BaseProcess) -> None:
    first.join()
    os._exit(1)


def _read_chunk(root: Path, settings: Settings, paths: Sequence[str]) -> list[_Reading]:
    return [_read(root, settings, path) for path in paths]


def _processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
