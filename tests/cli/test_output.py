"""How results are printed: options on both sides, languages, colour, and hostile texts."""

from __future__ import annotations

import csv
import re
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from vaulttool import __version__
from vaulttool.cli.main import COMMANDS, GROUPS
from vaulttool.cli.output import cell, clean, one_line, print_csv
from vaulttool.cli.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

ANNA = {"People/Anna.md": "---\nevery: 1 week\nlast_contact: 2026-11-03\n---\n"}
HOSTILE = [
    *("[/oops]", "[bold]x[/bold]", ":smile:", "[link=http://evil.example]x[/link]"),
    *("\x1b[31mred", "\x9b31m", "\u202egnp.exe", "a\u200bb", "\x07", "%s {name} {0}"),
]
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


class TestOptions:
    def test_before_and_after_the_command(self, run: Run, vault: MakeVault) -> None:
        root = vault(ANNA)
        options = ["--vault", str(root), "--today", TODAY, "--lang", "ru", "--format", "md"]
        before = run(*options, "due", "--print")
        after = run("due", "--print", *options)
        assert before.out == after.out
        assert "просроч" in before.out.casefold() or "дн" in before.out

    def test_the_later_place_wins(self, run: Run, vault: MakeVault) -> None:
        root = vault(ANNA)
        args = ("--vault", "nowhere", "--format", "csv", "contacts")
        assert run(*args, "--vault", root, "--format", "json").json[0]["name"] == "Anna"

    def test_today_from_the_environment(
        self, run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault(ANNA)
        monkeypatch.setenv("VAULT_TODAY", "2026-11-12")
        asked = ("--vault", str(root), "--format", "json", "due", "--print")
        assert run(*asked).json["date"] == "2026-11-12"
        assert run(*asked, "--today", "13.11.2026").json["date"] == "2026-11-13"

    def test_the_vault_from_the_environment_and_the_folder(
        self, run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = vault(ANNA)
        monkeypatch.chdir(root / "People")
        assert run("contacts", "--format", "json").json[0]["path"] == "People/Anna.md"
        monkeypatch.chdir(root.parent)
        monkeypatch.setenv("VAULT_DIR", str(root))
        assert run("contacts", "--format", "json").json[0]["path"] == "People/Anna.md"

    def test_quiet(self, run: Run, vault: MakeVault) -> None:
        root = vault(ANNA)
        assert run("--vault", root, "due", "--today", TODAY).err.startswith("Written to ")
        assert run("--vault", root, "due", "--today", TODAY, "-q").err == ""
        assert run("-q", "--vault", "nowhere", "due", code=2).err.startswith("Error: ")

    def test_version_and_help(self, run: Run) -> None:
        assert run("--version").out == f"vault {__version__}\n"
        listed = run("--help").out
        assert run("-h").out == listed
        assert all(re.search(rf"^  .* {name}(,|$)", listed, re.MULTILINE) for name in COMMANDS)

    def test_the_help_fits_one_screen(self, run: Run) -> None:
        for lang in ("en", "ru"):
            lines = run("--help", "--lang", lang).out.splitlines()
            assert len(lines) <= 23
            assert max(map(len, lines)) <= 80

    def test_each_command_stands_in_one_group(self) -> None:
        assert sorted(name for _title, names in GROUPS for name in names) == sorted(COMMANDS)


class TestLanguage:
    @pytest.mark.parametrize(
        ("variables", "lang"),
        [
            ({}, "en"),
            ({"LANG": "ru_RU.UTF-8"}, "ru"),
            ({"LANG": "C.UTF-8"}, "en"),
            ({"LANG": "de_DE.UTF-8"}, "en"),
            ({"LANG": "ru_RU.UTF-8", "LC_ALL": "en_GB"}, "en"),
            ({"LANG": "en_GB", "LC_MESSAGES": "ru"}, "ru"),
            ({"LC_MESSAGES": "ru", "LC_ALL": "en_GB"}, "en"),
        ],
    )
    def test_of_the_environment(
        self,
        run: Run,
        vault: MakeVault,
        monkeypatch: pytest.MonkeyPatch,
        variables: dict[str, str],
        lang: str,
    ) -> None:
        root = vault(ANNA)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        asked = ("--vault", str(root), "--today", TODAY, "due", "--print")
        assert run(*asked).out == run(*asked, "--lang", lang).out
        assert run(*asked).out != run(*asked, "--lang", "ru" if lang == "en" else "en").out

    @pytest.mark.parametrize("command", COMMANDS)
    def test_help_in_both(self, run: Run, command: str) -> None:
        english = run(command, "--help").out
        russian = run("--lang", "ru", command, "--help").out
        assert "Example: " in english
        assert f"vault {command}" in russian
        assert re.search("[а-я]{3}", russian)
        assert not re.search("[а-я]{3}", english.replace("звонок", ""))
        assert run(command, "--help", "--lang", "ru").out == russian

    def test_the_note_follows_the_vault_not_the_machine(self, run: Run, vault: MakeVault) -> None:
        root = vault(ANNA)
        written = []
        for lang in ("ru", "en"):
            run("--vault", root, "--today", TODAY, "--lang", lang, "due")
            written.append((root / f"{TODAY}.md").read_bytes())
            (root / f"{TODAY}.md").unlink()
        assert written[0] == written[1]
        assert b"## Keep in touch\n" in written[0]


class Terminal:
    """Makes stdout look like a terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("TERM", "xterm-256color")


class TestColour:
    def test_none_in_a_pipe(self, run: Run, example: Path) -> None:
        for args in (["due", "--print"], ["why", "hana"], ["contacts"]):
            assert "\x1b" not in run("--vault", example, "--today", TODAY, *args).out

    def test_on_a_terminal(self, run: Run, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Terminal(monkeypatch)
        asked = ("--vault", str(example), "--today", TODAY, "due", "--print")
        assert "\x1b[" in run(*asked).out
        assert not re.search(r"\x1b\[3\d", run(*asked, "--no-color").out)
        assert "\x1b[" not in run(*asked, "--no-color").out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in run(*asked).out

    def test_never_in_json(self, run: Run, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Terminal(monkeypatch)
        for form in ("json", "csv"):
            asked = ("--vault", str(example), "--today", TODAY, "due", "--print")
            assert "\x1b" not in run(*asked, "--format", form).out


class TestHostile:
    def note(self, text: str) -> str:
        quoted = "".join(f"\\u{ord(char):04x}" for char in text)
        return (
            "---\nevery: 1 week\nlast_contact: 2026-11-03\n"
            f'boundaries: ["{quoted}"]\ncircle: "{quoted}"\nstage: "{quoted}"\n'
            f'dates: ["2020-11-20 {quoted}"]\naliases: ["{quoted}"]\n---\n'
            f"- [ ] {text} 📅 2026-11-20\n## Log\n- 2026-11-01 call: {text}\n"
        )

    @pytest.mark.parametrize("form", ["table", "md"])
    @pytest.mark.parametrize("text", HOSTILE)
    def test_texts_are_shown_and_do_nothing(
        self, run: Run, vault: MakeVault, text: str, form: str
    ) -> None:
        root = vault({"People/Anna.md": self.note(text), f"Notes/a #{text}.md": f"[[{text}]]"})
        for args in (["due"], ["why", "anna"], ["contacts"], ["interactions"], ["links"]):
            out = run("--vault", root, "--today", TODAY, *args, "--format", form).out
            assert not UNSAFE.search(out), args
        out = run("--vault", root, "--today", TODAY, "why", "anna", "--format", form).out
        assert one_line(text) in out.replace("\\|", "|")
        out = run("--vault", root, "check", "--format", form, code=None).out
        assert not UNSAFE.search(out)

    @pytest.mark.parametrize("text", [text for text in HOSTILE if "/" not in text])
    def test_names(self, run: Run, vault: MakeVault, text: str) -> None:
        root = vault({f"People/{text}.md": "---\nevery: 1 week\nlast_contact: 2026-11-03\n---\n"})
        out = run("--vault", root, "--today", TODAY, "due", "--print").out
        assert not UNSAFE.search(out)
        assert clean(text) in out

    def test_the_block_holds_words_alone(self, run: Run, vault: MakeVault) -> None:
        """What a note says is copied into another as words that mean nothing there."""
        root = vault({"People/Anna.md": self.note("\x1b[31m <b>x key:: v")})
        run("--vault", root, "--today", TODAY, "due")
        once = (root / f"{TODAY}.md").read_bytes()
        assert not any(sign in once for sign in (b"\x1b", b"<", b"::"))
        assert "‹b>x key: v".encode() in once
        run("--vault", root, "--today", TODAY, "due")
        assert (root / f"{TODAY}.md").read_bytes() == once

    @pytest.mark.parametrize("cell_text", ["=1+1", "+49", "-1", "@x"])
    def test_a_spreadsheet_runs_nothing(self, run: Run, vault: MakeVault, cell_text: str) -> None:
        quoted = "".join(f"\\u{ord(char):04x}" for char in cell_text)
        note = f'---\ncircle: "{quoted}"\naliases: ["{quoted}", b]\n---\n'
        out = run("--vault", vault({"People/Anna.md": note}), "contacts", "--format", "csv").out
        fields = next(iter(csv.reader(out.splitlines()[1:])))
        assert [field for field in fields if field.startswith("'")] == [
            f"'{cell_text}",
            f"'{cell_text}, b",
        ]
        assert not any(field.startswith(("=", "+", "-", "@")) for field in fields)

    def test_a_bar_does_not_break_a_markdown_table(self, run: Run, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": '---\ncircle: "a | b\\nc"\n---\n'})
        out = run("--vault", root, "contacts", "--format", "md").out
        assert "| a \\| b c |" in out


def test_cells_of_csv(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"a": "=1", "b": "\tx", "c": ["-a"], "d": -3, "e": -0.5, "f": True, "g": None, "h": '"x"'}
    print_csv([row], list(row))
    assert capsys.readouterr().out == ('a,b,c,d,e,f,g,h\n\'=1,\'\tx,\'-a,-3,-0.5,true,,"""x"""\n')


@given(st.text())
def test_nothing_unsafe_is_printed(text: str) -> None:
    assert not UNSAFE.search(clean(text))
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *((None, ""), (True, "true"), (False, "false"), (1.0, "1"), (0.25, "0.25"), (3, "3")),
        *((["a", None, 1], "a, , 1"), ({"a": 1}, '{"a": 1}'), ("x", "x")),
    ],
)
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_no_value_of_the_help_is_left_in_english(run: Run) -> None:
    for name in COMMANDS:
        head, _, options = run("--lang", "ru", name, "--help").out.partition("Параметры:")
        shown = head.splitlines()[0] + options
        assert set(re.findall(r"(?<![\w-])[A-Z]{2,}", shown)) <= {"JSON"}, name


@pytest.mark.parametrize("command", ["check", "mentions"])
def test_looking_through_all_notes_tells_how_far_it_is(
    run: Run, vault: MakeVault, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault({**ANNA, "a.md": "", "b.md": ""})
    run("--vault", root, "contacts")
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(Progress, "update", lambda _bar, *how_far: told.append(how_far))
    run("--vault", root, command, code=None)
    assert (1, 3) in told
    assert {total for _done, total in told} == {3}


def test_what_another_program_reads_is_one_line_a_row(run: Run, vault: MakeVault) -> None:
    said = "a long evening by the river with all of them and the dog " * 6
    note = f"---\nevery: 1 week\n---\n## Log\n- 2026-11-01 call: {said}\n"
    root = vault({"People/Anna.md": note})
    lines = run("--vault", root, "--today", TODAY, "interactions").out.splitlines()
    assert len(lines) == 3
    assert said.strip() in lines[-1]
