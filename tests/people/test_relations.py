"""Who is who to whom: relations, households, groups."""

from __future__ import annotations

from tests.people.story import world
from vaulttool.people.groups import groups_of
from vaulttool.people.relations import relations_of

NOTES = {
    "People/Anna.md": """---
relations: ["sister [[Boris]]", co-author of mine]
introduced_by: "[[Clara]]"
household: "[[The Langs]]"
groups: ["[[Book club]]"]
---
friends:: [[Dora]]

## Related
- cousin [[Dora|D.]]

%%
- rival [[Clara]]
%%

## Log
- 2026-11-01 call: [[Ольга]]
""",
    "People/Boris.md": "---\nrelations: brother of [[Anna]]\nhousehold: '[[The Langs]]'\n---\n",
    "People/Clara.md": "---\ngroups: '[[Book club]]'\n---\n",
    "People/Dora.md": "---\nfamily: '[[Eva]]'\n---\nSee [[Anna]].\n",
    "People/Eva.md": "",
    "Люди/Ольга.md": "---\nсвязи: ['подруга [[Anna]]']\n---\n## Связи\n- сестра [[Екатерина]]\n",
    "Люди/Екатерина.md": "",
    "Groups/The Langs.md": "---\nmembers: ['[[Anna]]', '[[Boris]]']\n---\n",
    "Groups/Book club.md": "",
}
PEOPLE = world(NOTES, "2026-11-22").people


def told(path: str) -> list[tuple[str, str | None, str, int]]:
    found = relations_of(PEOPLE, PEOPLE.contacts[path])
    return [(one.text, one.path, one.source, one.line) for one in found]


def groups(path: str) -> list[tuple[str | None, tuple[str, ...], bool]]:
    found = groups_of(PEOPLE, PEOPLE.contacts[path])
    return [(one.path, one.members, one.is_household) for one in found]


def test_relations_are_told_in_the_words_of_the_notes() -> None:
    own = "People/Anna.md"
    assert told(own) == [
        ("sister Boris", "People/Boris.md", own, 2),
        ("co-author of mine", None, own, 2),
        ("introduced by: Clara", "People/Clara.md", own, 3),
        ("friends: Dora", "People/Dora.md", own, 7),
        ("cousin D.", "People/Dora.md", own, 10),
        # What others write of her, unless she is told of them already.
        ("подруга Anna", own, "Люди/Ольга.md", 2),
    ]


def test_a_link_without_a_relation_is_none() -> None:
    assert told("People/Dora.md") == [
        ("friends: Dora", "People/Dora.md", "People/Anna.md", 7),
        ("cousin D.", "People/Dora.md", "People/Anna.md", 10),
    ]


def test_a_russian_list() -> None:
    assert ("сестра Екатерина", "Люди/Екатерина.md", "Люди/Ольга.md", 5) in told("Люди/Ольга.md")


def test_households_are_told_from_groups() -> None:
    assert groups("People/Anna.md") == [
        ("Groups/The Langs.md", ("People/Boris.md",), True),
        ("Groups/Book club.md", ("People/Clara.md",), False),
    ]


def test_a_household_without_a_note_holds_both_ways() -> None:
    assert groups("People/Dora.md") == [(None, ("People/Eva.md",), True)]
    assert groups("People/Eva.md") == [(None, ("People/Dora.md",), True)]
