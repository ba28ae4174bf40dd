"""With or about: what the words round a link in a diary say about it.

The cue words stand in one table per language (`locale/`).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.message import msg
from vaulttool.model import Link
from vaulttool.people.channels import find_channels, is_talk, tag_channel
from vaulttool.people.inline import without_fields
from vaulttool.people.tables import any_of, pattern_of, words_in
from vaulttool.people.undone import (
    CLAUSE_END,
    came_about_later,
    came_to_nothing,
    nobody_reached,
    not_in_touch,
    put_off,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vaulttool.message import Message
    from vaulttool.model import Note

_HIDDEN = "\x00"  # stands for the characters of a link
_BEFORE = re.compile(r"[.!?;…](?=\s|$)|\n|\s[—–-]\s|[()]")
_OPENING = re.compile(r":(?=\s)|\s[—–-]\s")
_STATUS = re.compile(r"\[.\]\s")
_NAMED = re.compile(r"\b(?:is|was|are|were)\s+called\s*\Z", re.IGNORECASE)  # a name, no call
_CODE = re.compile(r"`+[^`\n]*`+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mention's own clause says."""

    channel: str | None
    reason: Message | None  # why it is no contact; None where it is one
    theirs: bool = False  # the one who is named may be who wrote


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A passage in which the links are hidden, every character in its place."""

    masked: str
    links: tuple[Link, ...]  # in their order


def surroundings(note: Note) -> Callable[[int], Surroundings]:
    """Give the surroundings of a note's passages, each made once."""
    by_passage: dict[int, list[Link]] = {}
    for link in note.links:
        by_passage.setdefault(link.passage, []).append(link)

    @functools.cache
    def of_passage(passage: int) -> Surroundings:
        links = sorted(by_passage.get(passage, ()), key=lambda link: link.start)
        return Surroundings(_masked(note.passages[passage].text, links), tuple(links))

    return of_passage


def read_mention(around: Surroundings, link: Link, *, done: bool = False) -> Reading:
    """Read the clause round a link.

    `done`: the link stands in a ticked task, whose words were an intention and are a
    fact now: future words do not speak against it.
    """
    masked, links = around.masked, around.links
    start, end = _clause(masked, link)
    clause = masked[start:end]
    before = _NAMED.sub("", masked[start : link.start])
    channel, theirs = _nearest_channel(before, masked[link.end : end])
    theirs = theirs or _word_before(pattern_of("senders"), masked, links, link) is not None
    reason = _reason(masked, links, link, clause, done=done)
    if reason and _came_about(masked, link):
        reason = None
    if not reason and not done:
        reason = _taken_back(masked, link, end, channel) or put_off(_without_names(clause))
    return Reading(tag_channel(_line(masked, link)) or channel, reason, theirs)


def _came_about(masked: str, link: Link) -> bool:
    """Whether a later clause behind a name and a colon tells of a contact after all."""
    opening = _past_opening(masked, link)
    return opening > link.end and came_about_later(masked[opening:].partition("\n")[0])


def _without_names(clause: str) -> str:
    """`lunch with [[Anna]] moved to friday` as `lunch moved to friday`."""
    return _names_in_company().sub("", clause)


@functools.cache
def _names_in_company() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{any_of(words_in('company'))})\s+{_HIDDEN}+")


def _taken_back(masked: str, link: Link, end: int, channel: str | None) -> Message | None:
    """Why what follows says that nothing came of it: `called [[Anna]], no answer`.

    What stands behind a name and a colon or a dash is read as a log line is.
    """
    opening = _past_opening(masked, link)
    if opening > link.end:
        return not_in_touch(masked[opening:].partition("\n")[0].lstrip())
    rest = masked[end:]
    if not is_talk(channel) or pattern_of("turns").match(rest.lstrip(" ,;")):
        return None
    word = nobody_reached(rest)
    return came_to_nothing(word) if word else None


def told_reason(words: str) -> Message | None:
    """Why words that are told of somebody are no contact: as in a diary, behind her name.

    `lunch not far from here` is a lunch: behind a channel, only what takes it back counts.
    """
    name = Link("wikilink", None, "", start=0, end=1)
    reading = read_mention(Surroundings(f"{_HIDDEN} — {without_fields(words)}", (name,)), name)
    cues = (pattern_of(table).search(words) for table in ("negations", "future"))
    first = min((cue.start() for cue in cues if cue), default=0)
    begun = any(start < first for _channel, start, _end in find_channels(words))
    return not_in_touch(words) if begun else reading.reason


def _masked(text: str, links: Sequence[Link]) -> str:
    parts, position = [], 0
    for link in links:
        if link.start >= position:  # not one inside the label of another
            parts += [text[position : link.start], _HIDDEN * (link.end - link.start)]
            position = link.end
    masked = "".join([*parts, text[position:]])
    return without_fields(_CODE.sub(lambda match: " " * len(match[0]), masked))


def _clause(masked: str, link: Link) -> tuple[int, int]:
    """Where a link's clause begins and ends.

    Commas divide clauses, but a list of names belongs to the words before it: `coffee
    with [[Anna]], [[Boris]] and [[Vera]]`. A colon ends a clause only after the link
    (`Lunch: [[Anna]]`), and not after names that begin the line (`[[Anna]]: lunch`).
    """
    search_from = _past_opening(masked, link)
    after = CLAUSE_END.search(masked, search_from)
    turn = pattern_of("turns").search(masked, search_from)
    end = min((match.start() for match in (after, turn) if match), default=len(masked))
    start = 0
    for pattern in (_BEFORE, pattern_of("turns")):
        for match in pattern.finditer(masked, start, link.start):
            start = match.end()
    segment_end = end
    while (comma := masked.rfind(",", start, min(segment_end, link.start))) >= 0:
        if not _only_names(masked[comma + 1 : segment_end], unlinked=True):
            start = comma + 1
            break
        segment_end = comma
    return start, end


def _line(masked: str, link: Link) -> str:
    """The line in which a link stands: its neighbours may be about somebody else."""
    end = masked.find("\n", link.end)
    return masked[masked.rfind("\n", 0, link.start) + 1 : end if end >= 0 else len(masked)]


def _past_opening(masked: str, link: Link) -> int:
    """Where the words after a link begin: past the colon or dash of `[[Anna]]: lunch`."""
    line = masked.rfind("\n", 0, link.start) + 1
    end = masked.find("\n", link.end)
    opening = _OPENING.search(masked, link.end, end if end >= 0 else len(masked))
    if opening and _only_names(_STATUS.sub("", masked[line : opening.start()], count=1)):
        return opening.end()
    return link.end


def _only_names(between: str, *, unlinked: bool = False) -> bool:
    """Whether a text holds only links and what joins them; or names that are no links."""
    words = between.replace(_HIDDEN, " ").replace(",", " ").split()
    return all(
        word.casefold() in words_in("joining") or (unlinked and word[0].isupper()) for word in words
    )


def _nearest_channel(before: str, after: str) -> tuple[str | None, bool]:
    """The channel whose word stands nearest to the name; whether it follows right after it."""
    found = [(len(before) - end, channel, False) for channel, _, end in find_channels(before)]
    found += [
        (start, channel, _only_names(after[:start])) for channel, start, _ in find_channels(after)
    ]
    _distance, channel, theirs = min(found, default=(0, None, False))
    return channel, theirs


def _reason(
    masked: str, links: Sequence[Link], link: Link, clause: str, *, done: bool
) -> Message | None:
    if (word := _word_before(pattern_of("about"), masked, links, link)) is not None:
        return msg("“{word}” before the name: about, not with", word=word)
    after = masked[link.end : link.end + 2]
    shown = (link.display or "")[-2:]
    if any(after.startswith(mark) or shown == mark for mark in words_in("possessive_after")):
        return msg("a possessive: about, not with")
    if match := pattern_of("negations").search(clause):
        return msg("“{word}” in the same clause: it did not happen", word=match[0])
    match = None if done else pattern_of("future").search(clause)
    return (
        msg("“{word}” in the same clause: it has not happened yet", word=match[0])
        if match
        else None
    )


def _word_before(
    pattern: re.Pattern[str], masked: str, links: Sequence[Link], link: Link
) -> str | None:
    """The word right before a name, or before the list of names that it stands in."""
    start = link.start
    for other in reversed(links):
        if other.end > start:
            continue
        between = masked[other.end : start]
        joins = _only_names(between) and not words_in("company") & set(between.casefold().split())
        if "\n" in between or not joins:
            break
        start = other.start
    before = masked[max(0, start - 60) : start].rstrip()
    for match in pattern.finditer(before, max(0, len(before) - 40)):
        if match.end() == len(before):
            return match[0]
    return None
