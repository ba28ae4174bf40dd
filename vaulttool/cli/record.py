"""Recording that the user was in touch: a tick in the daily note, or a line in a log."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from vaulttool.cli.daily import DailyNote
from vaulttool.daily.block import tick_entries
from vaulttool.daily.lines import is_russian
from vaulttool.daily.template import daily_path, find_daily_note
from vaulttool.errors import RefusedError
from vaulttool.locale import words_of
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.edit import append_section, insert_lines
from vaulttool.markdown.note import read_note, title_of
from vaulttool.message import msg
from vaulttool.people.evidence import link_date
from vaulttool.people.logs import (
    log_evidence,
    log_place,
    parse_log_line,
    write_log_line,
    write_words,
)
from vaulttool.people.replies import write_reply
from vaulttool.people.ticks import added_channel
from vaulttool.people.told_way import without_channel, without_fillers
from vaulttool.people.undone import not_in_touch
from vaulttool.vault.store import read_existing

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaulttool.cli.app import App
    from vaulttool.contact import Contact, Direction
    from vaulttool.model import Language
    from vaulttool.vault.change import Change


@dataclass(frozen=True, slots=True)
class Interaction:
    """What is to be recorded."""

    contacts: tuple[Contact, ...]
    day: date
    channel: str | None = None
    direction: Direction | None = None
    text: str = ""
    reply_by: date | None = None  # by when an answer is expected
    no_reply: bool = False  # none is
    counts: bool = True  # as contact; else it is only noted


def record(app: App, what: Interaction, to: str | None = None) -> list[Change]:
    """Plan the changes that record an interaction, in one place."""
    if _place(app, to, what.day) == "daily":
        return [_tick(app, what)]
    return [_log_line(app, contact, what) for contact in what.contacts]


def _place(app: App, to: str | None, day: date) -> str:
    """Where a day's contact is written: `daily` or `contact`."""
    snapshot = app.people().snapshot
    place = to or snapshot.settings.log_to
    if place != "auto":
        return place
    is_noted = day == app.today or find_daily_note(snapshot, day) is not None
    return "daily" if is_noted else "contact"


def _tick(app: App, what: Interaction) -> Change:
    """Tick the people's lines in the daily note's due block, or add one that is ticked."""
    note = DailyNote(app, app.day(), what.day)
    words = _words(what, note.lang, added_channel)
    names = [(contact.path, _link(note, contact)) for contact in what.contacts]
    reading = note.writer.reading()
    changed = tick_entries(note.text, names, words, what.day, note.heading, reading,
        done=what.counts)  # fmt: skip
    return note.change(changed)


def _link(note: DailyNote, contact: Contact) -> str:
    link = note.writer.link(contact.path)
    if link is None:
        raise RefusedError(
            msg("no link can carry the name {name}: rename the note, or use --to contact",
                name=contact.name)
        )  # fmt: skip
    return link


def _words(what: Interaction, lang: Language, read: Callable[[str], str | None]) -> str:
    """What stands behind the date or the names; the channel, unless `read` finds it there."""
    words = write_words("", what.direction, what.text)
    if what.channel and read(words) != what.channel:
        words = write_words("", what.direction, without_fillers(what.text))
    if what.channel and read(words) != what.channel:
        name, text = words_of(lang).channel_names[what.channel], what.text
        words = write_words(name, what.direction, without_channel(text, what.channel))
    if what.reply_by or what.no_reply:
        return f"{words} {write_reply(what.reply_by, lang)}".lstrip()
    return words


def _words_in_log(what: Interaction, lang: Language) -> str:
    """What stands behind the date in a log, and counts there as it is meant to."""
    words = _words(what, lang, _channel_in_log)
    if what.counts == (not_in_touch(words) is None):
        return words
    if not what.counts:
        return f"{words_of(lang).looked_at[0]}: {words}"
    return _words(what, lang, lambda _words: None)  # the channel before it says that it was one


def _channel_in_log(words: str) -> str | None:
    line = parse_log_line(f"2000-01-01 {words}", read_date)
    return line.channel if line else None


def _log_line(app: App, contact: Contact, what: Interaction) -> Change:
    """Add a line to the log in a contact's own note, and see that it is read as one."""
    snapshot = app.people().snapshot
    source = read_existing(app.root, contact.path)
    note = read_note(contact.path, source.text)
    dated = functools.partial(link_date, snapshot, contact)
    entries, _problems = log_evidence(note, dated)
    place = log_place(note, entries, source.text, what.day)
    lang: Language = "ru" if is_russian(note) else "en"
    daily = title_of(daily_path(snapshot, datetime.combine(what.day, time(12)), lang))
    line = write_log_line(what.day, _words_in_log(what, lang), place.neighbour, daily)
    if place.index is None:
        heading = words_of(lang).log_headings[0].capitalize()
        changed = append_section(source.text, f"## {heading}", [line])
    else:
        changed = insert_lines(source.text, place.index, [line])
    after, _problems = log_evidence(read_note(contact.path, changed), dated)
    if len(after) != len(entries) + 1:
        raise RefusedError(
            msg("{path}: the new line would not be read as a log entry; write it by hand",
                path=contact.path)
        )  # fmt: skip
    return source.change(changed)
