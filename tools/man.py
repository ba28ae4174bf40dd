"""Write the manual pages from the program's own help: `python tools/man.py [--check]`.

One page holds all commands, in the order of a day's work: `man vault`, then `/` and a word.
With `--check` nothing is changed, and the exit code tells whether something would be.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaulttool import __version__
from vaulttool.cli.app import App
from vaulttool.cli.clickwords import click_speaks
from vaulttool.cli.main import COMMANDS, cli
from vaulttool.locale import LANGUAGES
from vaulttool.locale.catalogue import Catalogue
from vaulttool.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vaulttool.model import Language

ROOT = Path(__file__).resolve().parent.parent
PAGES: Mapping[Language, Path] = {"en": Path("man/vault.1"), "ru": Path("man/ru/vault.1")}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in no help: headings, and what a person looks up in a manual."""

    name: str
    short: str
    synopsis: str
    description: str
    options: str
    commands: str
    exit_status: str
    codes: Sequence[tuple[str, str]]
    environment: str
    variables: Sequence[tuple[str, str]]
    files: str
    places: Sequence[tuple[str, str]]


WORDS: Mapping[Language, Words] = {
    "en": Words(
        name="NAME",
        short="keep in touch, in plain text",
        synopsis="SYNOPSIS",
        description="DESCRIPTION",
        options="OPTIONS OF EVERY COMMAND",
        commands="COMMANDS",
        exit_status="EXIT STATUS",
        codes=[
            ("0", "Done."),
            ("1", "It could not be done; one line says why."),
            ("2", "The command line cannot be read."),
            ("3", "vault check found something."),
            ("4", "Refused: a name that several people have, or a change that is not safe."),
        ],
        environment="ENVIRONMENT",
        variables=[
            ("VAULT_DIR", "The vault's folder, where --vault does not name one."),
            ("VAULT_TODAY", "The day, where --today does not name one."),
            ("LC_ALL, LC_MESSAGES, LANG", "The language, where --lang does not name one."),
            ("VISUAL, EDITOR", "The editor of vault open."),
            ("NO_COLOR", "If set, no colour."),
        ],
        files="FILES",
        places=[
            ("vaulttool.toml", "The settings, at the top of the vault. None is needed."),
            (
                "~/.local/state/vaulttool/",
                "What vault undo takes back: whole notes. Elsewhere on macOS and Windows.",
            ),
            ("~/.cache/vaulttool/", "What was read once. May be deleted at any time."),
        ],
    ),
    "ru": Words(
        name="ИМЯ",
        short="оставаться на связи с помощью простого текста",
        synopsis="ОБЗОР",
        description="ОПИСАНИЕ",
        options="ПАРАМЕТРЫ ВСЕХ КОМАНД",
        commands="КОМАНДЫ",
        exit_status="КОД ВЫХОДА",
        codes=[
            ("0", "Сделано."),
            ("1", "Сделать не удалось; одна строка говорит почему."),
            ("2", "Командная строка не читается."),
            ("3", "vault check что-то нашла."),
            ("4", "Отказ: имя подходит нескольким людям или изменение небезопасно."),
        ],
        environment="ОКРУЖЕНИЕ",
        variables=[
            ("VAULT_DIR", "Папка хранилища, если её не назвал --vault."),
            ("VAULT_TODAY", "День, если его не назвал --today."),
            ("LC_ALL, LC_MESSAGES, LANG", "Язык, если его не назвал --lang."),
            ("VISUAL, EDITOR", "Редактор для vault open."),
            ("NO_COLOR", "Если задана, вывод без цвета."),
        ],
        files="ФАЙЛЫ",
        places=[
            ("vaulttool.toml", "Настройки, в корне хранилища. Ни одна не обязательна."),
            (
                "~/.local/state/vaulttool/",
                "То, что отменяет vault undo: целые заметки. В macOS и Windows — в другом месте.",
            ),
            ("~/.cache/vaulttool/", "Прочитанное однажды. Можно удалить в любой момент."),
        ],
    ),
}


def escaped(text: str) -> str:
    """Make text that roff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def page(lang: Language) -> str:
    """Write the manual page in a language."""
    with click_speaks(lang):
        return "\n".join(_lines(lang, WORDS[lang])) + "\n"


def _lines(lang: Language, words: Words) -> Iterator[str]:
    top = click.Context(cli, info_name="vault", obj=App(lang_option=lang), **cli.context_settings)
    say = Catalogue(lang)
    yield f'.TH VAULT 1 "" "vault {__version__}"'
    yield f".SH {words.name}"
    yield f"vault \\- {escaped(words.short)}"
    yield f".SH {words.synopsis}"
    yield from _usage(top, cli)
    yield f".SH {words.description}"
    yield from _paragraphs(say.render(Message(cli.help or "")))
    yield f".SH {words.options}"
    yield from _options(top, cli, but=())
    yield f".SH {words.commands}"
    common = {name for param in cli.get_params(top) for name in param.opts}
    for name in COMMANDS:
        command = cli.get_command(top, name)
        assert command
        context = click.Context(command, info_name=name, parent=top)
        yield f".SS vault {name}"
        yield from _usage(context, command)
        yield from _paragraphs(say.render(Message(command.help or "")))
        yield from _options(context, command, but=common)
    yield f".SH {words.exit_status}"
    yield from _list(words.codes)
    yield f".SH {words.environment}"
    yield from _list(words.variables)
    yield f".SH {words.files}"
    yield from _list(words.places)


def _usage(ctx: click.Context, command: click.Command) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    yield f"\\fB{escaped(ctx.command_path)}\\fR {escaped(pieces)}"


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield ".PP"
        yield escaped(" ".join(paragraph.split()))


def _options(ctx: click.Context, command: click.Command, but: Iterable[str]) -> Iterator[str]:
    params = [param for param in command.get_params(ctx) if not set(but).intersection(param.opts)]
    yield from _list(filter(None, (param.get_help_record(ctx) for param in params)))


def _list(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, text in rows:
        yield ".TP"
        yield f"\\fB{escaped(term)}\\fR"
        yield escaped(" ".join(text.split()))


def main() -> int:
    """Write the pages, or check that they are up to date."""
    check = "--check" in sys.argv[1:]
    stale = 0
    for lang in LANGUAGES:
        path, text = ROOT / PAGES[lang], page(lang)
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        stale += 1
        print("stale:" if check else "wrote:", PAGES[lang].as_posix())
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
