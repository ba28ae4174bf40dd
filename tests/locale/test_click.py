"""click's own words in Russian: all that a user may see, and said in her language."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.locale.test_catalogues import catalogues

if TYPE_CHECKING:
    from babel.messages.catalog import Message

    from tests.conftest import MakeVault, Run


CLICK = read_po(
    io.BytesIO(catalogues.catalogue_path("ru").with_name("click.po").read_bytes()), locale="ru"
)
# What only those see who write programs with click, and on systems that are not supported.
NOT_SHOWN = re.compile(
    r"deprecated|defined twice|Boolean option|Could not determine|declare an argument|iterable"
    r"|exactly one parameter|prog\)s|Show the version|Confirm the|Windows error|Unknown color"
    r"|Choice\(|match the format|UUID|^d$"
)


def test_what_click_says_is_translated() -> None:
    found = extract_from_dir(
        Path(click.__file__).parent, [("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)}
    )
    said = {texts if isinstance(texts, str) else texts[0] for _file, _line, texts, *_ in found}
    shown = {text for text in said if not NOT_SHOWN.search(text)}
    translated = {message.id if isinstance(message.id, str) else message.id[0] for message in CLICK}
    assert shown - translated == set()


@pytest.mark.parametrize("message", [one for one in CLICK if one.id], ids=lambda one: str(one.id))
def test_a_translation_of_click_has_the_same_fields(message: Message) -> None:
    ids = (message.id,) if isinstance(message.id, str) else message.id
    fields = {field for text in ids for field in re.findall(r"{(\w+)", text)}
    for text in catalogues.forms(message):
        assert set(re.findall(r"{(\w+)", text)) <= fields


def test_its_catalogue_is_compiled() -> None:
    path = catalogues.catalogue_path("ru").with_name("click.po")
    compiled = path.with_suffix(".mo").read_bytes()
    assert catalogues.mo_bytes(path.read_bytes(), "ru") == compiled, "run make catalogues"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["why"], "Ошибка: why: нужно ИМЯ..., например: vault why ольга\n"),
        (["due", "--nope"], "Ошибка: Нет параметра '--nope'.\n"),
        (["due", "--limit", "many"], "Ошибка: неверное значение для '--limit': нужно число"),
        (["--format", "xml", "due"], "Ошибка: неверное значение для '--format': 'xml': возможно"),
        (["xyzzy"], "Ошибка: Нет команды 'xyzzy'.\n"),
        (["wyh", "anna"], "Ошибка: нет команды wyh; может быть, why?\n"),
    ],
)
def test_errors_are_in_her_language(run: Run, vault: MakeVault, args: list[str], said: str) -> None:
    root = vault()
    for asked in (["--lang", "ru", *args], [*args, "--lang=ru"]):
        assert run("--vault", root, *asked, code=2).err.startswith(said)
    assert not re.search("[а-я]", run("--vault", root, *args, code=2).err)
    assert "LANGUAGE" not in os.environ


def test_help_is_in_her_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    said = run("due", "--help").out
    assert said.startswith("Вызов: vault due")
    assert "Показать эту справку." in said
    assert run("due", "--help", "--lang", "en").out.startswith("Usage: vault due")
