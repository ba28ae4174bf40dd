"""`vault watch`: keep the index live and the daily note current."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import click

from vaulttool.cli.agenda_text import print_agenda
from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.output import print_line
from vaulttool.cli.session import Clock, Session
from vaulttool.message import msg, nmsg
from vaulttool.people.agenda import make_agenda

if TYPE_CHECKING:
    from vaulttool.cli.serve import Server
    from vaulttool.cli.session import Event
    from vaulttool.message import Message
    from vaulttool.vault.watch import Watch

TICK = 1.0  # seconds between two looks at the clock
SHOWN = 8  # events on the screen

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


@click.command(
    "watch",
    cls=VaultCommand,
    help=N_(
        "Keep today's list current while you work: a tick, a new note, midnight. Ctrl-C stops it."
        "\n\nExample: vault watch"
    ),
)
@option(
    "--poll",
    type=click.FloatRange(0.1, 3600),
    metavar="SECONDS",
    help=N_("Look every so many seconds: for network drives, which tell of no changes."),
)
@option("--json-lines", is_flag=True, help=N_("Print one JSON object for each change."))
@option("--serve", is_flag=True, help=N_("Answer other commands and programs on a socket."))
@option("--print", "print_only", is_flag=True, help=N_("Print only; write nothing."))
@pass_app
def watch_command(
    app: App, poll: float | None, json_lines: bool, serve: bool, print_only: bool
) -> None:
    """Watch the vault."""
    from vaulttool.vault.live import LiveIndex
    from vaulttool.vault.watch import EventWatch, PollWatch

    _today = app.today  # a bad day is said before anything else
    watch: Watch = EventWatch(app.root, time.monotonic)
    if poll:
        watch = PollWatch(poll, time.sleep)
    clock = Clock(datetime.now, time.monotonic)
    session = Session(app, LiveIndex(app.root), clock, keeps=not print_only)
    server = _server(app, watch) if serve else None
    stopped = _Stop()
    view: View = JsonLines() if json_lines else Screen(app) if sys.stdout.isatty() else Lines(app)
    try:
        run(session, watch, view, stopped, server)
    finally:
        watch.stop()
        if server:
            server.stop()


def _server(app: App, watch: Watch) -> Server:
    from vaulttool.cli.serve import Server
    from vaulttool.vault.locate import socket_file

    server = Server(socket_file(os.environ, app.root), watch.wake)
    server.start()
    return server


def run(
    session: Session, watch: Watch, view: View, stopped: _Stop, server: Server | None = None
) -> None:
    """Take one step after another until it is stopped; nothing that fails stops it."""
    while not stopped.asked:
        hints = watch.wait(TICK)
        try:
            session.step(hints)
            if server:
                server.answer(session.app.root, session.people)
            view.show(session, session.take_events())
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - it has to live on; the next step sees all anew
            session.begin_anew()
            what = " ".join(f"{type(error).__name__}: {error}".split())
            session.problem(msg("something unexpected happened: {what}", what=what))
            view.show(session, session.take_events())


@dataclass(slots=True)
class _Stop:
    """Ends the watch between two steps, so that no write is cut short."""

    asked: bool = False

    def __post_init__(self) -> None:
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked = True


# --- What is shown ---


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
    """Today's list as it changes, and the last events below it."""

    app: App
    last: deque[Event] = field(default_factory=lambda: deque(maxlen=SHOWN))
    drawn: bool = False

    def show(self, session: Session, events: list[Event]) -> None:
        """Draw everything anew, if anything happened."""
        if self.drawn and not events:
            return
        self.drawn = True
        self.last.extend(events)
        day = self.app.day()
        click.clear()
        print_agenda(self.app, day, make_agenda(self.app.people(), day))
        print_line(self.app, "")
        for event in self.last:
            print_line(self.app, said(self.app, event))
        count = len(session.index.snapshot.notes)
        print_line(self.app, self.app.say(nmsg("{n} note; Ctrl-C stops the watch",
            "{n} notes; Ctrl-C stops the watch", count)))  # fmt: skip


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
