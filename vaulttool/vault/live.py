"""The index of a vault, kept as the files are.

Whoever watches the vault names paths, or says that anything may have changed. What became of
a file is asked of the file alone: its stamp is compared, and where that is another one, or was
young, its bytes are read.
"""

from __future__ import annotations

import os
import stat
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from vaulttool.index import build
from vaulttool.model import Note
from vaulttool.settings import Settings
from vaulttool.vault.cache import through
from vaulttool.vault.read import is_unread, load_canvas
from vaulttool.vault.settings import is_settings, read_settings
from vaulttool.vault.stamp import is_young, stamp_of
from vaulttool.vault.store import windows_problem, without_collector
from vaulttool.vault.walk import Walk, is_skipped, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vaulttool.index import Snapshot
    from vaulttool.model import Link, Problem
    from vaulttool.vault.cache import Cache
    from vaulttool.vault.stamp import Stamp

MANY = 8  # changes beyond which all links are resolved anew: that is quicker then


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What became of one note."""

    kind: Literal["added", "changed", "removed"]
    path: str
    moved: bool = False  # whether its file has only another path now, or had


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of one note or canvas."""

    stamp: Stamp
    is_young: bool
    content: Note | tuple[Link, ...]
    problems: tuple[Problem, ...] = ()  # of a canvas; a note has its own
    windows: bool = False  # whether its lines end as on Windows


@dataclass(slots=True)
class LiveIndex:
    """The snapshot of a vault, and what is needed to bring it up to date."""

    root: Path
    cache: Cache | None = None  # for the first reading
    snapshot: Snapshot = field(default_factory=lambda: build((), (), Settings()))
    reads: int = 0  # of files: bytes may differ where a note says the same
    _walked: Walk = field(default_factory=Walk)
    _read: dict[str, _Read] = field(default_factory=dict)
    _of_settings: tuple[Problem, ...] = ()
    _places: tuple[set[str], set[str]] | None = None  # all files, and all folders; made late

    @property
    def is_settled(self) -> bool:
        """Whether no file was so young that it has to be looked at again."""
        return not any(one.is_young for one in self._read.values())

    def look(self, paths: Iterable[str], now: float) -> list[NoteChange]:
        """Bring the snapshot up to date with files that may have changed; `now` in seconds.

        Where one came or went, all are looked at: what links lead to may be another file then.
        """
        young = {path for path, one in self._read.items() if one.is_young}
        named = young.union(paths)
        if any(is_settings(path) or self._came_or_went(path) for path in named):
            return self.update(now)
        stamps = {path: self._stamp(path) for path in named & self._read.keys()}
        known = {path: stamp for path, stamp in stamps.items() if stamp}
        if len(known) < len(stamps):  # it went only just now
            return self.update(now)
        newer = self._newer(known, now)
        return self._take(newer, self._walked, self.snapshot.settings, self._of_settings)

    def update(self, now: float) -> list[NoteChange]:
        """Bring the snapshot up to date with all files; `now` in seconds."""
        settings, problems = read_settings(self.root)
        found = walk(self.root, settings.ignore, settings.excluded)
        wanted = {path: found.stamps[path] for path in (*found.notes, *found.canvases)}
        newer: dict[str, _Read | None] = {path: None for path in self._read if path not in wanted}
        with nullcontext() if self._read else without_collector():
            cache = self.cache.reading(found.note_stamps()) if self.cache else nullcontext()
            with cache:
                newer |= self._newer(wanted, now)
            self.cache = None
            return self._take(newer, found, settings, problems)

    def _came_or_went(self, path: str) -> bool:
        """Whether a path is no longer what it was known to be, or was not known."""
        if any(map(is_skipped, path.split("/"))):
            return False
        try:
            is_file = stat.S_ISREG((self.root / path).lstat().st_mode)
        except OSError:
            return any(path in known for known in self._known())
        return not is_file or path not in self._known()[0]

    def _known(self) -> tuple[set[str], set[str]]:
        """The files that were found, and the folders that they stand in."""
        if self._places is None:
            files = {*_files(self._walked), *self._walked.notes}
            folders: set[str] = set()
            for path in files:
                while path := path.rpartition("/")[0]:
                    folders.add(path)
            self._places = files, folders
        return self._places

    # --- Reading ---

    def _newer(self, stamps: Mapping[str, Stamp], now: float) -> dict[str, _Read | None]:
        """What is new of some notes and canvases."""
        found: dict[str, _Read | None] = {}
        for path, stamp in stamps.items():
            old = self._read.get(path)
            if old is None or old.is_young or old.stamp != stamp:
                found[path] = self._load(path, stamp, old, now)
        return found

    def _stamp(self, path: str) -> Stamp | None:
        try:
            return stamp_of(os.lstat(self.root / path))
        except OSError:
            return None

    def _load(self, path: str, stamp: Stamp, old: _Read | None, now: float) -> _Read:
        """Read a file; one that was emptied just now is about to be written by its editor."""
        self.reads += 1
        young = is_young(stamp, now)
        if old and young and not stamp.size:
            return replace(old, stamp=stamp, is_young=True)
        if path.lower().endswith(".canvas"):
            links, problems = load_canvas(self.root, path)
            return _Read(stamp, young or is_unread(problems), links, problems)
        note, windows = through(self.cache, self.root, path, stamp)
        return _Read(stamp, young or is_unread(note.problems), note, windows=windows)

    # --- Taking it into the snapshot ---

    def _take(
        self,
        newer: dict[str, _Read | None],
        found: Walk,
        settings: Settings,
        of_settings: tuple[Problem, ...],
    ) -> list[NoteChange]:
        """Take what is new (None: what is gone) into the snapshot; gives what became of the notes.

        All of it or nothing: what fails half-way is found once more by the next look.
        """
        before = self._read
        read = {path: one for path, one in {**before, **newer}.items() if one}
        differing = sorted(path for path in newer if _content(before, path) != _content(read, path))
        files, were = _files(found), _files(self._walked)
        if settings != self.snapshot.settings or len(differing) + len(files ^ were) > MANY:
            snapshot = _build(read, files, settings)
        else:
            snapshot = self.snapshot
            for path in sorted(were - files):
                snapshot = snapshot.without_file(path)
            for path in sorted(files - were):
                snapshot = snapshot.with_file(path)
            for path in differing:
                snapshot = _with(snapshot, path, _content(read, path))
        problems = _problems(read, found, of_settings)
        if problems != snapshot.problems:
            snapshot = replace(snapshot, problems=problems)
        changes = _changes([path for path in differing if _is_note(path)], before, read)
        self._read, self._walked, self.snapshot = read, found, snapshot
        self._of_settings, self._places = of_settings, None
        return changes


def _with(snapshot: Snapshot, path: str, content: Note | tuple[Link, ...] | None) -> Snapshot:
    if isinstance(content, Note):
        return snapshot.with_note(content)
    if content is not None:
        return snapshot.with_file(path, content)
    return snapshot.without_note(path) if _is_note(path) else snapshot


def _build(read: Mapping[str, _Read], files: set[str], settings: Settings) -> Snapshot:
    contents = {path: one.content for path, one in read.items()}
    notes = [one for one in contents.values() if isinstance(one, Note)]
    links = {path: one for path, one in contents.items() if not isinstance(one, Note)}
    return build(notes, files, settings, (), links)


def _problems(
    read: Mapping[str, _Read], found: Walk, of_settings: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """The problems of the vault as a whole, in the order of a full reading."""
    canvases = (one for path in found.canvases for one in read[path].problems)
    windows = [path for path in found.notes if read[path].windows]
    return (*of_settings, *canvases, *found.problems, *windows_problem(windows))


def _changes(
    paths: list[str], before: Mapping[str, _Read], after: Mapping[str, _Read]
) -> list[NoteChange]:
    """What became of notes; a file is known by its inode, wherever it stands."""
    gone = {before[path].stamp.inode for path in paths if path not in after}
    came = {after[path].stamp.inode for path in paths if path not in before}
    changes: list[NoteChange] = []
    for path in paths:
        if path in before and path in after:
            changes.append(NoteChange("changed", path))
        elif path in after:
            changes.append(NoteChange("added", path, after[path].stamp.inode in gone))
        else:
            changes.append(NoteChange("removed", path, before[path].stamp.inode in came))
    return changes


def _is_note(path: str) -> bool:
    return path.lower().endswith(".md")


def _files(found: Walk) -> set[str]:
    return {*found.others, *found.excluded, *found.canvases}


def _content(read: dict[str, _Read], path: str) -> Note | tuple[Link, ...] | None:
    return read[path].content if path in read else None
