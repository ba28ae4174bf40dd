"""`vault add`: a new contact, from the vault's own template, unless there is one already."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App, pass_app
from vaulttool.cli.commands import N_, VaultCommand, argument, option
from vaulttool.cli.completing import AssignedType
from vaulttool.cli.init import TEMPLATE_NAMES
from vaulttool.daily.lines import block_language, is_russian
from vaulttool.daily.template import has_templater, render_template
from vaulttool.errors import RefusedError, UsageError
from vaulttool.filenames import NAMELESS, safe_name
from vaulttool.markdown.note import read_note
from vaulttool.markdown.properties import add_to_property
from vaulttool.message import msg
from vaulttool.people.assign import Assignment, assigned, divided
from vaulttool.people.newcomer import (
    contact_tag,
    home_of,
    is_contact,
    template_for,
    usual_home,
)
from vaulttool.people.schema import Schema
from vaulttool.people.twins import likely_twins, similar, twins, with_address
from vaulttool.resolve import path_key
from vaulttool.vault.store import read_source
from vaulttool.vault.templates import template_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaulttool.message import Message
    from vaulttool.model import Language
    from vaulttool.vault.change import Change


_BARE_DATE = re.compile(r"\{\{\s*date\s*\}\}", re.IGNORECASE)


@click.command(
    "add",
    cls=VaultCommand,
    help=N_(
        "Add a contact: a note from the vault's template for contacts, in the folder where"
        " contacts are. If there is a note of that person already, it is named and nothing is"
        ' written.\n\nExample: vault add "Greta Thorn" circle=key company=Acme'
    ),
)
@argument("words", nargs=-1, required=True, metavar="NAME [KEY=VALUE...]", type=AssignedType())
@option("--folder", metavar="DIR", help=N_("Write it into this folder of the vault."))
@option("--template", metavar="NOTE", help=N_("Begin with this note."))
@option(
    "--anyway",
    is_flag=True,
    help=N_("Add it though somebody has nearly this name, or this e-mail or telephone."),
)
@option("--dry-run", is_flag=True, help=N_("Show what would be written, as a diff."))
@pass_app
def add_command(
    app: App,
    words: tuple[str, ...],
    folder: str | None,
    template: str | None,
    anyway: bool,
    dry_run: bool,
) -> None:
    """Add a contact."""
    typed, wanted = divided(words)
    name = seen_name(typed)
    if safe_name(name) == NAMELESS:
        raise UsageError(msg("expected the name of a person, found “{found}”", found=typed))

    def plan() -> list[Change]:
        return [Newcomer(app, name, wanted, folder, template).change(anyway=anyway)]

    for path in app.write(plan, dry_run=dry_run):
        app.note(msg("Written: {path}", path=path))
    for remark in _remarks(app, name):
        app.note(remark)


def _remarks(app: App, name: str) -> Iterator[Message]:
    """What is odd about a name, and was perhaps not meant."""
    people, title = app.people(), safe_name(name)
    if title != name:
        yield msg("“{name}” can be no file name: the note is “{title}”, and the name an alias",
            name=name, title=title)  # fmt: skip
    first, _space, last = name.rpartition(" ")
    if first and Schema(people.snapshot.settings).native(last):
        yield msg("{key} is a property: {key}=VALUE sets it", key=last)
    near = [one.name for one in similar(name, people.contacts.values()) if one.name != title]
    if near:
        yield msg("there is also {names}", names=near)


def seen_name(typed: str) -> str:
    """A name as it is seen: in one form of its accents, without controls and unseen marks."""
    text = unicodedata.normalize("NFC", typed)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


class Newcomer:
    """The note of a person who is to be added."""

    def __init__(
        self,
        app: App,
        name: str,
        wanted: Sequence[Assignment],
        folder: str | None,
        template: str | None,
    ) -> None:
        people = app.people()
        self.app, self.name, self.wanted, self.template = app, name, wanted, template
        self.snapshot, self.contacts = people.snapshot, people.contacts
        self.lang: Language = block_language(people) if people.contacts else app.lang
        home = home_of(name, people.contacts.values())
        home = usual_home(self.snapshot, self.lang) if home is None else home
        self.folder = home if folder is None else folder.rstrip("/")
        self.title = safe_name(name)
        self.path = f"{self.folder}/{self.title}.md" if self.folder else f"{self.title}.md"
        self._speak_as_in_the_folder()

    def _speak_as_in_the_folder(self) -> None:
        """Take the language of most contacts beside it."""
        beside = [
            is_russian(self.snapshot.notes[path])
            for path in self.contacts
            if path.startswith(self.folder + "/")
        ]
        if beside:
            self.lang = "ru" if sum(beside) * 2 > len(beside) else "en"

    def change(self, *, anyway: bool = False) -> Change:
        """Plan the new note; raises `RefusedError` where that person is there, or seems to be."""
        self._refuse_twins()
        if not anyway:
            self._refuse_likely_twins()
        source = read_source(self.app.root, self.path)
        there = self.snapshot.files.by_path.get(path_key(self.path), ())
        if source.data is not None or there:
            self._refuse([*there] or [self.path])
        settings = self.snapshot.settings
        text = self._begun()
        if text is None:
            raise RefusedError(
                msg("a note “{path}” would be no contact: it would be read as a dated note, an"
                    " index or a template; choose another name or --folder", path=self.path)
            )  # fmt: skip
        return source.change(assigned(self.path, text, self.wanted, settings, self.app.today))

    def _names(self) -> list[str]:
        """The names that the note would answer to."""
        schema = Schema(self.snapshot.settings)
        aliases = [one.text for one in self.wanted if schema.native(one.key) == "aliases"]
        return [self.name, self.title, *(part for text in aliases for part in text.split(","))]

    def _refuse_twins(self) -> None:
        if found := twins(self._names(), self.snapshot, self.contacts):
            self._refuse(found)

    def _refuse(self, found: Sequence[str]) -> None:
        raise RefusedError(
            msg("there is a note of this name already: {paths}; `vault open` shows it, `vault set`"
                " changes it", paths=list(found)),
            candidates=list(found),
        )  # fmt: skip

    def _refuse_likely_twins(self) -> None:
        if found := likely_twins(self._names(), self.contacts):
            message = msg(
                "this may be the same person: {paths}; `vault open` shows the note, --anyway adds"
                " another", paths=found,
            )  # fmt: skip
            raise RefusedError(message, candidates=found)
        given = [(one.key, one.text) for one in self.wanted]
        if found := with_address(given, self.snapshot, self.contacts):
            message = msg(
                "the same e-mail or telephone stands in {paths}; `vault open` shows the note,"
                " --anyway adds another", paths=found,
            )  # fmt: skip
            raise RefusedError(message, candidates=found)

    def _begun(self) -> str | None:
        """The text that the note begins with, by the first template that makes a contact."""
        tag = contact_tag(self.snapshot.settings, self.lang)
        unfit = ""
        for path, template in self._templates():
            plain = self._with_name(self._rendered(template))
            for text in (plain, *([add_to_property(plain, "tags", tag)] if tag else [])):
                if is_contact(read_note(self.path, text), self.snapshot.settings):
                    self._tell_of(path, template, unfit)
                    return text
            unfit = path
        return None

    def _templates(self) -> Iterator[tuple[str, str]]:
        """The templates, the best first: the path of each, if it is the vault's, and its text."""
        if self.template is not None:
            path = self.snapshot.resolve(self.template.removesuffix(".md"), "")
            if path is None or path not in self.snapshot.notes:
                raise UsageError(
                    msg("--template: no note answers to “{found}”", found=self.template)
                )
            yield path, read_source(self.app.root, path).text
            return
        own_folder = TEMPLATE_NAMES[self.lang][0]
        folders = (*self.snapshot.settings.template_folders, own_folder)
        if path := template_for(self.snapshot, self.lang, folders):
            yield path, read_source(self.app.root, path).text
        yield "", template_text(f"contact.{self.lang}.md")

    def _tell_of(self, path: str, template: str, unfit: str) -> None:
        """Say what became of a template's commands, which only Obsidian can run."""
        if path and has_templater(template):
            self.app.note(
                msg("the template holds Templater commands, which are left as they are: {name}",
                    name=path)
            )  # fmt: skip
        elif unfit:
            self.app.note(
                msg("{name} has commands in its properties that only Obsidian can run: the tool's"
                    " own template is used", name=unfit)
            )  # fmt: skip

    def _rendered(self, template: str) -> str:
        settings = self.snapshot.settings
        # In a daily note a bare date is the note's own; elsewhere it is today, as set for it.
        dated = _BARE_DATE.sub(f"{{{{date:{settings.date_format}}}}}", template)
        return render_template(dated, self.title, self.app.now, settings, self.lang)

    def _with_name(self, text: str) -> str:
        """Keep as an alias what no file name can hold."""
        if self.name == self.title:
            return text
        note = read_note(self.path, text)
        key = Schema(self.snapshot.settings).key_for(note, "aliases")
        return add_to_property(text, key, self.name)
