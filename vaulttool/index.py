"""Notes to one immutable snapshot: which link points where, what links back, what is dated.

A snapshot never changes. Replacing one note makes a new snapshot that shares everything
the note did not touch: only its own links are resolved again, and, where a file name
came or went, the links that name it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from vaulttool.dated import note_date
from vaulttool.later import Later, changed, differing, made
from vaulttool.resolve import Files, files_of, leads_alike, name_key, path_key, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.model import Link, Note, Problem
    from vaulttool.settings import Settings

V = TypeVar("V")


_Known: TypeAlias = "dict[tuple[str | None, str], str | None]"
"""Where a target leads from the files of a folder, or from all (None)."""

Targets: TypeAlias = "tuple[str, ...]"
"""Where the links of a file lead, as they are written."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the index needs of a note; the note itself may be made again when it is asked for."""

    targets: Targets
    date: date | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A vault at one moment."""

    settings: Settings
    notes: Mapping[str, Note]  # by path
    other_links: Mapping[str, tuple[Link, ...]]  # of canvases and excluded notes, by path
    targets: Mapping[str, Targets]  # of the links in notes, canvases and excluded notes, by path
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
        if path not in self.notes:
            return zip(self.other_links[path], self.resolved[path], strict=True)
        links = self.notes[path].links
        resolved: tuple[str | None, ...] = self.resolved[path]
        if (targets := _targets(links)) != self.targets[path]:  # the note was made again since
            resolved = _resolve_targets(targets, path, self.files, {})
        return zip(links, resolved, strict=True)

    def resolve(self, target: str, source: str) -> str | None:
        """Find the file that a link's target names, seen from the note `source`."""
        return resolve(target, source, self.files)

    def with_note(self, note: Note) -> Snapshot:
        """Give the snapshot in which a note is new or replaced."""
        snapshot = replace(
            self,
            notes=_changed(self.notes, note.path, note),
            targets=_changed(self.targets, note.path, _targets(note.links)),
            files=self.files.with_path(note.path),
            dates=_changed(self.dates, note.path, note_date(note, self.settings)),
            flaws=_changed(self.flaws, note.path, note.problems or None),
        )
        is_new = note.path not in self.notes
        return snapshot.relinked({note.path, *(self._wanting(note.path) if is_new else ())})

    def without_note(self, path: str) -> Snapshot:
        """Give the snapshot in which a note is gone."""
        if path not in self.notes:
            return self
        snapshot = replace(
            self,
            notes=_changed(self.notes, path, None),
            targets=_changed(self.targets, path, None),
            files=self.files.without_path(path),
            dates=_changed(self.dates, path, None),
            flaws=_changed(self.flaws, path, None),
        )
        return snapshot.relinked({path, *self._wanting(path)})

    def with_file(self, path: str, links: tuple[Link, ...] | None = None) -> Snapshot:
        """Give the snapshot in which a file that is no note is new, or has other links.

        Only a canvas has any, or none; of other files nothing is known.
        """
        is_new = path not in self.files.by_path.get(path_key(path), ())
        snapshot = replace(
            self,
            other_links=_changed(self.other_links, path, links),
            targets=_changed(self.targets, path, None if links is None else _targets(links)),
            files=self.files.with_path(path),
        )
        return snapshot.relinked({path, *(self._wanting(path) if is_new else ())})

    def without_file(self, path: str) -> Snapshot:
        """Give the snapshot in which a file that is no note is gone."""
        snapshot = replace(
            self,
            other_links=_changed(self.other_links, path, None),
            targets=_changed(self.targets, path, None),
            files=self.files.without_path(path),
        )
        return snapshot.relinked({path, *self._wanting(path)})

    def _wanting(self, path: str) -> Iterator[str]:
        """The files with links that this path may answer to: `[[a.md]]` wants `a.md.md` too."""
        for key in {name_key(path), name_key(name_key(path))}:
            yield from self.wanted.get(key, ())

    def relinked(self, paths: Iterable[str]) -> Snapshot:
        """Resolve the links of these files again."""
        resolved = dict(made(self.resolved))
        for path in paths:
            resolved.pop(path, None)
            if path in self.other_links:
                resolved[path] = _resolve_links(self.other_links[path], path, self.files)
            elif path in self.targets:
                resolved[path] = _resolve_targets(self.targets[path], path, self.files, {})
        return replace(
            self,
            resolved=MappingProxyType(resolved),
            backlinks=backlinks_of(resolved),
            wanted=wanted_of(self.targets),
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
    heads = {path: head_of(note, settings) for path, note in by_path.items()}
    return build_of_heads(heads, MappingProxyType(by_path), files, settings, problems, links)


def head_of(note: Note, settings: Settings) -> Head:
    """What the index needs of a note."""
    return Head(_targets(note.links), note_date(note, settings), note.problems)


def build_of_heads(
    heads: Mapping[str, Head],
    notes: Mapping[str, Note],
    files: Iterable[str],
    settings: Settings,
    problems: tuple[Problem, ...],
    links: Mapping[str, tuple[Link, ...]],
) -> Snapshot:
    """Make a snapshot as `build` does, without asking for a note; `heads` sorted by path."""
    every = {path: head.targets for path, head in heads.items()}
    every |= {path: _targets(own) for path, own in links.items()}
    targets = dict(sorted(every.items(), key=itemgetter(0)))
    all_files = files_of({*heads, *files})
    known: _Known = {}
    resolved = {
        path: _resolve_links(links[path], path, all_files)
        if path in links
        else _resolve_targets(own, path, all_files, known)
        for path, own in targets.items()
    }
    return Snapshot(
        settings,
        notes,
        MappingProxyType(dict(sorted(links.items(), key=itemgetter(0)))),
        MappingProxyType(targets),
        all_files,
        MappingProxyType(resolved),
        backlinks_of(resolved),
        wanted_of(targets),
        MappingProxyType({path: head.date for path, head in heads.items() if head.date}),
        problems,
        MappingProxyType({path: head.problems for path, head in heads.items() if head.problems}),
    )


def _targets(links: Iterable[Link]) -> Targets:
    return tuple([link.target for link in links])


def _resolve_targets(
    targets: Targets, source: str, files: Files, known: _Known
) -> tuple[str | None, ...]:
    """Resolve the targets of a file; `known` remembers where each leads."""
    folder = source.rpartition("/")[0]
    found: list[str | None] = []
    for target in targets:
        key: tuple[str | None, str] = (None, target)
        if key not in known:
            key = (folder, target) if target else (source, "")
        if key not in known:
            key = (None, target) if leads_alike(target, files) else key
            known[key] = resolve(target, source, files)
        found.append(known[key])
    return tuple(found)


def _resolve_links(links: Iterable[Link], source: str, files: Files) -> tuple[str | None, ...]:
    """Resolve the links of a file that is no note; those of a canvas are whole paths."""
    return tuple(
        [
            next(iter(files.by_path.get(path_key(link.target), ())), None)
            if link.exact
            else resolve(link.target, source, files)
            for link in links
        ]
    )


def backlinks_of(resolved: Mapping[str, Iterable[str | None]]) -> Mapping[str, frozenset[str]]:
    """Turn round where links lead; made when somebody asks."""
    return Later(lambda: _turned_round((path, filter(None, led)) for path, led in resolved.items()))


def wanted_of(targets: Mapping[str, Targets]) -> Mapping[str, frozenset[str]]:
    """Turn round which names the links of files have; made when somebody asks."""
    return Later(
        lambda: _turned_round(
            (path, map(name_key, filter(None, own))) for path, own in targets.items()
        )
    )


def _turned_round(pairs: Iterable[tuple[str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for path, keys in pairs:
        for key in keys:
            found.setdefault(key, set()).add(path)
    return {key: frozenset(paths) for key, paths in found.items()}


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
