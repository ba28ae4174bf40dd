"""The fields of a task: the emoji of the Tasks plugin, and Dataview's `[key:: value]`.

Fields are read from the end of the line backwards, as the plugin does: text after a
field hides it, a tag does not. A no-break space between an emoji and its value hides it too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.markdown.dates import read_date

if TYPE_CHECKING:
    from datetime import date

_KEYS = {"🛫": "start", "➕": "created", "⏳": "scheduled", "⌛": "scheduled", "📅": "due"}
_KEYS |= {"📆": "due", "🗓": "due", "✅": "completion", "❌": "cancelled"}
# None begins with white space: what is left of a field is stripped, and a search for a run
# of spaces costs its square.
_DATED = re.compile(rf"([{''.join(_KEYS)}])\ufe0f? *(\d{{4}}-\d{{2}}-\d{{2}})\Z")
_OTHER = re.compile(
    r"(?:[🔺⏫🔼🔽⏬]\ufe0f?"
    r"|🔁\ufe0f? *[A-Za-z0-9, !]+"
    r"|🏁\ufe0f? *(?:keep|delete)"
    r"|[🆔⛔]\ufe0f? *[A-Za-z0-9_-]+(?:\s*,\s*[A-Za-z0-9_-]+)*)\Z"
)
_FIELD = re.compile(r"(?:\[\s*(\w+)::\s*([^\[\]]*)\]|\(\s*(\w+)::\s*([^()]*)\)),?\Z")
_DATAVIEW_DATES = frozenset({"start", "created", "scheduled", "due", "completion", "cancelled"})
_DATAVIEW_OTHER = frozenset({"priority", "repeat", "onCompletion", "id", "dependsOn"})
_TAG = re.compile(r"(?<!\S)#[^\s#]+\Z")
_BLOCK_ID = re.compile(r"(?<=\s)\^[A-Za-z0-9-]+\Z")
_STATUS = re.compile(r"\A\[(.)\](?:\s|$)")
_MAX_LINE = 5_000  # characters: a longer line is no task


@dataclass(frozen=True, slots=True)
class Task:
    """A task's text without its fields, and the dates that they give."""

    text: str
    due: date | None = None
    completion: date | None = None


def task_status(item_text: str) -> str | None:
    """Give the character in the brackets of a task's text; None for a plain list item."""
    match = _STATUS.match(item_text) if item_text.startswith("[") else None
    return match[1] if match else None


def without_status(item_text: str) -> str:
    """Give a list item's text without `[x] `."""
    return _STATUS.sub("", item_text, count=1)


def passes_filter(item_text: str, task_filter: str) -> bool:
    """Whether a line is a task to the Tasks plugin: its global filter is any text, often a tag."""
    return task_filter in item_text.partition("\n")[0]


def words_without(text: str, word: str) -> str:
    """Give a text without one of its words; the others keep their spaces."""
    return re.sub(rf"(?<!\S){re.escape(word)}(?:\s+|\Z)", "", text).strip() if word else text


def read_task(item_text: str) -> Task:
    """Read a task's first line.

    Source: the Tasks plugin's documentation, "Emoji Format" and "Dataview Format".
    """
    text = without_status(item_text).partition("\n")[0].rstrip()
    if len(text) > _MAX_LINE:
        return Task(text)
    text = _BLOCK_ID.sub("", text).rstrip()
    dates: dict[str, date | None] = {}
    tags = ""
    while True:
        if match := _TAG.search(text):
            tags = f" {match[0]}{tags}"
        elif match := _DATED.search(text):
            dates[_KEYS[match[1]]] = read_date(match[2])  # of two the first in the line counts
        elif match := _FIELD.search(text):
            key, value = match[1] or match[3], (match[2] if match[1] else match[4])
            if key in _DATAVIEW_DATES:
                dates[key] = read_date(value)
            elif key not in _DATAVIEW_OTHER:
                break
        elif not (match := _OTHER.search(text)):
            break
        text = text[: match.start()].rstrip()
    return Task((text + tags).strip(), dates.get("due"), dates.get("completion"))
