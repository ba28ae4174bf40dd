"""What `vault watch` copies from one place of the vault to another, where it was asked to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaulttool.cli.record import Interaction, record
from vaulttool.errors import RefusedError
from vaulttool.markdown.properties import remove_property, set_property
from vaulttool.message import msg
from vaulttool.people.channels import tag_channel
from vaulttool.vault.store import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaulttool.cli.app import App
    from vaulttool.contact import Verdict
    from vaulttool.people.ticks import Listing
    from vaulttool.vault.change import Change

RECENT = 7  # days back to which ticks are copied: a phone may have been offline


def mirrored_ticks(app: App) -> list[Change]:
    """Copy recent ticks into the logs of the people, each once.

    A copy is known by its block id, `^tick-20261120`, whatever became of its words.
    """
    people = app.people()
    done = people.snapshot.settings.done_statuses
    first = app.today - timedelta(days=RECENT)
    changes: list[Change] = []
    for path, lines in people.traces.listings.items():
        texts = "\n".join(item.text for item in people.snapshot.notes[path].passages)
        for line in lines:
            is_tick = line.status in done and not line.mark and first <= line.day <= app.today
            mark = f"^tick-{line.day:%Y%m%d}"
            if is_tick and mark not in texts:
                changes += record(app, _copy(app, line, mark), "contact")
                break  # one change a note: another one is made by the next step
    return changes


def _copy(app: App, line: Listing, mark: str) -> Interaction:
    contact = app.people().contacts[line.path]
    words = " ".join(word for word in line.text.split() if tag_channel(word) is None)
    day = line.completion or line.day
    return Interaction((contact,), day, line.channel, line.direction, f"{words} {mark}".strip())


def derived_properties(app: App) -> Iterator[Change]:
    """Bring `vault_last` and `vault_next` of the contacts up to date.

    They are for Bases and Dataview, and are never read back as evidence.
    """
    kept = app.people().snapshot.settings.write_back
    for path, verdict in app.day().verdicts.items():
        wanted: dict[str, date | None] = {
            f"vault_{name}": value for name, value in _derived(verdict).items() if name in kept
        }
        source = read_source(app.root, path)
        text = source.text
        try:
            for key, day in wanted.items():
                text = set_property(text, key, day) if day else remove_property(text, key)
        except RefusedError as error:
            app.note(msg("{path}: {problem}", path=path, problem=error.message))
            continue
        if text != source.text:
            yield source.change(text)


def _derived(verdict: Verdict) -> dict[str, date | None]:
    return {"last": verdict.last.date if verdict.last else None, "next": verdict.due_on}
