"""Time the phases of `vault due` inside one process: `python benchmarks/phases.py VAULT DATE RUNS`.

Prints JSON: CPU seconds of each phase (medians), and of bringing one changed note into a
snapshot. A process of its own, so that the memory of the measuring one stays small.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vaulttool.daily.block import update_block
from vaulttool.daily.lines import Writer, block_language
from vaulttool.index import build
from vaulttool.people.agenda import People, judge_day, make_agenda, without_start
from vaulttool.people.roster import find_contacts
from vaulttool.people.traces import gather
from vaulttool.vault.git import first_commits
from vaulttool.vault.read import load_note
from vaulttool.vault.settings import read_settings
from vaulttool.vault.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaulttool.index import Snapshot

T = TypeVar("T")

UPDATES = 25  # notes that are replaced, one after the other


class Stopwatch:
    """Adds up what each phase of one run costs."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, phase: str, work: Callable[[], T]) -> T:
        """Do the work of a phase and keep its time."""
        begin = time.process_time()
        result = work()
        self.seconds[phase] = time.process_time() - begin
        return result


def run(root: Path, today: date) -> tuple[dict[str, float], Snapshot]:
    """Do once what `vault due --print` does, and what it would write, phase by phase."""
    watch = Stopwatch()
    settings, _problems = read_settings(root)
    found = watch.time("walk", lambda: walk(root, settings.ignore))
    notes = watch.time("read and parse", lambda: [load_note(root, path)[0] for path in found.notes])
    snapshot = watch.time("build the index", lambda: build(notes, found.others, settings))
    roster = watch.time("find contacts", lambda: find_contacts(snapshot))
    traces = watch.time("gather evidence", lambda: gather(roster))
    people = People(snapshot, roster.contacts, traces)
    first_seen = first_commits(root, without_start(people, today))
    day = watch.time("judge", lambda: judge_day(people, first_seen, today))

    def block() -> str:
        writer = Writer(people, day, block_language(people), "")
        wanted = writer.wanted(make_agenda(people, day))
        return update_block("", wanted, today, "Keep in touch", writer.reading())

    watch.time("make the block", block)
    return watch.seconds, snapshot


def update_times(snapshot: Snapshot) -> tuple[float, float]:
    """The cost of replacing one note by another text of it, and of building the index anew."""
    notes = list(snapshot.notes.values())
    files = [path for paths in snapshot.files.by_path.values() for path in paths]
    watch = Stopwatch()
    steps: list[float] = []
    for note in notes[:: max(1, len(notes) // UPDATES)][:UPDATES]:
        changed = replace(note, links=note.links[1:])
        watch.time("with_note", partial(snapshot.with_note, changed))
        steps.append(watch.seconds["with_note"])
    watch.time("build", partial(build, notes, files, snapshot.settings))
    return statistics.median(steps), watch.seconds["build"]


def main() -> int:
    """Print the medians of the runs as JSON."""
    root, today, runs = Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), int(sys.argv[3])
    gc.disable()  # as the tool does while it reads
    phases: dict[str, list[float]] = {}
    updates: list[tuple[float, float]] = []
    for _ in range(runs):
        seconds, snapshot = run(root, today)
        for phase, spent in seconds.items():
            phases.setdefault(phase, []).append(spent)
        updates.append(update_times(snapshot))
        del snapshot
    medians = {phase: statistics.median(spent) for phase, spent in phases.items()}
    one, whole = (statistics.median(column) for column in zip(*updates, strict=True))
    print(json.dumps({"phases": medians, "with_note": one, "build": whole}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
