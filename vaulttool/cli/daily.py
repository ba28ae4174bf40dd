"""Planning the change to a daily note: shared by the commands that write into it."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from vaulttool.daily.block import find_span
from vaulttool.daily.lines import Writer, block_language
from vaulttool.daily.template import (
    daily_path,
    format_language,
    has_templater,
    render_template,
)
from vaulttool.errors import RefusedError
from vaulttool.locale import words_of
from vaulttool.markdown.edit import split_lines
from vaulttool.markdown.note import read_note
from vaulttool.message import msg
from vaulttool.vault.store import read_source

if TYPE_CHECKING:
    from datetime import date

    from vaulttool.cli.app import App
    from vaulttool.people.agenda import Day, People
    from vaulttool.vault.change import Change
    from vaulttool.vault.store import Source


class DailyNote:
    """The daily note of one day: its text as it is, or as its template begins it."""

    def __init__(self, app: App, day: Day, of: date) -> None:
        people: People = app.people()
        snapshot = people.snapshot
        self.lang = block_language(people)
        self.moment = app.now if of == app.today else datetime.combine(of, time(12))
        self.path = daily_path(snapshot, self.moment, self.lang)
        self.heading = snapshot.settings.daily.heading or words_of(self.lang).due_heading
        self.writer = Writer(people, day, self.lang, self.path)
        self.source: Source = read_source(app.root, self.path)
        self.text = self.source.text if self.source.data is not None else self._begun(app)
        # Through a link it may lie where nobody looks for changes.
        app.fleeting |= self.source.data is not None and self.path not in snapshot.notes

    def _begun(self, app: App) -> str:
        """The text of a new daily note, from the vault's own template."""
        snapshot = app.people().snapshot
        wanted = snapshot.settings.daily.template
        template = snapshot.resolve(wanted, "") if wanted else None
        if wanted and template is None:
            app.note(msg("the daily note's template {name} is not there", name=wanted))
        if template is None:
            return ""
        app.fleeting |= not template.lower().endswith(".md")
        text = read_source(app.root, template).text
        if has_templater(text):
            app.note(
                msg("the template holds Templater commands, which are left as they are: {name}",
                    name=template)
            )  # fmt: skip
        title = self.path.rpartition("/")[2].removesuffix(".md")
        lang = format_language(snapshot, self.lang)
        return render_template(text, title, self.moment, snapshot.settings, lang)

    def change(self, text: str) -> Change:
        """The change to a new text; refuses one whose block could not be read again."""
        if text != self.source.text and not _is_readable(self.path, text):
            raise RefusedError(
                msg("{path}: a code block or a comment in it is never closed, so that a list"
                    " could not be read again; close it, and run again", path=self.path)
            )  # fmt: skip
        return self.source.change(text)


def _is_readable(path: str, text: str) -> bool:
    """Whether the block in a text is found, and its lines are read as list items of it."""
    span = find_span(text)
    if span is None:
        return False
    body = split_lines(text)[span.start + 1 : span.body_end]
    has_lines = any(line.strip() for line in body)
    return not has_lines or any(item.due_block for item in read_note(path, text).items)
