"""The people of a vault as they were last read, in the user's cache folder.

A run that finds no file changed takes them from there, and reads no note. Where a few notes
changed, those are read, and the people follow (`read_people` with an earlier snapshot); the
index is made of plain values as far as it is asked for. As with the cache of notes: what is
damaged, or was written by other code or under other settings, is as good as not there.
"""

from __future__ import annotations

import contextlib
import json
import marshal
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from vaulttool.index import Snapshot, backlinks_of, build_of_heads, wanted_of
from vaulttool.later import Later, Lazy, made
from vaulttool.model import Link
from vaulttool.people.agenda import People, read_people
from vaulttool.people.meetings import known_names
from vaulttool.people.roster import Roster
from vaulttool.people.traces import Traces
from vaulttool.resolve import Files
from vaulttool.vault.cache import code_version
from vaulttool.vault.listing import list_folders
from vaulttool.vault.packing import UnpackableError
from vaulttool.vault.packpeople import (
    CONTACT,
    ENTRY,
    KNOWN,
    TRACES,
    pack_problems,
    unpack_problems,
)
from vaulttool.vault.parts import made_of, plain, read_parts, write_parts
from vaulttool.vault.read import is_unread, load_note
from vaulttool.vault.settings import read_settings
from vaulttool.vault.stamp import is_young
from vaulttool.vault.store import read_canvases, windows_problem, without_collector
from vaulttool.vault.survey import note_again, survey
from vaulttool.vault.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from vaulttool.model import Note, Problem
    from vaulttool.people.traces import NoteTraces
    from vaulttool.settings import Settings
    from vaulttool.vault.cache import Cache
    from vaulttool.vault.listing import Folder
    from vaulttool.vault.packing import Packed
    from vaulttool.vault.parts import Part
    from vaulttool.vault.walk import Walk

PEOPLE = "people"
"""The file's name in the vault's folder of caches."""

_MAGIC = b"vaulttool peopl4"  # another form of the file has another number
MANY = 200  # changed notes beyond which everything is read: that is quicker then
_WORTH = 20  # changed notes for which it is worth while to write all anew


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read from the file."""

    others: list[str]
    windows: frozenset[str]  # the notes whose lines end as on Windows
    in_canvases: tuple[Any, ...]  # problems, packed
    stamps: Mapping[str, tuple[int, ...] | None]  # of notes and canvases; None: young, or unread
    # Parts of the file, each made when it is asked for.
    contacts: Part
    known: Part
    traces: Part
    dates: Part
    targets: Part
    links: Part
    resolved: Part
    by_path: Part
    by_ending: Part
    in_order: Part


def people_of(
    root: Path,
    file: Path,
    cache: Cache,
    progress: Callable[[int, int], None] | None = None,
    folders: Iterable[Folder] | None = None,
) -> People:
    """Read the people of a vault; `file` is where they are kept, and need not be there.

    `folders` is a listing of the vault that was just made.
    """
    with without_collector():
        return _people_of(root, file, cache, progress, folders)


def _people_of(
    root: Path,
    file: Path,
    cache: Cache,
    progress: Callable[[int, int], None] | None,
    folders: Iterable[Folder] | None,
) -> People:
    folders = list_folders(root) if folders is None else folders
    settings, of_settings = read_settings(root)
    found = walk(root, settings.ignore, settings.excluded, folders)
    kept = _load(file, settings)
    changed = _changed(kept, found) if kept else None
    if kept is None or changed is None or len(changed) > MANY:
        people, in_canvases = _read_all(root, settings, of_settings, found, cache, progress)
        _save(file, people, found, in_canvases, cache.windows, cache.now)
        return people
    in_canvases = unpack_problems(kept.in_canvases)
    others = (*of_settings, *in_canvases, *found.problems)
    people = _people(root, kept, settings)
    people, windows = _brought_up_to_date(root, people, kept.windows, changed, found)
    crlf = windows_problem([path for path in found.notes if path in windows])
    people = _with_problems(people, (*others, *crlf))
    if len(changed) > _WORTH:
        _save(file, people, found, in_canvases, windows, cache.now)
    return people


def _changed(kept: _Kept, found: Walk) -> set[str] | None:
    """The notes that came, went or changed; None where other files did."""
    now = {path: tuple(stamp) for path, stamp in found.stamps.items()}
    read = {*found.notes, *found.canvases}
    differing = {path for path in read | kept.stamps.keys()
        if now.get(path) != kept.stamps.get(path) or path not in read}  # fmt: skip
    same_files = _others(found) == kept.others
    return differing if same_files and all(map(_is_note, differing)) else None


def _is_note(path: str) -> bool:
    return path.lower().endswith(".md")


def _others(found: Walk) -> list[str]:
    return sorted({*found.others, *found.excluded, *found.canvases})


def _read_all(
    root: Path,
    settings: Settings,
    of_settings: tuple[Problem, ...],
    found: Walk,
    cache: Cache,
    progress: Callable[[int, int], None] | None,
) -> tuple[People, tuple[Problem, ...]]:
    """Read everything; gives the problems of canvases besides."""
    seen = survey(root, found, settings, cache, progress)
    links, in_canvases = read_canvases(root, found)
    crlf = windows_problem([path for path in found.notes if path in cache.windows])
    snapshot = build_of_heads(
        seen.heads,
        Lazy(dict.fromkeys(seen.heads), lambda path: note_again(root, cache, path)),
        (*found.others, *found.excluded, *found.canvases),
        settings,
        (*of_settings, *in_canvases, *found.problems, *crlf),
        links,
    )
    return read_people(snapshot, entries=seen.entries), in_canvases


def _brought_up_to_date(
    root: Path, people: People, were: frozenset[str], changed: set[str], found: Walk
) -> tuple[People, set[str]]:
    """Read what changed; also give the notes whose lines end as on Windows.

    What the walk did not find to be a note is none: a link may stand in its place.
    """
    snapshot, windows = people.snapshot, set(were - changed)
    notes = set(found.notes)
    for path in sorted(changed):
        if path not in notes:
            snapshot = snapshot.without_note(path)
            continue
        note, ends_as_windows = load_note(root, path)
        snapshot = snapshot.with_note(note)
        windows |= {path} if ends_as_windows else set()
    return (read_people(snapshot, people) if changed else people), windows


def _with_problems(people: People, problems: tuple[Problem, ...]) -> People:
    """The same people, of a snapshot that knows the problems of the vault as a whole."""
    snapshot = replace(people.snapshot, problems=problems)
    roster = replace(people.traces.roster, snapshot=snapshot)
    return People(snapshot, people.contacts, replace(people.traces, roster=roster))


# --- From the file ---


def _load(file: Path, settings: Settings) -> _Kept | None:
    parts = read_parts(file, _MAGIC)
    with contextlib.suppress(ValueError):  # it may be one of another form
        if parts and made_of(parts[0]) == _made_by(settings):
            others, windows, in_canvases = made_of(parts[1])
            return _Kept(others, windows, in_canvases, made_of(parts[2]), *parts[3:])
    return None


def _people(root: Path, kept: _Kept, settings: Settings) -> People:
    """The people as they were."""
    entries, contacts, flaws = made_of(kept.contacts)
    roster = Roster(
        _snapshot(root, kept, settings, flaws),
        Later(lambda: {path: ENTRY.unpack(one) for path, one in entries.items()}),
        {path: CONTACT.unpack(one) for path, one in contacts.items()},
    )
    known = {path: KNOWN.unpack(one) for path, one in made_of(kept.known).items()}
    evidence = {path: one.evidence for path, one in known.items()}
    notes: Later[NoteTraces] = Later(lambda: _traces(kept.traces))
    traces = Traces(roster, known_names(roster.contacts), notes, known, evidence)
    return People(roster.snapshot, roster.contacts, traces)


def _traces(part: Part) -> Lazy[NoteTraces]:
    rows: dict[str, bytes] = made_of(part)
    return Lazy(dict.fromkeys(rows), lambda path: TRACES.unpack(plain(rows[path])))


def _snapshot(root: Path, kept: _Kept, settings: Settings, flaws: Mapping[str, Packed]) -> Snapshot:
    """A snapshot whose parts are made when they are asked for; a note is read from its file."""

    def links() -> dict[str, tuple[Link, ...]]:
        rows = made_of(kept.links).items()
        return {path: tuple([Link(*one) for one in of_one]) for path, of_one in rows}

    def note(path: str) -> Note:
        return load_note(root, path)[0]

    def notes() -> Lazy[Note]:
        return Lazy(dict.fromkeys(filter(_is_note, kept.stamps)), note)

    targets, resolved = _later(kept.targets), _later(kept.resolved)
    return Snapshot(
        settings=settings,
        notes=Later(notes),
        other_links=Later(links),
        targets=targets,
        files=Files(_later(kept.by_path), _later(kept.by_ending), _later(kept.in_order)),
        resolved=resolved,
        backlinks=backlinks_of(resolved),
        wanted=wanted_of(targets),
        dates=Later(lambda: _dates(kept.dates)),
        flaws={path: unpack_problems(rows) for path, rows in flaws.items()},
    )


def _later(part: Part) -> Later[Any]:
    return Later(lambda: made_of(part))


def _dates(part: Part) -> dict[str, date]:
    return {path: date.fromordinal(day) for path, day in made_of(part).items()}


# --- To the file ---


def _save(
    file: Path,
    people: People,
    found: Walk,
    in_canvases: tuple[Problem, ...],
    windows: Collection[str],
    now: float,
) -> None:
    """Write it; what cannot be packed, or written, is not kept."""
    settings = people.snapshot.settings
    if settings.household_shared:
        return  # what counts through somebody else is not known of one alone
    unread = {path for path, problems in people.snapshot.flaws.items() if is_unread(problems)}
    unread |= {problem.path for problem in in_canvases if is_unread([problem])}
    stamps = (
        (path, None if is_young(stamp, now) or path in unread else tuple(stamp))
        for path, stamp in sorted(found.stamps.items())
        if path in people.snapshot.notes or path.lower().endswith(".canvas")
    )
    read = (_others(found), frozenset(windows), pack_problems(in_canvases))
    with contextlib.suppress(OSError, UnpackableError, ValueError):
        write_parts(file, _MAGIC, chain((_made_by(settings), read, stamps), _values(people)))


def _values(people: People) -> Iterator[object]:
    """What the other parts of the file are made of, in the order of `_Kept`."""
    snapshot, traces = people.snapshot, people.traces
    yield (
        {path: ENTRY.pack(one) for path, one in traces.roster.entries.items()},
        {path: CONTACT.pack(one) for path, one in people.contacts.items()},
        {path: pack_problems(problems) for path, problems in snapshot.flaws.items()},
    )
    yield ((path, KNOWN.pack(one)) for path, one in traces.known.items())
    yield ((path, marshal.dumps(TRACES.pack(one))) for path, one in traces.notes.items())
    yield ((path, day.toordinal()) for path, day in snapshot.dates.items())
    yield iter(made(snapshot.targets).items())
    yield (
        (path, [tuple(getattr(link, name) for name in link.__slots__) for link in links])
        for path, links in snapshot.other_links.items()
    )
    yield iter(made(snapshot.resolved).items())
    for part in (snapshot.files.by_path, snapshot.files.by_ending, snapshot.files.in_order):
        yield iter(made(part).items())


def _made_by(settings: Settings) -> tuple[str, str]:
    """The code, and the settings as one text that is the same in every run."""
    return code_version(), json.dumps(asdict(settings), sort_keys=True, default=sorted)
