"""Doubts: what in a vault Obsidian may not read as it was meant.

Links that lead nowhere or to one of several files, names that stand twice, properties that
Obsidian passes over. All was read, so nothing here stops a command; `vault check` lists it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.wikilink import is_tag, whole_wikilink
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.resolve import answers

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from vaulttool.index import Snapshot
    from vaulttool.message import Message
    from vaulttool.model import Link, Note, Property, Raw, Severity, Value

# Since 1.9 Obsidian reads only the second name; older notes have the first.
_OLD_NAMES = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}
# Three names have a type of their own, whatever types.json says.
_FIXED_TYPES = {"aliases": "aliases", "cssclasses": "multitext", "tags": "tags"}
_WIKILINK = re.compile(r"\[\[[^\[\]]+\]\]")
_UNFILLED = ("{{", "<%")
_SHOWN = 3  # names in a message


def find_doubts(snapshot: Snapshot, mixed: Container[str] = ()) -> Iterator[Problem]:
    """Find everything that is doubtful in a vault, in no order.

    `mixed` are the names of properties (folded) whose texts are meant to hold words and links.
    """
    aliases = _aliases(snapshot)
    for path in snapshot.links:
        yield from _link_doubts(path, snapshot, aliases)
    yield from _name_doubts(snapshot)
    for note in snapshot.notes.values():
        for item in note.properties:
            yield from _property_doubts(note, item, snapshot.settings.property_types, mixed)


def _problem(
    code: str, severity: Severity, path: str, line: int | None, message: Message
) -> Problem:
    return Problem(code, severity, path, line, message)


# --- Links and names -----------------------------------------------------------------------


def _aliases(snapshot: Snapshot) -> dict[str, str]:
    """The notes by their aliases."""
    return {
        fold(alias): path
        for path, note in snapshot.notes.items()
        for item in note.properties
        if fold(item.key) in ("aliases", "alias")
        for alias in (item.value if isinstance(item.value, list) else [item.value])
        if isinstance(alias, str)
    }


def _link_doubts(path: str, snapshot: Snapshot, aliases: Mapping[str, str]) -> Iterator[Problem]:
    for link, resolved in snapshot.links_of(path):
        if any(sign in link.target for sign in _UNFILLED):
            continue
        if resolved is None:
            message = _unresolved(link, aliases.get(fold(link.target)))
            yield _problem("unresolved-link", "info", path, link.line, message)
            continue
        equal = answers(link.target, path, snapshot.files)
        if len(equal) > 1 and not link.exact:
            message = msg(
                "“{target}” may be any of {paths}: Obsidian takes one of them at random,"
                " the tool the first; write the whole path",
                target=link.target, paths=_several(equal),
            )  # fmt: skip
            yield _problem("ambiguous-link", "warning", path, link.line, message)


def _unresolved(link: Link, named: str | None) -> Message:
    if named is None:
        return msg("“{target}” leads nowhere: there is no such note or file", target=link.target)
    title = named.rpartition("/")[2].removesuffix(".md")
    better = f"[[{title}|{link.target}]]"
    return msg(
        "“{target}” is an alias, and leads nowhere: write {better}",
        target=link.target, better=better,
    )  # fmt: skip


def _name_doubts(snapshot: Snapshot) -> Iterator[Problem]:
    for paths in snapshot.files.by_path.values():
        for path in paths[1:]:
            message = msg(
                "is told from {other} by nothing but case or the form of its accents:"
                " other systems cannot keep both",
                other=paths[0],
            )
            yield _problem("case-twin", "warning", path, None, message)
    for paths in snapshot.files.by_name.values():
        notes = [path for path in paths if path in snapshot.notes]
        for path in notes[1:]:
            message = msg(
                "has the name of {other}; a link by the name alone finds one of them",
                other=notes[0],
            )
            yield _problem("duplicate-name", "info", path, None, message)


def _several(paths: tuple[str, ...]) -> str:
    return ", ".join(paths[:_SHOWN]) + (", …" if len(paths) > _SHOWN else "")


# --- Properties ----------------------------------------------------------------------------


def _property_doubts(
    note: Note, item: Property, types: Mapping[str, str], mixed: Container[str]
) -> Iterator[Problem]:
    key = fold(item.key)
    if key in _OLD_NAMES and item.value is not None:
        message = msg(
            "Obsidian 1.9 and later pass over “{key}”: write {better}",
            key=item.key, better=_OLD_NAMES[key],
        )  # fmt: skip
        yield _problem("ignored-property", "info", note.path, item.line, message)
    if key in ("tags", "tag"):
        yield from _tag_doubts(note, item)
    elif key in ("aliases", "alias"):
        yield from _alias_doubts(note, item)
    if key not in mixed:
        yield from _property_link_doubts(note, item)
    kind = _FIXED_TYPES.get(key) or types.get(key, "")
    fits = kind not in _FITS or item.value is None or _FITS[kind](item.value)
    if not fits and not _is_unfilled(item.value):
        message = msg("“{key}” is of the type {kind} in this vault, and this is none",
            key=item.key, kind=kind)  # fmt: skip
        yield _problem("property-type", "info", note.path, item.line, message)


def _alias_doubts(note: Note, item: Property) -> Iterator[Problem]:
    if isinstance(item.value, str) and "," in item.value:
        message = msg("Obsidian 1.9 and later read this as one alias: write a list")
        yield _problem("ignored-property", "info", note.path, item.line, message)


def _tag_doubts(note: Note, item: Property) -> Iterator[Problem]:
    if isinstance(item.value, str) and len(item.value.replace(",", " ").split()) > 1:
        message = msg(
            "Obsidian 1.9 and later read no tags from one text with several: write a list"
        )
        yield _problem("ignored-property", "info", note.path, item.line, message)
        return
    values = item.value if isinstance(item.value, list) else [item.value]
    for index, value in enumerate(values):
        tag = str(value).removeprefix("#")
        if value is not None and not is_tag(tag):
            line = item.item_lines[index] if item.item_lines else item.line
            message = msg(
                "“{tag}” can be no tag: it has only digits, or a space, or a sign such as .",
                tag=tag,
            )
            yield _problem("bad-tag", "warning", note.path, line, message)


def _property_link_doubts(note: Note, item: Property) -> Iterator[Problem]:
    """Wikilinks in a property that Obsidian takes for none."""
    parts = item.raw if isinstance(item.raw, list) else [item.raw]
    lines = item.item_lines or (item.line,) * len(parts)
    for part, line in zip(parts, lines, strict=True):
        if isinstance(part, list) and _is_unquoted(part):
            message = msg("“{key}”: a link without quotes is a list to Obsidian; put it in quotes",
                key=item.key)  # fmt: skip
        elif _holds_link(part) and not (isinstance(part, str) and whole_wikilink(part)):
            message = msg(
                "“{key}”: to Obsidian a link with other text beside it, or in a nested value,"
                " is none",
                key=item.key,
            )
        else:
            continue
        yield _problem("doubtful-link", "info", note.path, line, message)


def _holds_link(raw: Raw) -> bool:
    if isinstance(raw, str):
        return bool(_WIKILINK.search(raw))
    return any(map(_holds_link, raw.values() if isinstance(raw, dict) else raw))


def _is_unquoted(raw: Raw) -> bool:
    """Whether this is what YAML makes of `[[Anna]]` without quotes: lists of one text."""
    while isinstance(raw, list) and len(raw) == 1:
        raw = raw[0]
    return isinstance(raw, str)


def _is_unfilled(value: Value) -> bool:
    """Whether this is what YAML makes of `{{date}}` without quotes: a map in a map."""
    return isinstance(value, dict) and any(key.startswith("{") for key in value)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_date(value: Value) -> bool:
    return isinstance(value, str) and read_date(value) is not None


def _is_text(value: Value) -> bool:
    return not isinstance(value, list | dict)


def _is_list(value: Value) -> bool:
    return not isinstance(value, dict)


_FITS: Mapping[str, Callable[[Value], bool]] = {
    "text": _is_text,
    "number": _is_number,
    "checkbox": lambda value: isinstance(value, bool),
    "date": _is_date,
    "datetime": _is_date,
    "multitext": _is_list,
    "aliases": _is_list,
    "tags": _is_list,
}
