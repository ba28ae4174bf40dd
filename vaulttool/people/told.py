"""What the words of `vault log` say: with whom, on which day, and the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import UsageError
from vaulttool.message import msg
from vaulttool.people.told_day import take_day, unclear_day
from vaulttool.people.told_people import ToldPeople

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from vaulttool.contact import Contact


@dataclass(frozen=True, slots=True)
class Told:
    """What was told."""

    contacts: tuple[Contact, ...]
    text: str
    day: date | None = None  # that the words name, and that is no longer in the text
    left_out: tuple[str, ...] = ()  # who the text names with `with`, and is not among the contacts


def read_told(
    args: Sequence[str], contacts: Mapping[str, Contact], today: date, *, with_day: bool = True
) -> Told:
    """Divide the words: the people first, or after `yesterday`, `lunch with`; the rest is text.

    Raises `UnknownNameError` or `AmbiguousNameError` where it is not clear who is meant, and
    `UsageError` for a day that has not come, or is none.
    """
    reader = ToldPeople(contacts)
    people, words = reader.divide(args)
    words = " ".join(words).lstrip(" ,;:—–").split()
    company = reader.company(words)
    text, day = company.text, None
    if with_day:
        day, text = _day(text, today)
    known = {one.path: one for one in (*people, *company.people)}
    named = (*company.left_out, *reader.one_more(words))
    left_out = [name for name in named if not reader.is_among(name, known.keys())]
    return Told(tuple(known.values()), text, day, tuple(left_out))


def _day(text: str, today: date) -> tuple[date | None, str]:
    day, text = take_day(text, today)
    if day is None and (unclear := unclear_day(text, today)):
        raise UsageError(
            msg("“{words}” does not tell which day: name it with --on, such as --on {example}",
                words=unclear, example=today.isoformat())
        )  # fmt: skip
    if day and day > today:
        raise UsageError(
            msg("{date} has not come yet: with --on, no day is read from the words", date=day)
        )
    return day, text
