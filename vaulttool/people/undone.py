"""Words that say of a contact that it did not come about: `didn't call`, `called, no answer`.

The cue words stand in one table per language (`locale/`). They are read in the words of a log
line, where any other negation tells what was spoken of: `she has not found a job`.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.message import msg
from vaulttool.people.channels import (
    ARROW,
    channel_at,
    find_channels,
    is_talk,
)
from vaulttool.people.days import day_named
from vaulttool.people.inline import without_fields
from vaulttool.people.tables import any_of, pattern_of, words_in

if TYPE_CHECKING:
    from vaulttool.message import Message

# Where words end that say how one was in touch.
CLAUSE_END = re.compile(r"[.!?;…:](?=\s|$)|\n|\s[—–-]\s|[(),]")
_ARROW_FIRST = re.compile(rf"\A\s*(?:{ARROW.pattern})\s*")
_LABEL_END = re.compile(rf"(?<=\w)\s*(?:{ARROW.pattern})")  # `email → could you call?`
_FOLLOWS = re.compile(
    r"[\s.,;:(—–→←↔<>-]*(?:(?:but|and|yet|he|she|they|i|it|there was|но|а|и|он|она|они|я)\s+)*",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:\s+(?:again|yet|so far|today|twice|this time|опять|снова|пока|сегодня|дважды))*"
    r"\s*(?:[.,;:!)…—–-]|\^|\n|\Z|\b(?:but|so|но|так что)\b)",
    re.IGNORECASE,
)
_INFINITIVE = ("ть", "ться", "ти", "чь", "чься")
_LONGEST_DAY = 4  # words, and one
_ANY_DAY = date(2000, 1, 3)
_NEAR = 3  # words between a cue and what it speaks of


def came_to_nothing(word: str) -> Message:
    """Say which word it was that took a contact back."""
    return msg("“{word}”: it did not come about", word=word)


def nobody_reached(rest: str) -> str | None:
    """The words right behind a clause that take its call or visit back: `, no answer`.

    Not where the same words tell of another one that came about.
    """
    line = rest.partition("\n")[0]
    begin = _match_end(_FOLLOWS, line)
    found = pattern_of("undone").match(line, begin)
    if found is None or not _ENDS.match(line, found.end()):
        return None
    later = [part for part in CLAUSE_END.split(line[found.end() :]) if part]
    return None if any(map(_came_about, later)) else found[0]


def not_in_touch(words: str) -> Message | None:
    """Why the words of a log line are no contact; None where they are one.

    Their first clause says it, unless a later one tells of a talk that came about.
    """
    words = _ARROW_FIRST.sub("", without_fields(words), count=1)
    end = _LABEL_END.search(words) or CLAUSE_END.search(words)
    clause, rest = (words[: end.start()], words[end.start() :]) if end else (words, "")
    if came_about_later(words):
        return None
    channels = find_channels(clause)
    may_be_talk = all(is_talk(channel) for channel, _start, _end in channels[:1])
    if may_be_talk and (found := _ending(clause) or (nobody_reached(rest) if channels else None)):
        return came_to_nothing(found)
    if moved := put_off(clause):
        return moved
    for table in ("negations", "future"):
        for cue in pattern_of(table).finditer(clause):
            if _speaks_of_contact(clause, cue):
                return came_to_nothing(cue[0])
    return None


def came_about_later(words: str) -> bool:
    """Whether a later clause tells of a contact: `didn't expect it, but he called`."""
    return any(map(_came_about, CLAUSE_END.split(words)[1:]))


def put_off(clause: str) -> Message | None:
    """Why a contact that was missed, or moved to another day, is none: `lunch moved to Friday`."""
    for cue in pattern_of("moved").finditer(clause):
        start = cue.end() + _match_end(_between(), clause[cue.end() :])
        channel, end = channel_at(clause, start)
        if is_talk(channel) and (_ENDS.match(clause, end) or _moves_to(clause, end)):
            return came_to_nothing(cue[0])
        before = clause[: cue.start()].rstrip()
        of_it = any(is_talk(one) and end == len(before) for one, _at, end in find_channels(before))
        if of_it and _moves_to(clause, cue.end()):
            return came_to_nothing(cue[0])
    return None


@functools.cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:(?:{any_of(words_in('whose'))})\s+)?", re.IGNORECASE)


def _moves_to(clause: str, end: int) -> bool:
    """Whether `to friday` stands there."""
    to, *words = clause[end:].split() or [""]
    days = (" ".join(words[:count]) for count in range(1, _LONGEST_DAY))
    return to.lower() in words_in("moved_to") and any(day_named(day, _ANY_DAY) for day in days)


def _ending(clause: str) -> str | None:
    for found in pattern_of("undone").finditer(clause):
        if _ENDS.match(clause, found.end()):
            return found[0]
    return None


def _speaks_of_contact(clause: str, cue: re.Match[str]) -> bool:
    """Whether a channel or `reached` stands behind a cue, as in `tried to call`.

    A word that is the cue itself counts (`позвоню`), but no infinitive: `asked to call`.
    """
    start = cue.end() if cue[0].lower().endswith(_INFINITIVE) else cue.start()
    named = [at + start for _channel, at, _end in find_channels(clause[start:])]
    named += [found.start() for found in pattern_of("reached").finditer(clause, start)]
    return any(len(clause[cue.end() : at].split()) <= _NEAR for at in named)


def _came_about(clause: str) -> bool:
    """Whether a clause tells of a talk of one's own that came about: `but he finally called`.

    No plan (`call on Friday`), and nothing that was with others (`but she called her sister`).
    """
    said = fold(clause).strip()
    lead = _match_end(_before_contact(), said)
    found = pattern_of("reached").match(said, lead)
    ends = [found.end()] if found else []
    ends += [
        end for channel, start, end in find_channels(said) if start == lead and is_talk(channel)
    ]
    was = any(map(_is_past, said[: max(ends, default=0)].split()))
    return was and any(_behind_contact().match(said, end) for end in ends)


def _is_past(word: str) -> bool:
    return any(
        word.endswith(past[1:]) if past.startswith("-") else word == past
        for past in words_in("past")
    )


@functools.cache
def _before_contact() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{any_of(words_in('before_contact'))})\s+)+")


@functools.cache
def _behind_contact() -> re.Pattern[str]:
    whom, behind = (any_of(words_in(table)) for table in ("met_whom", "behind_contact"))
    return re.compile(rf"(?:\s+(?:{whom}))?\s*(?:\Z|\^|(?:{behind})(?!\w))")


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0
