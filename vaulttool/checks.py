"""Links that lead nowhere or to one of several files, and names that stand twice.

All was read, so nothing here stops a command; `vault check` lists it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.markdown.values import alias_texts
from vaulttool.message import msg
from vaulttool.model import Problem
from vaulttool.resolve import answers, path_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaulttool.index import Snapshot
    from vaulttool.message import Message
    from vaulttool.model import Link

_UNFILLED = ("{{", "<%")
_SHOWN = 3  # names in a message


def find_doubts(snapshot: Snapshot) -> Iterator[Problem]:
    """Find the links and names that are doubtful, in no order."""
    aliases = _aliases(snapshot)
    for path in snapshot.targets:
        yield from _link_doubts(path, snapshot, aliases)
    yield from _name_doubts(snapshot)


def _aliases(snapshot: Snapshot) -> dict[str, str]:
    """The notes by their aliases."""
    return {
        fold(alias): path
        for path, note in snapshot.notes.items()
        for item in note.properties
        if fold(item.key) in ("aliases", "alias")
        for alias in alias_texts(item)
    }


def _link_doubts(path: str, snapshot: Snapshot, aliases: Mapping[str, str]) -> Iterator[Problem]:
    for link, resolved in snapshot.links_of(path):
        if any(sign in link.target for sign in _UNFILLED):
            continue
        if resolved is None:
            message = _unresolved(link, path, snapshot, aliases)
            yield Problem("unresolved-link", "info", path, link.line, message)
            continue
        equal = () if link.exact else answers(link.target, path, snapshot.files)
        if len(equal) > 1:
            message = msg(
                "“{target}” may be any of {paths}: Obsidian takes one of them at random,"
                " the tool the first; write the whole path",
                target=link.target, paths=_several(equal),
            )  # fmt: skip
            yield Problem("ambiguous-link", "warning", path, link.line, message)


def _unresolved(link: Link, source: str, snapshot: Snapshot, aliases: Mapping[str, str]) -> Message:
    alias = link.target.removesuffix(".md")
    named = aliases.get(fold(alias))
    if link.exact:
        return msg("“{target}” is no file; a canvas names a file by its whole path",
            target=link.target)  # fmt: skip
    if named is None:
        return msg("“{target}” leads nowhere: there is no such note or file", target=link.target)
    name = named.removesuffix(".md")
    title = name.rpartition("/")[2]
    found = answers(title, source, snapshot.files)
    better = f"[[{title if found == (named,) else name}|{alias}]]"
    return msg(
        "“{target}” is an alias, and leads nowhere: write {better}",
        target=link.target, better=better,
    )  # fmt: skip


def _name_doubts(snapshot: Snapshot) -> Iterator[Problem]:
    for paths in snapshot.files.by_path.values():
        for path in paths[1:]:
            message = msg(
                "is told from {other} by nothing but case or the form of its accents:"
                " other systems cannot keep both",
                other=paths[0],
            )
            yield Problem("case-twin", "warning", path, None, message)
    for ending, paths in snapshot.files.by_ending.items():
        if "/" in ending:
            continue  # of two parts: the names alone say it already
        notes = [path for path in paths if path in snapshot.notes]
        for path in notes[1:]:
            if path_key(path) == path_key(notes[0]):
                continue  # twins are told of as such
            message = msg(
                "has the name of {other}; a link by the name alone finds one of them",
                other=notes[0],
            )
            yield Problem("duplicate-name", "info", path, None, message)


def _several(paths: tuple[str, ...]) -> str:
    return ", ".join(paths[:_SHOWN]) + (", …" if len(paths) > _SHOWN else "")
