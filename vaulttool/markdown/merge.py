"""Three-way merge of texts by lines: two people changed one note, and both changes stay.

Somebody saves a note while the tool writes it: the base is what the tool read. A change is
taken back in a note that has changed since: the base is the text after that change, and one
of the sides is the text before it.

The rule is that of diff3, as `git merge-file` follows it: two changes go together where at
least one line stands between them that neither side touched; else they conflict, unless they
are equal. (Khanna, Kunal and Pierce, “A formal investigation of diff3”, 2007.) There are three
differences from git:

- Where lines are repeated, a text does not tell which of them were added or removed: an empty
  line before another, one of two equal tasks. git takes one of the possible answers. Here a
  line is untouched only if it is so in all of them, and what lies between such lines is one
  change. So the result is never one of several that were possible; at worst there is none.
- A lone carriage return ends a line.
- Texts that differ very much are not merged.
"""

from __future__ import annotations

import re

# The ends of lines are those of `edit.py`, each a part of its line. So a line that loses its
# ending is a changed line. Neighbours in the result are neighbours in one of the sides, or in
# both: nothing is ever put behind a line that has no ending.
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

# Time and memory grow with the square of this. Texts that differ in more lines (those that
# stand in only one of them are not counted) are hardly two states of one note. Up to here git
# looks for the smallest difference, too; further on it may stop at a greater one, and see a
# conflict where there is none (xdiff/xdiffi.c: XDL_MAX_COST_MIN, from either end of the texts).
MAX_DIFFERENCE = 500


def merge(base: str, ours: str, theirs: str) -> str | None:
    """The text with what both sides changed in the base, or None if the changes conflict.

    It is the same text when the sides change places.
    """
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    old, our, their = (LINE.findall(text) for text in (base, ours, theirs))
    kept_by_us, kept_by_them = kept_lines(old, our), kept_lines(old, their)
    if kept_by_us is None or kept_by_them is None:
        return None
    untouched = sorted(kept_by_us.keys() & kept_by_them.keys())
    places = [(line, kept_by_us[line], kept_by_them[line]) for line in untouched]
    merged: list[str] = []
    x = y = z = 0
    for i, j, k in [*places, (len(old), len(our), len(their))]:
        chosen = _choose(old[x:i], our[y:j], their[z:k])
        if chosen is None:
            return None
        merged += chosen + old[i : i + 1]
        x, y, z = i + 1, j + 1, k + 1
    return "".join(merged)


def _choose(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """What becomes of lines that have an untouched line, or nothing, on either end."""
    if ours in (base, theirs):
        return theirs
    return ours if theirs == base else None


def kept_lines(base: list[str], side: list[str]) -> dict[int, int] | None:
    """The lines of the base that a side certainly kept, each with its place in the side.

    Of all ways to pair the most lines, one pairs as early as it can in one text, one in the
    other, and the rest lie between: what these two have in common, all have. None if the texts
    differ too much.
    """
    # A line that only one text has is in no pair. Left out, a pasted page costs nothing.
    shared = set(base) & set(side)
    rows = [row for row, line in enumerate(base) if line in shared]
    columns = [column for column, line in enumerate(side) if line in shared]
    a, b = [base[row] for row in rows], [side[column] for column in columns]
    one, other = _pairs(a, b), _pairs(b, a)
    if one is None or other is None:
        return None
    return {rows[x]: columns[y] for x, y in one if (y, x) in other}


def _pairs(a: list[str], b: list[str]) -> set[tuple[int, int]] | None:
    """The most equal lines in the same order, as early in `a` as possible."""
    reach = _reach(a, b)
    if reach is None:
        return None
    pairs = set()
    x, y, steps = len(a), len(b), len(reach) - 1
    while x or y:
        before = reach[steps - 1] if steps else {}
        if before.get(x - 1 - y, -2) >= x - 1:  # leaving out a line of `a` loses no pair
            x, steps = x - 1, steps - 1
        elif x and y and a[x - 1] == b[y - 1]:
            x, y = x - 1, y - 1
            pairs.add((x, y))
        else:
            y, steps = y - 1, steps - 1
    return pairs


def _reach(a: list[str], b: list[str]) -> list[dict[int, int]] | None:
    """How far one comes by leaving out lines: for 0, 1, 2… of them, up to the end of both.

    The first x lines of `a` and the first y of `b` are a point on the diagonal x - y; kept is
    the greatest x on each. All points before it on its diagonal take no more lines, too.
    (Myers, “An O(ND) difference algorithm and its variations”, 1986.)
    """
    reach: list[dict[int, int]] = []
    before: dict[int, int] = {}
    for steps in range(MAX_DIFFERENCE + 1):
        now = {}
        for diagonal in range(-steps, steps + 1, 2):
            x = max(before.get(diagonal - 1, -1) + 1, before.get(diagonal + 1, 0))
            while x < len(a) and x - diagonal < len(b) and a[x] == b[x - diagonal]:
                x += 1
            now[diagonal] = x
        reach.append(now)
        if now.get(len(a) - len(b), -1) >= len(a):
            return reach
        before = now
    return None
