"""What stands for a command while a shell completes its words: the command is not imported."""

from __future__ import annotations

import os

import click

from vaulttool.cli.commands import VaultCommand, argument
from vaulttool.cli.completing import NAME, NAMED, ChangeType
from vaulttool.cli.filters import filtering


def stand_in(command: str) -> click.Command | None:
    """Stands for a command; None where more has to be known of it."""
    if command in ("list", "find"):
        return _filtered(command)
    typed = os.environ.get("COMP_WORDS", "-").split()
    if command in NAMED and not any(word.startswith("-") for word in typed):
        names = ChangeType() if command == "set" else NAME
        return click.Command(command, params=[click.Argument(["name"], nargs=-1, type=names)])
    return None


def _filtered(command: str) -> click.Command:
    @click.command(command, cls=VaultCommand)
    @argument("text", nargs=-1)
    @filtering
    def nothing(**_given: object) -> None:
        """Never run."""

    return nothing
