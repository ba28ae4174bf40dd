"""The forms in which a name may stand in prose: Russian ones are declined.

The endings are those of the school grammar for names of people: first names and patronymics
of both genders, surnames in -ов, -ев, -ин, -ый, -ий and what is declined like a noun. A form
that nobody uses does no harm: it is only looked for.
"""

from __future__ import annotations

import re
from itertools import product

from vaulttool.locale import fold

_RUSSIAN = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_MOST = 3  # words of a name that are declined

# How a word ends, how many letters of it change, and what takes their place in the other cases;
# the first that fits.
_DECLENSIONS = (
    (r"(?:ов|ев|ёв|ин|ын)$", 0, ("а", "у", "ым", "ом", "е")),
    (r"(?:ов|ев|ёв|ин|ын)а$", 1, ("ой", "у", "ы", "е")),
    (r"(?:ск|цк)ий$", 2, ("ого", "ому", "им", "ом")),
    (r"(?:[нтвлкмр]ый|ой)$", 2, ("ого", "ому", "ым", "ом")),
    (r"(?:ск|цк|[нтвлкмр])ая$", 2, ("ой", "ую")),
    (r"ия$", 1, ("и", "ю", "ей")),
    (r"я$", 1, ("и", "е", "ю", "ей")),
    (r"[гкхжчшщ]а$", 1, ("и", "е", "у", "ой", "ей")),
    (r"а$", 1, ("ы", "е", "у", "ой")),
    (r"[йь]$", 1, ("я", "ю", "ем", "ём", "е", "и", "ью")),
    (r"[бвгджзклмнпрстфхцчшщ]$", 0, ("а", "у", "ом", "ем", "е")),
)
_UNEVEN = {"павел": "павл", "лев": "льв", "пётр": "петр", "петр": "петр"}  # the vowel that goes


def name_forms(name: str) -> set[str]:
    """The name as it is, and declined where it is Russian."""
    words = name.split()
    if not words or len(words) > _MOST or not all(map(_RUSSIAN.fullmatch, words)):
        return {name}
    return {" ".join(forms) for forms in product(*map(_cases, words))}


def declines(said: str, name: str) -> bool:
    """Whether words are a form of a name, or of whole words of it: `Борису`, `Анной Петровой`."""
    words, parts = fold(said).split(), fold(name).split()
    if not words or not all(map(_RUSSIAN.fullmatch, words)):
        return False
    return any(
        all(map(_is_case, words, parts[at : at + len(words)]))
        for at in range(len(parts) - len(words) + 1)
    )


def _is_case(word: str, name: str) -> bool:
    return word[0] == name[0] and word in {fold(form) for form in _cases(name)}


def _cases(word: str) -> list[str]:
    low = word.casefold()
    if low in _UNEVEN:
        stem = word[0] + _UNEVEN[low][1:]
        return [word, *(stem + ending for ending in ("а", "у", "ом", "е"))]
    for pattern, length, endings in _DECLENSIONS:
        if re.search(pattern, low):
            stem = word[: len(word) - length]
            return [word, *(stem + ending for ending in endings)]
    return [word]
