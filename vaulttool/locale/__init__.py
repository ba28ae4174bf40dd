"""The two languages: their word tables, and the one form in which words are compared.

Reading accepts both languages always; writing uses the one that the user chose.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaulttool.locale.words import Words
    from vaulttool.model import Language

LANGUAGES: tuple[Language, ...] = ("en", "ru")

# `ё` is written or left out at will; typographers put no-break spaces where they like.
_ALIKE = str.maketrans({"ё": "е", "\u00a0": " ", "\u2007": " ", "\u202f": " "})


@functools.cache
def words_of(lang: Language) -> Words:
    """The word tables of a language; they are made when they are asked for: help has no words."""
    if lang == "ru":
        from vaulttool.locale.ru import RU

        return RU
    from vaulttool.locale.en import EN

    return EN


def fold(text: str) -> str:
    """The form in which words are compared: case-folded, `ё` as `е`, trimmed."""
    if text.isascii():
        return text.lower().strip()
    return unicodedata.normalize("NFC", text.casefold()).translate(_ALIKE).strip()
