"""What is doubtful in a vault: small vaults in text, and the problems that are found in them."""

from __future__ import annotations

import re

from tests.table import cases
from vaulttool.checks import find_doubts
from vaulttool.index import build
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown.note import read_note
from vaulttool.people.doubts import property_doubts
from vaulttool.settings import Settings

SAY = Catalogue("en").render
TYPES = {"age": "number", "met": "date", "at": "datetime", "vegan": "checkbox", "nick": "text"}
TYPES |= {"kids": "multitext", "other": "new-type"}


@cases("checks")
def test_doubts(given: str, expected: str) -> None:
    files = {}
    for part in re.split(r"^=== ", given, flags=re.MULTILINE)[1:]:
        path, _end, text = part.partition("\n")
        files[path] = text
    notes = [read_note(path, text) for path, text in files.items() if path.endswith(".md")]
    snapshot = build(notes, files, Settings(property_types=TYPES))
    doubts = [
        *find_doubts(snapshot),
        *(
            doubt
            for note in notes
            for item in note.properties
            for doubt in property_doubts(note, item, snapshot.settings)
        ),
    ]
    found = sorted(doubts, key=lambda one: (one.path, one.line or 0))
    assert "\n".join(
        f"{one.path}{f':{one.line}' if one.line else ''} {one.severity} {one.code}: "
        f"{SAY(one.message)}"
        for one in found
    ) == expected  # fmt: skip
