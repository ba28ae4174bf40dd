"""Names in prose that are no links yet, and who is meant.

A whole name or an alias that one contact has is she. A first name, or a name of several, is told
apart by who else is named: somebody linked in the same note, or known to belong to those who
are. What is doubtful in itself, an everyday word for example, is somebody only where the note
names her otherwise as well. Where nothing tells, the candidates are listed and nothing is linked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vaulttool.message import msg
from vaulttool.people.grounds import is_template
from vaulttool.people.spoken import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaulttool.message import Message
    from vaulttool.model import Note
    from vaulttool.people.agenda import People
    from vaulttool.people.spoken import Doubt


_CODE = re.compile(r"`+[^`]*`+")


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A name that is no link."""

    source: str
    line: int
    text: str  # as it is written
    candidates: tuple[str, ...]  # the paths of those who may be meant
    path: str | None  # of the one who is, where that can be told
    why: Message  # how it was told, or why not
    passage: int
    start: int  # in the passage's text
    end: int
    doubt: Doubt | None


def find_unlinked(people: People) -> list[Unlinked]:
    """Find the names in all notes, by path and place; templates are left out."""
    names, known = Names(people.contacts.values()), _acquaintances(people)
    found: list[Unlinked] = []
    for path, note in people.snapshot.notes.items():
        if not is_template(path, people.snapshot):
            hidden = _commented(note)
            spoken = [one for number in range(len(note.passages))
                for one in _in_passage(note, number, hidden.get(number, 0), names)]  # fmt: skip
            found += _told_apart(people, note, spoken, known)
    return found


def _commented(note: Note) -> dict[int, int]:
    """Passages that begin within a comment of several -> where it ends in their text."""
    hidden: dict[int, int] = {}
    if not any("%%" in passage.text for passage in note.passages):
        return hidden
    texts = [_CODE.sub(lambda code: " " * len(code[0]), one.text) for one in note.passages]
    marks = [text.count("%%") for text in texts]
    before = 0
    for number, text in enumerate(texts):
        if before % 2 == 1 and before < sum(marks):  # begun, and ended somewhere
            end = text.find("%%")
            hidden[number] = len(text) if end < 0 else end + len("%%")
        before += marks[number]
    return hidden


def _in_passage(note: Note, number: int, hidden: int, names: Names) -> Iterator[Unlinked]:
    passage = note.passages[number]
    item = note.items[passage.item] if passage.item >= 0 else None
    if passage.kind == "heading" or passage.quoted or (item and (item.due_block or item.commented)):
        return
    for found in names.find(" " * hidden + passage.text[hidden:]):
        others = tuple(sorted(found.paths - {note.path}))
        if note.path in found.paths or not others:
            continue  # of herself, in her own note
        line = passage.line + passage.text.count("\n", 0, found.start)
        text = passage.text[found.start : found.end]
        is_certain = found.is_whole and len(others) == 1 and not found.doubt
        who = others[0] if is_certain else None
        why = msg("the whole name") if is_certain else msg("several may be meant")
        why = found.doubt.why if found.doubt else why
        place = number, found.start, found.end
        yield Unlinked(note.path, line, text, others, who, why, *place, found.doubt)


def _told_apart(
    people: People, note: Note, spoken: list[Unlinked], known: Mapping[str, set[str]]
) -> Iterator[Unlinked]:
    """Tell by who else is named in the note who is meant."""
    linked = {target for _link, target in people.snapshot.links_of(note.path) if target}
    here = (linked | {one.path for one in spoken if one.path}) & people.contacts.keys()
    here |= {note.path} & people.contacts.keys()
    for one in spoken:
        is_settled = one.path or (one.doubt and one.doubt.is_final)
        yield one if is_settled else _chosen(people, one, here, known)


def _chosen(
    people: People, one: Unlinked, here: set[str], known: Mapping[str, set[str]]
) -> Unlinked:
    named = [path for path in one.candidates if path in here]
    if len(named) == 1:
        return replace(one, path=named[0], why=msg("named in the same note"))
    if one.doubt:
        return one
    beside = {path: known.get(path, set()) & here for path in named or one.candidates}
    most = max(map(len, beside.values()))
    best = [path for path, others in beside.items() if len(others) == most]
    if most and len(best) == 1:
        others = tuple(people.contacts[path].name for path in sorted(beside[best[0]]))
        return replace(one, path=best[0], why=msg("named beside {names}", names=others))
    if len(one.candidates) == 1:
        return replace(one, path=one.candidates[0], why=msg("nobody else has this name"))
    return one


def _acquaintances(people: People) -> dict[str, set[str]]:
    """Who belongs to whom: linked from the note of either, or of one household."""
    contacts, resolved = people.contacts, people.snapshot.resolved
    known: dict[str, set[str]] = {path: set() for path in contacts}

    def meet(one: str, others: Iterable[str]) -> None:
        for other in others:
            if other in contacts and other != one:
                known[one].add(other)
                known[other].add(one)

    homes: dict[str, list[str]] = {}
    for path, contact in contacts.items():
        meet(path, filter(None, resolved[path]))
        meet(path, contact.lives_with)
        for home in contact.household:
            homes.setdefault(home, []).append(path)
    for together in homes.values():
        for path in together:
            meet(path, together)
    return known
