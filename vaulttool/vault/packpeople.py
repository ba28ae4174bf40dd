"""What is known of the people as plain values, from which it is made again; see `packing.py`."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from vaulttool.contact import (
    Anniversary,
    Cadence,
    Contact,
    Depth,
    Evidence,
    PartialDate,
    Promise,
)
from vaulttool.model import Problem, Property
from vaulttool.people.roster import Entry
from vaulttool.people.ticks import Listing, Tick
from vaulttool.people.traces import Known, NoteTraces
from vaulttool.vault.packing import pack_message, unpack_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaulttool.vault.packing import Packed

V = TypeVar("V")


class Form(Generic[V]):
    """How the values of one class are taken apart, field by field, and put together again.

    `fields` gives the forms of those that are no plain values; None stays None.
    """

    def __init__(
        self,
        make: Callable[..., V],
        names: tuple[str, ...],
        **fields: tuple[Callable[[Any], Any], Callable[[Any], Any]],
    ) -> None:
        self._make, self._take_apart = make, attrgetter(*names)
        self._fields = [(names.index(name), *form) for name, form in fields.items()]

    def pack(self, value: V) -> Packed:
        """Take a value apart; raises `UnpackableError`."""
        row = list(self._take_apart(value))
        for index, pack, _unpack in self._fields:
            if row[index] is not None:
                row[index] = pack(row[index])
        return tuple(row)

    def unpack(self, packed: Packed) -> V:
        """Put it together."""
        row = list(packed)
        for index, _pack, unpack in self._fields:
            if row[index] is not None:
                row[index] = unpack(row[index])
        return self._make(*row)


def _form(cls: Any, **fields: Any) -> Form[Any]:  # noqa: ANN401 - a dataclass with slots
    return Form(cls, cls.__slots__, **fields)


def _each(form: Form[Any]) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    return (
        lambda values: tuple([form.pack(one) for one in values]),
        lambda rows: tuple([form.unpack(one) for one in rows]),
    )


def _one(form: Form[Any]) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    return form.pack, form.unpack


_DAY = (dt.date.toordinal, dt.date.fromordinal)
_TIME = (dt.time.isoformat, dt.time.fromisoformat)
_DEPTH = (int, Depth)
_MESSAGE = (pack_message, unpack_message)
_SET = (sorted, frozenset)
_PARTIAL = _form(PartialDate)
_PROBLEM = _form(Problem, message=_MESSAGE)

EVIDENCE: Form[Evidence] = _form(
    Evidence, date=_DAY, depth=_DEPTH, time=_TIME, reason=_MESSAGE, reply_by=_DAY
)
LISTING: Form[Listing] = _form(Listing, day=_DAY, completion=_DAY, named_day=_DAY)
TICK: Form[Tick] = _form(Tick, date=_DAY)
PROMISE: Form[Promise] = _form(Promise, due=_DAY)
CONTACT: Form[Contact] = _form(
    Contact,
    found_by=_MESSAGE,
    every=_one(_form(Cadence)),
    needs=_DEPTH,
    **dict.fromkeys(
        ("last_contact", "next", "snooze_until", "created", "verified", "wished"), _DAY
    ),
    birthday=_one(_PARTIAL),
    dates=_each(_form(Anniversary, date=_one(_PARTIAL))),
    weekdays=_SET,
    problems=_each(_PROBLEM),
)
pack_problems, unpack_problems = _each(_PROBLEM)
ENTRY: Form[Entry] = _form(Entry, contact=_one(CONTACT), members=_one(_form(Property)))
_PROMISES = (
    lambda all_: tuple([(PROMISE.pack(one), is_open) for one, is_open in all_]),
    lambda rows: tuple([(PROMISE.unpack(one), is_open) for one, is_open in rows]),
)
TRACES: Form[NoteTraces] = _form(
    NoteTraces,
    evidence=_each(EVIDENCE),
    listings=_each(LISTING),
    promises=_PROMISES,
    problems=_each(_PROBLEM),
)
KNOWN: Form[Known] = _form(
    Known,
    sources=_SET,
    evidence=_each(EVIDENCE),
    listings=_each(LISTING),
    ticks=_each(TICK),
    promises=_PROMISES,
    problems=_each(_PROBLEM),
)
