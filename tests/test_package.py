"""The package: its commands, their pages, and that a wheel holds all that they need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from tests.conftest import ROOT, TODAY, clean_environment
from vaulttool import __version__
from vaulttool.cli.main import COMMANDS, cli
from vaulttool.locale import LANGUAGES
from vaulttool.vault.templates import template_text

if TYPE_CHECKING:
    from tests.conftest import Run

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


class TestCommands:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_help_has_an_example_that_can_be_run(self, run: Run, name: str) -> None:
        text = " ".join(run(name, "--help").out.split())
        assert "Example: vault " in text
        command = cli.get_command(click.Context(cli), name)
        assert command
        assert command.help
        example = command.help.partition("Example: vault ")[2]
        assert example.split()[0] == name
        for word in example.split():
            known = {option for param in command.params for option in param.opts}
            assert not word.startswith("-") or word in known, word

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_option_says_what_it_does(self, name: str) -> None:
        command = cli.get_command(click.Context(cli), name)
        assert command
        for param in command.params:
            assert isinstance(param, click.Argument) or getattr(param, "help", None), param.name

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_a_page(self, name: str) -> None:
        page = ROOT / f"docs/commands/{name}.md"
        assert page.is_file()
        assert f"vault {name}" in page.read_text("utf-8")

    def test_every_page_has_a_command(self) -> None:
        pages = {page.stem for page in (ROOT / "docs/commands").glob("*.md")} - {"index"}
        assert pages <= COMMANDS.keys()


class TestTemplates:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_are_found_in_the_source_tree(self, lang: str) -> None:
        assert template_text(f"contact.{lang}.md").startswith("---\n")

    def test_that_are_not_there(self) -> None:
        with pytest.raises(FileNotFoundError):
            template_text("nothing.md")


def build(source: Path, kind: str, folder: Path) -> Path:
    """Build what `pip` would build of a source tree: a `wheel`, or an `sdist`."""
    code = f"from hatchling.build import build_{kind}; build_{kind}({str(folder)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=source, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree."""
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment, as pipx and uv make one, with the wheel; gives its folder.

    The libraries are those that run the tests, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder)
    pip(folder, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(inside(folder, "python", "-c", where).stdout.strip())
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (site / "libraries.pth").write_text("\n".join(libraries))
    return folder


def pip(folder: Path, *args: str) -> None:
    """Let the pip of the tests work on another environment."""
    command = [sys.executable, "-m", "pip", "--python", str(folder)]
    done = subprocess.run([*command, *args], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def inside(
    installed: Path, name: str, *args: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program of the environment in a folder, as on a machine without any settings."""
    folder = folder or installed
    scripts = installed / ("Scripts" if os.name == "nt" else "bin")
    return subprocess.run(
        [scripts / (name + (".exe" if os.name == "nt" else "")), *args],
        cwd=folder,
        env=clean_environment(os.environ, folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def notes(vault: Path) -> dict[Path, bytes]:
    """What the notes hold, but for those in Obsidian's own trash."""
    found = (path for path in vault.rglob("*.md") if ".trash" not in path.parts)
    return {path: path.read_bytes() for path in found}


class TestWheel:
    def test_holds_what_the_program_needs_and_nothing_else(self, wheel: Path) -> None:
        names = set(zipfile.ZipFile(wheel).namelist())
        package = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "vaulttool").rglob("*")
            if path.is_file() and path.suffix in (".py", ".mo", ".txt", ".typed")
        }
        templates = {f"vaulttool/templates/{path.name}" for path in (ROOT / "templates").iterdir()}
        data = f"vault_crm-{__version__}.data/data/share/man"
        manuals = {f"{data}/man1/vault.1", f"{data}/ru/man1/vault.1"}
        assert {"vaulttool/py.typed", "vaulttool/cli/params.txt"} <= package
        assert "vaulttool/locale/ru/LC_MESSAGES/vaulttool.mo" in package
        assert package | templates | manuals <= names
        others = {name for name in names if ".dist-info/" not in name}
        others -= package | templates | manuals
        assert {name.rpartition(".")[2] for name in others} <= {"po"}

    def test_is_the_same_when_it_is_built_from_the_sdist(self, wheel: Path, tmp_path: Path) -> None:
        for name in ("sdist", "unpacked", "wheel"):
            (tmp_path / name).mkdir()
        with tarfile.open(build(ROOT, "sdist", tmp_path / "sdist")) as archive:
            archive.extractall(tmp_path / "unpacked", filter="data")
        (source,) = (tmp_path / "unpacked").iterdir()
        again = build(source, "wheel", tmp_path / "wheel")
        assert zipfile.ZipFile(again).namelist() == zipfile.ZipFile(wheel).namelist()

    def test_is_named_and_licensed(self, wheel: Path) -> None:
        archive = zipfile.ZipFile(wheel)
        info = f"vault_crm-{__version__}.dist-info"
        metadata = archive.read(f"{info}/METADATA").decode()
        assert f"Name: vault-crm\nVersion: {__version__}\n" in metadata
        assert "License-Expression: MIT" in metadata
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
        assert "vault = vaulttool.cli.start:main" in entry_points
        assert "vaulttool = vaulttool.cli.start:main" in entry_points
        assert f"{info}/licenses/LICENSE" in archive.namelist()


class TestInstalled:
    def test_nothing_comes_from_the_source_tree(self, installed: Path, tmp_path: Path) -> None:
        code = (
            "import importlib, pkgutil, vaulttool\n"
            "for module in pkgutil.walk_packages(vaulttool.__path__, 'vaulttool.'):\n"
            "    if not module.name.endswith('__main__'):\n"
            "        print(importlib.import_module(module.name).__file__)\n"
        )
        done = inside(installed, "python", "-P", "-c", code, folder=tmp_path)
        assert done.stderr == ""
        paths = done.stdout.splitlines()
        assert len(paths) > 100
        assert all(Path(path).is_relative_to(installed) for path in paths)

    def test_has_every_library_that_it_asks_for(self, installed: Path) -> None:
        pip(installed, "check")

    def test_the_manual_lies_where_man_looks(self, installed: Path) -> None:
        assert (installed / "share/man/man1/vault.1").read_text("utf-8").startswith(".TH VAULT 1")
        assert "ИМЯ" in (installed / "share/man/ru/man1/vault.1").read_text("utf-8")

    @pytest.mark.parametrize("name", ["vault", "vaulttool"])
    def test_the_main_job_is_done_from_anywhere(
        self, installed: Path, tmp_path: Path, example: Path, name: str
    ) -> None:
        before = notes(example)
        options = ("--vault", str(example), "--today", TODAY)
        done = inside(installed, name, *options, "due", folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"Written to Daily/{TODAY}.md" in done.stdout + done.stderr
        assert "- [ ] [[Hana Sato]]" in (example / f"Daily/{TODAY}.md").read_text("utf-8")
        listed = inside(installed, name, *options, "due", "--format", "json", folder=tmp_path)
        assert listed.stderr == ""
        assert json.loads(listed.stdout)["due"]
        assert inside(installed, name, *options, "undo", folder=tmp_path).returncode == 0
        assert notes(example) == before

    def test_speaks_both_languages_and_finds_its_templates(
        self, installed: Path, tmp_path: Path
    ) -> None:
        vault = tmp_path / "vault"
        (vault / ".obsidian").mkdir(parents=True)
        for lang, name in (("en", "Templates/Contact.md"), ("ru", "Шаблоны/Контакт.md")):
            done = inside(installed, "vault", "--lang", lang, "init", folder=vault)
            assert done.returncode == 0, done.stderr
            assert (vault / name).read_text("utf-8") == template_text(f"contact.{lang}.md")
        assert "Nothing has to be set" in (vault / "vaulttool.toml").read_text("utf-8")
        done = inside(installed, "vault", "--lang", "ru", "check", folder=vault)
        assert "прочитаны 2 заметки" in done.stderr


def test_the_tools_are_pinned() -> None:
    """Every tool that the tests and the docs need has one exact version, and no address."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {line.partition("==")[0].casefold().replace("_", "-") for line in lines}
    assert all(line.count("==") == 1 and "@" not in line and "/" not in line for line in lines)
    groups = PYPROJECT["dependency-groups"].values()
    wanted = [*chain(*groups), *PYPROJECT["project"]["dependencies"]]
    for requirement in wanted:
        name = requirement.split(";")[0]
        for mark in "<>=!~[":
            name = name.partition(mark)[0]
        assert name.strip().casefold() in pinned, requirement
