"""How a new value of a property is written: as Obsidian writes it, and beyond doubt.

Source of the style: what Obsidian's `processFrontMatter` writes, which is the npm package
`yaml` without line folding. Where a reader of YAML 1.1 would take a text for something
else (`no`, `12:30`, `2026-11-22`), it is put in quotes, which Obsidian reads alike.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from vaulttool.errors import RefusedError
from vaulttool.message import msg

if TYPE_CHECKING:
    from vaulttool.model import Value

NewValue: TypeAlias = "bool | int | float | str | date | list[str] | None"
"""What a property can be set to. A date is written without quotes: YAML 1.1 reads the day,
Obsidian its text."""

MAX_EXACT = 2**53  # JavaScript, and so Obsidian, rounds whole numbers beyond it

# Control, bidirectional and zero-width characters, other line ends, what is no character:
# unseen in the source they deceive, so they are escaped. The joiner inside an emoji is not.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    r"|(?<![\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])\u200d"
)
# What `yaml` does not leave without quotes, in and outside of brackets.
_NOT_PLAIN = re.compile(
    r"""[\s,\[\]{}#&*!|>'"%@`] | [?-]$ | [?-]\s | .*(?:[:]\s|\s[#]|[\s:-]$) | \.+$ | $""",
    re.VERBOSE,
)
_NOT_PLAIN_IN_BRACKETS = re.compile(r"[?:]|.*[\[\]{},?]|.*:")
_YAML_1_1_BOOL = re.compile(r"[yYnN]\Z")  # in its specification, though not in PyYAML
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\\": r"\\", '"': r"\""}


def write_value(value: NewValue, like: str = "", *, flow: bool = False) -> str:
    """Write a value on one line, in quotes like those of the value before or beside it.

    Every way of writing is read back by both versions of YAML before it is chosen.
    `flow`: it is to stand in brackets.
    """
    for source in _ways(value, like, flow=flow):
        if reads_as(source, value, flow=flow):
            return source
    raise RefusedError(
        msg("expected a value that all readers of YAML read alike, found a number that is too"
            " large for Obsidian or a character that no file can hold")
    )  # fmt: skip


def write_key(key: str) -> str:
    """Write the name of a new property."""
    if key and key == key.strip() and not _UNSEEN.search(key):
        for source in _ways(key, "", flow=False):
            if _yaml_1_1(f"{source}: x") == {key: "x"} and _obsidian(f"{source}: x") == {key: "x"}:
                return source
    raise RefusedError(
        msg("expected a property's name: a few visible characters, without spaces round them")
    )  # fmt: skip


def literal_lines(text: str) -> list[str] | None:
    """The lines of a text that can stand below `|-`; None where it has to stand in quotes."""
    lines = text.split("\n")
    plain = all(line.strip() or not line for line in lines)
    if len(lines) < 2 or not lines[-1] or not lines[0].strip() or lines[0][0].isspace():
        return None
    return lines if plain and not any(map(_UNSEEN.search, lines)) else None


def stored(value: NewValue) -> Value:
    """The value that is read where this one is written."""
    match value:
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < MAX_EXACT:
            return int(value)
        case list():
            return [*value]
    return value


def _ways(value: NewValue, like: str, *, flow: bool) -> list[str]:
    """The ways of writing a value, the best first."""
    if isinstance(value, float) and isinstance(whole := stored(value), int):
        value = whole
    match value:
        case None:
            return [""]
        case bool():
            return ["true" if value else "false"]
        case int():
            return [str(value)] if abs(value) <= MAX_EXACT else []
        case float():
            # YAML 1.1 wants a point before the exponent.
            return [re.sub(r"^(-?\d+)e", r"\1.0e", repr(value))]
        case date():
            return [value.isoformat()]
        case str():
            return _texts(value, like, flow=flow)
    return ["[]"] if value == [] else []


def _texts(text: str, like: str, *, flow: bool) -> list[str]:
    double, single = _double(text), "'{}'".format(text.replace("'", "''"))
    if _UNSEEN.search(text):
        return [double]
    if like in ("'", '"'):
        return [single if like == "'" else double]
    quoted = single if '"' in text and "'" not in text else double
    plain = not (_NOT_PLAIN.match(text) or _YAML_1_1_BOOL.match(text))
    if flow and _NOT_PLAIN_IN_BRACKETS.match(text):
        plain = False
    return [text, quoted] if plain else [quoted]


def _double(text: str) -> str:
    text = re.sub(r'["\\]', lambda sign: _SHORT[sign[0]], text)
    return f'"{_UNSEEN.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] in _SHORT:
        return _SHORT[found[0]]
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else (
        f"\\U{code:08X}"
    )  # fmt: skip


def reads_as(source: str, value: NewValue, *, flow: bool = False) -> bool:
    """Whether both versions of YAML read the value from its source, and of the same type."""
    block = f"k: [{source}]\n" if flow else f"k: {source}\n"
    old = value if isinstance(value, date) else stored(value)
    new = stored(value)
    found = _yaml_1_1(block), _obsidian(block)
    return repr(found) == repr(({"k": [old] if flow else old}, {"k": [new] if flow else new}))


# YAML's parser is imported once something is written: most commands write nothing.


def _yaml_1_1(block: str) -> object:
    import yaml

    try:
        return yaml.safe_load(block)
    except (yaml.YAMLError, ValueError):  # an impossible date is no YAML error
        return None


def _obsidian(block: str) -> object:
    from vaulttool.markdown.yamlblock import read_block

    properties, problems = read_block(block, "", 1)
    return None if problems else {item.key: item.value for item in properties}
