"""What the tool says about people: frozen values, no behaviour beyond themselves.

A `Contact` is a note about a person, each `Evidence` one dated trace of being in touch. From
evidence and a cadence follows a `Verdict`; the verdicts of a day make an `Agenda`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from datetime import date, time

    from vaulttool.message import Message
    from vaulttool.model import Problem


class Depth(IntEnum):
    """How much an interaction counts."""

    LIGHT = 1
    MESSAGE = 2
    TALK = 3


Direction = Literal["out", "in", "both"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date at the precision at which it is known; `None` is unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A dated occasion of a contact: a wedding, a first day at work."""

    date: PartialDate
    label: str
    line: int


@dataclass(frozen=True, slots=True)
class Cadence:
    """How long between two contacts is right.

    Weeks and days are exact (`days`); months and years follow the calendar
    (`months`). Both zero means never: on demand only.
    """

    months: int = 0
    days: int = 0

    @property
    def never(self) -> bool:
        """Whether the contact is only met on demand."""
        return not (self.months or self.days)


@dataclass(frozen=True, slots=True)
class Contact:
    """A note about a person, with what its properties say."""

    path: str
    name: str
    found_by: Message  # the tag, folder or property that makes the note a contact
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  # as written
    circle: str | None = None  # canonical, or the user's own word
    stage: str | None = None
    every: Cadence | None = None
    every_text: str = ""  # as written
    every_line: int | None = None
    needs: Depth | None = None
    last_contact: date | None = None
    last_contact_line: int | None = None
    next: date | None = None
    snooze_until: date | None = None
    pause: bool = False
    died: bool = False
    boundaries: tuple[str, ...] = ()  # canonical words, or as written
    birthday: PartialDate | None = None
    birthday_line: int | None = None
    dates: tuple[Anniversary, ...] = ()
    timezone: str | None = None
    hours: str | None = None
    weekdays: frozenset[int] | None = None  # 0 is Monday; None: any day
    country: str | None = None
    prefers: tuple[str, ...] = ()  # channels, best first
    interests: tuple[str, ...] = ()  # topics: note titles or words
    priority: float | None = None  # the rank's weight, over the circle's
    created: date | None = None
    household: tuple[str, ...] = ()  # paths of household and group notes
    lives_with: tuple[str, ...] = ()  # paths of other people whom `household` links to
    verified: date | None = None  # when its details were last checked, where it has any
    verified_line: int | None = None
    private: bool = False
    problems: tuple[Problem, ...] = ()
    every_key: str = ""  # the name under which `every` stands in the note
    circle_key: str = ""
    circle_line: int | None = None
    circle_every: str | None = None  # what another program means by this circle: `30 days`
    wished: date | None = None  # the birthday for which a word was said
    companies: tuple[str, ...] = ()  # as words: of a link the title of the note
    places: tuple[str, ...] = ()  # likewise: city and country
    relations: tuple[tuple[str, int], ...] = ()  # as written, each with its line


EvidenceKind = Literal["log", "last_contact", "people", "mention", "task", "tick", "household"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One dated trace of a contact, and whether it counts as being in touch."""

    kind: EvidenceKind
    path: str  # of the contact
    date: date
    depth: Depth
    direction: Direction | None
    source: str  # the note it stands in
    line: int
    text: str
    channel: str | None = None
    time: time | None = None
    counts: bool = True
    reason: Message | None = None  # why it does not count
    reply_by: dt.date | None = None  # by when an answer is expected, where the line says so
    no_reply: bool = False  # it says that none is
    through: str | None = None  # the path of another in the household, whose contact it was


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score, or one ground of a verdict."""

    code: str
    text: Message
    points: float = 0.0


VerdictCode = Literal[
    "due",  # on the list, if there is room
    "waiting",  # tracked, its day has not come
    "untracked",  # no cadence
    "on_demand",  # `never`
    "unknown_start",  # tracked, but nothing says since when
    "resting",  # left unticked often enough to be given a rest
    "snoozed",
    "not_today",  # not one of the contact's days, or between the days of a crisis
    "paused",
    "no_contact",
    "died",
]


@dataclass(frozen=True, slots=True)
class CadenceRule:
    """Which rule set a contact's cadence."""

    cadence: Cadence | None
    every: str  # the words that were read: `2 weeks`
    rule: Message
    code: str  # `every`, `household`, `tag`, `folder`, `circle`, `none`
    source: str = ""  # note:line or setting
    factor: float = 1.0  # of the stage


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say about one contact today."""

    contact: Contact
    code: VerdictCode
    cadence: CadenceRule
    interval: int | None  # days
    last: Evidence | None  # the evidence that set the clock
    started: date | None  # where there is none: since when the clock runs
    due_on: date | None
    days_over: int  # negative before the day
    score: float
    reasons: tuple[Reason, ...]
    until: date | None = None  # of a rest or a snooze

    @property
    def tracked(self) -> bool:
        """Whether a cadence applies."""
        return self.cadence.cadence is not None


@dataclass(frozen=True, slots=True)
class Occasion:
    """A birthday or another date worth a word, inside its window."""

    path: str
    name: str
    kind: Literal["birthday", "date"]
    label: str  # "" for a birthday
    date: date
    years: int | None  # how many, when the year is known
    listed: bool  # whether today's block shows it
    prepared: bool = False
    wished: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What the user promised to a contact, or a contact to her."""

    path: str
    name: str
    text: str
    due: date | None
    source: str
    line: int
    direction: Literal["out", "in"] = "out"  # "in": it was promised to the user


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A message that went out and has not been answered."""

    path: str
    name: str
    sent: date
    channel: str | None
    source: str
    line: int
    reply_by: date  # since when it is mentioned


@dataclass(frozen=True, slots=True)
class Drift:
    """A contact who is silent for long against the rhythm the two really had."""

    path: str
    name: str
    usual_gap: float  # days, the median
    silent: int  # days
    last: date


@dataclass(frozen=True, slots=True)
class Refresh:
    """A contact whose details were last checked long ago."""

    path: str
    name: str
    verified: date
    line: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """The lists of one day."""

    date: date
    due: tuple[Verdict, ...]  # what the day asks for, best first
    more: int  # how many are due beyond the budget
    done: int  # how many of the day's list are done already
    offer: Verdict | None  # somebody tracked who was never in touch
    upcoming: tuple[Verdict, ...]
    occasions: tuple[Occasion, ...]
    promises: tuple[Promise, ...]
    awaiting: tuple[Awaiting, ...]
    drifting: tuple[Drift, ...]
    refresh: tuple[Refresh, ...]
    untracked: int
    tracked: int
