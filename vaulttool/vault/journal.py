"""What the tool wrote, so that all of it can be taken back.

A folder of the user's own, outside the vault, never synced:

    journal.jsonl    one line a record, each with the hash of the one before
    objects/ab/cd…   the bytes of notes, before and after, by their SHA-256

A step is one command. Its record lies on the disk before any note is touched; a second
record says that it is done. The hash of a record covers the hashes of its paths, not the
paths, so that a person can be purged and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vaulttool.vault.system import append, read_file, write_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vaulttool.vault.system import System

PRIVATE = 0o700
RESCUE = "rescue"  # the command of steps in which the tool brought in somebody else's late text
_START = "0" * 64  # in the place of the hash before the first record's


@dataclass(frozen=True, slots=True)
class Touched:
    """One file that a step wrote, by the names of its bytes."""

    path: str  # "" where it was purged
    before: str | None  # None: there was no such file
    after: str | None  # None: it is gone
    temporary: str = ""  # the name, in the same folder, under which it was prepared
    key: str = ""  # the hash of the path


@dataclass(frozen=True, slots=True)
class Step:
    """One command's writes."""

    number: int
    time: datetime
    command: str
    begun: tuple[Touched, ...]  # what was meant to be written
    touched: tuple[Touched, ...] = ()  # what was written, once it is done
    done: bool = False
    undoes: tuple[int, ...] = ()  # the numbers of the steps that it took back, once it is done


@dataclass(frozen=True, slots=True)
class Flaw:
    """A line of the journal, or the bytes of a name, that are not as they were written."""

    kind: str  # `torn`, `record`, `chain`, `object`
    line: int | None = None
    name: str = ""


@dataclass(slots=True)
class Journal:
    """The journal of one vault."""

    folder: Path
    system: System
    _last: str = field(default="", init=False)  # the hash of the last record, once it is known

    @property
    def file(self) -> Path:
        """The records."""
        return self.folder / "journal.jsonl"

    def object(self, name: str) -> Path:
        """Where the bytes of a name lie."""
        return self.folder / "objects" / name[:2] / name[2:]

    # --- Bytes ---

    def keep(self, data: bytes) -> str:
        """Keep bytes, and give their name."""
        name = name_of(data)
        path = self.object(name)
        if self.bytes_of(name) is None:  # not there, or damaged
            self.system.make_folder(path.parent, PRIVATE)
            temporary = path.with_name(f"{path.name}.{self.system.unique()}")
            write_new(self.system, temporary, data)
            self.system.replace(temporary, path)
            self.system.sync_folder(path.parent)
        return name

    def bytes_of(self, name: str) -> bytes | None:
        """Give the bytes of a name; None where they are not kept, or not as they were."""
        try:
            data = read_file(self.system, self.object(name))
        except FileNotFoundError:
            return None
        return data if name_of(data) == name else None

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
            touched=[_as_json(one) for one in begun],
        )
        return step

    def end(self, step: Step, touched: Iterable[Touched]) -> None:
        """Record that a step is done, and what became of its files."""
        self._append(done=step.number, touched=[_as_json(_keyed(one)) for one in touched])

    def steps(self) -> list[Step]:
        """All steps, the oldest first; a damaged record is passed over."""
        found: dict[int, Step] = {}
        undoes: dict[int, tuple[int, ...]] = {}
        for record in filter(None, map(_parsed, self._lines())):
            if record["hash"] != _hash(record):
                continue
            touched = tuple(Touched(**values) for values in record["touched"])
            if "step" in record:
                number, time = record["step"], datetime.fromisoformat(record["time"])
                found[number] = Step(number, time, record["command"], touched)
                undoes[number] = tuple(record["undoes"])
            elif step := found.get(record["done"]):
                # What was not taken back altogether can be taken back again.
                undone = undoes[step.number] if len(touched) == len(step.begun) else ()
                found[step.number] = replace(step, touched=touched, done=True, undoes=undone)
        return list(found.values())

    def _lines(self) -> list[bytes]:
        """The lines; also the last where only its ending did not reach the disk."""
        try:
            lines = read_file(self.system, self.file).split(b"\n")
        except FileNotFoundError:
            return []
        return lines if lines[-1] else lines[:-1]

    def _append(self, **record: Any) -> None:  # noqa: ANN401 - what JSON may hold
        """Add a record; a line that a crash left half written is ended, and passed over."""
        # Where this fails, nobody knows what stands in the file: it is read again then.
        record["previous"], self._last = self._last or self._last_hash(), ""
        record["hash"] = _hash(record)
        self.system.make_folder(self.folder, PRIVATE)
        is_new = not self.system.exists(self.file)
        append(self.system, self.file, _line(record))
        if is_new:
            self.system.sync_folder(self.folder)
        self._last = record["hash"]

    def _last_hash(self) -> str:
        last = next(filter(None, map(_parsed, reversed(self._lines()))), None)
        return last["hash"] if last else _START

    def blank(self, keys: set[str]) -> None:
        """Take the paths of purged notes out of all records; their hashes stay."""
        lines: list[bytes] = []
        for line in self._lines():
            record = _parsed(line)
            for one in record["touched"] if record else ():
                if one["key"] in keys:
                    one["path"] = ""
            lines.append(_line(record) if record else line + b"\n")
        if lines:
            temporary = self.file.with_name(f"{self.file.name}.{self.system.unique()}")
            write_new(self.system, temporary, b"".join(lines))
            self.system.replace(temporary, self.file)
            self.system.sync_folder(self.folder)

    # --- Looking after it ---

    def verify(self) -> Iterator[Flaw]:
        """Walk the chain: every record, and all bytes that are kept."""
        previous = _START
        for number, line in enumerate(self._lines(), 1):
            record = _parsed(line)
            if record is None:
                yield Flaw("torn", number)
                continue
            if record["hash"] != _hash(record) or not _is_as_written(record, line):
                yield Flaw("record", number)
            elif record["previous"] != previous:
                yield Flaw("chain", number)
            previous = record["hash"]
        for path in sorted((self.folder / "objects").glob("??/*")):
            name = path.parent.name + path.name
            if len(name) == len(_START) and self.bytes_of(name) is None:
                yield Flaw("object", name=name)


def name_of(data: bytes) -> str:
    """The name under which bytes are kept: their SHA-256."""
    return hashlib.sha256(data).hexdigest()


def _keyed(one: Touched) -> Touched:
    """Give a file with the hash of its path; that of a purged note is known already."""
    return one if one.key else replace(one, key=name_of(one.path.encode()))


def _as_json(one: Touched) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("path", "before", "after", "temporary", "key")}


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _hash(record: dict[str, Any]) -> str:
    """The hash of a record, without its own hash and without anything that names a note."""
    bare = {key: value for key, value in record.items() if key != "hash"}
    bare["touched"] = [{**one, "path": ""} for one in record["touched"]]
    return name_of(_line(bare))


def _is_as_written(record: dict[str, Any], line: bytes) -> bool:
    """Whether what the hash leaves out is right: the paths, and how the line is written."""
    paths = all(one["path"] in ("", None) or name_of(one["path"].encode()) == one["key"]
        for one in record["touched"])  # fmt: skip
    return paths and _line(record) == line + b"\n"


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Read a line; None for what is no record."""
    try:
        record = json.loads(line)
        is_record = {"hash", "previous"} <= record.keys() and record["touched"] is not None
        is_record &= all(one.keys() == _FIELDS for one in record["touched"])
    except (ValueError, AttributeError, KeyError, TypeError):
        return None
    return record if is_record else None


_FIELDS = {"path", "before", "after", "temporary", "key"}
