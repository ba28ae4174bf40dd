"""What the tool wrote, so that all of it can be taken back.

A folder of the user's own, outside the vault, never synced:

    journal.jsonl    one line a record: see `chain.py`
    head             where that file ends, so that it is seen when its end is missing
    objects/ab/cd…   the bytes of notes, before and after, by their SHA-256

A step is one command. Its record lies on the disk before any note is touched; a second
record says that it is done.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaulttool.vault.chain import (
    UNKNOWN,
    Flaw,
    Head,
    Step,
    Touched,
    find_end,
    find_flaws,
    name_of,
    parse,
    read_names,
    read_steps,
    seal,
    split,
    to_line,
)
from vaulttool.vault.system import append, read_file, write_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from vaulttool.vault.system import System

__all__ = ["PRIVATE", "RESCUE", "Flaw", "Journal", "Step", "Touched", "name_of"]

PRIVATE = 0o700
RESCUE = "rescue"  # the command of steps in which the tool brought in somebody else's late text
_TEXT = re.compile(r"([0-9a-f]{2})/([0-9a-f]{62})")
_UNFINISHED = re.compile(r"(head|journal\.jsonl|[0-9a-f]{2}/[0-9a-f]{62})\.\d+-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies in `objects/`, and what a crash left beside it."""

    texts: dict[str, Path]  # by name
    unfinished: list[Path]  # what a crash left half written
    strays: list[Path]  # what the tool never puts into `objects/`


@dataclass(slots=True)
class Journal:
    """The journal of one vault."""

    folder: Path
    system: System
    _end: Head | None = field(default=None, init=False)  # where it ended after the last record
    _seen: bytes = field(default=b"", init=False)  # what `_steps` was read from
    _steps: dict[int, Step] = field(default_factory=dict, init=False)

    @property
    def file(self) -> Path:
        """The records."""
        return self.folder / "journal.jsonl"

    @property
    def head(self) -> Path:
        """What knows the last record."""
        return self.folder / "head"

    def object(self, name: str) -> Path:
        """Where the bytes of a name lie."""
        return self.folder / "objects" / name[:2] / name[2:]

    # --- Bytes ---

    def keep(self, data: bytes) -> str:
        """Keep bytes, and give their name."""
        name = name_of(data)
        path = self.object(name)
        if self.bytes_of(name) is None:  # not there, or damaged
            if not self.system.exists(self.head):  # so no bytes are ever kept without a head
                self._prepare()
                self._write_head(self._find_end())
            self.system.make_folder(path.parent, PRIVATE)
            self._put(path, data)
            self.system.sync_folder(path.parent)
        return name

    def bytes_of(self, name: str) -> bytes | None:
        """Give the bytes of a name; None where they are not kept, or not as they were."""
        try:
            data = self._read(self.object(name))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return data if name_of(data) == name else None

    def kept(self) -> Kept:
        """Look at everything that is kept."""
        beside = [path for path in _inside(self.folder) if _UNFINISHED.fullmatch(path.name)]
        kept = Kept({}, beside, [])
        base = self.folder / "objects"
        found_there = (_inside(one) if one.is_dir() else [one] for one in _inside(base))
        for path in chain.from_iterable(found_there):
            place = path.relative_to(base).as_posix()
            if found := _TEXT.fullmatch(place):
                kept.texts[found[1] + found[2]] = path
            else:
                (kept.unfinished if _UNFINISHED.fullmatch(place) else kept.strays).append(path)
        return kept

    # --- Records ---

    def begin(
        self, time: datetime, command: str, touched: Iterable[Touched], undoes: Iterable[int] = ()
    ) -> Step:
        """Record what is about to be written."""
        steps = self.steps()
        begun = tuple(map(_keyed, touched))
        step = Step(
            number=steps[-1].number + 1 if steps else 1,
            time=time.replace(microsecond=0),
            command=command,
            begun=begun,
        )
        self._append(
            step=step.number,
            time=step.time.isoformat(),
            command=command,
            undoes=list(undoes),
            touched=[asdict(one) for one in begun],
        )
        return step

    def end(self, step: Step, touched: Iterable[Touched]) -> None:
        """Record that a step is done, and what became of its files."""
        self._append(done=step.number, touched=[asdict(_keyed(one)) for one in touched])

    def let_go(self, names: Iterable[str]) -> None:
        """Record that bytes go, before they do: what is missing without that was taken away."""
        if gone := sorted(names):
            self._append(gone=gone, touched=[])

    def steps(self) -> list[Step]:
        """All steps, the oldest first; what was read before is not read again."""
        data = self._data()
        if not (self._seen.endswith(b"\n") and data.startswith(self._seen)):
            self._seen, self._steps = b"", {}
        read_steps(split(data[len(self._seen) :]), self._steps)
        self._seen = data
        return list(self._steps.values())

    def _read(self, path: Path) -> bytes:
        try:
            return read_file(self.system, path)
        except OSError as error:
            error.filename = str(path)  # a folder that could be opened is not named
            raise

    def _data(self) -> bytes:
        try:
            return self._read(self.file)
        except FileNotFoundError:
            return b""

    def _append(self, **record: Any) -> None:  # noqa: ANN401 - what JSON may hold
        """Add a record; a line that a crash left half written is ended, and passed over."""
        end = self._find_end()
        record["previous"], record["line"] = end.hash, end.lines + 1
        line = seal(record)
        self._prepare()
        is_new = not self.system.exists(self.file)
        append(self.system, self.file, line)
        if is_new:
            self.system.sync_folder(self.folder)
        self._end = Head(record["hash"], end.lines + 1, end.size + len(line))
        self._write_head(self._end)

    def blank(self, keys: set[str]) -> None:
        """Take the paths of purged notes out of all records; their hashes stay."""
        lines: list[bytes] = []
        for line in split(self._data()):
            record = parse(line)
            own = [one for one in record["touched"] if one["key"] in keys] if record else []
            for one in own:
                one["path"] = ""
            lines.append(to_line(record) if record and own else line + b"\n")
        if lines:
            self._put(self.file, b"".join(lines))
            self.system.sync_folder(self.folder)

    # --- The end ---

    def _find_end(self) -> Head:
        """Where the next record goes; another process may have written since the last one."""
        try:
            size = self.system.status(self.file).st_size
        except FileNotFoundError:
            size = 0
        if self._end and self._end.size == size:
            return self._end
        head = self._read_head()
        if head is None and size == 0 and self.kept().texts:
            return Head(UNKNOWN, 0, 0)
        return head if head and head.size == size else find_end(self._data(), head)

    def _read_head(self) -> Head | None:
        try:
            found = Head(**json.loads(self._read(self.head)))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        types = (type(found.hash), type(found.lines), type(found.size))
        return found if types == (str, int, int) else None

    def _write_head(self, head: Head) -> None:
        """Write it after the record: it may lag by what a crash cut off, and never leads."""
        is_new = not self.system.exists(self.head)
        self._put(self.head, json.dumps(asdict(head)).encode() + b"\n")
        if is_new:
            self.system.sync_folder(self.folder)

    def _prepare(self) -> None:
        """Make the folder, for its owner alone; one that others may read is closed to them."""
        self.system.make_folder(self.folder, PRIVATE)
        mode = self.system.status(self.folder).st_mode
        if mode & 0o077:
            with contextlib.suppress(OSError):  # somebody else's
                self.system.set_mode(self.folder, mode & PRIVATE)

    def _put(self, path: Path, data: bytes) -> None:
        """Write a whole file in one step."""
        temporary = path.with_name(f"{path.name}.{self.system.unique()}")
        write_new(self.system, temporary, data)
        try:
            self.system.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                self.system.unlink(temporary)
            raise

    # --- Looking after it ---

    def verify(self) -> Iterator[Flaw]:
        """Find what is not as it was written: in the records, and in the bytes that are kept."""
        head = self._read_head()  # first: it may lag behind what is read next
        lines, kept = split(self._data()), self.kept()
        if not lines and (head.lines if head else kept.texts):
            yield Flaw("records")
        else:
            yield from find_flaws(lines, head)
        named, needed = read_names(lines)
        for name in sorted(needed | kept.texts.keys()):
            if name not in kept.texts:
                yield Flaw("missing", name=name)
            elif not self._is_whole(name):
                yield Flaw("object", name=name)
            elif name not in named:
                yield Flaw("left", name=name)
        for path in kept.unfinished:
            if path.parent != self.folder:  # no text, and of no use to anybody
                yield Flaw("left", name=path.parent.name + path.name)
        for path in kept.strays:
            yield Flaw("stray", name=path.relative_to(self.folder).as_posix())

    def is_damaged(self) -> bool:
        """Whether records were taken away, put in or changed."""
        head = self._read_head()
        return any(flaw.is_damage for flaw in find_flaws(split(self._data()), head))

    def _is_whole(self, name: str) -> bool:
        try:
            return self.bytes_of(name) is not None
        except OSError:  # a folder, a link, what nobody may read
            return False


def _keyed(one: Touched) -> Touched:
    """Give a file with the hash of its path; that of a purged note is known already."""
    return one if one.key else replace(one, key=name_of(one.path.encode()))


def _inside(folder: Path) -> list[Path]:
    """What a folder holds; nothing where it is none."""
    try:
        return sorted(Path(entry.path) for entry in os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
