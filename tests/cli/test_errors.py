"""What goes wrong is said in one line that helps, with the right exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import tree_hash
from vaulttool.cli.main import COMMANDS

if TYPE_CHECKING:
    from tests.conftest import MakeVault, Result, Run

ANNA = {"People/Anna Petrova.md": "---\nevery: 1 week\n---\n"}
NEEDS_A_NAME = {
    "why": ("anna",),
    "brief": ("anna",),
    "find": ("anna",),
    "log": ("anna", "--dry-run"),
    "add": ("Carl", "--dry-run"),
    "set": ("anna", "circle=key", "--dry-run"),
    "snooze": ("anna", "2 weeks", "--dry-run"),
    "pause": ("anna", "--dry-run"),
    "resume": ("anna",),
    "forget": ("anna",),
    "open": ("anna", "--print"),
}
CHANGES = ("log", "add", "set", "snooze", "pause", "resume", "due", "init", "undo")
DRY = frozenset((*CHANGES, "mentions", "triage", "review"))
HOSTILE = {
    "nothing": "",
    "spaces": " \t",
    "lines": "Anna\n---\nevery: 1 day",
    "long": "x" * 3000,
    "a path": "../../etc/passwd",
    "brackets": "[[Anna|x]] %% <% tp.x %>",
    "a shell": "$(touch pwned)`touch pwned`; touch pwned",
    "no text": "\udcff",
    "a number": "99999999999999999999999999999",
    "signs": "\u202e\u200d\x1b]8;;\x07",
    "an option": "-9",
}
EVERY = [(name, *NEEDS_A_NAME.get(name, ())) for name in COMMANDS]


def assert_says(result: Result, *words: str) -> None:
    """One line on stderr, nothing on stdout, and it holds the words."""
    assert result.out == ""
    assert result.err.count("\n") == 1, result.err
    assert result.err.startswith("Error: ")
    for word in words:
        assert word in result.err


@pytest.mark.parametrize("args", EVERY)
class TestEveryCommand:
    def test_not_a_vault(self, run: Run, args: tuple[str, ...]) -> None:
        assert_says(run(*args, code=1), "no vault here", "--vault", "$VAULT_DIR")

    def test_a_vault_that_is_not_there(self, run: Run, args: tuple[str, ...]) -> None:
        assert_says(run("--vault", "nowhere", *args, code=2), "--vault names no folder: nowhere")

    @pytest.mark.parametrize("given", ["tomorrow", "2026-02-30", "2026", "20261120x", "-1",
        "", "0001-01-01", "9999-12-31"])  # fmt: skip
    def test_a_bad_day(self, run: Run, vault: MakeVault, args: tuple[str, ...], given: str) -> None:
        result = run("--vault", vault(ANNA), f"--today={given}", *args, code=2)
        assert_says(result, "--today: expected a date such as 2026-11-22", f"“{given}”")

    def test_a_bad_day_in_the_environment(
        self, run: Run, vault: MakeVault, args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("VAULT_TODAY", "soon")
        assert_says(run("--vault", vault(ANNA), *args, code=2), "$VAULT_TODAY", "“soon”")

    def test_an_empty_name_of_a_vault(self, run: Run, args: tuple[str, ...]) -> None:
        assert_says(run("--vault", "", *args, code=2), '--vault names no folder: ""')

    @pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE)
    def test_hostile_words(
        self, run: Run, vault: MakeVault, args: tuple[str, ...], word: str
    ) -> None:
        """Whatever stands where a name or more is expected: one line, or a result."""
        root = vault(ANNA)
        before = tree_hash(root)
        command, *rest = args
        if command in ("watch", "open"):
            rest = ["--print", *rest]
            word = f"--poll={word}" if command == "watch" else word
        dry = ["--dry-run"] if command in DRY and "--dry-run" not in rest else []
        result = run("--vault", root, command, word, *rest[1:], *dry, code=None)
        assert result.code in (0, 1, 2, 4)
        if result.code:
            assert result.err.startswith("Error: ")
            assert result.err.count("\n") == 1, result.err
            assert len(result.err) < 700
        assert "Traceback" not in result.err
        assert tree_hash(root) == before

    @pytest.mark.parametrize("option", [["--nope"], ["--format", "xml"], ["--lang", "de"]])
    def test_an_option_that_is_none(
        self, run: Run, vault: MakeVault, args: tuple[str, ...], option: list[str]
    ) -> None:
        assert_says(run("--vault", vault(ANNA), *args, *option, code=2), option[-1])

    def test_errors_are_objects_where_json_is_asked_for(
        self, run: Run, args: tuple[str, ...]
    ) -> None:
        for asked in (("--format", "json", *args), (*args, "--format=json")):
            result = run(*asked, code=1)
            assert result.out == ""
            assert result.error["code"] == "no_vault"
            assert "no vault here" in result.error["message"]


def test_an_unknown_command(run: Run) -> None:
    assert_says(run("dew", code=2), "dew")


def test_json_errors_of_usage(run: Run, vault: MakeVault) -> None:
    root = vault(ANNA)
    for args in (["--nope"], ["--within", "x"]):
        result = run("--vault", root, "due", *args, "--format", "json", code=2)
        assert result.error["code"] == "usage"
        assert result.out == ""


def test_words_for_values_are_in_the_users_language(run: Run, vault: MakeVault) -> None:
    result = run("--vault", vault(ANNA), "--lang", "ru", "undo", "x", code=2)
    assert result.err == "Ошибка: неверное значение для '[ШАГ]': нужно число, а не 'x'\n"


NAMED = {
    "People/Anna Petrova.md": "",
    "People/Anna Lee.md": "",
    "People/Zoë Müller.md": "---\naliases: [Zizi]\n---\n",
    "Люди/Артём Ёлкин.md": "",
    "Люди/a/Twin.md": "",
    "People/Twin.md": "",
}


class TestNames:
    @pytest.mark.parametrize("command", ["why", "interactions", "log"])
    def test_unknown(self, run: Run, vault: MakeVault, command: str) -> None:
        root = vault(NAMED)
        before = sorted(root.rglob("*"))
        assert_says(run("--vault", root, command, "Quirin", code=1), "“Quirin”", "vault contacts")
        assert_says(run("--vault", root, command, "petrovs", code=1), "did you mean Anna Petrova?")
        assert sorted(root.rglob("*")) == before

    @pytest.mark.parametrize("command", ["why", "interactions", "log"])
    def test_ambiguous(self, run: Run, vault: MakeVault, command: str) -> None:
        root = vault(NAMED)
        result = run("--vault", root, command, "anna", code=4)
        assert_says(result, "People/Anna Lee.md", "People/Anna Petrova.md")
        result = run("--vault", root, command, "anna", "--format", "json", code=4)
        assert result.error == {
            "code": "ambiguous_name",
            "message": result.error["message"],
            "candidates": ["People/Anna Lee.md", "People/Anna Petrova.md"],
        }

    @pytest.mark.parametrize(
        ("name", "path"),
        [
            ("Anna Lee", "People/Anna Lee.md"),
            ("ANNA LEE", "People/Anna Lee.md"),
            ("petr", "People/Anna Petrova.md"),
            ("zoe", "People/Zoë Müller.md"),
            ("zizi", "People/Zoë Müller.md"),
            ("елкин", "Люди/Артём Ёлкин.md"),
            ("артем", "Люди/Артём Ёлкин.md"),
            ("People/Twin", "People/Twin.md"),
            ("Люди/a/Twin.md", "Люди/a/Twin.md"),
        ],
    )
    def test_found(self, run: Run, vault: MakeVault, name: str, path: str) -> None:
        found = run("--vault", vault(NAMED), "why", name, "--format", "json")
        assert found.json["path"] == path

    def test_several_words_need_no_quotes(self, run: Run, vault: MakeVault) -> None:
        found = run("--vault", vault(NAMED), "why", "anna", "lee", "--format", "json")
        assert found.json["name"] == "Anna Lee"

    def test_nothing_is_no_name(self, run: Run, vault: MakeVault) -> None:
        root = vault(NAMED)
        assert_says(run("--vault", root, "why", " ", code=1))
        assert_says(run("--vault", root, "why", code=2))


class TestLog:
    @pytest.mark.parametrize("given", ["soon", "2026-02-30", "32.01.2026", ""])
    def test_a_bad_date(self, run: Run, vault: MakeVault, given: str) -> None:
        result = run("--vault", vault(ANNA), "log", "anna", f"--on={given}", code=2)
        assert_says(result, "--on: expected a day such as 2026-11-22", f"“{given}”")

    def test_a_day_that_has_not_come(self, run: Run, vault: MakeVault) -> None:
        root = vault(ANNA)
        args = ("--vault", root, "--today", "2026-11-20", "log", "anna", "--on", "2026-11-21")
        assert_says(run(*args, code=2), "21 Nov", "has not come yet")

    def test_an_unknown_channel(self, run: Run, vault: MakeVault) -> None:
        result = run("--vault", vault(ANNA), "log", "anna", "--via", "pigeon", code=2)
        assert_says(result, "--via: expected a channel", "“pigeon”")

    def test_a_place_that_is_none(self, run: Run, vault: MakeVault) -> None:
        assert_says(run("--vault", vault(ANNA), "log", "anna", "--to", "moon", code=2), "moon")


class TestDue:
    @pytest.mark.parametrize("given", ["soon", "", "0d", "-7d", "never"])
    def test_a_bad_span(self, run: Run, vault: MakeVault, given: str) -> None:
        result = run("--vault", vault(ANNA), "due", f"--within={given}", code=2)
        assert_says(result, "--within: expected a span such as 7d", f"“{given}”")

    @pytest.mark.parametrize("given", ["-1", "x", "1001"])
    def test_a_bad_limit(self, run: Run, vault: MakeVault, given: str) -> None:
        assert_says(run("--vault", vault(ANNA), "due", f"--limit={given}", code=2), "--limit")


class TestInRussian:
    def test_errors(self, run: Run) -> None:
        result = run("--lang", "ru", "due", code=1)
        assert "Traceback" not in result.err
        assert "no vault here" not in result.err
        assert result.err.startswith("Ошибка: ")

    def test_a_bad_day(self, run: Run) -> None:
        assert "ожидалась" in run("--lang", "ru", "--today", "x", "--vault", ".", "due", code=2).err


def test_an_error_cannot_steer_the_terminal(run: Run, vault: MakeVault) -> None:
    result = run("--vault", vault(ANNA), "why", "\x1b[31mred\u202e\nnext", code=1)
    assert_says(result, "\\u001b[31mred\\u202e next")
    result = run("--vault", vault(ANNA), "why", "\x1b[31m", "--format", "json", code=1)
    assert "\x1b" not in result.err
    assert json.loads(result.err)["error"]["code"] == "unknown_name"


def test_bytes_that_are_no_text(run: Run, vault: MakeVault) -> None:
    root = vault(ANNA)
    result = run("--vault", root, "add", "Carl", "--folder", "\udcff", code=2)
    assert_says(result, "expected text in UTF-8", "udcff")


@pytest.mark.parametrize("args", [one for one in EVERY if one[0] in NEEDS_A_NAME], ids=" ".join)
def test_what_is_missing_is_shown_by_an_example(
    run: Run, vault: MakeVault, args: tuple[str, ...]
) -> None:
    result = run("--vault", vault(ANNA), args[0], code=2)
    assert_says(result, f"Error: {args[0]}: expected ", f"; for example: vault {args[0]} ")
