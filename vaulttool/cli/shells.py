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

_SAFE = frozenset("-_./+@%,^=")  # in a word without quotes; besides letters and digits
_IN_QUOTES = frozenset('\\$`"')  # what means something between double quotes
_NO_SPACE = """if [[ $type == 'begun' ]]; then
            COMPREPLY+=("$value")
            compopt -o nospace 2>/dev/null
        """  # behind `circle=` comes its value
_QUOTES = ("'", '"')


@add_completion_class
class QuotingBash(BashComplete):
    """bash, told of words that mean themselves."""

    source_template = (
        BashComplete.source_template.replace("read type value", "read -r type value")
        .replace("+=($value)", '+=("$value")')
        .replace("if [[ $type == 'dir' ]]", _NO_SPACE + "elif [[ $type == 'dir' ]]")
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        """Put together what bash parts at the equals sign: `circle=key`, `--place=Leeds`."""
        args, incomplete = super().get_completion_args()
        whole: list[str] = []
        before = ""
        for word in [*args, incomplete]:
            if whole and "=" in (word, before):
                whole[-1] += word
            else:
                whole.append(word)
            before = word
        return whole[:-1], whole[-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Leave out what cannot be quoted as the word was begun: history comes first."""
        found = super().get_completions(args, incomplete)
        if _is_parted():  # bash replaces what is behind the sign
            key, sign, _value = incomplete.partition("=")
            for item in found:
                item.value = item.value.removeprefix(key + sign)
        return [item for item in found if not (_quote() == '"' and "!" in item.value)]

    def format_completion(self, item: CompletionItem) -> str:
        """Quote the completion as the word was begun, else by backslashes."""
        quote, may_part = _quote(), not item.is_one_word
        if quote == "'":
            safe = item.value.replace("'", "'\\''")
        elif quote == '"':
            safe = "".join(f"\\{one}" if one in _IN_QUOTES else one for one in item.value)
        else:
            safe = "".join(
                one if _is_safe(one) or (one == " " and may_part) else f"\\{one}"
                for one in item.value
            )
        is_begun = item.is_one_word and item.value.endswith("=")
        return f"{'begun' if is_begun else item.type},{safe}"


def _is_parted() -> bool:
    """Whether the word that is typed stands behind an equals sign at which bash parts words."""
    words, number = os.environ["COMP_WORDS"].split("\n"), int(os.environ["COMP_CWORD"])
    return "=" in words[max(number - 1, 0) : number + 1]


def _quote() -> str:
    """The quote with which the word that is typed begins; "" where it begins with none."""
    words, number = os.environ["COMP_WORDS"].split("\n"), int(os.environ["COMP_CWORD"])
    first = words[number][:1] if number < len(words) else ""
    return first if first in _QUOTES else ""


def _is_safe(char: str) -> bool:
    return char.isalnum() or char in _SAFE or not char.isascii()


@add_completion_class
class WholeFish(FishComplete):
    """fish, told of names with a comma whole; it quotes them itself."""

    source_template = FishComplete.source_template.replace(
        'string split ","', 'string split -m 1 ","'
    )
