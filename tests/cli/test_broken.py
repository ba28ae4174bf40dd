"""Notes that cannot be read as they were meant: each a line, never a traceback, nothing changed."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault, Run

GOOD = {"People/Good.md": "---\nevery: 2 weeks\nlast_contact: 2026-11-03\n---\n"}
HEAD = b"---\nevery: 2 weeks\nlast_contact: 2026-11-03\n"

# code -> a note with that problem, and the line of it
WARNED: dict[str, tuple[str, bytes, int | None]] = {
    "broken YAML": ("bad-yaml", b"---\nevery: [2 weeks\n---\n", None),
    "a tab in YAML": ("bad-yaml", b"---\nevery:\n\t- x\n---\n", 3),
    "an anchor that is not there": ("bad-yaml", b"---\na: *x\n---\n", 2),
    "a bomb of aliases": (
        "bad-yaml",
        b"---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + b"".join(
            f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n".encode() for n in range(1, 10)
        )
        + b"---\n",
        None,
    ),
    "properties nested without end": ("bad-yaml", b"---\na: " + b"[" * 100_000 + b"\n---\n", None),
    "properties without end": ("bad-yaml", b"---\na: " + b"x" * 300_000 + b"\n---\n", None),
    "a block that never ends": ("unclosed-properties", b"---\nevery: 1 week\n", 1),
    "a property that stands twice": ("duplicate-property", HEAD + b"every: 1 week\n---\n", 4),
    "an impossible date": ("bad-date", b"---\nlast_contact: 2026-02-30\n---\n", 2),
    "an impossible birthday": ("bad-date", b"---\na: 1\nbirthday: 1988-13-01\n---\n", 3),
    "an impossible cadence": ("bad-cadence", b"---\nevery: now and then\n---\n", 2),
    "a list where a text was expected": ("bad-cadence", b"---\nevery: [1, 2]\n---\n", 2),
    "a table where a text was expected": ("bad-date", b"---\nnext: {a: b}\n---\n", 2),
    "a flag that is none": ("bad-flag", b"---\npause: perhaps\n---\n", 2),
    "an impossible date in the log": ("bad-date", HEAD + b"---\n## Log\n- 2026-02-30 call\n", 6),
    "NUL bytes": ("nul-bytes", HEAD + b"---\n\0\0\n", 5),
    "invalid UTF-8": ("not-utf8", HEAD + b"---\n\xff\n", 5),
    "1 MB of [": ("long-paragraph", HEAD + b"---\n" + b"[" * 1_000_000, 5),
    "6 MB": ("too-large", b"x\n" * 3_000_000, None),
}
QUIET: dict[str, tuple[str, bytes]] = {
    "CRLF": ("crlf", HEAD.replace(b"\n", b"\r\n") + b"---\r\n"),
    "a byte order mark": ("byte-order-mark", b"\xef\xbb\xbf" + HEAD + b"---\n"),
}


def assert_the_rest_goes_on(run: Run, root: Path) -> None:
    found = run("--vault", root, "--today", TODAY, "due", "--print", "--format", "json").json
    assert "Good" in [row["name"] for row in found["due"]]
    for command in ("contacts", "interactions", "links", "tags", "notes"):
        run("--vault", root, "--today", TODAY, command)
        run("--vault", root, "--today", TODAY, command, "--format", "json")


@pytest.mark.parametrize("name", WARNED)
def test_a_problem_line(run: Run, vault: MakeVault, name: str) -> None:
    code, content, line = WARNED[name]
    root = vault({**GOOD, "People/Bad one.md": content})
    before = tree_hash(root)
    done = run("--vault", root, "check", code=3)
    (shown,) = [text for text in done.out.splitlines() if f"[{code}]" in text]
    place = f"People/Bad one.md:{line}: " if line else "People/Bad one.md"
    assert shown.startswith(place)
    assert re.search(r"\d (error|warning)", done.err)
    assert_the_rest_goes_on(run, root)
    assert tree_hash(root) == before


@pytest.mark.parametrize("name", QUIET)
def test_what_is_odd_but_no_fault(run: Run, vault: MakeVault, name: str) -> None:
    code, content = QUIET[name]
    root = vault({**GOOD, "People/Odd.md": content})
    before = tree_hash(root)
    done = run("--vault", root, "check")
    assert f"[{code}]" in done.out
    assert "info" in done.out
    found = run("--vault", root, "--today", TODAY, "due", "--print", "--format", "json").json
    assert {row["name"] for row in found["due"]} == {"Good", "Odd"}
    assert tree_hash(root) == before


def test_a_sound_vault(run: Run, vault: MakeVault) -> None:
    done = run("--vault", vault(GOOD), "check")
    assert (done.out, done.err) == ("", "No problems; 1 note read.\n")
    assert run("--vault", vault(GOOD), "check", "--format", "json").json == []


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX file system")
class TestFiles:
    def test_a_link_out_of_the_vault(self, run: Run, vault: MakeVault, tmp_path: Path) -> None:
        (tmp_path / "secret.md").write_text("---\nevery: 1 day\n---\n")
        root = vault(GOOD)
        (root / "People/Out.md").symlink_to(tmp_path / "secret.md")
        before = tree_hash(tmp_path)
        assert "[symlink]" in run("--vault", root, "check", code=3).out
        assert_the_rest_goes_on(run, root)
        assert tree_hash(tmp_path) == before

    def test_a_fifo(self, run: Run, vault: MakeVault) -> None:
        root = vault(GOOD)
        os.mkfifo(root / "People/Pipe.md")
        assert "[not-a-file]" in run("--vault", root, "check", code=3).out
        assert_the_rest_goes_on(run, root)

    def test_a_name_that_is_no_unicode(self, run: Run, vault: MakeVault) -> None:
        root = vault(GOOD)
        try:
            (root / os.fsdecode(b"People/\xff.md")).write_text("x")
        except OSError:
            pytest.skip("the file system takes Unicode names only")
        assert "[bad-name]" in run("--vault", root, "check", code=3).out
        assert_the_rest_goes_on(run, root)


def test_an_unreadable_note_and_folder(
    run: Run, vault: MakeVault, no_access: Callable[[Path], None]
) -> None:
    root = vault({**GOOD, "People/Locked.md": "x", "Closed/a.md": "x"})
    no_access(root / "People/Locked.md")
    no_access(root / "Closed")
    said = "2 notes or folders cannot be read and are left out: `vault check` tells why"
    assert said in run("--vault", root, "list").err
    checked = run("--vault", root, "check", code=3)
    assert said not in checked.err
    out = checked.out
    assert "People/Locked.md: error: the file cannot be read: Permission denied" in out
    assert "Closed: warning: the folder cannot be read: Permission denied" in out
    russian = run("--vault", root, "--lang", "ru", "check", code=3).out
    assert russian.count("нет прав доступа") == 2
    assert_the_rest_goes_on(run, root)


def test_broken_settings(run: Run, vault: MakeVault) -> None:
    broken = {"vaulttool.toml": "[due]\nper_day = 'many'\n", ".obsidian/app.json": "{"}
    root = vault({**GOOD, **broken})
    out = run("--vault", root, "check", code=3).out
    assert "vaulttool.toml:2: warning: due.per_day: expected a number from 1 to 100" in out
    assert ".obsidian/app.json:1: error: " in out
    assert_the_rest_goes_on(run, root)


def test_one_line_each(run: Run, vault: MakeVault) -> None:
    root = vault({"People/a.md": '---\nevery: "two\\nlines"\n---\n'})
    done = run("--vault", root, "check", code=3)
    assert done.out.count("\n") == 1
    assert "found “two lines”" in done.out


class TestTodaysNote:
    """The list is shown all the same, and the note is left alone."""

    @pytest.mark.parametrize("content", [b"\xff\n", b"# Friday\n\x80"])
    def test_that_is_no_utf8(self, run: Run, vault: MakeVault, content: bytes) -> None:
        root = vault({**GOOD, f"{TODAY}.md": content})
        before = tree_hash(root)
        done = run("--vault", root, "--today", TODAY, "due", code=4)
        assert "Good" in done.out
        assert f"{TODAY}.md is not valid UTF-8: it is not written" in done.err
        assert "Good" in run("--vault", root, "--today", TODAY, "due", "--print").out
        run("--vault", root, "--today", TODAY, "due", "--dry-run", code=4)
        run("--vault", root, "--today", TODAY, "log", "good", code=4)
        assert tree_hash(root) == before

    def test_that_may_not_be_read(
        self, run: Run, vault: MakeVault, no_access: Callable[[Path], None]
    ) -> None:
        root = vault({**GOOD, f"{TODAY}.md": "x"})
        no_access(root / f"{TODAY}.md")
        done = run("--vault", root, "--today", TODAY, "due", code=4)
        assert "Good" in done.out
        assert "cannot be read" in done.err

    def test_that_may_not_be_written(
        self, run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault({**GOOD, f"{TODAY}.md": "x\n"})
        monkeypatch.setattr(os, "access", lambda _path, mode, **_given: mode != os.W_OK)
        done = run("--vault", root, "--today", TODAY, "due", "--format", "json", code=4)
        assert done.json["due"][0]["name"] == "Good"
        assert done.error["code"] == "refused"
        assert (root / f"{TODAY}.md").read_text() == "x\n"

    @pytest.mark.skipif(sys.platform == "win32", reason="a POSIX file system")
    def test_that_is_a_link(self, run: Run, vault: MakeVault, tmp_path: Path) -> None:
        (tmp_path / "outside.md").write_text("x\n")
        root = vault(GOOD)
        (root / f"{TODAY}.md").symlink_to(tmp_path / "outside.md")
        before = tree_hash(tmp_path)
        assert "Good" in run("--vault", root, "--today", TODAY, "due", code=4).out
        run("--vault", root, "--today", TODAY, "log", "good", code=4)
        assert tree_hash(tmp_path) == before

    @pytest.mark.parametrize(
        ("folder", "pattern"),
        [
            ("../outside", "YYYY-MM-DD"),
            ("../../outside", "YYYY-MM-DD"),
            ("", "[../]YYYY-MM-DD"),
            ("Daily", "[../../]YYYY-MM-DD"),
            ("..\\outside", "YYYY-MM-DD"),
            ("C:/outside", "YYYY-MM-DD"),
            (".obsidian", "YYYY-MM-DD"),
            ("Daily/.hidden", "YYYY-MM-DD"),
            ("", "[.]YYYY-MM-DD"),
        ],
    )
    def test_whose_settings_lead_out_of_the_vault(
        self, run: Run, vault: MakeVault, tmp_path: Path, folder: str, pattern: str
    ) -> None:
        slashed = folder.replace("\\", "\\\\")
        values = f'{{"folder": "{slashed}", "format": "{pattern}"}}'
        root = vault({**GOOD, ".obsidian/daily-notes.json": values})
        before = tree_hash(tmp_path)
        done = run("--vault", root, "--today", TODAY, "due", code=4)
        assert "Good" in done.out
        assert "can be no note of this vault" in done.err
        run("--vault", root, "--today", TODAY, "log", "good", code=4)
        assert tree_hash(tmp_path) == before

    def test_whose_template_leads_out_of_the_vault(
        self, run: Run, vault: MakeVault, tmp_path: Path
    ) -> None:
        (tmp_path / "secret.md").write_text("secret\n")
        for name in ("../secret", "/../secret.md", str(tmp_path / "secret")):
            root = vault({**GOOD, ".obsidian/daily-notes.json": f'{{"template": "{name}"}}'})
            done = run("--vault", root, "--today", TODAY, "due")
            assert "is not there" in done.err
            assert "secret" not in (root / f"{TODAY}.md").read_text("utf-8")
            (root / f"{TODAY}.md").unlink()
