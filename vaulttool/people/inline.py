"""The tool's own inline fields: by when an answer is expected, and who promised what.

Their names stand in one table per language (`locale/`). They are no prose: `должен` in one
of them is a promise, and no word about the future.
"""

from __future__ import annotations

import functools
import re

from vaulttool.people.schema import all_words

REPLY = "reply_fields"
OWES = "owes_fields"  # what somebody owes to the user
OWED = "owed_fields"  # what the user owes to somebody


@functools.cache
def field_pattern(*tables: str) -> re.Pattern[str]:
    """A pattern for `[key:: value]` with a key of the tables; the value is its one group."""
    keys = "|".join(re.escape(word) for table in tables for word in sorted(all_words(table)))
    return re.compile(rf"[\[(][ \t]*(?:{keys})[ \t]*::([^\[\]()\n]*)[\])]", re.IGNORECASE)


def without_fields(text: str) -> str:
    """Blank out the tool's own fields; everything else keeps its place."""
    if "::" not in text:
        return text
    return field_pattern(REPLY, OWES, OWED).sub(lambda match: " " * len(match[0]), text)
