"""The Base that `vault init` writes: a table of the contacts, found as this vault has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaulttool.contact import Contact
    from vaulttool.model import Language

BASE_NAMES: dict[Language, str] = {"en": "Contacts.base", "ru": "Контакты.base"}
_TITLES = {
    "en": ("Contact", "Everybody", "In touch"),
    "ru": ("Контакт", "Все", "На связи"),
}
_COLUMNS = {
    "en": ("circle", "stage", "every", "birthday", "city"),
    "ru": ("круг", "этап", "частота", "день_рождения", "город"),
}
_MOST = 12  # folders that a filter names; of more, their number says nothing any more


def base_text(
    contacts: Iterable[Contact],
    folder: str,
    tag: str | None,
    template_folders: Sequence[str],
    lang: Language,
) -> str:
    """Write the Base. `folder` and `tag` are of contacts that are still to come."""
    people = list(contacts)
    places = dict.fromkeys([*filter(None, map(_folder_of, people)), *([folder] if folder else [])])
    tags = dict.fromkeys([*filter(None, map(_tag_of, people)), *([tag] if tag else [])])
    by_type = any(str(one.found_by.values.get("key", "")).lower() == "type" for one in people)
    grounds = [f"file.inFolder({_text(place)})" for place in list(places)[:_MOST]]
    grounds += [f"file.hasTag({', '.join(map(_text, tags))})"] if tags else []
    grounds += ['list("contact", "person", "контакт").contains(type)'] if by_type else []
    name, everybody, in_touch = _TITLES[lang]
    columns = _COLUMNS[lang]
    lines = [
        "filters:",
        "  and:",
        """    - 'file.ext == "md"'""",
        "    - or:",
        *(f"        - {_quoted(ground)}" for ground in grounds),
        *(f"    - {_quoted(f'!file.inFolder({_text(one)})')}" for one in template_folders),
        "properties:",
        "  file.name:",
        f"    displayName: {name}",
        "views:",
        "  - type: table",
        f"    name: {everybody}",
        "    groupBy:",
        f"      property: note.{columns[0]}",
        "      direction: ASC",
        "    order:",
        "      - file.name",
        *(f"      - note.{column}" for column in columns),
        "    sort:",
        "      - property: file.name",
        "        direction: ASC",
        "  - type: table",
        f"    name: {in_touch}",
        "    filters: '!vault_last.isEmpty()'",
        "    order:",
        "      - file.name",
        f"      - note.{columns[0]}",
        "      - note.vault_last",
        "      - note.vault_next",
        "    sort:",
        "      - property: note.vault_next",
        "        direction: ASC",
    ]
    return "\n".join(lines) + "\n"


def _folder_of(contact: Contact) -> str | None:
    """The folder that makes somebody a contact, from the top of the vault."""
    name = contact.found_by.values.get("folder")
    parts = contact.path.split("/")[:-1]
    wanted = str(name).casefold().split("/") if name else []
    for end in range(len(wanted), len(parts) + 1):
        if wanted and [part.casefold() for part in parts[end - len(wanted) : end]] == wanted:
            return "/".join(parts[:end])
    return None


def _tag_of(contact: Contact) -> str | None:
    tag = contact.found_by.values.get("tag")
    return str(tag).removeprefix("#") if tag else None


def _text(value: str) -> str:
    """A text in an expression."""
    return json.dumps(value, ensure_ascii=False)


def _quoted(expression: str) -> str:
    """An expression as a text of YAML."""
    return "'" + expression.replace("'", "''") + "'"
