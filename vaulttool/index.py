"""Notes to one immutable snapshot: which link points where, what links back, what is dated.

A snapshot never changes. Replacing one note makes a new snapshot that shares everything
the note did not touch: only its own links are resolved again, and, where a file name
came or went, the links that name it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from vaulttool.dated import note_date
from vaulttool.later import changed, differing, made
from vaulttool.resolve import Files, files_of, name_key, path_key, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.model import Link, Note, Problem
    from vaulttool.settings import Settings

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A vault at one moment."""

    settings: Settings
    notes: Mapping[str, Note]  # by path
    links: Mapping[str, tuple[Link, ...]]  # by path: of notes, canvases and excluded notes
    files: Files
    resolved: Mapping[str, tuple[str | None, ...]]  # path -> where each of its links leads
    backlinks: Mapping[str, frozenset[str]]  # path -> the files that link to it
    wanted: Mapping[str, frozenset[str]]  # name_key -> the files with a link of that name
    dates: Mapping[str, date]  # of dated notes
    problems: tuple[Problem, ...] = ()  # of the vault as a whole: its settings, files left out
    # Of the notes that have any.
    flaws: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    def links_of(self, path: str) -> Iterator[tuple[Link, str | None]]:
        """Give a file's links, each with the path that it leads to."""
        return zip(self.links[path], self.resolved[path], strict=True)

    def resolve(self, target: str, source: str) -> str | None:
        """Find the file that a link's target names, seen from the note `source`."""
        return resolve(target, source, self.files)

    def with_note(self, note: Note) -> Snapshot:
        """Give the snapshot in which a note is new or replaced."""
        snapshot = replace(
            self,
            notes=_changed(self.notes, note.path, note),
            links=_changed(self.links, note.path, note.links),
            files=self.files.with_path(note.path),
            dates=_changed(self.dates, note.path, note_date(note, self.settings)),
            flaws=_changed(self.flaws, note.path, note.problems or None),
        )
        is_new = note.path not in self.notes
        return snapshot.relinked({note.path, *(self._wanting(note.path) if is_new else ())}, self)

    def without_note(self, path: str) -> Snapshot:
        """Give the snapshot in which a note is gone."""
        if path not in self.notes:
            return self
        snapshot = replace(
            self,
            notes=_changed(self.notes, path, None),
            links=_changed(self.links, path, None),
            files=self.files.without_path(path),
            dates=_changed(self.dates, path, None),
            flaws=_changed(self.flaws, path, None),
        )
        return snapshot.relinked({path, *self._wanting(path)}, self)

    def with_file(self, path: str, links: tuple[Link, ...] | None = None) -> Snapshot:
        """Give the snapshot in which a file that is no note is new, or has other links.

        Only a canvas has any, or none; of other files nothing is known.
        """
        is_new = path not in self.files.by_path.get(path_key(path), ())
        snapshot = replace(
            self,
            links=_changed(self.links, path, links),
            files=self.files.with_path(path),
        )
        return snapshot.relinked({path, *(self._wanting(path) if is_new else ())}, self)

    def without_file(self, path: str) -> Snapshot:
        """Give the snapshot in which a file that is no note is gone."""
        snapshot = replace(
            self, links=_changed(self.links, path, None), files=self.files.without_path(path)
        )
        return snapshot.relinked({path, *self._wanting(path)}, self)

    def _wanting(self, path: str) -> Iterator[str]:
        """The files with links that this path may answer to: `[[a.md]]` wants `a.md.md` too."""
        for key in {name_key(path), name_key(name_key(path))}:
            yield from self.wanted.get(key, ())

    def relinked(self, paths: Iterable[str], before: Snapshot) -> Snapshot:
        """Resolve the links of these files again; `before` is the snapshot that changed."""
        resolved = dict(made(self.resolved))
        backlinks, wanted = dict(made(self.backlinks)), dict(made(self.wanted))
        for path in paths:
            linked = set(filter(None, resolved.pop(path, ())))
            links = self.links.get(path, ())
            if path in self.links:
                resolved[path] = _resolve_links(links, path, self.files, {})
            _move(backlinks, path, linked, set(filter(None, resolved.get(path, ()))))
            _move(wanted, path, _link_names(before.links.get(path, ())), _link_names(links))
        return replace(
            self,
            resolved=MappingProxyType(resolved),
            backlinks=MappingProxyType(backlinks),
            wanted=MappingProxyType(wanted),
        )


def changed_notes(new: Snapshot, old: Snapshot) -> set[str]:
    """The notes that came, went or were replaced, and those whose links lead elsewhere.

    A note that is the same object is the same.
    """
    return differing(new.notes, old.notes) | {
        path
        for path in differing(new.resolved, old.resolved)
        if new.resolved.get(path) != old.resolved.get(path)
    }


def build(
    notes: Iterable[Note],
    files: Iterable[str],
    settings: Settings,
    problems: tuple[Problem, ...] = (),
    links: Mapping[str, tuple[Link, ...]] = MappingProxyType({}),
) -> Snapshot:
    """Make the snapshot of a vault from its notes and the paths of all its files.

    `links` are those of files that are no notes of hers, or none that she wants to see:
    canvases and excluded notes.
    """
    by_path = {note.path: note for note in sorted(notes, key=lambda note: note.path)}
    every = {**{path: note.links for path, note in by_path.items()}, **links}
    all_links = dict(sorted(every.items(), key=itemgetter(0)))
    all_files = files_of({*by_path, *files})
    known: dict[tuple[str, str], str | None] = {}
    resolved = {
        path: _resolve_links(own, path, all_files, known) for path, own in all_links.items()
    }
    backlinks: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    for path, own in all_links.items():
        for target in filter(None, resolved[path]):
            backlinks.setdefault(target, set()).add(path)
        for name in _link_names(own):
            wanted.setdefault(name, set()).add(path)
    dated = ((path, note_date(note, settings)) for path, note in by_path.items())
    return Snapshot(
        settings,
        MappingProxyType(by_path),
        MappingProxyType(all_links),
        all_files,
        MappingProxyType(resolved),
        MappingProxyType({key: frozenset(paths) for key, paths in backlinks.items()}),
        MappingProxyType({key: frozenset(paths) for key, paths in wanted.items()}),
        MappingProxyType({path: day for path, day in dated if day}),
        problems,
        MappingProxyType({path: note.problems for path, note in by_path.items() if note.problems}),
    )


def _resolve_links(
    links: tuple[Link, ...], source: str, files: Files, known: dict[tuple[str, str], str | None]
) -> tuple[str | None, ...]:
    """Resolve a file's links; `known` remembers what a target leads to from a folder."""
    folder = source.rpartition("/")[0]
    found: list[str | None] = []
    for link in links:
        if link.exact:
            found.append(next(iter(files.by_path.get(path_key(link.target), ())), None))
            continue
        key = (folder, link.target) if link.target else (source, "")
        if key not in known:
            known[key] = resolve(link.target, source, files)
        found.append(known[key])
    return tuple(found)


def _link_names(links: tuple[Link, ...]) -> set[str]:
    return {name_key(link.target) for link in links if link.target}


def _changed(mapping: Mapping[str, V], key: str, value: V | None) -> Mapping[str, V]:
    """Give a copy of a mapping in which one key is set, or gone where the value is None.

    The keys stay sorted: what is printed from a snapshot does not tell how it was made.
    """

    def change(values: dict[str, V | None]) -> dict[str, V | None]:
        if value is None:
            values.pop(key, None)
        elif key in values:
            values[key] = value
        else:
            values = dict(sorted({**values, key: value}.items(), key=itemgetter(0)))
        return values

    return changed(mapping, change)


def _move(sets: dict[str, frozenset[str]], member: str, before: set[str], after: set[str]) -> None:
    """Take a member out of the sets named before, and put it into those named after."""
    for key in before - after:
        left = sets[key] - {member}
        if left:
            sets[key] = left
        else:
            del sets[key]
    for key in after - before:
        sets[key] = sets.get(key, frozenset()) | {member}
