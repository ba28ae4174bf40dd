"""Properties that Obsidian passes over, or reads otherwise than they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.values import flow, unquoted_links
from vaulttool.markdown.wikilink import has_wikilink, is_tag, whole_wikilink
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.people.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vaulttool.model import Note, Property, Raw, Value
    from vaulttool.settings import Settings

# Since 1.9 Obsidian reads only the second name; older notes have the first.
OLD_NAMES = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}
# Three names have a type of their own, whatever types.json says.
_FIXED_TYPES = {"aliases": "aliases", "cssclasses": "multitext", "tags": "tags"}


def property_doubts(note: Note, item: Property, settings: Settings) -> Iterator[Problem]:
    """Find what is doubtful in one property."""
    key = fold(item.key)
    if key in OLD_NAMES and item.value is not None:
        message = msg(
            "Obsidian 1.9 and later pass over “{key}”: write {better}",
            key=item.key, better=OLD_NAMES[key],
        )  # fmt: skip
        has_new = any(fold(other.key) == OLD_NAMES[key] for other in note.properties)
        yield Problem("ignored-property", "info", note.path, item.line, message, not has_new)
    if key in ("tags", "tag"):
        yield from _tag_doubts(note, item)
    elif key in ("aliases", "alias"):
        yield from _alias_doubts(note, item)
    # `relations` alone is meant to hold words and links: `sister [[Anna]]`.
    if Schema(settings).native(item.key) != "relations":
        yield from _link_doubts(note, item)
    kind = _FIXED_TYPES.get(key) or settings.property_types.get(key, "")
    fits = kind not in _FITS or item.value is None or _FITS[kind](item.value)
    if not fits and not _is_unfilled(item.value):
        message = msg("“{key}”: expected a value of the type {kind}, found “{found}”",
            key=item.key, kind=kind, found=flow(item.raw))  # fmt: skip
        yield Problem("property-type", "info", note.path, item.line, message)


def _alias_doubts(note: Note, item: Property) -> Iterator[Problem]:
    if isinstance(item.value, str) and "," in item.value:
        message = msg("Obsidian 1.9 and later read this as one alias: write a list")
        yield Problem("ignored-property", "info", note.path, item.line, message)


def _tag_doubts(note: Note, item: Property) -> Iterator[Problem]:
    if isinstance(item.value, str) and len(item.value.replace(",", " ").split()) > 1:
        message = msg(
            "Obsidian 1.9 and later read no tags from one text with several: write a list"
        )
        yield Problem("ignored-property", "info", note.path, item.line, message, fixable=True)
        return
    values = item.value if isinstance(item.value, list) else [item.value]
    raws = item.raw if isinstance(item.raw, list) else [item.raw]
    for index, (value, raw) in enumerate(zip(values, raws, strict=True)):
        tag = flow(raw).removeprefix("#")
        if value is not None and not (isinstance(value, str) and is_tag(tag)):
            line = item.item_lines[index] if item.item_lines else item.line
            message = msg(
                "“{tag}” is no tag: it has only digits, or a space, or a sign such as .",
                tag=tag,
            )
            yield Problem("bad-tag", "warning", note.path, line, message)


def _link_doubts(note: Note, item: Property) -> Iterator[Problem]:
    """Wikilinks in a property that Obsidian takes for none."""
    unquoted = set(unquoted_links(item))
    for line in sorted(unquoted):
        message = msg("“{key}”: a link without quotes is a list to Obsidian; put it in quotes",
            key=item.key)  # fmt: skip
        yield Problem("doubtful-link", "info", note.path, line, message, fixable=True)
    parts = item.raw if isinstance(item.raw, list) else [item.raw]
    lines = item.item_lines or (item.line,) * len(parts)
    for part, line in zip(parts, lines, strict=True):
        whole = isinstance(part, str) and whole_wikilink(part)
        if line not in unquoted and not whole and _holds_link(part):
            message = msg(
                "“{key}”: to Obsidian a link with other text beside it, or in a nested value,"
                " is none",
                key=item.key,
            )
            yield Problem("doubtful-link", "info", note.path, line, message)


def _holds_link(raw: Raw) -> bool:
    if isinstance(raw, str):
        return has_wikilink(raw)
    return any(map(_holds_link, raw.values() if isinstance(raw, dict) else raw))


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
