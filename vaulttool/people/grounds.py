"""Which notes are contacts, and what makes them so."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from vaulttool.dated import daily_note_date, date_names
from vaulttool.filenames import is_conflict_copy
from vaulttool.locale import fold
from vaulttool.markdown.dates import find_date, read_date
from vaulttool.markdown.values import flow, plain, texts
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.message import msg
from vaulttool.people.schema import VCARD_NAMES, all_words, key_form
from vaulttool.people.tables import pattern_of, words_in
from vaulttool.people.written import CONTACT_TABLE, has_contact_table
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaulttool.index import Snapshot
    from vaulttool.message import Message
    from vaulttool.model import Note, Property
    from vaulttool.settings import Settings

# To YAML `{{date}}` is a map in a map, written out again as `{ { date } }`.
_PLACEHOLDER = re.compile(r"\{\s*\{.*?\}\s*\}|<%.*?%>", re.DOTALL)
_PREFIX = "prm_"  # of Personal CRM: it writes no such property into any other note
_ORDER = re.compile(r"\A[\W\d_]+")  # `01 - People`, `👥 People`


def contact_ground(
    note: Note, properties: Mapping[str, Property], settings: Settings
) -> Message | None:
    """Say what makes a note a contact; None where nothing does, or something forbids it."""
    ground = _marker(note, properties)
    if ground is None and not _is_something_else(properties):
        ground = _folder(note, settings)
    ground = ground or _trace(note)
    dated = find_date(note.title) or daily_note_date(note.path, settings.daily)
    if ground is None and not dated and not _has_date(note, settings):
        ground = _tag(note_tags(note, properties), settings)
    if ground is None or dated or not _is_person(note, settings):
        return None
    return ground


def _has_date(note: Note, settings: Settings) -> bool:
    """Whether a `date` property makes this a note about a day: a tag alone is no person then."""
    names = date_names(settings)
    return any(
        item.key.casefold() in names and isinstance(item.raw, str) and read_date(item.raw)
        for item in note.properties
    )


def _is_person(note: Note, settings: Settings) -> bool:
    folder = note.folder()
    if any(_inside(folder, template) for template in settings.template_folders):
        return False
    if is_conflict_copy(note.path) or is_index(note.title):
        return False
    return not is_unfilled(note)


def is_unfilled(note: Note) -> bool:
    """Whether a note waits to be filled in: its name or a property holds `{{title}}` or `<% %>`."""
    values = " ".join(flow(item.raw) for item in note.properties)
    return _PLACEHOLDER.search(f"{note.title} {values}") is not None


def _is_something_else(properties: Mapping[str, Property]) -> bool:
    """Whether a note says that it is about a company, a meeting or the like: no folder's doing."""
    kind = properties.get("type")
    words = texts(kind.raw) if kind else ()
    return any(fold(plain(text)) in words_in("other_notes") for text in words)


def is_template(path: str, snapshot: Snapshot) -> bool:
    """Whether a path is a template's: in a template folder, or the daily note's own."""
    settings = snapshot.settings
    daily = settings.daily.template
    folder = path.rpartition("/")[0]
    in_folder = any(_inside(folder, template) for template in settings.template_folders)
    return in_folder or bool(daily and path and snapshot.resolve(daily, "") == path)


def is_index(title: str) -> bool:
    """Whether a title is that of a note about other notes."""
    return pattern_of("index_words").search(title) is not None


def _inside(folder: str, ancestor: str) -> bool:
    ancestor = ancestor.strip("/")
    return bool(ancestor) and (path_key(folder) + "/").startswith(path_key(ancestor) + "/")


def note_tags(note: Note, properties: Mapping[str, Property]) -> tuple[str, ...]:
    """A note's tags; a vCard-style note has them under `CATEGORIES`, with commas between."""
    item = properties.get("tags")
    # A blog's `categories: people` is about people; a vCard writes its keys in capitals.
    is_vcard = item is not None and item.key.isupper()
    categories = texts(item.raw) if item and is_vcard else []
    words = [plain(word) for text in categories for word in text.split(",") if word.strip()]
    return tuple(dict.fromkeys([*(tag.tag for tag in note.tags), *words]))


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
    """The folder of people that a note stands in; the note that stands for it is none inside."""
    configured = settings.contact_folders
    folders = tuple(all_words("contact_folders")) if configured is None else configured
    for name, innermost in _folders_of_people(note.folder(), folders, configured is None):
        title = path_key(note.title)
        if not (innermost and innermost in (title, _ORDER.sub("", title))):
            return msg("the folder {folder}", folder=name)
    return None


@functools.lru_cache(maxsize=4096)
def _folders_of_people(
    folder: str, folders: tuple[str, ...], usual: bool
) -> tuple[tuple[str, str], ...]:
    """The folders of people in a path: each with the name of it that a note may stand for.

    What comes before a folder's first letter is order. A folder of groups, meetings or the
    like below one of the usual folders holds no people.
    """
    parts = folder.split("/")
    found: list[tuple[str, str]] = []
    for path in (parts, [_ORDER.sub("", part) for part in parts]):
        for wanted, start, end in _places([path_key(part) for part in path], folders):
            if usual and _holds_others(parts[end:]):
                return ()
            name = "/".join(parts[start:end])
            spelled = wanted if path_key(name) == path_key(wanted) else name
            innermost = path_key(wanted).rpartition("/")[2] if end == len(parts) else ""
            found.append((spelled, innermost))
    return tuple(found)


def _places(path: list[str], folders: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Where the wanted folders stand in a path."""
    for folder in folders:
        wanted = path_key(folder).strip("/").split("/")
        for start in range(len(path) - len(wanted) + 1):
            if path[start : start + len(wanted)] == wanted:
                yield folder.strip("/"), start, start + len(wanted)


def _holds_others(below: list[str]) -> bool:
    return any(fold(_ORDER.sub("", part)) in words_in("other_notes") for part in below)


def _marker(note: Note, properties: Mapping[str, Property]) -> Message | None:
    types = words_in("contact_types")
    # In Russian `тип` is how close somebody is, and what a note is about.
    for name in ("type", "circle"):
        kind = properties.get(name)
        if kind and any(fold(plain(text)) in types for text in texts(kind.raw)):
            return msg("the property {key}", key=kind.key)
    people = words_in("people_notes")
    for item in note.properties:
        in_class = fold(item.key) in ("categories", "category")
        links = map(whole_wikilink, texts(item.raw)) if in_class else ()
        if any(link and fold(link.target.rpartition("/")[2]) in people for link in links):
            return msg("the property {key}", key=item.key)
        if key_form(item.key) in VCARD_NAMES:
            return msg("the property {key}", key=item.key)
    return None


def _trace(note: Note) -> Message | None:
    """What only a contact of another program has; its folder says more to its user."""
    for item in note.properties:
        form = key_form(item.key)
        if form == "contact_style" or form.startswith(_PREFIX):
            return msg("the property {key}", key=item.key)
    if has_contact_table(note):
        return msg("the table {mark}", mark=CONTACT_TABLE)
    return None
