"""Whatever a person does in the due block, nothing of hers is lost or moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaulttool.daily.block import Reading, Wanted, tick_entries, update_block

DAY = date(2026, 11, 20)
NAMES = ("Anna", "Boris", "Carl", "Ольга")
READING = Reading(lambda target: f"{target}.md" if target in NAMES else None, {"send the deck"})
MARKERS = ("%% vault:due 2026-11-20 %%", "%% vault:end %%")
LINES = {
    "Anna": ("- [ ] [[Anna]] · 3 days over (every 2 weeks)", "\t- ask about: [[Career]]"),
    "Boris": ("- [ ] [[Boris]] · due today (every month) · last: 20 Oct",),
    "Carl": ("- [ ] [[Carl]] · 1 day over (every week)", "\t- you promised: send the deck"),
    "Ольга": ("- [ ] [[Ольга]] · due today (every year)", "\t- ask about: [[Career]]"),
}
TOOLS = {line for lines in LINES.values() for line in lines} | {*MARKERS, "## Keep in touch"}


def update(text: str, names: list[str]) -> str:
    wanted = [Wanted(("", f"{name}.md", ""), LINES[name]) for name in names]
    return update_block(text, wanted, DAY, "Keep in touch", READING)


def hers(text: str) -> list[str]:
    """Every line that the tool did not write, in order, each under the line that owns it."""
    found: list[str] = []
    owner = ""
    for raw in text.split("\n"):
        line = raw.removesuffix("\r")
        if not line.strip():
            continue
        if not line.startswith((" ", "\t")):
            owner = line
        if line not in TOOLS:
            found.append(line if owner == line else f"{owner} / {line}")
    return found


OWN_LINES = st.sampled_from(
    [
        *("my own line", "- an item", "- [ ] buy stamps", "- [x] [[Anna]] — met", "> quote", "***"),
        *("## A heading", "1. one", "%% a comment %%", "- [ ] [[Zoe]]", "- [ ] [[Anna]]", "| a |"),
        *("<!-- x", "- [ ] [[Anna]], [[Boris]]", "- [-] [[Boris]] later", "- ", "-", "[[Anna]]"),
    ]
)
FENCES = st.sampled_from(["```", "~~~", "````md", "%% vault:due 2026-11-19 %%"])
NESTED = st.sampled_from(
    ["\t- told me about [[Career]]", "    - x", "\tplain", "  - [ ] call her", "\t- ask about: me"]
)
WORDS = st.sampled_from([" звонок", " — had coffee", " ✅ 2026-11-20", " #call", " ·", " (x)", "!"])
STATUSES = st.sampled_from("xX-/>!?")


@dataclass
class Edited:
    """A block in the hands of a person."""

    lines: list[str]
    steps: list[str] = field(default_factory=list)

    def tasks(self) -> list[int]:
        return [index for index, line in enumerate(self.lines) if line.startswith("- [")]


@st.composite
def edited(draw: st.DrawFn, fences: bool = False) -> tuple[str, list[str]]:
    """A daily note whose block a person worked on, and whom the list names now."""
    outside = st.lists(
        st.sampled_from(
            ["# Friday", "", "text", "- [ ] task", "- [x] [[Anna]]", "\tnested", "> q"]
        ),
        max_size=4,
    )
    before, after = draw(outside), draw(outside)
    people = st.lists(st.sampled_from(NAMES), unique=True)
    made = update("\n".join([*before, ""]), draw(people.filter(bool)))
    start = made.index(MARKERS[0])
    edit = Edited(made[start:].split("\n")[1:-2])
    for _ in range(draw(st.integers(0, 6))):
        _edit_once(draw, edit, fences=fences)
    end = [MARKERS[1]] if draw(st.integers(0, 5)) else []
    text = made[:start] + "\n".join([MARKERS[0], *edit.lines, *end, *after])
    if draw(st.booleans()):
        text += "\n"
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return text, draw(people)


def _edit_once(draw: st.DrawFn, edit: Edited, *, fences: bool) -> None:
    lines, tasks = edit.lines, edit.tasks()
    place = draw(st.integers(0, len(lines)))
    step = draw(st.sampled_from(["own", "fence", "tick", "words", "nested", "move", "delete"]))
    if step == "own" or not tasks:
        lines.insert(place, draw(OWN_LINES))
    elif step == "fence":
        lines.insert(place, draw(FENCES) if fences else "")
    elif step == "move":
        line = lines.pop(draw(st.sampled_from(tasks)))
        lines.insert(min(place, len(lines)), line)
    elif step == "delete":
        del lines[draw(st.sampled_from(tasks))]
    else:
        task = draw(st.sampled_from(tasks))
        if step == "tick":
            lines[task] = f"- [{draw(STATUSES)}]{lines[task][5:]}"
        elif step == "words":
            lines[task] += draw(WORDS)
        else:
            lines.insert(task + 1, draw(NESTED))


@settings(max_examples=600)
@given(edited())
def test_nothing_of_hers_is_lost(note: tuple[str, list[str]]) -> None:
    text, names = note
    updated = update(text, names)
    assert hers(updated) == hers(text)
    assert update(updated, names) == updated


@settings(max_examples=300)
@given(edited(fences=True))
def test_nothing_of_hers_is_lost_among_fences_and_second_blocks(
    note: tuple[str, list[str]],
) -> None:
    text, names = note
    updated = update(text, names)
    assert [line.rpartition(" / ")[2] for line in hers(updated)] == [
        line.rpartition(" / ")[2] for line in hers(text)
    ]
    assert update(updated, names) == updated


@settings(max_examples=300)
@given(edited(), st.text(st.sampled_from("ab%|[]` \n\r\t#-"), max_size=30))
def test_nothing_outside_the_markers_changes(note: tuple[str, list[str]], after: str) -> None:
    text, names = note
    start = text.index(MARKERS[0])
    _body, end, rest = text[start:].partition(MARKERS[1])
    if not end:
        return
    changed = text[: len(text) - len(rest)] + "\n" + after
    updated = update(changed, names)
    assert updated[:start] == text[:start]
    assert updated.endswith(MARKERS[1] + "\n" + after)


@settings(max_examples=300)
@given(edited())
def test_whom_the_list_names_is_there_once(note: tuple[str, list[str]]) -> None:
    text, names = note
    if MARKERS[1] not in text:
        return
    updated = update(text, names)
    begin = updated.index(MARKERS[0])
    body = updated[begin : updated.index(MARKERS[1], begin)]
    for name in NAMES:
        mentioned = sum(
            f"[[{name}]]" in line and line.startswith("- [") for line in body.splitlines()
        )
        assert mentioned >= (name in names)
        untouched = sum(line == LINES[name][0] for line in body.split("\n"))
        assert untouched <= 1 or "nested" in body


@settings(max_examples=300)
@given(edited(), st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
def test_a_tick_changes_one_line_or_adds_one(
    note: tuple[str, list[str]], people: list[str]
) -> None:
    text, _names = note
    named = [(f"{name}.md", f"[[{name}]]") for name in people]
    ticked = tick_entries(text, named, "call", DAY, "Keep in touch", READING)
    before = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    after = [line.rstrip("\r") for line in ticked.split("\n") if line.strip()]
    new = [line for line in after if line not in before]
    assert all("[x]" in line or line in MARKERS for line in new)
    assert len([line for line in before if line not in after]) <= len(people)
    assert update(ticked, people).count(" — call") == ticked.count(" — call")


@example("- [ ] [[Anna]] · 3 days over (every 2 weeks)\n\n\tBelow.\n- [ ] [[Boris]]")
@given(st.text(st.sampled_from("-[]x A\n\t%`#"), max_size=60))
def test_any_text_in_the_block(body: str) -> None:
    text = f"{MARKERS[0]}\n{body}\n{MARKERS[1]}\nafter"
    updated = update(text, ["Anna"])
    assert hers(updated) == hers(text)
    assert update(updated, ["Anna"]) == updated
