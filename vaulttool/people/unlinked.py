"""Names in prose that are no links yet, and who is meant.

A whole name or an alias that one contact has is she. A first name, or a name of several, is told
apart by who else is named: somebody linked in the same note, or known to belong to those who
are. A name of one word is nobody's where the surname of somebody else follows; one that is an
everyday word too (`May`, `Will`) is somebody's only where the note names her otherwise as well.
Where nothing tells, the candidates are listed and nothing is linked.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from vaulttool.locale import fold
from vaulttool.message import msg
from vaulttool.people.forms import name_forms
from vaulttool.people.grounds import is_template
from vaulttool.people.schema import all_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaulttool.message import Message
    from vaulttool.model import Note, Passage
    from vaulttool.people.agenda import People

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:[-’'](?!s\b)[^\W\d_]+)*(?!\w)")
_LONGEST = 4  # words of a name
_BESIDE = re.compile(r"[*_~=]*[^\S\n]+[*_~=]*")  # between a first name and its surname
_NUMBER_BEFORE, _NUMBER_AFTER = re.compile(r"\d\s*\Z"), re.compile(r"\s*\d")
# What is no prose: code, HTML, links and their definitions, addresses, paths of files, formulas,
# comments, tags, the ids of blocks, inline fields' keys.
_NO_PROSE = re.compile(
    r"`+[^`]*`+|<[^<>\n]*>|!?\[\[[^\[\]\n]*\]\]"
    r"|!?\[[^\[\]\n]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])"
    r"|^[^\S\n]*\[(?!\^)[^\[\]\n]+\]:[^\S\n]*\S*"
    r"|\w+://\S+|\S+@\S+|[^\s()]+\.(?:md|canvas|base|pdf|png|jpe?g|gif|webp|svg|mp[34]|m4a)\b"
    r"|\$[^$\n]+\$|%%.*?%%|%%.*|#[^\s#]\S*|\[\^[^\]\n]*\]|(?<!\S)\^[\w-]+|[\w -]+::",
    re.DOTALL | re.MULTILINE,
)


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


class _Spoken(NamedTuple):
    """A name as a text has it."""

    start: int
    end: int
    paths: set[str]  # those who have it
    is_whole: bool
    doubt: Message | None = None  # why nobody may be meant at all
    is_word: bool = False  # an everyday word, too


class _Names:
    """Every form of every name, by its first word."""

    def __init__(self, people: People) -> None:
        self._whole: dict[str, set[str]] = {}
        self._first: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}  # the words of a contact's names
        for contact in people.contacts.values():
            names = (contact.name, *contact.aliases)
            words = {word for name in names for word in name.split()}
            self._parts[contact.path] = {fold(form) for word in words for form in name_forms(word)}
            for name in names:
                self._add(self._whole, name, contact.path)
            first, *others = contact.name.split()
            if others:
                self._add(self._first, first, contact.path)

    @staticmethod
    def _add(forms: dict[str, set[str]], name: str, path: str) -> None:
        for form in name_forms(name):
            forms.setdefault(fold(form), set()).add(path)

    def find(self, prose: str, text: str) -> Iterator[_Spoken]:
        """The names in a text, the longest first at each place; `prose` is where they may be."""
        words = [word for word in _WORD.finditer(prose) if word[0][0].isupper()]
        past, surname = 0, -1
        for number, word in enumerate(words):
            for following in range(min(len(words), number + _LONGEST), number, -1):
                end = words[following - 1].end()
                spoken = text[word.start() : end]
                if word.start() < past or "\n" in spoken:
                    continue
                form = fold(" ".join(spoken.split()))
                whole, first = self._whole.get(form), self._first.get(form)
                if not (whole or first):
                    continue
                past = end
                found = _Spoken(word.start(), end, (whole or set()) | (first or set()), bool(whole))
                if following > number + 1:
                    yield found
                    break
                after = words[following] if following < len(words) else None
                if number == surname:
                    found = found._replace(doubt=msg("it may be a surname here"))
                elif after and _is_surname(text, end, after):
                    found = self._with_surname(found, after[0])
                    surname = following if found.doubt else -1
                yield _as_word(found, text)
                break

    def _with_surname(self, found: _Spoken, surname: str) -> _Spoken:
        """A first name with the word after it: those who have both, or a doubt."""
        own = {path for path in found.paths if _is_part(fold(surname), self._parts[path])}
        if own:
            return found._replace(paths=own)
        return found._replace(doubt=msg("somebody else: {name} follows", name=surname))


def _is_surname(text: str, end: int, word: re.Match[str]) -> bool:
    """Whether a capitalised word stands right behind a name, and is not one of everywhere."""
    beside = _BESIDE.fullmatch(text, end, word.start())
    return bool(beside) and fold(word[0]).replace("’", "'") not in set(all_words("capitals"))


def _is_part(word: str, parts: set[str]) -> bool:
    """Whether a word is one of a contact's names, or the initial of one."""
    return word in parts or (len(word) == 1 and any(part.startswith(word) for part in parts))


def _as_word(found: _Spoken, text: str) -> _Spoken:
    """Mark a name that is an everyday word; beside a number, as in `May 2026`, it is only that."""
    if fold(text[found.start : found.end]) not in _everyday():
        return found
    numbered = _NUMBER_BEFORE.search(text[: found.start]) or _NUMBER_AFTER.match(text, found.end)
    doubt = found.doubt or (msg("an everyday word beside a number") if numbered else None)
    return found._replace(doubt=doubt, is_word=True)


@functools.cache
def _everyday() -> frozenset[str]:
    return frozenset(fold(form) for word in all_words("everyday_names") for form in name_forms(word))


def find_unlinked(people: People) -> list[Unlinked]:
    """Find the names in all notes, by path and place; templates are left out."""
    names, known = _Names(people), _acquaintances(people)
    found: list[Unlinked] = []
    for path, note in people.snapshot.notes.items():
        if not is_template(path, people.snapshot):
            spoken = [one for number, passage in enumerate(note.passages)
                for one in _in_passage(note, number, passage, names)]  # fmt: skip
            found += _told_apart(people, note, spoken, known)
    return found


def _in_passage(note: Note, number: int, passage: Passage, names: _Names) -> Iterator[Unlinked]:
    item = note.items[passage.item] if passage.item >= 0 else None
    if passage.kind == "heading" or passage.quoted or (item and (item.due_block or item.commented)):
        return
    prose = _NO_PROSE.sub(lambda found: " " * len(found[0]), passage.text)
    for found in names.find(prose, passage.text):
        others = tuple(sorted(found.paths - {note.path}))
        if note.path in found.paths or not others:
            continue  # of herself, in her own note
        line = passage.line + passage.text.count("\n", 0, found.start)
        text = passage.text[found.start : found.end]
        doubt = found.doubt or (msg("an everyday word, too") if found.is_word else None)
        is_certain = found.is_whole and len(others) == 1 and not doubt
        who = others[0] if is_certain else None
        why = doubt or (msg("the whole name") if is_certain else msg("several may be meant"))
        ...


def _told_apart(
    people: People, note: Note, spoken: list[Unlinked], known: Mapping[str, set[str]]
) -> Iterator[Unlinked]:
    """Tell by who else is named in the note who is meant."""
    linked = {target for _link, target in people.snapshot.links_of(note.path) if target}
    here = (linked | {one.path for one in spoken if one.path}) & people.contacts.keys()
    here |= {note.path} & people.contacts.keys()
    for one in spoken:
        yield one if one.path else _chosen(people, one, here, known)


def _chosen(
    people: People, one: Unlinked, here: set[str], known: Mapping[str, set[str]]
) -> Unlinked:
    named = [path for path in one.candidates if path in here]
    if len(named) == 1:
        return replace(one, path=named[0], why=msg("named in the same note"))
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
