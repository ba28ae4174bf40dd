"""`vault check`: what in the vault cannot be read as it was probably meant."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from vaulttool.checks import notes_by_alias
from vaulttool.cli.app import App
from vaulttool.cli.commands import N_, VaultCommand, option
from vaulttool.cli.output import print_csv, print_json, print_line, print_markdown
from vaulttool.cli.terminal import ASIDE, ERROR, WARNING, Styled
from vaulttool.cli.values import problem_json
from vaulttool.errors import UsageError
from vaulttool.message import msg, nmsg
from vaulttool.people.mending import mend
from vaulttool.people.problems import all_problems
from vaulttool.vault.store import read_existing

if TYPE_CHECKING:
    from vaulttool.message import Message
    from vaulttool.model import Problem, Severity
    from vaulttool.vault.change import Change

PROBLEMS_FOUND = 3
_LEVELS: list[Severity] = ["info", "warning", "error"]
_SEVERITIES = {"error": msg("error"), "warning": msg("warning"), "info": msg("info")}
_STYLES = {"error": ERROR, "warning": WARNING}
_NOT_WRITTEN = ("conflict-markers", "read-only", "not-utf8", "unreadable", "too-large")
_KEYS = ["code", "severity", "path", "line", "message", "fixable"]


@click.command(
    "check",
    cls=VaultCommand,
    help=N_(
        "Show what in the vault cannot be read as it was probably meant, or is doubtful to"
        " Obsidian: links that lead nowhere or to one of several notes, names that stand"
        " twice, unreadable properties, conflict copies. One line each, with path and line."
        " Exits with 3 where there are errors or warnings. With --fix, what can be mended"
        " without a doubt is, in one step that `vault undo` takes back."
        "\n\nExample: vault check --fix --dry-run"
    ),
)
@option(
    "--level",
    type=click.Choice(["info", "warning", "error"]),
    default="info",
    help=N_("The least serious that is shown."),
)
@option("--fix", is_flag=True, help=N_("Mend what can be mended without a doubt."))
@option("--dry-run", is_flag=True, help=N_("With --fix: show what would be written, as a diff."))
@click.pass_context
def check_command(ctx: click.Context, level: Severity, *, fix: bool, dry_run: bool) -> None:
    """Show the problems."""
    app = ctx.find_object(App) or App()
    if dry_run and not fix:
        raise UsageError(msg("--dry-run goes with --fix: without it nothing is written"))
    app.tells_of_flaws = True
    everything = _problems(app)
    if fix:
        fixed = _fix(app, everything, dry_run=dry_run)
        if dry_run:
            return
        everything = [problem for problem in everything if problem not in fixed]
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
            _print(app, problem)
    counts = Counter(problem.severity for problem in everything)
    app.note(_summary(counts, len(app.people().snapshot.notes)))
    if fixable := sum(problem.fixable for problem in everything):
        app.note(nmsg("{n} of them can be mended: `vault check --fix`",
            "{n} of them can be mended: `vault check --fix`", fixable))  # fmt: skip
    if counts["error"] or counts["warning"]:
        ctx.exit(PROBLEMS_FOUND)


def _print(app: App, problem: Problem) -> None:
    """Print a problem: where it is, how serious, what, and its code."""
    place = f"{problem.path or '.'}{f':{problem.line}' if problem.line else ''}: "
    severity = Styled(app.say(_SEVERITIES[problem.severity]), _STYLES.get(problem.severity, ""))
    code = Styled(f" [{problem.code}]", ASIDE)
    print_line(app, place, severity, f": {app.say(problem.message)}", code, hang=2)


def _problems(app: App) -> list[Problem]:
    from vaulttool.vault.health import find_obstacles  # help looks at no lock

    people = app.people()
    obstacles = find_obstacles(app.root, app.storage.state, people.snapshot.notes)
    with app.looking_through() as watched:
        return [*all_problems(watched, app.today), *obstacles]


def _fix(app: App, problems: list[Problem], *, dry_run: bool) -> list[Problem]:
    """Mend what can be mended, in one step; gives the problems that are gone."""
    shut = {problem.path for problem in problems if problem.code in _NOT_WRITTEN}
    paths = sorted({problem.path for problem in problems if problem.fixable} - shut)
    fixed: list[Problem] = []

    def plan() -> list[Change]:
        fixed.clear()
        changes = []
        aliases = notes_by_alias(app.people().snapshot)
        for path in paths:
            source = read_existing(app.root, path)
            own = [problem for problem in problems if problem.path == path]
            text, gone = mend(source.text, own, app.people().snapshot, aliases)
            fixed.extend(gone)
            changes += [source.change(text)] if gone else []
        return changes

    written = app.write(plan, dry_run=dry_run)
    count = len(fixed)
    if not fixed:
        app.note(msg("Nothing here can be mended without a doubt."))
    elif dry_run:
        app.note(nmsg("{n} place would be mended", "{n} places would be mended", count))
    else:
        for problem in fixed:
            app.note(msg("mended: {path}:{line}: {what}",
                path=problem.path, line=problem.line or 1, what=problem.message))  # fmt: skip
        app.note(nmsg("{n} place mended in {paths}; `vault undo` takes it back",
            "{n} places mended in {paths}; `vault undo` takes it back",
            count, paths=written))  # fmt: skip
    return fixed


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
