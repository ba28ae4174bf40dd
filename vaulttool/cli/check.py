"""`vault check`: what in the vault cannot be read as it was probably meant."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from vaulttool.cli.app import App
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.output import one_line, print_csv, print_json, print_markdown
from vaulttool.cli.values import problem_json
from vaulttool.message import msg, nmsg
from vaulttool.people.problems import all_problems

if TYPE_CHECKING:
    from vaulttool.message import Message
    from vaulttool.model import Severity

PROBLEMS_FOUND = 3
_LEVELS: list[Severity] = ["info", "warning", "error"]
_SEVERITIES = {"error": msg("error"), "warning": msg("warning"), "info": msg("info")}
_KEYS = ["code", "severity", "path", "line", "message", "fixable"]


@click.command(
    "check",
    cls=VaultCommand,
    help=N_(
        "Show what in the vault cannot be read as it was probably meant, or is doubtful to"
        " Obsidian: links that lead nowhere or to one of several notes, names that stand"
        " twice, unreadable properties, conflict copies. One line each, with path and line."
        " Exits with 3 where there are errors or warnings."
        "\n\nExample: vault check"
    ),
)
@option(
    "--level",
    type=click.Choice(["info", "warning", "error"]),
    default="info",
    help=N_("The least serious that is shown."),
)
@click.pass_context
def check_command(ctx: click.Context, level: Severity) -> None:
    """Show the problems."""
    from vaulttool.vault.health import find_obstacles  # help looks at no lock

    app = ctx.find_object(App) or App()
    people = app.people()
    obstacles = find_obstacles(app.root, app.storage.state, people.snapshot.notes)
    everything = [*all_problems(people), *obstacles]
    shown = _LEVELS[_LEVELS.index(level) :]
    problems = [problem for problem in everything if problem.severity in shown]
    rows = [problem_json(app, problem) for problem in problems]
    if app.format == "json":
        print_json(rows)
    elif app.format == "csv":
        print_csv(rows, _KEYS)
    elif app.format == "md":
        print_markdown(rows, [(key, key) for key in _KEYS[:5]])
    else:
        for problem in problems:
            place = f"{problem.path or '.'}{f':{problem.line}' if problem.line else ''}"
            text = f"{place}: {app.say(_SEVERITIES[problem.severity])}: {app.say(problem.message)}"
            click.echo(f"{one_line(text)} [{problem.code}]")
    counts = Counter(problem.severity for problem in everything)
    app.note(_summary(counts, len(app.people().snapshot.notes)))
    if counts["error"] or counts["warning"]:
        ctx.exit(PROBLEMS_FOUND)


def _summary(counts: Counter[Severity], notes: int) -> Message:
    """Count by severity; a remark alone is no problem."""
    errors = nmsg("{n} error", "{n} errors", counts["error"])
    warnings = nmsg("{n} warning", "{n} warnings", counts["warning"])
    remarks = nmsg("{n} remark", "{n} remarks", counts["info"])
    found = [each for each in (errors, warnings, remarks) if each.values["n"]]
    read = nmsg("{n} note read", "{n} notes read", notes)
    if not (counts["error"] or counts["warning"]):
        found.insert(0, msg("No problems"))
    return msg("{found}; {read}.", found=found, read=read)
