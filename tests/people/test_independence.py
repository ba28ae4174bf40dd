"""One line about one person changes what is said of that person, and of nobody else.

Random small vaults in both languages: logs, meetings, diary lines, lists that were ticked or
left. In each, one line is changed, or taken out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.people.story import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaulttool.contact import Evidence

TODAY = date(2026, 11, 22)
PAST = (0, -1, -2, -7, -8, -13, -40, -100)  # few, so that several lines stand on one day
TO_COME = (1, 2, 7, 30, 400)
PEOPLE = {
    "Anna": "circle: key\nstage: long-term\nbirthday: 11-25",
    "Boris Lang": "every: 10 days\naliases: [Boris]\nbirthday: 11-20\nprefers: call",
    "Вера": "раз_в: 3 недели\nсоздано: 01.09.2026\nминимум: разговор",
    "Глеб": "круг: регулярный\nотложить_до: 2026-11-24",
    "Zoë": "next: 2026-11-15",
}

LOG = (
    *("{day} call: the sea", "{day} email → a question", "{day} email ← an answer", "{day} like"),
    *("{day} звонок — о море", "{day}", "{day} 09:30 sms", "{day} rating [trust:: 4]"),
    *("[ ] call on {day}", "she moved to Graz"),
)
PROSE = (
    *("Lunch with {name}.", "Saw {name}.", "Talked about {name}", "{name}: coffee", "{name}"),
    *("I will call {name} tomorrow", "Didn't call {name}", "An email from {name}, at last"),
    *(
        "Met {name} #walk",
        "and {name}",
        "{name}'s book",
        "with {name}",
        "Not a day without {name},",
    ),
    *("Обед с {name}", "Говорили о {name}", "Не дозвонилась {name}", "{name} и я", "Письмо {name}"),
)
BULLETS = (*PROSE, "[x] call {name}", "[ ] call {name}", "[x] write to {name} ✅ {day}")
MEETING = ("{name}",)
BLOCK = (
    *("[x] {name} · 3 days over (every 2 weeks)", "[ ] {name} · 3 days over (every 2 weeks)"),
    *("[x] {name} · due today (every 2 weeks) — email ←", "[-] {name} · due today (every week)"),
    *("[>] {name} · due today (every week) 2026-11-30", "lunch with {name}", "[x] rang {name}"),
    *("[x] 🎂 {name} has a birthday today", "[ ] {name} · срок подошёл сегодня (раз в неделю)"),
)
PLACES = {"log": LOG, "prose": PROSE, "bullets": BULLETS, "meeting": MEETING, "block": BLOCK}
NOTHING = {"log": "no date", "prose": "Nothing.", "bullets": "-", "meeting": "Nobody",
           "block": "a word"}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line about one person; `words` is what it says there, or None for nothing."""

    place: str
    day: date
    name: str
    words: str | None

    def text(self) -> str:
        words = NOTHING[self.place] if self.words is None else self.words
        return words.format(name=f"[[{self.name}]]", day=self.day)


@st.composite
def lines(draw: Any, days: tuple[int, ...] = PAST) -> Line:
    """A line, a number of days from today on."""
    place = draw(st.sampled_from(sorted(PLACES)))
    return Line(
        place,
        TODAY + timedelta(days=draw(st.sampled_from(days))),
        draw(st.sampled_from(sorted(PEOPLE))),
        draw(st.sampled_from(PLACES[place])),
    )


def written(found: Iterable[Line]) -> dict[str, str]:
    """The notes of a vault that holds these lines."""
    found = list(found)
    notes = {}
    for name, properties in PEOPLE.items():
        log = [f"- {line.text()}" for line in found if line.place == "log" and line.name == name]
        notes[f"People/{name}.md"] = "\n".join(["---", properties, "---", "## Log", *log, ""])
    for day in {line.day for line in found if line.place != "log"}:
        in_note = {
            place: [line.text() for line in found if line.place == place and line.day == day]
            for place in PLACES
        }
        notes[f"{day}.md"] = _daily_note(day, in_note)
    return notes


def _daily_note(day: date, lines: dict[str, list[str]]) -> str:
    return "\n".join(
        [
            *("---", "people:", *(f'  - "{text}"' for text in lines["meeting"]), "---"),
            *(*lines["prose"], "", *(f"- {text}" for text in lines["bullets"]), ""),
            *(f"%% vault:due {day} %%", *(f"- {text}" for text in lines["block"]), ""),
            *("%% vault:end %%", ""),
        ]
    )


def unquoted(trace: Evidence) -> Evidence:
    """A mention without its text, which is the whole paragraph."""
    return replace(trace, text="") if trace.kind == "mention" else trace


def said_of(world: World, name: str) -> dict[str, Any]:
    """All that a day says of one person, but for who has a place on its list."""
    path = f"People/{name}.md"
    day, agenda = world.day, world.agenda
    verdict = day.verdicts[path]
    return {
        "contact": world.people.contacts[path],
        "evidence": [unquoted(trace) for trace in day.evidence[path]],
        "verdict": replace(verdict, last=verdict.last and unquoted(verdict.last)),
        "morning": day.morning[path],
        "awaiting": day.awaiting.get(path),
        "occasions": [one for one in day.occasions if one.path == path],
        "promises": [one for one in day.promises if one.path == path],
        "drifting": [one for one in agenda.drifting if one.path == path],
        "listings": world.people.traces.listings[path],
    }


@given(st.lists(lines(), min_size=1, max_size=25), st.data())
def test_a_line_about_one_changes_nothing_for_the_others(found: list[Line], data: Any) -> None:
    number = data.draw(st.integers(0, len(found) - 1))
    old = found[number]
    words = data.draw(st.sampled_from([None, *PLACES[old.place]]))
    changed = [*found[:number], replace(old, words=words), *found[number + 1 :]]
    before, after = World(written(found), TODAY), World(written(changed), TODAY)
    for name in PEOPLE:
        if name != old.name:
            assert said_of(after, name) == said_of(before, name), name


@given(
    st.lists(lines(), max_size=15),
    st.lists(lines(TO_COME), min_size=1, max_size=10),
)
def test_what_is_dated_later_changes_no_verdict_of_today(
    found: list[Line], later: list[Line]
) -> None:
    """Lines that come later stand in notes of their own, or at the end of a log."""
    dated = [line for line in later if line.words and not line.words.startswith("[ ]")]
    before, after = World(written(found), TODAY), World(written([*found, *dated]), TODAY)
    for name in PEOPLE:
        then, now = said_of(before, name), said_of(after, name)
        for known in (then, now):
            known["evidence"] = [one for one in known["evidence"] if one.date <= TODAY]
            known["listings"] = [one for one in known["listings"] if one.day <= TODAY]
        assert now == then, name
    assert after.names() == before.names()
