"""The words that people write in their notes: one table a language, `en.py` and `ru.py`.

Reading always accepts both languages; a word is compared case-folded, with `ё` as `е`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # there is one of each, and it is long
class Words:
    """One language's tables. Every word is lower case, with `е` for `ё`."""

    # Calendar. Twelve months from January, seven days from Monday.
    months: tuple[str, ...]  # as moment.js writes MMMM on its own
    months_in_dates: tuple[str, ...]  # as it writes MMMM beside a day: Russian has a genitive
    months_short: tuple[str, ...]  # MMM on its own
    decimal_sign: str
    months_short_in_dates: tuple[str, ...]  # MMM beside a day
    weekdays: tuple[str, ...]  # dddd
    weekdays_short: tuple[str, ...]  # ddd
    weekdays_min: tuple[str, ...]  # dd
    on_weekdays: tuple[str, ...]  # `on Tuesday`, `во вторник`
    weekday_words: tuple[tuple[str, ...], ...]  # what is read as that day: `mon`, `monday`

    # People.
    contact_tags: tuple[str, ...]
    contact_folders: tuple[str, ...]  # spelled as folders are
    contact_types: tuple[str, ...]  # values of the `type` property
    people_notes: tuple[str, ...]  # titles that `categories` may link to
    other_notes: tuple[str, ...]  # values of `type`, and folders of people, that hold none
    index_words: tuple[str, ...]  # whole words in a title that make a note no contact
    everyday_names: tuple[str, ...]  # first names that are also everyday words: `may`, `will`
    particles: tuple[str, ...]  # small words that a surname may begin with: `van`, `de`
    capitals: tuple[str, ...]  # no names, though they have a capital anywhere: `I`, `Monday`
    circles: Mapping[str, tuple[str, ...]]  # canonical circle -> words
    stages: Mapping[str, tuple[str, ...]]
    boundaries: Mapping[str, tuple[str, ...]]  # canonical boundary -> phrases
    depths: Mapping[str, tuple[str, ...]]  # `light`, `message`, `talk` -> words
    related_headings: tuple[str, ...]  # of a list of relations in somebody's note
    true: tuple[str, ...]
    false: tuple[str, ...]

    # Interactions.
    log_headings: tuple[str, ...]
    looked_at: tuple[str, ...]  # alone in an entry: one looked, or noted something
    channels: Mapping[str, tuple[str, ...]]  # canonical channel -> words, inflected forms too
    channel_names: Mapping[str, str]  # canonical channel -> how the tool names it
    about: tuple[str, ...]  # right before a link: about the person, not with
    possessive_after: tuple[str, ...]  # right after a link, joined to it: `'s`
    negations: tuple[str, ...]  # words or phrases anywhere in the clause
    future: tuple[str, ...]  # likewise
    undone: tuple[str, ...]  # at the end of a clause: nobody was reached, nothing came about
    reached: tuple[str, ...]  # behind a negation or a future word: they speak of the contact
    past: tuple[str, ...]  # words, and with a hyphen endings, that tell of what was
    before_contact: tuple[str, ...]  # before what came about after all: `but he finally`
    behind_contact: tuple[str, ...]  # behind it, where it was one's own: `called about the trip`
    met_whom: tuple[str, ...]  # between the two: `called him about it`
    moved: tuple[str, ...]  # before a contact that did not come about, or on another day
    whose: tuple[str, ...]  # between the two: `missed my call`
    moved_to: tuple[str, ...]  # behind it, before the day
    joining: tuple[str, ...]  # between names of one list: `and`, `with`
    company: tuple[str, ...]  # those of them that say with whom
    turns: tuple[str, ...]  # begin a clause of their own: `but`
    senders: tuple[str, ...]  # right before a link: the message is theirs
    reply_fields: tuple[str, ...]  # the inline field that says by when an answer is expected
    owes_fields: tuple[str, ...]  # inline fields of what somebody owes to the user
    owed_fields: tuple[str, ...]  # and of what the user owes to somebody

    # Cadence.
    never: tuple[str, ...]  # `never`, `on demand`
    every: tuple[str, ...]  # words that may lead: `every`, `раз в`
    every_other: tuple[str, ...]  # `every other`: twice the unit
    times_a: Mapping[str, int]  # `twice a` -> 2, `дважды в` -> 2
    units: Mapping[str, tuple[str, ...]]  # `day`, `week`, `month`, `quarter`, `year` -> words
    adverbs: Mapping[str, tuple[int, int]]  # `quarterly` -> (months, days)
    numbers: Mapping[str, float]  # `two` -> 2

    # The daily note.
    due_heading: str  # spelled as the tool writes it
