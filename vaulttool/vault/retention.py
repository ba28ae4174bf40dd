"""What of the journal goes: after some time, beyond some size, or at a person's wish.

Only bytes go, and the path of a note that is purged. The records stay, and so does the chain.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaulttool.vault.journal import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from vaulttool.vault.journal import Journal, Step

STATES = 10  # of each note, that are kept however old and large they are


def prune(journal: Journal, now: datetime, days: int, megabytes: int) -> int:
    """Let old bytes go; gives how many of them went."""
    steps = journal.steps()
    kept = set(_last_states(steps))
    young = now.replace(tzinfo=None) - timedelta(days=days)
    for step in steps:
        if step.time.replace(tzinfo=None) >= young:
            files = (*step.begun, *step.touched)
            kept |= {name for one in files for name in (one.before, one.after) if name}
    objects = list(_objects(journal))
    gone = [path for path in objects if _name(path) not in kept]
    rest = [path for path in objects if _name(path) in kept]
    size = sum(path.stat().st_size for path in rest)
    always = set(_last_states(steps))
    for path in sorted(rest, key=lambda path: path.stat().st_mtime_ns):  # the oldest first
        if size <= megabytes * 1_000_000:
            break
        if _name(path) not in always:
            size -= path.stat().st_size
            gone.append(path)
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def spoken_of(
    journal: Journal, paths: Iterable[str], names: Iterable[str], beside: Iterable[Path] = ()
) -> list[Path]:
    """Find everything that the journal keeps of a person, also in old files beside the notes.

    These are all states of her own notes, and those of others in which one of her names stands.
    """
    keys = _keys(paths)
    own = {
        name
        for step in journal.steps()
        for one in (*step.begun, *step.touched)
        if one.key in keys
        for name in (one.before, one.after)
        if name
    }
    forms = [form for name in names for form in (name, name.casefold()) if name]
    objects = [path for path in _objects(journal) if _name(path) in own or _speaks(path, forms)]
    aside = {*(journal.folder / "aside").glob("*"), *beside}
    return objects + [
        path
        for path in sorted(aside)
        if path.is_file() and (name_of(path.read_bytes()) in own or _speaks(path, forms))
    ]


def purge(journal: Journal, paths: Iterable[str], found: Iterable[Path]) -> None:
    """Let these texts go, and the paths of her notes; what wrote them cannot be taken back."""
    for path in found:
        path.unlink(missing_ok=True)
    journal.blank(_keys(paths))


def _keys(paths: Iterable[str]) -> set[str]:
    return {name_of(path.encode()) for path in paths}


def _speaks(path: Path, names: list[str]) -> bool:
    text = path.read_bytes().decode("utf-8", "replace")
    folded = text.casefold()
    return any(name in text or name in folded for name in names)


def _last_states(steps: list[Step]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for step in reversed(steps):
        for one in step.touched:
            for name in (one.after, one.before):
                if name and seen.setdefault(one.key, 0) < STATES:
                    seen[one.key] += 1
                    yield name


def _objects(journal: Journal) -> Iterator[Path]:
    yield from sorted((journal.folder / "objects").glob("??/*"))


def _name(path: Path) -> str:
    return path.parent.name + path.name
