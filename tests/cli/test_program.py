"""Each command once through the real program: a process, its streams, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, clean_environment
from vaulttool.cli.main import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

CASES: dict[str, tuple[list[str], int, str]] = {
    "due": (["due"], 0, "Hana Sato"),
    "why": (["why", "hana"], 0, "every 2 weeks"),
    "brief": (["brief", "hana"], 0, "no holidays"),
    "promises": (["promises"], 0, "send the deck"),
    "occasions": (["occasions"], 0, "Boris Lang"),
    "awaiting": (["awaiting"], 0, "asked whether"),
    "drifting": (["drifting"], 0, "Ines Duarte"),
    "list": (["list", "--circle", "key"], 0, "Hana Sato"),
    "find": (["find", "lumen"], 0, "Anna Petrova"),
    "log": (["log", "hana", "привет", "--via", "call"], 0, ""),
    "add": (["add", "Carl Winter", "--dry-run"], 0, "+++ b/People/Carl Winter.md"),
    "set": (["set", "hana", "circle=regular", "--dry-run"], 0, "+circle: regular"),
    "snooze": (["snooze", "hana", "2", "weeks", "--dry-run"], 0, "+snooze_until: 2026-12-04"),
    "pause": (["pause", "hana", "--dry-run"], 0, "+pause: true"),
    "resume": (["resume", "hana"], 0, ""),
    "review": (["review"], 0, "1/6  Hana Sato"),
    "triage": (["triage"], 0, "1/3  Ben Hollis"),
    "open": (["open", "hana", "--print"], 0, "obsidian://open?path="),
    "watch": (["watch", "--help"], 0, "Ctrl-C stops it"),
    "plan": (["plan"], 0, "5.9 contacts a week"),
    "tune": (["tune"], 0, "every 3 weeks"),
    "contacts": (["contacts"], 0, "Ольга Соколова"),
    "interactions": (["interactions", "hana"], 0, "30 Oct"),
    "links": (["links", "--format", "csv"], 0, "source,line,kind"),
    "mentions": (["mentions"], 0, "Peter Sand"),
    "tags": (["tags", "--format", "md"], 0, "| --- |"),
    "notes": (["notes", "--format", "json"], 0, "Home.md"),
    "check": (["check"], 3, "conflict-copy"),
    "history": (["history"], 0, ""),
    "undo": (["undo"], 1, ""),
    "forget": (["forget", "hana sato"], 0, ""),
    "config": (["config"], 0, ".obsidian/daily-notes.json"),
    "init": (["init", "--dry-run"], 0, "vaulttool.toml"),
}


def program(
    args: list[str], folder: Path, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    clean = clean_environment(os.environ, folder.parent)
    return subprocess.run(
        [sys.executable, "-m", "vaulttool", *args],
        cwd=folder,
        env={**clean, "PYTHONPATH": os.pathsep.join(sys.path), **(environ or {})},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_every_command_has_a_case() -> None:
    assert CASES.keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", CASES)
def test_command(example: Path, command: str) -> None:
    args, code, shown = CASES[command]
    done = program(["--today", TODAY, *args], example)
    assert done.returncode == code, done.stderr.decode()
    assert shown in done.stdout.decode("utf-8")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("environ", [{"LANG": "C"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_utf8_whatever_the_machine_speaks(example: Path, environ: dict[str, str]) -> None:
    done = program(["contacts", "--format", "json"], example, environ)
    assert "Ольга Соколова" in {row["name"] for row in json.loads(done.stdout.decode("utf-8"))}


def test_the_notes_do_not_depend_on_the_machine(example: Path) -> None:
    written = set()
    note = example / f"Daily/{TODAY}.md"
    for environ in ({"LANG": "C", "TZ": "Asia/Tokyo"}, {"LANG": "ru_RU.UTF-8", "TZ": "UTC+11"}):
        program(["--today", TODAY, "due"], example, {**environ, "PYTHONHASHSEED": "7"})
        written.add(note.read_bytes())
        note.unlink()
    assert len(written) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes of this kind")
def test_a_reader_that_goes_away(example: Path) -> None:
    environ = {**clean_environment(os.environ, example), "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-m", "vaulttool", "--vault", str(example), "links", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_result_is_on_stdout_and_the_rest_is_not(example: Path) -> None:
    done = program(["--today", TODAY, "due", "--format", "json"], example)
    assert json.loads(done.stdout)["date"] == TODAY
    assert done.stderr == b""
