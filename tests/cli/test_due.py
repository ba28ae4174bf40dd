"""`vault due`: the list, on the terminal and in the daily note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash, write_files
from vaulttool.cli.agenda_text import SHOWN
from vaulttool.vault.system import System

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run


def person(last: str = "2026-11-03", every: str = "2 weeks", more: str = "") -> str:
    return f"---\nevery: {every}\nlast_contact: {last}\n{more}---\n"


class TestReasons:
    """Never an empty table without a reason."""

    def test_no_notes(self, run: Run, vault: MakeVault) -> None:
        done = run("--vault", vault(), "due")
        assert "The folder holds no notes: is it the vault that you meant?" in done.out

    def test_no_contacts(self, run: Run, vault: MakeVault) -> None:
        root = vault({"a.md": "", "b.md": ""})
        before = tree_hash(root)
        done = run("--vault", root, "due")
        assert "2 notes" in done.out
        assert "#person" in done.out
        assert tree_hash(root) == before

    def test_nobody_tracked(self, run: Run, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": "", "2026-11-01.md": "Called [[Anna]]."})
        done = run("--vault", root, "--today", TODAY, "due")
        assert "the folder People (1)" in done.out
        assert "no contact has a cadence yet" in done.out
        assert "begin there" in done.out
        assert "Anna" in done.out
        assert not (root / f"{TODAY}.md").exists()

    def test_nobody_due(self, run: Run, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": person("2026-11-10")})
        done = run("--vault", root, "--today", TODAY, "due")
        assert "Nobody is due today; next is Anna on 24 Nov." in done.out
        root = vault({"People/Anna.md": person("2026-11-10", "1 year")})
        done = run("--vault", root, "--today", TODAY, "due")
        assert "Nobody is due today" in done.out

    def test_all_done(self, run: Run, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": person()})
        run("--vault", root, "--today", TODAY, "log", "anna", "--via", "call")
        done = run("--vault", root, "--today", TODAY, "due")
        assert "Today's list is done." in done.out

    @pytest.mark.parametrize("command", ["contacts", "interactions", "links", "tags", "notes"])
    def test_the_listings(self, run: Run, vault: MakeVault, command: str) -> None:
        root = vault()
        done = run("--vault", root, command)
        assert done.out == ""
        assert len(done.err.splitlines()) == 1
        assert run("--vault", root, command, "--format", "json").out == "[]\n"
        assert run("--vault", root, command, "--format", "csv").out.count("\n") == 1


class TestNote:
    def test_made_from_the_vaults_template(self, run: Run, vault: MakeVault) -> None:
        root = vault(
            {
                "People/Anna.md": person(),
                "Templates/Day.md": "# {{title}}\n\n<% x %>{{date:DD.MM}} {{time}}\n\n## Notes\n",
                ".obsidian/daily-notes.json": (
                    '{"folder": "J", "format": "YYYY/MM/YYYY-MM-DD", "template": "Templates/Day"}'
                ),
            }
        )
        done = run("--vault", root, "--today", TODAY, "due")
        assert "Written to J/2026/11/2026-11-20.md" in done.err
        assert "Templater" in done.err
        assert (root / "J/2026/11/2026-11-20.md").read_text("utf-8") == (
            "# 2026-11-20\n\n<% x %>20.11 12:00\n\n## Notes\n\n## Keep in touch\n"
            "%% vault:due 2026-11-20 %%\n"
            "- [ ] [[Anna]] · 3 days over (every 2 weeks) · last: 3 Nov\n\n%% vault:end %%\n"
        )

    def test_without_obsidian(self, run: Run, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": person(), "vaulttool.toml": ""}, obsidian=False)
        run("--vault", root, "--today", TODAY, "due")
        assert (root / f"Daily/{TODAY}.md").exists()

    def test_not_made_where_there_is_nothing_to_say(self, run: Run, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": person("2026-11-19")})
        before = tree_hash(root)
        assert run("--vault", root, "--today", TODAY, "due", "--format", "json").json[
            "daily_note"
        ] is None  # fmt: skip
        assert tree_hash(root) == before

    def test_twice_leaves_the_same_bytes(self, run: Run, example: Path) -> None:
        assert "Written to Daily/2026-11-20.md" in run(
            "--vault", example, "--today", TODAY, "due"
        ).err  # fmt: skip
        before = tree_hash(example)
        done = run("--vault", example, "--today", TODAY, "due")
        assert "Daily/2026-11-20.md is up to date" in done.err
        assert tree_hash(example) == before

    def test_nothing_else_in_the_vault_changes(self, run: Run, example: Path) -> None:
        before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
        run("--vault", example, "--today", TODAY, "due")
        after = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
        new = example / f"Daily/{TODAY}.md"
        assert after.keys() - before.keys() == {new}
        assert {path: after[path] for path in before} == before

    def test_in_russian(self, run: Run, vault: MakeVault) -> None:
        root = vault({"Люди/Ольга.md": f"{person()}\nПодруга со школы, живёт в Твери.\n"})
        run("--vault", root, "--today", TODAY, "--lang", "en", "due")
        written = (root / f"{TODAY}.md").read_text("utf-8")
        assert written.startswith("## На связи\n%% vault:due 2026-11-20 %%\n- [ ] [[Ольга]] · ")
        assert "days over" not in written
        run("--vault", root, "--today", TODAY, "due")
        assert (root / f"{TODAY}.md").read_text("utf-8") == written

    def test_windows_line_ends(self, run: Run, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": person(), f"{TODAY}.md": "# Friday\r\n"})
        run("--vault", root, "--today", TODAY, "due")
        written = (root / f"{TODAY}.md").read_bytes()
        assert written.startswith(b"# Friday\r\n\r\n## Keep in touch\r\n")
        assert written.count(b"\n") == written.count(b"\r\n")


class TestDays:
    """Ticks and what was written stay for any number of runs and days."""

    def test_a_week(self, run: Run, vault: MakeVault) -> None:
        root = vault(
            {f"People/{name}.md": person("2026-11-03", "2 weeks") for name in ("Anna", "Boris")}
        )
        note = root / f"{TODAY}.md"
        run("--vault", root, "--today", TODAY, "due")
        text = note.read_text("utf-8")
        anna = "- [ ] [[Anna]] · 3 days over (every 2 weeks) · last: 3 Nov"
        assert anna in text
        ticked = anna.replace("[ ]", "[x]") + " звонок, she moves to Ghent\n\t- send the map\nmine"
        note.write_text(text.replace(anna, ticked), "utf-8")
        done = run("--vault", root, "--today", TODAY, "due", "--format", "json").json
        assert [row["name"] for row in done["due"]] == ["Boris"]
        kept = note.read_text("utf-8")
        assert ticked in kept
        for day in ("2026-11-21", "2026-11-22", "2026-12-04"):
            run("--vault", root, "--today", day, "due")
            assert note.read_text("utf-8") == kept
        asked = ("--vault", str(root), "--today", "2026-12-04", "--format", "json")
        found = run(*asked, "why", "anna").json
        assert found["due_on"] == "2026-12-04"
        tick = found["evidence"][0]
        assert (tick["date"], tick["channel"], tick["source"]) == (TODAY, "call", f"{TODAY}.md")
        assert "send the map" in tick["text"]

    def test_a_done_person_is_not_replaced(self, run: Run, vault: MakeVault) -> None:
        root = vault(
            {
                "vaulttool.toml": "[due]\nper_day = 1\n",
                "People/Anna.md": person("2026-10-03"),
                "People/Boris.md": person("2026-11-03"),
            }
        )
        run("--vault", root, "--today", TODAY, "due")
        note = root / f"{TODAY}.md"
        text = note.read_text("utf-8")
        note.write_text(text.replace("- [ ] [[Anna]]", "- [x] [[Anna]]"), "utf-8")
        run("--vault", root, "--today", TODAY, "due")
        assert "Boris" not in note.read_text("utf-8")
        run("--vault", root, "--today", "2026-11-21", "due")
        assert "[[Boris]]" in (root / "2026-11-21.md").read_text("utf-8")


class TestOptions:
    @pytest.fixture
    def root(self, vault: MakeVault) -> Path:
        people = {f"People/P{n}.md": person(f"2026-10-{n:02}") for n in range(10, 18)}
        return vault({**people, "People/Later.md": person("2026-11-16")})

    def names(self, run: Run, root: Path, *args: str) -> tuple[int, int]:
        done = run("--vault", root, "--today", TODAY, "due", "--format", "json", "--print", *args)
        return len(done.json["due"]), done.json["more"]

    def test_limit_and_all(self, run: Run, root: Path) -> None:
        assert self.names(run, root) == (5, 3)
        assert self.names(run, root, "--limit", "2") == (2, 6)
        assert self.names(run, root, "--limit", "0") == (0, 8)
        assert self.names(run, root, "--all") == (8, 0)

    @pytest.mark.parametrize(
        ("span", "names"), [("7d", []), ("10d", ["Later"]), ("2 weeks", ["Later"])]
    )
    def test_within(self, run: Run, root: Path, span: str, names: list[str]) -> None:
        done = run("--vault", root, "--today", TODAY, "due", "--print", "--within", span,
            "--format", "json")  # fmt: skip
        assert [row["name"] for row in done.json["upcoming"]] == names

    def test_print_writes_nothing(self, run: Run, root: Path) -> None:
        before = tree_hash(root)
        run("--vault", root, "--today", TODAY, "due", "--print")
        assert tree_hash(root) == before

    def test_more_are_counted(self, run: Run, root: Path) -> None:
        out = run("--vault", root, "--today", TODAY, "due", "--print").out
        assert "3 more are due; --all lists everybody." in out


def test_a_long_side_list_ends_in_a_count(run: Run, vault: MakeVault) -> None:
    birthday = "birthday: 11-20\n"
    root = vault({f"People/P{n}.md": person("2026-11-19", more=birthday) for n in range(7)})
    out = run("--vault", root, "--today", TODAY, "due", "--print").out
    assert out.count("has a birthday today") == SHOWN
    assert f"  and {7 - SHOWN} more\n" in out


def test_the_first_commit_is_where_the_clock_starts(run: Run, vault: MakeVault) -> None:
    """`vault due` asks git, where the vault is in git, and goes on where it is not."""
    root = vault({"People/Anna.md": "---\nevery: 2 weeks\n---\n"})
    write_files(root, {".git": "gitdir: nowhere\n"})
    done = run("--vault", root, "--today", TODAY, "due", "--print", "--format", "json").json
    assert done["offer"]["name"] == "Anna"


ODD_NAMES = ["Ann [x]", "- [ ] y", "Br]]ack", "Hash#name", "Caret^name", "Pipe|name", "a[[b"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_that_no_link_can_carry_stays_out_of_the_block(
    run: Run, vault: MakeVault, name: str
) -> None:
    due = "---\nevery: 2 weeks\nlast_contact: 2026-10-01\n---\n"
    root = vault({f"People/{name}.md": due, "People/Anna.md": due})
    assert name.strip() in run("--vault", root, "--today", TODAY, "due").out
    first = (root / f"{TODAY}.md").read_bytes()
    run("--vault", root, "--today", TODAY, "due")
    assert (root / f"{TODAY}.md").read_bytes() == first
    assert first.decode().count("- [ ] [[") == (2 if name == "Caret^name" else 1)
    problems = run("--vault", root, "--today", TODAY, "check", "--format", "json", code=None).json
    assert any(one["code"] == "unlinkable-name" for one in problems) == (name != "Caret^name")


def test_a_name_that_no_link_can_carry_takes_nobodys_place(run: Run, vault: MakeVault) -> None:
    late, later = person("2026-09-01"), person("2026-10-01")
    root = vault({f"People/Odd#{n}.md": late for n in range(5)})
    write_files(root, {f"People/P{n}.md": later for n in range(7)})
    done = run("--vault", root, "--today", TODAY, "due")
    block = (root / f"{TODAY}.md").read_text("utf-8")
    assert [line[6:12] for line in block.splitlines() if line.startswith("- [ ]")] == [
        f"[[P{n}]]" for n in range(5)
    ]
    assert done.out.count("Odd#") == 5
    assert "2 more are due; --all lists everybody." in done.out
    few = run("--vault", root, "--today", TODAY, "due", "--print", "--limit", "3").out
    assert few.count("Odd#") == 3


def test_a_name_in_a_folder_that_no_link_can_carry_takes_its_place(
    run: Run, vault: MakeVault
) -> None:
    root = vault({f"C#/People/P{n}.md": person("2026-10-01") for n in range(7)})
    run("--vault", root, "--today", TODAY, "due")
    assert (root / f"{TODAY}.md").read_text("utf-8").count("- [ ]") == 5


def test_somebody_new_whose_name_no_link_can_carry_is_not_offered(
    run: Run, vault: MakeVault
) -> None:
    root = vault({f"People/{name}.md": "---\nevery: 2 weeks\n---\n" for name in ("Odd#1", "Odd#2")})
    done = run("--vault", root, "--today", TODAY, "due", "--print", "--format", "json").json
    assert done["offer"] is None
    write_files(root, {"People/Anna.md": "---\nevery: 2 weeks\n---\n"})
    done = run("--vault", root, "--today", TODAY, "due", "--print", "--format", "json").json
    assert done["offer"]["name"] == "Anna"


@pytest.mark.parametrize("opening", ["```\ncode\n", "<!-- unfinished\n"])
def test_a_note_in_which_the_list_could_not_be_read_is_refused(
    run: Run, vault: MakeVault, opening: str
) -> None:
    due = "---\nevery: 2 weeks\nlast_contact: 2026-10-01\n---\n"
    root = vault({"People/Anna.md": due, f"{TODAY}.md": opening})
    done = run("--vault", root, "--today", TODAY, "due", code=4)
    assert "Anna" in done.out
    assert "never closed" in done.err
    assert (root / f"{TODAY}.md").read_text("utf-8") == opening


def test_what_is_printed_does_not_change_what_is_written(run: Run, vault: MakeVault) -> None:
    due = "---\nevery: 2 weeks\nlast_contact: 2026-10-01\n---\n"
    root = vault({f"People/{letter}.md": due for letter in "ABCDEFGH"})
    assert (
        len(run("--vault", root, "--today", TODAY, "due", "--all", "--format", "json").json["due"])
        == 8
    )
    assert (root / f"{TODAY}.md").read_text("utf-8").count("- [ ]") == 5
    shown = run("--vault", root, "--today", TODAY, "due", "--limit", "2", "--format", "json").json
    assert (len(shown["due"]), shown["more"]) == (2, 6)
    run("--vault", root, "--today", TODAY, "log", "a")
    shown = run("--vault", root, "--today", TODAY, "due", "--limit", "2", "--format", "json").json
    assert ([one["name"] for one in shown["due"]], shown["more"]) == (["B", "C"], 5)
    assert (root / f"{TODAY}.md").read_text("utf-8").count("- [ ]") == 4


def test_what_could_not_be_read_is_said(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Anna.md": "---\nevery: 2 weeks\nlast_contact: 08/01/2026\n---\n"})
    assert "`vault check`" in run("--vault", root, "--today", TODAY, "due").out
    why = run("--vault", root, "--today", TODAY, "why", "anna").out
    assert "Not read: last_contact" in why
    assert "People/Anna.md:3" in why


def test_a_template_is_no_problem(run: Run, vault: MakeVault) -> None:
    root = vault(
        {
            ".obsidian/templates.json": '{"folder": "Forms"}',
            ".obsidian/daily-notes.json": '{"template": "Other/Day"}',
            "Forms/Contact.md": "---\ncreated: {{date}}\n---\n",
            "Other/Day.md": "---\ncreated: {{date}}\n---\n",
        }
    )
    assert run("--vault", root, "--today", TODAY, "check", "--format", "json").json == []


def test_a_folder_that_may_not_be_written_still_gives_the_list(
    run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_system: System, path: Path) -> int:
        if path.is_relative_to(root):
            raise PermissionError(13, "Permission denied")
        return real(_system, path)

    real = System.open_new
    root = vault({"People/Anna.md": "---\nevery: 2 weeks\nlast_contact: 2026-10-01\n---\n"})
    monkeypatch.setattr(System, "open_new", refuse)
    done = run("--vault", root, "--today", TODAY, "due", code=1)
    assert "Anna" in done.out
    assert f"{TODAY}.md cannot be written" in done.err


def test_a_block_copied_from_another_day_is_set_to_this_one(run: Run, vault: MakeVault) -> None:
    due = "---\nevery: 2 weeks\nlast_contact: 2026-10-01\n---\n"
    copied = "%% vault:due 2026-11-19 %%\nher line\n\n%% vault:end %%\n"
    root = vault({"People/Anna.md": due, f"{TODAY}.md": copied})
    run("--vault", root, "--today", TODAY, "due")
    text = (root / f"{TODAY}.md").read_text("utf-8")
    assert text.startswith(f"%% vault:due {TODAY} %%\nher line\n- [ ] [[Anna]]")
