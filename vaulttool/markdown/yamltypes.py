"""The types that YAML 1.2 gives to what stands in no quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaulttool.model import Value

# YAML 1.2.2, section 10.3.2: the core schema's tag resolution.
_WORDS: dict[str, Value] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
_INT = re.compile(r"[-+]?[0-9]{1,300}\Z")
_OCTAL = re.compile(r"0o([0-7]{1,300})\Z")
_HEX = re.compile(r"0x([0-9a-fA-F]{1,300})\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_EXACT = 2**53  # beyond it not every whole number is a float
_INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)\Z")
_NAN = re.compile(r"\.(?:nan|NaN|NAN)\Z")


def resolve_plain(text: str) -> Value:
    """Give an unquoted scalar the type that YAML 1.2 core gives it."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-+.0123456789":
        return text
    if _INT.match(text):
        return int(text)
    if found := _OCTAL.match(text):
        return int(found[1], 8)
    if found := _HEX.match(text):
        return int(found[1], 16)
    if _FLOAT.match(text):
        number = float(text)
        # JavaScript has one kind of number, and prints 45.0 as 45.
        return int(number) if number.is_integer() and abs(number) < _EXACT else number
    if found := _INFINITE.match(text):
        return float(found[1] + "inf")
    return float("nan") if _NAN.match(text) else text
