"""What the tool talks about: frozen values, no behaviour beyond themselves.

The way of the main job: a folder of Markdown files becomes `Note`s; an index of
notes becomes a `Snapshot` (in `index.py`); the people in it become `Contact`s,
each with `Evidence` of being in touch; evidence and cadence make a `Verdict`;
the verdicts of a day make an `Agenda`, which is printed and written. What is said about
people stands in `contact.py`, what is said about notes here.

Paths are relative to the vault, with `/`. Lines count from 1. Days are `date`s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from vaulttool.message import Message

Language = Literal["en", "ru"]

# --- Problems -------------------------------------------------------------------------------

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the vault that could not be read as it was probably meant."""

    code: str  # stable, for other programs: `bad-yaml`
    severity: Severity
    path: str  # "" for the vault as a whole
    line: int | None
    message: Message
    fixable: bool = False


# --- A note --------------------------------------------------------------------------------

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
"""A property's value as Obsidian reads it: YAML 1.2 core, dates are strings."""

Raw: TypeAlias = "str | list[Raw] | dict[str, Raw]"
"""The same shape, each scalar as it is written, quotes and escapes removed."""


@dataclass(frozen=True, slots=True)
class Property:
    """One key of a note's YAML block."""

    key: str
    value: Value
    raw: Raw
    line: int
    item_lines: tuple[int, ...] = ()  # where each item of a list value stands


PassageKind = Literal["paragraph", "heading", "item", "cell"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of inline text: a paragraph, a heading, a list item's own text, a table cell."""

    kind: PassageKind
    text: str  # the Markdown source, without the block's own marks
    line: int  # of its first line
    section: int  # index into the note's headings, -1 before the first
    item: int = -1  # index of the list item that it stands in
    quoted: bool = False  # stands in a block quote or a callout


LinkKind = Literal["wikilink", "markdown", "property", "canvas"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a note or a file: `[[target#subpath|display]]` in one of its forms."""

    kind: LinkKind
    line: int | None
    target: str  # the path part, trimmed; "" is the note itself
    subpath: str | None = None  # what follows the first `#`, without it
    display: str | None = None
    embed: bool = False
    property: str | None = None  # `people.0` for the first item of a list
    passage: int = -1  # index into the note's passages
    start: int = 0  # where it stands in the passage's text
    end: int = 0
    commented: bool = False  # inside `%% %%`
    exact: bool = False  # a path from the top of the vault, as a canvas names its cards


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as written, without `#`."""

    tag: str
    line: int
    passage: int = -1  # -1: in a property
    start: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its section ends at the next of the same or a higher level."""

    level: int
    text: str
    line: int
    parent: int = -1  # index of the heading that this one stands under


@dataclass(frozen=True, slots=True)
class Item:
    """A list item."""

    passage: int  # its own text; -1 where it has none
    line: int
    end_line: int  # the last line that belongs to it, nested lines included
    depth: int  # 0 at the top
    parent: int  # index into the note's items, -1 at the top
    section: int
    status: str | None = None  # the character between the brackets of a task
    quoted: bool = False
    commented: bool = False
    due_block: date | None = None  # the day of the due block it stands in


@dataclass(frozen=True, slots=True)
class Field:
    """An inline field, as Dataview reads it: `Key:: value` in a note's text."""

    key: str
    value: Value
    raw: Raw
    line: int
    item: int = -1  # index of the list item that it stands in


@dataclass(frozen=True, slots=True)
class Note:
    """One `.md` file, read."""

    path: str
    title: str
    properties: tuple[Property, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    headings: tuple[Heading, ...] = ()
    passages: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()
    fields: tuple[Field, ...] = ()
    problems: tuple[Problem, ...] = ()

    def folder(self) -> str:
        """The folder that holds the note, "" at the top of the vault."""
        return self.path.rpartition("/")[0]
