"""The hand that writes generated notes: chance from a seed, links, blocks of every kind."""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from phrases import Phrases

T = TypeVar("T")

# Bytes of a note at some quantiles; between them the line is straight.
SIZES = (
    *((0.0, 180), (0.1, 420), (0.25, 720), (0.5, 1280), (0.75, 2050)),
    *((0.9, 3500), (0.98, 6800), (1.0, 14000)),
)

_SLOT = re.compile(r"\{(\w+)\}")


class Dice:
    """Chance from a seed; built on `random()` alone, whose numbers no version of Python changes."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def chance(self, share: float) -> bool:
        """Say yes in this share of the cases."""
        return self._random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """Any of the values."""
        return values[int(self._random() * len(values))]

    def favour(self, values: Sequence[T]) -> T:
        """One of the values, the first ones far oftener, as people and notes are linked to."""
        share = self._random()
        return values[int(share * share * len(values))]

    def size(self) -> int:
        """The size of a note in bytes, spread as in real vaults: many small, few long ones."""
        share = self._random()
        for (low, small), (high, large) in itertools.pairwise(SIZES):
            if share <= high:
                return int(small + (large - small) * (share - low) / (high - low))
        return SIZES[-1][1]


@dataclass(frozen=True, slots=True)
class Person:
    """A contact of the generated vault."""

    path: str
    name: str
    short: str
    phrases: Phrases
    circle: str


@dataclass(frozen=True, slots=True)
class World:
    """What the notes can link to."""

    end: date
    people: Sequence[Person]  # the closest first
    topics: Mapping[str, Sequence[str]]  # language -> links, the best-known first
    pictures: int


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in one language, with the luck of one note."""

    dice: Dice
    phrases: Phrases
    world: World

    def fill(self, template: str) -> str:
        """Fill the slots of a template, each with something new."""
        return _SLOT.sub(lambda match: self._slot(match[1]), template)

    def say(self, templates: Sequence[str]) -> str:
        """Fill one of some templates."""
        return self.fill(self.dice.pick(templates))

    def _slot(self, name: str) -> str:
        if name == "link":
            return self.link()
        if name == "who":
            return self.person_link(self.dice.favour(self.world.people))
        table = self.phrases.adjectives if name in ("adj", "Adj") else self.phrases.nouns
        word = self.dice.pick(table)
        return word.capitalize() if name[0].isupper() else word

    def link(self) -> str:
        """A link to a topic: mostly plain, some with words of their own, some to nowhere yet."""
        topics = self.world.topics[self.phrases.lang]
        if not topics or self.dice.chance(0.05):
            return f"[[{self.fill('{Adj} {a} {b}')}]]"
        target = self.dice.favour(topics)
        if "|" not in target and self.dice.chance(0.2):
            return f"[[{target}|{self.dice.pick(self.phrases.nouns)}]]"
        if "|" not in target and self.dice.chance(0.08):
            return f"[[{target}#{self.phrases.headings[0]}]]"
        return f"[[{target}]]"

    def person_link(self, person: Person) -> str:
        """A link to a contact, now and then by the short name."""
        return f"[[{person.name}{'|' + person.short if self.dice.chance(0.3) else ''}]]"

    # --- Blocks ----------------------------------------------------------------------------

    def body(self, size: int) -> str:
        """Blocks of every kind, until the text has its size in bytes."""
        parts: list[str] = []
        written = 0
        while written < size:
            block = self.dice.pick(_BLOCKS)(self)
            parts.append(block)
            written += len(block.encode()) + 2
        return "\n\n".join(parts) + "\n"

    def paragraph(self) -> str:
        """A few sentences, with links and tags here and there."""
        found = [self.say(self.phrases.sentences) for _ in range(self.dice.between(1, 4))]
        if self.dice.chance(0.45):
            found.append(self.say(self.phrases.link_sentences))
        if self.dice.chance(0.08):
            found.append("#" + self.dice.pick(self.phrases.tags))
        return " ".join(found)

    def section(self) -> str:
        """A heading with a paragraph under it."""
        return f"## {self.say(self.phrases.headings)}\n\n{self.paragraph()}"

    def bullets(self) -> str:
        """A list, with lines nested under some of its items."""
        lines: list[str] = []
        for _ in range(self.dice.between(2, 5)):
            lines.append("- " + self.say(self.phrases.sentences))
            if self.dice.chance(0.2):
                lines.append("\t- " + self.say(self.phrases.link_sentences))
        return "\n".join(lines)

    def tasks(self) -> str:
        """Some tasks, open and done."""
        count = self.dice.between(1, 3)
        return "\n".join(self.task(self.phrases.tasks) for _ in range(count))

    def task(self, templates: Sequence[str]) -> str:
        """One task, with its date if it has one."""
        done = self.dice.chance(0.6)
        day = self.world.end - timedelta(days=self.dice.between(1, 700))
        if not done:
            day = self.world.end + timedelta(days=self.dice.between(-20, 60))
        mark = f" {'✅' if done else '📅'} {day}" if self.dice.chance(0.5) else ""
        return f"- [{'x' if done else ' '}] {self.say(templates)}{mark}"

    def code(self) -> str:
        """A block of code, in which nothing is a link or a tag."""
        name = f"step_{self.dice.between(1, 99)}"
        lines = (
            *(f"def {name}(rows):", "    # [[not a link]], #nottag"),
            *("    total = sum(row[1] for row in rows)", f"    return total / {len(name)}"),
        )
        return "```python\n" + "\n".join(lines[: self.dice.between(2, 4)]) + "\n```"

    def table(self) -> str:
        """A table with links in its cells."""
        pick, nouns = self.dice.pick, self.phrases.nouns
        lines = [f"| {pick(nouns)} | {pick(nouns)} | n |", "| --- | :-- | --: |"]
        for _ in range(self.dice.between(2, 5)):
            link = self.link().replace("|", "\\|")
            lines.append(f"| {pick(nouns)} | {link} | {self.dice.between(1, 900)} |")
        return "\n".join(lines)

    def quote(self) -> str:
        """A quotation or a callout."""
        lead = "> [!note] " + self.say(("{A}", "{Adj} {a}")) + "\n" if self.dice.chance(0.5) else ""
        return f"{lead}> {self.say(self.phrases.sentences)}\n> {self.say(self.phrases.sentences)}"

    def oddity(self) -> str:
        """What a parser has to look at twice."""
        return self.say(
            (
                "`[[{a}]]` — `#{b}`, {link}.",
                "$x_1 + x_2 = [[3]]$, {adj} {a}.",
                "<https://example.org/{a}> & [{b}](https://example.com/a_(b)#c), {link}.",
                "%% {link}: {adj} {a} %%",
                "**{A}** — *{adj} {b}*, ~~{a}~~ ==тут/here==, {link}[^1].\n\n[^1]: {A}.",
                "<details><summary>{A}</summary>{b}</details>\n\n\\[\\[{a}]] \\#{b}",
            )
        )

    def picture(self) -> str:
        """An embedded picture."""
        return f"![[sketch-{self.dice.between(1, max(self.world.pictures, 1)):04}.png]]"


_BLOCKS: tuple[Callable[[Pen], str], ...] = (
    *[Pen.paragraph] * 9,
    *[Pen.section] * 3,
    *[Pen.bullets] * 4,
    *(Pen.tasks, Pen.code, Pen.table, Pen.quote, Pen.oddity, Pen.picture),
)
