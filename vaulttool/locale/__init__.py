"""The two languages: their word tables, and the one form in which words are compared.

Reading accepts both languages always; writing uses the one that the user chose.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from vaulttool.locale.en import EN
from vaulttool.locale.ru import RU

if TYPE_CHECKING:
    from vaulttool.locale.words import Words
    from vaulttool.model import Language

LANGUAGES: tuple[Language, ...] = ("en", "ru")

_WORDS: dict[Language, Words] = {"en": EN, "ru": RU}

# `ё` is written or left out at will; typographers put no-break spaces where they like.
_ALIKE = str.maketrans({"ё": "е", "\u00a0": " ", "\u2007": " ", "\u202f": " "})


def words_of(lang: Language) -> Words:
    """The word tables of a language."""
    return _WORDS[lang]


def fold(text: str) -> str:
    """The form in which words are compared: case-folded, `ё` as `е`, trimmed."""
    if text.isascii():
        return text.lower().strip()
    return unicodedata.normalize("NFC", text.casefold()).translate(_ALIKE).strip()
