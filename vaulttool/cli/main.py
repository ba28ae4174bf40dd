"""`vault`: the top command, and how errors reach the user."""

from __future__ import annotations

import sys

import click

from vaulttool import __version__
from vaulttool.cli.app import App, utf8_output
from vaulttool.cli.commands import N_, VaultGroup, option
from vaulttool.errors import VaultError
from vaulttool.locale.catalogue import Catalogue
from vaulttool.message import msg

COMMANDS = {
    "due": ("due", N_("Show whom to reach out to today, and write it into the daily note.")),
    "why": ("why", N_("Show how a verdict came about, with the lines that it rests on.")),
    "log": ("log", N_("Record that you were in touch with somebody.")),
    "review": ("triage", N_("Go through today's list, one person at a time.")),
    "triage": ("triage", N_("Give a circle to those who have none, one at a time.")),
    "open": ("open", N_("Open a contact's note.")),
    "watch": ("watch", N_("Keep today's list current while you work.")),
    "plan": ("plan", N_("Show the weeks ahead: what is asked for, and what fits.")),
    "tune": ("plan", N_("Suggest cadences from your own history.")),
    "contacts": ("listing", N_("List the contacts.")),
    "interactions": ("listing", N_("List the dated evidence of being in touch.")),
    "links": ("listing", N_("List all links of the vault.")),
    "tags": ("listing", N_("List all tags of the vault.")),
    "notes": ("listing", N_("List all notes of the vault with their properties.")),
    "check": ("check", N_("Show what in the vault cannot be read as it was probably meant.")),
    "history": ("history", N_("List what the tool wrote into the vault.")),
    "undo": ("history", N_("Take back what the tool wrote.")),
    "forget": ("history", N_("Purge a person from the tool's history.")),
    "init": ("init", N_("Set up a vault: settings with comments, and templates.")),
}


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
    """Show the help where no command is named."""
    ctx.ensure_object(App)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


cli = VaultGroup(
    COMMANDS,
    name="vault",
    invoke_without_command=True,
    callback=_cli,
    params=list(reversed(getattr(_cli, "__click_params__", []))),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=N_(
        "Keep in touch, in plain text: whom to reach out to, and why, from the notes you"
        " already write."
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
    try:
        code = cli.main(args, prog_name="vault", standalone_mode=False, obj=app)
    except VaultError as error:
        # Without the year: the error may be that there is no day to take it from.
        _report(app, error.code, Catalogue(app.lang).render(error.message), error.details)
        code = error.exit_code
    except click.ClickException as error:
        _report(app, "usage", error.format_message(), {})
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away: nothing more can be said
        code = 1
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _report(app, "failed", f"{place}{error.strerror or error}", {})
        code = 1
    return code if isinstance(code, int) else 0


def _report(app: App, code: str, text: str, details: dict[str, object]) -> None:
    """Say in one line what went wrong; as an object where JSON was asked for."""
    from vaulttool.cli.output import clean, json_text

    if app.format == "json":
        error = {"error": {"code": code, "message": text, **details}}
        click.echo(json_text(error), err=True)
    else:
        label = msg("Error: {text}", text=" ".join(clean(text).split()))
        click.echo(Catalogue(app.lang).render(label), err=True)
