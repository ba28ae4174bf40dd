"""A canvas (`.canvas`): its text to the links in it.

Source: the JSON Canvas specification 1.0. A file card names a path from the top of the
vault; a text card holds Markdown, read like a note. Nothing is ever written back.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vaulttool.markdown.body import Body, read_body
from vaulttool.message import msg
from vaulttool.model import Link, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_canvas(path: str, text: str) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """Read the links of a canvas; one that is no JSON has none, and that is a problem."""
    if not text.strip():  # as Obsidian makes a new one
        return (), ()
    try:
        canvas = json.loads(text.removeprefix("\ufeff"), parse_int=float, parse_constant=_no_json)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        message = msg("the canvas is not valid JSON; its links are not read")
        return (), (Problem("bad-canvas", "warning", path, line, message),)
    nodes = canvas.get("nodes", []) if isinstance(canvas, dict) else None
    if not isinstance(nodes, list):
        message = msg("the file holds no cards of a canvas; its links are not read")
        return (), (Problem("bad-canvas", "warning", path, None, message),)
    cards = [node for node in nodes if isinstance(node, dict)]
    links: list[Link] = []
    problems: list[Problem] = []
    for card in cards:
        in_text = _text_card(card)
        links += [*_file_links(card), *map(_of_canvas, in_text.links)]
        problems += [replace(one, path=path, line=None) for one in in_text.problems]
    return tuple(links), tuple(problems)


def _no_json(constant: str) -> None:
    """Refuse `NaN` and its like, which only Python takes for JSON."""
    raise ValueError(constant)


def _text_card(card: dict[str, Any]) -> Body:
    match card:
        case {"type": "text", "text": str(text)}:
            return read_body(text)
    return Body()


def _of_canvas(link: Link) -> Link:
    return replace(link, kind="canvas", line=None, passage=-1, start=0, end=0)


def _file_links(card: dict[str, Any]) -> Iterator[Link]:
    match card:
        case {"type": "file", "file": str(file)} if file:
            subpath = card.get("subpath")
            yield _file_link(file, subpath if isinstance(subpath, str) else "")
        case {"type": "group", "background": str(file)} if file:
            yield _file_link(file, "")


def _file_link(file: str, subpath: str) -> Link:
    after_hash = subpath.removeprefix("#") or None
    return Link("canvas", None, file, after_hash, embed=True, exact=True)
