"""Keep the tables of the docs in step with the code: `python tools/docs.py [--check]`.

A generated part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; the rest of
a page is written by hand. In the table of properties the middle column is written by hand
too, and kept. With `--check` nothing is changed, and the exit code tells whether something
would be. The manual pages, made from the same help, go with them.
"""

from __future__ import annotations

import functools
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from vaulttool.cli.app import App
from vaulttool.cli.commands import global_options
from vaulttool.cli.main import COMMANDS, cli
from vaulttool.cli.standin import PARAMS, told
from vaulttool.locale import LANGUAGES, words_of
from vaulttool.locale.catalogue import Catalogue
from vaulttool.people.cadence import DAYS_IN_MONTH
from vaulttool.people.channels import depth_of, direction_of
from vaulttool.people.occasions import DEFAULT_LEAD, LEAD
from vaulttool.people.rank import POINTS, WEIGHTS
from vaulttool.people.rules import CIRCLES, NEEDS, STAGES
from vaulttool.people.schema import LISTED, PROPERTIES
from vaulttool.vault.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MARK = re.compile(
    r"<!-- begin (?P<name>[\w:-]+) -->\n(?P<text>.*?)<!-- end (?P=name) -->", re.DOTALL
)
HELP_WIDTH = 80


# --- The tables ----------------------------------------------------------------------------


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join("| " + " | ".join(_cell(text) for text in line) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def code(words: Iterable[object]) -> str:
    """Write words as code, divided by commas."""
    return ", ".join(f"`{word}`" for word in words)


def properties(before: str) -> str:
    """The names of the properties; what each holds is kept from the table as it was."""
    meanings = _middle_column(before)
    return table(
        ["property", "what it holds", "also read as"],
        ([f"`{key}`", meanings.get(key, ""), code(names)] for key, names in PROPERTIES.items()),
    )


def _middle_column(before: str) -> dict[str, str]:
    rows = (line.split(" | ") for line in before.splitlines())
    return {row[0].strip("| `"): row[1].strip() for row in rows if len(row) == 3}


def channels(_before: str) -> str:
    """The channels with their depths and words."""
    english, russian = words_of("en").channels, words_of("ru").channels
    return table(
        ["channel", "depth", "direction", "English", "Russian"],
        (
            [
                f"`{name}`",
                depth_of(name).name.lower(),
                direction_of(name),
                ", ".join(english.get(name, ())),
                ", ".join(russian.get(name, ())),
            ]
            for name in dict.fromkeys([*english, *russian])
        ),
    )


def _by_language(names: Sequence[tuple[str, str]]) -> str:
    """A table of flat word lists: a row each, a column a language."""
    return table(
        ["what", "English", "Russian"],
        (
            [title, *(", ".join(getattr(words_of(lang), name)) or "none" for lang in LANGUAGES)]
            for title, name in names
        ),
    )


def _by_meaning(name: str) -> str:
    """A table of words by what they mean: a row a meaning, a column a language."""
    english, russian = (getattr(words_of(lang), name) for lang in LANGUAGES)
    return table(
        ["is read as", "English", "Russian"],
        (
            [f"`{key}`", ", ".join(english.get(key, ())), ", ".join(russian.get(key, ()))]
            for key in dict.fromkeys([*english, *russian])
        ),
    )


def cues(_before: str) -> str:
    """The words that make a mention one about a person, or one that did not happen."""
    return _by_language(
        [
            ("about, right before the name", "about"),
            ("a possessive, right after the name", "possessive_after"),
            ("it did not happen, anywhere in the clause", "negations"),
            ("it has not happened yet, anywhere in the clause", "future"),
            ("it did not come about, at the end of a clause", "undone"),
            ("speaks of the contact, behind a negation or a future word", "reached"),
            ("joins the names of one list", "joining"),
        ]
    )


def notes(_before: str) -> str:
    """The words by which notes and their parts are recognised."""
    return _by_language(
        [
            ("tags of contacts", "contact_tags"),
            ("folders of contacts", "contact_folders"),
            ("values of `type`", "contact_types"),
            ("notes that `categories` links to", "people_notes"),
            ("values of `type`, and folders, of notes that are no people", "other_notes"),
            ("words in a title that make a note an index", "index_words"),
            ("first names that are everyday words too", "everyday_names"),
            ("headings of a log", "log_headings"),
            ("headings of a list of relations", "related_headings"),
            ("alone in a log entry, no contact", "looked_at"),
            ("yes", "true"),
            ("no", "false"),
        ]
    )


def cadence(_before: str) -> str:
    """The words of cadences."""
    lists = _by_language(
        [
            ("never", "never"),
            ("may lead", "every"),
            ("twice the unit", "every_other"),
            ("so many times in a unit", "times_a"),
        ]
    )
    tables = [words_of(lang) for lang in LANGUAGES]
    spans = {span for words in tables for span in words.adverbs.values()}
    numbers = {number for words in tables for number in words.numbers.values()}
    rows = [
        *([f"a {unit}", *(", ".join(words.units[unit]) for words in tables)]
          for unit in tables[0].units),
        *([_span(*span), *(_keys(words.adverbs, span) for words in tables)]
          for span in sorted(spans, key=lambda span: span[0] * DAYS_IN_MONTH + span[1])),
        *([str(number), *(_keys(words.numbers, number) for words in tables)]
          for number in sorted(numbers)),
    ]  # fmt: skip
    return lists + "\n" + table(["is read as", "English", "Russian"], rows)


def _keys(mapping: Mapping[str, object], wanted: object) -> str:
    return ", ".join(word for word, value in mapping.items() if value == wanted)


def _span(months: int, days: int) -> str:
    counts = [(months, "month"), (days, "day")]
    return " and ".join(f"{n} {unit}{'s' * (n > 1)}" for n, unit in counts if n)


def settings(_before: str) -> str:
    """The settings of `vaulttool.toml`."""
    say = Catalogue("en").render
    return table(
        ["setting", "what it does", "expects", "example"],
        (
            [f"`{option.name}`", say(option.what), say(option.expected), f"`{option.example}`"]
            for option in OPTIONS.values()
        ),
    )


def circles(_before: str) -> str:
    """The circles: cadence, weight in the rank, days ahead of an occasion."""
    russian = words_of("ru").circles
    return table(
        ["circle", "in Russian", "every", "weight", "occasions, days ahead"],
        (
            [
                f"`{name}`",
                f"`{russian[name][0]}`",
                every,
                f"{WEIGHTS[name]:g}" if name in WEIGHTS else "1",
                str(LEAD.get(name, DEFAULT_LEAD)),
            ]
            for name, every in CIRCLES.items()
        ),
    )


def stages(_before: str) -> str:
    """The stages: what the circle's cadence is multiplied by, and the depth that is needed."""
    russian = words_of("ru").stages
    return table(
        ["stage", "in Russian", "×", "needs at least"],
        (
            [
                f"`{name}`",
                f"`{russian[name][0]}`",
                f"{factor:g}",
                f"`{NEEDS[name].name.lower()}`" if name in NEEDS else "`message`",
            ]
            for name, factor in STAGES.items()
        ),
    )


def points(_before: str) -> str:
    """The fixed points of the rank."""
    what = {
        "occasion": "an occasion that today's block shows",
        "promise": "a promise with a date that has come",
        "awaiting": "a message of yours without an answer",
    }
    return table(["for", "points"], ([what[name], f"{n:g}"] for name, n in POINTS.items()))


def command_help(name: str, _before: str) -> str:
    """The program's own help of a command, in English."""
    arguments = [name, "--lang", "en", "--help"]
    done = CliRunner().invoke(
        cli, arguments, prog_name="vault", obj=App(), terminal_width=HELP_WIDTH
    )
    return f"```text\n{done.output}```\n"


GENERATED: Mapping[str, Callable[[str], str]] = {
    "properties": properties,
    "listed": lambda _before: code(key for key in PROPERTIES if key in LISTED) + ".\n",
    "channels": channels,
    "cues": cues,
    "notes": notes,
    "circle-words": lambda _before: _by_meaning("circles"),
    "stage-words": lambda _before: _by_meaning("stages"),
    "boundary-words": lambda _before: _by_meaning("boundaries"),
    "depth-words": lambda _before: _by_meaning("depths"),
    "cadence-words": cadence,
    "settings": settings,
    "circles": circles,
    "stages": stages,
    "points": points,
    **{f"help:{name}": functools.partial(command_help, name) for name in COMMANDS},
}


# --- Pages ---------------------------------------------------------------------------------


def updated(page: str) -> str:
    """Give a page's text with its generated parts made again."""
    return MARK.sub(_part, page)


def _part(match: re.Match[str]) -> str:
    name, text = match["name"], match["text"]
    return f"<!-- begin {name} -->\n{GENERATED[name](text)}<!-- end {name} -->"


def parts(page: str) -> list[str]:
    """Name the generated parts of a page."""
    return [match["name"] for match in MARK.finditer(page)]


def params() -> str:
    """The parameters of all commands, for a shell that completes them."""
    ctx = click.Context(cli)
    shared = {option.name for option in global_options()}
    lines: list[str] = []
    for name in COMMANDS:
        command = cli.get_command(ctx, name)
        assert command is not None
        lines += told(name, [one for one in command.params if one.name not in shared])
    return "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Bring the docs up to date, or check that they are."""
    check = "--check" in sys.argv[1:]
    stale = 0
    if not PARAMS.exists() or PARAMS.read_text("utf-8") != params():
        stale += 1
        print("stale:" if check else "wrote:", PARAMS.relative_to(ROOT))
        if not check:
            PARAMS.write_text(params(), "utf-8", newline="\n")
    for path in sorted(DOCS.rglob("*.md")):
        before = path.read_text("utf-8")
        after = updated(before)
        if before == after:
            continue
        stale += 1
        print("stale:" if check else "wrote:", path.relative_to(ROOT))
        if not check:
            path.write_text(after, "utf-8", newline="\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    import man

    sys.exit(main() | man.main())
