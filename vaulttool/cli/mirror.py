"""What `vault watch` copies from one place of the vault to another, where it was asked to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaulttool.cli.record import Interaction, record
from vaulttool.errors import RefusedError
from vaulttool.markdown.properties import remove_property, set_property
from vaulttool.message import msg
from vaulttool.people.channels import tag_channel
from vaulttool.vault.store import read_existing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from vaulttool.cli.app import App
    from vaulttool.contact import Verdict
    from vaulttool.model import Note
    from vaulttool.people.ticks import Listing
    from vaulttool.vault.change import Change

_OBSTACLES = frozenset({"conflict-markers", "not-utf8", "nul-bytes", "unreadable", "too-large"})
RECENT = 7  # days back to which ticks are copied: a phone may have been offline


def mirrored_ticks(app: App, unsettled: Collection[str] = ()) -> list[Change]:
    """Copy recent ticks into the logs of the people, each once.

    A copy is known by its block id, `^tick-20261120`, whatever became of its words. Not from
    `unsettled` daily notes, nor into a note that is not written.
    """
    people = app.people()
    done = people.snapshot.settings.done_statuses
    first = app.today - timedelta(days=RECENT)
    changes: list[Change] = []
    for path, lines in people.traces.listings.items():
        note = people.snapshot.notes[path]
        texts = "\n".join(item.text for item in note.passages)
        for line in lines if not has_obstacle(note) else ():
            is_tick = line.status in done and not line.mark and first <= line.day <= app.today
            is_tick &= line.source not in unsettled
            mark = f"^tick-{line.day:%Y%m%d}"
            if is_tick and mark not in texts:
                changes += _copied(app, line, mark)
                break  # one change a note: another one is made by the next step
    return changes


def _copied(app: App, line: Listing, mark: str) -> list[Change]:
    """Copy a tick; a note that cannot be written keeps nobody else from theirs."""
    try:
        return record(app, _copy(app, line, mark), "contact")
    except RefusedError as error:
        app.note(msg("{path}: {problem}", path=line.path, problem=error.message))
        return []


def _copy(app: App, line: Listing, mark: str) -> Interaction:
    contact = app.people().contacts[line.path]
    lines = (" ".join(filter(_is_word, one.split())) for one in line.text.split("\n"))
    words = "; ".join(filter(None, lines))
    day = line.completion or line.day
    return Interaction((contact,), day, line.channel, line.direction, f"{words} {mark}".strip())


def _is_word(text: str) -> bool:
    """Whether a word is worth copying: neither a channel's tag nor a block id."""
    return tag_channel(text) is None and not text.startswith("^")


def has_obstacle(note: Note) -> bool:
    """Whether a note is not written as it stands; `vault check` says so."""
    return any(problem.code in _OBSTACLES for problem in note.problems)


def derived_properties(app: App) -> Iterator[Change]:
    """Bring `vault_last` and `vault_next` of the contacts up to date.

    They are for Bases and Dataview, and are never read back as evidence.
    """
    snapshot = app.people().snapshot
    for path, verdict in app.day().verdicts.items():
        wanted = {
            f"vault_{name}": day
            for name, day in _derived(verdict).items()
            if name in snapshot.settings.write_back
        }
        if has_obstacle(snapshot.notes[path]) or _is_written(snapshot.notes[path], wanted):
            continue
        try:
            source = read_existing(app.root, path)
            text = source.text
            for key, day in wanted.items():
                text = set_property(text, key, day) if day else remove_property(text, key)
        except RefusedError as error:
            app.note(msg("{path}: {problem}", path=path, problem=error.message))
        else:
            yield source.change(text)


def _is_written(note: Note, wanted: Mapping[str, date | None]) -> bool:
    """Whether a note has these properties already, so that its file need not be read."""
    raws = {item.key: item.raw for item in note.properties}
    return all(raws.get(key) == (day.isoformat() if day else None) for key, day in wanted.items())


def _derived(verdict: Verdict) -> dict[str, date | None]:
    return {"last": verdict.last.date if verdict.last else None, "next": verdict.due_on}
