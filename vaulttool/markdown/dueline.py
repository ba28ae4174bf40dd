"""The lines of a due block: the tool's own phrases, and telling a person's words from them.

A line is written from the phrases below and read back with patterns made from the same
phrases in both languages. Every value in a phrase has a narrow shape (a number, a date,
a channel's name), so that words which a person adds are never taken for the tool's own.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from vaulttool.locale import LANGUAGES, words_of
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.inert import inert
from vaulttool.message import Message, Term

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from vaulttool.contact import Occasion

BIRTHDAY_MARK = "🎂"
DATE_MARK = "🎉"
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the due block; called with its values it makes the message."""

    one: str
    many: str = ""

    def __call__(self, **values: object) -> Message:
        """Fill the phrase."""
        return Message(self.one, values, self.many)


# After a name that is due, in this order.
DAYS_OVER = Phrase("{n} day over ({cadence})", "{n} days over ({cadence})")
DUE_TODAY = Phrase("due today ({cadence})")
PLANNED = Phrase("you wanted to be in touch on {date}")
FIRST_CONTACT = Phrase("in your notes since {date}, not in touch yet")
NOT_YET = Phrase("you have not been in touch yet")
GENTLE = Phrase("a hard time: be gentle")
LAST = Phrase("last: {channel} {date}")
LAST_DATE = Phrase("last: {date}")
NO_ANSWER = Phrase("no answer since {date}")
LIKES = Phrase("likes {channels}")
LIKES_AT = Phrase("likes {channels}, {hours} their time")
AT = Phrase("{hours} their time")
ASKED = Phrase("asked you: {quoted}")
_AFTER_NAME = (
    *(DAYS_OVER, DUE_TODAY, PLANNED, FIRST_CONTACT, NOT_YET, GENTLE, LAST, LAST_DATE),
    *(NO_ANSWER, LIKES_AT, LIKES, AT, ASKED),
)

# After a name that has an occasion.
TURNS = Phrase("turns {n} {when}", "turns {n} {when}")
TURNED = Phrase("turned {n} {when}", "turned {n} {when}")
BIRTHDAY = Phrase("has a birthday {when}")
HAD_BIRTHDAY = Phrase("had a birthday {when}")
DATE = Phrase("“{label}” {when}")
DATE_YEARS = Phrase("“{label}”, {n} year {when}", "“{label}”, {n} years {when}")
_OCCASIONS = (TURNS, TURNED, BIRTHDAY, HAD_BIRTHDAY, DATE_YEARS, DATE)
# As older versions wrote it in Russian.
_FORMER_DATES = tuple(
    f"— “{{label}}”: {{when}}{years}" for years in (", {n} год", ", {n} года", ", {n} лет", "")
)

TODAY = Phrase("today")
TOMORROW = Phrase("tomorrow")
YESTERDAY = Phrase("yesterday")
ON_DATE = Phrase("on {date}")

# On the nested line.
ASK_ABOUT = Phrase("ask about: {links}")
YOU_PROMISED = Phrase("you promised: {text}")
PROMISED_YOU = Phrase("promised you: {text}")  # on a line of its own


def when(day: date, today: date) -> Message | Term:
    """Say the day of an occasion as seen from today."""
    distance = (day - today).days
    near = {0: TODAY, 1: TOMORROW, -1: YESTERDAY}
    if distance in near:
        return near[distance]()
    return Term("on_weekdays", day.weekday()) if 1 < distance < 7 else ON_DATE(date=day)


def occasion_phrase(occasion: Occasion, today: date) -> Message:
    """Say an occasion after the name: `turns 40 on Tuesday`."""
    past, years, day = occasion.date < today, occasion.years, when(occasion.date, today)
    if occasion.kind == "birthday":
        if years is None:
            return HAD_BIRTHDAY(when=day) if past else BIRTHDAY(when=day)
        return TURNED(n=years, when=day) if past else TURNS(n=years, when=day)
    label = plain_label(occasion.label)
    return DATE_YEARS(n=years, label=label, when=day) if years else DATE(label=label, when=day)


_INNER_QUOTES = str.maketrans({"”": '"', "«": "„", "»": "“"})


def plain_label(label: str) -> str:
    """An occasion's label as a line can quote it: inert, without the quotes of either language."""
    return inert(label.translate(_INNER_QUOTES))


def label_of(tool: str) -> str:
    """The label of the occasion that the tool's words of a line are about; "" for a birthday."""
    match = re.search(r"“([^”]*)”|«([^»]*)»", tool)
    return plain_label(match[1] or match[2] or "") if match else ""  # also of an older version


def quoted(texts: Iterable[str]) -> str:
    """Put texts between quotation marks that end where the text ends."""
    plain = (inert(text.replace("”", '"')) for text in texts)
    return inert(", ".join(f"“{text}”" for text in plain))


# --- Reading them back ---------------------------------------------------------------------

_LINK = r"\[\[[^\[\]\n]+\]\]"
_LINKS = rf"{_LINK}(?:, {_LINK})*"
_LEAD = re.compile(
    rf"(?P<mark>{BIRTHDAY_MARK}|{DATE_MARK})?\s*"
    rf"(?P<names>{_LINK}(?:(?:\s*,\s*|\s+(?:and|и|&|\+)\s+){_LINK})*)"
)
_TARGET = re.compile(r"\[\[([^\[\]|#\n]+)[^\[\]\n]*\]\]")


@dataclass(frozen=True, slots=True)
class DueLine:
    """A list item of a due block, taken apart; its text after the brackets."""

    mark: str  # of an occasion, else ""
    targets: tuple[str, ...]  # of the links that it begins with
    tool: str  # the tool's own phrases
    added: str  # what a person wrote after them


def read_line(text: str) -> DueLine | None:
    """Take a line apart; None where it does not begin with a name."""
    lead = _LEAD.match(text)
    if lead is None:
        return None
    tool = _line_pattern().match(text, lead.end())
    end = tool.end() if tool else lead.end()
    targets = tuple(match[1].strip() for match in _TARGET.finditer(lead["names"]))
    return DueLine(
        lead["mark"] or "", targets, text[lead.end() : end], text[end:].lstrip(" \t—–:").rstrip()
    )


def is_tool_line(text: str) -> bool:
    """Whether a text is shaped like the tool's own lines: a name and then its phrases."""
    line = read_line(text)
    return line is not None and bool(line.tool)


def is_tool_note(text: str, promises: Container[str]) -> bool:
    """Whether a nested line is the tool's own; `promises` are the texts that it may quote."""
    match = _note_pattern().fullmatch(text)
    return match is not None and (match["promise"] is None or match["promise"] in promises)


def begins_tool_note(text: str) -> bool:
    """Whether a nested line begins as the tool's own do, whatever follows."""
    return _note_pattern().match(text) is not None


@functools.cache
def _line_pattern() -> re.Pattern[str]:
    after_name = rf"(?:{re.escape(SEPARATOR)}(?:{_alternatives(_AFTER_NAME)})(?!\w))+"
    former = "|".join(map(_template_pattern, _FORMER_DATES))
    return re.compile(rf"{after_name}| (?:{_alternatives(_OCCASIONS)}|{former})(?!\w)")


@functools.cache
def _note_pattern() -> re.Pattern[str]:
    topics, promise = _alternatives([ASK_ABOUT]), _alternatives([YOU_PROMISED, PROMISED_YOU])
    return re.compile(
        rf"(?:(?:{topics})(?:{re.escape(SEPARATOR)}(?=.)|$))?"
        rf"(?:(?:{promise})(?P<promise>.+))?(?<=.)"
    )


def _alternatives(phrases: Iterable[Phrase]) -> str:
    """A pattern for the phrases in both languages and all their plural forms."""
    found: dict[str, None] = {}
    for phrase in phrases:
        for lang in LANGUAGES:
            for n in (1, 2, 5):
                template = Catalogue(lang).template(phrase(n=n))
                found[_template_pattern(template.strip())] = None
    return "|".join(found)


def _template_pattern(template: str) -> str:
    return "".join(
        re.escape(literal) + (_shapes().get(name, "") if name else "")
        for literal, name, _spec, _conversion in Formatter().parse(template)
    )


@functools.cache
def _shapes() -> dict[str, str]:
    """What each value of a phrase may look like."""
    tables = [words_of(lang) for lang in LANGUAGES]
    channel = _any(name for table in tables for name in table.channel_names.values())
    month = _any(name for table in tables for name in table.months_short_in_dates)
    day = rf"\d{{1,2}} {month}(?: \d{{4}}(?![\d-]))?"
    near = [
        Catalogue(lang).template(phrase()).replace("{date}", day)
        for lang in LANGUAGES
        for phrase in (TODAY, TOMORROW, YESTERDAY, ON_DATE)
    ]
    weekdays = [re.escape(name) for table in tables for name in table.on_weekdays]
    return {
        "n": r"\d+",
        "cadence": r"[^()·\n]+",
        "date": day,
        "channel": channel,
        "channels": rf"{channel}(?:, {channel})*",
        "hours": r"\d\d:\d\d–\d\d:\d\d",
        "quoted": r"“[^”\n]*”(?:, “[^”\n]*”)*",
        "label": r"(?:(?<=“)[^”\n]*|(?<=«)[^»\n]*)",  # up to the quote that closes it
        "links": _LINKS,
        "when": rf"(?:{'|'.join([*near, *weekdays])})",
    }


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in dict.fromkeys(words))})"
