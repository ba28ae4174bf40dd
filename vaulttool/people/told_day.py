"""The day that the words of `vault log` name, told from days that they only speak of."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.locale.day_words import DAY_WORDS
from vaulttool.people.cadence import parse_cadence
from vaulttool.people.channels import channel_named, find_channels, word_pattern
from vaulttool.people.days import day_named, is_month, looks_like_day
from vaulttool.people.schema import all_words
from vaulttool.people.tables import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_DAY = 6  # words
_LONGEST_CHANNEL = 3
_LONGEST_STATEMENT = 40  # words in which a day is looked for between others
_SHORT = 4  # letters of a word such as `sat` and `sun`, which means other things too
_SHORTEST = 2
_NEARER = 7  # how many times nearer a day behind is than the one ahead, if it is meant
_WEEK = 7
_OF_THE_DAY = ("on", "the", "в", "во")  # words before a day that only belong to it
_OF_ITS_OWN = ("'s", "’s")  # `yesterday's call`
_DOTTED = re.compile(r"\d{1,2}\.\d")
_CLAUSE_END = re.compile(r"[.!?;:,…](?=\s|\Z)|\s[—–-](?=\s)")
_WE_DID = re.compile(r"[а-яё]{2,}ли(?:сь)?", re.IGNORECASE)  # `на выходных ходили в кино`
_ANY_DAY = date(2000, 1, 3)


def is_day(words: str) -> bool:
    """Whether words name a day and nothing else."""
    return _read(words.split(), _ANY_DAY) is not None


@dataclass(frozen=True, slots=True)
class _Found:
    """Words of a text that tell when it was."""

    before: list[str]
    phrase: list[str]
    rest: list[str]
    day: date | None  # None: they name no single one


def take_day(text: str, today: date) -> tuple[date | None, str]:
    """Take the day out of a text: from its beginning, from behind a channel, or from its end.

    A day that is today is left there. At the end only a day counts that clearly lies behind:
    `yesterday`, `3 days ago`, `5 Nov`, `called me on Monday`, but no `she arrives friday`, no
    `about yesterday`. A day ahead is given where the text would say nothing else.
    """
    found = _find(text.split(), today)
    if found is None or found.day is None or found.day == today:
        return None, text
    said = " ".join(found.before)
    if said and found.phrase[-1].endswith(","):
        said = said.rstrip(",") + ","
    return found.day, " ".join([*([said] if said else []), *found.rest]).rstrip(" ,")


def unclear_day(text: str, today: date) -> str | None:
    """The words of a text that tell when it was, and name no single day: `last week`, `11/14`."""
    found = _find(text.split(), today)
    return _bare(found.phrase) if found and found.day is None else None


def _find(words: list[str], today: date) -> _Found | None:
    """What tells when it was; no single day where another is beside it: `monday and tuesday`."""
    found = _first(words, today)
    if found is None:
        return None
    before, behind = _day_before(found, today), _day_behind(found, today)
    if not (before or behind):
        return found
    left = found.before[: len(found.before) - len(before)]
    return _Found(left, [*before, *found.phrase, *behind], found.rest[len(behind) :], None)


def _day_before(found: _Found, today: date) -> list[str]:
    """The words before a day that name another: `14 and` 15 november; mostly none."""
    other, joint = ["", "", *found.before][-2:]
    is_other = other.isdigit() or bool(other and _read([other], today))
    return [other, joint] if is_other and fold(joint) in _joints() else []


def _day_behind(found: _Found, today: date) -> list[str]:
    """The words behind a day that name another, and then nothing but a channel: likewise."""
    rest = found.rest
    start = 1 if rest and fold(rest[0]) in _joints() else 0
    if not (start or found.phrase[-1].endswith(",")):
        return []
    for end in range(min(_LONGEST_DAY, len(rest)), start, -1):
        behind = rest[end:]
        is_day = len(rest[end - 1]) > _SHORTEST and _read(rest[start:end], today)
        if is_day and (not behind or _channel_end(behind)):
            return rest[:end]
    return []


@functools.cache
def _joints() -> frozenset[str]:
    return frozenset({*all_words("joining"), *_phrases("either")})


def _first(words: list[str], today: date) -> _Found | None:
    """What tells when it was, by the first place that has it, and there in the most words."""
    for start in dict.fromkeys((0, _channel_end(words))):
        for found in _spans(words, start, today):
            if _counts_at_first(found, today):
                return found
    for start in range(1, min(len(words), _LONGEST_STATEMENT)):
        for found in _spans(words, start, today) if _told_of_then(words[:start]) else ():
            if _counts_within(found, today):
                return found
    part = _part_of_day(words)
    tail = words[len(words) - part :]
    for start in range(max(0, len(words) - part - _LONGEST_DAY), len(words) - part):
        found = _span(words, start, len(words) - part, today)
        if _counts_at_last(found, today):
            return replace(found, rest=tail)
    return None


def _spans(words: list[str], start: int, today: date) -> Iterator[_Found]:
    """What may be a day from here on, the longest first."""
    for end in range(min(start + _LONGEST_DAY, len(words)), start, -1):
        yield _span(words, start, end, today)


def _span(words: list[str], start: int, end: int, today: date) -> _Found:
    phrase = words[start:end]
    return _Found(words[:start], phrase, words[end:], _read(phrase, today))


def _counts_at_first(found: _Found, today: date) -> bool:
    """Whether words tell when it was where a text begins, or behind its channel."""
    before, phrase, rest, day = found.before, found.phrase, found.rest, found.day
    if day is None:
        told = not rest or _channel_end(rest) > 0 or bool(_WE_DID.fullmatch(rest[0]))
        told = told or (_is_parted(found) and bool(before or find_channels(" ".join(rest))))
        is_whole = not rest or fold(rest[0]) != "of"  # no `last week of school`
        return is_whole and (_is_unclear(phrase, told=told) or looks_like_day(_bare(phrase)))
    return _stands_alone(phrase, rest) and (day <= today or _says_nothing_else(before, rest))


def _is_parted(found: _Found) -> bool:
    """Whether what follows is no part of the phrase, as in `in the spring sun`."""
    first = fold(found.rest[0])
    is_else = first in _goes_on() or first in _phrases("opening")
    return is_else or found.phrase[-1].endswith((",", ".", ";", ":"))


def _counts_within(found: _Found, today: date) -> bool:
    """Whether words between others tell when it was: `texted me yesterday about the trip`."""
    phrase, day = found.phrase, found.day
    if not found.rest:
        return _counts_at_last(found, today)
    if not _is_parted(found) or _is_aside(found.before):
        return False
    if day is None:
        return _is_unclear(phrase, told=True)
    return day <= today and _is_plain(phrase) and _is_near(phrase, day, today)


def _counts_at_last(found: _Found, today: date) -> bool:
    """Whether words tell when it was where a text ends."""
    phrase, day = found.phrase, found.day
    if _is_aside(found.before):
        return False
    if day is None:
        return _is_unclear(phrase, told=_told_of_then(found.before))
    is_then = _is_plain(phrase) and _is_near(phrase, day, today) and _told_of_then(found.before)
    return day < today and (_is_behind(phrase, day, today) or is_then)


def _read(words: Sequence[str], today: date) -> date | None:
    """The latest day that words name; no span, no bare number, no `since yesterday`."""
    phrase = _bare(words).removesuffix(_OF_ITS_OWN[0]).removesuffix(_OF_ITS_OWN[1])
    first = fold(words[0]) if words else ""
    is_lead = first in _leads() and first not in _OF_THE_DAY
    is_lead = is_lead or fold(phrase) in _phrases("behind")  # `days ago`
    is_span = phrase.isdigit() or (not _DOTTED.match(phrase) and parse_cadence(phrase))
    if is_lead or is_span or _part_of_day(words):
        return None
    return day_named(phrase, today, past=True)


def _bare(words: Sequence[str]) -> str:
    return " ".join(words).strip(" .,!:—–")


def _is_unclear(words: Sequence[str], *, told: bool) -> bool:
    """Whether words that name no day tell when something was all the same.

    `told`: what stands beside them tells of a contact, so they may be when it was. Else only
    what lies behind in any case does.
    """
    phrase = fold(_bare(words))
    if any(word.endswith((",", ":")) for word in words[:-1]):
        return False
    bare = _before_spells().sub("", phrase)
    if not {phrase, bare}.isdisjoint(_phrases("behind")) or _some_ago().fullmatch(phrase):
        return True
    is_led = bare != phrase
    is_spell = is_led and (bare in _phrases("spells") or is_month(bare))
    is_date = looks_like_day(phrase) and (is_led or "/" in phrase)
    is_ahead = fold(words[0]) in _leads() and parse_cadence(phrase.partition(" ")[2]) is not None
    is_ahead = is_ahead and day_named(phrase, _ANY_DAY) is not None  # `in 5 days`
    return told and (phrase in _phrases("around") or is_spell or is_date or is_ahead)


def _stands_alone(phrase: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether words are no other: `sat lunch`, but `sat together`; never `we`, nor `1.5 hours`.

    Of `yesterday's` only a call or a lunch was then.
    """
    if rest and _DOTTED.match(phrase[-1]) and fold(rest[0].rstrip(",.;")) in _phrases("measures"):
        return False
    if phrase[-1].endswith(_OF_ITS_OWN):
        return _channel_end(rest) > 0
    word = phrase[0] if len(phrase) == 1 else ""
    if not (word.isascii() and word.isalpha() and len(word) <= _SHORT):
        return True
    return len(word) > _SHORTEST and (not rest or _channel_end(rest) > 0)


def _is_plain(phrase: Sequence[str]) -> bool:
    """Whether words at the end are no other: `on sun`, but not `the sun`."""
    short = len(phrase[-1].rstrip(".,!")) <= _SHORT and phrase[-1].rstrip(".,!").isalpha()
    return not short or fold(phrase[0]) in ("on", "в", "во")


def _says_nothing_else(before: Sequence[str], rest: Sequence[str]) -> bool:
    return not rest or (not before and _channel_end(rest) > 0)


def _is_behind(phrase: Sequence[str], day: date, today: date) -> bool:
    ahead = day_named(" ".join(phrase), today)
    if ahead is None or ahead == day:
        return True
    return (today - day).days * _NEARER < (ahead - today).days


def _is_near(phrase: Sequence[str], day: date, today: date) -> bool:
    """Whether a day behind is nearer than the same one ahead; a weekday of this week always is."""
    ahead = day_named(" ".join(phrase), today)
    back = (today - day).days
    return back < _WEEK or ahead is None or ahead <= today or back < (ahead - today).days


def _told_of_then(before: Sequence[str]) -> bool:
    """Whether words before a day tell of a contact, and it may be its day.

    `texted me`, `coffee at the lake`, `called about the trip`; but not `texted that she comes`,
    and not the second of two contacts.
    """
    said = fold(" ".join(before).rstrip(",; ")).replace("’", "'")
    *earlier, clause = _CLAUSE_END.split(said)
    if any(map(find_channels, earlier)):
        return False
    channel_ends = (
        end for _channel, start, end in find_channels(clause) if not _is_about(clause[:start])
    )
    behind = next((clause[end:] for end in channel_ends), None)
    if behind is None or _ahead().search(clause):
        return False
    return _phrases("opening").isdisjoint(re.findall(r"[\w'-]+", behind))


def _is_about(before: str) -> bool:
    words = before.split()
    return bool(words) and words[-1] in all_words("about")


@functools.cache
def _ahead() -> re.Pattern[str]:
    return word_pattern([*all_words("future"), *_phrases("agreed")])


def _is_aside(before: Sequence[str]) -> bool:
    """Whether the words before a day change it: `the plans for yesterday`, `several` days ago."""
    last = fold(before[-1]) if before else ""
    return last in (*all_words("about"), *_leads(), *_phrases("some"))


def _channel_end(words: Sequence[str]) -> int:
    """Behind the channel that words begin with."""
    for count in range(min(_LONGEST_CHANNEL, len(words)), 0, -1):
        if channel_named(" ".join(words[:count]).rstrip(",:")):
            return count
    return 0


def _part_of_day(words: Sequence[str]) -> int:
    """How many words at the end tell the part of a day: `in the evening`."""
    folded = fold(" ".join(words)).rstrip(",.;")
    if day_named(folded, _ANY_DAY) and folded in _near():
        return 0
    near = any(folded.endswith(f" {day}") for day in _near() if " " in day)  # `last night`
    for part in () if near else _parts():
        if folded.endswith(" " + part):
            return len(part.split())
    return 0


@functools.cache
def _goes_on() -> frozenset[str]:
    """Words behind a day that begin something else: `about`, `at`, `with`, `вечером`."""
    parts = {part.split()[0] for part in _parts()}
    return frozenset({*all_words("about"), *all_words("joining"), *_leads(), *parts})


@functools.cache
def _near() -> frozenset[str]:
    return frozenset(word for one in DAY_WORDS for word in one.near)


@functools.cache
def _parts() -> tuple[str, ...]:
    return tuple(sorted((part for one in DAY_WORDS for part in one.parts), key=len, reverse=True))


@functools.cache
def _leads() -> frozenset[str]:
    return frozenset(word for one in DAY_WORDS for lead in one.leads for word in lead.split())


@functools.cache
def _phrases(table: str) -> frozenset[str]:
    return frozenset(word for one in DAY_WORDS for word in getattr(one, table))


@functools.cache
def _before_spells() -> re.Pattern[str]:
    words = any_of(_phrases("before_spells"))
    return re.compile(rf"\A(?:(?:{words})\s+)+")


@functools.cache
def _some_ago() -> re.Pattern[str]:
    some, ago = (any_of(_phrases(table)) for table in ("some", "ago"))
    return re.compile(rf"(?:{some})\s+\w+\s+(?:{ago})")
