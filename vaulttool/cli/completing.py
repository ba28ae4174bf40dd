"""Completing names in a shell, from what the last command has read."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class NameType(click.ParamType[str]):
    """A contact's name, in one word or several; any text is taken, for commands resolve it."""

    name = "name"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the word: with the rest of a name whose first words stand before it."""
        from click.shell_completion import CompletionItem  # click itself imports it late

        before = ctx.params.get(param.name or "") or ()
        words = [before] if isinstance(before, str) else list(before)
        found = completions(_names(ctx), words, incomplete)
        return [CompletionItem(name) for name in found]


NAME = NameType()

NAMED = frozenset(
    {
        "why",
        "brief",
        "log",
        "open",
        "interactions",
        "history",
        "mentions",
        "forget",
        "tune",
        "set",
        "snooze",
        "pause",
        "resume",
        "promises",
        "occasions",
        "awaiting",
        "drifting",
    }
)
"""The commands that names follow: for these alone none of them has to be imported."""


def named_command(command: str) -> click.Command | None:
    """Stands for a command while names after it are completed; None where more has to be known."""
    if command not in NAMED or " -" in os.environ.get("COMP_WORDS", " -"):
        return None
    return click.Command(command, params=[click.Argument(["name"], nargs=-1, type=NAME)])


def completions(names: list[str], before: list[str], incomplete: str) -> list[str]:
    """What may follow some words: names that begin so, then those of which a later word does.

    A name of which words stand there already is completed by its other words.
    """
    wanted, begun = _form(incomplete), [_form(word) for word in before]
    rests = [_rest(name, begun) for name in names] if begun else []
    goes_on = [rest for rest in rests if rest and _form(rest).startswith(wanted)]
    first = [name for name in names if _form(name).startswith(wanted)]
    later = [name for name in names if wanted and f" {wanted}" in _form(name)]
    return goes_on or list(dict.fromkeys([*first, *later]))


def _rest(name: str, begun: list[str]) -> str:
    """What of a name follows its first words; nothing where it begins otherwise."""
    words = name.split()
    is_begun = [_form(word) for word in words[: len(begun)]] == begun
    return " ".join(words[len(begun) :]) if is_begun else ""


def _form(text: str) -> str:
    """The form in which names are compared: case and accents aside."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _names(ctx: click.Context) -> list[str]:
    from vaulttool.errors import VaultError
    from vaulttool.vault.locate import cache_folder, find_vault
    from vaulttool.vault.vocabulary import VOCABULARY, known_names

    given = ctx.params.get("vault") or (ctx.parent.params.get("vault") if ctx.parent else None)
    try:
        root = find_vault(given, os.environ, Path.cwd())
    except VaultError:
        return []
    return known_names(cache_folder(os.environ, root) / VOCABULARY)
