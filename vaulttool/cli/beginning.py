"""What a vault holds so far, and how to begin in one that holds no contacts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaulttool.message import msg, nmsg
from vaulttool.people.grounds import is_template, is_unfilled
from vaulttool.people.likely import likely_folders
from vaulttool.vault.locate import CONFIG_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.cli.app import App
    from vaulttool.message import Message
    from vaulttool.people.agenda import People

NO_CONTACTS = msg(
    "No contacts: no note is in a folder such as People, or has a tag such as #person."
)
MOST_GROUNDS = 4  # of those that made contacts, in the first line


def found(app: App) -> Message:
    """How many contacts there are, and what made them contacts."""
    people = app.people()
    grounds = Counter(app.say(contact.found_by) for contact in people.contacts.values())
    shown = grounds.most_common(MOST_GROUNDS)
    rest = len(people.contacts) - sum(count for _ground, count in shown)
    others = [f"{app.say(msg('others'))} ({rest})"] if rest else []
    how = ", ".join([*(f"{ground} ({count})" for ground, count in shown), *others])
    if not how:
        return nmsg("{n} note, no contacts", "{n} notes, no contacts", _notes(people))
    count = len(people.contacts)
    return nmsg("{n} contact, found by {how}", "{n} contacts, found by {how}", count, how=how)


def unless_empty(people: People, otherwise: Message) -> Message:
    """What to say of an empty list: that there are no contacts, where there are none."""
    return otherwise if people.contacts else NO_CONTACTS


def how_to_begin(app: App) -> Iterator[Message]:
    """Say what makes contacts, where there are none."""
    if not (_notes(app.people()) or (app.root / CONFIG_NAME).exists()):
        yield msg("The folder holds no notes: is it the vault that you meant?")
    if folders := likely_folders(app.people().snapshot):
        yield _look_like_people(app, folders)
    yield msg(
        '`vault add "NAME"` adds a contact. A note in a folder People, Contacts or Люди, or with'
        " a tag #person or #contact, or with the property type: person is one, too. Folders of"
        " other names stand in vaulttool.toml, under [contacts]."
    )


def _look_like_people(app: App, folders: tuple[str, ...]) -> Message:
    if (app.root / CONFIG_NAME).exists():
        named = app.people().snapshot.settings.contact_folders or ()
        line = folders_line((*named, *folders))
        return msg("The notes in {folders} look like people. They are contacts, if vaulttool.toml"
            " says under [contacts]: {line}",
            folders=list(folders), line=line)  # fmt: skip
    return msg("The notes in {folders} look like people: `vault init` makes them contacts.",
        folders=list(folders))  # fmt: skip


def folders_line(folders: tuple[str, ...]) -> str:
    """The line of `vaulttool.toml` that names the folders of contacts."""
    import json  # its texts are TOML's, too

    listed = json.dumps(folders, ensure_ascii=False)
    return "folders = " + listed.replace("\x7f", "\\u007f")  # which TOML does not take as it is


def _notes(people: People) -> int:
    """How many notes there are; a template is none."""
    notes = people.snapshot.notes
    return sum(
        not (is_template(path, people.snapshot) or is_unfilled(note))
        for path, note in notes.items()
    )
