"""`vault watch`: keep the index live and the daily note current."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.session import Clock, Session
from vaulttool.cli.views import JsonLines, Lines, Screen
from vaulttool.message import msg

if TYPE_CHECKING:
    from vaulttool.cli.serve import Server
    from vaulttool.cli.views import View
    from vaulttool.vault.watch import Watch

TICK = 1.0  # seconds between two looks at the clock


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
@option("--print", "--dry-run", "print_only", is_flag=True, help=N_("Print only; write nothing."))
@pass_app
def watch_command(
    app: App, poll: float | None, json_lines: bool, serve: bool, print_only: bool
) -> None:
    """Watch the vault."""
    from vaulttool.vault.cache import NOTES, Cache
    from vaulttool.vault.live import LiveIndex
    from vaulttool.vault.locate import cache_folder
    from vaulttool.vault.watch import EventWatch, PollWatch

    _today = app.today  # a bad day is said before anything else
    watch: Watch = EventWatch(app.root, time.monotonic)
    if poll:
        watch = PollWatch(poll, time.monotonic, time.sleep)
    clock = Clock(datetime.now, time.monotonic)
    cache = Cache(cache_folder(os.environ, app.root) / NOTES, clock.wall().timestamp())
    session = Session(app, LiveIndex(app.root, cache), clock, keeps=not print_only)
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
    server.check()
    return server


def run(
    session: Session, watch: Watch, view: View, stopped: _Stop, server: Server | None = None
) -> None:
    """Take one step after another until it is stopped; nothing that fails stops it."""
    while not stopped.asked:
        try:
            hints = watch.wait(TICK)
            if watch.obstacle:
                session.problem(msg("changes cannot be heard ({why}): all notes are looked at now"
                    " and then; --poll says how often", why=watch.obstacle))  # fmt: skip
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
            Lines(session.app).show(session, session.take_events())
            time.sleep(TICK)


@dataclass(slots=True)
class _Stop:
    """Ends the watch between two steps, so that no write is cut short."""

    asked: bool = False

    def __post_init__(self) -> None:
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        if self.asked:  # a second time: it takes too long
            raise KeyboardInterrupt
        self.asked = True
