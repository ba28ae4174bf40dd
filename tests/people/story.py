"""Stories: small vaults in text, and what the rules say about them.

A file of `tests/cases/stories` holds several stories, one after the other:

    ==== What the story shows, in a sentence
    today 2026-11-22
    set due.per_day = 2
    first commit of People/Boris.md 2026-01-10

    :: People/Anna.md
    ---
    circle: key
    ---
    ## Log
    - 2026-11-02 call: her trip

    => Anna: due, 6 days over, every 2 weeks by the circle key
    => on 2026-11-10 Anna: waiting until 2026-11-16
    => no promises

Before the first `::` stand the day, the settings (as in `vaulttool.toml`, with the dotted
name) and, where the vault would be in git, first commits. After each `::` and a path stand
the lines of that note. Each `=>` is a sentence that must hold: one of those that `facts`
gives for the day. A sentence about evidence, a problem, a promise, a listed contact and the
like must not only hold: where one of them is named, all of them must be. The end of one that
cites a file may be left out. What cannot be read is a problem, and every problem must be named.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaulttool.index import build
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.note import read_note
from vaulttool.people.agenda import judge_day, make_agenda, read_people, without_start
from vaulttool.people.cadence import describe
from vaulttool.people.rules import needed_depth
from vaulttool.settings import Settings
from vaulttool.vault.options import read_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaulttool.contact import Agenda, Contact, Evidence, Occasion, PartialDate, Reason, Verdict
    from vaulttool.people.agenda import Day, People

FOLDER = Path(__file__).parent.parent / "cases" / "stories"

_SAY = Catalogue("en", None).render
_ON_DAY = re.compile(r"on (\d{4}-\d\d-\d\d) (.*)")
_NO = re.compile(
    r"(?P<who>[^:]+: )?no (?P<kind>evidence|problems|promises|awaiting|drifting|occasions)"
)

# Kinds of sentence of which all must be named where one is.
_COMPLETE = re.compile(
    r"(?P<evidence>(?P<who>[^:]+): (?:evidence|not counted|text of|points) )"
    r"|(?P<list>problem|promise|awaiting|drifting|occasion) "
)
_KINDS = {"problems": "problem", "promises": "promise", "awaiting": "awaiting",
          "drifting": "drifting", "occasions": "occasion"}  # fmt: skip


@dataclass(slots=True)
class Story:
    """One story, as it is written."""

    title: str
    place: str  # file and line
    today: date = date(2026, 11, 22)
    settings: Settings = field(default_factory=Settings)
    first_seen: dict[str, date] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    expected: list[tuple[date, str]] = field(default_factory=list)


def read_stories(path: Path) -> list[Story]:
    """Read the stories of a file."""
    stories: list[Story] = []
    note: str | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("==== "):
            stories.append(Story(line[5:].strip(), f"{path.name}:{number}"))
            note = None
        elif not stories:
            continue  # words to the reader, before the first story
        elif line.startswith(":: "):
            note = line[3:].strip()
            stories[-1].notes[note] = ""
        elif line.startswith("=> "):
            note = None
            stories[-1].expected.append(_expected(line[3:].strip(), stories[-1].today))
        elif note is not None:
            stories[-1].notes[note] += line + "\n"
        elif line.strip() and not line.startswith("#"):
            _set(stories[-1], line)
    return stories


def _expected(sentence: str, today: date) -> tuple[date, str]:
    match = _ON_DAY.match(sentence)
    return (date.fromisoformat(match[1]), match[2]) if match else (today, sentence)


def _set(story: Story, line: str) -> None:
    """Read a line before the first note."""
    word, _space, rest = line.partition(" ")
    if word == "today":
        story.today = date.fromisoformat(rest)
    elif word == "set":
        name, _equals, value = rest.partition(" = ")
        if name == "template_folders":  # the vault's own, not one of the tool's
            story.settings = replace(story.settings, template_folders=(value,))
        elif name == "task_filter":
            story.settings = replace(story.settings, task_filter=value)
        elif name.startswith("daily-notes."):
            changes: dict[str, Any] = {name.removeprefix("daily-notes."): value}
            daily = replace(story.settings.daily, **changes)
            story.settings = replace(story.settings, daily=daily)
        else:
            found = tomllib.loads(f"value = {value}")["value"]
            story.settings = read_option(story.settings, name, found)
    elif line.startswith("first commit of "):
        path, _space, day = line.removeprefix("first commit of ").rpartition(" ")
        story.first_seen[path] = date.fromisoformat(day)
    else:
        raise ValueError(f"{story.place}: what is meant by “{line}”?")


@dataclass
class World:
    """A vault made from texts, judged for one day."""

    notes: Mapping[str, str]
    today: date
    settings: Settings = field(default_factory=Settings)
    first_seen: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def people(self) -> People:
        notes = [read_note(path, text) for path, text in self.notes.items()]
        return read_people(build(notes, self.notes, self.settings))

    @cached_property
    def day(self) -> Day:
        asked = set(without_start(self.people, self.today))
        known = {path: day for path, day in self.first_seen.items() if path in asked}
        return judge_day(self.people, known, self.today)

    @cached_property
    def agenda(self) -> Agenda:
        return make_agenda(self.people, self.day)

    def verdict(self, name: str) -> Verdict:
        return next(v for v in self.day.verdicts.values() if v.contact.name == name)

    def names(self) -> list[str]:
        """Whom the day's list asks for, best first."""
        return [verdict.contact.name for verdict in self.agenda.due]


def world(notes: Mapping[str, str], today: str, **settings: Any) -> World:
    """A world from texts; the settings are fields of `Settings`."""
    return World(notes, date.fromisoformat(today), replace(Settings(), **settings))


# --- What is said of a day -----------------------------------------------------------------


def facts(world: World) -> list[str]:
    """Every sentence that holds on the day."""
    found = list(_of_agenda(world.agenda))
    found.append("contacts: " + _names(c.name for c in world.people.contacts.values()))
    found += _problems(world.people)
    for contact in world.people.contacts.values():
        found += [f"{contact.name}: {words}" for words in _of_contact(world, contact)]
    return found


def _names(names: Any) -> str:
    return ", ".join(sorted(names)) or "nobody"


def _problems(people: People) -> Iterator[str]:
    own = [problem for contact in people.contacts.values() for problem in contact.problems]
    read = [problem for note in people.snapshot.notes.values() for problem in note.problems]
    for problem in (*own, *read, *people.traces.problems):
        yield f"problem {problem.code} {problem.path}:{problem.line} {_SAY(problem.message)}"


def _of_agenda(agenda: Agenda) -> Iterator[str]:
    yield "list: " + (", ".join(v.contact.name for v in agenda.due) or "nobody")
    yield f"{agenda.more} more"
    yield f"{agenda.done} done"
    yield "offer: " + (agenda.offer.contact.name if agenda.offer else "nobody")
    yield "upcoming: " + (", ".join(v.contact.name for v in agenda.upcoming) or "nobody")
    yield f"{agenda.untracked} untracked"
    for occasion in agenda.occasions:
        yield _of_occasion(occasion)
    for promise in agenda.promises:
        due = f" by {promise.due}" if promise.due else ""
        yield f"promise {promise.name}: {promise.text}{due}, {promise.source}:{promise.line}"
    for one in agenda.awaiting:
        channel = one.channel or "no channel"
        yield f"awaiting {one.name}: {channel} {one.sent}, {one.source}:{one.line}"
    for drift in agenda.drifting:
        yield f"drifting {drift.name}: every {drift.usual_gap:g} days, silent {drift.silent}"


def _of_occasion(occasion: Occasion) -> str:
    kind = "birthday" if occasion.kind == "birthday" else f"“{occasion.label}”"
    years = f", {occasion.years} years" if occasion.years else ""
    state = "".join(
        f", {word}" for word in ("prepared", "wished", "listed") if getattr(occasion, word)
    )
    return f"occasion {occasion.name}: {kind} {occasion.date}{years}{state}"


def _of_contact(world: World, contact: Contact) -> Iterator[str]:
    verdict = world.day.verdicts[contact.path]
    cadence = _cadence(verdict)
    yield f"a contact by {_SAY(contact.found_by)}"
    yield cadence
    status = _status(verdict)
    yield status
    yield f"{status}, {cadence}"
    yield f"{verdict.interval} days" if verdict.interval else "no interval"
    yield f"due on {verdict.due_on}" if verdict.due_on else "no day"
    yield f"score {verdict.score:.2f}"
    yield f"needs {needed_depth(contact, world.settings).name.lower()}"
    yield from map(_of_reason, verdict.reasons)
    yield from _properties(contact)
    for trace in world.day.evidence[contact.path]:
        yield _of_evidence(trace)
        yield f"text of {trace.date}: {trace.text.replace(chr(10), ' / ')}"


def _cadence(verdict: Verdict) -> str:
    rule = verdict.cadence
    if rule.cadence is None:
        return _SAY(rule.rule)
    source = f" ({rule.source})" if rule.source else ""
    return f"{_SAY(describe(rule.cadence))} by {_SAY(rule.rule)}{source}"


def _status(verdict: Verdict) -> str:
    late = "day" if verdict.days_over == 1 else "days"
    return {
        "due": f"due, {verdict.days_over} {late} over" if verdict.days_over else "due today",
        "waiting": f"waiting until {verdict.due_on}",
        "resting": f"resting until {verdict.until}",
        "snoozed": f"snoozed until {verdict.until}",
        "on_demand": "on demand only",
    }.get(verdict.code, verdict.code.replace("_", " "))


def _of_reason(reason: Reason) -> str:
    return f"points {reason.points:.2f} {reason.code}: {_SAY(reason.text)}"


def _of_evidence(trace: Evidence) -> str:
    if not trace.counts:
        reason = _SAY(trace.reason) if trace.reason else "no reason"
        return f"not counted {trace.date} {trace.kind} {trace.source}:{trace.line} {reason}"
    when = f"{trace.date} {trace.time:%H:%M}" if trace.time else str(trace.date)
    channel, direction = trace.channel or "no channel", trace.direction or "no direction"
    where = f"{trace.source}:{trace.line}"
    depth = trace.depth.name.lower()
    return f"evidence {when} {channel}, {depth}, {direction}, {trace.kind} {where}"


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SAID = (
    *("aliases", "circle", "stage", "last_contact", "next", "snooze_until", "pause", "died"),
    *("boundaries", "birthday", "timezone", "hours", "weekdays", "country", "prefers"),
    *("interests", "priority", "created", "household", "private"),
)


def _properties(contact: Contact) -> Iterator[str]:
    for name in _SAID:
        value = getattr(contact, name)
        if value not in (None, False, ()):
            yield f"{name} is {_value(value)}"
    for item in contact.dates:
        yield f"dates has {_partial(item.date)} {item.label}".rstrip()


def _value(value: Any) -> str:
    if isinstance(value, frozenset):
        return " ".join(_WEEKDAYS[day] for day in sorted(value))
    if isinstance(value, tuple):
        return "; ".join(value)
    if hasattr(value, "month") and not isinstance(value, date):
        return _partial(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _partial(value: PartialDate) -> str:
    year = f"{value.year:04}" if value.year else "?"
    rest = "".join(f"-{part:02}" if part else "-?" for part in (value.month, value.day))
    return year + rest


# --- Holding a story to its sentences ------------------------------------------------------


def misses(story: Story) -> list[str]:
    """What does not hold, said so that the story can be mended."""
    found: list[str] = []
    days = dict.fromkeys([story.today, *(day for day, _sentence in story.expected)])
    for day in days:
        sentences = [sentence for on, sentence in story.expected if on == day]
        known = facts(World(story.notes, day, story.settings, story.first_seen))
        found += [f"on {day}: {miss}" for miss in _missed(sentences, known, day == story.today)]
    return found


def _missed(sentences: list[str], known: list[str], first: bool) -> Iterator[str]:
    """What was expected and is not so, and what is so and had to be expected."""
    complete = {kind for sentence in sentences if (kind := _kind(sentence))}
    if first:
        complete.add("problem")  # a story says what it does not mean to be readable
    for sentence in sentences:
        if match := _NO.fullmatch(sentence):
            complete.add((match["who"] or "") + _KINDS.get(match["kind"], match["kind"]))
        elif not any(_holds(sentence, fact) for fact in known):
            like = [fact for fact in known if _about(fact) == _about(sentence)]
            yield f"“{sentence}” does not hold; what holds:\n    " + "\n    ".join(like)
    for fact in known:
        if _kind(fact) in complete and not any(_holds(one, fact) for one in sentences):
            yield f"not expected: {fact}"


def _holds(sentence: str, fact: str) -> bool:
    """Whether a fact is what a sentence says, of whose end a part may be left out."""
    if fact == sentence:
        return True
    whole = _kind(sentence) in ("", "occasion", "drifting")
    return not whole and fact.startswith(sentence) and fact[len(sentence)] in " ,:"


def _kind(sentence: str) -> str:
    match = _COMPLETE.match(sentence)
    if match is None:
        return ""
    if match["list"]:
        return match["list"]
    kind = match["evidence"].partition(": ")[2].strip()
    if kind == "text of":
        return ""
    return f"{match['who']}: " + kind.replace("not counted", "evidence")


def _about(sentence: str) -> str:
    """The one that a sentence is about, or its first word."""
    who, colon, _rest = sentence.partition(": ")
    return who if colon and " " not in who.strip() else sentence.partition(" ")[0]


def dated(text: str) -> date:
    """A date that a test writes down."""
    found = read_date(text)
    assert found
    return found
