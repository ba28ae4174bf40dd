"""Taking back what the tool wrote.

A note that is still as the step left it gets its old bytes back. In one that has changed
since, only the step's own lines are taken back: what was written since stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError, VaultError, reason_of
from vaulttool.markdown.takeback import take_back, take_back_note
from vaulttool.message import msg
from vaulttool.vault.change import Change, check_inside, diff
from vaulttool.vault.journal import RESCUE
from vaulttool.vault.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vaulttool.vault.journal import Journal, Step


def taken_back_by(steps: Sequence[Step]) -> dict[int, int]:
    """The steps that are taken back, each with the one that did it.

    What an undo took back stands again once that undo is taken back itself.
    """
    by: dict[int, int] = {}
    for step in reversed(steps):
        if step.number not in by:
            by |= dict.fromkeys(step.undoes, step.number)
    return by


def steps_to_undo(steps: Sequence[Step], number: int | None, last: int) -> list[Step]:
    """Choose the steps: the one with a number, else the last ones that still stand.

    Raises `VaultError` where there is no such step, or it was taken back already.
    """
    undone = taken_back_by(steps)
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

    Raises `RefusedError`, with the patch that would have to be applied by hand, where that
    is not safe or old bytes are no longer kept, and `VaultError` where nothing is left to do.
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
            before, after = (_kept(journal, step, name) for name in (touched.before, touched.after))
            now[touched.path] = _taken_back(touched.path, before, after, now[touched.path])
    changes = [Change(path, start[path], now[path]) for path in now]
    if changes and all(change.before == change.after for change in changes):
        raise VaultError(
            msg("nothing of it is left to take back; `vault history` lists the older steps, and"
                " `vault undo NUMBER` takes one back")
        )  # fmt: skip
    return changes


def _taken_back(
    path: str, before: bytes | None, after: bytes | None, current: bytes | None
) -> bytes | None:
    """What becomes of a note when a change of it is taken back."""
    if current in (before, after):
        return before
    patch = diff([Change(path, after, before)])
    if current is None:
        raise RefusedError(
            msg("{path} is no longer there: it was renamed, moved or deleted. Give it this name"
                " again, or take this back by hand", path=path), patch=patch)  # fmt: skip
    if after is None:
        raise RefusedError(
            msg("{path} would come back, but there is a note of this name again: rename that, or"
                " take this back by hand", path=path), patch=patch)  # fmt: skip
    old, new, text = _text(before), _text(after), _text(current)
    left = None
    if old is not None and new is not None and text is not None:
        left = take_back_note(new, text) if before is None else take_back(old, new, text)
    if left is None:
        raise RefusedError(
            msg("the tool's lines in {path} were changed since, or their place is in doubt: take"
                " this back by hand", path=path), patch=patch)  # fmt: skip
    return left.encode("utf-8") if left or before is not None else None


def _kept(journal: Journal, step: Step, name: str | None) -> bytes | None:
    if name is None:
        return None
    data = journal.bytes_of(name)
    if data is None:
        raise RefusedError(msg("the bytes of step {n} are no longer kept", n=step.number))
    return data


def _read(root: Path, path: str) -> bytes | None:
    file = check_inside(root, path)
    if file.is_symlink():
        raise RefusedError(msg("{path} is a link to another file, and is not written through:"
            " edit that file", path=path))  # fmt: skip
    try:
        return read_bytes(file)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        why = reason_of(error)
        raise RefusedError(msg("{path} cannot be read: {why}", path=path, why=why)) from None


def _text(data: bytes | None) -> str | None:
    try:
        return (data or b"").decode("utf-8")
    except UnicodeDecodeError:
        return None
