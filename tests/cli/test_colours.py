"""Colours: only on a terminal that wants them, and never the only sign of anything."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY

if TYPE_CHECKING:
    from tests.conftest import MakeVault, Run

RED, GREEN, MAGENTA, DIM, END = "\x1b[31m", "\x1b[32m", "\x1b[35m", "\x1b[2m", "\x1b[0m"
NOTES = {
    "People/Anna.md": "---\nevery: 1 week\nlast_contact: 2026-11-05\n---\n"
    "- [ ] the deck 📅 2026-11-17\n- [ ] the drill 📅 2026-11-22\n",
    "People/Boris.md": "---\nevery: 1 week\nlast_contact: 2026-11-19\n---\n",
    "People/Clara.md": '---\nrole: "baker\n---\n',
    "People/Dora.md": "---\nbirthday: 2001-02-30\n---\n",
}


class OnTerminals:
    """Runs the program as on two terminals: one of the results, one of what is said beside."""

    def __init__(self, run: Run, make: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run, self.root, self.monkeypatch = run, make(NOTES), monkeypatch
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", "100")

    def __call__(self, *words: str) -> tuple[str, str]:
        with self.monkeypatch.context() as shown:
            shown.setattr(sys.stdout, "isatty", lambda: True)
            shown.setattr(sys.stderr, "isatty", lambda: True)
            done = self.run("--vault", self.root, "--today", TODAY, *words, code=None)
        return done.out, done.err


@pytest.fixture
def shown(run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> OnTerminals:
    return OnTerminals(run, vault, monkeypatch)


def test_what_is_over_its_day_is_red(shown: OnTerminals) -> None:
    listed, _err = shown("list")
    assert f"{RED}8 days over{END}" in listed
    assert listed.count(RED) == 1
    promised, _err = shown("promises")
    assert f"{RED}3 days over{END}" in promised
    assert promised.count(RED) == 1
    brief, _err = shown("brief", "anna")
    assert f"the deck{RED} (3 days over){END}" in brief
    due, _err = shown("due", "--print")
    assert f"{RED}8 days over (every week)" in due
    assert f"  Anna: the deck{RED} (3 days over){END}\n" in due


def test_severities_have_their_colours(shown: OnTerminals) -> None:
    out, _err = shown("check")
    assert f"People/Clara.md:3: {RED}error{END}: " in out
    assert f"People/Dora.md:2: {MAGENTA}warning{END}: " in out
    assert f"{DIM} [bad-date]{END}" in out


def test_what_went_wrong_begins_red(shown: OnTerminals) -> None:
    _out, err = shown("why", "nobody")
    assert err.startswith(f"{RED}Error:{END} ")
    _out, err = shown("why", "nobody", "--lang", "ru")
    assert err.startswith(f"{RED}Ошибка:{END} ")
    assert shown("why", "nobody", "--format", "json")[1].startswith("{")


def test_no_colour_is_heard_before_a_slip(shown: OnTerminals) -> None:
    assert shown("list", "--bogus")[1].startswith(f"{RED}Error:{END} ")
    assert shown("list", "--bogus", "--no-color")[1].startswith("Error: ")


def test_lines_of_a_diff_have_their_colours(shown: OnTerminals) -> None:
    out, _err = shown("set", "anna", "every=2 weeks", "--dry-run")
    lines = out.split("\n")
    assert f"{RED}-every: 1 week{END}" in lines
    assert f"{GREEN}+every: 2 weeks{END}" in lines
    assert " ---" in lines
    assert "\x1b[1m--- a/People/Anna.md\x1b[0m" in lines


def test_where_something_stands_is_dim(shown: OnTerminals) -> None:
    assert f"{DIM}People/Anna.md:5{END}" in shown("promises")[0]
    assert f"{DIM}People/Anna.md:3{END}" in shown("why", "anna")[0]


COMMANDS = (
    ["list"], ["promises"], ["check"], ["why", "anna"], ["brief", "anna"], ["due", "--print"],
    ["why", "nobody"], ["set", "anna", "every=2 weeks", "--dry-run"],
)  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_without_colour_the_words_are_the_same(
    words: list[str], shown: OnTerminals, monkeypatch: pytest.MonkeyPatch
) -> None:
    coloured = shown(*words)
    plain = tuple(re.sub(r"\x1b\[\d*m", "", text) for text in coloured)
    assert plain != coloured
    assert shown("--no-color", *words) == plain
    with monkeypatch.context() as env:
        env.setenv("NO_COLOR", "1")
        assert shown(*words) == plain
    with monkeypatch.context() as env:
        env.setenv("TERM", "dumb")
        assert shown(*words) == plain
    piped = shown.run("--vault", shown.root, "--today", TODAY, *words, code=None)
    assert "\x1b" not in piped.out + piped.err


def test_only_standard_colours_that_both_backgrounds_show(shown: OnTerminals) -> None:
    codes = {code for words in COMMANDS for text in shown(*words) for code in
             re.findall(r"\x1b\[([\d;]*)m", text)}  # fmt: skip
    assert codes <= {"0", "1", "2", "31", "32", "35"}


def test_what_is_said_beside_the_results_is_folded_between_words(
    run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault({"People/Anna.md": ""})
    monkeypatch.setenv("COLUMNS", "40")
    assert run("--vault", root, "history").err.count("\n") == 1
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run("--vault", root, "history").err == (
        "The tool has written nothing into this\nvault yet.\n"
    )
