"""Tell what was measured, in Markdown, and put it into the pages that carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import goals
from processes import COLD, RG, WALK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from usage import Measured, Usage

# Not the marks of tools/docs.py, which makes its parts again from the code.
MARKED = re.compile(r"(<!-- measured: begin -->\n).*?(<!-- measured: end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """All that was measured on one vault."""

    title: str
    notes: int
    megabytes: float
    rows: Measured  # the tool and the machine's limits
    peers: Measured = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)  # peers that did not run, and why
    inside: Mapping[str, Any] = field(default_factory=dict)  # one process, as phases.py tells


def in_short(by_size: Mapping[int, Measured], where: str) -> str:
    """The goals, and where they were measured."""
    return "\n".join([*goals.table(by_size), "", where, ""])


def in_full(short: str, all_told: list[Told]) -> str:
    """Everything: the goals, and each vault with its tables."""
    return "\n".join([short, *(line for told in all_told for line in of_a_vault(told))])


def of_a_vault(told: Told) -> Iterator[str]:
    """The tables of one vault."""
    yield f"### {told.title}: {told.notes:,} notes, {told.megabytes:.1f} MB\n"
    yield from processes(told.rows)
    yield from peers(told)
    yield from phases(told)


def processes(rows: Measured) -> Iterator[str]:
    """The whole processes of the tool and of the limits."""
    yield "| process | wall s | CPU s | peak MB | wall ÷ bare walk |"
    yield "| --- | --: | --: | --: | --: |"
    for name, used in rows.items():
        ratio = used.wall / rows[WALK].wall
        yield f"| {name} | {cells(used)} | {ratio:.{0 if ratio >= 10 else 1}f} |"
    yield ""
    if RG in rows:
        yield f"A cold index takes {cpu_ratio(rows[COLD], rows[RG])} times the CPU time of {RG}.\n"


def peers(told: Told) -> Iterator[str]:
    """The peers, beside the tool's cold index."""
    if not told.peers and not told.failed:
        return
    yield "| peer | wall s | CPU s | peak MB | runs | CPU ÷ the tool's cold index |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for name, used in told.peers.items():
        yield f"| {name} | {cells(used)} | {used.runs} | {cpu_ratio(used, told.rows[COLD])} |"
    for name, why in told.failed.items():
        yield f"| {name} | {why} | | | | |"
    yield ""


def cells(used: Usage) -> str:
    """What a process used, as cells of a table."""
    return f"{used.wall:.3f} | {used.cpu:.3f} | {used.peak:.0f}"


def cpu_ratio(above: Usage, below: Usage) -> str:
    """A ratio of CPU times."""
    return goals.digits(above.cpu / below.cpu)


def phases(told: Told) -> Iterator[str]:
    """Where the time goes in one process that reads everything anew."""
    found, one, build = (told.inside[name] for name in ("phases", "with_note", "build"))
    whole, walked = sum(found.values()), told.rows[WALK].cpu
    yield "| phase of `vault due` | CPU s | share | ÷ bare walk |"
    yield "| --- | --: | --: | --: |"
    for phase, spent in found.items():
        yield f"| {phase} | {spent:.3f} | {spent / whole:.0%} | {spent / walked:.1f} |"
    yield (
        f"\nOne changed note: `Snapshot.with_note` {one * 1000:.1f} ms CPU, the index built anew"
        f" {build * 1000:.0f} ms, {build / one:.0f} times as much.\n"
    )


def put(page: str, measured: str) -> str:
    """A page with what was measured between its marks."""
    changed, found = MARKED.subn(lambda marks: f"{marks[1]}{measured}{marks[2]}", page)
    if found != 1:
        raise ValueError(f"expected one part marked as measured in the page, found {found}")
    return changed
