"""`vault set`, `snooze`, `pause`, `resume`: one property of one note, and nothing else."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault, Result, Run

    Do = Callable[..., Result]

ANNA = "---\nevery: 2 weeks # or so\nlast_contact: 2026-11-03\n---\n# Anna\n"
FILES = {
    "People/Anna Lee.md": ANNA,
    "People/Zoë.md": "Tea, no sugar.\n",
    "Люди/Ольга.md": "---\r\nкруг: ключевой\r\nгород: Казань\r\n---\r\n",
    "Topics/Chess.md": "# Chess\n",
}


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault(FILES)


@pytest.fixture
def do(run: Run, root: Path) -> Do:
    """Run a command in the vault: `do("set anna circle=key")`."""

    def call(command: str, *options: str, code: int = 0) -> Result:
        return run("--vault", root, "--today", TODAY, *options, *command.split(), code=code)

    return call


@pytest.fixture
def anna(root: Path) -> Callable[[], str]:
    return lambda: (root / "People/Anna Lee.md").read_bytes().decode()


def with_line(line: str) -> str:
    return ANNA.replace("2026-11-03\n", f"2026-11-03\n{line}\n")


class TestSnooze:
    @pytest.mark.parametrize(
        ("words", "day"),
        [
            *(("2026-12-05", "2026-12-05"), ("5 dec", "2026-12-05"), ("tomorrow", "2026-11-21")),
            *(("2 weeks", "2026-12-04"), ("for 2 weeks", "2026-12-04"), ("завтра", "2026-11-21")),
            *(("через месяц", "2026-12-20"), ("until next monday", "2026-11-23")),
        ],
    )
    def test_until_a_day_in_words(
        self, do: Do, anna: Callable[[], str], words: str, day: str
    ) -> None:
        for name in ("anna", "anna lee"):
            do(f"snooze {name} {words}")
            assert anna() == with_line(f"snooze_until: {day}")

    def test_the_verdict_follows(self, do: Do) -> None:
        assert "is put off until 4 Dec" in do("snooze anna 2 weeks").err
        assert do("why anna", "--format", "json").json["verdict"] == "snoozed"
        assert "is put off until 4 Dec already" in do("snooze anna 2 weeks").err

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            *(("today", "today"), ("yesterday", "yesterday"), ("2026-11-20", "2026-11-20")),
            *(("whenever it suits", "suits"), ("5 dec 2025", "5 dec 2025")),
            *(("2027", "2027"), ("in 2027", "2027")),  # a year, and no number of days
        ],
    )
    def test_a_day_that_is_none_to_come(self, do: Do, root: Path, words: str, found: str) -> None:
        before = tree_hash(root)
        done = do(f"snooze anna {words}", code=2)
        assert (
            f"expected a date to come such as 2026-12-04, or 2 weeks, found “{found}”" in done.err
        )
        assert done.err.count("\n") == 1
        assert tree_hash(root) == before

    @pytest.mark.parametrize("words", ["anna", "anna lee", "nobody"])
    def test_no_day(self, do: Do, words: str) -> None:
        done = do(f"snooze {words}", code=2)
        assert done.err.endswith("expected NAME UNTIL; for example: vault snooze anna 2 weeks\n")

    def test_somebody_unknown(self, do: Do) -> None:
        assert "did you mean Anna Lee?" in do("snooze anan tomorrow", code=1).err

    def test_in_a_review(
        self, do: Do, anna: Callable[[], str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("z next monday\n"))
        do("review")
        assert anna() == with_line("snooze_until: 2026-11-23")


class TestPauseAndResume:
    def test_there_and_back(self, do: Do, anna: Callable[[], str]) -> None:
        assert "Anna Lee is not asked about any more" in do("pause anna").err
        assert anna() == with_line("pause: true")
        assert do("why anna", "--format", "json").json["verdict"] == "paused"
        assert "Anna Lee is paused already" in do("pause anna").err
        assert "Anna Lee is asked about again" in do("resume anna").err
        assert anna() == ANNA
        assert "neither paused nor put off" in do("resume anna").err

    def test_resume_takes_both_away(self, do: Do, anna: Callable[[], str]) -> None:
        do("pause anna")
        do("snooze anna 2 weeks")
        do("resume anna")
        assert anna() == ANNA

    @pytest.mark.parametrize(
        "line", ["пауза: да", "prm-paused: true", "archived: yes", "отложить_до: 01.12.2026"]
    )
    def test_resume_under_another_name(self, do: Do, root: Path, line: str) -> None:
        file = root / "People/Anna Lee.md"
        file.write_text(with_line(line))
        do("resume anna")
        assert file.read_text() == ANNA

    @pytest.mark.parametrize("day", ["2026-11-01", TODAY])
    def test_a_pause_that_is_over_is_left_alone(self, do: Do, root: Path, day: str) -> None:
        do("due")
        text = with_line(f"pause: false\nsnooze_until: {day}")
        (root / "People/Anna Lee.md").write_text(text)
        assert "neither paused nor put off" in do("resume anna").err
        assert (root / "People/Anna Lee.md").read_text() == text

    def test_a_line_of_her_own_is_named(self, do: Do, root: Path) -> None:
        do("due")
        note = root / f"{TODAY}.md"
        assert "neither paused nor put off" in do("resume anna").err
        note.write_text(note.read_text().replace("- [ ] [[Anna", "- [>] [[Anna"))
        text = note.read_text()
        done = do("resume anna")
        assert f"put off until 27 Nov by a line of your own: {TODAY}.md:" in done.err
        assert note.read_text() == text


class TestSet:
    def test_several_at_once_in_one_step(self, do: Do, anna: Callable[[], str]) -> None:
        done = do("set anna circle=key every=3 weeks birthday=14.03")
        assert anna() == ANNA.replace("2 weeks", "3 weeks").replace(
            "11-03\n", '11-03\ncircle: key\nbirthday: "14.03"\n'
        )
        assert done.out == ""
        assert done.err == (
            "Anna Lee: every: 3 weeks\nAnna Lee: circle: key\nAnna Lee: birthday: 14.03\n"
        )
        do("undo")
        assert anna() == ANNA

    def test_in_the_manner_of_the_note(self, do: Do, root: Path) -> None:
        do("set ольга birthday=14.03 company=Завод next=завтра")
        assert (root / "Люди/Ольга.md").read_bytes().decode() == (
            '---\r\nкруг: ключевой\r\nгород: Казань\r\nдень_рождения: "14.03"\r\n'
            "организация: Завод\r\nследующий_контакт: 2026-11-21\r\n---\r\n"
        )

    def test_taken_away(self, do: Do, anna: Callable[[], str]) -> None:
        assert "Anna Lee: last_contact is taken away" in do("set anna last_contact=").err
        assert anna() == ANNA.replace("last_contact: 2026-11-03\n", "")

    def test_nothing_to_change(self, do: Do, root: Path) -> None:
        before = tree_hash(root)
        assert "nothing to change: Anna Lee" in do("set anna every=2 weeks birthday=").err
        assert tree_hash(root) == before

    def test_one_wrong_value_and_nothing_is_written(self, do: Do, root: Path) -> None:
        before = tree_hash(root)
        done = do("set anna circle=key birthday=31.02", code=2)
        assert done.err == (
            "Error: birthday: expected a date such as 1988-03-14, 03-14 or 1988, found “31.02”\n"
        )
        assert tree_hash(root) == before

    def test_what_a_dry_run_asks_says_nothing_of_undo(self, do: Do) -> None:
        for words, meant in (("brithday=14.03", "birthday"), ("circle=reglar", "regular")):
            asked = do(f"set anna {words} --dry-run").err
            assert asked.endswith(f"did you mean {meant}?\n")
            written = do(f"set anna {words}").err
            assert f"{asked[:-1]} `vault undo` takes it back\n" in written

    def test_a_slip_in_a_name_is_asked_about(self, do: Do) -> None:
        assert "did you mean birthday?" in do("set anna brithday=14.03").err
        assert "did you mean" not in do("set anna brithday=15.03").err, "now it is in use"

    def test_a_slip_in_a_circle_is_asked_about(self, do: Do) -> None:
        assert "did you mean regular?" in do("set anna circle=reglar").err
        assert "did you mean" not in do("set anna circle=chess").err

    @pytest.mark.parametrize("words", ["anna", "circle=key", "anna circle"])
    def test_without_a_name_or_a_property(self, do: Do, words: str) -> None:
        done = do(f"set {words}", code=2)
        assert "expected a name, and a property and its value such as circle=key" in done.err

    @pytest.mark.parametrize("value", ["[/oops]", "{{x}}", "\x1b[31m", "a\u202eb", "'\"", "&a *b"])
    def test_hostile_values_are_texts(
        self, run: Run, root: Path, anna: Callable[[], str], value: str
    ) -> None:
        args = ("--vault", root, "--today", TODAY, "set", "anna", f"motto={value}")
        done = run(*args, code=4 if "{{" in value else 0)
        assert "\x1b" not in done.err
        assert "\u202e" not in done.err
        assert anna().startswith(ANNA[:40])
        found = run("--vault", root, "notes", "--format", "json").json
        properties = next(row for row in found if row["title"] == "Anna Lee")["properties"]
        assert properties.get("motto") == (None if "{{" in value else value)


EACH = [
    "set anna circle=key",
    "set anna last_contact=",
    "set zoë birthday=03-14",
    "snooze anna 2 weeks",
    "pause anna",
]


@pytest.mark.parametrize("command", EACH)
def test_a_dry_run_shows_it_and_undo_takes_it_back(do: Do, root: Path, command: str) -> None:
    notes = {path: path.read_bytes() for path in root.rglob("*.md")}
    before = tree_hash(root)
    shown = do(f"{command} --dry-run")
    assert shown.out.startswith("--- a/People/")
    assert shown.err == ""
    assert tree_hash(root) == before
    do(command)
    assert {path: path.read_bytes() for path in notes} != notes
    do("undo")
    assert {path: path.read_bytes() for path in notes} == notes


def test_resume_has_a_dry_run_and_can_be_undone(do: Do, anna: Callable[[], str]) -> None:
    do("pause anna")
    assert "-pause: true" in do("resume anna --dry-run").out
    assert anna() == with_line("pause: true")
    do("resume anna")
    do("undo")
    assert anna() == with_line("pause: true")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("snooze anna завтра", "Anna Lee: отложено до 21 нояб."),
        ("pause anna", "Anna Lee: больше не напоминаем; `vault resume` вернёт"),
        ("resume anna", "Anna Lee: ни паузы, ни отсрочки нет"),
        ("set anna every=2 weeks", "менять нечего: Anna Lee"),
    ],
)
def test_in_russian(do: Do, command: str, said: str) -> None:
    assert do(f"--lang ru {command}").err == f"{said}\n"


@pytest.mark.parametrize("option", ["", " --dry-run"])
def test_nothing_to_change_is_said(do: Do, root: Path, option: str) -> None:
    do("pause anna")
    do("snooze zoë 2026-12-05")
    before = tree_hash(root)
    assert do(f"pause anna{option}").err == "Anna Lee is paused already\n"
    assert "until 5 Dec already" in do(f"snooze zoë 2026-12-05{option}").err
    assert "neither paused nor put off" in do(f"resume ольга{option}").err
    assert tree_hash(root) == before


@pytest.mark.parametrize("command", ["snooze zoë 2 weeks", "pause zoë"])
def test_of_somebody_who_died_it_is_said(do: Do, command: str) -> None:
    assert "they died" not in do(f"{command} --dry-run").err
    do("set zoë died=2020")
    assert "Zoë is on no list: the note says that they died" in do(command).err
