"""Why a block of properties is no valid YAML, in words that say what to do.

The parser's own words are English in every language, and speak of tokens.
"""

from __future__ import annotations

import re

from vaulttool.message import Message, msg

# What the parser says, in C or in Python, and what it means.
_REASONS = (
    ("mapping values are not allowed", msg("a text that holds “: ” must stand in quotes")),
    ("could not find expected ':'", msg("a line here is no name with a colon and a value")),
    ("sequence entries are not allowed", msg("a list begins on a line of its own")),
    (
        "did not find expected node content|expected the node content",
        msg("between brackets something is missing, or begins with a sign that needs quotes"),
    ),
    ("tab character", msg("a tab cannot indent")),
    ("unexpected end of stream", msg("a quotation mark is not closed")),
    (r"expected ',' or '[\]}]'", msg("a bracket is not closed")),
    (
        "cannot start any token",
        msg("a tab cannot indent, and a text that begins with a sign such as @ must stand in"
            " quotes"),
    ),
    (
        "did not find expected key|expected <block end>",
        msg("more stands here than the end of a value allows: put the whole text in quotes"),
    ),
    ("Unicode character escape", msg("an escape such as \\ud83d stands for no character")),
    (
        "unknown escape character",
        msg("between double quotes a backslash must be doubled; between single ones it need not"),
    ),
)  # fmt: skip


def yaml_reason(problem: str | None) -> Message | str:
    """Say what the parser's problem means; its own words where that is not known."""
    words = " ".join((problem or "unreadable character").split())
    for pattern, message in _REASONS:
        if re.search(pattern, words):
            return message
    return words
