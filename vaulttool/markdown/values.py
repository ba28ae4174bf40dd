"""A property's raw value as texts: what was typed, whatever YAML made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.markdown.wikilink import shown, whole_wikilink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.model import Property, Raw


def texts(raw: Raw) -> list[str]:
    """Give the scalars of a raw value: one, or those of a list.

    An unquoted `[[Anna]]` is a list in a list to YAML; it is read as the link it looks like.
    """
    if isinstance(raw, str):
        return [raw] if raw.strip() else []
    if isinstance(raw, dict):
        return []
    found: list[str] = []
    for part in raw:
        if isinstance(part, list):
            found.append(f"[[{', '.join(_scalars(part))}]]")
        elif isinstance(part, str) and part.strip():
            found.append(part)
    return found


def flow(raw: Raw) -> str:
    """A value in YAML's flow style: `{{date}}` has the key `{ date }`."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, list):
        return f"[ {', '.join(map(flow, raw))} ]"
    parts = (f"{key}: {flow(value)}" if value else key for key, value in raw.items())
    return f"{{ {', '.join(parts)} }}"


def alias_texts(item: Property) -> list[str]:
    """Give the names of an `aliases` property; before 1.9 Obsidian split a text at its commas."""
    if isinstance(item.raw, str):
        names = item.raw.split(",") if item.value is not None else []
    elif isinstance(item.value, list) and isinstance(item.raw, list):
        pairs = zip(item.raw, item.value, strict=True)
        names = texts([raw for raw, value in pairs if value is not None])
    else:
        names = texts(item.raw)
    return [name.strip() for name in names if name.strip()]


def _scalars(raw: Raw) -> Iterator[str]:
    """Every text in a list, however deep: `- [[Anna]]` is a list in a list in a list."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, list):
        for part in raw:
            yield from _scalars(part)


def plain(text: str) -> str:
    """Give the words of a value: of a link, its display text or the title of its target."""
    link = whole_wikilink(text)
    if link is None:
        return text.strip()
    return shown(link)


def unquoted_links(item: Property) -> Iterator[int]:
    """The lines of links without quotes: to YAML `[[Anna]]` is a list in a list.

    A block list of lists (`- [a]`) has the same value on other lines.
    """
    if not isinstance(item.raw, list):
        return
    if _is_link(item.raw) and item.item_lines == (item.line,):
        yield item.line
        return
    for part, line in zip(item.raw, item.item_lines, strict=False):
        if _is_link(part):
            yield line


def _is_link(raw: Raw) -> bool:
    """Whether a value is a list of one list of texts: `[[Smith, John]]` has two."""
    if not (isinstance(raw, list) and len(raw) == 1 and isinstance(raw[0], list)):
        return False
    return bool(raw[0]) and all(isinstance(part, str) for part in raw[0])
