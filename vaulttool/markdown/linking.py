"""Making words of a note's text into links, and nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from vaulttool.errors import RefusedError
from vaulttool.markdown.edit import splice
from vaulttool.markdown.note import read_note
from vaulttool.markdown.places import Places
from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaulttool.model import Link, Note


class Words(NamedTuple):
    """Words of a passage that are to be a link to a target."""

    passage: int
    start: int  # in the passage's text
    end: int
    target: str


def with_links(text: str, words: Iterable[Words]) -> str:
    """Make words into wikilinks; raises `RefusedError` where they would not be read as these."""
    note = read_note("", text)
    places = Places(text, note)
    wanted = list(words)
    edits: list[tuple[int, int, str]] = []
    for one in wanted:
        start, last = places.find(one.passage, one.start), places.find(one.passage, one.end - 1)
        shown = note.passages[one.passage].text[one.start : one.end]
        if start is None or last is None or text[start : last + 1] != shown:
            raise RefusedError(msg("“{text}” cannot be made a link where it stands", text=shown))
        bar = r"\|" if note.passages[one.passage].kind == "cell" else "|"
        label = "" if shown == one.target else f"{bar}{shown}"
        edits.append((start, last + 1, f"[[{one.target}{label}]]"))
    new = splice(text, edits)
    if sorted(map(_told, read_note("", new).links)) != sorted(
        [*map(_told, note.links), *(_told_of(note, one) for one in wanted)]
    ):
        raise RefusedError(msg("the names cannot be made links: they would be read otherwise"))
    return new


_Told: TypeAlias = "tuple[str, int, str, str, str, bool, bool]"


def _told(link: Link) -> _Told:
    """What a link says, but for its place on the line."""
    words = link.subpath or "", link.display or ""
    return link.kind, link.line or 0, link.target, *words, link.embed, link.commented


def _told_of(note: Note, one: Words) -> _Told:
    """What the link that is to be made says."""
    text = note.passages[one.passage].text
    shown = text[one.start : one.end]
    line = note.passages[one.passage].line + text.count("\n", 0, one.start)
    label = "" if shown == one.target else shown
    return "wikilink", line, one.target, "", label, False, False
