"""Time the resolving of links against their number: `python benchmarks/links.py [--sizes 1000,…]`.

Each vault is made in memory, with ten links a note: to notes by name, by path, by the end of a
path, by a relative path, in another case; to `Index`, of which every folder has one, and to
`Log`, of which every second folder has one; and to nothing. Prints Markdown. The last column
should stay as it is while the sizes grow.
"""

from __future__ import annotations

import argparse
import gc
import random
import time

from vaulttool.index import build
from vaulttool.model import Link, Note
from vaulttool.settings import Settings

NOTES_A_FOLDER = 25
_NAMES = {0: "Index", NOTES_A_FOLDER: "Index", 1: "Log"}  # of the notes of two folders


def make_notes(size: int, seed: int) -> list[Note]:
    """Make notes in folders, each folder with an `Index`."""
    chance = random.Random(seed)
    folders = [f"Area {n % 40}/Topic {n}" for n in range(max(1, size // NOTES_A_FOLDER))]
    paths = [
        f"{folders[n // NOTES_A_FOLDER % len(folders)]}/"
        f"{_NAMES.get(n % (2 * NOTES_A_FOLDER), f'Заметка {n}')}.md"
        for n in range(size)
    ]
    return [
        Note(path, path.rpartition("/")[2], links=tuple(_links(path, paths, chance)))
        for path in paths
    ]


def _links(path: str, paths: list[str], chance: random.Random) -> list[Link]:
    some = [chance.choice(paths).removesuffix(".md") for _ in range(5)]
    name = path.rpartition("/")[2]
    folder = some[3].split("/")[1]
    targets = [
        some[0].rpartition("/")[2],
        some[1].rpartition("/")[2].upper(),
        some[2],
        some[3].partition("/")[2],
        f"./{name}",
        "Index",
        "Log",
        f"{folder}/Index",
        f"Nowhere {chance.random()}/Index",
        f"Unwritten {chance.random()}",
    ]
    return [Link("wikilink", 1, target) for target in targets]


def main() -> None:
    """Build the index of each vault, and print what a link cost."""
    parser = argparse.ArgumentParser(description="Time the resolving of links.")
    parser.add_argument("--sizes", default="1000,10000,100000", help="notes, one vault each")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    gc.disable()  # as the tool does while it reads
    print("| notes | links | lead somewhere | seconds of CPU | µs a link |")
    print("| --: | --: | --: | --: | --: |")
    for size in map(int, given.sizes.split(",")):
        notes = make_notes(size, given.seed)
        begun = time.process_time()
        snapshot = build(notes, (), Settings())
        spent = time.process_time() - begun
        links = sum(len(note.links) for note in notes)
        found = sum(target is not None for each in snapshot.resolved.values() for target in each)
        print(
            f"| {size:,} | {links:,} | {found / links:.0%} | {spent:.2f}"
            f" | {spent / links * 1e6:.1f} |"
        )


if __name__ == "__main__":
    main()
