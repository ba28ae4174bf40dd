"""`vault triage` and `vault review`: answers from a pipe, and one from a real terminal."""

from __future__ import annotations

import io
import os
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, clean_environment, needs_posix, tree_hash
from vaulttool.cli import onebyone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault, Result, Run

    Answer = Callable[..., Result]

FILES = {
    "People/Anna.md": "# Anna\n",
    "People/Борис.md": "---\nгород: Казань\n---\n",
    "People/Vera.md": "---\nrole: baker # of bread\n---\n",
    "Daily/2026-11-01.md": "Lunch with [[Vera]].\n",
    "Daily/2026-11-02.md": "Wrote to [[Vera]] and [[Anna]].\n",
}


@pytest.fixture
def answer(run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Run a command with answers, one a line."""
    root = vault(FILES)

    def call(command: str, *answers: str, code: int = 0) -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
        return run("--vault", root, "--today", TODAY, *command.split(), code=code)

    return call


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def asked(result: Result) -> list[str]:
    """Whom a round asked about, in order."""
    heads = (line.split("  ", 1) for line in result.out.splitlines() if line[:1].isdigit())
    return [rest[1] for head, *rest in heads if "/" in head for rest in [[head, *rest]]]


class TestTriage:
    def test_the_most_mentioned_come_first(self, answer: Answer) -> None:
        done = answer("triage", "s", "s", "s")
        assert asked(done) == ["Vera", "Anna", "Борис"]
        assert "named in 2 notes: 2026-11-02, 2026-11-01" in done.out
        assert "0 answers, 3 skipped, 0 left" in done.err

    def test_a_number_gives_a_circle(self, answer: Answer, root: Path) -> None:
        done = answer("triage", "1", "2", "4")
        assert (root / "People/Vera.md").read_text() == (
            "---\nrole: baker # of bread\ncircle: key\n---\n"
        )
        assert (root / "People/Anna.md").read_text() == "---\ncircle: regular\n---\n# Anna\n"
        assert "3 answers" in done.err
        assert "nobody to ask about" in answer("triage").err

    def test_a_note_in_russian_stays_russian(self, answer: Answer, root: Path) -> None:
        answer("triage", "s", "s", "1")
        assert "круг: ключевой\n" in (root / "People/Борис.md").read_text("utf-8")

    def test_it_goes_on_where_it_was_left(self, answer: Answer) -> None:
        assert asked(answer("triage", "s", "1", "q")) == ["Vera", "Anna", "Борис"]
        assert asked(answer("triage", "q")) == ["Борис"]  # Vera, who was skipped, comes last
        assert asked(answer("triage", "s", "s")) == ["Борис", "Vera"]

    def test_the_end_of_the_answers_is_the_end(self, answer: Answer, root: Path) -> None:
        before = tree_hash(root)
        assert "0 answers, 0 skipped, 3 left" in answer("triage").err
        assert tree_hash(root) == before

    def test_every_answer_is_a_step_that_can_be_taken_back(
        self, answer: Answer, run: Run, root: Path
    ) -> None:
        answer("triage", "1", "2", "q")
        run("--vault", root, "undo")
        assert (root / "People/Anna.md").read_text() == FILES["People/Anna.md"]
        assert "circle: key" in (root / "People/Vera.md").read_text()

    def test_u_takes_the_last_answer_back_and_asks_again(self, answer: Answer, root: Path) -> None:
        done = answer("triage", "1", "u", "5", "q")
        assert asked(done) == ["Vera", "Anna", "Vera", "Anna"]
        assert "circle: expert" in (root / "People/Vera.md").read_text()
        assert "1 answer," in done.err

    def test_u_has_no_meaning_before_the_first_answer(self, answer: Answer) -> None:
        done = answer("triage", "u", "q")
        assert "u undo" not in done.out
        assert "q quit" in done.out

    def test_on_demand_only(self, answer: Answer, root: Path) -> None:
        answer("triage", "n", "q")
        assert "every: never\n" in (root / "People/Vera.md").read_text()

    def test_answers_from_a_russian_keyboard(self, answer: Answer, root: Path) -> None:
        done = answer("triage", "ы", "т", "й")  # s, n, q
        assert "1 answer, 1 skipped, 1 left" in done.err
        assert "every: never" in (root / "People/Anna.md").read_text()

    def test_what_is_no_answer_is_explained(self, answer: Answer) -> None:
        done = answer("triage", "?", "", "x", "q", code=0)
        assert done.out.count("1 key: every 2 weeks · 2 regular: every 3 months") == 3

    def test_a_dry_run_shows_and_changes_nothing(self, answer: Answer, root: Path) -> None:
        before = tree_hash(root)
        done = answer("triage --dry-run", "1", "s", "q")
        assert "+circle: key" in done.out
        assert tree_hash(root) == before
        assert asked(answer("triage", "q")) == ["Vera"]

    def test_a_note_that_cannot_be_edited_is_said_and_asked_about_again(
        self, answer: Answer, root: Path
    ) -> None:
        (root / "People/Vera.md").write_text('---\nrole: "baker\n---\n')
        done = answer("triage", "1", "s", "q")
        assert "People/Vera.md: " in done.out
        assert "0 answers, 1 skipped" in done.err


class TestReview:
    @pytest.fixture(autouse=True)
    def due(self, answer: Answer, root: Path) -> None:  # noqa: ARG002 - it makes the vault
        for name in ("Anna", "Vera"):
            path = root / f"People/{name}.md"
            path.write_text(f"---\nevery: 1 week\nlast_contact: 2026-11-0{len(name)}\n---\n")

    def test_a_log_line_ticks_the_person_in_the_daily_note(
        self, answer: Answer, root: Path
    ) -> None:
        done = answer("review", "l call: her trip", "q")
        assert asked(done) == ["Anna", "Vera"]
        note = (root / f"{TODAY}.md").read_text()
        assert "- [x] [[Anna]]" in note
        assert "call: her trip" in note

    def test_what_a_key_asks_for_may_be_the_next_line(self, answer: Answer, root: Path) -> None:
        answer("review", "z", "2026-12-24", "q")
        assert "snooze_until: 2026-12-24\n" in (root / "People/Anna.md").read_text()

    @pytest.mark.parametrize(
        ("words", "written"),
        [
            ("z 2 weeks", "snooze_until: 2026-12-04"),
            ("z 24.12.2026", "snooze_until: 2026-12-24"),
            ("c monthly", "every: monthly"),
            ("c раз в месяц", "every: раз в месяц"),
            ("p", "pause: true"),
        ],
    )
    def test_answers(self, answer: Answer, root: Path, words: str, written: str) -> None:
        answer("review", words, "q")
        assert f"{written}\n" in (root / "People/Anna.md").read_text("utf-8")

    @pytest.mark.parametrize(
        "words", ["z yesterday", "z 2020-01-01", "z never", "c often", "c", "z"]
    )
    def test_what_cannot_be_meant_is_said_and_asked_about_again(
        self, answer: Answer, root: Path, words: str
    ) -> None:
        before = tree_hash(root)
        done = answer("review", words, "", "q")
        assert "expected a" in done.out
        assert asked(done) == ["Anna"]
        assert tree_hash(root) == before

    def test_a_repetition_rule_is_answered_with_what_to_write(self, answer: Answer) -> None:
        done = answer("review", "c FREQ=WEEKLY;INTERVAL=2", "q")
        assert "write “2 weeks”" in done.out

    def test_somebody_who_rests_is_asked_about_with_her_cadence(
        self, answer: Answer, root: Path
    ) -> None:
        (root / "People/Vera.md").unlink()
        for day in range(15, 20):
            block = f"%% vault:due 2026-11-{day} %%\n- [ ] [[Anna]] · due today\n\n%% vault:end %%"
            (root / f"2026-11-{day}.md").write_text(f"## Keep in touch\n{block}\n")
        done = answer("review", "c 1 month", "q")
        assert "is the cadence right (every week)?" in done.out
        assert "every: 1 month\n" in (root / "People/Anna.md").read_text()

    def test_nobody_to_ask_about(self, answer: Answer, root: Path) -> None:
        for name in ("Anna", "Vera"):
            (root / f"People/{name}.md").unlink()
        assert "nobody to ask about" in answer("review").err


def test_open_in_the_editor_and_go_on(
    answer: Answer, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tmp_path / "opened"
    editor = tmp_path / "editor.py"
    editor.write_text(f"import sys\nopen({str(opened)!r}, 'a').write(sys.argv[1] + '\\n')\n")
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{editor}"')
    monkeypatch.setattr("click.launch", lambda _address: 1)  # no Obsidian on this machine
    done = answer("triage", "o", "1", "q")
    assert opened.read_text() == f"{root / 'People/Vera.md'}\n"
    assert asked(done) == ["Vera", "Anna"]


@needs_posix
def test_one_key_is_enough_on_a_terminal(vault: MakeVault, tmp_path: Path) -> None:
    import pty

    root = vault(FILES)
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "vaulttool", "--vault", str(root), "--today", TODAY, "triage"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**clean_environment(os.environ, tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    os.close(theirs)
    shown = [read_until(ours, b"] ")]
    for key in (b"1", b"s", b"q"):
        time.sleep(0.3)  # a key that comes before the program listens to keys is dropped
        os.write(ours, key)
        shown.append(read_until(ours, b"] "))
    os.close(ours)
    assert done.wait(timeout=30) == 0, shown
    assert "circle: key" in (root / "People/Vera.md").read_text()
    assert "circle" not in (root / "People/Anna.md").read_text()


def read_until(terminal: int, end: bytes) -> bytes:
    """Read what a program shows until it ends so, or shows nothing for a while, or stops."""
    shown = b""
    while not shown.endswith(end):
        ready, _, _ = select.select([terminal], [], [], 10)
        try:
            part = os.read(terminal, 1024) if ready else b""
        except OSError:  # the other side is closed
            part = b""
        if not part:
            break
        shown += part
    return shown


@pytest.mark.parametrize(
    ("key", "typed"),
    [("\r", ""), ("\x1b[A", ""), ("\t", ""), ("\x07", ""), ("n", "n"), ("ё", "ё"), (" ", " ")],
)
def test_a_key_that_is_no_sign_is_not_shown(
    key: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.getchar", lambda: key)
    assert onebyone._typed() == typed


def test_the_end_of_the_input_is_the_end_of_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> str:
        raise EOFError

    monkeypatch.setattr("click.getchar", nothing)
    assert onebyone._typed() == "q"
