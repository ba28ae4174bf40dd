"""Which notes are contacts, and what their properties say."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from vaulttool.contact import Anniversary, Contact
from vaulttool.dated import daily_note_date
from vaulttool.filenames import is_conflict_copy
from vaulttool.locale import fold
from vaulttool.markdown.dates import find_date, read_date, read_partial
from vaulttool.markdown.frontmatter import flow
from vaulttool.markdown.inert import has_hidden, is_linkable
from vaulttool.markdown.values import alias_texts, plain, texts
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.channels import channel_named, word_pattern
from vaulttool.people.schema import (
    Reader,
    Schema,
    all_words,
    key_form,
    lookup,
    read_flag,
)
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaulttool.contact import PartialDate
    from vaulttool.index import Snapshot
    from vaulttool.message import Message
    from vaulttool.model import Note, Property
    from vaulttool.settings import Settings

# To YAML `{{date}}` is a map in a map, written out again as `{ { date } }`.
_PLACEHOLDER = re.compile(r"\{\s*\{.*?\}\s*\}|<%.*?%>", re.DOTALL)


def find_contacts(snapshot: Snapshot) -> dict[str, Contact]:
    """Find the contacts of a vault, by path."""
    schema = Schema(snapshot.settings)
    readers = {path: Reader(note, schema) for path, note in snapshot.notes.items()}
    groups = _groups(snapshot, readers)
    contacts: dict[str, Contact] = {}
    for path, reader in readers.items():
        note = snapshot.notes[path]
        found_by = contact_ground(note, reader.properties, snapshot.settings)
        if found_by:
            household = (*_linked_groups(note, reader, snapshot), *sorted(groups.get(path, ())))
            contacts[path] = read_contact(note, reader, found_by, household)
    return contacts


def contact_ground(
    note: Note, properties: Mapping[str, Property], settings: Settings
) -> Message | None:
    """Say what makes a note a contact; None where nothing does, or something forbids it."""
    ground = _marker(note, properties) or _folder(note, settings)
    dated = find_date(note.title) or daily_note_date(note.path, settings.daily)
    if ground is None and not dated and not _has_date(note):
        ground = _tag(note_tags(note, properties), settings)
    if ground is None or dated or not _is_person(note, settings):
        return None
    return ground


def _has_date(note: Note) -> bool:
    """Whether a `date` property makes this a note about a day: a tag alone is no person then."""
    return any(
        fold(item.key) in ("date", "дата") and isinstance(item.raw, str) and read_date(item.raw)
        for item in note.properties
    )


def _is_person(note: Note, settings: Settings) -> bool:
    folder = note.folder()
    if any(_inside(folder, template) for template in settings.template_folders):
        return False
    if is_conflict_copy(note.path) or _index_words().search(note.title):
        return False
    values = " ".join(flow(item.raw) for item in note.properties)
    return not _PLACEHOLDER.search(f"{note.title} {values}")


def is_template(path: str, snapshot: Snapshot) -> bool:
    """Whether a path is a template's: in a template folder, or the daily note's own."""
    settings = snapshot.settings
    daily = settings.daily.template
    folder = path.rpartition("/")[0]
    in_folder = any(_inside(folder, template) for template in settings.template_folders)
    return in_folder or bool(daily and path and snapshot.resolve(daily, "") == path)


@functools.cache
def _index_words() -> re.Pattern[str]:
    return word_pattern(all_words("index_words"))


def _inside(folder: str, ancestor: str) -> bool:
    ancestor = ancestor.strip("/")
    return bool(ancestor) and (path_key(folder) + "/").startswith(path_key(ancestor) + "/")


def note_tags(note: Note, properties: Mapping[str, Property]) -> tuple[str, ...]:
    """A note's tags; a vCard-style note has them under `CATEGORIES`."""
    item = properties.get("tags")
    # A blog's `categories: people` is about people; a vCard writes its keys in capitals.
    is_vcard = item is not None and item.key.isupper()
    categories = texts(item.raw) if item and is_vcard else []
    return tuple(dict.fromkeys([*(tag.tag for tag in note.tags), *map(plain, categories)]))


def _tag(tags: tuple[str, ...], settings: Settings) -> Message | None:
    configured = settings.contact_tags
    wanted = [
        fold(tag) for tag in (all_words("contact_tags") if configured is None else configured)
    ]
    for tag in tags:
        folded = fold(tag)
        if any(folded == word or folded.startswith(word + "/") for word in wanted):
            return msg("the tag #{tag}", tag=tag)
    return None


def _folder(note: Note, settings: Settings) -> Message | None:
    configured = settings.contact_folders
    folders = all_words("contact_folders") if configured is None else configured
    path = "/" + path_key(note.folder()) + "/"
    for folder in folders:
        inside = f"/{path_key(folder).strip('/')}/"
        stands_for_it = path.endswith(inside) and inside.endswith(f"/{path_key(note.title)}/")
        if inside in path and not stands_for_it:
            return msg("the folder {folder}", folder=folder.strip("/"))
    return None


def _marker(note: Note, properties: Mapping[str, Property]) -> Message | None:
    kind = properties.get("type")
    types = set(all_words("contact_types"))
    if kind and any(fold(plain(text)) in types for text in texts(kind.raw)):
        return msg("the property {key}", key=kind.key)
    people = set(all_words("people_notes"))
    for item in note.properties:
        links = map(whole_wikilink, texts(item.raw)) if fold(item.key) == "categories" else ()
        if any(link and fold(link.target.rpartition("/")[2]) in people for link in links):
            return msg("the property {key}", key=item.key)
        if key_form(item.key) in ("fn", "n_gn"):
            return msg("the property {key}", key=item.key)
    return None


def read_contact(
    note: Note, reader: Reader, found_by: Message, household: tuple[str, ...]
) -> Contact:
    """Read what a contact's properties say; `household` are its household and group notes."""
    circle, stage = reader.text("circle"), reader.text("stage")
    every = reader.properties.get("every")
    died = _died(reader)
    return Contact(
        path=note.path,
        name=note.title,
        found_by=found_by,
        aliases=_aliases(reader),
        tags=note_tags(note, reader.properties),
        circle=(lookup(circle, "circles") or circle) if circle else None,
        stage=_stage(reader, stage) if stage else None,
        every=reader.cadence("every"),
        every_text=str(every.raw) if every and isinstance(every.raw, str) else "",
        every_line=reader.line("every"),
        needs=reader.depth("needs"),
        last_contact=reader.date("last_contact"),
        last_contact_line=reader.line("last_contact"),
        next=reader.date("next"),
        snooze_until=reader.date("snooze_until"),
        pause=reader.flag("pause"),
        died=died,
        boundaries=tuple(_boundaries(reader)),
        birthday=reader.partial("birthday"),
        birthday_line=reader.line("birthday"),
        dates=tuple(_anniversaries(reader)),
        timezone=reader.timezone("timezone"),
        hours=reader.hours("hours"),
        weekdays=reader.weekdays("days"),
        country=reader.text("country"),
        prefers=_channels(reader),
        interests=tuple(plain(text) for text in reader.texts("interests")),
        priority=reader.number("priority"),
        created=reader.date("created"),
        household=household,
        private=reader.flag("private"),
        problems=(*_name_problem(note), *reader.problems),
    )


def _name_problem(note: Note) -> tuple[Problem, ...]:
    """A name that no wikilink can carry keeps a person out of the due block."""
    whole = note.path.removesuffix(".md")
    if not is_linkable(whole):
        message = msg(
            "no link can safely carry this file name: the daily note cannot list it; leave out"
            " [ ] # | \\ < ` %% :: and signs that are not seen"
        )
        return (Problem("unlinkable-name", "warning", note.path, None, message),)
    if "^" in note.title:
        message = msg("Obsidian may not follow a link to a name with ^: rename it there")
        return (Problem("doubtful-name", "warning", note.path, None, message),)
    if has_hidden(note.title):
        message = msg("the file name holds signs that are not seen: rename the note in Obsidian")
        return (Problem("doubtful-name", "warning", note.path, None, message),)
    return ()


def _aliases(reader: Reader) -> tuple[str, ...]:
    item = reader.properties.get("aliases")
    names = alias_texts(item) if item else []
    names += [full.raw for full in reader.full_names if isinstance(full.raw, str)]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _stage(reader: Reader, text: str) -> str | None:
    stage = lookup(text, "stages")
    if stage is None:
        item = reader.properties["stage"]
        expected = msg("new, established, long-term, crisis or transition")
        reader.problem(item.key, "bad-stage", item.line, expected, text)
    return stage


def _died(reader: Reader) -> bool:
    """`died` is a date, or yes; a date that is not known exactly is one too."""
    text = reader.text("died")
    if text is None:
        return False
    if read_flag(text) is False:
        return False
    if read_flag(text) is None and read_partial(text) is None:
        item = reader.properties["died"]
        reader.problem(item.key, "bad-date", item.line, msg("a date, or true"), text)
    return True


def _anniversaries(reader: Reader) -> Iterator[Anniversary]:
    for text, line in reader.lines("dates"):
        written, _space, label = text.strip().partition(" ")
        day: PartialDate | None = read_partial(written)
        key = reader.properties["dates"].key
        if day is None:
            expected = msg("a date and a word such as 2019-06-01 wedding")
            reader.problem(key, "bad-date", line, expected, text)
        else:
            yield Anniversary(day, plain(label.lstrip(":—– ").strip()) or key, line)


def _boundaries(reader: Reader) -> Iterator[str]:
    """The canonical words; what is none of them stays as it is written.

    A text with commas is a list where one of its parts is known: no boundary is missed.
    """
    for text in reader.texts("boundaries"):
        parts = [lookup(part, "boundaries") for part in text.split(",")]
        if any(parts) and not lookup(text, "boundaries"):
            written = (part.strip() for part in text.split(","))
            yield from (known or part for known, part in zip(parts, written, strict=True))
        else:
            yield lookup(text, "boundaries") or text


def _channels(reader: Reader) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text, line in reader.lines("prefers"):
        for word in text.split(","):
            if channel := channel_named(word):
                found[channel] = None
            else:
                key, expected = reader.properties["prefers"].key, msg("a channel such as call")
                reader.problem(key, "bad-channel", line, expected, word.strip())
    return tuple(found)


def _linked_groups(note: Note, reader: Reader, snapshot: Snapshot) -> Iterator[str]:
    """The household and group notes that a contact links to."""
    for text in (*reader.texts("household"), *reader.texts("groups")):
        link = whole_wikilink(text)
        target = snapshot.resolve(link.target, note.path) if link else None
        if target and target in snapshot.notes:
            yield target


def _groups(snapshot: Snapshot, readers: Mapping[str, Reader]) -> dict[str, set[str]]:
    """Who is listed as a member, and by which notes."""
    found: dict[str, set[str]] = {}
    for path, reader in readers.items():
        members = reader.properties.get("members")
        if members is None:
            continue
        lines = {members.line, *members.item_lines}  # of a field the links stand in the text
        for link, target in snapshot.links_of(path):
            key = (link.property or "").partition(".")[0]
            if target and (key == members.key if key else link.line in lines):
                found.setdefault(target, set()).add(path)
    return found
