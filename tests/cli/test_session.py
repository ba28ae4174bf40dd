"""What a watch does, step by step, with clocks that the test sets and real files."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click
import pytest

from tests.conftest import write_files
from vaulttool.cli.app import App
from vaulttool.cli.session import QUIET, RECONCILE, Clock, Event, Session
from vaulttool.vault.live import LiveIndex
from vaulttool.vault.store import read_vault
from vaulttool.vault.watch import Hints

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import MakeVault, Run

ANNA = "---\nevery: 1 week\nlast_contact: 2026-11-02\n---\n"
TODAY = "Daily/2026-11-20.md"
FILES = {
    ".obsidian/daily-notes.json": '{"folder": "Daily"}',
    "People/Anna.md": ANNA,
    "People/Boris.md": ANNA,
    TODAY: "# Friday\n",
}
EVERYTHING = Hints(everything=True)


class Watched:
    """A session, its vault, and the time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.moment = datetime(2026, 11, 20, 9)  # noqa: DTZ001 - the time of the day where she is
        self.steady = 1000.0
        app = App(vault=str(root), quiet=True)
        clock = Clock(lambda: self.moment, lambda: self.steady)
        self.session = Session(app, LiveIndex(root), clock)

    def wait(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.steady += seconds

    def step(self, *paths: str, wait: float = QUIET) -> list[str]:
        """Hear of paths, and then nothing for a while; gives what is told."""
        self.wait(1)
        self.session.step(Hints(frozenset(paths)))
        self.wait(wait)
        self.session.step(Hints())
        return told(self.session.take_events())

    def begin(self) -> list[str]:
        self.session.step(EVERYTHING)
        events = self.session.take_events()
        while True:
            self.session.step(Hints())
            more = self.session.take_events()
            if not more:
                return told(events)
            events += more

    def edit(self, path: str, old: str, new: str) -> list[str]:
        text = (self.root / path).read_text("utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new), "utf-8")
        return self.step(path)

    def tick(self, name: str, words: str = "") -> list[str]:
        """Tick somebody's line in today's list, and write behind it."""
        for line in self.read().splitlines():
            if line.startswith(f"- [ ] [[{name}]]"):
                return self.edit(TODAY, line, f"{line} {words}".rstrip().replace("[ ]", "[x]"))
        raise AssertionError(f"{name} is not on the list")

    def read(self, path: str = TODAY) -> str:
        return (self.root / path).read_text("utf-8")


def told(events: list[Event]) -> list[str]:
    return [f"{event.kind} {event.path}".strip() for event in events]


def setting(text: str) -> pytest.MarkDecorator:
    """A test of a vault with these settings."""
    return pytest.mark.parametrize("watched", [text], indirect=True, ids=["set"])


@pytest.fixture
def watched(run: Run, vault: MakeVault, request: pytest.FixtureRequest) -> Iterator[Watched]:
    del run  # it makes the machine one without settings
    root = vault(FILES)
    if text := getattr(request, "param", ""):
        (root / "vaulttool.toml").write_text(text)
    with click.Context(click.Command("watch"), info_name="watch"):
        yield Watched(root)


def test_the_list_is_written_at_the_start(watched: Watched) -> None:
    assert watched.begin() == ["ready", f"written {TODAY}"]
    assert "- [ ] [[Anna]]" in watched.read()


def test_nothing_new_is_nothing_to_do(watched: Watched) -> None:
    watched.begin()
    assert watched.step() == []
    assert watched.step(TODAY, "People/Anna.md") == []


def test_a_log_line_takes_somebody_off_the_list(watched: Watched) -> None:
    watched.begin()
    changes = watched.edit("People/Anna.md", "---\n", "---\n")
    assert changes == []
    (watched.root / "People/Anna.md").write_text(f"{ANNA}- 2026-11-20 call: hello\n")
    assert watched.step("People/Anna.md") == ["changed People/Anna.md", f"written {TODAY}"]
    assert "[[Anna]]" not in watched.read()


def test_a_tick_stays_and_resets_the_clock(watched: Watched) -> None:
    watched.begin()
    assert watched.tick("Anna") == [f"changed {TODAY}"]
    assert "- [x] [[Anna]]" in watched.read()
    day = watched.session.app.day()
    assert day.verdicts["People/Anna.md"].code == "waiting"


def test_a_new_contact_comes_onto_the_list(watched: Watched) -> None:
    watched.begin()
    write_files(watched.root, {"People/Vera.md": ANNA})
    assert watched.step("People/Vera.md") == ["added People/Vera.md", f"written {TODAY}"]
    assert "- [ ] [[Vera]]" in watched.read()


def test_a_note_renamed_in_another_editor(watched: Watched) -> None:
    watched.begin()
    (watched.root / "People/Anna.md").rename(watched.root / "People/Anna B.md")
    watched.step("People/Anna.md", "People/Anna B.md")
    assert "[[Anna B]]" in watched.read()
    assert "[[Anna]]" not in watched.read()


def test_while_somebody_writes_in_the_daily_note_it_is_left_alone(watched: Watched) -> None:
    watched.begin()
    write_files(watched.root, {"People/Vera.md": ANNA, TODAY: watched.read() + "A thou"})
    assert watched.step(TODAY, "People/Vera.md", wait=QUIET / 2) == [
        f"changed {TODAY}",
        "added People/Vera.md",
    ]
    write_files(watched.root, {TODAY: watched.read() + "ght"})
    assert watched.step(TODAY, wait=QUIET / 2) == [f"changed {TODAY}"]
    assert watched.step() == [f"written {TODAY}"]
    assert "[[Vera]]" in watched.read()
    assert watched.read().endswith("A thought")


@setting("[daily]\nauto = false\n")
def test_it_can_be_told_to_leave_the_list_alone(watched: Watched) -> None:
    assert watched.begin() == ["ready"]
    assert watched.read() == "# Friday\n"


class TestMidnight:
    def test_a_new_day_has_a_list_of_its_own(self, watched: Watched) -> None:
        write_files(watched.root, {"Daily/2026-11-21.md": "# Saturday\n"})
        watched.begin()
        before = watched.read()
        watched.wait(15 * 3600)
        assert watched.step() == ["day", "written Daily/2026-11-21.md"]
        assert "[[Anna]]" in watched.read("Daily/2026-11-21.md")
        assert watched.read() == before

    def test_the_daily_note_is_not_made(self, watched: Watched) -> None:
        watched.begin()
        watched.wait(15 * 3600)
        assert watched.step() == ["day"]
        assert not (watched.root / "Daily/2026-11-21.md").exists()

    @setting("[daily]\ncreate = true\n")
    def test_unless_that_is_asked_for(self, watched: Watched) -> None:
        watched.begin()
        watched.wait(15 * 3600)
        assert watched.step() == ["day", "written Daily/2026-11-21.md"]


class TestWhatIsMissed:
    def test_everything_is_looked_at_now_and_then(self, watched: Watched) -> None:
        watched.begin()
        write_files(watched.root, {"People/Vera.md": ANNA})
        assert watched.step() == []
        watched.wait(RECONCILE)
        assert "added People/Vera.md" in watched.step()

    def test_and_after_the_machine_slept(self, watched: Watched) -> None:
        watched.begin()
        write_files(watched.root, {"People/Vera.md": ANNA})
        watched.moment += timedelta(minutes=2)  # the steady clock stood still
        assert "added People/Vera.md" in watched.step()

    def test_what_is_found_while_writing_is_told(self, watched: Watched) -> None:
        watched.begin()
        write_files(watched.root, {"People/Vera.md": ANNA, "People/Gleb.md": ANNA})
        assert "added People/Gleb.md" in [*watched.step("People/Vera.md"), *watched.step()]

    def test_what_is_found_for_somebody_who_asks_is_told(self, watched: Watched) -> None:
        watched.begin()
        write_files(watched.root, {"People/Vera.md": ANNA})
        assert "People/Vera.md" in watched.session.people().contacts
        assert "added People/Vera.md" in watched.step()


class TestManyNotesVanish:
    @pytest.fixture
    def many(self, watched: Watched) -> Watched:
        write_files(watched.root, {f"Notes/{n}.md": "x" for n in range(20)})
        watched.begin()
        return watched

    def test_nothing_is_written_until_they_are_back(self, many: Watched) -> None:
        shutil.move(many.root / "Notes", many.root.parent / "away")
        assert many.step("Notes")[-1] == "frozen"
        before = many.read()
        write_files(many.root, {"People/Vera.md": ANNA})
        assert many.step("People/Vera.md") == ["added People/Vera.md"]
        assert many.read() == before
        shutil.move(many.root.parent / "away", many.root / "Notes")
        events = many.step("Notes")
        assert events[-2:] == ["thawed", f"written {TODAY}"]
        assert "[[Vera]]" in many.read()

    def test_also_where_it_is_found_only_when_something_is_to_be_written(
        self, watched: Watched, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("vaulttool.vault.stamp.YOUNG", float("-inf"))  # as long ago
        write_files(watched.root, {f"Notes/{n}.md": "x" for n in range(20)})
        many = watched
        many.begin()
        shutil.move(many.root / "Notes", many.root.parent / "away")  # and no event comes
        before = many.read()
        (many.root / "People/Anna.md").write_text(f"{ANNA}- 2026-11-20 call: hello\n")
        events = many.step("People/Anna.md")
        assert events[0] == "changed People/Anna.md"
        assert events[-1] == "frozen"
        assert many.read() == before
        shutil.move(many.root.parent / "away", many.root / "Notes")
        assert many.step("Notes")[-2:] == ["thawed", f"written {TODAY}"]

    def test_one_note_may_go(self, many: Watched) -> None:
        (many.root / "Notes/1.md").unlink()
        assert many.step("Notes/1.md") == ["removed Notes/1.md"]


class TestCopies:
    @setting('[daily]\nlog = "contact"\n')
    def test_a_tick_goes_into_the_log_once(self, watched: Watched) -> None:
        watched.begin()
        watched.tick("Anna", "#call sails in May")
        anna = watched.read("People/Anna.md")
        assert anna.endswith("- 2026-11-20 call: sails in May ^tick-20261120\n")
        watched.session.begin_anew()
        assert watched.step() == []
        assert watched.read("People/Anna.md") == anna
        (evidence,) = [
            trace
            for trace in watched.session.app.day().evidence["People/Anna.md"]
            if trace.counts and trace.date.day == 20
        ]
        assert (evidence.kind, evidence.channel) == ("log", "call")

    @setting('[daily]\nlog = "contact"\n')
    def test_words_that_she_changed_in_the_copy_stay(self, watched: Watched) -> None:
        watched.begin()
        watched.tick("Anna", "#call")
        watched.edit("People/Anna.md", "call", "call: about the boat")
        assert watched.read("People/Anna.md").count("2026-11-20") == 1

    def test_without_the_setting_a_tick_stays_where_it_is(self, watched: Watched) -> None:
        watched.begin()
        watched.tick("Anna", "#call")
        assert watched.read("People/Anna.md") == ANNA

    @setting('[write_back]\nproperties = ["last", "next"]\n')
    def test_derived_properties_follow_the_notes(self, watched: Watched) -> None:
        watched.begin()
        assert "vault_last: 2026-11-02\nvault_next: 2026-11-09\n" in watched.read("People/Anna.md")
        watched.tick("Anna")
        assert "vault_last: 2026-11-20\nvault_next: 2026-11-27\n" in watched.read("People/Anna.md")

    @setting('[write_back]\nproperties = ["next"]\n')
    def test_what_is_not_asked_for_is_not_written(self, watched: Watched) -> None:
        watched.begin()
        assert "vault_last" not in watched.read("People/Anna.md")

    @setting('[write_back]\nproperties = ["next"]\n')
    def test_a_note_that_cannot_be_edited_keeps_nobody_else_from_it(self, watched: Watched) -> None:
        (watched.root / "People/Anna.md").write_text('---\nevery: "1 week\n---\n')
        watched.begin()
        assert "vault_next" in watched.read("People/Boris.md")


def test_a_problem_is_told_once_and_the_list_is_written_when_it_is_gone(watched: Watched) -> None:
    write_files(watched.root, {TODAY: "```\nnever closed\n"})
    assert watched.begin() == ["ready", "problem"]
    write_files(watched.root, {"People/Vera.md": ANNA})
    assert watched.step("People/Vera.md") == ["added People/Vera.md"]
    write_files(watched.root, {TODAY: "# Friday\n"})
    assert watched.step(TODAY) == [f"changed {TODAY}", f"written {TODAY}"]


def test_the_index_is_the_one_that_a_fresh_reading_gives(watched: Watched) -> None:
    watched.begin()
    watched.edit(TODAY, "# Friday", "# Friday [[Anna]]")
    assert watched.session.index.snapshot == read_vault(watched.root)
