"""Measure `vault due` beside the limits of the machine and beside its peers, all in one run.

    python benchmarks/measure.py [--sizes 1000,10000] [--runs 3] [--seed 1] [--peers] [--write]

Generates vaults in a temporary folder, copies the example vault, and prints Markdown. Only
ratios within one run mean anything. Needs the package installed, and a Unix, which tells what
each child process used. `--peers` installs other programs into the temporary folder;
`--write` puts the tables into the two READMEs and draws the chart.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import chart
import peers
import tell
from processes import OLD, TODAY, clean_environ, of_the_machine, of_the_tool
from usage import QUICK, QUICK_TIMES, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from usage import Row

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "example-vault"
LARGE = 20_000  # notes: the phases of a larger vault are timed once
PEERS_AT = 10_000  # notes of the largest vault that the peers are asked to read


def measure_vaults(given: argparse.Namespace, sizes: list[int]) -> Iterator[tell.Told]:
    """Make the vaults one by one, the example first, and measure them."""
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        programs = peers.install(temporary / "peers") if given.peers else None
        example = temporary / "example-vault"
        shutil.copytree(EXAMPLE, example)
        yield measure_vault("The example vault", example, given.runs, programs, [])
        with_peers = max((size for size in sizes if size <= PEERS_AT), default=0)
        for size in sizes:
            vault = temporary / f"generated-{size}"
            generate(vault, size, given.seed)
            others = peers.rows(programs, vault) if programs and size == with_peers else ()
            yield measure_vault("Generated", vault, given.runs, programs, list(others))
            shutil.rmtree(vault)


def generate(vault: Path, notes: int, seed: int) -> None:
    """Make a vault."""
    command = [sys.executable, str(HERE / "generate.py"), str(vault), "--notes", str(notes)]
    subprocess.run([*command, "--seed", str(seed), "--end", TODAY], check=True)


def measure_vault(
    title: str, vault: Path, runs: int, programs: Path | None, others: list[Row]
) -> tell.Told:
    """Measure one vault: the tool, the machine, and the others' programs in turns."""
    print(f"measuring {vault.name} ...", file=sys.stderr)
    time.sleep(OLD)
    sizes = [note.stat().st_size for note in vault.rglob("*.md")]
    environ = clean_environ(vault.parent)
    rg = shutil.which("rg") or shutil.which("rg", path=programs or "")
    own = [*of_the_tool(vault, environ), *of_the_machine(vault, environ, rg)]
    rows, failed = measure([*own, *others], runs, environ)
    return tell.Told(
        title,
        notes=len(sizes),
        megabytes=sum(sizes) / 1e6,
        rows={row.name: rows[row.name] for row in own},
        peers={row.name: rows[row.name] for row in others if row.name in rows},
        failed=failed,
        inside=time_phases(vault, runs if len(sizes) <= LARGE else 1),
    )


def time_phases(vault: Path, runs: int) -> dict[str, Any]:
    """The phases inside one process, which is not this one."""
    command = [sys.executable, str(HERE / "phases.py"), str(vault), TODAY, str(runs)]
    done = subprocess.run(command, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def write(short: str, full: str, drawn: str) -> None:
    """Put what was measured where it is shown."""
    for page, measured in ((HERE.parent / "README.md", short), (HERE / "README.md", full)):
        page.write_text(tell.put(page.read_text("utf-8"), measured), "utf-8")
    (HERE / "cost.svg").write_text(drawn, "utf-8")


def where(runs: int) -> str:
    """On what, and when."""
    quick = f"of {runs * QUICK_TIMES} where one takes less than {QUICK:.0f} s"
    times = f"Medians of {runs} runs, {quick}" if runs > 1 else "One run of each"
    return (
        f"{times}: {os.cpu_count()} cores, {platform.system()}, Python"
        f" {platform.python_version()}, {date.today():%-d %B %Y}."  # noqa: DTZ011 - here
    )


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description="Measure vault due beside limits and peers.")
    parser.add_argument("--sizes", default="1000,10000", help="notes, one vault each")
    parser.add_argument("--runs", type=int, default=3, help="medians of so many runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true", help="install peers, and measure them")
    parser.add_argument("--write", action="store_true", help="write the READMEs and the chart")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    all_told = list(measure_vaults(given, sizes))
    # To the goals and the chart, a peer is a process as any other.
    by_size = {
        size: {**told.rows, **told.peers} for size, told in zip(sizes, all_told[1:], strict=True)
    }
    short = tell.in_short(by_size, where(given.runs))
    full = tell.in_full(short, all_told)
    print(full)
    if given.write:
        write(short, full, chart.draw(by_size))
    return 0


if __name__ == "__main__":
    sys.exit(main())
