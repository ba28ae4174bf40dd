"""Make a vault to measure with: realistic notes, the same bytes for the same seed.

    python benchmarks/generate.py DIR --notes 10000 [--seed 1] [--end 2026-11-20]

Of the notes 60% are topics, 8% contacts, 20% daily notes and 12% meetings, half of each in
Russian. Nothing but the standard library is needed.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from notes import CIRCLES, contact, daily, meeting, topic
from pen import Dice, Pen, Person, World
from phrases import EN, RU

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from phrases import Phrases

LANGUAGES = (EN, RU)
CONTACTS, DAILY, MEETINGS = 0.08, 0.2, 0.12  # shares of the notes; the rest are topics
PER_FOLDER = 35  # topics in one folder
NOTES_PER_PICTURE = 50
DAILY_FORMAT = "YYYY/MM/YYYY-MM-DD"

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)  # one grey point

OBSIDIAN: Mapping[str, object] = {
    "app.json": {"alwaysUpdateLinks": True, "attachmentFolderPath": "Attachments", "useTab": True},
    "core-plugins.json": {"daily-notes": True, "templates": True, "backlink": True, "graph": True},
    "daily-notes.json": {"folder": "Daily", "format": DAILY_FORMAT},
    "templates.json": {"folder": "Templates"},
    "types.json": {"types": {"aliases": "aliases", "tags": "tags", "date": "date"}},
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic note: where it lies, and how it is linked to."""

    path: str
    title: str
    link: str
    phrases: Phrases


def write_vault(target: Path, notes: int, seed: int, end: date) -> None:
    """Write a vault of so many notes into a folder that is empty or not there yet."""
    for path, data in vault_files(notes, seed, end):
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def vault_files(notes: int, seed: int, end: date) -> Iterator[tuple[str, bytes]]:
    """Every file of the vault, with its path."""
    counts = {"contact": round(notes * CONTACTS), "daily": round(notes * DAILY)}
    meetings = round(notes * MEETINGS)
    topics = make_topics(notes - sum(counts.values()) - meetings, seed)
    people = make_people(counts["contact"], seed)
    pictures = notes // NOTES_PER_PICTURE
    linked = {p.lang: [one.link for one in topics if one.phrases is p] for p in LANGUAGES}
    world = World(end, people, linked, pictures)
    for name, value in OBSIDIAN.items():
        text = json.dumps(value, indent=2, ensure_ascii=False)
        yield f".obsidian/{name}", text.encode() + b"\n"
    for number in range(1, pictures + 1):
        yield f"Attachments/sketch-{number:04}.png", PICTURE
    for path, text in note_texts(world, topics, seed, counts["daily"], meetings):
        yield path, text.encode()


def note_texts(
    world: World, topics: list[Topic], seed: int, dailies: int, meetings: int
) -> Iterator[tuple[str, str]]:
    """The notes, each written with chance of its own."""

    def pen(kind: str, number: int, phrases: Phrases | None = None) -> Pen:
        dice = Dice(f"{seed}/{kind}/{number}")
        return Pen(dice, phrases or dice.pick(LANGUAGES), world)

    for number, one in enumerate(topics):
        yield one.path, topic(pen("topic", number, one.phrases), one.title)
    for number, person in enumerate(world.people):
        yield person.path, contact(pen("contact", number, person.phrases), person)
    for number, day in enumerate(daily_dates(dailies, seed, world.end)):
        yield f"Daily/{day:%Y/%m}/{day}.md", daily(pen("daily", number), day)
    taken: set[str] = set()
    for number in range(meetings):
        hand = pen("meeting", number)
        day = world.end - timedelta(days=hand.dice.between(0, 3 * 365))
        title = _unused(hand.say(hand.phrases.meeting_titles), f"{day}", taken)
        folder = f"{hand.phrases.meetings_folder}/{day:%Y}"
        yield f"{folder}/{day} {title}.md", meeting(hand, title, day)


def make_topics(count: int, seed: int) -> list[Topic]:
    """Name the topics; a few share a title, and are linked to by their path."""
    topics: list[Topic] = []
    taken: set[str] = set()
    for number in range(count):
        phrases = LANGUAGES[number % 2]
        pen = Pen(Dice(f"{seed}/title/{number}"), phrases, World(date.min, (), {}, 0))
        group = number // 2 // PER_FOLDER
        area = phrases.areas[group % len(phrases.areas)]
        folder = f"{phrases.topics_folder}/{area}/{group // len(phrases.areas) + 1:02}"
        if number // 2 % PER_FOLDER == 0:  # the note that sums up its folder
            title = "Overview" if phrases is EN else "Обзор"
            link = f"{folder}/{title}|{area}"
        else:
            link = title = _unused(pen.say(phrases.titles), "", taken)
        topics.append(Topic(f"{folder}/{title}.md", title, link, phrases))
    # The best-known topics lie in all folders.
    return sorted(topics, key=lambda one: Dice(f"{seed}/fame/{one.path}").between(0, 1 << 40))


def make_people(count: int, seed: int) -> list[Person]:
    """Name the contacts; the closest come first."""
    people: list[Person] = []
    taken: set[str] = set()
    circles = [name for name, share, _days, _log in CIRCLES for _ in range(share)]
    for number in range(count):
        phrases = LANGUAGES[number % 2]
        dice = Dice(f"{seed}/person/{number}")
        given, short = dice.pick(phrases.given_names)
        name = f"{given} {dice.pick(phrases.family_names)}"
        while name in taken:
            name += f"-{dice.pick(phrases.family_names)}"
        taken.add(name)
        folder = phrases.people_folder if dice.chance(0.95) else "Inbox"
        person = Person(f"{folder}/{name}.md", name, short, phrases, dice.pick(circles))
        people.append(person)
    order = [name for name, *_ in CIRCLES]
    return sorted(people, key=lambda one: order.index(one.circle))


def daily_dates(count: int, seed: int, end: date) -> Iterator[date]:
    """The days of the daily notes, backwards from the end: most days, over two years at least."""
    dice = Dice(f"{seed}/days")
    share = min(0.8, count / (2 * 365))
    day = end
    while count:
        if dice.chance(share):
            yield day
            count -= 1
        day -= timedelta(days=1)


def _unused(title: str, prefix: str, taken: set[str]) -> str:
    """Number a title that is taken already."""
    found, number = title, 2
    while prefix + found in taken:
        found, number = f"{title} {number}", number + 1
    taken.add(prefix + found)
    return found


def main() -> int:
    """Write the vault that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make a vault to measure with.")
    parser.add_argument("target", type=Path, metavar="DIR", help="an empty or a new folder")
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--end", type=date.fromisoformat, default=date(2026, 11, 20))
    given = parser.parse_args()
    if not 1 <= given.notes <= 100_000:
        parser.error("--notes: expected a number from 1 to 100000")
    if given.target.exists() and (not given.target.is_dir() or any(given.target.iterdir())):
        print(f"{given.target} is not an empty folder: nothing was written", file=sys.stderr)
        return 1
    write_vault(given.target, given.notes, given.seed, given.end)
    return 0


if __name__ == "__main__":
    sys.exit(main())
