"""`vault brief`: what to know before a talk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

ANNA = """---
circle: key
stage: crisis
timezone: Asia/Tokyo
hours: 09:00-17:00
days: mon-wed, fri
prefers: video
boundaries: [no calls, only after lunch]
TEL[CELL]: +1 555 0114
TEL[HOME]: +1 555 0115
email: anna@example.org
role: designer
company: "[[Lumen]]"
city: Osaka
met: on a train
birthday: 1990-12-01
verified: 2024-01-05
interests: [tea]
relations: ["sister [[Boris]]"]
---
# Anna

Laughs first. See [[Career]].

> [!tip] Good to know
> Green tea only.

## Promises
- [ ] send the deck 📅 2026-11-24
- [owes:: the drill]

## Log
- 2026-11-18 email → shall we meet?
- 2026-11-02 call: spoke about [[Team work]]
	- she wants one reader
- 2026-10-01 visit
- 2026-09-01 call
- 2026-08-01 call
- 2026-07-01 call
"""
NOTES = {
    "People/Anna.md": ANNA,
    "People/Boris.md": "---\ndied: true\nphone: 1\ninterests: [rivers]\n---\n",
    "People/Clara.md": "---\nboundaries: no contact\nphone: 2\n---\n- [ ] write to her\n",
    "People/Dora.md": "---\nlast_contact: 2026-11-20\n---\n",
    "Topics/Career.md": "",
    "Topics/Team work.md": "",
}


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault(NOTES)


def test_the_order_is_that_of_somebody_who_is_about_to_call(run: Run, root: Path) -> None:
    assert (
        run("--vault", root, "--today", TODAY, "brief", "anna").out
        == """\
Anna · designer, Lumen · Osaka
key · crisis · every week · due on 25 Nov

To mind
  a hard time: be gentle
  asked you: no calls, only after lunch
  There it is 21:00 (Asia/Tokyo): not now

How to reach
  likes video · Mon–Wed, Fri · 09:00–17:00 their time
  phone: +1 555 0114, +1 555 0115
  email: anna@example.org

You wrote
  Laughs first. See Career. Good to know: Green tea only.
  how you met: on a train

Last in touch: 18 Nov, 2 days ago
  2 days ago  email →  shall we meet?
  2 Nov  call ↔  spoke about Team work · she wants one reader
  1 Oct  visit ↔
  1 Sep  call ↔
  1 Aug  call ↔

You asked last
  on 18 Nov; an answer is expected by 25 Nov: shall we meet?

To ask about
  Team work, tea, Career

Promises
  you promised: send the deck (in 4 days)
  promised you: the drill

Occasions
  turns 36 on 1 Dec

People around
  sister Boris

Details to look at again
  last checked on 5 Jan 2024
"""
    )


def test_how_many_interactions_are_shown(run: Run, root: Path) -> None:
    shown = run("--vault", root, "--today", TODAY, "brief", "anna", "--last", "2").out
    assert "2 Nov  call" in shown
    assert "1 Oct  visit" not in shown
    row = run("--vault", root, "brief", "anna", "--last", "6", "--format", "json").json
    assert len(row["interactions"]) == 6
    none = run("--vault", root, "--today", TODAY, "brief", "anna", "--last", "0")
    assert "Last in touch" not in none.out
    assert "To ask about\n  Team work" in none.out  # what is asked about does not depend on it


@pytest.mark.parametrize(
    ("name", "said"),
    [("boris", "has died: remembered, not asked about"), ("clara", "asked for no contact")],
)
def test_nothing_invites_to_reach_who_is_not_to_be_reached(
    name: str, said: str, run: Run, root: Path
) -> None:
    shown = run("--vault", root, "--today", TODAY, "brief", name).out
    assert said in shown
    assert not any(word in shown for word in ("phone", "To ask about", "Promises"))


def test_a_contact_of_today_without_words(run: Run, root: Path) -> None:
    shown = run("--vault", root, "--today", TODAY, "brief", "dora").out
    assert shown.endswith("Last in touch: today\n  today  in touch\n")


def test_places_are_shown_where_more_is_asked_for(run: Run, root: Path) -> None:
    shown = run("--vault", root, "--today", TODAY, "brief", "anna", "-v").out
    assert "shall we meet?  People/Anna.md:33" in shown


def test_for_programs(run: Run, root: Path) -> None:
    row = run("--vault", root, "--today", TODAY, "brief", "anna", "--format", "json").json
    assert row["reached_by"] == {
        "phone": ["+1 555 0114", "+1 555 0115"],
        "email": ["anna@example.org"],
    }
    assert row["about"] == ["Laughs first. See Career.", "Good to know: Green tea only."]
    assert row["question"]["text"] == "shall we meet?"
    assert row["topics"] == [
        {"name": "Team work", "path": "Topics/Team work.md"},
        {"name": "tea", "path": None},
        {"name": "Career", "path": "Topics/Career.md"},
    ]
    assert [one["direction"] for one in row["promises"]] == ["out", "in"]
    assert row["relations"][0]["path"] == "People/Boris.md"
    assert row["refresh"] is True
    assert (row["local_time"], row["good_time"]) == ("21:00", False)


def test_as_rows_and_as_a_note(run: Run, root: Path) -> None:
    args = ("--vault", root, "--today", TODAY, "brief", "anna", "--format")
    rows = run(*args, "csv").out.splitlines()
    assert rows[0] == "section,text,date,source,line"
    assert "topics,tea,,," in rows
    assert "promises,you promised: send the deck (2026-11-24),2026-11-24,People/Anna.md,29" in rows
    note = run(*args, "md").out
    assert note.startswith("# Anna · designer, Lumen · Osaka\n\n- key · crisis")
    assert "\n## Promises\n\n- you promised: send the deck (in 4 days)\n" in note


def test_a_birthday_that_was_wished_is_done(run: Run, vault: MakeVault) -> None:
    note = "---\nbirthday: 03-14\nwished: {}\n---\n"
    root = vault({"People/A.md": note.format("2026-03-14"), "People/B.md": note.format("")})
    day = ("--vault", root, "--today", "2026-03-15", "brief")
    assert "Occasions" not in run(*day, "a").out
    assert "had a birthday yesterday" in run(*day, "b").out


def test_on_a_narrow_terminal_lines_go_on_where_they_began(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    lines = run("--vault", root, "--today", TODAY, "brief", "anna").out.splitlines()
    assert max(map(len, lines)) <= 40
    start = lines.index("  likes video · Mon–Wed, Fri ·")
    assert lines[start + 1] == "  09:00–17:00 their time"


def test_in_russian(run: Run, example: Path) -> None:
    shown = run("--vault", example, "--today", TODAY, "--lang", "ru", "brief", "ольга").out
    assert shown.startswith("Ольга Соколова · врач · Новосибирск\nключевой · долгосрочный · ")
    for title in ("Учесть", "Как связаться", "Вы записали", "О чём спросить", "Люди рядом"):
        assert f"\n\n{title}\n  " in shown
    assert "Последний контакт: 10 нояб., 10 дней назад" in shown
    assert "телефон: +7 900 000-11-22" in shown


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "expected NAME"),
        (("ann", "x"), 1, "no contact answers to “ann x”"),
        (("anma",), 1, "did you mean Anna?"),
        (("anna", "--last", "-1"), 2, "--last"),
        (("../../etc/passwd",), 1, "no contact answers"),
    ],
)
def test_what_cannot_be_meant(
    args: tuple[str, ...], code: int, said: str, run: Run, root: Path
) -> None:
    before = tree_hash(root)
    result = run("--vault", root, "brief", *args, code=code)
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert said in result.err
    assert tree_hash(root) == before


def test_a_note_cannot_steer_the_terminal(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Eve.md": '---\ncity: "\\e[31mRed"\n---\nHi \x1b[2J there\n'})
    for form in ("table", "md", "csv", "json"):
        assert "\x1b" not in run("--vault", root, "brief", "eve", "--format", form).out
