"""Edits of a note's properties that touch nothing but the one that is meant.

The block is never written anew. A value is put in the place of the old one, at the marks
of YAML's parser; comments, order, quotes, style of lists and line ends of all the rest
stay. What comes out is read again before it is given back, and what cannot be edited
beyond doubt is refused.

A value stands in two places: on the line of its key, and on lines below. A list in
brackets or a quoted text has only the first, however many lines it covers; a list with
dashes has only the second; a text after `|` has both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool.errors import RefusedError
from vaulttool.markdown.edit import BYTE_ORDER_MARK, line_ending, splice
from vaulttool.markdown.entries import ending_at, line_start, next_line, read_entries, refused
from vaulttool.markdown.frontmatter import split
from vaulttool.markdown.listitems import OddListError, dash_lines, item_edits
from vaulttool.markdown.scalars import literal_lines, stored, write_key, write_value
from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaulttool.markdown.edit import Splice
    from vaulttool.markdown.entries import Entries, Entry
    from vaulttool.markdown.scalars import NewValue
    from vaulttool.model import Value

# Obsidian gives these the type of a list always: one text there is a list of one. Before 1.9
# it could also be several items, with these signs between them.
ALWAYS_LISTS = {"tags": r"[,\s]", "aliases": r",", "cssclasses": r"[,\s]"}

_COLON = re.compile(r"[ \t]*:")
_HEADER = re.compile(r"(?:!\S*\s+)?[|>][-+0-9]*")
_BARE_LINK = re.compile(r"\[\[[^\[\]]+\]\]\Z")


def set_property(text: str, key: str, value: NewValue) -> str:
    """Give a property a value; the same text where it has that value already.

    A property that is not there becomes the last one. Of a list, items that stay keep
    their lines. Raises `RefusedError` where that is not safe.
    """
    block, entry = _found(text, key)
    wanted = stored(value)
    if entry is None:
        return _verified(text, _with_new(text, block, key, value), key, wanted)
    old = entry.property.value
    if repr(old) == repr(wanted):
        return text
    if isinstance(old, list) and old and isinstance(wanted, list) and wanted:
        edits = _checked(text, entry, list(old), wanted)
    else:
        edits = _relaid(text, entry, *_written(value, entry.value.style))
    return _verified(text, splice(text, edits), entry.property.key, wanted)


def add_to_property(text: str, key: str, item: str, *, make_list: bool = False) -> str:
    """Append an item to a list; the same text where it is there already.

    A property that is not there, or holds nothing, becomes a list of one. One that holds
    a single value is refused: whatever reads it may not expect a list. It becomes a list
    of both with `make_list`, and in any case as one of `tags`, `aliases` and `cssclasses`,
    where Obsidian itself takes a text for a list of one.
    """
    _block, entry = _found(text, key)
    if entry is None or entry.property.value in (None, []):
        return set_property(text, key, [item])
    old, line = entry.property.value, entry.property.line
    if item == old or (isinstance(old, list) and item in old):
        return text
    source = text[entry.value.start : entry.value.end]
    if isinstance(old, list):
        if _BARE_LINK.match(source):
            raise refused(line, msg("the link in {key} needs quotation marks round it", key=key))
        wanted: list[Value] = [*old, item]
        edits = _checked(text, entry, old, wanted)
    else:
        _expect_list(entry, make_list=make_list)
        if "\n" in source or entry.value.style in ("|", ">"):
            raise _odd(entry)
        wanted = [old, item]
        lines = [f"- {source}", f"- {write_value(item, entry.value.style)}"]
        edits = _relaid(text, entry, "", lines)
    return _verified(text, splice(text, edits), entry.property.key, wanted)


def remove_property(text: str, key: str) -> str:
    """Take a property away with its lines; the same text where it is not there.

    Comments on lines of their own stay, but for those inside the value. A block that
    holds nothing then stays, as two lines of `---`.
    """
    _block, entry = _found(text, key)
    if entry is None:
        return text
    edit = (line_start(text, entry.key.start), next_line(text, entry.value.end), "")
    return _verified(text, splice(text, [edit]), entry.property.key)


# --- What may be edited --------------------------------------------------------------------


def _found(text: str, key: str) -> tuple[Entries | None, Entry | None]:
    """The block, and the property in it; raises for one that is not to be touched."""
    block = read_entries(text)
    entry = block.find(key) if block else None
    if entry:
        if text[line_start(text, entry.key.start) : entry.key.start].strip(" "):
            raise _odd(entry)
        _after_colon(text, entry)
        if entry.key.shared or entry.value.shared:
            what = msg("{key} holds an anchor or an alias (& or *)", key=entry.property.key)
            raise refused(entry.property.line, what)
    return block, entry


def _after_colon(text: str, entry: Entry) -> int:
    """Where the colon of a key ends; raises where there is none, as after `? key`."""
    colon = _COLON.match(text, entry.key.end)
    if colon is None:
        raise _odd(entry)
    return colon.end()


def _expect_list(entry: Entry, *, make_list: bool) -> None:
    """Raise where a single value is not to become a list."""
    key, line = entry.property.key, entry.property.line
    _expect_no_map(entry)
    separator = ALWAYS_LISTS.get(key.casefold())
    if separator and re.search(separator, str(entry.property.value)):
        raise refused(line, msg("expected a list in {key}, found a text of several items", key=key))
    if not (make_list or separator):
        raise refused(line, msg("expected a list in {key}, found one value", key=key))


def _expect_no_map(entry: Entry) -> None:
    if entry.value.kind == "map":
        what = msg("{key} holds properties of its own", key=entry.property.key)
        raise refused(entry.property.line, what)


def _odd(entry: Entry) -> RefusedError:
    key = entry.property.key
    return refused(entry.property.line, msg("{key} is written in an unusual way", key=key))


# --- Edits ---------------------------------------------------------------------------------


def _with_new(text: str, block: Entries | None, key: str, value: NewValue) -> str:
    """The text with a new property at the end of its block, or with a block for it."""
    inline, below = _written(value, "")
    name = write_key(key)
    lines = [f"{name}: {inline}" if inline else f"{name}:", *_indented(below)]
    if block is None:
        mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
        ending = line_ending(text)
        lines = ["---", *lines, "---"]
        return mark + "".join(line + ending for line in lines) + text.removeprefix(mark)
    indent = ""
    if block.entries:
        first = block.entries[0].key.start
        indent = text[line_start(text, first) : first]
    ending = ending_at(text, block.end - 1)
    new = "".join(f"{indent}{line}{ending}" if line else ending for line in lines)
    return splice(text, [(block.end, block.end, new)])


def _written(value: NewValue, like: str) -> tuple[str, list[str]]:
    """A value as it stands on the line of its key, and on the lines below."""
    if isinstance(value, list) and value:
        return "", [f"- {write_value(item)}" for item in value]
    if isinstance(value, str) and like not in ("'", '"') and (lines := literal_lines(value)):
        return "|-", lines
    return write_value(value, like), []


def _indented(lines: Sequence[str]) -> list[str]:
    """Lines below a key, as far to the right as Obsidian writes them."""
    return [f"  {line}" if line else "" for line in lines]


def _checked(text: str, entry: Entry, old: list[Value], new: list[Value]) -> list[Splice]:
    try:
        return list(item_edits(text, entry.value, old, new))
    except OddListError:
        raise _odd(entry) from None


def _relaid(text: str, entry: Entry, inline: str, below: Sequence[str]) -> list[Splice]:
    """The edits that put a value in the place of another, with the comments beside it kept."""
    start, end, gone = _place(text, entry)
    colon = _after_colon(text, entry)
    if start < end and inline:
        first = (start, end, inline)
    elif start < end:
        if text[colon:start].strip():
            raise _odd(entry)  # a comment between a key and its value on a line below
        first = (colon, end, "")
    else:
        first = _inserted(text, colon, inline)
    line = next_line(text, end)
    indent = text[line_start(text, entry.key.start) : entry.key.start]
    ending = ending_at(text, end)
    new = (f"{indent}{one}{ending}" if one else ending for one in _indented(below))
    return [first, (line, line, "".join(new)), *gone]


def _place(text: str, entry: Entry) -> tuple[int, int, list[Splice]]:
    """Where a value stands on the line of its key, and the edits that delete it below."""
    node = entry.value
    _expect_no_map(entry)
    if node.kind == "list" and not node.style:
        try:
            gone = list(dash_lines(text, node))
        except OddListError:
            raise _odd(entry) from None
        at = _after_colon(text, entry)
        return at, at, gone
    source = text[node.start : node.end]
    if node.style in ("|", ">") and (header := _HEADER.match(source)):
        end = node.start + header.end()
        line = next_line(text, end)
        return node.start, end, [(line, next_line(text, node.end), "")] if line < node.end else []
    if node.kind == "list" and "\n" in source and "#" in source:
        raise _odd(entry)  # a comment inside of the brackets
    return node.start, node.end, []


def _inserted(text: str, colon: int, inline: str) -> Splice:
    """The edit that puts a value behind a key that has none on its line."""
    rest = text[colon : next_line(text, colon)].rstrip("\r\n")
    if rest.strip(" \t"):
        return colon, colon, f" {inline}" if inline else ""
    at = colon + len(rest)
    return at, at, inline if rest.endswith(" ") or not inline else f" {inline}"


# --- Reading again -------------------------------------------------------------------------


def _verified(text: str, new: str, key: str, *wanted: Value) -> str:
    """Give the new text back if nothing but one property is another; else raise.

    `write_value` has seen to it that both versions of YAML read what it writes. Here it is
    read in its place.
    """
    before = read_entries(text)
    try:
        after = read_entries(new)
    except RefusedError:
        after = None
    if (
        after
        and _same_around(text, before, new, after)
        and _others(text, before, key) == _others(new, after, key)
        and _values(after, key) == [*map(repr, wanted)]
    ):
        return new
    at = before.find(key) if before else None
    line = at.property.line if at else 1
    raise refused(line, msg("{key} would not be read back as it was meant", key=key))


def _same_around(text: str, before: Entries | None, new: str, after: Entries) -> bool:
    """Whether the lines of `---` and the body are the same."""
    if before is None:
        return split(new).body == text.removeprefix(BYTE_ORDER_MARK)
    around = text[: before.start], text[before.end :]
    return around == (new[: after.start], new[after.end :])


def _values(block: Entries, key: str) -> list[str]:
    """The value of a property, if it is there; its `repr` tells `1`, `1.0` and `true` apart."""
    return [repr(one.property.value) for one in block.entries if one.property.key == key]


def _others(text: str, block: Entries | None, key: str) -> list[tuple[str, ...]]:
    """All that is known of the other properties: source, value, raw spelling."""
    return [
        (text[one.key.start : one.value.end], repr(one.property.value), repr(one.property.raw))
        for one in (block.entries if block else ())
        if one.property.key != key
    ]
