from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests.table import cases
from vaulttool.errors import RefusedError
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown import frontmatter
from vaulttool.markdown.properties import add_to_property, remove_property, set_property

EDIT = re.compile(r'(set|date|add|list|remove) ("(?:[^"\\]|\\.)*"|\S+) ?(.*)')


def edited(edit: str, text: str) -> str:
    """Make an edit that is written in one line: `set circle "close"`."""
    match = EDIT.fullmatch(edit)
    assert match
    command, name, given = match.groups()
    key = json.loads(name) if name.startswith('"') else name
    match command:
        case "remove":
            return remove_property(text, key)
        case "date":
            return set_property(text, key, date.fromisoformat(given))
        case "set":
            return set_property(text, key, json.loads(given))
        case _:
            return add_to_property(text, key, json.loads(given), make_list=command == "list")


def outcome(edit: str, text: str) -> str:
    """What an edit gives, in the words of the case files."""
    try:
        new = edited(edit, text)
    except RefusedError as error:
        said = Catalogue("en").render(error.message)
        line = f" {error.details['line']}" if error.details else ""
        assert said.startswith(f"line{line}: ") is bool(line)
        return f"refused{line}: {said.removeprefix(f'line{line}: ')}"
    if new is text:
        return "same"
    assert edited(edit, new) is new
    return new


def expect(found: str, expected: str) -> None:
    if expected.startswith("refused"):
        assert found.startswith(expected)
    else:
        assert found == expected


@pytest.fixture(params=["python", "libyaml"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(frontmatter, "_Loader", frontmatter.yaml.SafeLoader)


@cases("property_edits")
@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["", "CRLF"])
def test_property_edits(given: str, expected: str, mark: str, ending: str) -> None:
    edit, _newline, note = given.partition("\n")
    if not expected.startswith(("same", "refused")):
        expected = mark + f"{expected}\n".replace("\n", ending)
    expect(outcome(edit, mark + f"{note}\n".replace("\n", ending)), expected)
