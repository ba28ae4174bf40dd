"""What processes use: run in turns, so that what drifts on the machine hits them alike."""

from __future__ import annotations

import math
import os
import signal
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

QUICK = 1.0  # seconds
QUICK_TIMES = 4
SPAWN = Path(__file__).resolve().parent / "spawn.py"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process used."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # megabytes
    runs: int = 1  # that these are the medians of


@dataclass(frozen=True, slots=True)
class Row:
    """A process to measure, by the name that the tables give it."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], object] | None = None  # done before each run
    rehearse: bool = True  # one run first that is not counted, to warm the system's caches
    enough: float = math.inf  # seconds: a run that takes longer is not repeated
    may_fail: bool = False


class CannotRunError(Exception):
    """A process that did not end well."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} did not run: {why}")
        self.why = why  # in a word or two


Measured: TypeAlias = "dict[str, Usage]"
"""The medians, by the names of the rows."""


def measure_once(row: Row, environ: Mapping[str, str]) -> Usage:
    """Run a process once, and ask the system what it used."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", os.fspath(SPAWN), *row.command],
        env={**environ, **row.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotRunError(row.name, last_word(done.stderr))
    wall, cpu, peak, code = map(float, done.stdout.split())
    if code == -signal.SIGXCPU:
        raise CannotRunError(row.name, f"stopped after {cpu:.0f} s")
    if code:
        raise CannotRunError(row.name, last_word(done.stderr))
    return Usage(wall, cpu, peak / 1e6)


def last_word(errors: str) -> str:
    """What Python calls an error, or whatever stands first in the last line."""
    return (errors.strip().splitlines() or ["silent"])[-1].partition(":")[0]


def median(runs: Sequence[Usage]) -> Usage:
    """The medians of several runs."""
    walls, cpus, peaks = zip(*((one.wall, one.cpu, one.peak) for one in runs), strict=True)
    middle = statistics.median
    return Usage(middle(walls), middle(cpus), middle(peaks), len(runs))


def measure(
    rows: Iterable[Row], runs: int, environ: Mapping[str, str]
) -> tuple[Measured, dict[str, str]]:
    """Measure all rows in turns: the medians, and what is said of those that do not run.

    What is quick is run `QUICK_TIMES` as often, if more than once: a moment's work of others
    would be much of its time.
    """
    rows = list(rows)
    taken: dict[str, list[Usage]] = {}
    failed: dict[str, str] = {}
    for row in rows:
        if row.rehearse:
            measure_once(row, environ)
    for _turn in range(runs * QUICK_TIMES if runs > 1 else 1):
        for row in rows:
            before = taken.setdefault(row.name, [])
            if row.name in failed or _was_enough(row, before, runs):
                continue
            if row.prepare:
                row.prepare()
            try:
                before.append(measure_once(row, environ))
            except CannotRunError as error:
                if not row.may_fail:
                    raise
                failed[row.name] = error.why
    return {name: median(used) for name, used in taken.items() if name not in failed}, failed


def _was_enough(row: Row, before: Sequence[Usage], runs: int) -> bool:
    """Whether a row needs no further run."""
    if len(before) >= runs:
        return row.prepare is not None or before[-1].wall > QUICK
    return bool(before) and before[-1].wall > row.enough
