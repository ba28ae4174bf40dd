"""How one was in touch by the words of `vault log`: the channel, and who wrote to whom."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from vaulttool.contact import Depth
from vaulttool.locale import fold
from vaulttool.locale.day_words import DAY_WORDS
from vaulttool.locale.told_words import TOLD_WORDS
from vaulttool.people.channels import channel_at, depth_of, find_channels, is_talk, tag_channel
from vaulttool.people.tables import any_of, words_in
from vaulttool.people.undone import CLAUSE_END

if TYPE_CHECKING:
    from vaulttool.contact import Direction

_BEFORE_CHANNEL = 4  # words in which a cue speaks of a channel
_MOST_BETWEEN = 2  # words between `he` and `wrote`


def told_channel(text: str) -> str | None:
    """The channel that a text names, where that is clear: at its head, by a tag, or alone.

    A cue before it (`about the call`, `no answer to my email`) means that there was none.
    """
    if tagged := tag_channel(text):
        return tagged
    first, _end = channel_at(text, 0)
    if first == "message":  # `wrote to her by email`
        by = {one for one in _meant(CLAUSE_END.split(text)[0]) if depth_of(one) is Depth.MESSAGE}
        return (by - {first}).pop() if len(by) == 2 else first
    if first:
        return first
    named = _meant(text)
    return named.pop() if len(named) == 1 else None


def _meant(text: str) -> set[str]:
    """The channels of a text, but for those that a cue only speaks of."""
    cues = words_in("about") | words_in("negations") | words_in("future")
    named = set()
    for channel, at, _end in find_channels(text):
        clause = CLAUSE_END.split(fold(text[:at]))[-1]
        before = re.findall(r"[\w'’-]+", clause)[-_BEFORE_CHANNEL:]
        ends = range(1, len(before) + 1)
        runs = (" ".join(before[start:end]) for end in ends for start in range(end))
        if cues.isdisjoint(runs):
            named.add(channel)
    return named


def told_direction(text: str, channel: str | None = None) -> Direction | None:
    """Who wrote, where the words say that it was the other: `he texted me`, `an email from him`.

    Both, where something else was written as well; a talk is mutual in any case.
    """
    folded = fold(text)
    messages = [
        (start, end) for channel, start, end in find_channels(folded) if not is_talk(channel)
    ]
    channel = channel or told_channel(text)
    if is_talk(channel):
        return None
    if _pattern(rf"(?<!\w)(?:{_any('heard')})(?!\w)").search(folded):
        return "in"
    incoming = [_came(folded[:start].rstrip(), folded[end:]) for start, end in messages]
    if not any(incoming):
        return None
    is_mine = _pattern(rf"(?<!\w)(?:{_any('i')})(?!\w)").search(folded)
    return "in" if all(incoming) and not is_mine else "both"


def without_fillers(text: str) -> str:
    """The text from its channel on, where only words such as `we had a` stand before it."""
    found = find_channels(text)
    before = text[: found[0][1]] if found else text
    return text[len(before) :] if _fillers().issuperset(fold(before).split()) else text


def without_channel(text: str, channel: str) -> str:
    """What a text says besides a channel that is written before it: nothing, of `had coffee`."""
    found = find_channels(text)
    if [one for one, _start, _end in found] != [channel] or found[0][2] < len(text.rstrip(" .!")):
        return text
    before = text[: found[0][1]].split()
    said = [word for word in before if fold(word) not in _fillers()]
    parts = {word for one in DAY_WORDS for part in one.parts for word in part.split()}
    return " ".join(said) if parts.issuperset(map(fold, said)) else text


@functools.cache
def _fillers() -> frozenset[str]:
    return frozenset(word for one in TOLD_WORDS for word in one.fillers)


def _came(before: str, after: str) -> bool:
    """Whether the word between these speaks of a message that came."""
    to_me = _pattern(rf"\s+(?:(?:{_any('to')})\s+)?(?:{_any('me')})(?!\w)").match(after)
    if to_me:
        return not before.endswith((" to", " not to"))  # `asked him to text me`
    senders = any_of(words_in("senders"))
    if _pattern(rf"\s+(?:back\s+)?(?:{senders})\s+(?:{_any('them')})(?!\w)").match(after):
        return True
    between = rf"(?:\s+(?:{_any('between')})){{0,{_MOST_BETWEEN}}}"
    ways = (
        rf"(?:{_any('they')}){between}",
        rf"(?:{_any('got')})(?:\s+(?:{senders})\s+(?:{_any('them')}))?",
        rf"(?:{_any('sent_to_me')})",
        rf"(?:{_any('mine')})",
        rf"(?:{_any('me_first')})",
    )
    return any(_pattern(rf"(?<!\w){way}\Z").search(before) for way in ways)


def _any(table: str) -> str:
    words = {word for one in TOLD_WORDS for word in getattr(one, table)}
    return any_of(words)


@functools.cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
