"""Properties: where Obsidian sees a note's YAML block, and what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.markdown.scanyaml import scan_properties
from vaulttool.message import msg
from vaulttool.model import Problem

if TYPE_CHECKING:
    from vaulttool.model import Property

_OPEN = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_KEY_LINE = re.compile(r"[^\s:#\-][^:\n]*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Split:
    """A note's text, divided at its YAML block."""

    block: str | None  # None: the note has none; "" for `---` twice
    block_line: int  # the line on which the block's text begins
    body: str
    body_line: int  # the line on which the body begins


def split(text: str) -> Split:
    """Divide a note as Obsidian does.

    The block begins with `---` on the very first line (after a BOM, if any) and ends
    at the next line that is `---`, spaces after it allowed. Anything else is body.
    """
    opening = _OPEN.match(text)
    if opening and (closing := _CLOSE.search(text, opening.end())):
        block = text[opening.end() : closing.start()]
        end = closing.end() + 1  # past the newline
        return Split(block, 2, text[end:], text.count("\n", 0, end) + 1)
    return Split(None, 1, text.removeprefix("\ufeff"), 1)


def read_properties(
    text: str, path: str
) -> tuple[tuple[Property, ...], tuple[Problem, ...], str, int]:
    """Read a note's properties; also return its body and the line where that begins.

    A block that is no mapping (two horizontal rules round a paragraph) is body text,
    with a problem that says so: that reading loses nothing.
    """
    parts = split(text)
    if parts.block is None:
        return (), _unclosed(text, path), parts.body, parts.body_line
    scanned = scan_properties(parts.block, parts.block_line)
    if scanned is not None:
        return scanned, (), parts.body, parts.body_line
    # The parser is imported with the first block that needs it: in most vaults few do.
    from vaulttool.markdown.yamlblock import read_block

    properties, problems = read_block(parts.block, path, parts.block_line)
    if any(problem.code == "properties-no-mapping" for problem in problems):
        return (), problems, text.removeprefix("\ufeff"), 1
    return properties, problems, parts.body, parts.body_line


def _unclosed(text: str, path: str) -> tuple[Problem, ...]:
    """Warn of a block that was begun and never ended."""
    opening = _OPEN.match(text)
    if opening and _KEY_LINE.match(text, opening.end()):
        message = msg("the properties begin with --- and no second --- ends them")
        return (Problem("unclosed-properties", "warning", path, 1, message),)
    return ()
