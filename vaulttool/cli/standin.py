"""What stands for a command while a shell completes its words: the command is not imported.

`params.txt` holds the parameters of all commands: a line each, made by `tools/docs.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaulttool.cli.commands import VaultCommand
from vaulttool.cli.completing import NAME, AssignedType, ChangeType, ChannelType, WordType

if TYPE_CHECKING:
    from collections.abc import Iterator

PARAMS = Path(__file__).with_name("params.txt")

_TYPES = {
    "name": NAME,
    "change": ChangeType(),
    "assigned": AssignedType(),
    "channel": ChannelType(),
    "text": click.STRING,
}


def stand_in(command: str) -> click.Command:
    """Stands for a command, with its parameters."""
    lines = PARAMS.read_text("utf-8").splitlines()
    params = [_param(*line.split("\t")[1:]) for line in lines if line.startswith(f"{command}\t")]
    return VaultCommand(command, params=params)


def _param(names: str, kind: str, nargs: str, about: str) -> click.Parameter:
    word, _colon, of = kind.partition(":")
    if kind == "flag":
        return click.Option(names.split(), is_flag=True, help=about)
    type_: click.ParamType[str] | None = _TYPES.get(word)
    if word == "word":
        type_ = WordType(of)
    elif word == "choice":
        type_ = click.Choice(of.split(","))
    if names.startswith("-"):
        return click.Option(names.split(), type=type_, nargs=int(nargs), help=about)
    return click.Argument([names], type=type_, nargs=int(nargs), required=False)


def told(command: str, params: list[click.Parameter]) -> Iterator[str]:
    """The lines of `params.txt` about a command."""
    for param in params:
        names = param.opts if isinstance(param, click.Option) else [param.name or ""]
        about = (getattr(param, "help", None) or "").partition("\n")[0]
        yield "\t".join((command, " ".join(names), _kind(param), str(param.nargs), about))


def _kind(param: click.Parameter) -> str:
    if getattr(param, "is_flag", False):
        return "flag"
    if isinstance(param.type, click.Choice):
        return "choice:" + ",".join(param.type.choices)
    if type(param.type) is WordType:
        return f"word:{param.type.kind}"
    return next((kind for kind, type_ in _TYPES.items() if type(type_) is type(param.type)), "text")
