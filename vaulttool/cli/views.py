"""What `vault watch` shows while it watches."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import click

from vaulttool.cli.agenda_text import print_agenda
from vaulttool.cli.output import print_line
from vaulttool.message import msg, nmsg
from vaulttool.people.agenda import make_agenda

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaulttool.cli.app import App
    from vaulttool.cli.session import Event, Session
    from vaulttool.message import Message

SHOWN = 8  # events on the screen
MOST_LINES = 5  # of the list, at least

_WORDS: dict[str, Message] = {
    "ready": msg("watching"),
    "added": msg("new"),
    "changed": msg("changed"),
    "removed": msg("gone"),
    "written": msg("written"),
    "day": msg("a new day"),
    "frozen": msg("stopped writing"),
    "thawed": msg("writing again"),
    "problem": msg("problem"),
}


class View(Protocol):
    """Shows what happens."""

    def show(self, session: Session, events: list[Event]) -> None:
        """Show the events of a step."""


@dataclass(slots=True)
class Lines:
    """One line an event: for logs."""

    app: App

    def show(self, session: Session, events: list[Event]) -> None:
        """Print the events."""
        del session
        for event in events:
            print_line(self.app, said(self.app, event))
        sys.stdout.flush()


@dataclass(slots=True)
class Screen:
    """Today's list as it changes, as far as it fits, and the last events below it."""

    app: App
    last: deque[Event] = field(default_factory=lambda: deque(maxlen=SHOWN))
    drawn: tuple[object, ...] = ()  # of what moment and size

    def show(self, session: Session, events: list[Event]) -> None:
        """Draw everything anew, if anything happened: the minute and the window's size, too."""
        size = shutil.get_terminal_size()
        now = (f"{self.app.now:%F %H:%M}", size)
        if self.drawn == now and not events:
            return
        self.drawn = now
        self.last.extend(events)
        day = self.app.day()
        agenda = make_agenda(self.app.people(), day)
        shown = page(lambda: print_agenda(self.app, day, agenda))
        below = ["", *(said(self.app, event) for event in self.last)]
        count = len(session.index.snapshot.notes)
        below.append(self.app.say(nmsg("{n} note; Ctrl-C stops the watch",
            "{n} notes; Ctrl-C stops the watch", count)))  # fmt: skip
        room = max(size.lines - len(below) - 1, MOST_LINES)
        if len(shown) > room:
            shown[room - 1 :] = ["…"]
        click.clear()
        click.echo("\n".join(shown))
        for line in below:
            print_line(self.app, line)


class _Page(io.StringIO):
    """Takes what is printed as the terminal would."""

    def isatty(self) -> bool:
        """Whether colour is wanted is asked of this."""
        return True


def page(draw: Callable[[], None]) -> list[str]:
    """The lines that a function prints."""
    taken = _Page()
    with contextlib.redirect_stdout(taken):
        draw()
    return taken.getvalue().rstrip("\n").split("\n")


@dataclass(slots=True)
class JsonLines:
    """One JSON object an event: for other programs."""

    def show(self, session: Session, events: list[Event]) -> None:
        """Print the events."""
        for event in events:
            row = {
                "event": event.kind,
                "time": event.moment.isoformat(timespec="seconds"),
                "path": event.path or None,
                "message": session.app.say(event.message) if event.message else None,
            }
            click.echo(json.dumps(row, ensure_ascii=True))
        sys.stdout.flush()


def said(app: App, event: Event) -> str:
    """An event on one line."""
    word = app.say(_WORDS[event.kind])
    rest = event.path or (app.say(event.message) if event.message else "")
    return f"{event.moment:%H:%M:%S}  {word}  {rest}".rstrip()
