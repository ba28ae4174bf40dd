"""By what a file is known to be unchanged, without reading it.

A stamp so young that the file may change once more without it is not trusted (git calls that
racy): such a file is read again the next time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaulttool.vault.listing import stamp_numbers

if TYPE_CHECKING:
    import os

YOUNG = 2.0  # seconds: some file systems keep times no finer than this


class Stamp(NamedTuple):
    """What changes with a file; compared for equality only."""

    mtime_ns: int
    ctime_ns: int
    size: int
    inode: int


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return Stamp(*stamp_numbers(status))


def is_young(stamp: Stamp, now: float) -> bool:
    """Whether a file may change, after `now` in seconds, and keep its stamp.

    A time far ahead says that the clock of another machine is: it cannot be told from it.
    """
    return any(abs(now - time / 1e9) < YOUNG for time in (stamp.mtime_ns, stamp.ctime_ns))
