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
    from collections.abc import Iterator, Mapping, Sequence

    from vaulttool.index import Snapshot
    from vaulttool.message import Message
    from vaulttool.model import Link

_UNFILLED = ("{{", "<%")
_SHOWN = 3  # names in a message


def find_doubts(snapshot: Snapshot) -> Iterator[Problem]:
    """Find the links and names that are doubtful, in no order."""
    aliases = notes_by_alias(snapshot)
    for path in snapshot.targets:
        yield from _link_doubts(path, snapshot, aliases)
    yield from _name_doubts(snapshot)


def notes_by_alias(snapshot: Snapshot) -> dict[str, list[str]]:
    """The notes that have each alias."""
    found: dict[str, list[str]] = {}
    for path, note in snapshot.notes.items():
        for item in note.properties:
            if fold(item.key) in ("aliases", "alias"):
                for alias in alias_texts(item):
                    found.setdefault(fold(alias), []).append(path)
    return found


def meant_by_alias(
    link: Link, source: str, snapshot: Snapshot, aliases: Mapping[str, Sequence[str]]
) -> str | None:
    """The target that leads where a link by an alias was meant to; None where none is meant.

    Of several notes with the alias, the last; `one_is_meant` tells whether there is one.
    """
    named = aliases.get(fold(link.target.removesuffix(".md")))
    if link.exact or not named:
        return None
    name = named[-1].removesuffix(".md")
    title = name.rpartition("/")[2]
    return title if answers(title, source, snapshot.files) == (named[-1],) else name


def one_is_meant(link: Link, aliases: Mapping[str, Sequence[str]]) -> bool:
    """Whether the alias that a link names is that of one note, so that the link can be mended."""
    named = set(aliases.get(fold(link.target.removesuffix(".md")), ()))
    is_note = link.kind != "markdown" or link.target.endswith(".md")
    return is_note and len(named) == 1


def _link_doubts(
    path: str, snapshot: Snapshot, aliases: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    for link, resolved in snapshot.links_of(path):
        if any(sign in link.target for sign in _UNFILLED):
            continue
        if resolved is None:
            better = meant_by_alias(link, path, snapshot, aliases)
            fixable = better is not None and one_is_meant(link, aliases)
            message = _unresolved(link, better)
            yield Problem("unresolved-link", "info", path, link.line, message, fixable)
            continue
        equal = () if link.exact else answers(link.target, path, snapshot.files)
        if len(equal) > 1:
            message = msg(
                "“{target}” may be any of {paths}: Obsidian takes one of them at random,"
                " the tool the first; write the whole path",
                target=link.target, paths=_several(equal),
            )  # fmt: skip
            yield Problem("ambiguous-link", "warning", path, link.line, message)


def _unresolved(link: Link, better: str | None) -> Message:
    if link.exact:
        return msg("“{target}” is no file; a canvas names a file by its whole path",
            target=link.target)  # fmt: skip
    if better is None:
        return msg("“{target}” leads nowhere: there is no such note or file", target=link.target)
    return msg(
        "“{target}” is an alias, and leads nowhere: write {better}",
        target=link.target, better=f"[[{better}|{link.target.removesuffix('.md')}]]",
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
