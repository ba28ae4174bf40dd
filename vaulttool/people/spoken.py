"""Names as a text has them: which forms of which names stand where, and what makes them doubtful.

A name of one word is nobody's whom we know where the surname of somebody else follows. One that
is an everyday word too (`May`, `Will`, `Надежда`) may be only that.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.message import msg
from vaulttool.people.forms import name_forms
from vaulttool.people.tables import any_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaulttool.contact import Contact
    from vaulttool.message import Message

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:[-’'](?!s\b)[^\W\d_]+)*(?!\w)")
_LONGEST = 4  # words of a name
_SIGNS = re.compile(r"\A[\W_]+")  # nobody says those of `@Anna`, a note's name
_NUMBER_BEFORE, _NUMBER_AFTER = re.compile(r"\d[^\S\n]*\Z"), re.compile(r"[^\S\n]*\d")
# What is no prose: code, HTML, links and their definitions, addresses, files, formulas, comments,
# tags, the ids of blocks, inline fields' keys.
_NO_PROSE = re.compile(
    r"`+[^`]*`+|<[^<>\n]*>|!?\[\[[^\[\]\n]*(?:\]\])?"
    r"|!?\[[^\[\]\n]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])"
    r"|^[^\S\n]*\[(?!\^)[^\[\]\n]+\]:[^\S\n]*\S*"
    r"|(?<!\w)\w+://\S+|(?<!\S)\S+@\S+"
    r"|(?<![^\s()])[^\s()]+\.(?:md|canvas|base|pdf|png|jpe?g|gif|webp|svg|mp[34]|m4a)\b"
    r"|\$[^$\n]+\$|%%.*?%%|%%.*|#[^\s#]\S*|\[\^[^\]\n]*\]|(?<!\S)\^[\w-]+|(?<![\w -])[\w -]+::",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a name may be none, or somebody else's."""

    why: Message
    is_final: bool  # whether it stays, whoever else is named in the note


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name as a text has it."""

    start: int
    end: int
    paths: frozenset[str]  # those who have it
    is_whole: bool  # no first name alone
    doubt: Doubt | None = None


class Names:
    """Every form of every name of the contacts."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._whole: dict[str, set[str]] = {}
        self._first: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}  # every word of somebody's names
        for contact in contacts:
            names = [_SIGNS.sub("", name) or name for name in (contact.name, *contact.aliases)]
            words = names[0].split()
            for name in names:
                self._add(self._whole, name, contact.path)
            if len(words) > 1:
                self._add(self._first, words[0], contact.path)
            parts = {word for name in names for word in name.split()}
            self._parts[contact.path] = {fold(form) for word in parts for form in name_forms(word)}

    @staticmethod
    def _add(forms: dict[str, set[str]], name: str, path: str) -> None:
        for form in name_forms(name):
            forms.setdefault(fold(form), set()).add(path)

    def find(self, text: str) -> Iterator[Spoken]:
        """The names in a text, the longest first at each place."""
        prose = _NO_PROSE.sub(lambda found: " " * len(found[0]), text)
        words = [word for word in _WORD.finditer(prose) if word[0][0].isupper()]
        number, surname = 0, -1
        while number < len(words):
            found, count = self._at(text, words, number)
            if found and count == 1:
                after = words[number + 1] if number + 1 < len(words) else None
                if number == surname:
                    found = replace(found, doubt=Doubt(msg("a surname, perhaps"), is_final=True))
                elif after and _follows(text, found.end, after):
                    found = self._with_surname(found, after[0])
                    surname = number + 1 if found.doubt else -1
                found = found if found.doubt else _as_a_word(found, text)
            if found:
                yield found
            number += count

    def _at(self, text: str, words: list[re.Match[str]], number: int) -> tuple[Spoken | None, int]:
        """The name that begins with a word, and of how many words it is."""
        start = words[number].start()
        for past in range(min(len(words), number + _LONGEST), number, -1):
            spoken = text[start : words[past - 1].end()]
            form = "" if "\n" in spoken else fold(" ".join(spoken.split()))
            whole, first = self._whole.get(form, set()), self._first.get(form, set())
            if form and (whole or first):
                found = Spoken(start, start + len(spoken), frozenset(whole | first), bool(whole))
                return found, past - number
        return None, 1

    def _with_surname(self, found: Spoken, surname: str) -> Spoken:
        """A first name and the word after it: those who have both, or a doubt."""
        own = {path for path in found.paths if _is_part(fold(surname), self._parts[path])}
        if own:
            return replace(found, paths=frozenset(own))
        why = msg("somebody else, perhaps: {name} follows", name=surname)
        return replace(found, doubt=Doubt(why, is_final=True))


def _as_a_word(found: Spoken, text: str) -> Spoken:
    """A name of one word, with a doubt where it is an everyday word; `May 2026` is nothing else."""
    if fold(text[found.start : found.end]) not in _everyday_names():
        return found
    if _NUMBER_BEFORE.search(text[: found.start]) or _NUMBER_AFTER.match(text, found.end):
        return replace(found, doubt=Doubt(msg("a word beside a number"), is_final=True))
    return replace(found, doubt=Doubt(msg("an everyday word, too"), is_final=True))


def _follows(text: str, end: int, word: re.Match[str]) -> bool:
    """Whether a word with a capital stands right behind a name, and is a name by its capital."""
    beside = _beside().fullmatch(text, end, word.start())
    return beside is not None and fold(word[0]).replace("’", "'") not in words_in("capitals")


def _is_part(word: str, parts: set[str]) -> bool:
    """Whether a word is one of somebody's names, or the initial of one."""
    return word in parts or (len(word) == 1 and any(part.startswith(word) for part in parts))


@functools.cache
def _beside() -> re.Pattern[str]:
    """What stands between a first name and its surname: `Anna van der Berg`."""
    particles = any_of(words_in("particles"))
    return re.compile(rf"[*_~=]*[^\S\n]+(?:(?:{particles})[^\S\n]+){{0,3}}[*_~=]*")


@functools.cache
def _everyday_names() -> frozenset[str]:
    words = words_in("everyday_names")
    return frozenset(fold(form) for word in words for form in name_forms(word))
