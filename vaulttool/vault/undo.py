"""Taking back what the tool wrote.

A note that is still as the step left it gets its old bytes back. In one that has changed
since, the change is taken back by a three-way merge: what was written since stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError, VaultError
from vaulttool.markdown.merge import merge
from vaulttool.message import msg
from vaulttool.vault.change import Change, check_inside, diff
from vaulttool.vault.journal import RESCUE
from vaulttool.vault.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vaulttool.vault.journal import Journal, Step, Touched


def steps_to_undo(steps: Sequence[Step], number: int | None, last: int) -> list[Step]:
    """Choose the steps: the one with a number, else the last ones that still stand.

    Raises `VaultError` where there is no such step, or it was taken back already.
    """
    undone = {one for step in steps for one in step.undoes}
    if number is not None:
        found = [step for step in steps if step.number == number and step.touched]
        if not found:
            raise VaultError(msg("there is no step {n}: `vault history` lists them", n=number))
        if number in undone:
            raise VaultError(msg("step {n} was taken back already", n=number))
        return found
    # What the tool brought in of somebody else's is not the tool's to take back unasked.
    own = [step for step in steps if step.touched and not step.undoes and step.command != RESCUE]
    standing = [step for step in own if step.number not in undone]
    if not standing:
        raise VaultError(msg("there is nothing to take back"))
    return standing[-last:]


def inverse(root: Path, journal: Journal, steps: Iterable[Step]) -> list[Change]:
    """The changes that take steps back, the newest first.

    Raises `RefusedError`, with the patch that would have to be applied by hand, where the
    same lines were changed since or old bytes are no longer kept.
    """
    start: dict[str, bytes | None] = {}
    now: dict[str, bytes | None] = {}
    for step in sorted(steps, key=lambda step: -step.number):
        for touched in step.touched:
            if not touched.path:
                raise RefusedError(msg("the history of a note of step {n} was purged",
                    n=step.number))  # fmt: skip
            if touched.path not in now:
                start[touched.path] = now[touched.path] = _read(root, touched.path)
            now[touched.path] = _taken_back(journal, step, touched, now[touched.path])
    return [Change(path, start[path], now[path]) for path in now]


def _taken_back(
    journal: Journal, step: Step, touched: Touched, current: bytes | None
) -> bytes | None:
    before, after = _kept(journal, step, touched.before), _kept(journal, step, touched.after)
    if current == after:
        return before
    merged = None
    if None not in (before, after, current):
        texts = [_text(data) for data in (after, before, current)]
        if None not in texts:
            merged = merge(*(text or "" for text in texts))
    if merged is None:
        patch = diff([Change(touched.path, after, before)])
        raise RefusedError(
            msg("{path} has changed since, in the same lines: take this back by hand",
                path=touched.path), patch=patch)  # fmt: skip
    return merged.encode("utf-8")


def _kept(journal: Journal, step: Step, name: str | None) -> bytes | None:
    if name is None:
        return None
    data = journal.bytes_of(name)
    if data is None:
        raise RefusedError(msg("the bytes of step {n} are no longer kept", n=step.number))
    return data


def _read(root: Path, path: str) -> bytes | None:
    try:
        return read_bytes(check_inside(root, path))
    except FileNotFoundError:
        return None


def _text(data: bytes | None) -> str | None:
    try:
        return (data or b"").decode("utf-8")
    except UnicodeDecodeError:
        return None
