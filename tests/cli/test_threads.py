"""Answers, promises and households on the command line; and whom no command suggests."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault, Result, Run

TODAY = "2026-11-20"
NOTE = f"{TODAY}.md"
ANNA = "---\nevery: 2 weeks\n---\n- 2026-11-03 call\n"
VERA = "---\nчастота: 2 недели\n---\nЗнакомы с университета.\n\n## Лог\n- 03.11.2026 звонок\n"


@pytest.fixture
def ask(run: Run) -> Callable[..., Result]:
    def call(root: Path, *args: str, day: str = TODAY, code: int = 0) -> Result:
        return run("--vault", root, "--today", day, *args, code=code)

    return call


def awaited(ask: Any, root: Path, day: str) -> list[tuple[str, str]]:
    found = ask(root, "due", "--print", "--format", "json", day=day).json["awaiting"]
    return [(one["name"], one["reply_by"]) for one in found]


class TestExpectReply:
    def test_in_the_daily_note(self, ask: Any, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": ANNA})
        ask(root, "log", "anna", "will you come?", "--via", "email", "--expect-reply", "5d")
        text = (root / NOTE).read_text("utf-8")
        assert "- [x] [[Anna]] — email → will you come? [reply:: 2026-11-25]\n" in text
        assert awaited(ask, root, "2026-11-24") == []
        assert awaited(ask, root, "2026-11-25") == [("Anna", "2026-11-25")]
        (found, *_older) = ask(root, "interactions", "anna", "--format", "json").json
        assert (found["channel"], found["direction"], found["reply_by"]) == (
            *("email", "out", "2026-11-25"),
        )

    def test_in_a_russian_log(self, ask: Any, vault: MakeVault) -> None:
        root = vault({"Люди/Вера.md": VERA})
        more = ("--expect-reply", "2 недели", "--to", "contact")
        ask(root, "log", "вера", *more)
        assert "- 20.11.2026 → [ответ:: 2026-12-04]\n" in (root / "Люди/Вера.md").read_text("utf-8")
        assert awaited(ask, root, "2026-12-03") == []
        assert awaited(ask, root, "2026-12-04") == [("Вера", "2026-12-04")]

    def test_by_a_day_and_with_several(self, ask: Any, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": ANNA, "People/Boris.md": ANNA})
        ask(root, "log", "anna", "boris", "--via", "call", "--expect-reply", "2026-12-24")
        day = "2026-12-24"
        assert awaited(ask, root, "2026-12-23") == []
        assert awaited(ask, root, day) == [("Anna", day), ("Boris", day)]

    def test_none_is_expected(self, ask: Any, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": ANNA, "Люди/Вера.md": VERA})
        ask(root, "log", "anna", "happy birthday", "--via", "sms", "--no-reply")
        ask(root, "log", "вера", "--via", "смс", "--no-reply", "--to", "contact")
        assert "sms: happy birthday [reply:: no]\n" in (root / NOTE).read_text("utf-8")
        assert "смс [ответ:: нет]\n" in (root / "Люди/Вера.md").read_text("utf-8")
        assert awaited(ask, root, "2026-12-20") == []

    @pytest.mark.parametrize(
        "more",
        [
            ("--expect-reply", "5d", "--in"),
            ("--expect-reply", "5d", "--no-reply"),
            ("--expect-reply", "soon"),
            ("--expect-reply", "never"),
            ("--expect-reply", "2026-11-20"),
        ],
    )
    def test_what_cannot_be_meant(self, ask: Any, vault: MakeVault, more: tuple[str, ...]) -> None:
        root = vault({"People/Anna.md": ANNA})
        assert "--expect-reply" in ask(root, "log", "anna", *more, code=2).err
        assert not (root / NOTE).exists()

    def test_why_says_until_when(self, ask: Any, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": "- 2026-11-18 email → [reply:: 2026-11-21]\n"})
        place = "(People/Anna.md:1)"
        said = ask(root, "why", "anna").out
        assert f"No answer yet since 18 Nov {place}; expected by 21 Nov" in said
        assert f"No answer since 18 Nov {place}\n" in ask(root, "why", "anna", day="2026-11-21").out


def test_promises_have_a_direction(ask: Any, vault: MakeVault) -> None:
    note = ANNA + "- [ ] [owes:: the drill] 📅 2026-11-22\n- [ ] the deck 📅 2026-11-21\n"
    root = vault({"People/Anna.md": note})
    shown = ask(root, "due")
    assert "  Anna: the deck (tomorrow)\n  Anna promised you: the drill (in 2 days)\n" in shown.out
    written = (root / NOTE).read_text("utf-8")
    assert "\t- you promised: the deck\n\t- promised you: the drill\n" in written
    ask(root, "due")
    assert (root / NOTE).read_text("utf-8") == written
    found = ask(root, "due", "--print", "--format", "json").json["promises"]
    assert [(one["text"], one["direction"]) for one in found] == [
        ("the deck", "out"),
        ("the drill", "in"),
    ]


def test_the_line_of_what_was_promised_goes_with_the_promise(ask: Any, vault: MakeVault) -> None:
    root = vault({"Люди/Вера.md": VERA + "\nдолжна:: книгу\n"})
    ask(root, "due")
    assert "\t- вам обещано: книгу\n" in (root / NOTE).read_text("utf-8")
    (root / "Люди/Вера.md").write_text(VERA + "- [x] [должна:: книгу]\n", "utf-8")
    ask(root, "due")
    assert "вам обещано" not in (root / NOTE).read_text("utf-8")


def test_why_says_through_whom(ask: Any, vault: MakeVault) -> None:
    home = "---\nhousehold: '[[The Langs]]'\n---\n"
    root = vault(
        {
            "vaulttool.toml": "[household]\nshared = true\n",
            "People/Anna.md": home + "- 2026-11-18 call\n",
            "People/Boris.md": home,
            "The Langs.md": "A family.\n",
        }
    )
    said = "18 Nov  through Anna, of the same household  People/Anna.md:4"
    assert said in ask(root, "why", "boris").out
    (row,) = ask(root, "why", "boris", "--format", "json").json["evidence"]
    assert (row["kind"], row["through"], row["depth"]) == ("household", "People/Anna.md", "message")
    assert (row["source"], row["line"], row["counts"]) == ("People/Anna.md", 4, True)


def test_interactions_may_show_what_does_not_count(ask: Any, vault: MakeVault) -> None:
    root = vault({"People/Anna.md": ANNA, "2026-11-19.md": "Didn't call [[Anna]].\n"})
    assert len(ask(root, "interactions", "anna", "--format", "json").json) == 1
    rows = ask(root, "interactions", "anna", "--all", "--format", "json").json
    assert [(row["date"], row["counts"]) for row in rows] == [
        ("2026-11-19", False),
        ("2026-11-03", True),
    ]
    assert "it did not happen" in rows[0]["reason"]
    assert "it did not happen" in ask(root, "interactions", "anna", "--all", "--format", "md").out


def test_details_to_look_at_again_stay_out_of_the_daily_note(ask: Any, vault: MakeVault) -> None:
    note = "---\nevery: 2 weeks\nemail: a@example.org\nverified: {0}\n---\n- 2026-11-19 call\n"
    root = vault(
        {
            "People/Anna.md": note.format("2025-01-05"),
            "People/Boris.md": note.format("2024-01-05"),
            "People/Clara.md": "---\nevery: 2 weeks\n---\n- 2026-11-01 call\n",
        }
    )
    said = ask(root, "due").out
    assert "  Boris: last checked on 5 Jan 2024\n  Anna: last checked on 5 Jan 2025\n" in said
    assert "checked" not in (root / NOTE).read_text("utf-8")


@pytest.mark.parametrize(("lang", "words"), [("en", "be gentle"), ("ru", "бережны")])
def test_a_hard_time_is_said_wherever_somebody_is_listed(
    ask: Any, vault: MakeVault, lang: str, words: str
) -> None:
    crisis = "---\ncircle: regular\nstage: crisis\n---\n- 2026-10-05 call\n"
    root = vault({"People/Clara.md": crisis})
    assert words in " ".join(ask(root, "due", "--lang", lang).out.split())
    assert words in ask(root, "why", "clara", "--lang", lang).out
    assert "be gentle" in (root / NOTE).read_text("utf-8")


# --- Whom no command suggests --------------------------------------------------------------

HISTORY = (
    "- 2026-07-01 call\n- 2026-07-11 call\n- 2026-07-21 call\n- 2026-10-01 call\n"
    "- 2026-10-30 email → will you come?\n- [ ] send the photos 📅 2026-11-20\nowes:: the drill\n"
)
HEAD = "birthday: 11-22\nverified: 2020-01-01\nemail: x@example.org\nnext: 2026-11-20\n"
UNASKED = ["boundaries: no contact", "границы: [не связываться]", "died: 2026-11-01", "умерла: да"]
CADENCES = ["", "circle: key\n", "every: 1 week\n", "stage: crisis\ncircle: key\n"]


@pytest.mark.parametrize("said", UNASKED)
@pytest.mark.parametrize("cadence", CADENCES)
def test_who_died_or_wants_no_contact_is_suggested_nowhere(
    ask: Any, vault: MakeVault, monkeypatch: pytest.MonkeyPatch, said: str, cadence: str
) -> None:
    root = vault(
        {
            "People/Quentin.md": f"---\n{said}\n{cadence}{HEAD}---\n{HISTORY}",
            "People/Boris.md": "Untracked.\n",
            **{f"2026-08-{n}.md": "Saw [[Quentin]].\n" for n in range(10, 15)},
        }
    )
    for command in ("due", "plan", "tune", "review", "triage"):
        monkeypatch.setattr(sys, "stdin", io.StringIO("s\n"))
        done = ask(root, command)
        assert "Quentin" not in done.out + done.err, command
    assert not (root / NOTE).exists()
    first = ask(root, "why", "quentin").out.splitlines()[0]
    assert first in (
        "Quentin: asked for no contact: never suggested",
        "Quentin: has died: remembered, not asked about",
    )


def test_what_stood_in_todays_list_goes_when_she_asks_for_no_contact(
    ask: Any, vault: MakeVault
) -> None:
    root = vault({"People/Anna.md": ANNA})
    ask(root, "due")
    assert "[[Anna]]" in (root / NOTE).read_text("utf-8")
    (root / "People/Anna.md").write_text(ANNA.replace("every", "boundaries: no contact\nevery"))
    ask(root, "due")
    assert "[[Anna]]" not in (root / NOTE).read_text("utf-8")
