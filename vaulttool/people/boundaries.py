"""What a contact asked for: read so that nothing she asked for is missed.

A boundary that is not honoured hurts more than one that is honoured without need. So a text
is compared without its punctuation, its parts are read one by one, and words that hold a
known phrase mean it, whatever else they say.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from vaulttool.locale import LANGUAGES, fold, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PARTS = re.compile(r"[,;/]| - | [—–] ")
_SIGNS = re.compile(r"[^\w'’]+|_")


def read_boundaries(texts: Iterable[str], tags: Iterable[str]) -> tuple[str, ...]:
    """The canonical words, and what is more than they say as it is written."""
    found = [word for text in texts for word in _read(text)]
    found += [known for tag in tags if (known := _known().get(_form(tag))) == "no contact"]
    return tuple(dict.fromkeys(found))


def _read(text: str) -> Iterator[str]:
    if whole := _known().get(_form(text)):
        yield whole
        return
    parts = _PARTS.split(text)
    for part in parts if any(_form(part) in _known() for part in parts) else [text]:
        if known := _known().get(_form(part)):
            yield known
        elif part.strip():
            yield from _held(part)
            yield part.strip()


def _held(text: str) -> Iterator[str]:
    """The boundaries whose phrases stand among other words, the longest phrases first."""
    rest = f" {_form(text)} "
    for phrase in sorted(_known(), key=len, reverse=True):
        if f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", " | ")
            yield _known()[phrase]


def _form(text: str) -> str:
    """Words as they are compared: folded, without punctuation."""
    return " ".join(_SIGNS.sub(" ", fold(text)).split())


@functools.cache
def _known() -> Mapping[str, str]:
    """Every phrase of both languages -> the canonical word."""
    return {
        _form(form): canonical
        for lang in LANGUAGES
        for canonical, forms in words_of(lang).boundaries.items()
        for form in (canonical, *forms)
    }
