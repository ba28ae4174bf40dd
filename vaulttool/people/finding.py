"""Finding people: by circle, stage, tag, topic, place, company, by when they are due, by words.

Words are compared with case and accents aside, `ё` as `е`, and each need only begin a word:
`lum` finds whoever works at Lumen Learning. Several words of one filter widen it, several
filters narrow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.people.names import name_form
from vaulttool.people.rules import CIRCLES, canonical
from vaulttool.people.schema import all_words
from vaulttool.people.slips import near_names
from vaulttool.people.topics import topics_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from vaulttool.contact import Contact, Verdict
    from vaulttool.people.agenda import Day, People

SortKey = Literal["name", "due", "last", "circle"]
NONE = "none"  # the circle or stage of those who have none

_SIGNS = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to find; a filter that says nothing keeps everybody."""

    circles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  # nested ones too
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    due_by: date | None = None
    words: tuple[str, ...] = ()  # each somewhere in what is known of the person


def find_people(people: People, day: Day, wanted: Wanted) -> list[Contact]:
    """Find the contacts that fit all filters, by name."""
    found = [
        contact
        for contact in people.contacts.values()
        if _fits_itself(contact, wanted)
        and (not wanted.due_by or _is_due(day.verdicts[contact.path], wanted.due_by))
        and (not wanted.topics or _any_holds(_topics(people, contact), wanted.topics))
    ]
    return sorted(_with_words(people, found, wanted.words), key=_by_name)


def _fits_itself(contact: Contact, wanted: Wanted) -> bool:
    """Whether what stands in the contact's own properties fits."""
    return (
        _is_one_of(contact.circle, wanted.circles)
        and _is_one_of(contact.stage, wanted.stages)
        and (not wanted.tags or any(_has_tag(contact, tag) for tag in wanted.tags))
        and (not wanted.places or _any_holds(contact.places, wanted.places))
        and (not wanted.companies or _any_holds(contact.companies, wanted.companies))
    )


def _is_one_of(own: str | None, wanted: Iterable[str]) -> bool:
    words = list(wanted)
    if not words:
        return True
    if own is None:
        return any(means_none(word) for word in words)
    return canonical(own) in map(canonical, words)


def means_none(word: str) -> bool:
    """Whether a word asks for those who have no circle, or no stage."""
    return fold(word) == NONE or fold(word) in all_words("false")


def meant_word(
    word: str, table: Literal["circles", "stages"], own: Iterable[str] = ()
) -> str | None:
    """The circle or stage that a word means, whole or by its beginning; None where that is open.

    `own` are the user's own circles.
    """
    if means_none(word):
        return NONE
    tables = (getattr(words_of(lang), table) for lang in LANGUAGES)
    forms = {form: name for one in tables for name, found in one.items() for form in (name, *found)}
    forms |= {form: canonical(form) for form in own}
    if canonical(word) in forms.values():
        return canonical(word)
    start = word_form(word)
    begun = {name for form, name in forms.items() if _begins(form, start)}
    return begun.pop() if len(begun) == 1 else None


def _begins(text: str, start: str) -> bool:
    """Whether a word of a text begins so."""
    return f" {start}" in f" {word_form(text)}"


def _has_tag(contact: Contact, tag: str) -> bool:
    wanted = fold(tag.strip().removeprefix("#").strip("/"))
    return any(f"{fold(own)}/".startswith(f"{wanted}/") for own in contact.tags)


def _is_due(verdict: Verdict, until: date) -> bool:
    """Whether somebody who may be asked about is due by a day."""
    is_asked = verdict.code in ("due", "waiting")
    return is_asked and verdict.due_on is not None and verdict.due_on <= until


def unknown_word(people: People, day: Day, wanted: Wanted) -> tuple[str, str, list[str]] | None:
    """The first word of a filter that nobody has: the filter's name, it, and what is near it."""
    ways: Mapping[str, tuple[Callable[[str], Wanted], Callable[[Contact], Iterable[str]]]] = {
        "tag": (lambda word: Wanted(tags=(word,)), lambda one: one.tags),
        "topic": (lambda word: Wanted(topics=(word,)), lambda one: _topics(people, one)),
        "place": (lambda word: Wanted(places=(word,)), lambda one: one.places),
        "company": (lambda word: Wanted(companies=(word,)), lambda one: one.companies),
    }
    given = {"tag": wanted.tags, "topic": wanted.topics, "place": wanted.places,
        "company": wanted.companies}  # fmt: skip
    for kind, (only, of_contact) in ways.items():
        for word in given[kind]:
            if not find_people(people, day, only(word)):
                known = {text for one in people.contacts.values() for text in of_contact(one)}
                forms = {text: [word_form(text)] for text in sorted(known)}
                return kind, word, near_names(word_form(word), forms)
    return None


def _topics(people: People, contact: Contact) -> tuple[str, ...]:
    return topics_of(contact, people.snapshot, people.contacts)


# --- Words ---------------------------------------------------------------------------------


def _any_holds(texts: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether one of the texts holds one of the phrases, from the beginning of a word."""
    forms = _forms(texts)
    return any(f" {word_form(phrase)}" in form for phrase in wanted for form in forms)


def _with_words(people: People, found: list[Contact], words: Iterable[str]) -> list[Contact]:
    """Those of whom each word is known: as the beginning of one, else as any part."""
    forms = [form for form in map(word_form, words) if form]
    if not forms:
        return found
    known = {contact.path: "".join(_forms(_said_of(people, contact))) for contact in found}
    for lead in (" ", ""):
        fitting = [
            contact
            for contact in found
            if all(f"{lead}{form}" in known[contact.path] for form in forms)
        ]
        if fitting:
            return fitting
    return []


def _said_of(people: People, contact: Contact) -> Iterable[str]:
    yield contact.name
    yield from contact.aliases
    yield from contact.places
    yield from contact.companies
    yield from contact.tags
    if contact.circle:
        yield contact.circle
        for lang in LANGUAGES:
            yield from words_of(lang).circles.get(contact.circle, ())
    yield from _topics(people, contact)


def _forms(texts: Iterable[str]) -> list[str]:
    return [f" {word_form(text)} " for text in texts]


def word_form(text: str) -> str:
    """Words as they are compared: without punctuation, one space between; "" for none."""
    return " ".join(_SIGNS.sub(" ", name_form(text)).split())


# --- Order ---------------------------------------------------------------------------------


def in_order(found: Iterable[Contact], day: Day, key: SortKey) -> list[Contact]:
    """Put contacts in order: by name, who is due first, longest silence first, closest first.

    Who has no such day or circle comes last.
    """
    verdicts = day.verdicts
    ways: Mapping[str, Callable[[Contact], object]] = {
        "name": lambda _contact: (),
        "due": lambda contact: _late_none(next_day(verdicts[contact.path])),
        "last": lambda contact: _late_none(_last(verdicts[contact.path])),
        "circle": lambda contact: _closeness(contact.circle),
    }
    return sorted(found, key=lambda contact: (ways[key](contact), _by_name(contact)))


def next_day(verdict: Verdict) -> date | None:
    """The day on which somebody is asked about next; None for those who are not."""
    return verdict.until if verdict.code in ("snoozed", "resting") else verdict.due_on


def _last(verdict: Verdict) -> date | None:
    return verdict.last.date if verdict.last else None


def _late_none(day: date | None) -> tuple[bool, str]:
    return day is None, day.isoformat() if day else ""


def _closeness(circle: str | None) -> tuple[int, str]:
    """The circles as they stand in the table of the rules, then the user's own, then none."""
    order = list(CIRCLES)
    if circle in order:
        return order.index(circle), ""
    return (len(order), fold(circle)) if circle else (len(order) + 1, "")


def _by_name(contact: Contact) -> tuple[str, str]:
    return fold(contact.name), contact.path
