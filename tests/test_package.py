"""The package: its commands, their pages, and that a wheel holds all that they need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from tests.conftest import EXAMPLE, ROOT, TODAY, clean_environment
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


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as `pip` would build it."""
    folder = tmp_path_factory.mktemp("wheel")
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel in a virtual environment of its own; gives the folder of its programs.

    The libraries are those that run the tests, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([python, "-c", where], check=True, capture_output=True, text=True)
    site = Path(done.stdout.strip())
    for name in ("vault", "vaulttool"):
        target = PYPROJECT["project"]["scripts"][name]
        module, _colon, function = target.partition(":")
        script = f"import sys\nfrom {module} import {function}\nsys.exit({function}())\n"
        (scripts / f"{name}.py").write_text(script)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (site / "libraries.pth").write_text("\n".join(libraries))
    return scripts


def program(installed: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    python = installed / ("python.exe" if os.name == "nt" else "python")
    return subprocess.run(
        # -P: nothing is imported from the folder that the program is run in
        [python, "-P", installed / "vault.py", *args],
        cwd=folder,
        env=clean_environment(os.environ, folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


class TestWheel:
    def test_holds_what_the_program_needs_and_nothing_else(self, wheel: Path) -> None:
        names = set(zipfile.ZipFile(wheel).namelist())
        package = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "vaulttool").rglob("*")
            if path.is_file() and path.suffix in (".py", ".mo", ".typed")
        }
        templates = {f"vaulttool/templates/{path.name}" for path in (ROOT / "templates").iterdir()}
        assert "vaulttool/py.typed" in package
        assert "vaulttool/locale/ru/LC_MESSAGES/vaulttool.mo" in package
        assert package | templates <= names
        others = {name for name in names if ".dist-info/" not in name} - package - templates
        assert {name.rpartition(".")[2] for name in others} <= {"po"}

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

    def test_runs_from_anywhere(self, installed: Path, tmp_path: Path) -> None:
        where = "import vaulttool; print(vaulttool.__file__)"
        done = subprocess.run(
            [installed / "python", "-P", "-c", where],
            cwd=tmp_path,
            env=clean_environment(os.environ, tmp_path),
            capture_output=True,
            text=True,
            check=True,
        )
        assert str(installed.parent) in done.stdout
        found = program(
            installed, tmp_path, "--vault", str(EXAMPLE), "--today", TODAY, "due", "--print",
            "--format", "json",
        )  # fmt: skip
        assert found.stderr == ""
        assert json.loads(found.stdout)["due"]

    def test_speaks_both_languages_and_finds_its_templates(
        self, installed: Path, tmp_path: Path
    ) -> None:
        vault = tmp_path / "vault"
        (vault / ".obsidian").mkdir(parents=True)
        for lang, name in (("en", "Templates/Contact.md"), ("ru", "Шаблоны/Контакт.md")):
            done = program(installed, vault, "--lang", lang, "init")
            assert done.returncode == 0, done.stderr
            assert (vault / name).read_text("utf-8") == template_text(f"contact.{lang}.md")
        assert "Nothing has to be set" in (vault / "vaulttool.toml").read_text("utf-8")
        done = program(installed, vault, "--lang", "ru", "check")
        assert "прочитаны 2 заметки" in done.stderr


def test_the_test_tools_are_pinned() -> None:
    """Every tool that the tests need has one exact version, and no address."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {line.partition("==")[0].casefold().replace("_", "-") for line in lines}
    assert all(line.count("==") == 1 and "@" not in line and "/" not in line for line in lines)
    wanted = [*PYPROJECT["dependency-groups"]["test"], *PYPROJECT["project"]["dependencies"]]
    for requirement in wanted:
        name = requirement.split(";")[0]
        for mark in "<>=!~[":
            name = name.partition(mark)[0]
        assert name.strip().casefold() in pinned, requirement
