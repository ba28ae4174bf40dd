"""Completing names in a shell, from what the last command has read."""

from __future__ import annotations

import os
import re
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

        found = completions(_known(ctx, "names"), _before(ctx, param), incomplete)
        return [CompletionItem(name) for name in found]


NAME = NameType()


_KINDS = {
    "circle": "circle",
    "stage": "stage",
    "tags": "tag",
    "interests": "topic",
    "city": "place",
    "company": "company",
}
"""Property -> the kind of its values, as in `vaulttool.people.vocabulary`."""


class AssignedType(click.ParamType[str]):
    """Behind a name, a property and its value: `circle=key`."""

    name = "assigned"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the property's name, and behind `=` its value."""
        from click.shell_completion import CompletionItem  # as above

        if not _before(ctx, param):
            return []
        key, sign, value = incomplete.partition("=")
        if sign:
            found = [f"{key}={word}" for word in completions(_values(ctx, key, value), [], value)]
        else:
            spelled = [word.partition("=")[0] for word in _known(ctx, "spelling")]
            names = [*_known(ctx, "property"), *(spelled if incomplete else ())]
            found = [f"{name}=" for name in completions(names, [], incomplete)]
        return [CompletionItem(word, is_one_word=True) for word in found]


def _values(ctx: click.Context, key: str, begun: str) -> list[str]:
    """What a property may hold: what others have, and what the tool knows."""
    from vaulttool.locale import words_of

    spelled = dict(word.split("=") for word in _known(ctx, "spelling"))
    native = spelled.get(key, key)
    if native == "prefers":
        return _channels(ctx, begun)
    tables = {"circle": words_of("en").circles, "stage": words_of("en").stages}
    used = _known(ctx, _KINDS[native]) if native in _KINDS else []
    return list(dict.fromkeys([*used, *tables.get(native, ())]))


class ChangeType(NameType):
    """The name of a contact, and what is set of it."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete a name, or behind one the rest of it and what is set."""
        from click.shell_completion import CompletionItem  # as above

        before = _before(ctx, param)
        if not before:
            return super().shell_complete(ctx, param, incomplete)
        rests = going_on(_known(ctx, "names"), before, incomplete)
        assigned = AssignedType().shell_complete(ctx, param, incomplete)
        return [*map(CompletionItem, rests), *assigned]


def _channels(ctx: click.Context, begun: str) -> list[str]:
    """The names of all channels, in the user's language if nothing is typed yet."""
    from vaulttool.cli.app import App
    from vaulttool.locale import LANGUAGES, words_of

    lang = (ctx.find_object(App) or App()).lang
    asked = LANGUAGES if begun else (lang,)
    return [name for one in asked for name in words_of(one).channel_names.values()]


class WordType(click.ParamType[str]):
    """What a filter looks for: any text; completed with what is in the vault."""

    name = "word"

    def __init__(self, kind: str) -> None:
        self.kind = kind  # as in `vaulttool.people.vocabulary`

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's own
        incomplete: str,
    ) -> list[CompletionItem]:
        """Complete the word: one word of the command line, with its spaces."""
        from click.shell_completion import CompletionItem  # as above

        found = completions(self.words(ctx, incomplete), [], incomplete)
        return [CompletionItem(word, is_one_word=True) for word in found]

    def words(self, ctx: click.Context, begun: str) -> list[str]:  # noqa: ARG002 - for channels
        """The words that there are."""
        return _known(ctx, self.kind)


class ChannelType(WordType):
    """A channel's name, in either language."""

    def __init__(self) -> None:
        super().__init__("channel")

    def words(self, ctx: click.Context, begun: str) -> list[str]:
        """All channels: in the user's language, if nothing is typed yet."""
        return _channels(ctx, begun)


_CONTROL = re.compile(r"[\0-\x1f\x7f]")

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
"""The commands that names follow."""


def _before(ctx: click.Context, param: click.Parameter) -> list[str]:
    """The words of an argument that stand before the one that is begun."""
    before = ctx.params.get(param.name or "") or ()
    return [before] if isinstance(before, str) else list(before)


def completions(names: list[str], before: list[str], incomplete: str) -> list[str]:
    """What may follow some words: names that begin so, then those of which a later word does.

    A name of which words stand there already is completed by its other words.
    """
    wanted = _form(incomplete)
    first = [name for name in names if _form(name).startswith(wanted)]
    later = [name for name in names if wanted and f" {wanted}" in _form(name)]
    return going_on(names, before, incomplete) or list(dict.fromkeys([*first, *later]))


def going_on(names: list[str], before: list[str], incomplete: str) -> list[str]:
    """What follows of the names of which some words stand there already."""
    begun = [_form(word) for word in before]
    rests = [_rest(name, begun) for name in names] if begun else []
    return [rest for rest in rests if rest and _form(rest).startswith(_form(incomplete))]


def _rest(name: str, begun: list[str]) -> str:
    """What of a name follows its first words; nothing where it begins otherwise."""
    words = name.split()
    is_begun = [_form(word) for word in words[: len(begun)]] == begun
    return " ".join(words[len(begun) :]) if is_begun else ""


def _form(text: str) -> str:
    """The form in which names are compared: case and accents aside."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _known(ctx: click.Context, kind: str) -> list[str]:
    """The words of one kind; those that would break the lines in which a shell is told are none."""
    from vaulttool.errors import VaultError
    from vaulttool.vault.locate import cache_folder, find_vault
    from vaulttool.vault.vocabulary import VOCABULARY, known_words

    given = ctx.params.get("vault") or (ctx.parent.params.get("vault") if ctx.parent else None)
    try:
        root = find_vault(given, os.environ, Path.cwd())
    except VaultError:
        return []
    words = known_words(cache_folder(os.environ, root) / VOCABULARY, kind)
    return [word for word in words if not _CONTROL.search(word)]
