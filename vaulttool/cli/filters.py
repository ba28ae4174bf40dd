"""The filters of `vault list` and `vault find`, as options: a shell asks for no more of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaulttool.cli.commands import N_, option
from vaulttool.cli.completing import WordType

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SORTS = ("name", "due", "last", "circle")

_FILTERS = (
    option("--circle", "circles", multiple=True, metavar="WORD", type=WordType("circle"),
        help=N_("Of this circle; none: without one.")),
    option("--stage", "stages", multiple=True, metavar="WORD", type=WordType("stage"),
        help=N_("In this stage.")),
    option("--tag", "tags", multiple=True, metavar="TAG", type=WordType("tag"),
        help=N_("With this tag, or one nested in it.")),
    option("--topic", "topics", multiple=True, metavar="WORD", type=WordType("topic"),
        help=N_("With this interest, or linked with a note of that name.")),
    option("--place", "places", multiple=True, metavar="WORD", type=WordType("place"),
        help=N_("In this city or country.")),
    option("--company", "companies", multiple=True, metavar="WORD", type=WordType("company"),
        help=N_("Of this company.")),
    option("--due", is_flag=True, help=N_("Who is due today.")),
    option("--within", metavar="SPAN", help=N_("Who is due within this span: 7d, 2 weeks.")),
    option("--sort", type=click.Choice(SORTS), default="name",
        help=N_("By name, who is due first, longest silence first, or closest first.")),
)  # fmt: skip


def filtering(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters, in their order."""
    for one in reversed(_FILTERS):
        command = one(command)
    return command
