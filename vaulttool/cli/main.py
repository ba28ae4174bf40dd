"""`vault`: the top command, and how errors reach the user."""

from __future__ import annotations

import os
import sys

import click

from vaulttool import __version__
from vaulttool.cli.app import App, utf8_output
from vaulttool.cli.clickwords import click_speaks
from vaulttool.cli.commands import N_, VaultCommand, VaultGroup, option, peek
from vaulttool.cli.start import COMPLETING
from vaulttool.errors import UsageError, VaultError, VaultNotFoundError, reason_of
from vaulttool.locale.catalogue import Catalogue
from vaulttool.message import msg, shortened, with_short_values

COMMANDS = {
    "due": ("due", N_("Show whom to reach out to today, and write it into the daily note.")),
    "why": ("why", N_("Show how a verdict came about, with the lines that it rests on.")),
    "brief": ("brief", N_("Show what to know before you talk to somebody.")),
    "log": ("log", N_("Record that you were in touch with somebody.")),
    "add": ("add", N_("Add a contact from your template.")),
    "set": ("change", N_("Set properties of a contact.")),
    "snooze": ("change", N_("Ask about a contact later.")),
    "pause": ("change", N_("Do not ask about a contact any more.")),
    "resume": ("change", N_("Ask about a paused contact again.")),
    "review": ("triage", N_("Go through today's list, one person at a time.")),
    "triage": ("triage", N_("Give a circle to those who have none, one at a time.")),
    "open": ("open", N_("Open a contact's note.")),
    "watch": ("watch", N_("Keep today's list current while you work.")),
    "plan": ("plan", N_("Show the weeks ahead: what is asked for, and what fits.")),
    "tune": ("plan", N_("Suggest cadences from your own history.")),
    "promises": ("lists", N_("List what you promised, and what was promised to you.")),
    "occasions": ("lists", N_("List birthdays and other dates that are near.")),
    "awaiting": ("lists", N_("List whose answer is awaited.")),
    "drifting": ("lists", N_("List who is silent for longer than you two are used to.")),
    "list": ("find", N_("List contacts: all, or those of a circle, place, topic, …")),
    "find": ("find", N_("Find people by words: names, places, companies, topics.")),
    "contacts": ("listing", N_("List the contacts.")),
    "interactions": ("listing", N_("List the dated evidence of being in touch.")),
    "links": ("listing", N_("List all links of the vault.")),
    "tags": ("listing", N_("List all tags of the vault.")),
    "notes": ("listing", N_("List all notes of the vault with their properties.")),
    "mentions": ("mentions", N_("List names that are no links yet, and link them.")),
    "check": ("check", N_("Show what in the vault cannot be read as it was probably meant.")),
    "history": ("history", N_("List what the tool wrote into the vault.")),
    "undo": ("history", N_("Take back what the tool wrote.")),
    "forget": ("history", N_("Purge a person from the tool's history.")),
    "config": ("config", N_("List the settings in effect, and where each comes from.")),
    "init": ("init", N_("Set up a vault: settings with comments, and templates.")),
}


GROUPS = (
    (N_("Every day"), ("due", "why", "brief", "log", "review", "plan", "watch")),
    (N_("One person"), ("add", "set", "snooze", "pause", "resume", "tune", "open")),
    (N_("All people"), ("list", "find", "promises", "occasions", "awaiting", "drifting", "triage")),
    (N_("The notes"), ("contacts", "interactions", "links", "tags", "notes", "mentions", "check")),
    (N_("The tool"), ("init", "config", "history", "undo", "forget")),
)
"""What the commands are for."""

_HOW_TO_BEGIN = msg(
    "vault keeps in touch with the people in your notes. This folder is no vault: it has no"
    " .obsidian folder, nor has one above it.\n\n"
    "  cd FOLDER        go to the folder of your notes\n"
    "  vault            today's list, where they are a vault of Obsidian\n"
    "  vault init       makes any other folder a vault (it asks nothing)\n"
    "  vault --help     all commands"
)


def _print_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"vault {__version__}")
        ctx.exit()


@option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help=N_("Print the version."),
)
@click.pass_context
def _cli(ctx: click.Context) -> None:
    """Show today's list where no command is named; outside a vault, how to begin."""
    app = ctx.ensure_object(App)
    if ctx.invoked_subcommand is not None:
        return
    try:
        app.root  # noqa: B018 - looks for the vault
    except VaultNotFoundError:
        click.echo(app.say(_HOW_TO_BEGIN))
        return
    due = cli.get_command(ctx, "due")
    assert due  # noqa: S101 - what the table promises
    due.main(["--print"], prog_name="due", standalone_mode=False, parent=ctx)


cli = VaultGroup(
    COMMANDS,
    GROUPS,
    name="vault",
    invoke_without_command=True,
    callback=_cli,
    params=list(reversed(getattr(_cli, "__click_params__", []))),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=N_(
        "Keep in touch, in plain text: whom to reach out to, and why, from the notes you"
        " already write. vault COMMAND --help explains a command."
    ),
)


def run(args: list[str], app: App) -> int:
    """Run the command line; gives its exit code."""
    utf8_output()
    return ask_watch(args, app) if "json" in args else execute(args, app)


def ask_watch(args: list[str], app: App) -> int:
    """Let a watch answer, which has the notes at hand; without one, run the command here."""
    from vaulttool.cli.client import ask

    answer = ask(args)
    if answer is None:
        return execute(args, app)
    click.echo(answer.out, nl=False)
    click.echo(answer.err, nl=False, err=True)
    return answer.code


def execute(args: list[str], app: App) -> int:
    """Run a command; gives its exit code. What goes wrong is said in one line."""
    peek(app, args)
    with click_speaks(app.lang):
        return _execute(args, app)


def _execute(args: list[str], app: App) -> int:
    try:
        called = (name for asks, name in COMPLETING.items() if asks in os.environ)
        code = cli.main(args, prog_name=next(called, "vault"), standalone_mode=False, obj=app)
    except VaultError as error:
        # Without the year: the error may be that there is no day to take it from.
        text = Catalogue(app.lang).render(with_short_values(error.message))
        _report(app, error.code, text, error.details)
        code = error.exit_code
    except click.MissingParameter as error:
        _report(app, "usage", _expected(app, error), {})
        code = error.exit_code
    except click.ClickException as error:
        _report(app, "usage", shortened(error.format_message()), {})
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away: nothing more can be said
        code = 1
    except UnicodeEncodeError as error:  # bytes of an argument that are no text
        found = msg("expected text in UTF-8, found “{found}”", found=ascii(error.object))
        _report(app, "usage", Catalogue(app.lang).render(with_short_values(found)), {})
        code = UsageError.exit_code
    except OSError as error:
        text = Catalogue(app.lang).render(reason_of(error))
        _report(app, "failed", f"{error.filename}: {text}" if error.filename else text, {})
        code = 1
    return code if isinstance(code, int) else 0


def _expected(app: App, error: click.MissingParameter) -> str:
    """Say what a command cannot do without, and show how it is given."""
    ctx, command = error.ctx, error.ctx and error.ctx.command
    if not (ctx and isinstance(command, VaultCommand) and error.param):
        return error.format_message()
    name, metavar = ctx.info_name, error.param.make_metavar(ctx)
    return Catalogue(app.lang).render(
        msg("{name}: expected {expected}; for example: {example}",
            name=name, expected=metavar, example=command.example(ctx))
    )  # fmt: skip


def _report(app: App, code: str, text: str, details: dict[str, object]) -> None:
    """Say in one line what went wrong; as an object where JSON was asked for."""
    from vaulttool.cli.output import clean, json_text, print_error

    if app.format == "json":
        error = {"error": {"code": code, "message": text, **details}}
        click.echo(json_text(error), err=True)
    else:
        label = msg("Error: {text}", text=" ".join(clean(text).split()))
        print_error(app, Catalogue(app.lang).render(label))
