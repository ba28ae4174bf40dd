"""One contact: what the properties of its note say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.contact import Anniversary, Contact
from vaulttool.locale import fold
from vaulttool.markdown.dates import read_partial
from vaulttool.markdown.inert import has_hidden, is_linkable
from vaulttool.markdown.note import title_of
from vaulttool.markdown.values import alias_texts, plain, texts
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.boundaries import read_boundaries
from vaulttool.people.cadence import parse_cadence
from vaulttool.people.channels import channel_named
from vaulttool.people.dialects import (
    Declared,
    bumped_until,
    declared_category,
    declared_on_demand,
    tier_words,
)
from vaulttool.people.fullnames import full_names
from vaulttool.people.grounds import note_tags
from vaulttool.people.refresh import last_checked
from vaulttool.people.relations import written_relations
from vaulttool.people.schema import DESCRIBING, all_words, key_form, lookup, read_flag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaulttool.contact import PartialDate
    from vaulttool.message import Message
    from vaulttool.model import Note
    from vaulttool.people.reader import Reader


def read_contact(note: Note, reader: Reader, found_by: Message) -> Contact:
    """Read what a contact's properties say; whom it lives with, other notes say too."""
    circle, stage = _circle(reader), reader.text("stage")
    every, tier = _every(note, reader), _tier(note, reader) if circle else None
    tags = note_tags(note, reader.properties)
    return Contact(
        path=note.path,
        name=note.title,
        found_by=found_by,
        aliases=_aliases(note, reader),
        tags=tags,
        circle=(lookup(circle, "circles") or circle) if circle else None,
        stage=_stage(reader, stage) if stage else None,
        every=every.cadence if every else None,
        every_text=every.text if every else "",
        every_line=every.line if every else None,
        needs=reader.depth("needs"),
        last_contact=reader.date("last_contact"),
        last_contact_line=reader.line("last_contact"),
        next=reader.date("next"),
        snooze_until=reader.date("snooze_until") or _bumped(reader, every, tier),
        pause=reader.flag("pause"),
        died=_died(reader),
        boundaries=read_boundaries(reader.texts("boundaries"), tags),
        birthday=reader.partial("birthday"),
        birthday_line=reader.line("birthday"),
        dates=tuple(_anniversaries(reader)),
        timezone=reader.timezone("timezone"),
        hours=reader.hours("hours"),
        weekdays=reader.weekdays("days"),
        country=reader.text("country"),
        prefers=_channels(reader),
        interests=tuple(_interests(reader)),
        priority=reader.number("priority"),
        created=reader.date("created"),
        verified=last_checked(reader.properties),
        verified_line=reader.line("verified"),
        private=reader.flag("private"),
        problems=(*_name_problem(note), *reader.problems),
        every_key=every.key if every else "",
        circle_key=reader.properties["circle"].key if circle else "",
        circle_line=reader.line("circle") if circle else None,
        circle_every=tier,
        wished=reader.date("wished"),
        companies=tuple(_titles(reader, "company")),
        places=tuple(_titles(reader, "city", "country")),
        relations=tuple(written_relations(note, reader.schema)),
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


def _every(note: Note, reader: Reader) -> Declared | None:
    """The contact's own cadence, in the tool's words or in another program's."""
    if declared := declared_on_demand(note):
        return declared
    item, cadence = reader.properties.get("every"), reader.cadence("every")
    if item is None:
        return declared_category(note)
    if cadence is None:
        return None
    return Declared(cadence, texts(item.raw)[0], item.key, item.line)


def _circle(reader: Reader) -> str | None:
    """The circle, unless the property means something else in this note.

    `relationship` says in other programs what somebody is to the user. It may be a list.
    """
    item = reader.properties.get("circle")
    if item is None or (key_form(item.key) in DESCRIBING and len(texts(item.raw)) != 1):
        return None
    circle = reader.text("circle")
    return None if circle and fold(circle) in all_words("contact_types") else circle


def _tier(note: Note, reader: Reader) -> str | None:
    return tier_words(note, reader.properties["circle"])


def _bumped(reader: Reader, every: Declared | None, tier: str | None) -> date | None:
    """Until when a bump of contacts-tui puts the contact off."""
    bump = reader.date("bumped")
    own = every.cadence if every else parse_cadence(tier or "")
    return bumped_until(bump, own) if bump else None


def _aliases(note: Note, reader: Reader) -> tuple[str, ...]:
    item = reader.properties.get("aliases")
    names = [*(alias_texts(item) if item else []), *full_names(note)]
    unique = dict.fromkeys(name.strip() for name in names if name.strip())
    return tuple(name for name in unique if name != note.title)


def _interests(reader: Reader) -> Iterator[str]:
    """Topics; Callander keeps each with its category, as a map."""
    item = reader.properties.get("interests")
    parts = item.raw if item and isinstance(item.raw, list) else []
    yield from map(plain, reader.texts("interests"))
    for part in parts:
        text = part.get("text") if isinstance(part, dict) else None
        if isinstance(text, str) and text.strip():
            yield plain(text)


def _titles(reader: Reader, *names: str) -> Iterator[str]:
    """What properties name, each once: words, or the titles of the notes that they link to."""
    found: dict[str, None] = {}
    for name in names:
        for text in texts(reader.properties[name].raw) if name in reader.properties else ():
            link = whole_wikilink(text)
            found[title_of(link.target) if link else text.strip()] = None
    yield from filter(None, found)


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
            yield Anniversary(day, plain(label.lstrip(":—– ").strip()) or _spoken(key), line)


def _spoken(key: str) -> str:
    """A key as a word: a vCard writes its own in capitals."""
    return key.lower() if key.isupper() else key


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
