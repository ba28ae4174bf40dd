"""What a watch does, step by step, with clocks that the test sets and real files."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click
import pytest

from tests.conftest import write_files
from vaulttool.cli.app import App
from vaulttool.cli.session import (
    AGAIN,
    QUIET,
    RECONCILE,
    SETTLED,
    VANISHED,
    Clock,
    Event,
    Session,
)
from vaulttool.errors import RefusedError
from vaulttool.message import msg
from vaulttool.vault.live import LiveIndex
from vaulttool.vault.store import read_vault
from vaulttool.vault.watch import Hints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.conftest import MakeVault, Run
    from vaulttool.vault.change import Change

    Plan = Callable[[], Iterable[Change]]

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

    def test_a_folder_that_is_renamed_is_all_there(self, many: Watched) -> None:
        (many.root / "Notes").rename(many.root / "Ideas")
        assert "frozen" not in many.step("Notes", "Ideas")

    def test_some_may_go_from_a_small_vault(self, many: Watched) -> None:
        for number in range(10):
            (many.root / f"Notes/{number}.md").unlink()
        assert "frozen" not in many.step("Notes/0.md")

    def test_but_not_all_of_them(self, watched: Watched) -> None:
        watched.begin()
        for note in list(watched.root.rglob("*.md")):
            note.unlink()
        assert watched.step(TODAY)[-1] == "frozen"

    def test_fifty_are_many_in_any_vault(self, watched: Watched) -> None:
        write_files(watched.root, {f"Notes/{n}.md": "x" for n in range(400)})
        watched.begin()
        for number in range(VANISHED + 1):
            (watched.root / f"Notes/{number}.md").unlink()
        assert watched.step("Notes/0.md")[-1] == "frozen"

    def test_one_note_may_go(self, many: Watched) -> None:
        (many.root / "Notes/1.md").unlink()
        assert many.step("Notes/1.md") == ["removed Notes/1.md"]


class TestCopies:
    @setting('[daily]\nlog = "contact"\n')
    def test_a_tick_goes_into_the_log_once(self, watched: Watched) -> None:
        watched.begin()
        watched.tick("Anna", "#call sails in May")
        assert watched.read("People/Anna.md") == ANNA  # words may follow
        watched.step(wait=SETTLED)
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
        watched.step(wait=SETTLED)
        assert "- 2026-11-20 call ^tick-20261120\n" in watched.read("People/Anna.md")
        watched.edit("People/Anna.md", "call", "call: about the boat")
        watched.step(wait=SETTLED)
        assert watched.read("People/Anna.md").count("2026-11-20") == 1

    @setting('[daily]\nlog = "contact"\n')
    def test_words_that_follow_a_tick_are_copied_with_it(self, watched: Watched) -> None:
        watched.begin()
        watched.tick("Anna", "#call ^own")
        watched.edit(TODAY, "#call ^own", "#call she got the job ^own\n\t- in Graz")
        watched.step(wait=SETTLED)
        copied = "- 2026-11-20 call: she got the job; in Graz ^tick-20261120\n"
        assert watched.read("People/Anna.md").endswith(copied)

    @setting('[daily]\nlog = "contact"\n')
    def test_a_tick_that_is_taken_back_soon_is_not_copied(self, watched: Watched) -> None:
        watched.begin()
        watched.tick("Anna")
        watched.edit(TODAY, "- [x] [[Anna]]", "- [ ] [[Anna]]")
        watched.step(wait=SETTLED)
        assert watched.read("People/Anna.md") == ANNA

    @setting('[daily]\nlog = "contact"\n')
    def test_a_tick_of_long_ago_is_not_copied(self, watched: Watched) -> None:
        tick = "%% vault:due {day} %%\n- [x] [[{name}]] · due today (every week)\n%% vault:end %%\n"
        for day, name in (("2026-11-12", "Anna"), ("2026-11-13", "Boris")):
            write_files(watched.root, {f"Daily/{day}.md": tick.format(day=day, name=name)})
        watched.begin()
        assert watched.read("People/Anna.md") == ANNA
        assert "- 2026-11-13 ^tick-20261113\n" in watched.read("People/Boris.md")

    @pytest.mark.parametrize(
        "watched",
        ['[daily]\nlog = "contact"\n[write_back]\nproperties = ["next"]\n'],
        indirect=True,
    )
    @pytest.mark.parametrize(
        "text",
        [
            ANNA + "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
            ANNA + "\udcff\n",
        ],
        ids=["conflict", "not UTF-8"],
    )
    def test_a_note_that_is_not_written_keeps_nobody_else_from_it(
        self, watched: Watched, text: str
    ) -> None:
        file = watched.root / "People/Anna.md"
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        watched.begin()
        watched.tick("Anna")
        watched.tick("Boris")
        watched.step(wait=SETTLED)
        boris = watched.read("People/Boris.md")
        assert "^tick-20261120" in boris
        assert "vault_next: 2026-11-27\n" in boris
        assert file.read_bytes() == text.encode("utf-8", "surrogateescape")

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
    def test_a_derived_property_goes_with_its_reason(self, watched: Watched) -> None:
        watched.begin()
        watched.edit("People/Anna.md", "every: 1 week\n", "every: 1 week\nno_contact: true\n")
        watched.edit("People/Anna.md", "no_contact: true\n", "boundaries: no contact\n")
        assert "vault_next" not in watched.read("People/Anna.md")

    @setting('[write_back]\nproperties = ["next"]\n')
    def test_what_is_not_asked_for_is_not_written(self, watched: Watched) -> None:
        watched.begin()
        assert "vault_last" not in watched.read("People/Anna.md")

    @setting('[write_back]\nproperties = ["next"]\n')
    def test_a_note_that_cannot_be_edited_keeps_nobody_else_from_it(self, watched: Watched) -> None:
        (watched.root / "People/Anna.md").write_text('---\nevery: "1 week\n---\n')
        watched.begin()
        assert "vault_next" in watched.read("People/Boris.md")


def test_nobody_is_overtaken_who_writes_in_the_daily_note_unheard(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaulttool.vault.stamp.YOUNG", float("-inf"))  # as long ago
    watched.begin()
    log = f"{ANNA}- 2026-11-20 call: hello\n"
    write_files(watched.root, {"People/Anna.md": log, TODAY: watched.read() + "A thou"})
    events = watched.step("People/Anna.md", wait=0)
    assert events == ["changed People/Anna.md", f"changed {TODAY}"]
    assert watched.step(wait=QUIET) == [f"written {TODAY}"]


def test_what_could_not_be_written_is_tried_again(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> list[str]:
        raise RefusedError(msg("the disk is full"))

    with monkeypatch.context() as full:
        full.setattr(App, "write", refuse)
        assert watched.begin() == ["ready", "problem"]
        assert watched.step() == []
    watched.wait(AGAIN)
    assert watched.step() == [f"written {TODAY}"]


def test_settings_that_are_changed_are_obeyed(watched: Watched) -> None:
    watched.begin()
    write_files(watched.root, {"vaulttool.toml": "[contacts]\nfolders = ['Friends']\n"})
    assert watched.step("vaulttool.toml") == [f"written {TODAY}"]
    write_files(watched.root, {"vaulttool.toml": "[daily]\nauto = false\n"})
    assert watched.step("vaulttool.toml", TODAY) == []


def test_an_end_marker_that_was_deleted_comes_back(watched: Watched) -> None:
    watched.begin()
    before = watched.read()
    assert watched.edit(TODAY, "%% vault:end %%\n", "") == [f"written {TODAY}"]
    assert watched.read().rstrip() == before.rstrip()


def test_a_contact_that_goes_while_it_is_planned_is_not_made_anew(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(watched.root, {"vaulttool.toml": "[write_back]\nproperties = ['next']\n"})
    monkeypatch.setattr("vaulttool.cli.session.plan_list", lambda _app: [])
    real = App.write

    def late(app: App, plan: Plan, *, dry_run: bool) -> list[str]:
        (watched.root / "People/Anna.md").unlink(missing_ok=True)
        return real(app, plan, dry_run=dry_run)

    monkeypatch.setattr(App, "write", late)
    watched.begin()
    watched.step()
    assert not (watched.root / "People/Anna.md").exists()


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
