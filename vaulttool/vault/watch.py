"""Being told which files of a vault may have changed.

Events of the file system are hints: they name paths, and nothing else in them is believed.
They are missed, too. Where that is likely (a full queue, a failed watch, a thread that died,
another folder in the place of the vault), everything may have changed, and the watch begins
anew.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watchdog.observers.api import BaseObserver

DEBOUNCE = 0.3  # seconds without a further hint, before what was hinted at is looked at
LONGEST = 2.0  # seconds for which hints that never cease are gathered
_WAKE = ""  # in the queue: no path, but somebody asks
_HEARD: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileDeletedEvent, FileMovedEvent),
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
]  # not that a file was opened or read: the tool itself does that


@dataclass(frozen=True, slots=True)
class Hints:
    """What may have changed."""

    paths: frozenset[str] = frozenset()  # relative to the vault
    everything: bool = False

    def __bool__(self) -> bool:
        return self.everything or bool(self.paths)


class Watch(Protocol):
    """Something that waits for changes."""

    obstacle: str

    def wait(self, seconds: float) -> Hints:
        """Wait at most so long for hints; none where nothing was heard."""

    def wake(self) -> None:
        """End the waiting, from another thread."""

    def stop(self) -> None:
        """End it."""


@dataclass(slots=True)
class EventWatch:
    """Hears the events of the file system."""

    root: Path
    clock: Callable[[], float]  # seconds that only grow
    obstacle: str = ""  # why nothing can be heard now
    _queue: queue.SimpleQueue[str | None] = field(default_factory=queue.SimpleQueue)
    _observer: BaseObserver | None = None
    _threads: set[threading.Thread] = field(default_factory=set)
    _folder: tuple[int, int] | None = None  # the vault's, as it was when the watch began
    _log: logging.Handler | None = None

    def wait(self, seconds: float) -> Hints:
        """Wait for hints, and then until none has come for a moment."""
        if not self._is_well():
            was_well = self._observer is not None
            self.stop()
            if self._start():
                return Hints(everything=True)
            with contextlib.suppress(queue.Empty):
                self._queue.get(timeout=seconds)  # until there is something to listen to
            return Hints(everything=was_well)
        paths: set[str] = set()
        everything = False
        began = self.clock()
        patience = seconds
        while patience > 0:
            try:
                path = self._queue.get(timeout=patience)
            except queue.Empty:
                break
            if path == _WAKE:  # what was heard before is enough
                patience = 0 if self._queue.empty() else patience
                continue
            everything |= path is None
            if path:
                paths.add(path)
            patience = min(DEBOUNCE, began + seconds + LONGEST - self.clock())
        return Hints(frozenset(paths), everything)

    def wake(self) -> None:
        """End the waiting, from another thread."""
        self._queue.put(_WAKE)

    def stop(self) -> None:
        """End the watch."""
        if self._observer:
            self._observer.stop()
            if self._observer.is_alive():
                self._observer.join(timeout=5)
        if self._log:
            logging.getLogger("watchdog").removeHandler(self._log)
        self._observer = self._log = None

    def _start(self) -> bool:
        """Begin to listen; False where the vault is not there, or cannot be watched now."""
        from watchdog.observers import Observer

        # A folder that is watched twice, as git makes and moves them, is no news for the user.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        before = set(threading.enumerate())
        handler = _Handler(self.root, self._queue)
        try:
            self._folder = _identity(self.root)
            self._observer = Observer()
            self._observer.schedule(handler, str(self.root), recursive=True, event_filter=_HEARD)
            self._observer.start()
        except OSError as error:
            self.stop()
            self.obstacle = "" if isinstance(error, FileNotFoundError) else str(error)
            return False
        self.obstacle = ""
        self._threads = {*threading.enumerate()} - before  # its own, and those that they began
        self._log = _Warnings(self._queue)
        logging.getLogger("watchdog").addHandler(self._log)
        return True

    def _is_well(self) -> bool:
        """Whether all threads live, and the folder is the one that is listened to."""
        if self._observer is None or not self._observer.is_alive():
            return False
        try:
            same = _identity(self.root) == self._folder
        except OSError:
            return False
        return same and all(thread.is_alive() for thread in self._threads)


@dataclass(slots=True)
class PollWatch:
    """For folders whose changes make no events, such as network drives: looks now and then."""

    every: float  # seconds
    clock: Callable[[], float]  # seconds that only grow
    sleep: Callable[[float], object]
    obstacle: str = ""
    _looked: float = float("-inf")

    def wait(self, seconds: float) -> Hints:
        """Wait, and say now and then that everything may have changed."""
        left = self._looked + self.every - self.clock()
        if left > 0:
            self.sleep(min(seconds, left))
        if left > seconds:
            return Hints()
        self._looked = self.clock()
        return Hints(everything=True)

    def wake(self) -> None:
        """It waits until it is time."""

    def stop(self) -> None:
        """Nothing runs."""


class _Handler(FileSystemEventHandler):
    """Puts the paths of events into a queue, and does nothing that could fail."""

    def __init__(self, root: Path, heard: queue.SimpleQueue[str | None]) -> None:
        self._root = os.fspath(root)
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Name what an event is about."""
        for path in (event.src_path, event.dest_path):
            if path:
                self._heard.put(self._relative(os.fsdecode(path)))

    def _relative(self, path: str) -> str | None:
        """A path within the vault; what is none may be anything."""
        inside = path.startswith(self._root + os.sep)
        return path[len(self._root) + 1 :].replace(os.sep, "/") if inside else None


class _Warnings(logging.Handler):
    """Takes a warning of the watching library for what it means: events were missed."""

    def __init__(self, heard: queue.SimpleQueue[str | None]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, _record: logging.LogRecord) -> None:
        """Say that everything may have changed."""
        self._heard.put(None)


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino
