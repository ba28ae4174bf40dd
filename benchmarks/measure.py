"""Measure `vault due` beside the limits of the machine, all in one run.

    python benchmarks/measure.py [--sizes 1000,10000] [--runs 3] [--seed 1]

Generates vaults in a temporary folder, copies the example vault, and prints Markdown: whole
processes with their ratio to a bare walk, then the phases inside one process. Only ratios
within one run mean anything. Needs a Unix, which tells what each child process used.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "example-vault"
TODAY = "2026-11-20"  # the example vault's own day, and the end of the generated ones

WALK = """
import os, sys
folders = [sys.argv[1]]
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in entries:
            if entry.name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                entry.stat(follow_symlinks=False)
"""
READ = WALK.replace(
    "entry.stat(follow_symlinks=False)",
    "with open(entry.path, 'rb') as file: file.read()",
)

UNSET = ("VAULT_", "PYTHONDONTWRITEBYTECODE")  # what would change the runs

COLD_ROW, WARM_ROW = "`vault due --print`, nothing kept", "**`vault due --print`, warm**"
CHANGED_ROW = "`vault due --print`, one note changed"
OLD = 2.5  # seconds after which a saved note is trusted
WALK_ROW, READ_ROW = "bare Python: walk and stat", "bare Python: walk and read all bytes"


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process used."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MiB

    @classmethod
    def median(cls, runs: list[Usage]) -> Usage:
        """The medians of several runs."""
        return cls(
            statistics.median(one.wall for one in runs),
            statistics.median(one.cpu for one in runs),
            statistics.median(one.peak for one in runs),
        )


def measure(command: list[str], environ: dict[str, str]) -> Usage:
    """Run a command and ask the system what it used."""
    begin = time.perf_counter()
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environ
    )
    _pid, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 2**20)


def before(name: str, vault: Path, temporary: Path) -> None:
    """Bring about what the name of a process speaks of."""
    if name == COLD_ROW:
        shutil.rmtree(temporary / "CACHE", ignore_errors=True)
    elif name == CHANGED_ROW:
        note = min(vault.rglob("*.md"))
        note.write_text(note.read_text("utf-8") + "\nOne line more.\n", "utf-8")
        time.sleep(OLD)


def commands(vault: Path, temporary: Path, environ: dict[str, str]) -> dict[str, list[str]]:
    """The processes to compare, by what the table calls them, in the order of measuring."""
    python = sys.executable
    tool = [python, "-m", "vaulttool"]
    asked = [*tool, "--vault", str(vault), "--today", TODAY]
    found = {
        COLD_ROW: [*asked, "due", "--print"],
        WARM_ROW: [*asked, "due", "--print"],
        CHANGED_ROW: [*asked, "due", "--print"],
        "`vault why`, warm": [*asked, "why", some_contact(vault)],
        "`vault --version`": [*tool, "--version"],
        WALK_ROW: [python, "-c", WALK, str(vault)],
        READ_ROW: [python, "-c", READ, str(vault)],
        "`python -c pass`": [python, "-c", "pass"],
    }
    if rg := shutil.which("rg"):
        found["`rg -j1 -c -F '[['`"] = [rg, "-j1", "-c", "-F", "[[", str(vault)]
    if git := shutil.which("git"):
        # The repository lies beside the vault: a `.git` inside it would be the tool's to ask.
        repository = [git, f"--git-dir={temporary / (vault.name + '.git')}", f"--work-tree={vault}"]
        for step in (["init", "-q"], ["add", "-A"]):
            subprocess.run([*repository, *step], check=True, env=environ, capture_output=True)
        found["`git status`"] = [*repository, "status", "--porcelain"]
    return found


def some_contact(vault: Path) -> str:
    """The name of a contact."""
    return min(path.stem for path in (vault / "People").glob("*.md"))


def processes(vault: Path, temporary: Path, runs: int) -> dict[str, Usage]:
    """Measure all processes in turns, so that what drifts on the machine hits them alike."""
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith(UNSET)},
        **{f"XDG_{kind}_HOME": str(temporary / kind) for kind in ("CACHE", "CONFIG", "STATE")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }
    rows = commands(vault, temporary, environ)
    for command in rows.values():
        measure(command, environ)  # warms the caches of the system
    taken: dict[str, list[Usage]] = {name: [] for name in rows}
    for _ in range(runs):
        for name, command in rows.items():
            before(name, vault, temporary)
            taken[name].append(measure(command, environ))
    return {name: Usage.median(usages) for name, usages in taken.items()}


def print_processes(rows: dict[str, Usage]) -> None:
    """Print the table of whole processes."""
    base = rows[WALK_ROW].wall
    print("| process | wall s | CPU s | peak MiB | wall ÷ bare walk |")
    print("| --- | --: | --: | --: | --: |")
    for name, used in rows.items():
        ratio = used.wall / base
        print(
            f"| {name} | {used.wall:.3f} | {used.cpu:.3f} | {used.peak:.0f} |"
            f" {ratio:.{0 if ratio >= 10 else 1}f} |"
        )
    print()


def print_phases(vault: Path, runs: int, walked: float) -> None:
    """Measure the phases in a process of their own, and print them."""
    done = subprocess.run(
        [sys.executable, str(HERE / "phases.py"), str(vault), TODAY, str(runs)],
        capture_output=True,
        check=True,
        text=True,
    )
    found = json.loads(done.stdout)
    whole = sum(found["phases"].values())
    print("| phase of `vault due` | CPU s | share | ÷ bare walk |")
    print("| --- | --: | --: | --: |")
    for phase, spent in found["phases"].items():
        print(f"| {phase} | {spent:.3f} | {spent / whole:.0%} | {spent / walked:.1f} |")
    one, build = found["with_note"], found["build"]
    print(
        f"\nOne changed note: `Snapshot.with_note` {one * 1000:.1f} ms CPU, the index built anew"
        f" {build * 1000:.0f} ms, {build / one:.0f} times as much.\n"
    )


def measure_vault(title: str, vault: Path, temporary: Path, runs: int) -> None:
    """Print all tables of one vault."""
    notes = list(vault.rglob("*.md"))
    size = sum(note.stat().st_size for note in notes)
    print(f"### {title}: {len(notes):,} notes, {size / 1e6:.1f} MB\n")
    rows = processes(vault, temporary, runs)
    print_processes(rows)
    print_phases(vault, runs, rows[WALK_ROW].cpu)


def main() -> int:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description="Measure vault due beside the machine's limits.")
    parser.add_argument("--sizes", default="1000,10000", help="notes, one vault each")
    parser.add_argument("--runs", type=int, default=3, help="medians of so many runs")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        example = temporary / "example-vault"
        shutil.copytree(EXAMPLE, example)
        measure_vault("The example vault", example, temporary, given.runs)
        for size in filter(None, given.sizes.split(",")):
            vault = temporary / f"generated-{size}"
            subprocess.run(
                [
                    *(sys.executable, str(HERE / "generate.py"), str(vault), "--notes", size),
                    *("--seed", str(given.seed), "--end", TODAY),
                ],
                check=True,
            )
            measure_vault("Generated", vault, temporary, given.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
