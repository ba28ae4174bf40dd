"""The words of a table of the languages: as a set, or as a pattern that finds them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from vaulttool.people.channels import word_pattern
from vaulttool.people.schema import all_words

if TYPE_CHECKING:
    from collections.abc import Iterable


@functools.cache
def words_in(table: str) -> frozenset[str]:
    """The words of a table in both languages."""
    return frozenset(all_words(table))


@functools.cache
def pattern_of(table: str) -> re.Pattern[str]:
    """What finds the words of a table, whole and the longest first."""
    return word_pattern(all_words(table))


def any_of(words: Iterable[str]) -> str:
    """The inside of a group that matches one of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
