"""Taking a change back in a text that has changed since: by cases, and for random texts."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field

import pytest
from hypothesis import assume, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.table import cases
from vaulttool.markdown.takeback import take_back, take_back_note

# How many more examples than usual: VAULT_TEST_SCALE=100 makes the long run.
many = settings(max_examples=300 * int(os.environ.get("VAULT_TEST_SCALE", "1")))


# By cases. In the table, `^M` is a carriage return, and a line that ends in a backslash has no
# newline.


def read_text(shown: str) -> str:
    return shown.replace("\\\n", "").replace("^M", "\r").replace("<BOM>", "\ufeff")


@cases("take_back")
def test_taking_back(given: str, expected: str) -> None:
    match = re.fullmatch(r"=== before\n(.*)=== after\n(.*)=== now\n(.*)", f"{given}\n", re.DOTALL)
    assert match
    wanted = None if expected == "(not)" else read_text(f"{expected}\n")
    assert take_back(*map(read_text, match.groups())) == wanted


# Random texts. A story is told in parts: what is hers, what is the tool's, and so on in turn.

SAID = st.sampled_from(["a\n", "b\n", "- [ ] a\n"])
LINE = st.one_of(SAID, st.just("\n"))  # often equal: it is doubtful which one was added


@dataclass
class Story:
    """Texts as lists of lines; an empty string follows a last line without an ending."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)

    def hers(self, old: list[str], new: list[str]) -> None:
        self.before += old
        self.after += old
        self.now += new
        self.wanted += new

    def tools(self, old: list[str], new: list[str]) -> None:
        self.before += old
        self.after += new
        self.now += new
        self.wanted += old

    @property
    def texts(self) -> tuple[str, str, str]:
        return text_of(self.before), text_of(self.after), text_of(self.now)


def text_of(lines: list[str]) -> str:
    text = "".join(lines)
    return text[:-1] if lines and not lines[-1] else text


@st.composite
def her_edit(
    draw: st.DrawFn, lines: st.SearchStrategy[str], size: int = 0
) -> tuple[list[str], list[str]]:
    """Some lines, and what she makes of them."""
    old = draw(st.lists(LINE, min_size=size, max_size=4))
    new = list(old)
    for _ in range(draw(st.integers(0, 2))):
        start, removed = draw(st.integers(0, 4)), draw(st.integers(0, 2))
        new[start : start + removed] = draw(st.lists(lines, max_size=2))
    return old, new


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """The tool puts a line that nobody else writes, and empty ones, or replaces others by them."""
    story = Story()
    story.hers(*draw(her_edit(LINE)))
    for number in range(draw(st.integers(1, 2))):
        if number:
            story.hers(*draw(her_edit(LINE, size=1)))
        empty = [st.lists(st.just("\n"), max_size=2) for _ in range(2)]
        story.tools(draw(st.lists(SAID, max_size=2)),
            [*draw(empty[0]), f"tool {number}\n", *draw(empty[1])])  # fmt: skip
    old, new = draw(her_edit(LINE))
    without_ending = draw(st.booleans())
    if without_ending and not old and ends_in_words(story.before):
        story.tools([""], [])
    elif without_ending and ends_in_words(old) and ends_in_words(new):
        old, new = [*old, ""], [*new, ""]
    story.hers(old, new)
    return story


def ends_in_words(lines: list[str]) -> bool:
    return bool(lines) and lines[-1] != "\n"


@many
@for_all(stories())
def test_what_is_left_is_what_she_made_of_the_text_before_and_nothing_else(story: Story) -> None:
    """Or it is refused, where lines are repeated."""
    assume(story.now != story.after)
    assert take_back(*story.texts) in {text_of(story.wanted), None}


@many
@for_all(st.lists(st.sampled_from("abcdefgh"), unique=True), st.data())
def test_it_is_never_refused_where_no_line_is_repeated(
    names: list[str], data: st.DataObject
) -> None:
    story = Story()
    lines = [f"{name}\n" for name in names]
    place = data.draw(st.integers(0, len(lines)))
    fresh = st.lists(st.sampled_from(["new 1\n", "new 2\n"]), unique=True)
    story.hers(lines[:place], data.draw(st.permutations(lines[:place])) + data.draw(fresh))
    story.tools([], ["\n", "## Keep in touch\n", "\n", "%% vault:end %%\n"])
    below = data.draw(st.permutations(lines[place:]))
    story.hers(lines[place:], data.draw(fresh) + below)
    assert take_back(*story.texts) == text_of(story.wanted)


FEW_LINES = st.lists(LINE, max_size=4)


@many
@for_all(FEW_LINES, st.lists(LINE, min_size=1, max_size=3), FEW_LINES, st.data())
def test_lines_that_others_write_too_are_not_taken_for_the_tool_s(
    above: list[str], tools: list[str], below: list[str], data: st.DataObject
) -> None:
    """What is left is right, or refused; or it all stays, where an equal line of hers went."""

    def hers(old: list[str], words: str) -> None:
        new = [line for line in old if data.draw(st.booleans())]
        at = data.draw(st.integers(0, len(new)))
        story.hers(old, new[:at] + data.draw(st.lists(st.just(words), max_size=1)) + new[at:])

    story = Story()
    hers(above, "above\n")
    story.tools([], tools)
    hers(below, "below\n")
    assume(story.now != story.after)
    assert take_back(*story.texts) in {text_of(story.wanted), text_of(story.now), None}


@many
@for_all(stories(), st.sampled_from(["", "more"]))
def test_a_line_of_the_tool_s_that_was_changed_stays(story: Story, words: str) -> None:
    changed = [line.replace("tool 0", f"tool 0 {words}") for line in story.now]
    before, after, _ = story.texts
    left = take_back(before, after, text_of(changed))
    assert left is None or f"tool 0 {words}\n" in left


def test_long_texts_take_no_time() -> None:
    long, equal = [f"{number}\n" for number in range(10_000)], ["- [ ] \n"] * 10_000
    start = time.process_time()
    for lines in (long, equal):
        story = Story()
        story.hers(lines, [*lines, "hers\n"])
        story.tools([], ["tool\n"])
        story.hers(lines, ["hers\n", *lines])
        assert take_back(*story.texts) == text_of(story.wanted)
    assert time.process_time() - start < 3


# A note that the tool made.

BLOCK = "## Keep in touch\n%% vault:due 2026-11-20 %%\n- [ ] [[Anna]]\n\n%% vault:end %%\n"
TEMPLATE = "---\ntags: daily\n---\n# Friday\n\n## Notes\n"
MADE = f"{TEMPLATE}\n{BLOCK}"


@pytest.mark.parametrize(
    ("made", "now", "left"),
    [
        pytest.param(BLOCK, f"Sunny.\n{BLOCK}Rain.\n", "Sunny.\nRain.\n", id="around"),
        pytest.param(MADE, f"{MADE}Rain.", f"{TEMPLATE}Rain.", id="below the block"),
        pytest.param(MADE, f"{TEMPLATE}Rain.\n\n{BLOCK}", f"{TEMPLATE}Rain.\n", id="between"),
        pytest.param(MADE, f"{TEMPLATE}\nRain.\n\n{BLOCK}", f"{TEMPLATE}\nRain.\n", id="a gap"),
        pytest.param(
            MADE,
            MADE.replace("daily\n", "daily\nmood: good\n"),
            TEMPLATE.replace("daily\n", "daily\nmood: good\n"),
            id="a property",
        ),
        pytest.param(MADE, MADE.replace("## Notes\n", ""), "", id="nothing is hers"),
        pytest.param(BLOCK, BLOCK[:-1], "", id="an ending is nothing"),
        pytest.param(BLOCK, f"\n{BLOCK}\n\n", "", id="empty lines are nothing"),
        pytest.param(BLOCK, "", "", id="she emptied it"),
        pytest.param(BLOCK, f"{BLOCK}{BLOCK}Rain.\n", f"{BLOCK}Rain.\n", id="a copy is hers"),
        pytest.param(MADE, MADE.replace("[ ]", "[x]"), None, id="a tick is hers"),
        pytest.param(MADE, MADE.replace("\n\n%%", "\n\t- Rome\n\n%%"), None, id="in the block"),
        pytest.param("every = 2\n", "every = 3\n", None, id="without a block"),
    ],
)
def test_a_note_that_the_tool_made(made: str, now: str, left: str | None) -> None:
    assert take_back_note(made, now) == left
