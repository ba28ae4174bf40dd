"""`vault config`: what is in effect, and who said so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import tree_hash
from vaulttool.vault.options import OPTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run


def in_effect(run: Run, root: Path) -> dict[str, tuple[Any, str, int | None]]:
    rows = run("--vault", root, "--format", "json", "config").json
    return {row["setting"]: (row["value"], row["source"], row["line"]) for row in rows}


def test_every_setting_has_a_default(run: Run, vault: MakeVault) -> None:
    found = in_effect(run, vault())
    assert set(OPTIONS) <= set(found)
    for name, (_value, source, line) in found.items():
        if name not in ("vault", "lang"):
            assert (source, line) == ("default", None), name
    assert found["due.per_day"][0] == 5
    assert found["cadence.circles"][0]["key"] == "2 weeks"
    assert found["daily.format"][0] == "YYYY-MM-DD"


def test_what_the_file_says_with_its_line(run: Run, vault: MakeVault) -> None:
    text = '# mine\n[due]\nper_day = 3\n\n[cadence.circles]\nregular = "2 months"\nown = "1 week"\n'
    found = in_effect(run, vault({"vaulttool.toml": text}))
    assert found["due.per_day"] == (3, "vaulttool.toml", 3)
    circles, source, line = found["cadence.circles"]
    assert (circles["regular"], circles["own"], circles["key"]) == ("2 months", "1 week", "2 weeks")
    assert (source, line) == ("vaulttool.toml", 5)
    assert found["log.to"] == ("auto", "default", None)


def test_what_init_writes_says_nothing_yet(run: Run, vault: MakeVault) -> None:
    root = vault()
    run("--vault", root, "init")
    for name, (_value, source, line) in in_effect(run, root).items():
        if name not in ("vault", "lang", "templates.folders"):
            assert (source, line) == ("default", None), name


def test_what_obsidian_says(run: Run, vault: MakeVault) -> None:
    root = vault(
        {
            ".obsidian/daily-notes.json": '{"folder": "Diary", "format": "DD-MM-YYYY"}',
            ".obsidian/templates.json": '{"folder": "T"}',
            ".obsidian/app.json": '{"userIgnoreFilters": ["Old/"], "useTab": false}',
        }
    )
    found = in_effect(run, root)
    assert found["daily.folder"] == ("Diary", ".obsidian/daily-notes.json", None)
    assert found["daily.format"] == ("DD-MM-YYYY", ".obsidian/daily-notes.json", None)
    assert found["daily.template"] == ("", "default", None)
    assert found["daily.indent"] == ("    ", ".obsidian/app.json", None)
    assert found["templates.folders"] == (["T"], ".obsidian/templates.json", None)
    assert found["vault.excluded"] == (["Old/"], ".obsidian/app.json", None)


def test_a_plugin_speaks_only_where_it_is_on(run: Run, vault: MakeVault) -> None:
    data = {"daily": {"enabled": True, "folder": "P", "format": ""}}
    files = {
        ".obsidian/plugins/periodic-notes/data.json": json.dumps(data),
        ".obsidian/daily-notes.json": '{"folder": "Diary"}',
        ".obsidian/community-plugins.json": '["periodic-notes"]',
    }
    source = ".obsidian/plugins/periodic-notes/data.json"
    assert in_effect(run, vault(files))["daily.folder"] == ("P", source, None)
    root = vault({**files, ".obsidian/community-plugins.json": "[]"})
    assert in_effect(run, root)["daily.folder"] == ("Diary", ".obsidian/daily-notes.json", None)


def test_what_cannot_be_read_is_not_in_effect(run: Run, vault: MakeVault) -> None:
    root = vault({"vaulttool.toml": "[due]\nper_day = 0\n"})
    assert in_effect(run, root)["due.per_day"] == (5, "default", None)
    assert "vault check" in run("--vault", root, "config").err


def test_who_named_the_vault_and_the_language(
    run: Run, vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault()
    found = in_effect(run, root)
    assert found["vault"] == (str(root), "--vault", None)
    assert found["lang"] == ("en", "default", None)
    monkeypatch.chdir(root)
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    rows = {row["setting"]: row for row in run("--format", "json", "config").json}
    assert rows["vault"]["source"] == ".obsidian"
    assert (rows["lang"]["value"], rows["lang"]["source"]) == ("ru", "$LANG")
    monkeypatch.setenv("VAULT_DIR", str(root))
    rows = {row["setting"]: row for row in run("--format", "json", "config").json}
    assert rows["vault"]["source"] == "$VAULT_DIR"


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_nothing_is_written(run: Run, example: Path, form: str) -> None:
    before = tree_hash(example.parent)
    assert "per_day" in run("--vault", example, "--format", form, "config").out
    assert tree_hash(example.parent) == before
