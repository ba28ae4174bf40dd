"""What a hostile vault can do: nothing. One class a threat, with the program's own commands.

A vault is synced, so that anybody who can write into one place of it may write all of it:
names, texts, properties, settings, links of the file system, git's own folder.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY, clean_environment, tree_hash, write_files
from tests.vault.test_git import Repository
from tests.vault.watched import Watched, let_grace_pass, texts
from vaulttool.errors import VaultError
from vaulttool.filenames import clash, safe_name
from vaulttool.markdown.note import read_note
from vaulttool.vault.change import Change
from vaulttool.vault.git import first_commits
from vaulttool.vault.write import Storage, apply, look_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.conftest import MakeVault, Run

posix = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX system")

DUE = "---\nevery: 2 weeks\nlast_contact: 2026-11-03\n---\n"
GOOD = {"People/Good.md": DUE}
READING = ("due --print", "why good", "contacts", "interactions", "links", "tags", "notes", "check")
FORMATS = ("table", "json", "csv", "md")


def program(
    root: Path, *args: str, seconds: int = 60, megabytes: int = 0
) -> subprocess.CompletedProcess[bytes]:
    """Run the installed program, with no more than so much time of the processor and memory."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        if megabytes:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    return subprocess.run(
        [sys.executable, "-m", "vaulttool", "--today", TODAY, *args],
        cwd=root,
        env={**clean_environment(os.environ, root.parent), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
        timeout=4 * seconds,
        preexec_fn=limit if os.name == "posix" else None,
    )


def names_due(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return [row["name"] for row in json.loads(done.stdout)["due"]]


# --- 1 -------------------------------------------------------------------------------------

ALIASES = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
PROPERTIES = {
    "aliases that grow tenfold nine times": ALIASES,
    "maps that grow by merging": "a: &a {k: v}\n"
    + "".join(f"b{n}: &b{n} {{<<: [*a, *a]}}\n" for n in range(5000)),
    "an alias of itself": "a: &a [*a]\nb: &b {k: *b}",
    "100,000 brackets": "a: " + "[" * 100_000,
    "100,000 braces": "a: " + "{a: " * 50_000,
    "100,000 dashes": "a:\n  " + "- " * 100_000,
    "deep indentation": "".join(" " * n + "a:\n" for n in range(600)),
    "100,000 keys": "".join(f"k{n}: 1\n" for n in range(30_000)),
    "a number of a million digits": "every: " + "9" * 200_000,
    "a number to the base of sixty": "every: " + "1:" * 80_000 + "1",
    "an exponent": "priority: 1e999999999",
    "a program": f'a: !!python/object/apply:os.system ["touch {"{canary}"}"]',
    "a name": "a: !!python/name:os.system",
    "an object": "a: !!python/object/new:type {args: [x, !!python/tuple [], {}]}",
    "a version of YAML": "%YAML 9.9",
    "a code beyond all": 'a: "\\U0011FFFF\\uD800"',
    "an indent beyond all": "a: |9999999999\n  x",
    "questions": "? " * 20_000,
    "anchors without end": "a: " + "&x " * 50_000,
    "a quotation without end": 'a: "' + "\\" * 100_000,
}
BODIES = {
    "quotes in quotes": "> " * 20_000 + "x",
    "lists in lists": "- " * 20_000 + "x",
    "brackets": "[" * 200_000,
    "links that never end": "[[" * 100_000 + "\n\n" + "![[" * 50_000,
    "labels without addresses": "[a](" * 40_000,
    "bold without end": "*a " * 60_000 + "\n\n" + "**_a" * 40_000,
    "code without end": "\n\n".join("`" * n for n in range(1, 400)),
    "tags": "#a" * 60_000 + "\n\n" + "#a/" * 60_000,
    "comments": "%%" * 60_001 + "\n\n" + "<!--" * 30_000,
    "fields": "[a:: " * 40_000 + "\n\n" + "a:: " * 40_000,
    "entities": "&a" * 80_000,
    "tables": "|" * 60_000 + "\n" + "|-" * 60_000,
    "dates": "- " + "2026-11-02 " * 20_000,
    "tasks": "- [x] " + "📅 2026-11-02 " * 20_000,
}


@posix
class TestBombs:
    """1. Properties, texts and settings that grow, nest or run: the other notes are read."""

    def run_due(self, root: Path) -> None:
        done = program(root, "due", "--print", "--format", "json", seconds=30, megabytes=700)
        assert "Good" in names_due(done)
        done = program(root, "check", seconds=30, megabytes=700)
        assert done.returncode in (0, 3), done.stderr.decode()[-2000:]
        assert b"Traceback" not in done.stderr

    def test_in_properties(self, vault: MakeVault, tmp_path: Path) -> None:
        canary = tmp_path / "canary"
        bombs = {
            f"People/{name}.md": f"---\n{text.replace('{canary}', str(canary))}\n---\n"
            for name, text in PROPERTIES.items()
        }
        self.run_due(vault({**GOOD, **bombs}))
        assert not canary.exists()

    def test_in_texts(self, vault: MakeVault) -> None:
        self.run_due(vault({**GOOD, **{f"{name}.md": text for name, text in BODIES.items()}}))

    def test_in_settings(self, vault: MakeVault) -> None:
        hostile = {
            ".obsidian/app.json": json.dumps({"userIgnoreFilters": ["/(a+)+$/", "/(.*)*x/"]}),
            ".obsidian/daily-notes.json": json.dumps({"format": "[" * 50_000 + "Y" * 50_000}),
            ".obsidian/types.json": "[" * 200_000,
            ".obsidian/core-plugins.json": '{"a":' * 100_000,
            "a.canvas": '{"nodes":' + "[" * 200_000,
            f"{'a' * 60}.md": "",
        }
        self.run_due(vault({**GOOD, **hostile}))
        self.run_due(vault({"vaulttool.toml": "a = " + "[" * 100_000}))


# --- 2 -------------------------------------------------------------------------------------


@posix
class TestWhatIsNoFile:
    """2. Pipes, sockets, devices and huge notes: no command waits, none fills the memory."""

    PLACES = ("People/P.md", "c.canvas", f"{TODAY}.md", "T.md", ".obsidian/app.json",
              ".obsidian/types.json", "vaulttool.toml")  # fmt: skip

    def make(self, place: Path, kind: str) -> None:
        place.unlink(missing_ok=True)
        if kind == "pipe":
            os.mkfifo(place)
        elif kind == "device":
            place.symlink_to("/dev/zero")
        elif kind == "socket":
            with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as opened:
                opened.bind(f"{short}/s")  # the name of a socket must be a short one
                Path(f"{short}/s").rename(place)
        else:
            with place.open("wb") as file:
                file.truncate(6 << 30)  # a hole: it takes no room on the disk

    @pytest.mark.parametrize("kind", ["pipe", "device", "socket", "6 GB"])
    def test_no_command_waits(self, vault: MakeVault, kind: str) -> None:
        daily = {".obsidian/daily-notes.json": '{"template": "T"}'}
        root = vault({**GOOD, **daily})
        places = self.PLACES if kind != "6 GB" else self.PLACES[:3]
        for path in places:
            self.make(root / path, kind)
        for command in (*READING, "due", "log good hi", "history", "undo", "init --dry-run"):
            done = program(root, *command.split(), seconds=20, megabytes=900)
            assert done.returncode in (0, 1, 3, 4), (command, done.stderr.decode()[-500:])
            assert b"Traceback" not in done.stderr
        done = program(root, "due", "--print", "--format", "json")
        assert "Good" in names_due(done)


# --- 3 -------------------------------------------------------------------------------------

PARTS = st.sampled_from(
    [
        *("..", "../", "/", "\\", "..\\", "C:", "//host/x/", "~", "$HOME", "%2e%2e/", "\0", "."),
        *("...", "x", "YYYY", "[../]", "[..]", "{{date}}", "canary", "canary/secret", ".obsidian"),
        *(".git/hooks/x", "file:///", "People", "secret.md", "a:b", "．．/", "\u2215", "..;/", " "),
    ]
)
PATHS = st.lists(PARTS, max_size=6).map("".join)


class TestPaths:
    """3. Paths in settings, templates and links never lead out of the vault."""

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(folder=PATHS, pattern=PATHS, template=PATHS, link=PATHS)
    def test_no_path_reaches_out(
        self, run: Run, folder: str, pattern: str, template: str, link: str
    ) -> None:
        with tempfile.TemporaryDirectory() as name:
            outside = Path(name)
            root = outside / "a" / "vault"
            secret = {"canary/secret.md": "SECRET", "a/canary/secret.md": "SECRET"}
            write_files(outside, {**secret, "secret.md": "SECRET", "a/secret.md": "SECRET"})
            daily = {"folder": folder, "format": pattern, "template": template}
            shown = link.replace("\0", "").replace("\n", "")
            files = {
                ".obsidian/daily-notes.json": json.dumps(daily),
                ".obsidian/templates.json": json.dumps({"folder": template}),
                "vaulttool.toml": f"[contacts]\nfolders = ['People', {json.dumps(folder)}]\n",
                "People/Good.md": f"{DUE}- 2026-11-01 call: [[{shown}]] ![x](<{shown}>)\n",
                "c.canvas": json.dumps({"nodes": [{"type": "file", "file": link}]}),
            }
            write_files(root, files)
            before = self.everything_outside(outside, root)
            for command in ("due", "log good hi", "links", "check", "undo"):
                done = run("--vault", root, "--today", TODAY, *command.split(), code=None)
                assert "SECRET" not in done.out + done.err
            assert self.everything_outside(outside, root) == before
            texts = [path.read_bytes() for path in root.rglob("*") if path.is_file()]
            assert not any(b"SECRET" in text for text in texts)
            assert sorted(path.name for path in (root / ".obsidian").iterdir()) == [
                "daily-notes.json",
                "templates.json",
            ]

    def everything_outside(self, outside: Path, root: Path) -> list[tuple[str, bytes]]:
        return sorted(
            (path.relative_to(outside).as_posix(), path.read_bytes() if path.is_file() else b"")
            for path in outside.rglob("*")
            if root not in (path, *path.parents)
        )


# --- 4 -------------------------------------------------------------------------------------


class Swapping(Watched):
    """A system in which a folder becomes a link to another place just before one call.

    Whoever makes it knows all names that the tool will use, and has such files there.
    """

    def __init__(self, folder: Path, outside: Path, call: int, late: bytes = b"") -> None:
        self.folder, self.outside, self.call, self.count = folder, outside, call, 0
        self.moved = folder.with_name("Moved")
        self.late = late  # what an editor saves just before the note is replaced
        self.used = 0
        for number in range(1, 9):
            for kind in ("", "-new", "-old"):
                name = f".syncthing.vault-7-{number:08x}{kind}.tmp"
                write_files(outside, {name: f"theirs {name}"})
        for path in outside.iterdir():
            path.chmod(0o640)
            os.utime(path, (1, 1))
        self.untouched = self.found()

    def found(self) -> dict[str, tuple[bytes, int, float]]:
        """What lies in the other place."""
        return {
            str(path): (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime)
            for path in self.outside.rglob("*")
            if path.is_file()
        }

    def unique(self) -> str:
        self.used += 1
        return f"7-{self.used:08x}"

    def before(self, name: str, *args: Any) -> None:
        if name in ("exchange", "link") and self.late:
            note = (self.moved if self.moved.exists() else self.folder) / "x.md"
            note.write_bytes(self.late)
            self.late = b""
        if not any(isinstance(arg, Path) and self.folder in (arg, *arg.parents) for arg in args):
            return  # calls that touch nothing in the folder cannot be told apart
        self.count += 1
        if self.count == self.call:
            self.folder.rename(self.moved)
            self.folder.symlink_to(self.outside)


@posix
class TestLinks:
    """4. Links of the file system that leave the vault are not followed, nor written through."""

    def test_a_note_and_a_folder(self, run: Run, vault: MakeVault, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        write_files(outside, {"People/Spy.md": DUE, "a.md": "SECRET [[Good]]"})
        root = vault(GOOD)
        (root / "Linked").symlink_to(outside)
        (root / "People/Out.md").symlink_to(outside / "a.md")
        before = tree_hash(outside)
        for command in (*READING, "due", "log good hi"):
            done = run("--vault", root, "--today", TODAY, *command.split(), code=None)
            assert "SECRET" not in done.out
            assert "Spy" not in done.out
        assert "[symlink]" in run("--vault", root, "check", code=3).out
        assert tree_hash(outside) == before

    @pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "link"])
    @pytest.mark.parametrize(
        ("folder", "path", "old", "new", "late"),
        [
            ("Daily", "Daily/x.md", None, b"new", b""),
            ("Daily", "Daily/deep/er/x.md", None, b"new", b""),
            ("Daily", "Daily/x.md", b"old\n", b"new\n", b""),
            ("Daily", "Daily/x.md", b"old\n", b"old\nnew\n", b"hers\nold\n"),
            ("Daily", "Daily/x.md", b"old\n", b"new\n", b"hers\n"),
            ("Daily", "Daily/x.md", b"old", None, b""),
            (".trash", "Daily/x.md", b"old", None, b""),
            (".trash/Daily", "Daily/x.md", b"old", None, b""),
        ],
        ids=["new", "new, in new folders", "replaced", "merged", "left beside", "removed",
             "the trash", "a folder in the trash"],
    )  # fmt: skip
    def test_a_folder_that_becomes_one_while_the_tool_writes(
        self,
        tmp_path: Path,
        folder: str,
        path: str,
        old: bytes | None,
        new: bytes | None,
        late: bytes,
        exchanges: bool,
    ) -> None:
        reached: list[int] = []
        for call in range(1, 100):
            base = tmp_path / str(call)
            write_files(base, {f"vault/{folder}/Other.md": DUE, "outside/Other.md": "SECRET"})
            if old is not None:  # what was read is found outside too
                write_files(base, {"vault/Daily/x.md": old, "outside/x.md": old})
            system = Swapping(base / "vault" / folder, base / "outside", call, late)
            system.exchanges = exchanges
            (base / "link").symlink_to(base / "vault")  # as a vault is often reached
            storage = Storage(base / "link", base / "state", system)
            with contextlib.suppress(VaultError, OSError):
                apply(storage, [Change(path, old, new)], "due", NOW)
            if system.found() != system.untouched:
                reached.append(call)
            if late and not system.late:  # she could save
                assert any(b"hers" in text for text in texts(base / "vault").values()), call
            if system.count < call:
                break
        assert call > 3
        assert reached == []

    @pytest.mark.parametrize("is_aside", [True, False], ids=["aside", "beside the note"])
    def test_a_folder_that_becomes_one_while_old_files_are_cleared(
        self, tmp_path: Path, is_aside: bool
    ) -> None:
        reached: list[int] = []
        for call in range(1, 100):
            base = tmp_path / str(call)
            write_files(base, {"vault/Daily/x.md": "old\n", "vault/a.md": "old\n"})
            if not is_aside:  # as on another disk
                write_files(base, {"state/aside": "no folder"})
            storage = Storage(base / "vault", base / "state")
            with (base / "vault/Daily/x.md").open("r+b") as editor:
                apply(storage, [Change("Daily/x.md", b"old\n", b"old\nnew\n")], "due", NOW)
                editor.write(b"her\n")
            let_grace_pass(base / "vault", base / "state")
            shutil.copytree(base / "vault/Daily", base / "outside")
            system = Swapping(base / "vault/Daily", base / "outside", call)
            with contextlib.suppress(VaultError, OSError):
                look_after(Storage(base / "vault", base / "state", system), NOW)
            if system.found() != system.untouched:
                reached.append(call)
            if system.count < call:
                break
        assert call > 5
        assert reached == []


NOW = datetime(2026, 11, 20, 12)  # noqa: DTZ001

# --- 5 -------------------------------------------------------------------------------------

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
STEERING = st.lists(
    st.sampled_from(
        [
            *(
                "\x1b[31m",
                "\x1b]0;title\x07",
                "\x1b]52;c;eA==\x07",
                "\x9b2J",
                "\x08\x08",
                "\r",
                "\x7f",
            ),
            *("\u202e", "\u2066", "\u061c", "\u200b", "\ufeff", "\u2028", "\x0c", "[bold]x[/bold]"),
            *("[/oops]", ":smile:", "{name}", "%s", "a", "я", " ", "[link=http://x]"),
        ]
    ),
    min_size=1,
    max_size=6,
).map("".join)


def hostile_vault(text: str) -> dict[str, str]:
    """A vault in which one text stands wherever one can stand."""
    quoted = json.dumps(text)
    name = re.sub(r"[/\x00]", "", text).strip()[:40] or "x"
    note = (
        f"---\nevery: 1 week\nlast_contact: 2026-11-03\nboundaries: [{quoted}]\ncircle: {quoted}\n"
        f"stage: {quoted}\naliases: [{quoted}]\ndates: [{json.dumps('11-20 ' + text)}]\n"
        f"next: {quoted}\nhours: {quoted}\ntags: [{quoted}]\nprefers: {quoted}\n{quoted}: 1\n---\n"
        f"- [ ] {text} 📅 2026-11-20\n- [k:: {text}] #{text}\n\n"
        f"## Log\n- 2026-11-01 call: {text} [[{text}]]\n- 2026-02-30 {text}\n"
    )
    return {
        f"People/{name}.md": note,
        "People/Anna.md": note,
        f"{name}.txt": "",
        f"{name}/2026-11-02.md": f"Called [[Anna]] {text}",
        ".obsidian/app.json": json.dumps({"userIgnoreFilters": [f"/({text}"]}),
        "vaulttool.toml": f"[due]\nper_day = {json.dumps(text, ensure_ascii=True)}\n",
        "c.canvas": json.dumps({"nodes": [{"type": "file", "file": text}]}),
    }


class TestOutput:
    """5. Nothing that is printed steers a terminal, in any form or language, errors neither."""

    COMMANDS = (
        *("due --print", "due --dry-run", "due", "why anna", "contacts", "interactions", "links"),
        *(
            "tags",
            "notes",
            "notes --files",
            "check",
            "log anna hi --to contact --dry-run",
            "log anna TEXT",
        ),
        *("log TEXT TEXT", "why TEXT", "interactions TEXT", "history", "history TEXT", "undo"),
        *("undo --dry-run", "forget anna --dry-run", "init --dry-run", "TEXT", "due --TEXT"),
        *("due --within TEXT", "log anna --on TEXT", "log anna --via TEXT", "--vault TEXT due"),
    )

    @settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=STEERING, lang=st.sampled_from(["en", "ru"]))
    def test_no_command_prints_what_steers(self, run: Run, text: str, lang: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "vault"
            write_files(root, hostile_vault(text))
            for command in self.COMMANDS:
                for form in FORMATS:
                    args = [text if arg == "TEXT" else arg for arg in command.split()]
                    args = [f"--{text}" if arg == "--TEXT" else arg for arg in args]
                    asked = ("--lang", lang, "--format", form, "--today", TODAY)
                    done = run("--vault", root, *asked, *args, code=None)
                    found = UNSAFE.search(done.out + done.err)
                    assert not found, (command, form, found)

    def test_json_says_the_very_text_all_the_same(self, run: Run, vault: MakeVault) -> None:
        text = "\x1b[31m \x9b \u202e red"
        root = vault({"People/Anna.md": f"---\naliases: [{json.dumps(text)}]\n---\n"})
        assert run("--vault", root, "contacts", "--format", "json").json[0]["aliases"] == [text]


# --- 6 -------------------------------------------------------------------------------------


class TestSpreadsheets:
    """6. No cell of CSV is a formula, and every row has its cells whatever they hold."""

    CELLS = ('=HYPERLINK("http://x")', "+49 30 1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", 'a"b,c\nd;e')

    @pytest.mark.parametrize("text", CELLS)
    def test_every_listing(self, run: Run, vault: MakeVault, text: str) -> None:
        root = vault({f"People/{name}.md": body for name, body in self.notes(text)})
        for command in (*READING[2:], "due --print", "history"):
            done = run("--vault", root, "--today", TODAY, *command.split(), "--format", "csv",
                code=None)  # fmt: skip
            head, *rows = csv.reader(io.StringIO(done.out))
            assert {len(row) for row in rows} <= {len(head)}
            for row in rows:
                starts = [cell[:1] for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
                assert not {"=", "+", "-", "@", "\t", "\r"} & {*starts}, (command, row)

    def notes(self, text: str) -> Iterator[tuple[str, str]]:
        quoted = json.dumps(text)
        yield (
            "Anna",
            f"---\nevery: 1 week\ncircle: {quoted}\naliases: [{quoted}]\n{quoted}: 1\n---\n",
        )
        yield "=Anna", f"{DUE}- 2026-11-02 call: {' '.join(text.split())}\n- [[{text.strip()}]]\n"


# --- 8 -------------------------------------------------------------------------------------

NAMES = ("a ]] [[x", "a %% b", "%%", "<% tp.x %>", "<%", "key:: v", "a\nb", "a\rb", "```dataviewjs",
         "`$= x`", "<img src=x onerror=y>", "<!-- x", "a\u202eb", "a\x1b[31mb", "- [x] y", "# x",
         "a|b", "a^b", "==x==", "$$x$$", "**x**", "![[x]]", "a\u200bb", "x %>")  # fmt: skip
SAYINGS = ("%% vault:end %%", "%%", "<% x %>", "key:: v", "[k:: v]", "```dataviewjs", "`= x`",
           "![[Secret]]", "[[Secret]]", "[x](http://x)", "#call", "^id", "<img src=x>", "<!--",
           "$x$", "a\n- [x] [[Good]]", "“#tag", "&#8238;", "{{date}}", "\x1b[31m")  # fmt: skip


class TestMarkdown:
    """8. What a note is called or says means nothing in the daily note, however often it runs."""

    def days(self, run: Run, root: Path) -> str:
        """List twice, tick all, list twice more, and once on the next day."""
        note = root / f"{TODAY}.md"
        for _ in range(2):
            run("--vault", root, "--today", TODAY, "due")
            first = note.read_bytes()
            run("--vault", root, "--today", TODAY, "due")
            assert note.read_bytes() == first
            note.write_bytes(first.replace(b"- [ ]", b"- [x]"))
        kept = note.read_bytes()
        run("--vault", root, "--today", "2026-11-21", "due")
        assert note.read_bytes() == kept
        return kept.decode()

    def assert_inert(self, text: str, people: Sequence[str]) -> None:
        note = read_note(f"{TODAY}.md", text)
        assert [link.target for link in note.links if not link.commented] == list(people)
        assert not any(link.embed for link in note.links)
        assert not note.tags
        assert not note.fields
        assert not note.problems
        assert text.count("%%") == 4  # the two markers
        assert text.rstrip().endswith("%% vault:end %%")
        assert not re.search(r"<[%!a-z]|`|::|\$\S.*\S\$|\^[a-z0-9-]+$", text, re.MULTILINE)
        assert not UNSAFE.search(text)

    @posix
    @pytest.mark.parametrize("name", [name for name in NAMES if "/" not in name])
    def test_names(self, run: Run, vault: MakeVault, name: str) -> None:
        topics = {"Chess.md": "", f"About {name}.md": ""}
        talk = f"{DUE}- 2026-11-02 call: [[About {name}]] [[Chess]]\n"
        root = vault({"People/Good.md": talk, f"People/{name}.md": DUE, **topics})
        text = self.days(run, root)
        harmless = {"a^b", "==x==", "$$x$$", "**x**", "a\u200bb"}
        if name in harmless:
            listed = [link.target for link in read_note("a.md", text).links]
            assert sorted(listed) == sorted(["Good", "Chess", f"About {name}", name])
        else:
            self.assert_inert(text, ["Good", "Chess"])
        codes = {"unlinkable-name", "doubtful-name", "symlink", "bad-name"}
        found = run("--vault", root, "check", "--format", "json", code=None).json
        is_template = "<%" in name and "%>" in name
        said = {row["code"] for row in found if row["path"] == f"People/{name}.md"} & codes
        assert bool(said) == (name not in harmless - {"a^b", "a\u200bb"} and not is_template)

    @pytest.mark.parametrize("saying", SAYINGS)
    def test_sayings(self, run: Run, vault: MakeVault, saying: str) -> None:
        """Boundaries, promises, names of occasions; log lines whose topics are looked for."""
        # A note whose properties hold placeholders is a template, and no contact.
        quoted = json.dumps("" if saying in ("<% x %>", "{{date}}") else saying)
        dated = quoted.replace('"', '"2020-11-20 wedding ', 1)
        task = " ".join(saying.split("\n"))
        note = (
            f"---\nevery: 2 weeks\nlast_contact: 2026-11-03\nboundaries: [{quoted}]\n"
            f"circle: {quoted}\nhours: {quoted}\nprefers: [{quoted}]\ninterests: [{quoted}]\n"
            f"dates: [{dated}]\n---\n- [ ] {task}\n"
        )
        text = self.days(run, vault({"People/Good.md": note}))
        assert "wedding" in text
        self.assert_inert(text, ["Good", "Good"])

    @pytest.mark.parametrize("saying", [text for text in SAYINGS if text != "[k:: v]"])  # a rating
    def test_what_is_typed_breaks_no_note(self, run: Run, vault: MakeVault, saying: str) -> None:
        after = "\n## After\n\nSee [[Boris]] #tea.\n"
        for place in ("daily", "contact"):
            path = f"{TODAY}.md" if place == "daily" else "People/Good.md"
            root = vault({**GOOD, "People/Boris.md": DUE, f"{TODAY}.md": "", path: DUE + after})
            run("--vault", root, "--today", TODAY, "log", "good", saying, "--to", place)
            text = (root / path).read_bytes().decode()
            note = read_note(path, text)
            assert [tag.tag for tag in note.tags if tag.tag == "tea"] == ["tea"]
            assert not note.links[-1].commented
            assert "\x1b" not in text
            assert "<%" not in text
            found = run("--vault", root, "--today", TODAY, "interactions", "--format", "json").json
            names = [row["name"] for row in found if row["date"] == TODAY]
            assert names.count("Good") == 1
            shutil.rmtree(root)


# --- 10 ------------------------------------------------------------------------------------


class TestFileNames:
    """10. A name made of any text can be kept everywhere; `tests/test_filenames.py` has more."""

    @pytest.mark.parametrize("name", NAMES)
    def test_a_name_that_is_made_can_be_kept(self, vault: MakeVault, name: str) -> None:
        made = safe_name(name)
        root = vault({f"People/{made}.md": ""})
        assert [
            unicodedata.normalize("NFC", path.name) for path in (root / "People").iterdir()
        ] == [f"{made}.md"]

    def test_two_that_would_be_one_are_known(self) -> None:
        assert clash(f"{safe_name('ANNA?')}.md", ["anna.md"]) == "anna.md"


# --- 13 ------------------------------------------------------------------------------------


@posix
@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
class TestGit:
    """13. No program that a vault's repository names is run; more in `tests/vault/test_git.py`."""

    @pytest.fixture
    def repository(self, tmp_path: Path) -> Repository:
        made = Repository(tmp_path / "vault")
        made.write(GOOD, "2026-03-01")
        made.write({"b.md": "x"}, "2026-04-01")
        return made

    def program(self, tmp_path: Path) -> Path:
        script = tmp_path / "program"
        script.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\n")
        script.chmod(0o755)
        return script

    @pytest.mark.parametrize(
        "key",
        [
            *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass"),
            *(
                "diff.external",
                "diff.x.textconv",
                "diff.x.command",
                "filter.x.clean",
                "gpg.program",
            ),
            *("filter.x.smudge", "filter.x.process", "pager.log", "credential.helper", "alias.log"),
        ],
    )
    def test_of_a_setting(self, repository: Repository, tmp_path: Path, key: str) -> None:
        script = self.program(tmp_path)
        write_files(repository.root, {".gitattributes": "*.md diff=x filter=x\n"})
        repository.git("config", key, f"!{script}" if key.startswith("alias") else str(script))
        assert first_commits(repository.root, ["People/Good.md"])
        assert not (tmp_path / "ran").exists()

    def test_of_a_hook(self, repository: Repository, tmp_path: Path) -> None:
        script = self.program(tmp_path)
        for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
            shutil.copy(script, repository.root / ".git/hooks" / name)
        assert first_commits(repository.root, ["People/Good.md"])
        assert not (tmp_path / "ran").exists()

    @pytest.mark.parametrize("url", ["ext::{program}", "ssh://host/x", "file://{root}", "{root}"])
    def test_that_would_fetch_what_is_missing(
        self, repository: Repository, tmp_path: Path, url: str
    ) -> None:
        script = self.program(tmp_path)
        tree = subprocess.run(
            ["git", "-C", str(repository.root), "rev-parse", "HEAD~1^{tree}"],
            capture_output=True, check=True, text=True,
        ).stdout.strip()  # fmt: skip
        lies_at = repository.root / ".git/objects" / tree[:2] / tree[2:]
        lies_at.unlink()
        for key, value in {
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.promisor": "true",
            "remote.origin.url": url.format(program=script, root=repository.root),
            "remote.origin.uploadpack": str(script),
            "core.sshCommand": str(script),
            "protocol.allow": "always",
            "protocol.ext.allow": "always",
            "protocol.ssh.allow": "always",
            "protocol.file.allow": "always",
        }.items():
            repository.git("config", key, value)
        assert first_commits(repository.root, ["People/Good.md"]) == {}
        assert not (tmp_path / "ran").exists()
