"""Measure `vault watch`: from a save to the answer, and memory while notes change on and on.

    python benchmarks/live.py [--notes 10000] [--saves 100] [--minutes 0] [--seed 1]

Generates a vault in a temporary folder, watches it with the installed program, saves notes
under it, and prints Markdown. At the end the watch's answer is compared with that of a
program that reads everything anew: it exits with 1 where they differ. Needs a Unix.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vaulttool import __version__
from vaulttool.vault.locate import socket_file

HERE = Path(__file__).resolve().parent
TODAY = date.today()  # noqa: DTZ011 - the day where the watch runs, which asks the same clock
PATIENCE = 60.0  # seconds for anything
OLD = 3.0  # seconds after which a file is not read twice for being young
PAUSE = 0.2  # seconds between two changes of the long run


@dataclass(slots=True)
class Watched:
    """A vault, and a `vault watch --serve` of it."""

    vault: Path
    environ: dict[str, str]
    events: queue.SimpleQueue[tuple[float, dict[str, Any]]] = field(
        default_factory=queue.SimpleQueue
    )
    process: subprocess.Popen[str] | None = None

    def command(self, *args: str) -> list[str]:
        """A command of the tool on this vault."""
        return [sys.executable, "-m", "vaulttool", "--vault", str(self.vault), *args]

    def start(self) -> float:
        """Begin to watch; gives the seconds until it was ready."""
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            self.command("watch", "--serve", "--json-lines"),
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        return self.wait_for("ready", "") - begin

    def _listen(self) -> None:
        assert self.process
        assert self.process.stdout
        for line in self.process.stdout:
            self.events.put((time.perf_counter(), json.loads(line)))

    def wait_for(self, kind: str, path: str) -> float:
        """Wait for an event; gives when it came."""
        while True:
            moment, event = self.events.get(timeout=PATIENCE)
            if event["event"] == kind and (event["path"] or "") == path:
                return moment

    def ask(self, *args: str) -> str:
        """Ask the watch on its socket, as the commands do."""
        question = {"version": __version__, "args": [*args, "--format", "json"], "environ": {}}
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(os.fspath(socket_file(self.environ, self.vault)))
            connection.sendall(json.dumps(question).encode() + b"\n")
            parts = []
            while part := connection.recv(1 << 16):
                parts.append(part)
        return str(json.loads(b"".join(parts))["out"])

    def fresh(self, *args: str) -> str:
        """The same answer from a program that knows of no watch."""
        environ = {**self.environ, "XDG_RUNTIME_DIR": os.fspath(self.vault.parent / "nowhere")}
        command = self.command(*args, "--format", "json")
        done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
        return done.stdout

    def memory(self) -> float:
        """The memory that the watch holds, in MiB."""
        assert self.process
        command = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        return int(subprocess.run(command, check=True, capture_output=True).stdout) / 1024

    def stop(self) -> None:
        """End the watch."""
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE)


def contacts(vault: Path) -> list[Path]:
    """The contacts' notes."""
    return sorted(path for name in ("People", "Люди") for path in (vault / name).rglob("*.md"))


def save(note: Path, words: str) -> None:
    """Write one more log line, as an editor saves: in place."""
    note.write_bytes(note.read_bytes().rstrip(b"\n") + f"\n- {TODAY} call: {words}\n".encode())


def time_saves(watched: Watched, saves: int, dice: random.Random) -> dict[str, list[float]]:
    """Save notes, and wait for the event, or ask at once; gives seconds."""
    found: dict[str, list[float]] = {"event": [], "question": []}
    notes = contacts(watched.vault)
    for number in range(saves):
        note = dice.choice(notes)
        path = note.relative_to(watched.vault).as_posix()
        save(note, f"number {number}")
        begin = time.perf_counter()
        found["event"].append(watched.wait_for("changed", path) - begin)
        save(note, f"question {number}")
        begin = time.perf_counter()
        answer = watched.ask("why", path)
        found["question"].append(time.perf_counter() - begin)
        if f"question {number}" not in answer:
            raise SystemExit(f"the answer about {path} does not know the save before it")
    return found


def churn(watched: Watched, minutes: int, dice: random.Random) -> list[float]:
    """Change, make, rename and delete notes for so long; gives the memory of each minute."""
    taken = [watched.memory()]
    notes = contacts(watched.vault)
    made: list[Path] = []
    for minute in range(minutes):
        end = time.monotonic() + 60
        count = 0
        while time.monotonic() < end:
            count += 1
            kind = dice.choice(("save", "save", "save", "make", "rename", "delete"))
            if kind == "make" or not made:
                made.append(watched.vault / f"Inbox/Churn {minute} {count}.md")
                made[-1].write_text(f"Lunch with [[{dice.choice(notes).stem}]].\n")
            elif kind == "save":
                save(dice.choice(notes), f"minute {minute}")
            elif kind == "rename":
                old = made.pop(dice.randrange(len(made)))
                made.append(old.rename(old.with_stem(f"{old.stem} again")))
            else:
                made.pop(dice.randrange(len(made))).unlink()
            time.sleep(PAUSE)
        taken.append(watched.memory())
    return taken


def row(name: str, seconds: list[float], base: float) -> str:
    """A row of the table."""
    median, late = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    return f"| {name} | {median * 1000:.0f} | {late * 1000:.0f} | 1/{base / median:.0f} |"


def run(watched: Watched, given: argparse.Namespace) -> int:
    """Measure, and print."""
    dice = random.Random(given.seed)
    ready = watched.start()
    first = watched.memory()
    found = time_saves(watched, given.saves, dice)
    cold = []
    for _ in range(3):
        begin = time.perf_counter()
        watched.fresh("why", contacts(watched.vault)[0].relative_to(watched.vault).as_posix())
        cold.append(time.perf_counter() - begin)
    base = statistics.median(cold)
    print(f"### {given.notes:,} notes; {given.saves} saves\n")
    print(f"| from a save to | median ms | 95th percentile ms | ÷ `vault why`, {base:.1f} s |")
    print("| --- | --: | --: | --: |")
    print(row("the event, 300 ms of waiting for more included", found["event"], base))
    print(row("the answer to a question asked at once", found["question"], base))
    print(f"\nReady after {ready:.1f} s, with {first:.0f} MiB.")
    if given.minutes:
        taken = churn(watched, given.minutes, dice)
        print(
            f"\n{given.minutes} minutes of changes, about {60 / PAUSE:.0f} a minute:"
            f" {taken[0]:.0f} MiB before, {taken[-1]:.0f} after, {max(taken):.0f} at most;"
            f" each minute: {' '.join(f'{one:.0f}' for one in taken)}"
        )
    questions = (("due", "--print"), ("contacts",), ("interactions",), ("notes",))
    same = [watched.ask(*one) == watched.fresh(*one) for one in questions]
    print(f"\nIn the end as a program that reads everything anew: {'yes' if all(same) else 'NO'}.")
    return 0 if all(same) else 1


def main() -> int:
    """Make the vault, watch it, measure."""
    parser = argparse.ArgumentParser(description="Measure vault watch.")
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=100)
    parser.add_argument("--minutes", type=int, default=0, help="of changes, one after another")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        vault = temporary / "vault"
        command = [sys.executable, str(HERE / "generate.py"), str(vault), "--notes"]
        end = ["--end", TODAY.isoformat(), "--seed", str(given.seed)]
        subprocess.run([*command, str(given.notes), *end], check=True)
        kinds = ("CACHE", "CONFIG", "STATE")
        environ = {
            **{name: value for name, value in os.environ.items() if name[:6] != "VAULT_"},
            **{f"XDG_{kind}_HOME": str(temporary / kind) for kind in kinds},
            "XDG_RUNTIME_DIR": str(temporary / "run"),
            "LC_ALL": "C.UTF-8",
        }
        time.sleep(OLD)
        watched = Watched(vault, environ)
        try:
            return run(watched, given)
        finally:
            watched.stop()


if __name__ == "__main__":
    sys.exit(main())
