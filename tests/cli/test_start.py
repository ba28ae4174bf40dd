"""An answer is given again where nothing changed that it depends on, and only there."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, clean_environment, needs_posix, write_files
from vaulttool.cli import main, remember, start
from vaulttool.cli.start import may_be_known
from vaulttool.vault.answers import _MAGIC, ANSWERS
from vaulttool.vault.locate import OBSIDIAN_FILES
from vaulttool.vault.parts import write_parts
from vaulttool.vault.stamp import YOUNG

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import MakeVault, Result, Run
    from vaulttool.cli.app import App

FILES = {
    "People/Anna.md": "---\nevery: 1 week\n---\n- 2026-11-03 call\n",
    "People/Boris.md": "---\nevery: 2 weeks\n---\n",
    "Daily/2026-11-05.md": "Lunch with [[Anna]].\n",
    "photo.png": "x",
    "vaulttool.toml": "[due]\nper_day = 3\n",
    ".obsidian/daily-notes.json": '{"folder": "Daily"}',
}
ASKED = ("--today", TODAY, "due", "--print")


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault(FILES)


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every question be asked a while after the files were written."""
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 10 * YOUNG)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were run: what is said again is not."""
    seen: list[str] = []
    real = main.run

    def run(words: list[str], app: App) -> int:
        seen.append(" ".join(words))
        return real(words, app)

    monkeypatch.setattr(main, "run", run)
    monkeypatch.setattr(remember, "run", run)
    return seen


def again(run: Run, runs: list[str], *args: str | Path) -> bool:
    """Whether a question that is asked twice is answered the second time without a run."""
    first = run(*args)
    runs.clear()
    second = run(*args)
    assert (second.out, second.err) == (first.out, first.err)
    return not runs


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["due", "--print"],
        ["due", "--print", "--format", "json"],
        ["due", "--print", "--lang", "ru", "--within", "2w"],
        ["why", "anna"],
        ["contacts", "--format=csv"],
        ["interactions"],
        ["notes"],
        ["tags"],
        ["plan"],
        ["tune"],
        ["brief", "anna"],
        ["list", "--circle", "key", "--topic", "x"],
        ["find", "anna", "--format", "json"],
        ["promises", "--within", "7d"],
        ["occasions"],
        ["awaiting", "--all"],
        ["drifting"],
    ],
    ids=" ".join,
)
def test_the_same_question_is_answered_at_once(
    run: Run, runs: list[str], root: Path, asked: list[str]
) -> None:
    assert again(run, runs, "--vault", root, "--today", TODAY, *asked)


def test_each_question_has_its_own_answer(run: Run, root: Path) -> None:
    questions = [*(("why", name) for name in ("anna", "boris")), ("due", "--print"), ("tags",)]
    for _ in range(2):
        said = [run("--vault", root, "--today", TODAY, *asked).out for asked in questions]
        assert len(set(said)) == len(questions)
        assert "Anna" in said[0]
        assert "Boris" in said[1]


def test_a_list_that_is_written_is_known_once_it_stands_there(
    run: Run, runs: list[str], root: Path
) -> None:
    asked = ("--vault", root, "--today", TODAY, "due")
    note = root / f"Daily/{TODAY}.md"
    assert "Written to" in run(*asked).err
    assert again(run, runs, *asked)
    assert "is up to date" in run(*asked).err
    note.write_text(note.read_text("utf-8").replace("- [ ]", "- [x]", 1), "utf-8")
    text = note.read_text("utf-8")
    runs.clear()
    run(*asked)
    assert runs
    note.unlink()
    assert "Written to" in run(*asked).err
    assert note.read_text("utf-8") != text


def append(note: Path, line: str) -> None:
    note.write_text(note.read_text("utf-8") + line, "utf-8")


def into_folder(note: Path) -> None:
    note.unlink()
    note.mkdir()


CHANGES: dict[str, Callable[[Path], object]] = {
    "a line": lambda root: append(root / "People/Anna.md", "- 2026-11-19 call\n"),
    "a note more": lambda root: write_files(root, {"People/Vera.md": "---\nevery: 1d\n---\n"}),
    "a note less": lambda root: (root / "People/Boris.md").unlink(),
    "a note elsewhere": lambda root: (root / "People/Boris.md").rename(root / "Boris.md"),
    "another name": lambda root: (root / "People/Boris.md").rename(root / "People/Bo.md"),
    "a folder": lambda root: (root / "People").rename(root / "Friends"),
    "a file that is no note": lambda root: (root / "photo.png").rename(root / "other.png"),
    "settings": lambda root: (root / "vaulttool.toml").write_text("[due]\nper_day = 1\n"),
    "Obsidian's settings": lambda root: write_files(root, {".obsidian/app.json": "{}"}),
    "a folder instead of a note": lambda root: into_folder(root / "People/Boris.md"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_seen(run: Run, runs: list[str], root: Path, what: str) -> None:
    asked = ("--vault", root, *ASKED)
    assert again(run, runs, *asked)
    CHANGES[what](root)
    runs.clear()
    said = run(*asked)
    assert runs
    shutil.rmtree(Path.home() / ".cache/vaulttool")
    assert run(*asked) == said


@needs_posix
def test_a_change_that_keeps_time_and_size_is_seen(run: Run, runs: list[str], root: Path) -> None:
    asked = ("--vault", root, *ASKED)
    note = root / "People/Anna.md"
    before = note.stat()
    assert again(run, runs, *asked)
    note.write_text(note.read_text().replace("2026-11-03", "2026-11-19"))
    os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))
    settings = root / "vaulttool.toml"
    runs.clear()
    first = run(*asked)
    assert runs
    times = settings.stat()
    settings.write_text(settings.read_text().replace("3", "0"))
    os.utime(settings, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert run(*asked).out != first.out


@pytest.mark.parametrize(
    ("name", "value"),
    [("LANG", "ru_RU.UTF-8"), ("VAULT_TODAY", "2026-11-19"), ("TZ", "Asia/Tokyo")],
)
def test_another_environment_is_another_question(
    run: Run, runs: list[str], root: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    asked = ("--vault", root, "due", "--print")
    assert again(run, runs, *asked)
    monkeypatch.setenv(name, value)
    runs.clear()
    run(*asked)
    assert runs


def test_tomorrow_is_another_question(
    run: Run, runs: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert again(run, runs, "--vault", root, "due", "--print")
    monkeypatch.setattr(start, "_day", lambda _moment: (2026, 11, 21))
    runs.clear()
    run("--vault", root, "due", "--print")
    assert runs


def test_a_commit_is_another_question(run: Run, runs: list[str], root: Path) -> None:
    def git(*args: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", root, *who, *args], check=True, capture_output=True)

    git("init", "-q")
    asked = ("--vault", root, "--today", "2026-12-31", "why", "boris")
    assert not again(run, runs, *asked)  # git may have been asked too early
    before = run(*asked).out
    git("add", "People")
    git("commit", "-q", "-m", "People")
    assert run(*asked).out != before
    assert again(run, runs, *asked)
    git("pack-refs", "--all")
    git("commit", "-q", "--allow-empty", "-m", "Nothing")
    runs.clear()
    run(*asked)
    assert runs
    (root / ".git").rename(root.parent / "apart")
    (root / ".git").write_text(f"gitdir: {root.parent / 'apart'}\n")
    assert not again(run, runs, *asked)


class TestNeverKept:
    def test_what_tells_the_time(self, run: Run, runs: list[str], vault: MakeVault) -> None:
        there = {"People/Anna.md": "---\nevery: 1 week\ntimezone: Asia/Tokyo\n---\n- 2026-01-03\n"}
        root = vault({**FILES, **there})
        for asked in (("why", "anna"), ("due", "--print"), ("due", "--print", "--format", "json")):
            assert not again(run, runs, "--vault", root, *asked)
            assert again(run, runs, "--vault", root, "--today", TODAY, *asked)  # always noon

    def test_what_went_wrong(self, run: Run, runs: list[str], root: Path) -> None:
        for _ in range(2):
            runs.clear()
            assert run("--vault", root, "why", "nobody", code=None).code != 0
            assert runs

    def test_what_is_young(
        self, run: Run, runs: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(time, "time", lambda: (root / "People/Anna.md").stat().st_mtime)
        assert not again(run, runs, "--vault", root, *ASKED)

    def test_what_is_very_long(
        self, run: Run, runs: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(remember, "MOST", 100)
        assert not again(run, runs, "--vault", root, "notes")

    @pytest.mark.parametrize(
        "words",
        [
            ["due", "--dry-run"],
            ["due", "--as-of", "2026-01-01"],
            ["due", "--as-of=2026-01-01"],
            ["due", "-v"],
            ["log", "anna"],
            ["undo"],
            ["history"],
            ["check"],  # it tries what may be written
            ["watch"],
            ["--help"],
            ["due", "-h"],
            ["--version"],
        ],
        ids=" ".join,
    )
    def test_other_commands(self, words: list[str]) -> None:
        assert not may_be_known(words)


def answers(home: Path) -> Path:
    [file] = (home / ".cache/vaulttool").glob(f"*/{ANSWERS}")
    return file


def test_a_damaged_file_is_as_good_as_none(
    run: Run, runs: list[str], home: Path, root: Path
) -> None:
    asked = ("--vault", root, *ASKED)
    said = run(*asked)
    file = answers(home)
    whole = file.read_bytes()
    damaged = [whole[:n] for n in range(0, len(whole), 23)]
    damaged += [
        whole[:n] + bytes([whole[n] ^ 64]) + whole[n + 1 :] for n in range(0, len(whole), 7)
    ]
    for data in damaged:
        file.write_bytes(data)
        assert run(*asked) == said
    assert again(run, runs, *asked)


def test_a_file_of_another_form_is_as_good_as_none(
    run: Run, runs: list[str], home: Path, root: Path
) -> None:
    asked = ("--vault", root, *ASKED)
    said = run(*asked)
    for values in (["no", "answers"], [b"", b""], [1], []):
        write_parts(answers(home), _MAGIC, values)
        assert run(*asked) == said
    write_parts(answers(home), _MAGIC, [])
    data = answers(home).read_bytes()
    for rest in (b"\x00", b"\x00" * 8, b"\xff" * 30, bytes(range(40))):
        file = answers(home)
        file.write_bytes(data[:16] + zlib.crc32(rest).to_bytes(4, "little") + rest)
        assert run(*asked) == said
    assert again(run, runs, *asked)


@needs_posix
def test_nobody_else_may_read_it_and_forgetting_deletes_it(
    run: Run, home: Path, root: Path
) -> None:
    run("--vault", root, *ASKED)
    assert answers(home).stat().st_mode & 0o777 == 0o600
    run("--vault", root, "forget", "anna")
    assert not list((home / ".cache/vaulttool").glob("*/*"))


def test_random_changes_are_all_seen(run: Run, home: Path, example: Path) -> None:
    """What is said with everything kept is what a program says that keeps nothing."""
    dice = random.Random(7)
    questions = [("due", "--print"), ("why", "Ben Hollis"), ("interactions", "--format", "csv")]
    for _ in range(12):
        _change(example, dice)
        for asked in dice.sample(questions, 2):
            said = [_said(run, example, asked) for _ in range(2)]
            apart = home / ".cache/apart"
            (home / ".cache/vaulttool").rename(apart)
            said.append(_said(run, example, asked))
            shutil.rmtree(home / ".cache/vaulttool", ignore_errors=True)
            apart.rename(home / ".cache/vaulttool")
            assert said[0] == said[1] == said[2]


def _said(run: Run, root: Path, asked: tuple[str, ...]) -> Result:
    return run("--vault", root, "--today", TODAY, *asked, code=None)


def _change(root: Path, dice: random.Random) -> None:
    notes = sorted(root.rglob("*.md"))
    note = dice.choice(notes)
    match dice.choice(["line", "line", "rename", "delete", "copy", "nothing"]):
        case "line":
            note.write_text(f"{note.read_text('utf-8')}\n[[Ben Hollis]] call 2026-11-19\n", "utf-8")
        case "rename":
            note.rename(note.with_name(f"{dice.randrange(1000)}.md"))
        case "delete":
            note.unlink()
        case "copy":
            shutil.copy(note, note.with_name(f"{note.stem} two.md"))


OPENED = """
import os, sys
seen = set()
sys.addaudithook(lambda name, args: name == "open" and seen.add(str(args[0])))
from vaulttool.cli.start import answer
code = answer(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write("\\n".join(seen))
sys.exit(code)
"""


@needs_posix
@pytest.mark.parametrize(
    "asked",
    [
        *("due", "due --print", "why Ben", "contacts", "interactions", "notes", "tags"),
        *("plan", "tune"),
    ],
)
def test_nothing_is_read_that_the_key_does_not_name(
    tmp_path: Path, example: Path, asked: str
) -> None:
    list_of_opened = tmp_path / "opened"
    environ = {**clean_environment(os.environ, tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", OPENED, str(list_of_opened), "--vault", str(example)]
    for _ in range(2):  # the second time nothing is left to write
        subprocess.run(
            [*command, "--today", TODAY, *asked.split()],
            check=True,
            env=environ,
            capture_output=True,
        )
    opened = {Path(line) for line in list_of_opened.read_text("utf-8").splitlines()}
    inside = {one.relative_to(example) for one in opened
        if one.is_relative_to(example) and one.is_file()}  # fmt: skip
    named = {Path(".obsidian", name) for name in OBSIDIAN_FILES} | {Path("vaulttool.toml")}
    assert {one for one in inside - named if one.suffix not in {".md", ".canvas"}} == set()
    assert not [one for one in inside - named if str(one).startswith(".")]
    assert inside
    assert not [one for one in opened if one.is_relative_to(tmp_path / ".local")]


@needs_posix
@pytest.mark.parametrize("warm", [False, True])
def test_an_answer_that_cannot_be_written_is_said(tmp_path: Path, root: Path, warm: bool) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    environ = {**clean_environment(os.environ, tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "vaulttool", "--vault", str(root), *ASKED]
    if warm:
        time.sleep(YOUNG)
        subprocess.run(command, env=environ, check=True, capture_output=True)
        assert list((tmp_path / ".cache/vaulttool").glob(f"*/{ANSWERS}"))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, env=environ, check=False, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_a_vault_that_may_not_be_read_is_for_the_command_to_tell(
    run: Run, runs: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_root: Path) -> str:
        raise PermissionError(13, "Permission denied", str(root))

    monkeypatch.setattr("vaulttool.vault.answers.config_folder", denied)
    for _again in range(2):
        run("--vault", root, "due", "--print")
    assert len(runs) == 2
