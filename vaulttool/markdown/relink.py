"""Rewriting links: another target in the place of the old one, and nothing else.

Everything round the target stays: `!`, the subpath, the display text, the escaped bar of a
table, spaces, `<>` round a Markdown link's destination, the quotation marks of a property.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from vaulttool.markdown.edit import splice
from vaulttool.markdown.entries import read_entries, refused
from vaulttool.markdown.note import read_note, title_of
from vaulttool.markdown.places import Places
from vaulttool.markdown.scalars import reads_as, write_value
from vaulttool.markdown.wikilink import whole_wikilink
from vaulttool.message import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vaulttool.errors import RefusedError
    from vaulttool.markdown.edit import Splice
    from vaulttool.markdown.entries import Entry
    from vaulttool.markdown.yamlplaces import Node
    from vaulttool.model import Link, Note

Rewrite: TypeAlias = "Callable[[Link], str | None]"
"""Gives a link's new target as it is to be read, for a Markdown link with `.md` if it had
that; None leaves the link alone."""

_ANGLE = re.compile(r"<((?:\\.|[^<>\\\n])*)>")
_UNSAFE = re.compile(r"[%#<>\\:\x00-\x1f\x7f]|&(?=[#\w]+;)")
_UNSAFE_BARE = re.compile(r"[\s()]")
_BALANCED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*\Z")
_ENCODED_LETTER = re.compile(r"%[89A-Fa-f]")


def rewrite_links(
    text: str, rewrite: Rewrite, *, titles: bool = False, keep_shown: bool = False
) -> str:
    """Give links of a note other targets; the same text where none changes.

    With `titles`, a display text that is the title of the old target becomes the title of
    the new one, as when Obsidian renames a note. With `keep_shown`, a wikilink without one
    gets what it showed before. Raises `RefusedError` where a link would
    not be read back as it is meant.
    """
    note = read_note("", text)
    wanted = [
        _wanted(link, rewrite(link), titles=titles, keep_shown=keep_shown) for link in note.links
    ]
    if wanted == [*note.links]:
        return text
    in_body = _body_edits(text, note, wanted)
    new = splice(text, [*_property_edits(text, note, wanted), *in_body])
    found = read_note("", new).links
    for one, other in zip(wanted, found, strict=False):
        if _read(one) != _read(other):
            raise _unfit(one)
    if len(found) != len(wanted):
        raise _unfit(wanted[0])
    return new


def _wanted(link: Link, target: str | None, *, titles: bool, keep_shown: bool) -> Link:
    """The link as it shall be read; it keeps the place of the old one."""
    if target is None or target == link.target:
        return link
    display = link.display
    if titles and display == title_of(link.target):
        display = title_of(target)
    if keep_shown and display is None and not link.embed and link.kind != "markdown":
        display = " > ".join(part for part in (link.target, link.subpath) if part)
    return replace(link, target=target, display=display)


def _read(link: Link) -> Link:
    """What has to be read back: all but the place, and a label that holds links of its own."""
    label = link.display and "[[" in link.display
    return replace(link, start=0, end=0, display="" if label else link.display)


def _unfit(link: Link) -> RefusedError:
    return refused(link.line or 1, msg("no link can carry the name {name} here", name=link.target))


# --- In the body ---------------------------------------------------------------------------


def _body_edits(text: str, note: Note, wanted: Sequence[Link]) -> Iterator[Splice]:
    places = Places(text, note)
    for old, new in zip(note.links, wanted, strict=True):
        if new == old or old.kind == "property":
            continue
        start, last = places.find(old.passage, old.start), places.find(old.passage, old.end - 1)
        if start is None or last is None:
            raise _unfit(new)
        source = text[start : last + 1]
        bar = "\\|" if note.passages[old.passage].kind == "cell" else "|"
        is_wikilink = old.kind == "wikilink"
        edits = (
            _wikilink(source, old, new, bar) if is_wikilink else _markdown_link(source, old, new)
        )
        for at, end, written in edits:
            yield start + at, start + end, written


def _wikilink(source: str, old: Link, new: Link, new_bar: str = "|") -> Iterator[Splice]:
    """Put another target, and display text, into `[[...]]` with whatever stands round it."""
    start, end = source.find("[[") + 2, source.rfind("]]")
    bar = source.find("|", start + 1, end)
    path = source[start : bar if bar >= 0 else end].removesuffix("\\").partition("#")[0]
    at = start + len(path) - len(path.lstrip())
    yield at, at + len(path.strip()), new.target
    if bar >= 0 and new.display != old.display:
        yield bar + 1, end, new.display or ""
    elif new.display != old.display:
        yield end, end, f"{new_bar}{new.display}"


def _markdown_link(source: str, old: Link, new: Link) -> Iterator[Splice]:
    """Put another destination, and text, into `[text](destination)`."""
    middle = source.rfind("](")
    at = middle + 2
    at += len(source[at:]) - len(source[at:].lstrip())
    if angle := _ANGLE.match(source, at):
        path = angle[1].partition("#")[0]
        yield at + 1, at + 1 + len(path), _encoded(new.target, path, bare=False)
    else:
        path = source[at : _bare_end(source, at)].partition("#")[0]
        yield at, at + len(path), _encoded(new.target, path, bare=True)
    if new.display != old.display:
        yield source.find("[") + 1, middle, new.display or ""


def _bare_end(source: str, at: int) -> int:
    """Where a destination without `<>` ends: at a space, or a bracket that it did not open."""
    depth = 0
    while at < len(source) and not source[at].isspace():
        depth += {"(": 1, ")": -1}.get(source[at], 0)
        if depth < 0:
            break
        at += 2 if source[at] == "\\" else 1
    return at


def _encoded(target: str, old: str, *, bare: bool) -> str:
    """Percent-encode what a destination cannot hold; all letters but ASCII where the old did."""
    encoded = _UNSAFE.sub(_percent, target)
    if bare:
        keep = "()" if _BALANCED.match(encoded) else ""
        encoded = _UNSAFE_BARE.sub(lambda it: it[0] if it[0] in keep else _percent(it), encoded)
    if _ENCODED_LETTER.search(old):
        encoded = re.sub(r"[^\x00-\x7f]", _percent, encoded)
    return encoded


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


# --- In the properties ---------------------------------------------------------------------


def _property_edits(text: str, note: Note, wanted: Sequence[Link]) -> Iterator[Splice]:
    pairs = [
        (old, new)
        for old, new in zip(note.links, wanted, strict=True)
        if old.kind == "property"
    ]  # fmt: skip
    if all(old == new for old, new in pairs):
        return
    block = read_entries(text)
    places = [place for entry in (block.entries if block else ()) for place in _places(entry)]
    for (old, new), (node, value, in_brackets) in zip(pairs, places, strict=True):
        if new != old and node.kind != "alias":  # an alias follows what it stands for
            whole = splice(value, _wikilink(value, old, new))
            source = text[node.start : node.end]
            written = splice(source, _wikilink(source, old, new))
            if not reads_as(written, whole, flow=in_brackets):
                if source[0] in "!&|>":
                    raise _unfit(new)
                written = write_value(whole, node.style, flow=in_brackets)
            yield node.start, node.end, written


def _places(entry: Entry) -> Iterator[tuple[Node, str, bool]]:
    """The values of a property that are links: place, text, whether in a list in brackets."""
    value, node = entry.property.value, entry.value
    values = value if isinstance(value, list) else [value]
    nodes = node.items if node.kind == "list" else (node,) * len(values)
    for one, text in zip(nodes, values, strict=True):
        if isinstance(text, str) and whole_wikilink(text):
            yield one, text, node.kind == "list" and node.style == "["
