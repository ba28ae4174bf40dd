"""What of the journal goes: after some time, beyond some size, or at a person's wish.

Only bytes go, and the path of a note that is purged. The records stay, and so does the chain.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from vaulttool.vault.journal import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vaulttool.vault.journal import Journal, Step, Touched

STATES = 10  # of each note, that are kept however old and large they are
LONG = 1000  # steps of a journal that is not looked through at every write: that takes time
RARELY = 20  # … but at every twentieth


def prune(journal: Journal, now: datetime, days: int, megabytes: int) -> int:
    """Let old bytes go; gives how many of them went."""
    steps = journal.steps()
    if len(steps) > LONG and len(steps) % RARELY:
        return 0
    kept = journal.kept()
    young = now.replace(tzinfo=None) - timedelta(days=days)
    always = {*_last_states(steps), *_of_unfinished(steps)}
    wanted: dict[str, bool] = {}  # whether it is young, by name, the longest unused first
    for step in steps:
        for name in _names((*step.begun, *step.touched)):
            wanted.pop(name, None)
            wanted[name] = step.time.replace(tzinfo=None) >= young
    # What no record names was left by a crash; or else it is all that is left.
    nameless = {name: path for name, path in kept.texts.items() if name not in wanted}
    is_damaged = bool(nameless) and journal.is_damaged()
    ordered = {name: is_damaged and _is_young(path, young) for name, path in nameless.items()}
    ordered |= wanted
    sizes = {name: kept.texts[name].lstat().st_size for name in ordered if name in kept.texts}
    size = sum(sizes.values())
    gone: list[str] = []
    for name, own_size in sizes.items():
        is_too_much = size > megabytes * 1_000_000
        if name not in always and (is_too_much or not ordered[name]):
            size -= own_size
            gone.append(name)
    _remove(journal, {kept.texts[name]: name for name in gone}, wanted)
    for path in kept.unfinished:
        path.unlink(missing_ok=True)
    return len(gone)


def spoken_of(
    journal: Journal, paths: Iterable[str], names: Iterable[str], beside: Iterable[Path] = ()
) -> list[Path]:
    """Find everything that the journal keeps of a person, also in old files beside the notes.

    These are all states of her own notes, and those of others in which one of her names stands;
    also what no record names, for it may be of her.
    """
    keys = _keys(paths)
    own: set[str] = set()
    named: set[str] = set()
    for step in journal.steps():
        for one in (*step.begun, *step.touched):
            named |= set(_names([one]))
            own |= set(_names([one])) if one.key in keys else set()
    forms = [form for name in names for form in (name, name.casefold()) if name]
    kept = journal.kept()
    objects = [
        path
        for name, path in kept.texts.items()
        if name in own or name not in named or _speaks(path, forms)
    ]
    aside = {*(journal.folder / "aside").glob("*"), *beside}
    return [*objects, *kept.unfinished] + [
        path
        for path in sorted(aside)
        if path.is_file() and (name_of(path.read_bytes()) in own or _speaks(path, forms))
    ]


def purge(journal: Journal, paths: Iterable[str], found: Iterable[Path]) -> None:
    """Let these texts go, and the paths of her notes; what wrote them cannot be taken back."""
    texts = {path: name for name, path in journal.kept().texts.items()}
    _remove(journal, {path: texts.get(path, "") for path in found}, set(texts.values()))
    journal.blank(_keys(paths))


def _remove(journal: Journal, paths: dict[Path, str], named: Iterable[str]) -> None:
    """Take files away, and write down first which of them a record names."""
    journal.let_go({*paths.values()}.intersection(named))
    for path in paths:
        path.unlink(missing_ok=True)


def _names(files: Iterable[Touched]) -> Iterator[str]:
    return (name for one in files for name in (one.before, one.after) if name)


def _keys(paths: Iterable[str]) -> set[str]:
    return {name_of(path.encode()) for path in paths}


def _speaks(path: Path, names: list[str]) -> bool:
    text = path.read_bytes().decode("utf-8", "replace")
    folded = text.casefold()
    return any(name in text or name in folded for name in names)


def _is_young(path: Path, young: datetime) -> bool:
    return datetime.fromtimestamp(path.lstat().st_mtime) >= young  # noqa: DTZ006 - as in the records


def _last_states(steps: list[Step]) -> set[str]:
    last: dict[str, set[str]] = {}
    for step in reversed(steps):
        for one in step.touched:
            states = last.setdefault(one.key, set())
            for name in (one.after, one.before):
                if name and len(states) < STATES:
                    states.add(name)
    return set().union(*last.values())


def _of_unfinished(steps: list[Step]) -> Iterator[str]:
    """What is needed to tell, and to mend, what a step that was cut short has done."""
    return (name for step in steps if not step.done for name in _names(step.begun))
