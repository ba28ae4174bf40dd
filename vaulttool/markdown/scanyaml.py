"""The properties of everyday notes, read line by line.

`scan_properties` knows `key: value` and lists of values, below the key or in brackets, where
each value stands on its line: plain, or in quotes without escapes. It reads what
`yamlblock.read_block` reads without a problem, or declines: a line that is anything else
leaves the whole block to the parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from vaulttool.markdown.yamltypes import resolve_plain
from vaulttool.model import Property

if TYPE_CHECKING:
    from vaulttool.model import Value

_MAX_BLOCK = 64 * 1024  # characters: far from the limits of the parser

_KEY = re.compile(r"(\w(?:[\w .()\[\]/-]{0,100}[\w)\]])?):(?: +(.*))?")
_ITEM = re.compile(r"( *)- +(.*)")
_NOTHING = re.compile(r" *(?:#.*)?")
# With what a value without quotes does not begin, and what it does not hold.
_NOT_PLAIN = re.compile(r"""^(?:[?:,\[\]{}\#&*!|>'"%@`]|-(?:\ |$))|:\ |:$|\ \#""", re.VERBOSE)
_QUOTED = re.compile(r""""([^"\\]*)"|'([^']*)'""")
# In brackets more signs mean something, and versions of the parser differ in what.
_IN_BRACKETS = re.compile(r""" *(?:("[^"]*"|'[^']*')|(\w[^,:\#?\[\]{}"']*)) *(?:,|$)""")


class _Unsure(Exception):  # noqa: N818 - no error: the parser will read the block
    """A value that is not as simple as it has to be here."""


class _Entry(NamedTuple):
    """A key with what stands behind it, and the list items below."""

    key: str
    line: int
    text: str
    items: list[str]
    item_lines: list[int]


def scan_properties(block: str, first_line: int) -> tuple[Property, ...] | None:
    """Read the text between the two `---` lines; None where only the parser can."""
    lines = block.replace("\r\n", "\n").split("\n")
    # Tabs and all line ends but these are not printable, nor is what no YAML may hold.
    if len(block) > _MAX_BLOCK or not "".join(lines).isprintable():
        return None
    entries = _entries(lines, first_line)
    if entries is None or len({entry.key for entry in entries}) < len(entries):
        return None
    try:
        return tuple(map(_property, entries))
    except _Unsure:
        return None


def _entries(lines: list[str], first_line: int) -> list[_Entry] | None:
    """Divide a block; None where a line is no key, no item of a list below one, and not empty."""
    entries: list[_Entry] = []
    indent = None  # of the items below the last key
    for number, line in enumerate(lines, first_line):
        if found := _KEY.fullmatch(line):
            entries.append(_Entry(found[1], number, (found[2] or "").rstrip(), [], []))
            indent = None
        elif found := _ITEM.fullmatch(line):
            if not entries or entries[-1].text or indent not in (None, found[1]):
                return None
            indent = found[1]
            entries[-1].items.append(found[2].rstrip())
            entries[-1].item_lines.append(number)
        elif not _NOTHING.fullmatch(line):
            return None
    return entries


def _property(entry: _Entry) -> Property:
    items, lines = entry.items, entry.item_lines
    if entry.text.startswith("["):
        items = _bracketed(entry.text)
        lines = [entry.line] * len(items)
    elif not items:
        return Property(entry.key, *_scalar(entry.text), entry.line)
    scalars = [_scalar(item) for item in items]
    values, raws = [value for value, _raw in scalars], [raw for _value, raw in scalars]
    return Property(entry.key, values, [*raws], entry.line, tuple(lines))


def _bracketed(text: str) -> list[str]:
    """The values of a list in brackets, each still in its quotes."""
    inner = text[1:-1].rstrip()
    items: list[str] = []
    at = 0
    while at < len(inner):
        found = _IN_BRACKETS.match(inner, at)
        if found is None:
            raise _Unsure
        items.append(found[1] or found[2].rstrip())
        at = found.end()
    if not text.endswith("]"):
        raise _Unsure
    return items


def _scalar(text: str) -> tuple[Value, str]:
    """A value, and how it is written without its quotes."""
    if quoted := _QUOTED.fullmatch(text):
        inner = quoted[1] or quoted[2] or ""
        return inner, inner
    if _NOT_PLAIN.search(text):
        raise _Unsure
    return resolve_plain(text), text
