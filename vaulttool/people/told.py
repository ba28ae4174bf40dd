"""What the words of `vault log` say: with whom, on which day, how, and the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import AmbiguousNameError, UsageError
from vaulttool.locale import fold
from vaulttool.message import msg
from vaulttool.people.channels import channel_at, channel_named, find_channels, tag_channel
from vaulttool.people.names import find_contact, matches, name_form, nearest
from vaulttool.people.schema import all_words
from vaulttool.people.told_day import is_day, take_day, unclear_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from vaulttool.contact import Contact

_LONGEST_NAME = 5  # words
_LEAST_BEGUN = 3  # letters of a name that is not written out
_LONGEST_LEAD = 6  # words before the first name
_BEFORE_CHANNEL = 4  # words in which a cue speaks of a channel


@dataclass(frozen=True, slots=True)
class Told:
    """What was told."""

    contacts: tuple[Contact, ...]
    text: str
    day: date | None = None  # that the words name, and that is no longer in the text


def read_told(
    args: Sequence[str], contacts: Mapping[str, Contact], today: date, *, with_day: bool = True
) -> Told:
    """Divide the words: the people first, or after `yesterday`, `lunch with`; the rest is text.

    Raises `UnknownNameError` or `AmbiguousNameError` where it is not clear who is meant, and
    `UsageError` for a day that has not come.
    """
    people, words = _People(contacts).divide(args)
    text = " ".join(words).strip()
    day, text = take_day(text, today) if with_day else (None, text)
    if with_day and day is None and (words_of_day := unclear_day(text, today)):
        raise UsageError(
            msg("“{words}” does not tell which day: name it with --on, such as --on {example}",
                words=words_of_day, example=today.isoformat())
        )  # fmt: skip
    if day and day > today:
        raise UsageError(
            msg("{date} has not come yet: with --on, no day is read from the words", date=day)
        )
    return Told(tuple({one.path: one for one in people}.values()), text, day)


def told_channel(text: str) -> str | None:
    """The channel that a text names, where that is clear: at its head, by a tag, or alone.

    A cue before it (`about the call`, `no answer to my email`) means that there was none.
    """
    first, _end = channel_at(text, 0)
    if found := tag_channel(text) or first:
        return found
    cues = {word for table in ("about", "negations", "future") for word in all_words(table)}
    named = set()
    for channel, at, _end in find_channels(text):
        before = re.findall(r"[\w'’-]+", fold(text[:at]))[-_BEFORE_CHANNEL:]
        ends = range(1, len(before) + 1)
        runs = (" ".join(before[start:end]) for end in ends for start in range(end))
        if cues.isdisjoint(runs):
            named.add(channel)
    return named.pop() if len(named) == 1 else None


class _People:
    """The names that words begin with."""

    def __init__(self, contacts: Mapping[str, Contact]) -> None:
        self._contacts = contacts
        self._forms = [
            f" {name_form(name)} "
            for contact in contacts.values()
            for name in (contact.name, *contact.aliases)
        ]
        self._company = set(all_words("company"))
        self._joining = {word for word in all_words("joining") if word not in self._company}
        joining = "|".join(re.escape(word) for word in sorted(self._joining))
        self._between = re.compile(rf"\s*,\s*|\s+(?:{joining})\s+", re.IGNORECASE)

    def divide(self, args: Sequence[str]) -> tuple[list[Contact], list[str]]:
        """The people, and the words that are no names."""
        words = [" ".join(arg.split()) for arg in args]
        is_known = self._listed(words[0]) or matches(words[0], self._contacts)
        if " " in words[0] and not is_known:
            words[:1] = words[0].split()  # the whole line in quotes
        at, lead = self._lead(words)
        people, at = self._names(words, at)
        return people, [*lead, *words[at:]]

    def _names(self, words: list[str], at: int) -> tuple[list[Contact], int]:
        people: list[Contact] = []
        while at < len(words):
            joined = bool(people) and fold(words[at]) in self._joining
            start = at + joined
            after_join = joined or (bool(people) and words[at - 1].endswith(","))
            count = self._run(words, start) or (after_join and self._begun(words, start))
            if count or (not people and not self._listed(words[start])):
                found, at = self._one(words, start, count or 1)
                people.append(found)
            elif start < len(words) and (listed := self._listed(words[start])):
                people += [find_contact(name, self._contacts) for name in listed]
                at = start + 1
            else:
                self._refuse_slip(words[start : start + 1], after_join=after_join)
                break
        return people, at

    def _one(self, words: list[str], at: int, count: int) -> tuple[Contact, int]:
        """The person of a run of words; more words may tell which of several is meant."""
        name = " ".join(words[at : at + count]).rstrip(",")
        try:
            return find_contact(name, self._contacts), at + count
        except AmbiguousNameError:
            for more in range(count + 1, _LONGEST_NAME):
                found = matches(" ".join(words[at : at + more]), self._contacts)
                if len(found) == 1 and at + more <= len(words):
                    return found[0], at + more
            raise

    def _run(self, words: list[str], at: int) -> int:
        """How many words from here name somebody in full; a channel is no name."""
        for count in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            run = words[at : at + count]
            if any(word.endswith(",") for word in run[:-1]):
                continue
            name = " ".join(run).rstrip(",")
            if self._is_name(name) and (count > 1 or not channel_named(name)):
                return count
        return 0

    def _begun(self, words: list[str], at: int) -> int:
        """1 if the word here begins a name, which is enough behind `and` or a comma."""
        wanted = name_form(words[at].rstrip(",")) if at < len(words) else ""
        begins = len(wanted) >= _LEAST_BEGUN and any(f" {wanted}" in form for form in self._forms)
        return int(begins and not channel_named(wanted))

    def _is_name(self, name: str) -> bool:
        wanted = name_form(name)
        is_path = name.removesuffix(".md") + ".md" in self._contacts
        return bool(wanted) and (is_path or any(f" {wanted} " in form for form in self._forms))

    def _listed(self, word: str) -> list[str]:
        """The names of `anna, boris and carl` in one word of the command line."""
        names = self._between.split(word.rstrip(","))
        is_list = len(names) > 1 and all(self._is_name(name) for name in names)
        return names if is_list else []

    def _lead(self, words: list[str]) -> tuple[int, list[str]]:
        """Where the names begin, and the words before: `yesterday`, `had lunch with`."""
        if self._run(words, 0) or self._listed(words[0]):
            return 0, []
        if matches(words[0], self._contacts) and not _is_told(words[:1]):
            return 0, []
        for at in range(min(_LONGEST_LEAD, len(words) - 1) + 1):
            lead = words[:at]
            company = fold(words[at]) in self._company
            start = at + company
            if start < len(words) and (self._run(words, start) or self._listed(words[start])):
                said = " ".join(lead)
                if (company and (not lead or find_channels(said))) or _is_told(lead):
                    return start, lead
        return 0, []

    def _refuse_slip(self, words: Sequence[str], *, after_join: bool) -> None:
        """Refuse a word that must be meant for a name, because somebody has almost this one."""
        for word in words:
            name = word.rstrip(",")
            is_name_like = (after_join or name[:1].isupper()) and " " not in name
            if is_name_like and not channel_named(name) and nearest(name, self._contacts):
                find_contact(name, self._contacts)


def _is_told(words: Sequence[str]) -> bool:
    """Whether words are a day, a channel, or both."""
    for at in range(len(words) + 1):
        parts = [" ".join(words[:at]), " ".join(words[at:])]
        said = [part for part in parts if part]
        if said and all(is_day(part) or channel_named(part.rstrip(",")) for part in said):
            return True
    return False
