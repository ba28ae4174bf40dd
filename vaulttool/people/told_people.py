"""Who is named in the words of `vault log`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import AmbiguousNameError, UnknownNameError
from vaulttool.locale import fold
from vaulttool.locale.told_words import TOLD_WORDS
from vaulttool.message import msg
from vaulttool.people.channels import channel_named, find_channels
from vaulttool.people.names import find_contact, is_declined, matches, name_form, nearest
from vaulttool.people.schema import all_words
from vaulttool.people.tables import any_of, words_in
from vaulttool.people.told_day import is_day
from vaulttool.people.told_way import told_channel

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from vaulttool.contact import Contact

_LINK = re.compile(r"\[\[([^\[\]|#]+)[^\[\]]*\]\]")
_CLAUSE_END = re.compile(r"[.!?;:,…](?=\s)|\s[—–-](?=\s)")
_OF_THEIRS = ("'s", "’s", "s'", "s’")
_LONGEST_NAME = 5  # words
_LEAST_TOLD = 3  # words: `and bob coffee`
_LEAST_BEGUN = 3  # letters of a name that is not written out
_LONGEST_LEAD = 6  # words before the first name


@dataclass(frozen=True, slots=True)
class Company:
    """Who was there as well, by `with` in the text."""

    people: tuple[Contact, ...]
    text: str  # without them
    left_out: tuple[str, ...]  # names of whom it is not clear


class ToldPeople:
    """Reads the names that words begin with, and those behind `with`."""

    def __init__(self, contacts: Mapping[str, Contact]) -> None:
        self._contacts = contacts
        self._letters: dict[str, list[Contact]] | None = None
        self._forms = [
            f" {name_form(name)} "
            for contact in contacts.values()
            for name in (contact.name, *contact.aliases)
        ]
        self._company = set(all_words("company"))
        self._joining = {word for word in all_words("joining") if word not in self._company} | {"/"}
        joining = any_of(self._joining - {"/"})
        self._between = re.compile(rf"\s*[,/]\s*|\s+(?:{joining})\s+", re.IGNORECASE)

    def divide(self, args: Sequence[str]) -> tuple[list[Contact], list[str]]:
        """The people, and the words that are no names."""
        words = [" ".join(arg.split()) for arg in args]
        is_known = self._listed(words[0]) or matches(_bare(words[0]), self._contacts)
        if " " in words[0] and not is_known:
            words[:1] = words[0].split()  # the whole line in quotes
        words = self._without_together(_with_whole_links(words))
        at, lead = self._lead(words)
        try:
            people, at = self._names(words, at)
        except UnknownNameError as error:
            later = (self._run(words, start) for start in range(at + 1, len(words)))
            if error.details or not any(later):
                raise
            raise UnknownNameError(
                msg("no contact answers to “{name}”: names stand first, then what was: {example}",
                    name=_bare(words[at]), example=msg("vault log anna lunch at the lake"))
            ) from None  # fmt: skip
        return people, [*lead, *words[at:]]

    def _without_together(self, words: list[str]) -> list[str]:
        """The words without `together` where `with` and a name follow."""
        return [
            word
            for at, word in enumerate(words)
            if not (
                any(fold(word) in one.together for one in TOLD_WORDS)
                and at + 2 < len(words)
                and fold(words[at + 1]) in self._company
                and self._run(words, at + 2, declined=True)
            )
        ]

    def meant(self, name: str) -> set[str]:
        """The paths of all whom a name may mean."""
        return {one.path for one in matches(name, self._contacts)}

    def is_among(self, name: str, paths: Collection[str]) -> bool:
        """Whether a name means nobody but these."""
        meant = self.meant(name)
        return bool(meant) and meant.issubset(paths)

    def one_more(self, words: Sequence[str]) -> list[str]:
        """Whom nobody knows, right behind the names: `and bob` coffee."""
        if len(words) < _LEAST_TOLD or fold(words[0]) not in self._joining:
            return []
        name = _bare(words[1])
        others = {word for one in TOLD_WORDS for word in (*one.i, *one.they, *one.fillers)}
        others |= words_in("before_contact")
        is_other = fold(name) in others or channel_named(name) or not name.isalpha()
        return [] if is_other or not channel_named(_bare(words[2])) else [name]

    def company(self, words: list[str]) -> Company:
        """Find who was there as well: `coffee with boris`.

        They are recorded where a contact is told of and one contact has the name; else they
        are only named.
        """
        for at in range(len(words) - 1):
            if fold(words[at]) not in self._company:
                continue
            names, end = self._named(words, at + 1)
            found = [matches(name, self._contacts) for name in names]
            if not names:
                continue
            is_clear = not any(map(_is_everyday, names)) and all(len(one) == 1 for one in found)
            if not (is_clear and _was_shared(words[: at + 1])):
                return Company((), " ".join(words), tuple(names))
            people = tuple(contact for one in found for contact in one)
            return Company(people, _without(words, at, end, self._joining), ())
        return Company((), " ".join(words), ())

    def _named(self, words: list[str], at: int) -> tuple[list[str], int]:
        """The names from here on, and where they end."""
        names: list[str] = []
        while count := self._run(words, at, declined=True):
            name = _bare(" ".join(words[at : at + count]))
            is_ended = words[at + count - 1].endswith((",", ".", "!", ";"))
            of_theirs = words[at + count : at + count + 1]
            if any(word.endswith(_OF_THEIRS) for word in of_theirs):
                break  # `with boris lang's sister`
            names.append(name)
            at += count
            joined = at < len(words) and fold(words[at]) in self._joining
            if is_ended and not words[at - 1].endswith(","):
                break
            following = at + joined
            if not (joined or is_ended) or not self._run(words, following, declined=True):
                break
            at = following
        return names, at

    def _names(self, words: list[str], at: int) -> tuple[list[Contact], int]:
        people: list[Contact] = []
        while at < len(words):
            if people and words[at - 1].endswith(":"):
                break
            joined = bool(people) and fold(words[at]) in self._joining
            joined = joined or (bool(people) and self._joins_one(words, at))
            start = at + joined
            after_join = joined or (bool(people) and words[at - 1].endswith(","))
            count = self._run(words, start, declined=after_join or not people)
            count = count or (after_join and self._begun(words, start))
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

    def _joins_one(self, words: list[str], at: int) -> bool:
        """Whether `with` stands here, and the whole name of one contact behind it."""
        count = self._run(words, at + 1, declined=True) if fold(words[at]) in self._company else 0
        return bool(count) and len(self.meant(_bare(" ".join(words[at + 1 : at + 1 + count])))) == 1

    def _one(self, words: list[str], at: int, count: int) -> tuple[Contact, int]:
        """The person of a run of words; more words may tell which of several is meant."""
        name = _bare(" ".join(words[at : at + count]))
        try:
            return find_contact(name, self._contacts), at + count
        except AmbiguousNameError:
            for more in range(count + 1, _LONGEST_NAME):
                found = matches(_bare(" ".join(words[at : at + more])), self._contacts)
                if len(found) == 1 and at + more <= len(words):
                    return found[0], at + more
            raise

    def _run(self, words: list[str], at: int, *, declined: bool = False) -> int:
        """How many words from here name somebody in full; a channel is no name.

        `declined`: in any of their Russian forms, where a name is to be expected.
        """
        for count in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            run = words[at : at + count]
            if any(word.endswith((",", ":")) for word in run[:-1]):
                continue
            name = _bare(" ".join(run))
            if self._is_name(name, declined=declined) and (count > 1 or not channel_named(name)):
                return count
        return 0

    def _begun(self, words: list[str], at: int) -> int:
        """1 if the word here begins a name, which is enough behind `and` or a comma."""
        wanted = name_form(_bare(words[at])) if at < len(words) else ""
        begins = len(wanted) >= _LEAST_BEGUN and any(f" {wanted}" in form for form in self._forms)
        return int(begins and not channel_named(wanted))

    def _is_name(self, name: str, *, declined: bool = False) -> bool:
        wanted = name_form(name)
        is_path = name.removesuffix(".md") + ".md" in self._contacts
        if bool(wanted) and (is_path or any(f" {wanted} " in form for form in self._forms)):
            return True
        return declined and any(is_declined(name, one) for one in self._begun_with(wanted[:1]))

    def _begun_with(self, letter: str) -> list[Contact]:
        """The contacts of whose names a word begins with a letter: many runs are compared."""
        if self._letters is None:
            self._letters = {}
            for contact in self._contacts.values():
                names = name_form(" ".join((contact.name, *contact.aliases)))
                for first in {word[0] for word in names.split()}:
                    self._letters.setdefault(first, []).append(contact)
        return self._letters.get(letter, [])

    def _listed(self, word: str) -> list[str]:
        """The names of `anna, boris and carl` in one word of the command line."""
        names = self._between.split(word.rstrip(",:"))
        is_list = len(names) > 1 and all(self._is_name(name) for name in names)
        return names if is_list else []

    def _lead(self, words: list[str]) -> tuple[int, list[str]]:
        """Where the names begin, and the words before: `yesterday`, `had lunch with`."""
        if self._run(words, 0) or self._listed(words[0]):
            return 0, []
        if fold(words[0]) in self._company and len(words) > 1:
            return 1, []
        if matches(_bare(words[0]), self._contacts) and not _is_told(words[:1]):
            return 0, []
        for at in range(min(_LONGEST_LEAD, len(words) - 1) + 1):
            lead = words[:at]
            company = fold(words[at]) in self._company
            start = at + company
            named = start < len(words) and self._run(words, start, declined=True)
            if named or (start < len(words) and self._listed(words[start])):
                said = " ".join(lead)
                if (company and (not lead or find_channels(said))) or _is_told(lead):
                    return start, lead
            elif company and lead and _is_told(lead):
                return start, lead  # `coffee with` somebody unknown
        return 0, []

    def _refuse_slip(self, words: Sequence[str], *, after_join: bool) -> None:
        """Refuse a word that must be meant for a name, because somebody has almost this one."""
        for word in words:
            name = _bare(word)
            is_name_like = (after_join or name[:1].isupper()) and " " not in name
            if is_name_like and not channel_named(name) and nearest(name, self._contacts):
                find_contact(name, self._contacts)


def _bare(word: str) -> str:
    """A name without what is written round it: `anna:`, `[[Anna|A]]`, `boris,`."""
    word = word.rstrip(",:;.!")
    link = _LINK.fullmatch(word)
    return link[1].strip() if link else word


def _is_everyday(name: str) -> bool:
    """Whether a name may be a word: `with hope`."""
    return name.islower() and name in all_words("everyday_names")


def _with_whole_links(words: Sequence[str]) -> list[str]:
    """The words, with a link that has several put together again."""
    whole: list[str] = []
    for word in words:
        if whole and "[[" in whole[-1] and "]]" not in whole[-1]:
            whole[-1] += f" {word}"
        else:
            whole.append(word)
    return whole


def _was_shared(words: Sequence[str]) -> bool:
    """Whether words that end with `with` tell of a contact of one's own: `had lunch with`.

    Not `spoke about the trip with`, nor `she had lunch with`.
    """
    clause = fold(_CLAUSE_END.split(" ".join(words))[-1]).replace("’", "'")
    others = {word for one in TOLD_WORDS for word in one.others}
    cues = {word for table in ("about", "negations", "future") for word in all_words(table)}
    told = re.findall(r"[\w'-]+", clause)
    runs = {" ".join(told[at : at + n]) for at in range(len(told)) for n in (1, 2, 3)}
    return bool(find_channels(clause)) and runs.isdisjoint(others) and runs.isdisjoint(cues)


def _without(words: list[str], start: int, end: int, joining: set[str]) -> str:
    """The text without `with boris`; as it is where more of the company follows, or hangs on it."""
    text = " ".join(words)
    if end < len(words) and fold(words[end]) in joining:
        return text
    before = words[:start]
    mark = words[end - 1][-1] if words[end - 1][-1] in ",.;:!" else ""
    left = (
        " ".join([*before[:-1], before[-1] + mark, *words[end:]]).rstrip(" ,;:") if before else ""
    )
    return left if told_channel(left) == told_channel(text) else text


def _is_told(words: Sequence[str]) -> bool:
    """Whether words are a day, a channel, or both."""
    for at in range(len(words) + 1):
        parts = [" ".join(words[:at]), " ".join(words[at:])]
        said = [part for part in parts if part]
        if said and all(is_day(part) or channel_named(part.rstrip(",")) for part in said):
            return True
    return False
