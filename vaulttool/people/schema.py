"""The properties of a contact: their names in every dialect.

One table maps the names; `[properties]` in `vaulttool.toml` adds to it. How their values
are read stands in `reader.py`, and how they are written in `writing.py`.
"""

from __future__ import annotations

import functools
import re
from itertools import islice
from typing import TYPE_CHECKING

from vaulttool.contact import Depth
from vaulttool.locale import LANGUAGES, fold, words_of
from vaulttool.markdown.fields import field_properties
from vaulttool.markdown.values import plain, texts
from vaulttool.people.written import listed_properties, table_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaulttool.model import Note, Property
    from vaulttool.settings import Settings

PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "aliases": ("alias", "NICKNAME", "nicknames", "псевдонимы", "прозвище"),
    "tags": ("tag", "CATEGORIES"),
    "type": ("тип_заметки",),
    "circle": (
        *("prm-tier", "tier", "relationship_type", "круг", "тип"),
        *("relationship", "отношения"),
    ),
    "stage": ("этап", "стадия"),
    "every": (
        *("cadence", "frequency", "keep_in_touch", "prm-cadence", "X-FRM-FREQUENCY"),
        *("custom_frequency_days", "contact_frequency"),
        *("частота", "раз_в", "периодичность"),
    ),
    "needs": ("минимум",),
    "last_contact": (
        *("last_contacted", "lastContact", "last_chat", "prm-last-contacted"),
        *("last_interaction", "last_seen", "last_met"),
        *("последний_контакт", "последняя_встреча", "последнее_общение"),
    ),
    "interactions": ("взаимодействия",),
    "next": (
        *("next_contact", "next_follow_up", "next_followup", "follow_up_date"),
        *("следующий_контакт", "следующая_встреча"),
    ),
    "snooze_until": ("prm-snooze-until", "отложить_до"),
    "bumped": ("last_bump_date",),
    "pause": ("prm-paused", "archived", "пауза"),
    "died": ("deceased", "умер", "умерла"),
    "boundaries": ("boundary", "границы", "граница"),
    "birthday": (
        *("BDAY", "prm-birthday", "birthdate", "birth_date", "date_of_birth"),
        *("день_рождения", "др", "дата_рождения"),
    ),
    "wished": ("birthdayWished", "поздравлено"),
    "dates": ("ANNIVERSARY", "даты", "годовщина"),
    "timezone": ("часовой_пояс",),
    "hours": ("время",),
    "days": ("дни",),
    "country": ("страна",),
    "prefers": ("предпочитает",),
    "email": ("почта",),
    "phone": ("TEL", "телефон", "тел"),
    "telegram": ("телеграм",),
    "linkedin": (),
    "url": (),
    "company": ("ORG", "organization", "организация", "компания"),
    "role": ("TITLE", "job_title", "jobTitle", "должность"),
    "city": ("prm-location", "based-in", "location", "ADR.LOCALITY", "город"),
    "met": ("познакомились",),
    "interests": ("topics", "интересы"),
    "relations": ("friends", "introduced_by", "связи"),
    "household": ("family", "семья"),
    "groups": ("группы",),
    "members": ("участники_группы",),
    "verified": ("synced", "REV", "проверено"),
    "private": ("личное",),
    "priority": ("приоритет",),
    "created": ("создано",),
    # Of a dated note.
    "date": ("when", "дата"),
    "people": ("attendees", "participants", "with", "person", "участники"),
    "channel": ("канал",),
}
"""Native name -> the other names that are read as it, in the order of preference."""

# What may stand as `- Birthday: 03-14` in the list at the head of a note. The names of the
# others are everyday words: `- Next: ask about the deck` is no property.
LISTED = frozenset(
    {"type", "circle", "stage", "every", "last_contact", "birthday", "timezone", "city"}
    | {"email", "phone", "telegram", "linkedin", "company", "role", "met", "aliases"}
    | {"snooze_until", "pause", "died", "boundaries"}
)

DESCRIBING = frozenset({"relationship", "relationship_type", "отношения"})
"""Names of a circle that say in other programs what somebody is to the user: friend, work."""

VCARD_NAMES = frozenset({"fn", "n_gn", "n_fn"})
"""Properties that only a note in the manner of a vCard has, in their comparable form."""

_VCARD = re.compile(r"(?:BDAY|ANNIVERSARY|ORG|TITLE|NICKNAME)\Z")
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
FURTHER = 100
"""The rank from which a name holds one more value of a property: `email_2`."""

_NUMBERED = frozenset({"email", "phone", "url"})  # `email_2` is a further value
_TYPE = re.compile(r"\[[^\[\]]*\]")


@functools.lru_cache(maxsize=4096)
def key_form(key: str) -> str:
    """The form in which property names are compared: `-`, `_`, `.` and space are equal.

    The type of a vCard-style key (`TEL[CELL]`) is dropped.
    """
    return re.sub(r"[-_. ]", "_", _TYPE.sub("", fold(key)))


class Schema:
    """The names of the properties in one vault."""

    def __init__(self, settings: Settings) -> None:
        self._native = _native_names(tuple(sorted(settings.property_names.items())))

    def read(self, note: Note) -> dict[str, Property]:
        """Give a note's properties under their native names; of several the best name wins.

        What is written in the text is read where no property says it: an inline field,
        a row of the contact table, an item of the list at the head of the note.
        """
        found = self._named(note.properties)
        if note.fields:
            found = self._named(field_properties(note)) | found
        return self.written(note) | found

    def written(self, note: Note) -> dict[str, Property]:
        """The properties of a note that stand in its text, as a list or the contact table."""
        found = self._named(self._listed(note)) if note.items else {}
        return found | self._named(table_properties(note)) if note.passages else found

    def _listed(self, note: Note) -> Iterator[Property]:
        """The list at the head of a note, where one of its first items is a known fact."""
        items = listed_properties(note)
        first = list(islice(items, 3))
        if any(self.native(item.key) in LISTED for item in first):
            yield from (item for item in (*first, *items) if self.native(item.key) in LISTED)

    def _named(self, properties: Iterable[Property]) -> dict[str, Property]:
        found: dict[str, tuple[int, Property]] = {}
        for item in properties:
            rank, native = self.ranked(item.key)
            if native and has_value(item) and (native not in found or rank < found[native][0]):
                found[native] = (rank, item)
        return {native: item for native, (_rank, item) in found.items()}

    def key_for(self, note: Note, native: str, typed: str = "") -> str:
        """The name under which a property is to be written into a note.

        The one that the note has; else what was `typed`, where that is not the native name, which
        the docs use for all notes; else one in the manner of its others: `prm-…` where there is
        one of that plugin, a vCard's in a vCard, Russian beside mostly Russian names; else the
        native one.
        """
        own = [item for item in note.properties if self.native(item.key) == native]
        own = [item for item in own if native != "circle" or not describes(item)]
        for item in sorted(own, key=lambda item: self.ranked(item.key)[0]):
            # Of several types of an address-book key none is meant for certain.
            if "[" not in item.key or len(own) == 1:
                return item.key
        has_other_use = any(key_form(item.key) == key_form(typed) for item in note.properties)
        if typed and key_form(typed) != key_form(native) and not (own or has_other_use):
            return typed
        taken = {key_form(item.key) for item in note.properties if has_value(item)}
        names = (name for name in PROPERTIES.get(native, ()) if key_form(name) not in taken)
        fitting = (name for name in names if self._in_manner(note, name))
        return next(fitting, native)

    def _in_manner(self, note: Note, name: str) -> bool:
        """Whether a name is of the dialect that a note is written in."""
        forms = [key_form(item.key) for item in note.properties]
        if any(form.startswith("prm_") for form in forms):
            return name.startswith("prm-")
        if any(form in VCARD_NAMES for form in forms):
            return bool(_VCARD.match(name))
        known = [item.key for item in note.properties if self._tells_language(item.key)]
        return bool(_RUSSIAN.search(name)) and sum(
            bool(_RUSSIAN.search(key)) for key in known
        ) * 2 > len(known)

    def _tells_language(self, key: str) -> bool:
        return self.native(key) not in ("", "aliases", "tags", "type")

    def native(self, key: str) -> str:
        """The native name of a property; "" where it is none of the tool's."""
        return self.ranked(key)[1]

    def ranked(self, key: str) -> tuple[int, str]:
        """The rank of a name among those of its property, and the native name."""
        form = key_form(key)
        return self._native.get(form) or self._numbered(form)

    def _numbered(self, form: str) -> tuple[int, str]:
        base, _mark, number = form.rpartition("_")
        rank, native = self._native.get(base, (0, ""))
        return (rank + FURTHER, native) if number.isdigit() and native in _NUMBERED else (0, "")


@functools.lru_cache(maxsize=8)
def _native_names(
    added: tuple[tuple[str, tuple[str, ...]], ...],
) -> Mapping[str, tuple[int, str]]:
    """Every comparable name -> its rank among those of a property, and the native name.

    A name that is added means what the settings say, even where it meant something else.
    """
    found: dict[str, tuple[int, str]] = {}
    further = dict(added)
    for native, others in PROPERTIES.items():
        for rank, name in enumerate((native, *others)):
            found.setdefault(key_form(name), (rank, native))
    for native, names in further.items():
        for rank, name in enumerate(names, len(PROPERTIES[native]) + 1):
            if key_form(name) not in map(key_form, PROPERTIES):
                found[key_form(name)] = (rank, native)
    return found


def describes(item: Property) -> bool:
    """Whether a name of a circle says something else in a note: that is not written over."""
    written = [plain(text) for text in texts(item.raw)]
    if any(fold(word) in all_words("contact_types") for word in written):
        return True
    known = len(written) == 1 and lookup(written[0], "circles")
    return key_form(item.key) in DESCRIBING and not known


def has_value(item: Property) -> bool:
    """Whether a property says anything: templates leave many empty."""
    return item.value is not None and item.value != [] and bool(str(item.value).strip())


def lookup(word: str, table: str) -> str | None:
    """Find the canonical word of a table (`circles`, `stages`) in either language."""
    folded = " ".join(fold(word).split())
    for lang in LANGUAGES:
        for canonical, forms in getattr(words_of(lang), table).items():
            if folded in forms or folded == canonical:
                return str(canonical)
    return None


def read_flag(text: str) -> bool | None:
    """Read yes or no."""
    folded = fold(text)
    if any(folded in words_of(lang).true for lang in LANGUAGES):
        return True
    return False if any(folded in words_of(lang).false for lang in LANGUAGES) else None


def read_depth(text: str) -> Depth | None:
    """Read a depth."""
    name = lookup(text, "depths")
    return Depth[name.upper()] if name else None


def all_words(table: str) -> Iterable[str]:
    """The words of a table in both languages."""
    return (word for lang in LANGUAGES for word in getattr(words_of(lang), table))
