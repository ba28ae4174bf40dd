"""Channels: how two people were in touch, how much it counts, and who reached out."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypeAlias

from vaulttool.contact import Depth
from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.markdown.wikilink import TAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaulttool.contact import Direction

_LIGHT = ("like", "reaction", "comment", "newsletter", "broadcast")
_MESSAGE = ("email", "message", "chat", "sms", "letter", "postcard", "telegram", "whatsapp")
_NOT_IN_PROSE = frozenset({"like", "signal"})  # there these words mean other things

ARROWS: Mapping[str, Direction] = {
    "→": "out", "->": "out", "←": "in", "<-": "in", "↔": "both", "<->": "both"
}  # fmt: skip
ARROW = re.compile(r"→|↔|←|<->|->|<-")


def depth_of(channel: str) -> Depth:
    """How much a channel counts: everything that is no sign and no message is a talk."""
    if channel in _LIGHT:
        return Depth.LIGHT
    return Depth.MESSAGE if channel in (*_MESSAGE, "signal") else Depth.TALK


def is_talk(channel: str | None) -> bool:
    """Whether two people spoke or met, where a channel is named at all."""
    return channel is not None and depth_of(channel) is Depth.TALK


def direction_of(channel: str) -> Direction:
    """Who reached out where no arrow says it: a talk is mutual, a message is one's own."""
    return "both" if is_talk(channel) else "out"


_Trie: TypeAlias = "dict[str, _Trie]"
_SIGNS = {" ": r"[ \t\u00a0]+", "е": "[её]"}


def word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds whole words and phrases, longest first, `ё` read as `е`.

    Words that begin alike are tried together: of hundreds each letter rules out most.
    """
    beginnings: _Trie = {}
    for word in words:
        rest = beginnings
        for sign in " ".join(word.split()).replace("ё", "е"):
            rest = rest.setdefault(_SIGNS.get(sign) or re.escape(sign), {})
        rest[""] = {}
    return re.compile(rf"(?<!\w){_any_of(beginnings)}(?!\w)", re.IGNORECASE)


def _any_of(beginnings: _Trie) -> str:
    """The pattern of all words of a trie; one that ends comes after those that go on."""
    ways = [f"{sign}{_any_of(rest)}" if sign else "" for sign, rest in
        sorted(beginnings.items(), reverse=True)]  # fmt: skip
    return "".join(ways) if len(ways) == 1 else f"(?:{'|'.join(ways)})"


@functools.cache
def _vocabulary() -> Mapping[str, str]:
    """Every word of both languages -> its channel."""
    return {
        fold(word): channel
        for lang in LANGUAGES
        for channel, words in words_of(lang).channels.items()
        for word in words
    }


@functools.cache
def _pattern() -> re.Pattern[str]:
    return word_pattern(_vocabulary())


def channel_named(word: str) -> str | None:
    """The channel that a word, a phrase or a tag names; None where it names none."""
    return _vocabulary().get(" ".join(fold(word.removeprefix("#")).split()))


def channel_at(text: str, start: int) -> tuple[str | None, int]:
    """Read a channel's word or `#tag` that begins at `start`; also return where it ends."""
    tagged = text.startswith("#", start)
    match = _pattern().match(text, start + tagged)
    if match is None:
        return None, start
    return channel_named(match[0]), match.end()


def find_channels(text: str) -> list[tuple[str, int, int]]:
    """Find the channels that prose names, each with where its word begins and ends."""
    found = ((channel_named(match[0]), *match.span()) for match in _pattern().finditer(text))
    return [
        (channel, start, end)
        for channel, start, end in found
        if channel and channel not in _NOT_IN_PROSE
    ]


def tag_channel(text: str) -> str | None:
    """The channel that a tag in a text names."""
    tags = (channel_named(match[1]) for match in TAG.finditer(text))
    return next(filter(None, tags), None)
