"""Two who write at once: runs of the tool, and a run and an editor."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT, TODAY, clean_environment, needs_posix
from tests.vault.watched import SCALE, Watched, let_grace_pass, texts
from vaulttool.errors import ChangedError, RefusedError, VaultError
from vaulttool.vault.change import Change
from vaulttool.vault.kept import people_of
from vaulttool.vault.system import System
from vaulttool.vault.write import Storage, apply, apply_planned, locked, look_after

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.conftest import MakeVault, Run
    from vaulttool.message import Message
    from vaulttool.people.agenda import People

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001
OLD = b"one\ntwo\nthree\n"
NEW = OLD + b"the tool's line\n"
HERS = b"her line\n"
RUNS = 12 if SCALE == 1 else 48
ANNA = {"People/Anna.md": "every: week\n"}


class Interrupting(Watched):
    """Somebody does something just before one call of the tool."""

    def __init__(self, call: str, then: Callable[[], None], times: int = 1) -> None:
        self._call, self._then, self._times = call, then, times

    def before(self, name: str, *_args: Any) -> None:
        if name == self._call and self._times:
            self._times -= 1
            self._then()


class Died(BaseException):
    """The process is dead."""


class Dying(Watched):
    """The process dies just before the first such call in the vault: nothing is done after."""

    def __init__(self, root: Path, *calls: str) -> None:
        self._root, self._calls, self._is_dead = root, calls, False

    def before(self, name: str, *args: Any) -> None:
        in_vault = any(str(arg).startswith(str(self._root)) for arg in args)
        self._is_dead = self._is_dead or (in_vault and name in self._calls)
        if self._is_dead:
            raise Died


AFTER_THE_SWAP = ("touch", "sync_folder")


def storage(root: Path, system: System | None = None) -> Storage:
    return Storage(root, root.parent / "state", system or System())


def edit(where: Storage, *paths: str) -> list[str]:
    changes = [Change(path, OLD, NEW) for path in paths or ["a.md"]]
    return apply(where, changes, "edit", NOW)


def listed(where: Storage) -> list[list[str]]:
    """The notes of each step that `vault history` lists."""
    steps = where.journal.steps()
    return [[one.path for one in step.touched] for step in steps if step.touched]


class TestWhatIsListed:
    """A step wrote what the tool wrote, and not what somebody else did."""

    def test_not_a_note_that_somebody_saved_before_it_could_be_written(
        self, vault: MakeVault
    ) -> None:
        root = vault({"a.md": OLD})
        save = Interrupting("copy_attributes", lambda: write(root / "a.md", HERS + OLD))
        with pytest.raises(ChangedError):
            edit(storage(root, save))
        assert (root / "a.md").read_bytes() == HERS + OLD
        assert listed(storage(root)) == []

    def test_not_a_note_that_appeared_before_it_could_be_made(self, vault: MakeVault) -> None:
        root = vault()
        appear = Interrupting("link", lambda: write(root / "a.md", HERS))
        with pytest.raises(ChangedError):
            apply(storage(root, appear), [Change("a.md", None, NEW)], "create", NOW)
        assert listed(storage(root)) == []

    @pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "link"])
    @pytest.mark.parametrize(
        ("calls", "is_written"),
        [(("copy_attributes",), False), (("exchange",), False), (AFTER_THE_SWAP, True)],
        ids=["before", "just before", "just after"],
    )
    def test_after_a_crash_what_was_written_though_it_was_saved_since(
        self, vault: MakeVault, calls: tuple[str, ...], is_written: bool, exchanges: bool
    ) -> None:
        root = vault({"a.md": OLD})
        note = root / "a.md"
        crash = Dying(root, *calls)
        crash.exchanges = exchanges
        with pytest.raises(Died):
            edit(storage(root, crash))
        write(note, HERS + note.read_bytes())
        look_after(storage(root), NOW)
        assert listed(storage(root)) == [["a.md"]] * is_written

    def test_not_the_text_that_was_left_beside_the_note(self, vault: MakeVault) -> None:
        root = vault({"a.md": OLD})
        save = Interrupting("exchange", lambda: write(root / "a.md", OLD + HERS))
        with pytest.raises(RefusedError, match="both texts are there"):
            edit(storage(root, save))
        assert listed(storage(root)) == []
        assert set(texts(root).values()) == {OLD + HERS, NEW}


def write(note: Path, data: bytes) -> None:
    note.write_bytes(data)


class TestAfterACrash:
    def test_what_was_swapped_out_is_kept_from_the_moment_it_is_found(
        self, vault: MakeVault
    ) -> None:
        root = vault({"a.md": OLD})
        note = root / "a.md"
        os.utime(note, (1_000_000, 1_000_000))
        with note.open("r+b") as editor:
            with pytest.raises(Died):
                edit(storage(root, Dying(root, *AFTER_THE_SWAP)))
            look_after(storage(root), NOW)  # the file is new to it, however old it looks
            look_after(storage(root), NOW)
            editor.write(HERS + OLD)
        let_grace_pass(root, storage(root).state)
        look_after(storage(root), NOW)
        assert note.read_bytes() == HERS + NEW

    def test_no_swapped_out_file_looks_old_to_a_sync_tool(self, vault: MakeVault) -> None:
        root = vault({"a.md": OLD})
        os.utime(root / "a.md", (1_000_000, 1_000_000))
        seen: list[float] = []
        look = Interrupting("sync_folder", lambda: seen.extend(mtimes(root)), times=9)
        edit(storage(root, look))
        assert seen
        assert min(seen) > 2_000_000


def mtimes(root: Path) -> list[float]:
    return [path.stat().st_mtime for path in root.glob(".syncthing.*")]


class TestLateTexts:
    """What an editor saved into a file that was swapped out is brought in, and that is said."""

    @pytest.mark.parametrize(
        ("late", "said"),
        [
            (HERS + OLD, "{path}: a text that was saved while the tool wrote is brought in"),
            (
                OLD + HERS,
                (
                    "{path}: a text that was saved while the tool wrote is left in {copy};"
                    " compare them"
                ),
            ),
        ],
        ids=["merged", "a copy"],
    )
    def test_by_a_later_run(self, vault: MakeVault, late: bytes, said: str) -> None:
        root = vault({"a.md": OLD})
        with (root / "a.md").open("r+b") as editor:
            edit(storage(root))
            editor.write(late)
        let_grace_pass(root, storage(root).state)
        told: list[Message] = []
        look_after(Storage(root, storage(root).state, tell=told.append), NOW)
        (message,) = told
        assert message.text == said
        assert message.values["path"] == "a.md"
        assert any(late in text or HERS in text for text in texts(root).values())

    def test_on_stderr(self, run: Run, vault: MakeVault, home: Path) -> None:
        root = vault({"People/Anna.md": "Oslo\n\n## Log\n\n- 2026-10-01 call\n"})
        note = root / "People/Anna.md"
        command = ("--vault", root, "--today", TODAY, "log", "anna", "--to", "contact")
        with note.open("r+b") as editor:
            run(*command, "lunch")
            editor.write(b"Rome\n")
        (state,) = (path.parent for path in home.rglob("journal.jsonl"))
        let_grace_pass(root, state)
        said = run(*command, "tea").err.splitlines()
        assert said[0] == (
            "People/Anna.md: a text that was saved while the tool wrote is brought in"
        )
        assert note.read_text().startswith("Rome\n")

    def test_nothing_is_said_where_nobody_saved(
        self, run: Run, vault: MakeVault, home: Path
    ) -> None:
        root = vault(ANNA)
        command = ("--vault", root, "--today", TODAY, "log", "anna", "--to", "contact")
        run(*command, "lunch")
        (state,) = (path.parent for path in home.rglob("journal.jsonl"))
        let_grace_pass(root, state)
        assert len(run(*command, "tea").err.splitlines()) == 1


class TestPlannedAgain:
    """A note that was saved after it was read is read again, instead of a refusal."""

    def test_a_save_between_reading_and_writing(
        self, run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault(ANNA)
        note = root / "People/Anna.md"
        on_each_write(monkeypatch, lambda: write(note, b"every: month\n"), times=1)
        run("--vault", root, "--today", TODAY, "log", "anna", "lunch", "--to", "contact")
        assert note.read_text().startswith("every: month\n")
        assert note.read_text().count("lunch") == 1
        assert len(run("--vault", root, "history", "--format", "json").json) == 1

    @pytest.mark.parametrize(
        "command", [("due",), ("log", "anna", "lunch"), ("undo",)], ids=" ".join
    )
    def test_every_command(
        self,
        run: Run,
        vault: MakeVault,
        monkeypatch: pytest.MonkeyPatch,
        command: tuple[str, ...],
    ) -> None:
        due = "---\nevery: week\nlast_contact: 2026-10-01\n---\n"
        root = vault({"People/Anna.md": due, "People/Boris.md": due, "People/Vera.md": due})
        note = root / f"{TODAY}.md"
        for name in ("boris", "vera"):
            run("--vault", root, "--today", TODAY, "log", name, "tea")
        on_each_write(monkeypatch, lambda: prepend(note, "A line of hers.\n"), times=1)
        run("--vault", root, "--today", TODAY, *command)
        assert note.read_text().startswith("A line of hers.\n")

    def test_from_all_that_is_in_the_vault_then(
        self, run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        due = "---\nevery: week\nlast_contact: 2026-10-01\n---\n"
        root = vault({"People/Anna.md": due, "People/Boris.md": due, f"{TODAY}.md": "Today\n"})

        def pause_boris() -> None:
            prepend(root / f"{TODAY}.md", "A line of hers.\n")
            (root / "People/Boris.md").write_text(due.replace("every", "pause: yes\nevery"))

        on_each_write(monkeypatch, pause_boris, times=1)
        shown = run("--vault", root, "--today", TODAY, "due").out
        text = (root / f"{TODAY}.md").read_text()
        assert ("Anna" in text, "Boris" in text) == (True, False)
        assert ("Anna" in shown, "Boris" in shown) == (True, False)

    def test_while_other_runs_wait(self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("vaulttool.vault.lock.LOCK_TIMEOUT", 0.1)
        root = vault({"a.md": OLD})

        def plan() -> list[Change]:
            with pytest.raises(VaultError, match="another run of vault"):
                edit(storage(root))
            return [Change("a.md", OLD, NEW)]

        assert apply_planned(storage(root), plan, "edit", NOW) == ["a.md"]

    def test_by_every_command_while_other_runs_wait(
        self, run: Run, vault: MakeVault, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("vaulttool.vault.lock.LOCK_TIMEOUT", 0.1)
        root = vault(ANNA)
        note = root / "People/Anna.md"
        on_each_write(monkeypatch, lambda: prepend(note, "hers\n"), times=1)
        others: list[str] = []

        def read_beside_another_run(*args: Any) -> People:
            for lock in home.rglob("lock"):  # there is none when the command begins
                try:
                    look_after(Storage(root, lock.parent), NOW)
                    others.append("wrote")
                except VaultError:
                    others.append("waited")
            return people_of(*args)

        monkeypatch.setattr("vaulttool.vault.kept.people_of", read_beside_another_run)
        run("--vault", root, "--today", TODAY, "log", "anna", "lunch", "--to", "contact")
        assert others == ["waited"]
        assert note.read_text().count("lunch") == 1

    def test_until_it_has_gone_on_for_too_long(
        self, run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault(ANNA)
        note = root / "People/Anna.md"
        on_each_write(monkeypatch, lambda: prepend(note, "more\n"))
        waited = 0.0

        def wait(_self: System, seconds: float) -> None:
            nonlocal waited
            waited += seconds

        monkeypatch.setattr(System, "wait", wait)
        command = ("log", "anna", "lunch", "--to", "contact", "--format", "json")
        refused = run("--vault", root, "--today", TODAY, *command, code=4)
        assert refused.error["code"] == "changed"
        assert "nothing was written" in refused.error["message"]
        assert "lunch" not in note.read_text()
        assert 3 < waited < 6

    def test_but_not_where_a_part_is_written(
        self, run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault({**ANNA, "People/Boris.md": "every: week\n"})
        boris = root / "People/Boris.md"
        real = System.exchange

        def exchange(self: System, one: Path, other: Path) -> bool:
            write(boris, b"every: month\n")
            return real(self, one, other)

        monkeypatch.setattr(System, "exchange", exchange)
        if sys.platform != "linux":
            pytest.skip("names are exchanged on Linux")
        refused = run(
            *("--vault", root, "--today", TODAY, "--format", "json"),
            *("log", "anna", "boris", "lunch", "--to", "contact"),
            code=4,
        )
        assert refused.error["message"] == (
            "People/Boris.md changed while it was being read; written already, and `vault undo`"
            " takes it back: People/Anna.md"
        )
        assert (root / "People/Anna.md").read_text().count("lunch") == 1
        assert boris.read_bytes() == b"every: month\n"
        assert listed_by(run, root) == [["People/Anna.md"]]


def on_each_write(
    monkeypatch: pytest.MonkeyPatch, then: Callable[[], None], times: int = 1_000
) -> None:
    """Let somebody act whenever a new text has been prepared beside its note."""
    real = System.copy_attributes
    left = times

    def copy_attributes(self: System, source: Path, target: Path) -> None:
        nonlocal left
        real(self, source, target)
        left -= 1
        if left >= 0:
            then()

    monkeypatch.setattr(System, "copy_attributes", copy_attributes)


def prepend(note: Path, line: str) -> None:
    note.write_text(line + note.read_text())


def listed_by(run: Run, root: Path) -> list[list[str]]:
    rows = run("--vault", root, "history", "--format", "json").json
    return [row["notes"] for row in rows]


class Aged(Watched):
    """A vault in which a note is of some age when the tool looks at it."""

    def __init__(self, note: Path, age: int) -> None:
        self._note, self._age = note, age  # in nanoseconds
        self.waited: list[float] = []

    def status(self, path: Path) -> Any:
        status = super().status(path)
        if path.parent != self._note.parent:
            return status
        age = self._age if path == self._note else 0
        return SimpleNamespace(st_mode=status.st_mode, st_mtime_ns=1_000_000_000_000 - age)

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)


def test_a_young_note_is_waited_for_once(vault: MakeVault) -> None:
    root = vault({"a.md": OLD})
    for age in (0, 20_024_925, 20_025_922, 299_000_000, 300_000_000):  # some add up to 0.29999…
        write(root / "a.md", OLD)
        system = Aged(root / "a.md", age)
        edit(storage(root, system))
        assert system.waited == ([pytest.approx(0.3 - age / 1e9)] if age < 300_000_000 else [])


class TestOwnWrites:
    def test_what_the_tool_itself_wrote_need_not_rest(
        self, run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        waited: list[float] = []
        monkeypatch.setattr(System, "wait", lambda _self, seconds: waited.append(seconds))
        monkeypatch.setattr("vaulttool.vault.swap.SETTLED", 60.0)  # however slow the machine is
        monkeypatch.setattr("vaulttool.vault.swap.PATIENCE", 600.0)
        root = vault(ANNA)
        command = ("--vault", root, "--today", TODAY, "log", "anna", "--to", "contact")
        run(*command, "lunch")
        assert len(waited) == 1  # the note is brand-new
        run(*command, "tea")
        assert len(waited) == 1
        prepend(root / "People/Anna.md", "hers\n")
        run(*command, "dinner")
        assert len(waited) == 2


def start(root: Path, home: Path, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "vaulttool", "--vault", str(root), "--today", TODAY, *args],
        env=clean_environment(os.environ, home) | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """What went wrong in each, once all are done."""
    said = [process.communicate(timeout=120)[1] for process in processes]
    return [text for text, process in zip(said, processes, strict=True) if process.returncode]


class TestRealProcesses:
    @pytest.mark.parametrize("place", ["daily", "contact"])
    def test_all_of_them_write_into_one_note(
        self, run: Run, vault: MakeVault, home: Path, place: str
    ) -> None:
        root = vault(ANNA)
        words = [f"entry {number:02}." for number in range(RUNS)]
        runs = [start(root, home, "log", "anna", word, "--to", place) for word in words]
        assert finished(runs) == []
        text = b"".join(texts(root).values()).decode()
        assert [text.count(word) for word in words] == [1] * RUNS
        assert len(listed_by(run, root)) == RUNS
        run("--vault", root, "history", "--verify")

    @needs_posix
    def test_also_where_the_lock_is_taken_away_again_and_again(
        self, run: Run, vault: MakeVault, home: Path
    ) -> None:
        root = vault(ANNA)
        words = [f"entry {number:02}." for number in range(RUNS)]
        runs = [start(root, home, "log", "anna", word) for word in words]
        while any(process.poll() is None for process in runs):
            for lock in home.rglob("lock"):
                lock.unlink(missing_ok=True)
        assert finished(runs) == []
        text = b"".join(texts(root).values()).decode()
        assert [text.count(word) for word in words] == [1] * RUNS
        assert len(listed_by(run, root)) == RUNS
        run("--vault", root, "history", "--verify")


class TestLock:
    def test_one_that_is_held_is_waited_for(
        self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("vaulttool.vault.lock.LOCK_TIMEOUT", 0.1)
        root = vault({"a.md": OLD})
        with locked(storage(root)), pytest.raises(VaultError, match="another run of vault"):
            edit(storage(root))
        assert edit(storage(root)) == ["a.md"]

    @needs_posix
    @pytest.mark.parametrize(
        "take_away", [Path.unlink, lambda lock: lock.rename(lock.with_name("away"))],
        ids=["deleted", "moved"],
    )  # fmt: skip
    def test_one_whose_file_is_taken_away_still_holds(
        self,
        vault: MakeVault,
        monkeypatch: pytest.MonkeyPatch,
        take_away: Callable[[Path], object],
    ) -> None:
        monkeypatch.setattr("vaulttool.vault.lock.LOCK_TIMEOUT", 0.1)
        root = vault({"a.md": OLD})
        with locked(storage(root)):
            take_away(storage(root).state / "lock")
            with pytest.raises(VaultError, match="another run of vault"):
                edit(storage(root))
        assert edit(storage(root)) == ["a.md"]

    @needs_posix
    def test_where_a_folder_cannot_be_locked_the_file_is(
        self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_descriptor: int, **_also: object) -> bool:
            raise OSError(errno.EBADF, "Bad file descriptor")

        monkeypatch.setattr("filelock.lock_descriptor", refuse)
        monkeypatch.setattr("vaulttool.vault.lock.LOCK_TIMEOUT", 0.1)
        root = vault({"a.md": OLD})
        with locked(storage(root)), pytest.raises(VaultError, match="another run of vault"):
            edit(storage(root))
        assert edit(storage(root)) == ["a.md"]

    @needs_posix
    def test_that_of_a_killed_run_keeps_nobody_waiting(
        self, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("vaulttool.vault.lock.LOCK_TIMEOUT", 0.1)
        root = vault({"a.md": OLD})
        code = (
            "import sys, time; from pathlib import Path\n"
            "from vaulttool.vault.write import Storage, locked\n"
            "with locked(Storage(Path(sys.argv[1]), Path(sys.argv[2]))):\n"
            "    print('held', flush=True); time.sleep(60)\n"
        )
        command = [sys.executable, "-c", code, str(root), str(storage(root).state)]
        holder = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(VaultError, match="another run of vault"):
            edit(storage(root))
        holder.send_signal(signal.SIGKILL)
        holder.communicate(timeout=60)
        assert edit(storage(root)) == ["a.md"]

    def test_one_that_cannot_be_made_is_said_and_nothing_is_written(self, vault: MakeVault) -> None:
        root = vault({"a.md": OLD})
        (storage(root).state / "lock").mkdir(parents=True)
        with pytest.raises(VaultError, match="the journal cannot be written"):
            edit(storage(root))
        assert texts(root) == {"a.md": OLD}
