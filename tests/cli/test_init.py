"""`vault init`, and that `--dry-run` writes nothing anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash
from vaulttool.markdown.note import read_note
from vaulttool.vault.options import OPTIONS
from vaulttool.vault.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run


class TestInit:
    @pytest.mark.parametrize(
        ("lang", "template"), [("en", "Templates/Contact.md"), ("ru", "Шаблоны/Контакт.md")]
    )
    def test_writes_settings_and_a_template(
        self, run: Run, vault: MakeVault, lang: str, template: str
    ) -> None:
        root = vault({"People/Anna.md": ""})
        done = run("--vault", root, "--lang", lang, "init")
        assert (root / template).read_text("utf-8").startswith("---\n")
        assert "vaulttool.toml" in done.err
        assert template in done.err
        assert run("--vault", root, "check").out == ""
        assert len(run("--vault", root, "contacts", "--format", "json").json) == 1

    def test_in_the_vaults_own_folder_for_templates(self, run: Run, vault: MakeVault) -> None:
        root = vault({".obsidian/templates.json": '{"folder": "T/x"}'})
        run("--vault", root, "init")
        assert (root / "T/x/Contact.md").exists()

    def test_in_the_folder_of_the_daily_notes_template(self, run: Run, vault: MakeVault) -> None:
        root = vault({".obsidian/daily-notes.json": '{"template": "Vorlagen/Tag"}'})
        run("--vault", root, "init")
        assert (root / "Vorlagen/Contact.md").exists()

    def test_what_is_there_stays(self, run: Run, vault: MakeVault) -> None:
        files = {
            "vaulttool.toml": "[due]\nper_day = 3\n",
            "Templates/Person.md": "mine",
            "Bases/People.base": "views: []\n",
            ".git/HEAD": "ref: refs/heads/main\n",
            ".gitattributes": "*.png binary\n",
        }
        root = vault(files)
        before = tree_hash(root)
        done = run("--vault", root, "init")
        assert done.err.count("stays as it is") == 4
        for path in list(files)[:3]:
            assert path in done.err
        assert tree_hash(root) == before

    def test_the_base_finds_the_contacts_where_they_are(self, run: Run, vault: MakeVault) -> None:
        root = vault(
            {
                ".obsidian/templates.json": '{"folder": "T"}',
                "CRM/People/Anna.md": "",
                "Inbox/Boris.md": "---\ntags: [friend/person, person]\n---\n",
                "Notes/Carl.md": "---\ntype: person\n---\n",
                'O\'Hara "x"/People/Dora.md': "",
            }
        )
        run("--vault", root, "init")
        text = (root / "Contacts.base").read_text("utf-8")
        values = {item.key: item.value for item in read_note("", f"---\n{text}---\n").properties}
        filters = values["filters"]
        assert isinstance(filters, dict)
        assert filters["and"] == [
            'file.ext == "md"',
            {
                "or": [
                    'file.inFolder("CRM/People")',
                    'file.inFolder("O\'Hara \\"x\\"/People")',
                    'file.hasTag("person", "contact")',
                    'list("contact", "person", "контакт").contains(type)',
                ]
            },
            '!file.inFolder("T")',
        ]
        assert run("--vault", root, "check", code=None).out.count("Contacts.base") == 0

    def test_a_base_in_the_language_of_the_contacts(self, run: Run, vault: MakeVault) -> None:
        root = vault({"Люди/Ольга.md": "Подруга со школы.\n"})
        run("--vault", root, "init")
        text = (root / "Контакты.base").read_text("utf-8")
        assert 'file.inFolder("Люди")' in text
        assert "note.круг" in text
        assert (root / "Шаблоны/Контакт.md").exists()

    def test_a_plain_folder_gets_no_base_and_is_told_so(self, run: Run, vault: MakeVault) -> None:
        root = vault(obsidian=False)
        assert "no .obsidian folder, and so no Base" in run("--vault", root, "init").err
        assert sorted(path.name for path in root.iterdir()) == ["Templates", "vaulttool.toml"]

    def test_attributes_only_where_there_is_git(self, run: Run, vault: MakeVault) -> None:
        root = vault()
        run("--vault", root, "init")
        assert not (root / ".gitattributes").exists()
        root = vault({".git/HEAD": "ref: refs/heads/main\n"})
        run("--vault", root, "init")
        lines = (root / ".gitattributes").read_text("utf-8").splitlines()
        assert [line for line in lines if not line.startswith("#")] == [
            "*.md diff=markdown merge=vault-note"
        ]

    def test_undone_in_one_step(self, run: Run, vault: MakeVault) -> None:
        root = vault({".git/HEAD": "ref: refs/heads/main\n", "People/Anna.md": "hi\n"})
        run("--vault", root, "init")
        done = run("--vault", root, "undo")
        assert done.err.count("taken back") == 4 or done.out.count("taken back") == 4
        for path in ("vaulttool.toml", "Templates/Contact.md", "Contacts.base", ".gitattributes"):
            assert not (root / path).exists()

    def test_where_today_is_written(self, run: Run, vault: MakeVault) -> None:
        root = vault({".obsidian/daily-notes.json": '{"folder": "Diary", "format": "DD.MM.YYYY"}'})
        done = run("--vault", root, "--today", TODAY, "init", "--dry-run")
        assert "Diary/20.11.2026.md" in done.err

    def test_what_helps_where_there_are_no_contacts(self, run: Run, vault: MakeVault) -> None:
        root = vault({"Note.md": "", "T.md": "# {{title}}\n", "{{title}}.md": ""})
        said = run("--vault", root, "init").err
        assert "2 notes, no contacts" in said
        for shown in (said, run("--vault", root).out, run("--vault", root, "due", "--print").out):
            assert '`vault add "NAME"`' in shown
            assert "People" in shown
            assert "#person" in shown
            assert "2 notes, no contacts" in shown
            assert "vault init" not in shown
        run("--vault", root, "add", "Anna Petrova")
        assert "1 contact, found by" in run("--vault", root).out

    def test_a_folder_of_people_with_another_name(self, run: Run, vault: MakeVault) -> None:
        born = "---\nbirthday: 3 May\n---\n"
        root = vault({"Humans/Anna.md": born, "Humans/Boris.md": born, "Ideas/Map.md": ""})
        assert "Humans look like people: `vault init` makes" in run("--vault", root).out
        said = run("--vault", root, "init").err
        assert "2 contacts, found by the folder Humans (2); `vault due` shows" in said
        assert 'folders = ["Humans"]\n' in (root / "vaulttool.toml").read_text()
        assert 'inFolder("Humans")' in (root / "Contacts.base").read_text()
        assert run("--vault", root).out.startswith("2 contacts, found by the folder Humans (2)")
        (root / "vaulttool.toml").write_text("")
        shown = run("--vault", root).out
        assert 'if vaulttool.toml says under [contacts]: folders = ["Humans"]\n' in shown

    def test_no_template_counts_as_a_note(self, run: Run, vault: MakeVault) -> None:
        root = vault(obsidian=False)
        said = run("--vault", root, "init").err
        assert "0 notes, no contacts" in said
        assert run("--vault", root).out.startswith("0 notes, no contacts\n")
        assert "is it the vault that you meant" not in said
        root = vault({".obsidian/templates.json": '{"folder": "T"}', "T/Plain.md": "Hi.\n"})
        assert run("--vault", root).out.startswith("0 notes, no contacts\n")

    def test_twice(self, run: Run, vault: MakeVault) -> None:
        root = vault()
        run("--vault", root, "init")
        before = tree_hash(root)
        run("--vault", root, "init")
        assert tree_hash(root) == before

    def test_the_settings_change_nothing_until_they_are_used(
        self, run: Run, vault: MakeVault
    ) -> None:
        root = vault()
        settings = read_settings(root)
        run("--vault", root, "init")
        assert read_settings(root) == settings

    @pytest.mark.parametrize("lang", ["en", "ru"])
    def test_every_line_can_be_used(self, run: Run, vault: MakeVault, lang: str) -> None:
        root = vault()
        run("--vault", root, "--lang", lang, "init")
        text = (root / "vaulttool.toml").read_text("utf-8")
        for option in OPTIONS.values():
            assert f"# {option.example}\n" in text
            text = text.replace(f"# {option.example}\n", f"{option.example}\n")
        (root / "vaulttool.toml").write_text(text, "utf-8")
        found, problems = read_settings(root)
        assert problems == ()
        assert found.circles

    def test_a_note_from_the_template_is_sound(self, run: Run, vault: MakeVault) -> None:
        root = vault()
        for lang, name in (("en", "Templates/Contact.md"), ("ru", "Шаблоны/Контакт.md")):
            run("--vault", root, "--lang", lang, "init")
            text = (root / name).read_text("utf-8")
            filled = re.sub(r"\{\{date[^}]*\}\}", TODAY, text).replace("{{title}}", "Anna")
            (root / f"{lang}.md").write_text(filled, "utf-8")
        assert run("--vault", root, "check").out == ""
        found = run("--vault", root, "contacts", "--format", "json").json
        assert [row["name"] for row in found] == ["en", "ru"]


class TestWhereNoVaultIsFound:
    @pytest.fixture
    def plain(self, home: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:  # noqa: ARG002 - `run` goes home
        folder = home / "notes"
        (folder / "a").mkdir(parents=True)
        monkeypatch.chdir(folder)
        return folder

    def test_this_folder_becomes_one(self, run: Run, plain: Path) -> None:
        said = run("init").err
        assert f"{plain} is a vault from now on." in said
        assert (plain / "vaulttool.toml").exists()
        assert "0 notes, no contacts" in run().out
        assert "from now on" not in run("init").err

    def test_a_dry_run_makes_none(self, run: Run, plain: Path) -> None:
        before = tree_hash(plain)
        done = run("init", "--dry-run")
        assert "+++ b/vaulttool.toml" in done.out
        assert "from now on" not in done.err
        assert tree_hash(plain) == before
        assert "no vault here" in run("due", code=1).err

    def test_below_a_vault_it_is_that_one(
        self, run: Run, plain: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("init")
        monkeypatch.chdir(plain / "a")
        assert "stays as it is" in run("init").err
        assert list((plain / "a").iterdir()) == []

    @pytest.mark.parametrize("args", [["init"], ["init", "--dry-run"]])
    def test_not_at_home_nor_of_a_whole_disk(
        self, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, args: list[str]
    ) -> None:
        for folder in (str(home), home.anchor):
            monkeypatch.chdir(folder)
            said = run(*args, code=1)
            assert said.out == ""
            assert said.err.startswith("Error: no vault here")
            assert said.err.count("\n") == 1
            assert "name one with --vault" in said.err
        assert not (home / "vaulttool.toml").exists()

    def test_a_home_folder_that_is_named_is_meant(self, run: Run, home: Path) -> None:
        run("--vault", home, "init")
        assert (home / "vaulttool.toml").exists()

    @pytest.mark.parametrize("args", [["add", "Anna"], ["due"], ["list"]])
    def test_other_commands_name_the_one_that_helps(
        self, run: Run, plain: Path, args: list[str]
    ) -> None:
        assert "`vault init`" in run(*args, code=1).err
        assert list(plain.iterdir()) == [plain / "a"]


@pytest.mark.parametrize(
    "args",
    [
        ("due", "--dry-run"),
        ("due", "--print"),
        ("due", "--dry-run", "--all"),
        ("log", "anna petrova", "hi", "--dry-run"),
        ("log", "hana", "--on", "2026-11-14", "--dry-run"),
        ("log", "hana", "--to", "contact", "--dry-run"),
        ("init", "--dry-run"),
        *(("why", "hana"), ("contacts",), ("interactions",), ("links",), ("tags",), ("notes",)),
        ("check",),
    ],
)
def test_nothing_is_written(run: Run, example: Path, args: tuple[str, ...]) -> None:
    before = tree_hash(example.parent)
    done = run("--vault", example, "--today", TODAY, *args, code=None)
    assert done.code in (0, 3)
    assert tree_hash(example.parent) == before
    if "--dry-run" in args:
        assert done.out.startswith("--- ")
        assert "\n@@ " in done.out


def test_a_dry_run_shows_what_is_then_written(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Anna.md": "Hi.\n"})
    asked = ("--vault", str(root), "--today", TODAY, "log", "anna", "hi", "--to", "contact")
    shown = run(*asked, "--dry-run").out
    assert shown == (
        "--- a/People/Anna.md\n+++ b/People/Anna.md\n@@ -1 +1,4 @@\n Hi.\n"
        "+\n+## Log\n+- 2026-11-20 hi\n"
    )
    run(*asked)
    assert (root / "People/Anna.md").read_text("utf-8") == "Hi.\n\n## Log\n- 2026-11-20 hi\n"


@pytest.mark.parametrize(
    "command",
    [
        *("triage", "tune", "plan", "review", "drifting", "promises", "occasions", "awaiting"),
        *("list", "contacts", "mentions", "interactions"),
    ],
)
def test_every_list_says_that_there_are_no_contacts(
    run: Run, vault: MakeVault, command: str
) -> None:
    done = run("--vault", vault({"Note.md": ""}), command)
    assert (done.out + done.err).startswith("No contacts: no note is in a folder such as People")
