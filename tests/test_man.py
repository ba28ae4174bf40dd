"""The manual pages: they are the program's own help, and roff reads them without a word."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from vaulttool.cli.main import COMMANDS, cli
from vaulttool.locale import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent

SPEC = importlib.util.spec_from_file_location("man", ROOT / "tools" / "man.py")
assert SPEC
assert SPEC.loader
man = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = man  # a dataclass looks for its module
SPEC.loader.exec_module(man)


def written(lang: str) -> str:
    path: Path = ROOT / man.PAGES[lang]
    return path.read_text("utf-8")


def read(lang: str) -> str:
    """A page as it is read: without roff's own signs."""
    text = re.sub(r"\\f[BR]|\\&|^\.(?:PP|TP)\n", "", written(lang), flags=re.MULTILINE)
    return text.replace("\\-", "-").replace("\\e", "\\")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_are_what_the_help_says(lang: str) -> None:
    assert written(lang) == man.page(lang), "run: make man"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_with_its_options(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command
    for lang in LANGUAGES:
        own = read(lang).partition(f"\n.SS vault {name}\n")[2].partition("\n.S")[0]
        options = {"en": "OPTIONS", "ru": "ПАРАМЕТРЫ"}[lang]
        assert f"vault {name} [{options}]" in own
        assert f": vault {name}" in own  # the example
        common = {param.name for param in cli.params}
        for param in command.params:
            if param.name not in common and isinstance(param, click.Option):
                assert param.opts[0] in own


def test_what_all_commands_share_is_said_once() -> None:
    assert read("en").count("\n--vault DIR\n") == 1
    assert read("en").count("\n-h, --help\n") == 1


def test_each_page_speaks_one_language() -> None:
    assert re.search(r"^\.SH ИМЯ$", written("ru"), re.MULTILINE)
    assert "Show this message" not in read("ru")
    assert not re.search("[а-яё]{4}", re.sub(r"звонок|недели|вчера", "", written("en")))


@pytest.mark.parametrize(
    ("text", "roff"),
    [
        (".toml files", "\\&.toml files"),
        ("'quoted'", "\\&'quoted'"),
        ("--dry-run", "\\-\\-dry\\-run"),
        ("C:\\Notes", "C:\\eNotes"),
    ],
)
def test_text_is_no_request_to_roff(text: str, roff: str) -> None:
    assert man.escaped(text) == roff


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_roff_has_nothing_to_say(lang: str) -> None:
    command = ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", ROOT / man.PAGES[lang]]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    assert "vaulttool.toml" in done.stdout


def test_a_stale_page_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(man, "ROOT", tmp_path)
    monkeypatch.setattr(man.sys, "argv", ["man.py", "--check"])
    assert man.main() == 1
    assert not (tmp_path / "man").exists()
    monkeypatch.setattr(man.sys, "argv", ["man.py"])
    assert man.main() == 0
    monkeypatch.setattr(man.sys, "argv", ["man.py", "--check"])
    assert man.main() == 0
