"""Merging three texts: by cases, by the real git, and by what must hold for all texts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from tests.conftest import clean_environment
from tests.table import cases
from vaulttool.markdown.merge import MAX_DIFFERENCE, kept_lines, merge

if TYPE_CHECKING:
    from collections.abc import Callable

# How many more examples than usual: VAULT_TEST_SCALE=100 makes the long run.
many = settings(max_examples=200 * int(os.environ.get("VAULT_TEST_SCALE", "1")))

Texts: TypeAlias = tuple[str, str, str]
Edit: TypeAlias = tuple[int, int, list[str]]


# By cases. In the table, `^M` is a carriage return, and a line that ends in a backslash has no
# newline.


def read_text(shown: str) -> str:
    ended = "".join(f"{line}\n" for line in shown.split("\n")) if shown else ""
    return ended.replace("\\\n", "").replace("^M", "\r").replace("<BOM>", "\ufeff")


def read_sections(shown: str) -> Texts:
    match = re.fullmatch(r"=== base\n(.*)=== ours\n(.*)=== theirs\n(.*)", f"{shown}\n", re.DOTALL)
    assert match
    base, ours, theirs = (read_text(part.removesuffix("\n")) for part in match.groups())
    return base, ours, theirs


@cases("merge")
def test_merging(given: str, expected: str) -> None:
    base, ours, theirs = read_sections(given)
    wanted = None if expected == "(conflict)" else read_text(expected)
    assert merge(base, ours, theirs) == wanted
    assert merge(base, theirs, ours) == wanted


def test_only_line_feeds_and_carriage_returns_end_lines() -> None:
    for mark in "\u2028\x85\x0b\x0c\x1e":
        line = f"a{mark}b{mark}c\n"
        assert merge(line, line.replace("a", "A"), line.replace("c", "C")) is None


# Texts. Lines are often equal, so that it is often doubtful which one was added or removed.

LINE = st.sampled_from(["a\n", "b\n", "\n", "- [ ] a\n", "- [x] a\n", "a\r\n"])
ODD_LINE = st.one_of(LINE, st.sampled_from(["a\r", "\r", "\r\n", "\ufeffa\n", "é\u2028\n"]))


def edits_of(line: st.SearchStrategy[str]) -> st.SearchStrategy[list[Edit]]:
    """An edit or two: from which line on, how many lines are removed, what is put there."""
    edit = st.tuples(st.integers(0, 16), st.integers(0, 2), st.lists(line, max_size=2))
    return st.lists(edit, min_size=1, max_size=2)


def edited(lines: list[str], edits: list[Edit]) -> list[str]:
    new = list(lines)
    for start, removed, added in edits:
        new[start : start + removed] = added
    return new


@st.composite
def texts(draw: st.DrawFn, line: st.SearchStrategy[str] = ODD_LINE) -> Texts:
    """A base, and two texts edited from it; a last line may be without its ending."""
    base = draw(st.one_of(st.lists(line, max_size=4), st.lists(line, min_size=10, max_size=16)))
    sides = [edited(base, draw(edits_of(line))) for _ in range(2)]
    cuts = [draw(st.sampled_from([*[""] * 6, "\n", "\r\n"])) for _ in range(3)]
    three = [
        "".join(lines).removesuffix(cut) for lines, cut in zip((base, *sides), cuts, strict=True)
    ]
    return three[0], three[1], three[2]


@st.composite
def texts_of_distinct_lines(draw: st.DrawFn) -> Texts:
    """Likewise, and no line stands twice in a text, or changes its place."""
    base = [f"{number}\n" for number in range(draw(st.integers(0, 12)))]
    sides = []
    for name in ("ours", "theirs"):
        side = []
        for number in range(len(base) + 1):
            # Mostly nothing is changed, or the merges would be nothing but conflicts.
            change = draw(st.sampled_from([*[""] * 15, "own", "same", "removed", "replaced"]))
            added = {"own": name, "replaced": name, "same": "both"}.get(change)
            side += [f"{added} {number}\n"] if added else []
            side += [] if change in {"removed", "replaced"} else base[number : number + 1]
        sides.append("".join(side))
    return "".join(base), sides[0], sides[1]


def lines_of(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text) if line]


def neighbours(text: str) -> set[tuple[str, str]]:
    return set(pairwise(["start", *lines_of(text), "end"]))


# By the real git.


@pytest.fixture(scope="module")
def git_merge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Texts], str | None]:
    """What `git merge-file` makes of three texts; None where it sees a conflict."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("merge")
    environ = clean_environment(os.environ, folder)
    command = ["git", "merge-file", "-p", "-q", "ours", "base", "theirs"]

    def run(three: Texts) -> str | None:
        for name, text in zip(("base", "ours", "theirs"), three, strict=True):
            (folder / name).write_bytes(text.encode())
        done = subprocess.run(command, check=False, cwd=folder, env=environ, capture_output=True)
        assert done.returncode < 128, done.stderr  # the number of conflicts, or an error
        return None if done.returncode else done.stdout.decode()

    return run


@many
@for_all(three=texts_of_distinct_lines())
def test_where_no_line_is_repeated_git_says_the_same(
    git_merge: Callable[[Texts], str | None], three: Texts
) -> None:
    assert merge(*three) == git_merge(three)


@many
@for_all(three=texts(LINE), more=st.sampled_from([0, 100]))
def test_where_lines_are_repeated_git_says_the_same_or_we_say_nothing(
    git_merge: Callable[[Texts], str | None], three: Texts, more: int
) -> None:
    # In longer texts git takes fewer short cuts.
    ahead = "".join(f"{number}\n" for number in range(more))
    three = (ahead + three[0], ahead + three[1], ahead + three[2])
    assert merge(*three) in {None, git_merge(three)}


# By what must hold for all texts.


@many
@for_all(texts())
def test_a_side_without_a_change_gives_way(three: Texts) -> None:
    base, ours, theirs = three
    assert merge(base, base, theirs) == theirs
    assert merge(base, ours, base) == ours
    assert merge(base, ours, ours) == ours


@many
@for_all(texts())
def test_the_sides_may_change_places(three: Texts) -> None:
    base, ours, theirs = three
    assert merge(base, ours, theirs) == merge(base, theirs, ours)


@many
@for_all(texts())
def test_lines_are_neighbours_only_where_they_are_in_a_side(three: Texts) -> None:
    """So no lines are glued, and none goes where nobody put it; a mark stays in front."""
    base, ours, theirs = three
    merged = merge(base, ours, theirs)
    if merged is not None:
        assert neighbours(merged) <= neighbours(ours) | neighbours(theirs)


@many
@for_all(texts_of_distinct_lines())
def test_every_line_that_is_added_or_kept_is_there_once_and_nothing_else(three: Texts) -> None:
    base, ours, theirs = map(lines_of, three)
    merged = merge(*three)
    if merged is None:
        return
    result = lines_of(merged)
    kept = [line for line in base if line in ours and line in theirs]
    added = {line for line in [*ours, *theirs] if line not in base}
    assert [line for line in result if line in base] == kept
    assert sorted(result) == sorted([*kept, *added])
    for side in (ours, theirs):
        assert [line for line in result if line in side] == [
            line for line in side if line in kept or line in added
        ]


@many
@for_all(texts(), texts())
def test_changes_before_and_after_a_line_that_stands_once_both_stay(
    heads: Texts, tails: Texts
) -> None:
    head, new_head, _third = heads
    tail, new_tail, _third = tails
    line = "\nthe line\n"
    merged = merge(head + line + tail, new_head + line + tail, head + line + new_tail)
    assert merged == new_head + line + new_tail


@many
@for_all(texts(), st.text("xyz \n", max_size=5))
def test_taking_a_change_back_keeps_what_was_added_elsewhere(three: Texts, note: str) -> None:
    rest, before, after = three
    for old, new in ((before, after), (after, before)):
        start, end = "\none\n", f"two\n{rest}"
        now = f"{new}{start}added {note}\n{end}"
        back = merge(new + start + end, old + start + end, now)
        assert back == f"{old}{start}added {note}\n{end}"


SHORT = st.lists(st.sampled_from("abc"), max_size=6)


@many
@for_all(SHORT, SHORT)
def test_a_line_is_kept_if_all_ways_to_pair_the_most_lines_pair_it(
    base: list[str], side: list[str]
) -> None:
    for size in range(min(len(base), len(side)), -1, -1):
        ways = [
            set(zip(rows, columns, strict=True))
            for rows in combinations(range(len(base)), size)
            for columns in combinations(range(len(side)), size)
            if all(base[x] == side[y] for x, y in zip(rows, columns, strict=True))
        ]
        if ways:
            break
    assert kept_lines(base, side) == dict(set.intersection(*ways))


# Long and hostile texts: an answer or a refusal, and soon.

LONG = [f"{number}\n" for number in range(10_000)]
EQUAL = ["- [ ] \n"] * 10_000
PAIRS = ["a\n", "b\n"] * 5_000


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        pytest.param(
            *(LONG, ["x\n", *LONG], LONG[:9_000] + LONG[9_001:]),
            ["x\n", *LONG[:9_000], *LONG[9_001:]],
            id="small changes",
        ),
        pytest.param(
            *(LONG, ["x\n"] * 9_000 + LONG, [*LONG, "y\n"]),
            ["x\n"] * 9_000 + [*LONG, "y\n"],
            id="a long text pasted",
        ),
        pytest.param(
            *(LONG, LONG[:9] + LONG[9_000:], [*LONG, "y\n"]),
            [*LONG[:9], *LONG[9_000:], "y\n"],
            id="a long text removed",
        ),
        pytest.param(EQUAL, EQUAL[1:], [*EQUAL, "x\n"], None, id="equal lines"),
        pytest.param(EQUAL, EQUAL[5_000:], ["x\n", *EQUAL], None, id="fewer equal lines"),
        pytest.param(PAIRS, PAIRS[1:], ["b\n", *PAIRS], None, id="alternating lines"),
        pytest.param(LONG, LONG[::-1], [*LONG, "x\n"], None, id="reversed"),
    ],
)
def test_long_texts(
    base: list[str], ours: list[str], theirs: list[str], merged: list[str] | None
) -> None:
    start = time.process_time()
    result = merge("".join(base), "".join(ours), "".join(theirs))
    assert time.process_time() - start < 3  # it takes a tenth of that; quadratic is minutes
    assert result == (None if merged is None else "".join(merged))


def test_texts_that_differ_too_much_are_refused_unless_only_one_side_changed() -> None:
    base = "0\n1\n2\n\n"
    theirs = "0\nnew\n1\n2\n\n"
    fits, too_much = ("\n" * more + base for more in (MAX_DIFFERENCE, MAX_DIFFERENCE + 1))
    assert merge(base, fits, theirs) == "\n" * MAX_DIFFERENCE + theirs
    assert merge(base, too_much, theirs) is None
    assert merge(base, too_much, base) == merge(base, base, too_much) == too_much
    assert merge(base, too_much, too_much) == too_much
