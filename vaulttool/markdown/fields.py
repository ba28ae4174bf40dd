"""Dataview's inline fields: `Key:: value`, `[key:: value]`, `(key:: value)`.

Source: Dataview's documentation, "Adding metadata", and what its reader does with lists: a
field in a list item belongs to the item and, unless the item is a task, to the note too.
Left out, though Dataview takes them for fields: what stands in code, between `[[` and `]]`, or
in the due block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vaulttool.locale import fold
from vaulttool.markdown.body import MAX_PASSAGE
from vaulttool.markdown.dates import looks_like_date
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.model import Field, Property

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaulttool.model import Item, Note, Passage, Raw, Value

MAX_LINE = 32_768  # characters, as in Dataview

_CLOSING = {"[": "]", "(": ")"}
_BRACKET = re.compile(r"(?<!\[)\[([^\[\]()]*?)::|\(([^\[\]()]*?)::")
# Marks before the key (`**Key**:: x`) are none of it, nor are those after it.
_WHOLE_LINE = re.compile(
    r"(?:[^\w\[\](){}]|_)*+([\w\s/\-\u2600-\u27bf\U0001f300-\U0001faff]++)[_*~`]*::"
)
_SIGN = re.compile(r"\\.|[\[\]()]")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_EMOJI = {"➕": "created", "🛫": "start", "⏳": "scheduled", "⌛": "scheduled"}
_EMOJI |= {"📅": "due", "📆": "due", "🗓": "due", "✅": "completion"}
_DATED = re.compile(rf"([{''.join(_EMOJI)}])\ufe0f?\s*(\d{{4}}-\d{{2}}-\d{{2}})")

_NUMBER = re.compile(r"-?[0-9]{1,300}(\.[0-9]+)?\Z")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\Z')
_PLAIN = re.compile(
    r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:T[0-9:.+Z-]+)?)?\Z"  # a date
    r"|#\S+\Z"  # a tag
)
# Possessive throughout: a value is read in one pass, however it is made.
_PART = re.compile(r'((?:"(?:[^"\\]|\\.)*+"|\[\[[^\[\]]*+\]\]|[^,"\[])*+)(?:,|\Z)')


def may_hold_fields(text: str) -> bool:
    """Whether a note's text has any sign without which no field stands in it."""
    return "::" in text or (not text.isascii() and any(sign in text for sign in _EMOJI))


def read_fields(passages: Sequence[Passage], items: Sequence[Item]) -> tuple[Field, ...]:
    """Read the fields of a note's text, in the order in which they stand."""
    found: list[Field] = []
    for passage in passages:
        text = passage.text
        if "::" in text or (passage.item >= 0 and not text.isascii() and _DATED.search(text)):
            found += _passage_fields(passage, items)
    return tuple(found)


def _passage_fields(passage: Passage, items: Sequence[Item]) -> Iterator[Field]:
    item = items[passage.item] if passage.item >= 0 else None
    if (item and item.due_block) or len(passage.text) > MAX_PASSAGE:
        return
    is_task = item is not None and item.status is not None
    text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), passage.text)
    for number, line in enumerate(text.split("\n")):
        if len(line) > MAX_LINE:
            continue
        found = [*_bracketed(line), *(_dated(line) if item else ())]
        if not (found or is_task or passage.kind == "cell"):
            found = list(_whole_line(line))
        for _start, key, value in sorted(found):
            parsed, raw = read_value(value)
            yield Field(key, parsed, raw, passage.line + number, passage.item)


def _bracketed(line: str) -> Iterator[tuple[int, str, str]]:
    """Where each bracketed field begins, its key and its value as they stand."""
    closing = _closing(line) if "::" in line else {}
    position = 0
    while opening := _BRACKET.search(line, position):
        key = (opening[1] or opening[2] or "").strip()
        end = closing.get(opening.start())
        position = opening.end() if end is None else end
        if end is not None and key:
            yield opening.start(), key, line[opening.end() : end].strip()


def _closing(line: str) -> dict[int, int]:
    """Where each bracket of a line closes; a backslash takes the next sign's meaning."""
    opened: dict[str, list[int]] = {"]": [], ")": []}
    found: dict[int, int] = {}
    for sign in _SIGN.finditer(line):
        if sign[0] in _CLOSING:
            opened[_CLOSING[sign[0]]].append(sign.start())
        elif opened.get(sign[0]):
            found[opened[sign[0]].pop()] = sign.start()
    return found


def _dated(line: str) -> Iterator[tuple[int, str, str]]:
    """The emoji of the Tasks plugin are fields too."""
    for match in _DATED.finditer(line):
        yield match.start(), _EMOJI[match[1]], match[2]


def _whole_line(line: str) -> Iterator[tuple[int, str, str]]:
    if (match := _WHOLE_LINE.match(line)) and match[1].strip():
        # Fields are hidden from the reader in `%% Key:: value %%`.
        yield 0, match[1].strip(), line[match.end() :].strip().removesuffix("%%").rstrip()


def read_value(text: str) -> tuple[Value, Raw]:
    """Read a field's value: a literal, a list of literals with commas between, else the text."""
    if not text:
        return None, ""
    parts = list(_parts(text))
    if len(parts) > 1 and all(map(_is_literal, parts)):
        values = [_literal(part) for part in parts]
        return [value for value, _raw in values], [raw for _value, raw in values]
    return _literal(text)


def _parts(text: str) -> Iterator[str]:
    """What stands between the commas; nothing where the text is no such list."""
    position = 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None:
            yield ""
            return
        yield part[1].strip()
        position = part.end()


def _is_literal(text: str) -> bool:
    is_word = text.casefold() in ("true", "false", "null")
    patterns = (_NUMBER, _QUOTED, _PLAIN)
    return is_word or any(p.match(text) for p in patterns) or whole_wikilink(text) is not None


def _literal(text: str) -> tuple[Value, str]:
    if number := _NUMBER.match(text):
        return (float(text) if number[1] else int(text)), text
    if quoted := _QUOTED.match(text):
        inner = re.sub(r"\\(.)", r"\1", quoted[1])
        return inner, inner
    known: dict[str, Value] = {"true": True, "false": False, "null": None}
    return known.get(text.casefold(), text), text


def field_properties(note: Note) -> Iterator[Property]:
    """The fields that speak of the whole note, as properties; one that is repeated is a list.

    A field in a task speaks of the task, and one in a dated list item of that day.
    """
    found: dict[str, list[Field]] = {}
    for field in note.fields:
        if not _speaks_of_item(note, field.item):
            found.setdefault(fold(field.key), []).append(field)
    for fields in found.values():
        first = fields[0]
        if len(fields) == 1:
            yield Property(first.key, first.value, first.raw, first.line)
        else:
            values = [value for one in fields for value in _listed(one.value)]
            raws = [raw for one in fields for raw in _listed(one.raw)]
            lines = tuple(one.line for one in fields for _ in _listed(one.raw))
            yield Property(first.key, values, raws, first.line, lines)


def _listed(value: Value | Raw) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _speaks_of_item(note: Note, index: int) -> bool:
    while index >= 0:
        item = note.items[index]
        text = note.passages[item.passage].text if item.passage >= 0 else ""
        if item.status is not None or looks_like_date(text.removeprefix("[[")):
            return True
        index = item.parent
    return False
