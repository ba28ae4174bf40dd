"""The day that the words of `vault log` name, told from days that they only speak of."""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.locale.day_words import DAY_WORDS
from vaulttool.people.cadence import parse_cadence
from vaulttool.people.channels import channel_named
from vaulttool.people.days import day_named
from vaulttool.people.schema import all_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_DAY = 5  # words
_LONGEST_CHANNEL = 3
_SHORT = 4  # letters of a word such as `sat` and `sun`, which means other things too
_SHORTEST = 2
_NEARER = 7  # how many times nearer a day behind is than the one ahead, if it is meant
_OF_THE_DAY = ("on", "the", "в", "во")  # words before a day that only belong to it
_DOTTED = re.compile(r"\d{1,2}\.\d")
_ANY_DAY = date(2000, 1, 3)


def is_day(words: str) -> bool:
    """Whether words name a day and nothing else."""
    return _read(words.split(), _ANY_DAY) is not None


def take_day(text: str, today: date) -> tuple[date | None, str]:
    """Take the day out of a text: from its beginning, from behind a channel, or from its end.

    A day that is today is left there. At the end only a day counts that clearly lies behind:
    `yesterday`, `3 days ago`, `5 Nov`, but no `friday`, no `about yesterday`. A day ahead
    is given where the text would say nothing else.
    """
    words = text.split()
    for start in (0, _channel_end(words)):
        for count in range(min(_LONGEST_DAY, len(words) - start), 0, -1):
            phrase, rest = words[start : start + count], words[start + count :]
            day = _read(phrase, today)
            if day is None or not _stands_alone(phrase, rest):
                continue
            if day < today or (day > today and _says_nothing_else(words[:start], rest)):
                comma = "," if start and rest and phrase[-1].endswith(",") else ""
                before = " ".join(words[:start]) + comma
                return day, " ".join([*([before] if start else []), *rest])
    return _at_the_end(words, today)


def _at_the_end(words: list[str], today: date) -> tuple[date | None, str]:
    part = _part_of_day(words)
    words, tail = words[: len(words) - part], words[len(words) - part :]
    for count in range(min(_LONGEST_DAY, len(words)), 0, -1):
        before, phrase = words[:-count], words[-count:]
        day = _read(phrase, today)
        if day and day < today and _is_behind(phrase, day, today) and not _is_aside(before):
            return day, " ".join([*before, *tail]).rstrip(" ,")
    return None, " ".join([*words, *tail])


def _read(words: Sequence[str], today: date) -> date | None:
    """The latest day that words name; no span, no bare number, no `since yesterday`."""
    phrase = " ".join(words).strip(" .,!:—–")
    first = fold(words[0]) if words else ""
    is_lead = first in _leads() and first not in _OF_THE_DAY
    is_span = phrase.isdigit() or (not _DOTTED.match(phrase) and parse_cadence(phrase))
    if is_lead or is_span or _part_of_day(words):
        return None
    if any(word.endswith((",", ":")) for word in words[:-1]):
        return None
    return day_named(phrase, today, past=True)


def _stands_alone(phrase: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether words are no other word: `sat lunch`, but `sat together`; never `we`."""
    word = phrase[0] if len(phrase) == 1 else ""
    if not (word.isascii() and word.isalpha() and len(word) <= _SHORT):
        return True
    return len(word) > _SHORTEST and (not rest or _channel_end(rest) > 0)


def _says_nothing_else(before: Sequence[str], rest: Sequence[str]) -> bool:
    return not rest or (not before and _channel_end(rest) > 0)


def _is_behind(phrase: Sequence[str], day: date, today: date) -> bool:
    ahead = day_named(" ".join(phrase), today)
    if ahead is None or ahead == day:
        return True
    return (today - day).days * _NEARER < (ahead - today).days


def _is_aside(before: Sequence[str]) -> bool:
    """Whether the words before a day speak of it: `the plans for yesterday`."""
    return bool(before) and fold(before[-1]) in (*all_words("about"), *_leads())


def _channel_end(words: Sequence[str]) -> int:
    """Behind the channel that words begin with."""
    for count in range(min(_LONGEST_CHANNEL, len(words)), 0, -1):
        if channel_named(" ".join(words[:count]).rstrip(",:")):
            return count
    return 0


def _part_of_day(words: Sequence[str]) -> int:
    """How many words at the end tell the part of a day: `in the evening`."""
    folded = fold(" ".join(words))
    if day_named(folded, _ANY_DAY) and folded in _near():
        return 0
    for part in _parts():
        if folded.endswith(" " + part):
            return len(part.split())
    return 0


@functools.cache
def _near() -> frozenset[str]:
    return frozenset(word for one in DAY_WORDS for word in one.near)


@functools.cache
def _parts() -> tuple[str, ...]:
    return tuple(sorted((part for one in DAY_WORDS for part in one.parts), key=len, reverse=True))


@functools.cache
def _leads() -> frozenset[str]:
    return frozenset(word for one in DAY_WORDS for lead in one.leads for word in lead.split())
