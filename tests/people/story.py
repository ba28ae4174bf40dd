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

Three short forms save writing:

    live from 2026-10-24 to 2026-11-22, ticking 2
    :: 800 × People/Guest {n}.md
    => on 2026-11-23 to 2026-11-29 5 listed

The first stands before the notes: the tool's own writer makes the list of each of these days
in its daily note, one day after the other, and that many people of each list are ticked, the
first ones (`ticking nobody`, `ticking everybody`). The second is as many notes, in which `{n}`
is 001, 002 and so on. The third holds on each of these days.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaulttool.daily.block import update_block
from vaulttool.daily.lines import Writer, block_language
from vaulttool.index import build
from vaulttool.locale import words_of
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.dates import read_date
from vaulttool.markdown.note import read_note, title_of
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

MANY = 12  # so many are not named one by one

_SAY = Catalogue("en", None).render
_DATE = r"(\d{4}-\d\d-\d\d)"
_ON_DAY = re.compile(rf"on {_DATE}(?: to {_DATE})? (.*)")
_LIVE = re.compile(rf"live from {_DATE} to {_DATE}, ticking (nobody|everybody|\d+)")
_MANY = re.compile(r"(\d+) × (.*\{n\}.*)")
_NO = re.compile(
    r"(?P<who>[^:]+: )?no "
    r"(?P<kind>evidence|points|problems|promises|owed|awaiting|drifting|occasions|refresh)"
)

# Kinds of sentence of which all must be named where one is.
_COMPLETE = re.compile(
    r"(?P<evidence>(?P<who>[^:]+): (?:evidence|not counted|text of|points) )"
    r"|(?P<list>problem|promise|owed|awaiting|drifting|occasion|refresh|listed on) "
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
    lived: list[tuple[date, date, int]] = field(default_factory=list)  # from, to, ticks a day


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
            stories[-1].expected += _expected(line[3:].strip(), stories[-1].today)
        elif note is not None:
            stories[-1].notes[note] += line + "\n"
        elif line.strip() and not line.startswith("#"):
            _set(stories[-1], line)
    for story in stories:
        story.notes = dict(_written_out(story.notes))
    return stories


def _written_out(notes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Write out the notes of which there are many."""
    for path, text in notes.items():
        many = _MANY.fullmatch(path)
        if many is None:
            yield path, text
            continue
        for number in range(1, int(many[1]) + 1):
            n = f"{number:0{len(many[1])}}"
            yield many[2].replace("{n}", n), text.replace("{n}", n)


def _expected(sentence: str, today: date) -> Iterator[tuple[date, str]]:
    match = _ON_DAY.match(sentence)
    if match is None:
        yield today, sentence
        return
    first = date.fromisoformat(match[1])
    for day in _days(first, date.fromisoformat(match[2]) if match[2] else first):
        yield day, match[3]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


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
    elif match := _LIVE.fullmatch(line):
        ticks = {"nobody": 0, "everybody": sys.maxsize}.get(match[3])
        days = date.fromisoformat(match[1]), date.fromisoformat(match[2])
        story.lived.append((*days, int(match[3]) if ticks is None else ticks))
    else:
        raise ValueError(f"{story.place}: what is meant by “{line}”?")


_read = lru_cache(maxsize=2000)(read_note)  # of many notes one changes from day to day


@dataclass
class World:
    """A vault made from texts, judged for one day."""

    notes: Mapping[str, str]
    today: date
    settings: Settings = field(default_factory=Settings)
    first_seen: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def people(self) -> People:
        notes = [_read(path, text) for path, text in self.notes.items()]
        return read_people(build(notes, self.notes, self.settings))

    @cached_property
    def day(self) -> Day:
        known = {
            path: day
            for path in without_start(self.people, self.today)
            for pattern, day in self.first_seen.items()
            if path == pattern or fnmatchcase(path, pattern)
        }
        return judge_day(self.people, known, self.today)

    @cached_property
    def agenda(self) -> Agenda:
        return make_agenda(self.people, self.day)

    @cached_property
    def daily_note(self) -> str:
        """The day's note with its list, as the tool writes it."""
        path = f"{self.today}.md"
        lang = block_language(self.people)
        writer = Writer(self.people, self.day, lang, path)
        text, wanted = self.notes.get(path, ""), writer.wanted(self.agenda)
        if not (text or wanted):
            return ""
        heading = words_of(lang).due_heading
        return update_block(text, wanted, self.today, heading, writer.reading())

    def verdict(self, name: str) -> Verdict:
        return next(v for v in self.day.verdicts.values() if v.contact.name == name)

    def names(self) -> list[str]:
        """Whom the day's list asks for, best first."""
        return [verdict.contact.name for verdict in self.agenda.due]


def world(notes: Mapping[str, str], today: str, **settings: Any) -> World:
    """A world from texts; the settings are fields of `Settings`."""
    return World(notes, date.fromisoformat(today), replace(Settings(), **settings))


def live(world: World, first: date, last: date, ticks: int) -> World:
    """Let the tool write its list day after day, and tick the first of each.

    Whoever asks again on the same day, after the ticks, finds the list as it is.
    """
    for day in _days(first, last):
        world = World(world.notes, day, world.settings, world.first_seen)
        lived = world.daily_note.replace("- [ ] [[", "- [x] [[", ticks)
        if lived:
            world = replace(world, notes={**world.notes, f"{day}.md": lived})
            assert world.daily_note == lived, f"a second run on {day} changes the list"
    return world


# --- What is said of a day -----------------------------------------------------------------


def facts(world: World) -> list[str]:
    """Every sentence that holds on the day."""
    found = [*_of_agenda(world.agenda), *_of_mornings(world)]
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
    yield f"{len(agenda.due)} listed"
    yield f"{agenda.more} more"
    yield f"{agenda.done} done"
    yield "offer: " + (agenda.offer.contact.name if agenda.offer else "nobody")
    yield "upcoming: " + (", ".join(v.contact.name for v in agenda.upcoming) or "nobody")
    yield f"{agenda.untracked} untracked"
    for occasion in agenda.occasions:
        yield _of_occasion(occasion)
    for promise in agenda.promises:
        due = f" by {promise.due}" if promise.due else ""
        kind = "promise" if promise.direction == "out" else "owed by"
        yield f"{kind} {promise.name}: {promise.text}{due}, {promise.source}:{promise.line}"
    for one in agenda.awaiting:
        channel = one.channel or "no channel"
        yield f"awaiting {one.name}: {channel} {one.sent}, {one.source}:{one.line}"
    for old in agenda.refresh:
        yield f"refresh {old.name}: {old.verified}"
    for drift in agenda.drifting:
        yield f"drifting {drift.name}: every {drift.usual_gap:g} days, silent {drift.silent}"


def _of_mornings(world: World) -> Iterator[str]:
    """On how many days up to this one the tool's lists named whom."""
    found: dict[int, list[str]] = defaultdict(list)
    for path, lines in world.people.traces.listings.items():
        days = {line.day for line in lines if not line.mark and line.day <= world.today}
        if days:
            found[len(days)].append(world.people.contacts[path].name)
    for count, names in found.items():
        whom = f"{len(names)} people" if len(names) > MANY else _names(names)
        yield f"listed on {count} day{'s' if count > 1 else ''}: {whom}"


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
    without_place = cadence.partition(" (")[0]
    yield f"a contact by {_SAY(contact.found_by)}"
    yield cadence
    status = _status(verdict)
    yield status
    yield f"{status}, {cadence}"
    yield without_place
    yield f"{status}, {without_place}"
    yield f"{verdict.interval} days" if verdict.interval else "no interval"
    yield f"due on {verdict.due_on}" if verdict.due_on else "no day"
    yield f"score {verdict.score:.2f}"
    if verdict.last:
        channel = verdict.last.channel or "no channel"
        where = f"{verdict.last.source}:{verdict.last.line}"
        yield f"last contact {verdict.last.date} {channel}, {where}"
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
    if trace.through:
        where = f"through {title_of(trace.through)} {where}"
    depth = trace.depth.name.lower()
    return f"evidence {when} {channel}, {depth}, {direction}, {trace.kind} {where}"


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SAID = (
    *("aliases", "circle", "stage", "last_contact", "next", "snooze_until", "pause", "died"),
    *("boundaries", "birthday", "timezone", "hours", "weekdays", "country", "prefers"),
    *("interests", "priority", "created", "household", "lives_with", "private"),
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
    world = World(story.notes, story.today, story.settings, story.first_seen)
    for first, last, ticks in story.lived:
        world = live(world, first, last, ticks)
    for day in days:
        sentences = [sentence for on, sentence in story.expected if on == day]
        known = facts(World(world.notes, day, story.settings, story.first_seen))
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
    whole = _kind(sentence) in ("", "occasion", "drifting", "listed on")
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
