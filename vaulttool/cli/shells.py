"""What a shell is told of completions, where click's own way does not do for any name.

A note may be called `$(reboot).md`, and what bash is given it takes as it would be typed: each
name is quoted for it. Imported, this takes the place of click's own.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from click.shell_completion import BashComplete, FishComplete, add_completion_class

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SAFE = frozenset("-_./+@%,^")  # in a word without quotes; besides letters and digits
_IN_QUOTES = frozenset('\\$`"')  # what means something between double quotes
_UNQUOTABLE = {"'": "'", '"': "!"}  # between them; history is looked into first


@add_completion_class
class QuotingBash(BashComplete):
    """bash, told of words that mean themselves."""

    source_template = BashComplete.source_template.replace(
        "read type value", "read -r type value"
    ).replace("+=($value)", '+=("$value")')

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Leave out what cannot be quoted as the word was begun."""
        without = _UNQUOTABLE.get(_quote())
        found = super().get_completions(args, incomplete)
        return [item for item in found if not (without and without in item.value)]

    def format_completion(self, item: CompletionItem) -> str:
        """Quote the completion as the word was begun, else by backslashes."""
        quote, may_part = _quote(), not item.is_one_word
        if quote == "'":
            safe = item.value
        elif quote == '"':
            safe = "".join(f"\\{one}" if one in _IN_QUOTES else one for one in item.value)
        else:
            safe = "".join(
                one if _is_safe(one) or (one == " " and may_part) else f"\\{one}"
                for one in item.value
            )
        return f"{item.type},{safe}"


def _quote() -> str:
    """The quote with which the word that is typed begins; "" where it begins with none."""
    words, number = os.environ["COMP_WORDS"].split("\n"), int(os.environ["COMP_CWORD"])
    first = words[number][:1] if number < len(words) else ""
    return first if first in _UNQUOTABLE else ""


def _is_safe(char: str) -> bool:
    return char.isalnum() or char in _SAFE or not char.isascii()


@add_completion_class
class WholeFish(FishComplete):
    """fish, told of names with a comma whole; it quotes them itself."""

    source_template = FishComplete.source_template.replace(
        'string split ","', 'string split -m 1 ","'
    )
