"""What `vault check --fix` mends in a note: edits that leave no doubt, and nothing beside them."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from vaulttool.checks import meant_by_alias, one_is_meant
from vaulttool.errors import RefusedError
from vaulttool.locale import fold
from vaulttool.markdown.edit import line_starts, splice, split_lines
from vaulttool.markdown.entries import read_entries
from vaulttool.markdown.note import read_note
from vaulttool.markdown.properties import set_property
from vaulttool.markdown.relink import rewrite_links
from vaulttool.markdown.values import unquoted_links
from vaulttool.people.doubts import OLD_NAMES, property_doubts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vaulttool.index import Snapshot
    from vaulttool.model import Link, Problem

_UNQUOTED = re.compile(
    r"""(?P<before>\s*(?:-[ ]+)?(?:[^\s:"'#\[-][^:]*:[ \t]+)?)"""
    r"""(?P<link>\[\[[^\[\]"\\]+\]\])(?P<after>[ \t]*(?:[ \t]#.*)?)\Z"""
)


def mend(
    text: str,
    problems: Sequence[Problem],
    snapshot: Snapshot,
    aliases: Mapping[str, Sequence[str]],
) -> tuple[str, list[Problem]]:
    """Mend one note's problems that are marked as fixable; also give those that are gone.

    An edit that is refused leaves the text as it is.
    """
    path = problems[0].path

    def links(before: str) -> str:
        return rewrite_links(before, rewrite, keep_shown=True)

    def rewrite(link: Link) -> str | None:
        if snapshot.resolve(link.target, path) is not None or not one_is_meant(link, aliases):
            return None
        better = meant_by_alias(link, path, snapshot, aliases)
        return f"{better}.md" if better and link.kind == "markdown" else better

    fixable = [problem for problem in problems if problem.fixable]
    steps: dict[str, Callable[[str], str]] = {
        "doubtful-link": quoted_links,
        "ignored-property": read_by_obsidian,
        "unresolved-link": links,
    }
    done: set[str] = set()
    for code, step in steps.items():
        if any(problem.code == code for problem in fixable):
            with contextlib.suppress(RefusedError):
                changed = step(text)
                done |= {code} if changed != text else set()
                text = changed
    after = read_note(path, text)
    left = {
        (doubt.code, doubt.line, repr(doubt.message))
        for item in after.properties
        for doubt in property_doubts(after, item, snapshot.settings)
    }
    gone = (one for one in fixable if one.code in done)
    return text, [one for one in gone if (one.code, one.line, repr(one.message)) not in left]


def quoted_links(text: str) -> str:
    """Put quotes round the links of properties that YAML takes for lists."""
    note = read_note("", text)
    wanted = [line for item in note.properties for line in unquoted_links(item)]
    lines, starts = split_lines(text), line_starts(text)
    edits = []
    for line in wanted:
        found = _UNQUOTED.match(lines[line - 1])
        if found:
            at, end = (starts[line - 1] + place for place in found.span("link"))
            edits.append((at, end, f'"{found["link"]}"'))
    changed = splice(text, edits)
    after = read_note("", changed)
    kept = [item.key for item in note.properties] == [item.key for item in after.properties]
    left = sum(1 for item in after.properties for _line in unquoted_links(item))
    return changed if kept and left == len(wanted) - len(edits) else text


def read_by_obsidian(text: str) -> str:
    """Give properties the names and the form that Obsidian reads: `tag: a, b` as `tags`, a list."""
    block = read_entries(text)
    keys = [fold(entry.property.key) for entry in block.entries] if block else []
    edits = [
        (entry.key.start, entry.key.end, OLD_NAMES[key])
        for entry, key in zip(block.entries if block else (), keys, strict=True)
        if key in OLD_NAMES and OLD_NAMES[key] not in keys and keys.count(key) == 1
    ]
    text = splice(text, edits)
    for item in read_note("", text).properties:
        if fold(item.key) == "tags" and isinstance(item.value, str):
            tags = item.value.replace(",", " ").split()
            if len(tags) > 1:
                text = set_property(text, item.key, tags)
    return text
