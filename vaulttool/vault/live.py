"""The index of a vault, kept as the files are.

Whoever watches the vault names paths, or says that anything may have changed. What became of
a file is asked of the file alone: its stamp is compared, and where that is another one, or was
young, its bytes are read.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from vaulttool.index import build
from vaulttool.model import Note
from vaulttool.settings import Settings
from vaulttool.vault.read import load_canvas, load_note
from vaulttool.vault.settings import read_settings
from vaulttool.vault.stamp import is_young, stamp_of
from vaulttool.vault.store import windows_problem
from vaulttool.vault.walk import Walk, is_skipped, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vaulttool.index import Snapshot
    from vaulttool.model import Link, Problem
    from vaulttool.vault.stamp import Stamp

MANY = 50  # changes beyond which all links are resolved anew


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What became of one note."""

    kind: Literal["added", "changed", "removed"]
    path: str


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
    snapshot: Snapshot = field(default_factory=lambda: build((), (), Settings()))
    _walked: Walk = field(default_factory=Walk)
    _read: dict[str, _Read] = field(default_factory=dict)
    _of_settings: tuple[Problem, ...] = ()

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
        if any(self._came_or_went(path) for path in named):
            return self.update(now)
        stamps = {path: self._stamp(path) for path in named & self._read.keys()}
        return self._take(self._newer(stamps, now), self._walked, self.snapshot.settings)

    def update(self, now: float) -> list[NoteChange]:
        """Bring the snapshot up to date with all files; `now` in seconds."""
        settings, problems = read_settings(self.root)
        found = walk(self.root, settings.ignore, settings.excluded)
        self._of_settings = problems
        stamps: dict[str, Stamp | None] = dict.fromkeys(self._read)
        stamps |= {path: found.stamps.get(path) for path in (*found.notes, *found.canvases)}
        return self._take(self._newer(stamps, now), found, settings)

    def _came_or_went(self, path: str) -> bool:
        """Whether a path is no longer what it was known to be, or was not known."""
        if any(map(is_skipped, path.split("/"))):
            return False
        try:
            is_file = stat.S_ISREG((self.root / path).lstat().st_mode)
        except OSError:
            return path in self._read or self._is_known(path)
        return not is_file or not (path in self._read or path in self._walked.others)

    def _is_known(self, path: str) -> bool:
        """Whether a path that is gone was a file, or a folder of files."""
        others = (*self._walked.others, *self._walked.excluded, *self._read)
        return any(one == path or one.startswith(f"{path}/") for one in others)

    # --- Reading ---

    def _newer(self, stamps: Mapping[str, Stamp | None], now: float) -> dict[str, _Read | None]:
        """What is new of some notes and canvases; None for what is gone."""
        found: dict[str, _Read | None] = {}
        for path, stamp in stamps.items():
            old = self._read.get(path)
            if stamp is None:
                found[path] = None
            elif old is None or old.is_young or old.stamp != stamp:
                found[path] = self._load(path, stamp, old, now)
        return found

    def _stamp(self, path: str) -> Stamp | None:
        try:
            return stamp_of(os.lstat(self.root / path))
        except OSError:
            return None

    def _load(self, path: str, stamp: Stamp, old: _Read | None, now: float) -> _Read:
        """Read a file; one that was emptied just now is about to be written by its editor."""
        young = is_young(stamp, now)
        if old and young and not stamp.size:
            return replace(old, stamp=stamp, is_young=True)
        if path.lower().endswith(".canvas"):
            links, problems = load_canvas(self.root, path)
            return _Read(stamp, young, links, problems)
        note, windows = load_note(self.root, path)
        return _Read(stamp, young, note, windows=windows)

    # --- Taking it into the snapshot ---

    def _take(
        self, newer: dict[str, _Read | None], found: Walk, settings: Settings
    ) -> list[NoteChange]:
        """Take what is new into the snapshot; gives what became of the notes."""
        before = self._read
        self._read = {path: one for path, one in {**before, **newer}.items() if one}
        differing = sorted(
            path for path in newer if _content(before, path) != _content(self._read, path)
        )
        files, were = _files(found), _files(self._walked)
        self._walked = found
        if settings != self.snapshot.settings or len(differing) + len(files ^ were) > MANY:
            self._build(settings)
        else:
            for path in sorted(were - files):
                self.snapshot = self.snapshot.without_file(path)
            for path in sorted(files - were):
                self.snapshot = self.snapshot.with_file(path)
            for path in differing:
                self.snapshot = self._with(path)
        problems = self._problems()
        if problems != self.snapshot.problems:
            self.snapshot = replace(self.snapshot, problems=problems)
        return [_change(path, before, self._read) for path in differing if _is_note(path)]

    def _with(self, path: str) -> Snapshot:
        content = _content(self._read, path)
        if isinstance(content, Note):
            return self.snapshot.with_note(content)
        if content is not None:
            return self.snapshot.with_file(path, content)
        return self.snapshot.without_note(path) if _is_note(path) else self.snapshot

    def _build(self, settings: Settings) -> None:
        contents = {path: one.content for path, one in self._read.items()}
        notes = [one for one in contents.values() if isinstance(one, Note)]
        links = {path: one for path, one in contents.items() if not isinstance(one, Note)}
        self.snapshot = build(notes, _files(self._walked), settings, (), links)

    def _problems(self) -> tuple[Problem, ...]:
        """The problems of the vault as a whole, in the order of a full reading."""
        canvases = (one for path in self._walked.canvases for one in self._read[path].problems)
        windows = [path for path in self._walked.notes if self._read[path].windows]
        read = (*self._of_settings, *canvases, *self._walked.problems)
        return (*read, *windows_problem(windows))


def _is_note(path: str) -> bool:
    return path.lower().endswith(".md")


def _files(found: Walk) -> set[str]:
    return {*found.others, *found.excluded, *found.canvases}


def _content(read: dict[str, _Read], path: str) -> Note | tuple[Link, ...] | None:
    return read[path].content if path in read else None


def _change(path: str, before: dict[str, _Read], after: dict[str, _Read]) -> NoteChange:
    if path not in after:
        return NoteChange("removed", path)
    return NoteChange("changed" if path in before else "added", path)
