"""What is said to the user, not yet in her language; rendered late, by a catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


_READABLE = 240  # characters of a value


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the user, not yet in her language.

    `text` is a gettext msgid; `{name}` in it is filled from `values` when the
    sentence is rendered. With `plural`, `values["n"]` chooses the form.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""


Table: TypeAlias = Literal[
    "channel_names", "on_weekdays", "circles", "stages", "depths", "boundaries"
]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the language's tables, as a value in a message: a channel, a weekday."""

    table: Table
    key: str | int


def shortened(text: str) -> str:
    """A text with its middle left out where nobody would read it all."""
    return text if len(text) <= _READABLE else f"{text[: _READABLE // 2]} … {text[-40:]}"


def with_short_values(message: Message) -> Message:
    """A message in which nothing that was found is longer than one reads."""
    values = {
        name: shortened(value) if isinstance(value, str) else value
        for name, value in message.values.items()
    }
    return replace(message, values=values)


def msg(text: str, /, **values: object) -> Message:
    """Make a message; the name by which the catalogues' extractor finds its text."""
    return Message(text, values)


def nmsg(one: str, many: str, n: int, /, **values: object) -> Message:
    """Make a message that counts: `n` chooses between the forms of the language."""
    return Message(one, {"n": n, **values}, many)
