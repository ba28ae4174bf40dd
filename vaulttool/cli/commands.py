"""The click classes that all commands share: options on both sides, help in both languages."""

from __future__ import annotations

import importlib
import re
from gettext import gettext
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vaulttool.cli.app import App
from vaulttool.errors import UsageError
from vaulttool.locale import LANGUAGES
from vaulttool.locale.catalogue import Catalogue
from vaulttool.message import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from click.shell_completion import CompletionItem

FC = TypeVar("FC", bound="Callable[..., Any] | click.Command")

FORMATS = ("table", "json", "csv", "md")


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for a text that is translated later
    """Mark a text of the help for the catalogues."""
    return text


class HelpOption(click.Option):
    """An option whose help is shown in the user's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        """The word for the option's value."""
        return in_words(ctx, super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the option's line of the help."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, _translated(ctx, self.help))


class HelpArgument(click.Argument):
    """An argument whose word, in the help and in errors, is in the user's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        """The word for the argument's value."""
        return in_words(ctx, super().make_metavar(ctx))


def argument(*names: str, **attributes: Any) -> Callable[[FC], FC]:  # noqa: ANN401 - click's own
    """An argument of a command."""
    return click.argument(*names, cls=HelpArgument, **attributes)


def option(*names: str, **attributes: Any) -> Callable[[FC], FC]:  # noqa: ANN401 - click's own
    """An option of a command."""
    return click.option(*names, cls=HelpOption, **attributes)


def _translated(ctx: click.Context, text: str) -> str:
    app = ctx.find_object(App) or App()
    return Catalogue(app.lang).render(Message(text))


def global_options() -> list[click.Option]:
    """The options that every command takes, before its name and after it."""
    return [
        HelpOption(
            ["--vault"],
            metavar="DIR",
            type=click.Path(file_okay=False),
            help=N_("The vault's folder."),
        ),
        HelpOption(
            ["--today", "today_option"], metavar="DATE", help=N_("Act as if it were this day.")
        ),
        HelpOption(
            ["--lang", "lang_option"],
            type=click.Choice(LANGUAGES),
            help=N_("The language of the output."),
        ),
        HelpOption(["--format"], type=click.Choice(FORMATS), help=N_("The form of the output.")),
        HelpOption(
            ["--no-color", "color"],
            is_flag=True,
            flag_value=False,
            default=None,
            help=N_("Print without colour."),
        ),
        HelpOption(
            ["-q", "--quiet"], is_flag=True, default=None, help=N_("Print nothing but results.")
        ),
        HelpOption(["-v", "--verbose"], is_flag=True, default=None, help=N_("Print more.")),
    ]


def _take_global_options(ctx: click.Context) -> None:
    """Move the global options of this place into the app; the later place wins."""
    app = ctx.ensure_object(App)
    for item in global_options():
        value = ctx.params.pop(str(item.name), None)
        if value is not None:
            setattr(app, str(item.name), value)


# What stands for a value in the help.
_VALUES = {
    *(N_("OPTIONS"), N_("COMMAND"), N_("ARGS"), N_("NAME"), N_("TEXT"), N_("KEY"), N_("VALUE")),
    *(N_("UNTIL"), N_("DATE"), N_("SPAN"), N_("DIR"), N_("WORD"), N_("TAG"), N_("CHANNEL")),
    *(N_("NOTE"), N_("NUMBER"), N_("SECONDS"), N_("STEP")),
}


def in_words(ctx: click.Context, metavar: str) -> str:
    """What stands for values, in the user's language."""

    def word(match: re.Match[str]) -> str:
        return _translated(ctx, match[0]) if match[0] in _VALUES else match[0]

    return re.sub(r"[A-Z]+", word, metavar)


class Number(click.IntRange):
    """A whole number within a range."""

    name = "number"


class _Translating(click.Command):
    """A command whose help text is shown in the user's language."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may follow the command's name."""
        return [in_words(ctx, piece) for piece in super().collect_usage_pieces(ctx)]

    def example(self, ctx: click.Context) -> str:
        """The example of the command's help."""
        return _translated(ctx, self.help or "").rpartition(": ")[2].strip()

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help text."""
        original, self.help = self.help, _translated(ctx, self.help or "")
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = original

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give `--help`, which click makes once, in the language of this run."""
        found = super().get_help_option(ctx)
        if found:
            found.help = gettext("Show this message and exit.")  # of click's own catalogue
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; there is an app even where nobody made one."""
        ctx.ensure_object(App)
        return super().parse_args(ctx, args)


def peek(app: App, args: list[str]) -> None:
    """Find the language, the format and the colour first: errors and help are shown in them."""
    for name, attribute, allowed in (
        ("--lang", "lang_option", LANGUAGES),
        ("--format", "format", FORMATS),
    ):
        for index, arg in enumerate(args):
            value = arg.partition("=")[2] if arg.startswith(name + "=") else None
            if arg == name and index + 1 < len(args):
                value = args[index + 1]
            if value in allowed:
                setattr(app, attribute, value)
    app.color &= "--no-color" not in args


class VaultCommand(_Translating):
    """A command that takes the global options after its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.params += global_options()

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own
        """Run the command."""
        _take_global_options(ctx)
        return super().invoke(ctx)


class VaultGroup(_Translating, click.Group):
    """The top command; a command's module is imported when the command is called."""

    def __init__(
        self,
        commands: Mapping[str, tuple[str, str]],
        groups: Sequence[tuple[str, Sequence[str]]],
        **kwargs: Any,  # noqa: ANN401 - click's own
    ) -> None:
        super().__init__(**kwargs)
        self.params += global_options()
        self._lazy = commands  # name -> (module, short help)
        self._groups = groups  # what commands are for, and their names

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own
        """Run the command that was named."""
        _take_global_options(ctx)
        return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Name the commands, in the order of a day's work."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self._lazy:
            return None
        if ctx.resilient_parsing:  # a shell completes
            from vaulttool.cli.standin import stand_in

            return stand_in(cmd_name)
        module = importlib.import_module(f"vaulttool.cli.{self._lazy[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101 - what the table promises
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; one that is nearly there is suggested."""
        if args[0] not in self._lazy and not args[0].startswith("-"):
            import difflib  # who types a command right has no use for it

            if near := difflib.get_close_matches(args[0], self._lazy, n=1):
                raise UsageError(
                    msg("there is no command {name}; did you mean {near}?",
                        name=args[0], near=near[0])
                )  # fmt: skip
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the names of commands without importing them; after `-`, the options."""
        from click.shell_completion import CompletionItem  # click itself imports it late

        commands = [
            CompletionItem(name, help=_translated(ctx, text))
            for name, (_module, text) in self._lazy.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name the commands by what they are for, so that all fit on one screen."""
        rows = [(_translated(ctx, title), ", ".join(names)) for title, names in self._groups]
        with formatter.section(_translated(ctx, N_("Commands"))):
            formatter.write_dl(rows)
