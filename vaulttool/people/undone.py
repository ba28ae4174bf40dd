"""Words that say of a contact that it did not come about: `didn't call`, `called, no answer`.

The cue words stand in one table per language (`locale/`). They are read in the words of a log
line, where any other negation tells what was spoken of: `she has not found a job`.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from vaulttool.contact import Depth
from vaulttool.locale import fold
from vaulttool.locale.told_words import TOLD_WORDS
from vaulttool.message import msg
from vaulttool.people.channels import ARROW, depth_of, find_channels, word_pattern
from vaulttool.people.inline import without_fields
from vaulttool.people.schema import all_words

if TYPE_CHECKING:
    from vaulttool.message import Message

# Where words end that say how one was in touch.
CLAUSE_END = re.compile(r"[.!?;…:](?=\s|$)|\n|\s[—–-]\s|[(),]")
_ARROW_FIRST = re.compile(rf"\A\s*(?:{ARROW.pattern})\s*")
_LABEL_END = re.compile(rf"(?<=\w)\s*(?:{ARROW.pattern})")  # `email → could you call?`
_FOLLOWS = re.compile(
    r"[\s.,;:(—–→←↔<>-]*(?:(?:but|and|yet|he|she|they|it|there was|но|а|и|он|она|они)\s+)*",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:\s+(?:again|yet|so far|today|twice|this time|опять|снова|пока|сегодня|дважды))*"
    r"\s*(?:[.,;:!)…—–-]|\^|\n|\Z|\b(?:but|so|но|так что)\b)",
    re.IGNORECASE,
)
_INFINITIVE = ("ть", "ться", "ти", "чь", "чься")
_PAST = re.compile(r"\w+ed\b|(?:spoke|came|got)\b|\w+л(?:[аи]?|ся|ась|ись)\b", re.IGNORECASE)
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
    found = _pattern("undone").match(line, begin)
    if found is None or not _ENDS.match(line, found.end()):
        return None
    later = [part for part in CLAUSE_END.split(line[found.end() :]) if part]
    return None if any(_tells_of_talk(part) for part in later) else found[0]


def not_in_touch(words: str) -> Message | None:
    """Why the words of a log line are no contact; None where they are one.

    Their first clause says it, unless a later one tells of a talk that came about.
    """
    words = _ARROW_FIRST.sub("", without_fields(words), count=1)
    end = _LABEL_END.search(words) or CLAUSE_END.search(words)
    clause, rest = (words[: end.start()], words[end.start() :]) if end else (words, "")
    if any(_tells_of_talk(part) for part in CLAUSE_END.split(rest)):
        return None
    channels = find_channels(clause)
    is_talk = all(depth_of(channel) is Depth.TALK for channel, _start, _end in channels[:1])
    if is_talk and (found := _ending(clause) or (nobody_reached(rest) if channels else None)):
        return came_to_nothing(found)
    for table in ("negations", "future"):
        for cue in _pattern(table).finditer(clause):
            if _speaks_of_contact(clause, cue):
                return came_to_nothing(cue[0])
    return None


def came_about_after_all(words: str) -> bool:
    """Whether a later clause tells of a contact of one's own: `didn't expect it, but he called`.

    Not of somebody else's: `but she called her sister`.
    """
    return any(_begins_with_contact(part) for part in CLAUSE_END.split(words)[1:])


def _begins_with_contact(clause: str) -> bool:
    said = fold(clause).strip()
    said = said[_match_end(_told_pattern("after_all", r"(?:{}\s+)+"), said) :]
    talks = [end for channel, start, end in find_channels(said)
        if not start and depth_of(channel) is Depth.TALK]  # fmt: skip
    reached = _pattern("reached").match(said)
    if reached and _PAST.match(said):
        talks.append(reached.end())
    follows = _told_pattern("went_on", r"\s*(?:\Z|\^|{}(?!\w))")
    return any(follows.match(said, end) for end in talks)


def _ending(clause: str) -> str | None:
    for found in _pattern("undone").finditer(clause):
        if _ENDS.match(clause, found.end()):
            return found[0]
    return None


def _speaks_of_contact(clause: str, cue: re.Match[str]) -> bool:
    """Whether a channel or `reached` stands behind a cue, as in `tried to call`.

    A word that is the cue itself counts (`позвоню`), but no infinitive: `asked to call`.
    """
    start = cue.end() if cue[0].lower().endswith(_INFINITIVE) else cue.start()
    named = [at + start for _channel, at, _end in find_channels(clause[start:])]
    named += [found.start() for found in _pattern("reached").finditer(clause, start)]
    return any(len(clause[cue.end() : at].split()) <= _NEAR for at in named)


def _tells_of_talk(clause: str) -> bool:
    talks = any(depth_of(channel) is Depth.TALK for channel, _start, _end in find_channels(clause))
    cues = _pattern("negations").search(clause) or _pattern("future").search(clause)
    return talks and not cues


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


@functools.cache
def _told_pattern(table: str, form: str) -> re.Pattern[str]:
    words = {word for one in TOLD_WORDS for word in getattr(one, table)}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(form.format(f"(?:{'|'.join(map(re.escape, longest_first))})"))


@functools.cache
def _pattern(table: str) -> re.Pattern[str]:
    return word_pattern(all_words(table))
