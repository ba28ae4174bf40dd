"""The records of the journal: text to values, and whether they are as they were written.

A line is a record: a step that begins, a step that is done, or the names of bytes that were
let go. It holds the hash of the record before it, its own line number and its own hash. That
covers the hashes of its paths, not the paths, so that a person can be purged and the chain
still holds.

The chain shows what was changed, taken away or put in, and the head, which names the last
record, shows that the end is there. Neither has a secret: who makes all of it anew is not seen.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

START = "0" * 64  # in the place of the hash before the first record's
UNKNOWN = "?" * 64  # in the place of one that nobody knows any more: no record ever fits it
_FIELDS = {"path", "before", "after", "temporary", "key"}
_KINDS = {"step", "done", "gone"}
_PATH = re.compile(rb'"path": "(?:[^"\\]|\\.)*"')  # within a JSON string a `"` has a `\` before it

Record = dict[str, Any]


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
    meant_to_undo: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in the journal that is not as it was written."""

    kind: str
    line: int | None = None
    name: str = ""

    @property
    def is_damage(self) -> bool:
        """Whether something is wrong; what a crash leaves behind is not."""
        return self.kind not in {"torn", "left"}


@dataclass(frozen=True, slots=True)
class Head:
    """Where the journal ends."""

    hash: str  # the last record's
    lines: int
    size: int  # of the file; where it has another one, the head lags


# --- Lines ---


def name_of(data: bytes) -> str:
    """The name under which bytes are kept: their SHA-256."""
    return hashlib.sha256(data).hexdigest()


def split(data: bytes) -> list[bytes]:
    """The lines; also the last where only its ending did not reach the disk."""
    lines = data.split(b"\n")
    return lines if lines[-1] else lines[:-1]


def to_line(record: Record) -> bytes:
    """Write a record."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def seal(record: Record) -> bytes:
    """Give a record its hash, and write it."""
    record["hash"] = ""
    record["hash"] = _hash(to_line(record)[:-1], "")
    return to_line(record)


def parse(line: bytes) -> Record | None:
    """Read a line; None for what is no record."""
    try:
        record = json.loads(line)
        record["hash"].encode()  # nor what cannot be written again
        is_record = isinstance(record["previous"], str) and not _KINDS.isdisjoint(record)
        for one in record["touched"]:
            one["path"].encode()
            states = (one["before"], one["after"])
            is_record &= one.keys() == _FIELDS and all(isinstance(s, str | None) for s in states)
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return None
    return record if is_record else None


def is_whole(record: Record, line: bytes) -> bool:
    """Whether a record is as it was written: by its hash, its paths by theirs."""
    return record["hash"] == _hash(line, record["hash"]) and all(
        not one["path"] or name_of(one["path"].encode()) == one["key"] for one in record["touched"]
    )


def _hash(line: bytes, own: str) -> str:
    """The hash of a line, without its own hash and without anything that names a note."""
    bare = line.replace(f'"hash": "{own}", '.encode(), b"", 1)
    return name_of(_PATH.sub(b'"path": ""', bare) + b"\n")


# --- What they say ---


def read_steps(lines: Iterable[bytes], steps: dict[int, Step]) -> None:
    """Add the steps of further lines; a damaged record is passed over."""
    for line in lines:
        record = parse(line)
        if record is None or not is_whole(record, line):
            continue
        touched = tuple(Touched(**values) for values in record["touched"])
        if "step" in record:
            number, time = record["step"], datetime.fromisoformat(record["time"])
            steps[number] = Step(number, time, record["command"], touched,
                meant_to_undo=tuple(record["undoes"]))  # fmt: skip
        elif step := steps.get(record.get("done", 0)):
            # What was not taken back altogether can be taken back again.
            undoes = step.meant_to_undo if len(touched) == len(step.begun) else ()
            steps[step.number] = replace(step, touched=touched, done=True, undoes=undoes)


def read_names(lines: Iterable[bytes]) -> tuple[set[str], set[str]]:
    """The names of all bytes that the records name, and of those that must be there.

    A record without a line number is of a time when nobody wrote down what was let go.
    """
    named: set[str] = set()
    needed: set[str] = set()
    for line in lines:
        record = parse(line)
        if record is None:
            continue
        names = {one[state] for one in record["touched"] for state in ("before", "after")} - {None}
        named |= names
        if is_whole(record, line):
            needed |= names if "step" in record and "line" in record else set()
            needed.difference_update(record.get("gone", ()))
    return named, needed


# --- The end ---


def find_end(data: bytes, head: Head | None) -> Head:
    """Find what the next record follows.

    The head may lag, for a crash can come between a record and its head. Where it knows a
    record that is not there, the next one follows that: so the gap stays visible.
    """
    lines = split(data)
    records = [record for record in map(parse, lines) if record]
    last = records[-1]["hash"] if records else START
    if head is None:
        is_old = not any("line" in record for record in records)
        return Head(last if is_old else UNKNOWN, len(lines), len(data))
    is_there = head.hash in {START, *(record["hash"] for record in records)}
    return Head(last if is_there else head.hash, len(lines), len(data))


def find_flaws(lines: list[bytes], head: Head | None) -> Iterator[Flaw]:
    """Walk the chain, from its start to its head."""
    previous, moved = START, 0  # how many lines were put in so far; fewer than none: taken away
    places = {START: 0}  # in which line each record was written
    unread: list[int] = []  # lines since the last record
    is_new = False
    for number, line in enumerate(lines, 1):
        record = parse(line)
        if record is None:
            unread.append(number)
            continue
        follows = record["previous"] == previous
        if not is_whole(record, line):
            yield from _unread(lines, unread, is_torn=follows)
            yield Flaw("record", number)
        else:
            is_moved = number - moved != record.get("line", number - moved)
            yield from _unread(lines, unread, is_torn=follows and not is_moved)
            # A record that cannot be read any more explains why the next does not follow.
            if is_moved or not (follows or unread):
                yield Flaw("chain", number)
            moved = number - record.get("line", number - moved)
        is_new |= "line" in record
        previous, unread = record["hash"], []
        places[previous] = number - moved
    is_end = head is None or head.hash in places
    yield from _unread(lines, unread, is_torn=is_end)
    if not is_end:
        yield Flaw("end", len(lines) - len(unread))
    elif is_new if head is None else places[head.hash] > head.lines:
        yield Flaw("head")


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _unread(lines: list[bytes], numbers: list[int], *, is_torn: bool) -> Iterator[Flaw]:
    """Tell lines that a crash cut short from those that somebody damaged or put in."""
    for number in numbers:
        line = lines[number - 1].rstrip(b"\0")  # a file system may leave NULs at the end
        is_cut = line[:2] in (b"", b"{", b'{"') and not _is_json(line)
        yield Flaw("torn" if is_torn and is_cut else "foreign", number)
