"""`vault watch`: the real program, real events, and a day in the life."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from tests.cli.test_session import ANNA, FILES, TODAY, Watched, told
from tests.conftest import TODAY as DAY
from tests.conftest import clean_environment, needs_posix, write_files
from vaulttool.cli.session import RECONCILE
from vaulttool.vault.watch import EventWatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import MakeVault, Run


class Program:
    """`vault watch --json-lines`, running."""

    def __init__(self, root: Path, home: Path, *options: str) -> None:
        environ = {**clean_environment(os.environ, home), "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "vaulttool", "--vault", str(root), "--today", DAY]
        self.process = subprocess.Popen(
            [*command, "watch", "--json-lines", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environ,
            text=True,
        )

    def until(self, event: str, path: str | None = None) -> list[dict[str, str]]:
        """Read events up to one; the test fails where none comes."""
        assert self.process.stdout
        seen: list[dict[str, str]] = []
        while not seen or seen[-1]["event"] != event or (path and seen[-1]["path"] != path):
            line = self.process.stdout.readline()
            assert line, (seen, self.process.stderr and self.process.stderr.read())
            seen.append(json.loads(line))
        return seen

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream
            stream.close()
        return code


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault(FILES)


@needs_posix
class TestTheProgram:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_it_keeps_the_list_until_it_is_stopped(
        self, root: Path, tmp_path: Path, number: int
    ) -> None:
        program = Program(root, tmp_path)
        assert program.until("written")[0]["event"] == "ready"
        (root / "People/Anna.md").write_text(f"{ANNA}- {DAY} call: hello\n")
        program.until("changed", "People/Anna.md")
        program.until("written", TODAY)
        assert "[[Anna]]" not in (root / TODAY).read_text()
        assert program.stop(number) == 0
        assert not list(root.rglob(".syncthing*"))

    def test_print_writes_nothing(self, root: Path, tmp_path: Path) -> None:
        program = Program(root, tmp_path, "--print")
        program.until("ready")
        write_files(root, {"People/Vera.md": ANNA})
        program.until("added", "People/Vera.md")
        assert program.stop() == 0
        assert (root / TODAY).read_text() == FILES[TODAY]

    def test_polling(self, root: Path, tmp_path: Path) -> None:
        program = Program(root, tmp_path, "--poll", "0.2")
        program.until("written")
        write_files(root, {"People/Vera.md": ANNA})
        program.until("added", "People/Vera.md")
        assert program.stop() == 0

    def test_a_reader_that_goes_away_ends_it(self, root: Path, tmp_path: Path) -> None:
        program = Program(root, tmp_path)
        program.until("ready")
        assert program.process.stdout
        program.process.stdout.close()
        write_files(root, {"People/Vera.md": ANNA})
        assert program.process.wait(timeout=30) == 1
        assert program.process.stderr
        assert "Traceback" not in program.process.stderr.read()
        program.process.stderr.close()

    @pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a POSIX signal")
    def test_more_events_than_the_system_keeps(self, root: Path, tmp_path: Path) -> None:
        """More than the system keeps in its queue: what comes last is lost without a word."""
        write_files(root, {"One.md": "", "Two.md": ""})
        program = Program(root, tmp_path)
        program.until("written")
        program.process.send_signal(signal.SIGSTOP)
        for number in range(events_kept() // 2):  # in turns: equal events are put together
            for name in ("One.md", "Two.md"):
                (root / name).write_text(f"{number}")
        write_files(root, {"People/Vera.md": ANNA})
        program.process.send_signal(signal.SIGCONT)
        begin = time.monotonic()
        program.until("added", "People/Vera.md")
        assert time.monotonic() - begin < RECONCILE / 2  # it did not only come across it
        assert program.stop() == 0


def events_kept() -> int:
    """How many events the system keeps for a program that does not read them."""
    file = Path("/proc/sys/fs/inotify/max_queued_events")
    return int(file.read_text()) if file.exists() else 16_384


class Living(Watched):
    """A session that hears the real events."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.watch = EventWatch(root, time.monotonic)

    def settle(self) -> list[str]:
        """Take steps until nothing happens any more."""
        seen: list[str] = []
        quiet = 0
        while quiet < 3:
            hints = self.watch.wait(0.3)
            self.wait(2)
            self.session.step(hints)
            events = self.session.take_events()
            seen += told(events)
            quiet = 0 if events or hints else quiet + 1
        return seen


@pytest.fixture
def living(root: Path, run: Run) -> Iterator[Living]:
    del run  # it makes the machine one without settings
    write_files(root, {"Templates/Person.md": "---\nevery: 2 weeks\ncreated: {{date}}\n---\n"})
    write_files(root, {"People/Клара.md": ANNA, "Daily/2026-11-21.md": "# Saturday\n"})
    with click.Context(click.Command("watch"), info_name="watch"):
        made = Living(root)
        yield made
        made.watch.stop()


def test_a_day_in_the_life(living: Living, run: Run) -> None:
    assert living.settle()[0] == "ready"
    for name in ("Anna", "Boris", "Клара"):
        assert f"- [ ] [[{name}]]" in living.read()

    # Three ticks with words, as Obsidian saves them: in place.
    text = living.read()
    for name, words in (
        ("Anna", "#call sails in May"), ("Boris", "coffee, his new job"), ("Клара", "написала ей"),
    ):  # fmt: skip
        line = next(line for line in text.splitlines() if f"- [ ] [[{name}]]" in line)
        text = text.replace(line, f"{line.replace('[ ]', '[x]')} {words}")
    (living.root / TODAY).write_text(text, "utf-8")
    assert f"changed {TODAY}" in living.settle()
    assert living.read() == text

    # A new contact from a template, saved through a temporary file.
    template = (living.root / "Templates/Person.md").read_text()
    (living.root / "People/tmp").write_text(template.replace("{{date}}", "2026-11-06"))
    (living.root / "People/tmp").rename(living.root / "People/Vera.md")
    assert "added People/Vera.md" in living.settle()
    assert "- [ ] [[Vera]]" in living.read()

    # Renamed in another editor.
    (living.root / "People/Boris.md").rename(living.root / "People/Boris Lang.md")
    (living.root / TODAY).write_text(living.read().replace("[[Boris]]", "[[Boris Lang]]"), "utf-8")
    living.settle()

    # Midnight.
    living.moment = living.moment.replace(day=21, hour=0, minute=1)
    events = living.settle()
    assert "day" in events
    assert "written Daily/2026-11-21.md" in events
    tomorrow = living.read("Daily/2026-11-21.md")
    assert "- [ ] [[Vera]] · 1 day over (every 2 weeks)" in tomorrow
    for name in ("Anna", "Boris", "Клара"):
        assert f"[[{name}" not in tomorrow

    why = run("--vault", living.root, "--today", "2026-11-21", "why", "boris", "--format", "json")
    cited = why.json["evidence"][0]
    line = living.read().splitlines()[cited["line"] - 1]
    assert cited["source"] == TODAY
    assert "[[Boris Lang]]" in line
    assert "his new job" in line
    assert (cited["channel"], cited["counts"]) == ("coffee", True)
