"""`vault init`, and that `--dry-run` writes nothing anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash
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

    def test_what_is_there_stays(self, run: Run, vault: MakeVault) -> None:
        root = vault({"vaulttool.toml": "[due]\nper_day = 3\n", "Templates/Contact.md": "mine"})
        before = tree_hash(root)
        done = run("--vault", root, "init")
        assert done.err.count("stays as it is") == 2
        assert tree_hash(root) == before

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
