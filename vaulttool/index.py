"""Notes to one immutable snapshot: which link points where, what links back, what is dated.

A snapshot never changes. Replacing one note makes a new snapshot that shares everything
the note did not touch: only its own links are resolved again, and, where a file name
came or went, the links that name it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from vaulttool.locale import LANGUAGES
from vaulttool.markdown.dates import find_date, read_date
from vaulttool.markdown.moment import parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaulttool.model import Link, Note, Problem
    from vaulttool.settings import DailySettings, Settings

V = TypeVar("V")

_DATE_PROPERTIES = ("date", "дата")


def path_key(path: str) -> str:
    """The form in which paths are compared: NFC, case-folded (Obsidian compares lower-cased)."""
    return _composed(path).casefold()


def _composed(path: str) -> str:
    """A path in NFC, the form in which Obsidian lists it; some systems store it decomposed."""
    return unicodedata.normalize("NFC", path)


def name_key(path: str) -> str:
    """The last part of a path or a link, without `.md`, in comparable form."""
    return path_key(path.rpartition("/")[2]).removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A vault at one moment."""

    settings: Settings
    notes: Mapping[str, Note]  # by path
    names: Mapping[str, tuple[str, ...]]  # name_key -> the files, attachments too, of that name
    resolved: Mapping[str, tuple[str | None, ...]]  # path -> where each of its links leads
    backlinks: Mapping[str, frozenset[str]]  # path -> the notes that link to it
    wanted: Mapping[str, frozenset[str]]  # name_key -> the notes with a link of that name
    dates: Mapping[str, date]  # of dated notes
    problems: tuple[Problem, ...] = ()  # of the vault as a whole: its settings, files left out

    def links_of(self, path: str) -> Iterator[tuple[Link, str | None]]:
        """Give a note's links, each with the path that it leads to."""
        return zip(self.notes[path].links, self.resolved[path], strict=True)

    def resolve(self, target: str, source: str) -> str | None:
        """Find the file that a link's target names, seen from the note `source`."""
        return resolve(target, source, self.names)

    def with_note(self, note: Note) -> Snapshot:
        """Give the snapshot in which a note is new or replaced."""
        known = note.path in self.notes
        snapshot = self if known else self._with_name(note.path)
        day = note_date(note, self.settings.daily)
        changed = replace(
            snapshot,
            notes=_changed(self.notes, note.path, note),
            dates=_changed(self.dates, note.path, day),
        )
        again = {note.path} if known else {note.path, *self.wanted.get(name_key(note.path), ())}
        return changed.relinked(again, self)

    def without_note(self, path: str) -> Snapshot:
        """Give the snapshot in which a note is gone."""
        if path not in self.notes:
            return self
        key = name_key(path)
        left = tuple(other for other in self.names[key] if other != path)
        changed = replace(
            self,
            notes=_changed(self.notes, path, None),
            names=_changed(self.names, key, left or None),
            dates=_changed(self.dates, path, None),
        )
        return changed.relinked({path, *self.wanted.get(key, ())}, self)

    def _with_name(self, path: str) -> Snapshot:
        key = name_key(path)
        paths = tuple(sorted({*self.names.get(key, ()), path}))
        return replace(self, names=_changed(self.names, key, paths))

    def relinked(self, paths: Iterable[str], before: Snapshot) -> Snapshot:
        """Resolve the links of these notes again; `before` is the snapshot that changed."""
        resolved = dict(self.resolved)
        backlinks, wanted = dict(self.backlinks), dict(self.wanted)
        for path in paths:
            note = self.notes.get(path)
            linked = set(filter(None, resolved.pop(path, ())))
            if note:
                resolved[path] = _resolve_links(note, self.names)
            _move(backlinks, path, linked, set(filter(None, resolved.get(path, ()))))
            _move(wanted, path, _link_names(before.notes.get(path)), _link_names(note))
        return replace(
            self,
            resolved=MappingProxyType(resolved),
            backlinks=MappingProxyType(backlinks),
            wanted=MappingProxyType(wanted),
        )


def build(
    notes: Iterable[Note],
    files: Iterable[str],
    settings: Settings,
    problems: tuple[Problem, ...] = (),
) -> Snapshot:
    """Make the snapshot of a vault from its notes and the paths of all its files."""
    by_path = {note.path: note for note in sorted(notes, key=lambda note: note.path)}
    names: dict[str, list[str]] = {}
    for path in sorted({*by_path, *files}):
        names.setdefault(name_key(path), []).append(path)
    frozen_names = {key: tuple(paths) for key, paths in names.items()}
    resolved = {path: _resolve_links(note, frozen_names) for path, note in by_path.items()}
    backlinks: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    for path, note in by_path.items():
        for target in filter(None, resolved[path]):
            backlinks.setdefault(target, set()).add(path)
        for name in _link_names(note):
            wanted.setdefault(name, set()).add(path)
    dated = ((path, note_date(note, settings.daily)) for path, note in by_path.items())
    return Snapshot(
        settings,
        MappingProxyType(by_path),
        MappingProxyType(frozen_names),
        MappingProxyType(resolved),
        MappingProxyType({key: frozenset(paths) for key, paths in backlinks.items()}),
        MappingProxyType({key: frozenset(paths) for key, paths in wanted.items()}),
        MappingProxyType({path: day for path, day in dated if day}),
        problems,
    )


def resolve(target: str, source: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """Find the file that a link's target names, as Obsidian does.

    An empty target is the source itself. The path is tried as written, then with `.md`.
    `./` and `../` start from the source's folder; a leading `/` wants the exact path. An
    exact path wins; else any file whose path ends with the target, those under the
    source's own folder first, then the shortest path, then the first in the alphabet
    (where Obsidian's own choice is not stable).
    """
    if not target:
        return source
    folder = source.rpartition("/")[0]
    anchored = target.startswith("/")
    wanted = target.lstrip("/")
    if wanted.startswith(("./", "../")):
        joined = _joined(folder, wanted)
        if joined is None:
            return None
        wanted, anchored = joined, True
    candidates = names.get(name_key(wanted), ())
    for spelled in (path_key(wanted), path_key(wanted) + ".md"):
        if exact := [path for path in candidates if path_key(path) == spelled]:
            return exact[0]
        ending = "/" + spelled
        found = [path for path in candidates if path_key(path).endswith(ending)]
        if found and not anchored:
            near = path_key(folder) + "/" if folder else ""
            return min(
                found,
                key=lambda path: (
                    *(not path_key(path).startswith(near), len(_composed(path)), path),
                ),
            )
    return None


def _joined(folder: str, relative: str) -> str | None:
    """Join a relative path to a folder; None where it leaves the vault or names no file."""
    if relative.rpartition("/")[2] in ("", ".", ".."):
        return None
    parts = folder.split("/") if folder else []
    for part in relative.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def note_date(note: Note, daily: DailySettings) -> date | None:
    """The date of a note: as a daily note, else its `date` property, else in its name."""
    if day := daily_note_date(note.path, daily):
        return day
    for item in note.properties:
        if item.key.casefold() in _DATE_PROPERTIES and isinstance(item.raw, str):
            day = read_date(item.raw)
            if day:
                return day
    return find_date(note.title)


def daily_note_date(path: str, daily: DailySettings) -> date | None:
    """The date in a daily note's path; None where the note is no daily note.

    Month and weekday names are accepted in every language: which one Obsidian writes is a
    setting of the program, not of the vault.
    """
    folder = daily.folder.strip("/")
    if folder and not path_key(path).startswith(path_key(folder) + "/"):
        return None
    inner = _composed(path).split("/", folder.count("/") + 1)[-1] if folder else _composed(path)
    name = inner.removesuffix(".md")
    for lang in LANGUAGES:
        if day := parse_moment(name, daily.format.removesuffix(".md"), lang):
            return day
    return None


def _resolve_links(note: Note, names: Mapping[str, tuple[str, ...]]) -> tuple[str | None, ...]:
    return tuple(resolve(link.target, note.path, names) for link in note.links)


def _link_names(note: Note | None) -> set[str]:
    return {name_key(link.target) for link in note.links if link.target} if note else set()


def _changed(mapping: Mapping[str, V], key: str, value: V | None) -> Mapping[str, V]:
    """Give a copy of a mapping in which one key is set, or gone where the value is None.

    The keys stay sorted: what is printed from a snapshot does not tell how it was made.
    """
    changed = dict(mapping)
    if value is None:
        changed.pop(key, None)
    elif key in changed:
        changed[key] = value
    else:
        changed = dict(sorted({**changed, key: value}.items(), key=itemgetter(0)))
    return MappingProxyType(changed)


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
