"""One note: its text to a `Note`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vaulttool.markdown.body import read_body
from vaulttool.markdown.fields import read_fields
from vaulttool.markdown.frontmatter import read_properties
from vaulttool.markdown.wikilink import is_tag, whole_wikilink
from vaulttool.model import Link, Note, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaulttool.model import Problem, Property, Value


def read_note(path: str, text: str, problems: Iterable[Problem] = ()) -> Note:
    """Read a note; `problems` are those that reading the file has met already."""
    properties, found, body_text, body_line = read_properties(text, path)
    body = read_body(body_text, path, body_line)
    return Note(
        path=path,
        title=title_of(path),
        properties=properties,
        links=(*(link for item in properties for link in property_links(item)), *body.links),
        tags=(*(tag for item in properties for tag in property_tags(item)), *body.tags),
        headings=tuple(body.headings),
        passages=tuple(body.passages),
        items=tuple(body.items),
        fields=read_fields(body.passages, body.items),
        problems=(*problems, *found, *body.problems),
    )


def title_of(path: str) -> str:
    """Give a note's title: its file name without `.md`."""
    name = path.rpartition("/")[2]
    return name[:-3] if name.lower().endswith(".md") else name


def property_links(item: Property) -> Iterator[Link]:
    """Give the links of a property: each value, or item of a list, that is one wikilink."""
    if isinstance(item.value, str):
        yield from _value_link(item.value, item.key, item.line)
    elif isinstance(item.value, list):
        for index, value in enumerate(item.value):
            if isinstance(value, str):
                line = item.item_lines[index] if item.item_lines else item.line
                yield from _value_link(value, f"{item.key}.{index}", line)


def _value_link(value: str, key: str, line: int) -> Iterator[Link]:
    if found := whole_wikilink(value):
        link = Link("property", line, found.target, found.subpath, found.display)
        yield replace(link, property=key)


def property_tags(item: Property) -> Iterator[Tag]:
    """Give the tags of a `tags` property: a list, or one text; `#` is optional.

    What can be no tag is none, as in a text.

    Before 1.9 Obsidian read `tag` too and split a text at commas and spaces. Such vaults
    are read as their users meant them.
    """
    if item.key.casefold() not in ("tags", "tag"):
        return
    values: list[Value] = item.value if isinstance(item.value, list) else [item.value]
    if isinstance(item.value, str):
        values = [*item.value.replace(",", " ").split()]
    for index, value in enumerate(values):
        line = item.item_lines[index] if item.item_lines else item.line
        if isinstance(value, str) and is_tag(value.removeprefix("#")):
            yield Tag(value.removeprefix("#"), line)
