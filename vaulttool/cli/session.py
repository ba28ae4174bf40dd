"""What `vault watch` does while it watches: one step after another, each told in events.

A step takes what may have changed into the index, looks at the clock, and does what has to be
done: today's list, the logs, the properties that are kept up to date. Nothing is remembered
that the notes do not say, so a step that was missed is made up for by the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from vaulttool.cli.due import plan_list
from vaulttool.cli.mirror import derived_properties, mirrored_ticks
from vaulttool.daily.template import find_daily_note
from vaulttool.errors import RefusedError, VaultError
from vaulttool.message import msg, nmsg
from vaulttool.people.agenda import read_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from vaulttool.cli.app import App
    from vaulttool.message import Message
    from vaulttool.people.agenda import People
    from vaulttool.vault.change import Change
    from vaulttool.vault.live import LiveIndex, NoteChange
    from vaulttool.vault.watch import Hints

RECONCILE = 300.0  # seconds after which everything is looked at, whatever was heard
ASLEEP = 5.0  # seconds by which the clock may run ahead: more, and the machine slept
QUIET = 3.0  # seconds for which nobody has written into a note that the tool would write
SETTLED = 60.0  # the same where a tick is to be copied: words may follow, or it may be taken back
VANISHED = 50  # notes, or
VANISHED_SHARE = 0.2  # of all: so many do not go at once because somebody deletes them,
VANISHED_LEAST = 10  # unless they are so few
AGAIN = 30.0  # seconds after which what could not be written is tried again


Kind = Literal[
    "ready", "added", "changed", "removed", "written", "day", "frozen", "thawed", "problem"
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    kind: Kind
    moment: datetime
    path: str = ""
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Two clocks: one that people read, and one that only grows."""

    wall: Callable[[], datetime]
    steady: Callable[[], float]


@dataclass(slots=True)
class Session:
    """One run of `vault watch`."""

    app: App
    index: LiveIndex
    clock: Clock
    keeps: bool = True  # whether it writes at all
    _events: list[Event] = field(default_factory=list)
    _people: People | None = None
    _day: date | None = None
    _looked: float = float("-inf")  # when everything was last looked at, by the steady clock
    _ahead: float | None = None  # how far the wall clock is ahead of the steady one
    _saved: dict[str, float] = field(default_factory=dict)  # when a note was last seen to change
    _vanished: set[str] = field(default_factory=set)
    _stale: bool = True  # whether something happened since the list was last looked after
    _again: float | None = None  # when what could not be written is to be tried again
    _problem: str = ""  # the last one, so that it is told once

    def __post_init__(self) -> None:
        self.app.follow(self.people)

    def step(self, hints: Hints) -> None:
        """Take hints, and do what is to be done."""
        before, reads = self.index.snapshot.settings, self.index.reads
        changes = self._look(hints)
        self._stale |= reads != self.index.reads or before != self.index.snapshot.settings
        if self._day is None:
            count = len(self.index.snapshot.notes)
            self._tell("ready", message=nmsg("{n} note", "{n} notes", count))
        else:
            self._take(changes)
        self._turn_the_day()
        if self._again is not None and self.clock.steady() >= self._again:
            self._again, self._stale = None, True
        if self._stale:
            self._stale = False  # what is found meanwhile makes it so again
            self._stale |= not self._keep()

    def take_events(self) -> list[Event]:
        """Give what happened since this was last asked."""
        events, self._events = self._events, []
        return events

    def people(self) -> People:
        """The people as the notes have them now, for whoever judges them.

        Raises `RefusedError` where many notes have just vanished: nobody is judged by the rest.
        """
        self._take(self.index.update(self.clock.wall().timestamp()))
        if self._vanished:
            raise RefusedError(msg("many notes have vanished"))
        return self._known_people()

    def _known_people(self) -> People:
        """The people as the index has them."""
        if self._people is None or self._people.snapshot is not self.index.snapshot:
            self._people = read_people(self.index.snapshot, self._people)
        return self._people

    # --- What changed ---

    def _look(self, hints: Hints) -> list[NoteChange]:
        now, steady = self.clock.wall(), self.clock.steady()
        ahead = now.timestamp() - steady
        slept = self._ahead is not None and abs(ahead - self._ahead) > ASLEEP
        self._ahead = ahead
        if hints.everything or slept or steady - self._looked > RECONCILE:
            self._looked = steady
            return self.index.update(now.timestamp())
        if hints.paths or not self.index.is_settled:
            return self.index.look(hints.paths, now.timestamp())
        return []

    def _take(self, changes: list[NoteChange]) -> None:
        """Tell of changes, and have what is kept looked after once more."""
        recent = self._saved_within(SETTLED)
        self._saved = {path: moment for path, moment in self._saved.items() if path in recent}
        for change in changes:
            self._saved[change.path] = self.clock.steady()
            self._tell(change.kind, change.path)
        self._stale |= bool(changes)
        self._watch_over(changes)

    def _watch_over(self, changes: Iterable[NoteChange]) -> None:
        """Freeze where many notes vanish at once, as with a drive that is taken away."""
        gone = {one.path for one in changes if one.kind == "removed" and not one.moved}
        left = len(self.index.snapshot.notes)
        limit = min(VANISHED, max(VANISHED_LEAST, VANISHED_SHARE * (left + len(gone))))
        if len(gone) > (limit if left else 1):
            self._vanished |= gone
            self._tell("frozen", message=nmsg(
                "{n} note vanished at once: nothing is written until it is back, or the watch"
                " begins anew",
                "{n} notes vanished at once: nothing is written until they are back, or the watch"
                " begins anew",
                len(gone),
            ))  # fmt: skip
        elif self._vanished and not self._vanished - self.index.snapshot.notes.keys():
            self._vanished = set()
            self._tell("thawed", message=msg("the notes are back"))

    def _turn_the_day(self) -> None:
        """Begin anew with the clock; a new day has a list of its own."""
        self.app.begin(self.clock.wall(), self._known_people())
        if self._day not in (None, self.app.today):
            self._tell("day")
            self._stale = True
        self._day = self.app.today

    # --- What is kept ---

    def _keep(self) -> bool:
        """Bring up to date what the tool keeps; False where there is more to do, or to wait for.

        What was written changes what is to be written: so it is looked at once more.
        """
        if self._vanished or not self.keeps:
            return True
        settings = self.index.snapshot.settings
        path = find_daily_note(self.index.snapshot, self.app.today)
        if path and self._is_busy(path):
            return False
        plans: list[Callable[[], Iterable[Change]]] = []
        if settings.daily.log == "contact":
            plans.append(lambda: mirrored_ticks(self.app, self._unsettled()))
        if settings.daily.auto and (path or settings.daily.create):
            plans.append(lambda: plan_list(self.app))
        if settings.write_back:
            plans.append(lambda: derived_properties(self.app))
        more = any(self._write(plan) for plan in plans)
        return not (more or (settings.daily.log == "contact" and self._unsettled()))

    def _is_busy(self, path: str) -> bool:
        """Whether somebody is writing in a note."""
        return path in self._saved_within(QUIET)

    def _unsettled(self) -> set[str]:
        """The daily notes whose ticks may still change."""
        return self._saved_within(SETTLED) & self.index.snapshot.dates.keys()

    def _saved_within(self, seconds: float) -> set[str]:
        now = self.clock.steady()
        return {path for path, moment in self._saved.items() if now - moment < seconds}

    def _write(self, plan: Callable[[], Iterable[Change]]) -> bool:
        """Write what is planned; gives whether there was anything.

        Before anything is written, everything is looked at, and it is planned again.
        """
        try:
            if not _notes_in(plan()):
                return False
            self.app.begin(self.clock.wall(), self.people())
            if any(map(self._is_busy, _notes_in(plan()))):
                return True
            written = self.app.write(plan, dry_run=False)
        except VaultError as error:
            self._again = self.clock.steady() + AGAIN
            if not self._vanished:  # that is told already
                self.problem(error.message)
            return False
        self._problem = ""
        for path in written:
            self._tell("written", path)
        seen = self.index.look(written, self.clock.wall().timestamp())
        self._take([change for change in seen if change.path not in written])
        self.app.begin(self.clock.wall(), self._known_people())
        return bool(written)

    def begin_anew(self) -> None:
        """Look at everything with the next step: the last one failed half-way."""
        self._looked, self._stale = float("-inf"), True

    # --- Telling ---

    def problem(self, message: Message) -> None:
        """Tell of a problem, once."""
        text = self.app.say(message)
        if text != self._problem:
            self._tell("problem", message=message)
        self._problem = text

    def _tell(self, kind: Kind, path: str = "", message: Message | None = None) -> None:
        self._events.append(Event(kind, self.clock.wall(), path, message))


def _notes_in(changes: Iterable[Change]) -> list[str]:
    """The notes that would be changed."""
    return [change.path for change in changes if change.before != change.after]
