"""The lines of today's due block, and the language that they are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.daily.block import Reading, Wanted
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown import dueline
from vaulttool.markdown.inert import formerly_inert, inert, is_linkable
from vaulttool.markdown.note import title_of
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.message import Term
from vaulttool.people.due import lateness_text
from vaulttool.people.threads import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.contact import Agenda, Contact, Occasion, Verdict
    from vaulttool.message import Message
    from vaulttool.model import Language, Note
    from vaulttool.people.agenda import Day, People

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_INNER_LINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_UNSAID = frozenset({"no contact", "no weekends"})  # they decide, not inform
TOPICS = 2  # to ask about, at most


def block_language(people: People) -> Language:
    """The language of the due block: the setting, the latest block's, the contact notes'.

    It follows the vault, so that every machine writes the same bytes.
    """
    settings = people.snapshot.settings
    if settings.daily.lang:
        return settings.daily.lang
    lines = [line for lines in people.traces.listings.values() for line in lines if line.tool]
    if lines:
        latest = max(line.day for line in lines)
        words = "".join(line.tool for line in lines if line.day == latest)
        return "ru" if _CYRILLIC.search(words) else "en"
    russian = sum(is_russian(people.snapshot.notes[path]) for path in people.contacts)
    return "ru" if russian * 2 > len(people.contacts) else "en"


def is_russian(note: Note) -> bool:
    """Whether a note is written in Russian: most of its letters are Cyrillic."""
    text = note.title + " ".join(passage.text for passage in note.passages)
    text += " ".join(item.key for item in note.properties)
    return len(_CYRILLIC.findall(text)) * 2 > len(_LETTER.findall(text))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the lines of one day's block."""

    people: People
    day: Day
    lang: Language
    source: str  # the daily note, from which links are seen

    def wanted(self, agenda: Agenda) -> list[Wanted]:
        """All entries of the block: who is due, somebody new, the occasions."""
        people = [*agenda.due, agenda.offer] if agenda.offer else agenda.due
        entries = [self._person(verdict) for verdict in people]
        entries += [self._occasion(one) for one in agenda.occasions if one.listed]
        return [entry for entry in entries if entry]

    def reading(self) -> Reading:
        """How the block that is there is read."""
        snapshot = self.people.snapshot
        texts = {promise.text for promise, _open in self.people.traces.promises}
        known = {*map(_words, texts), *(formerly_inert(readable(text)) for text in texts)}
        return Reading(lambda target: snapshot.resolve(target, self.source), known)

    def link(self, path: str) -> str | None:
        """A link to a note: its title where that is enough, else its path.

        None where no wikilink can carry the name, as with `[`, `#` or `%%` in it.
        """
        title = title_of(path)
        if self._leads_to(title, path):
            return f"[[{title}]]"
        whole = path.removesuffix(".md")
        return f"[[{whole}|{title}]]" if self._leads_to(whole, path) else None

    def _leads_to(self, text: str, path: str) -> bool:
        return is_linkable(text) and self.people.snapshot.resolve(text, self.source) == path

    def _person(self, verdict: Verdict) -> Wanted | None:
        catalogue = Catalogue(self.lang, self.day.date.year)
        contact = verdict.contact
        link = self.link(contact.path)
        if link is None:
            return None
        phrases = [catalogue.render(phrase) for phrase in self._phrases(verdict, catalogue)]
        line = dueline.SEPARATOR.join([f"- [ ] {link}", *phrases])
        indent = self.people.snapshot.settings.daily.indent
        notes = filter(None, (self._note(contact, catalogue), self._owed(contact, catalogue)))
        return Wanted(("", contact.path, ""), (line, *(f"{indent}- {note}" for note in notes)))

    def _phrases(self, verdict: Verdict, catalogue: Catalogue) -> Iterator[Message]:
        contact = verdict.contact
        if verdict.due_on:
            yield lateness_text(contact, verdict.cadence, verdict.due_on, verdict.days_over)
        if contact.stage == "crisis":
            yield dueline.GENTLE()
        if verdict.last and verdict.last.channel:
            channel = Term("channel_names", verdict.last.channel)
            yield dueline.LAST(channel=channel, date=verdict.last.date)
        elif verdict.last:
            yield dueline.LAST_DATE(date=verdict.last.date)
        elif verdict.started:
            yield dueline.FIRST_CONTACT(date=verdict.started)
        else:
            yield dueline.NOT_YET()
        if contact.path in self.day.awaiting:
            yield dueline.NO_ANSWER(date=self.day.awaiting[contact.path].sent)
        yield from _preferences(contact)
        asked = [text for text in contact.boundaries if text not in _UNSAID]
        if asked:
            words = [catalogue.term(Term("boundaries", text)) for text in asked]
            yield dueline.ASKED(quoted=dueline.quoted(words))

    def _note(self, contact: Contact, catalogue: Catalogue) -> str:
        """What to talk about, on the nested line."""
        topics = self._topics(contact)
        parts = [dueline.ASK_ABOUT(links=", ".join(topics))] if topics else []
        if words := self._promise(contact, "out"):
            parts.append(dueline.YOU_PROMISED(text=words))
        return dueline.SEPARATOR.join(catalogue.render(part) for part in parts)

    def _owed(self, contact: Contact, catalogue: Catalogue) -> str:
        """What the contact promised, on a line of its own."""
        words = self._promise(contact, "in")
        return catalogue.render(dueline.PROMISED_YOU(text=words)) if words else ""

    def _promise(self, contact: Contact, direction: str) -> str:
        """The first of the open promises, those with the earliest date first."""
        found = (
            _words(one.text)
            for one in self.day.promises
            if one.path == contact.path and one.direction == direction
        )
        return next(filter(None, found), "")

    def _topics(self, contact: Contact) -> list[str]:
        """Notes that the last interactions link to, then the contact's interests."""
        counted = [trace for trace in self.day.evidence[contact.path] if trace.counts]
        found: dict[str, None] = {}
        for trace in counted[:-4:-1]:
            if trace.kind == "log":
                for match in _INNER_LINK.finditer(trace.text):
                    self._add_topic(found, match[0])
        for interest in contact.interests:
            self._add_topic(found, f"[[{interest}]]")
        return list(found)[:TOPICS]

    def _add_topic(self, found: dict[str, None], text: str) -> None:
        link = whole_wikilink(text)
        path = self.people.snapshot.resolve(link.target, self.source) if link else None
        if path and self._is_topic(path) and (shown := self.link(path)):
            found.setdefault(shown)

    def _is_topic(self, path: str) -> bool:
        """Whether a note is about something else than a person or a day."""
        snapshot = self.people.snapshot
        known = path in snapshot.notes and path not in snapshot.dates
        return known and path not in self.people.contacts

    def _occasion(self, occasion: Occasion) -> Wanted | None:
        catalogue = Catalogue(self.lang, self.day.date.year)
        is_birthday = occasion.kind == "birthday"
        mark = dueline.BIRTHDAY_MARK if is_birthday else dueline.DATE_MARK
        phrase = catalogue.render(dueline.occasion_phrase(occasion, self.day.date))
        label = dueline.plain_label(occasion.label)
        link = self.link(occasion.path)
        return (
            Wanted((mark, occasion.path, label), (f"- [ ] {mark} {link} {phrase}",))
            if link
            else None
        )


def _words(promise: str) -> str:
    """A promise as the block quotes it: what it embeds or links to by name, and no links."""
    return inert(readable(promise.replace("![[", "[[")))


def _preferences(contact: Contact) -> Iterator[Message]:
    channels = tuple(Term("channel_names", channel) for channel in contact.prefers)
    if channels and contact.hours:
        yield dueline.LIKES_AT(channels=channels, hours=contact.hours)
    elif channels:
        yield dueline.LIKES(channels=channels)
    elif contact.hours:
        yield dueline.AT(hours=contact.hours)
