"""What every command has at hand: the vault, the day, the language, the way to print."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaulttool.errors import ChangedError, RefusedError, UsageError
from vaulttool.locale.catalogue import Catalogue, choose_language
from vaulttool.message import Message, msg, nmsg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vaulttool.cli.progress import Progress
    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot
    from vaulttool.model import Language, Problem
    from vaulttool.people.agenda import Day, People
    from vaulttool.people.local import LocalTime
    from vaulttool.vault.cache import Cache
    from vaulttool.vault.change import Change
    from vaulttool.vault.listing import Folder
    from vaulttool.vault.write import Storage

# Seconds before a change is planned again, each time that somebody was quicker: 5 with the
# times for which a note that was just saved is left alone.
_YEARS = range(1900, 2200)  # in which somebody may live who uses this
# Of these, programs are told what was written; the others print what they found.
_PRINTING_NOTHING = frozenset(
    {"log", "add", "set", "snooze", "pause", "resume", "init", "undo", "mentions"}
)
_PAUSES = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6)


@dataclass(slots=True)
class App:
    """The global options, and what follows from them; made anew by every run."""

    vault: str | None = None
    today_option: str | None = None
    lang_option: str | None = None
    format: str = "table"
    color: bool = True
    quiet: bool = False
    verbose: bool = False
    read_only: bool = False
    folders: Sequence[Folder] | None = None  # as they were just listed, for the first reading
    tells_of_flaws: bool = False  # whether the command itself says what cannot be read
    fleeting: bool = False  # whether the same question may soon have another answer
    _started: datetime = field(default_factory=datetime.now)
    _root: Path | None = None
    _people: People | None = None
    _day: Day | None = None
    _as_of: date | None = None
    _live: Callable[[], People] | None = None
    _said: set[str] = field(default_factory=set)
    _has_read: bool = False

    @property
    def root(self) -> Path:
        """The vault's folder."""
        from vaulttool.vault.locate import find_vault

        if self._root is None:
            self._root = find_vault(self.vault, os.environ, Path.cwd())
        return self._root

    @property
    def now(self) -> datetime:
        """The moment of this run: noon of `--today`, else the clock, read once."""
        from vaulttool.markdown.dates import read_date

        option = self.today_option is not None
        given = self.today_option if option else os.environ.get("VAULT_TODAY")
        if not given and not option:
            return self._started
        day = read_date(given or "")
        if day is None or day.year not in _YEARS:
            raise UsageError(
                msg("{where}: expected a date such as 2026-11-22, found “{found}”",
                    where="--today" if option else "$VAULT_TODAY", found=given)
            )  # fmt: skip
        return datetime.combine(day, time(12))

    @property
    def today(self) -> date:
        """The day of this run."""
        return self.now.date()

    @property
    def lang(self) -> Language:
        """The user's language: `--lang`, else what the environment prefers."""
        names = [self.lang_option, *(os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES"))]
        return choose_language(next(filter(None, [*names, os.environ.get("LANG")]), ""))

    @property
    def catalogue(self) -> Catalogue:
        """The user's catalogue."""
        return Catalogue(self.lang, self.today.year)

    def say(self, message: Message) -> str:
        """Make a sentence in the user's language."""
        return self.catalogue.render(message)

    def snapshot(self, *, excluded: bool = False) -> Snapshot:
        """Read the vault, the links of excluded notes too where they are asked for."""
        if self._live and not excluded:
            return self._live().snapshot
        from vaulttool.vault.store import read_vault

        with self._progress() as progress:
            snapshot = read_vault(
                self.root,
                progress.update,
                excluded=excluded,
                cache=self._cache(),
                folders=self._take_folders(),
            )
        self._tell_of(snapshot)
        return snapshot

    def people(self) -> People:
        """Read the people in the vault, once: those of now, of a day in the past, or live ones."""
        if self._people is None and self._live:
            self._people = self._live()
            self.tell_of_settings(self._people.snapshot.problems)
        elif self._people is None and self._as_of:
            from vaulttool.people.agenda import read_people

            self._people = read_people(self._past(self._as_of))
            self.tell_of_settings(self._people.snapshot.problems)
        elif self._people is None:
            from vaulttool.vault.kept import PEOPLE, people_of
            from vaulttool.vault.vocabulary import VOCABULARY, keep_words

            cache = self._cache()
            with self._progress() as progress:
                file = cache.file.with_name(PEOPLE)
                folders = self._take_folders()
                self._people = people_of(self.root, file, cache, progress.update, folders)
            keep_words(cache.file.with_name(VOCABULARY), self._people)
            self._tell_of(self._people.snapshot)
        return self._people

    def people_anew(self) -> People:
        """The people after a command has changed what makes them."""
        self._people = self._day = None
        return self.people()

    @contextlib.contextmanager
    def looking_through(self) -> Iterator[People]:
        """The people, while a command looks at each note: on a terminal a bar tells how far."""
        people = self.people()
        with self.watching(people.snapshot) as snapshot:
            yield replace(people, snapshot=snapshot)

    @contextlib.contextmanager
    def watching(self, snapshot: Snapshot) -> Iterator[Snapshot]:
        """A snapshot, while a command looks at each of its notes: likewise."""
        from vaulttool.cli.progress import Progress, Watched

        with Progress(self.say(msg("Looking at notes")), show=not self.quiet) as progress:
            yield replace(snapshot, notes=Watched(snapshot.notes, progress.update))

    def _take_folders(self) -> Sequence[Folder] | None:
        """What was listed before; whoever reads once more lists anew."""
        self._has_read = True
        folders, self.folders = self.folders, None
        return folders

    @property
    def is_lasting(self) -> bool:
        """Whether the same question will have the same answer while no file changes."""
        return self._has_read and not self.fleeting

    def time_at(self, contact: Contact) -> LocalTime | None:
        """What time it is where a contact lives."""
        from vaulttool.people.local import local_time

        there = local_time(contact, self.now.astimezone())
        self.fleeting |= there is not None and self.now == self._started
        return there

    def _cache(self) -> Cache:
        from vaulttool.vault.cache import NOTES, Cache
        from vaulttool.vault.locate import cache_folder

        file = cache_folder(os.environ, self.root) / NOTES
        return Cache(file, datetime.now(UTC).timestamp())  # the run may have begun long ago

    def _progress(self) -> Progress:
        from vaulttool.cli.progress import Progress

        return Progress(self.say(msg("Reading notes")), show=not self.quiet)

    def _tell_of(self, snapshot: Snapshot) -> None:
        from vaulttool.vault.read import is_unread

        self.tell_of_settings(snapshot.problems)
        flaws = (snapshot.problems, *snapshot.flaws.values())
        unread = sum(is_unread([problem]) for problems in flaws for problem in problems)
        self.fleeting |= unread > 0
        if unread and not self.tells_of_flaws:
            self.note(nmsg(
                "{n} note or folder cannot be read and is left out: `vault check` tells why",
                "{n} notes or folders cannot be read and are left out: `vault check` tells why",
                unread))  # fmt: skip
        if self.verbose:
            count = len(snapshot.notes)
            self.note(nmsg("Read {n} note of {vault}", "Read {n} notes of {vault}", count,
                vault=str(self.root)))  # fmt: skip

    def tell_of_settings(self, problems: Iterable[Problem]) -> None:
        """Say that a settings file could not be read, and that the defaults apply."""
        for problem in problems:
            if problem.code == "bad-settings" and problem.severity == "error":
                self.note(msg("{path}: {problem}", path=problem.path, problem=problem.message))

    def follow(self, live: Callable[[], People]) -> None:
        """Take the people from somebody who keeps them up to date, from now on."""
        self._live = live

    def begin(self, moment: datetime, people: People) -> None:
        """Begin anew, at another moment, with the people as they are then."""
        self._started, self._people, self._day = moment, people, None

    def go_back(self, text: str) -> None:
        """Judge a day in the past by the notes as they were then; nothing is written."""
        from vaulttool.markdown.dates import read_date

        day = read_date(text)
        if day is None:
            raise UsageError(
                msg("--as-of: expected a date such as 2026-11-22, found “{found}”", found=text)
            )
        if day > self._started.date():
            raise UsageError(msg("--as-of: {date} has not come yet", date=day))
        self._as_of, self.today_option, self.fleeting = day, day.isoformat(), True

    def _past(self, day: date) -> Snapshot:
        from vaulttool.vault.past import read_vault_at

        return read_vault_at(self.root, day)

    def day(self) -> Day:
        """Judge today, once."""
        from vaulttool.people.agenda import judge_day, without_start
        from vaulttool.vault.git import first_commits, has_repository

        if self._day is None:
            people = self.people()
            asked = without_start(people, self.today)
            first_seen = first_commits(self.root, asked)
            # git may have been missing, or have refused.
            self.fleeting |= bool(asked) and not first_seen and has_repository(self.root)
            self._day = judge_day(people, first_seen, self.today)
        return self._day

    def note(self, message: Message) -> None:
        """Say something beside the result, on stderr; what is planned again says it once."""
        from vaulttool.cli.output import clean, print_note

        text = clean(self.say(message))
        if not self.quiet and text not in self._said:
            print_note(text)
        self._said.add(text)

    @property
    def storage(self) -> Storage:
        """Where notes are written, and what makes it possible to take that back."""
        from vaulttool.vault.locate import state_folder
        from vaulttool.vault.settings import read_settings
        from vaulttool.vault.write import Storage

        settings, problems = read_settings(self.root)
        self.tell_of_settings(problems)
        return Storage(
            self.root,
            state_folder(os.environ, self.root),
            keep_days=settings.history_days,
            keep_megabytes=settings.history_megabytes,
            tell=self.note,
        )

    def write(
        self, plan: Callable[[], Iterable[Change]], *, dry_run: bool, undoes: Iterable[int] = ()
    ) -> list[str]:
        """Write what is planned as one step, or show it; gives the paths that were written.

        Where a note was saved by somebody else after it was read, nothing is written, and all
        is read and planned again: now without other runs of the tool, which wait meanwhile.
        """
        from vaulttool.cli.output import print_diff, print_json
        from vaulttool.vault.change import diff

        if dry_run:
            planned = diff(plan())
            print_json({"diff": planned}) if self.format == "json" else print_diff(self, planned)
            return []
        if self.read_only:
            raise RefusedError(msg("nothing is written here"))
        command = click.get_current_context().info_name or ""
        written = self._write(plan, command, undoes)
        if self.format == "json" and command in _PRINTING_NOTHING:
            print_json({"written": written})
        return written

    def _write(
        self, plan: Callable[[], Iterable[Change]], command: str, undoes: Iterable[int]
    ) -> list[str]:
        from vaulttool.vault.write import apply, apply_planned

        storage = self.storage
        try:
            written = apply(storage, plan(), command, self.now, undoes)
        except ChangedError as error:
            changed, self.fleeting = error, True
        else:
            self.fleeting |= bool(written)
            return written
        for pause in _PAUSES:
            storage.system.wait(pause)
            self._people = self._day = None
            try:
                return apply_planned(storage, plan, command, self.now, undoes)
            except ChangedError as error:
                changed = error
        raise changed


pass_app = click.make_pass_decorator(App)


def utf8_output() -> None:
    """Write UTF-8 whatever the machine's locale is; what cannot be encoded is escaped."""
    streams = (
        (sys.stdin, "replace"),
        *((one, "backslashreplace") for one in (sys.stdout, sys.stderr)),
    )
    for stream, errors in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            with contextlib.suppress(OSError):  # whoever writes next says what is wrong
                reconfigure(encoding="utf-8", errors=errors)
