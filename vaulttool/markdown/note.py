"""One note: its text to a `Note`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.markdown.body import read_body
from vaulttool.markdown.fields import may_hold_fields, read_fields
from vaulttool.markdown.frontmatter import read_properties
from vaulttool.markdown.wikilink import is_tag, whole_wikilink
from vaulttool.model import Link, Note, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaulttool.model import Problem, Property, Value


def read_note(path: str, text: str, problems: Iterable[Problem] = ()) -> Note:
    """Read a note; `problems` are those that reading the file has met already."""
    properties, found, body_text, body_line = read_properties(text, path)
    body = read_body(body_text, path, body_line)
    return Note(
        path=path,
        title=title_of(path),
        properties=properties,
        links=(*[link for item in properties for link in property_links(item)], *body.links),
        tags=(*[tag for item in properties for tag in property_tags(item)], *body.tags),
        headings=tuple(body.headings),
        passages=tuple(body.passages),
        items=tuple(body.items),
        fields=read_fields(body.passages, body.items) if may_hold_fields(body_text) else (),
        problems=(*problems, *found, *body.problems),
    )


def title_of(path: str) -> str:
    """Give a note's title: its file name without `.md`."""
    name = path.rpartition("/")[2]
    return name[:-3] if name.lower().endswith(".md") else name


def property_links(item: Property) -> list[Link]:
    """Give the links of a property: each value, or item of a list, that is one wikilink."""
    if isinstance(item.value, str):
        return _value_links(item.value, item.key, item.line)
    if not isinstance(item.value, list):
        return []
    lines = item.item_lines or [item.line] * len(item.value)
    return [
        link
        for index, (value, line) in enumerate(zip(item.value, lines, strict=True))
        if isinstance(value, str)
        for link in _value_links(value, f"{item.key}.{index}", line)
    ]


def _value_links(value: str, key: str, line: int) -> list[Link]:
    found = whole_wikilink(value)
    return [Link("property", line, *found, property=key)] if found else []


def property_tags(item: Property) -> list[Tag]:
    """Give the tags of a `tags` property: a list, or one text; `#` is optional.

    What can be no tag is none, as in a text.

    Before 1.9 Obsidian read `tag` too and split a text at commas and spaces. Such vaults
    are read as their users meant them.
    """
    if item.key.casefold() not in ("tags", "tag"):
        return []
    values: list[Value] = item.value if isinstance(item.value, list) else [item.value]
    if isinstance(item.value, str):
        values = [*item.value.replace(",", " ").split()]
    lines = item.item_lines or [item.line] * len(values)
    return [
        Tag(value.removeprefix("#"), line)
        for value, line in zip(values, lines, strict=True)
        if isinstance(value, str) and is_tag(value.removeprefix("#"))
    ]
