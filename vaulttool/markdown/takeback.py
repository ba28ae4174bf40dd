"""Taking a change back in a text that has changed since.

The three-way merge of `merge.py` wants an untouched line between two changes. Where somebody
wrote right below the tool's lines it has none, though these stand there as they were written.
So they are looked for, as `git apply -R` does it, and what stood there before takes their
place. Everything else stays.

It is never a guess. All places in which the lines stand together have to give one and the same
text. Lines that say nothing (empty ones), or that stand elsewhere in the text as well, say
nothing about their place: it counts only if every way to compare the texts gives it.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypeAlias

from vaulttool.markdown.dueblock import find_blocks
from vaulttool.markdown.edit import BYTE_ORDER_MARK, line_ending, replace_lines, split_lines
from vaulttool.markdown.merge import LINE, kept_lines, merge

if TYPE_CHECKING:
    from collections.abc import Iterator

Lines: TypeAlias = list[str]
Hunk: TypeAlias = tuple[int, int, Lines]
"""Lines of a text, from the first up to another, and what takes their place."""

# Stands after a last line that has no ending; the line itself is given one. So a line is the
# same before and after something was added below it, as in a diff. No line is empty.
_NO_ENDING = ""


def take_back(before: str, after: str, current: str) -> str | None:
    """Take the change from `before` to `after` out of what has become of the text since.

    None where its lines are no longer there as they were written, or their place is in doubt.
    """
    taken = _replaced(*map(_lines, (before, after, current)))
    if taken is None:
        return merge(after, before, current)  # somebody may have taken part of it back already
    mark = BYTE_ORDER_MARK if current.startswith(BYTE_ORDER_MARK) else ""
    return mark + _text(taken)


def _replaced(old: Lines, new: Lines, lines: Lines) -> Lines | None:
    """The lines with each hunk of the change replaced by what it was before."""
    edits: list[Hunk] = []
    for ways in _hunks(new, old):
        # An empty line at an edge is soon written on: without it, the rest is sure enough.
        found = _standing(new, lines, ways)
        if found == []:
            found = _standing(new, lines, [_without_empty_edges(new, hunk) for hunk in ways])
        if not found or len({_edited(lines, edit) for edit in found}) > 1:
            return None
        edits.append(found[0])
    edits.sort(reverse=True)
    if any(above[1] > below[0] for below, above in pairwise(edits)):
        return None
    for edit in edits:
        lines = [*_edited(lines, edit)]
    return lines


def take_back_note(after: str, current: str) -> str | None:
    """Take the text of a note that the tool made out of what has become of it since.

    Gives "" where nothing of anybody else's is in it. Else the lines of the template are what
    her words hang on: only the due block goes.
    """
    for frame in (_without_block(after), ""):
        left = None if frame is None else take_back(frame, after, current)
        if left is not None:
            hers = Counter(_lines(left)) - Counter(_lines(frame or ""))
            return left if any(line.strip() for line in hers) else ""
    return None


def _without_block(text: str) -> str | None:
    """The text without its due block and the heading of that; None where it has no block."""
    lines = split_lines(text)
    block = next(iter(find_blocks(lines)), None)
    if block is None:
        return None
    start = block.start
    if start and lines[start - 1].startswith("#"):
        start -= 1
        start -= bool(start) and not lines[start - 1]
    return replace_lines(text, start, block.end, [])


# --- The change ---


def _hunks(new: Lines, old: Lines) -> Iterator[list[Hunk]]:
    """The places in which two texts differ, each in all the ways in which it can be told.

    Of `a` put before another `a`, either may be the one that is new.
    """
    kept = kept_lines(new, old) or {}
    i = k = 0
    for j, m in [*sorted(kept.items()), (len(new), len(old))]:
        if new[i:j] != old[k:m]:
            yield _ways(new[i:j], old[k:m], i)
        i, k = j + 1, m + 1


def _ways(new: Lines, old: Lines, at: int) -> list[Hunk]:
    """Leave out as many equal lines as possible, at the beginning and at the end."""
    first, last = _equal(new, old), _equal(new[::-1], old[::-1])
    both = min(first + last, len(new), len(old))
    return [
        (at + start, at + len(new) - (both - start), old[start : len(old) - (both - start)])
        for start in range(both - last, first + 1)
    ]


def _without_empty_edges(new: Lines, hunk: Hunk) -> Hunk:
    start, end, put = hunk
    said = [row for row in range(start, end) if new[row].strip()]
    return (said[0], said[-1] + 1, put) if said else hunk


def _equal(one: Lines, other: Lines) -> int:
    """How many lines are equal from the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# --- Where it stands now ---


def _standing(new: Lines, lines: Lines, ways: list[Hunk]) -> list[Hunk] | None:
    """Where the lines of a hunk, told in some ways, stand now; None if that is in doubt."""
    found = [_places(new, lines, hunk) for hunk in ways]
    return None if None in found else [edit for edits in found for edit in edits or ()]


def _places(new: Lines, lines: Lines, hunk: Hunk) -> list[Hunk] | None:
    """Where the lines of a hunk, told in one way, stand now."""
    start, end, put = hunk
    wanted = new[start:end]
    places = _find(wanted, lines)
    if not any(line.strip() for line in wanted) or len(_find(wanted, new)) > 1:
        # Where there is nothing to be found, the two lines between which it stood are.
        rows = range(start, end) if wanted else range(start - 1, start + 1)
        kept = {-1: -1, **(kept_lines(new, lines) or {}), len(new): len(lines)}
        if not all(row in kept for row in rows):
            return None if places else []
        stands = kept[rows[-1]] - kept[rows[0]] == len(rows) - 1
        places = [kept[start]] if stands else []
    return [(place, place + len(wanted), put) for place in places]


def _find(wanted: Lines, lines: Lines) -> list[int]:
    size = len(wanted)
    starts = range(len(lines) - size + 1)
    return [place for place in starts if lines[place : place + size] == wanted]


def _edited(lines: Lines, edit: Hunk) -> tuple[str, ...]:
    start, end, put = edit
    return (*lines[:start], *put, *lines[end:])


# --- Lines ---


def _lines(text: str) -> Lines:
    lines = LINE.findall(text.removeprefix(BYTE_ORDER_MARK))
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1:] = [lines[-1] + line_ending(text), _NO_ENDING]
    return lines


def _text(lines: Lines) -> str:
    text = "".join(lines)
    if lines and lines[-1] == _NO_ENDING:
        return text.removesuffix("\n").removesuffix("\r")
    return text
