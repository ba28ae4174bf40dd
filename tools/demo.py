"""Make a copy of the example vault that ends today.

The example vault's own day is 20 November 2026. The copy has every date moved by
the whole number of days from then to today, so that the lists are full on any day:

    python tools/demo.py example-vault demo-vault
    vault --vault demo-vault due

Nothing else is set up: no git, no settings.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXAMPLE_DAY = date(2026, 11, 20)
MARK = ".demo-vault"  # in a folder that this script made
MARK_TEXT = "Made by tools/demo.py, which replaces all that is in this folder.\n"

_ISO = r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!-?\d)"
_DOTTED = r"(?<![\d.])(?P<day_>\d\d)\.(?P<month_>\d\d)\.(?P<year_>\d{4})(?![\d.])"
_DASHED_DAY = r"(?<![\d.-])(?P<dashes>(?:--)?)(?P<month_only>\d\d)-(?P<day_only>\d\d)(?![\d-])"
_DOTTED_DAY = r"(?<![\d.])(?P<day_only_>\d\d)\.(?P<month_only_>\d\d)(?![\d.])"
FULL = re.compile(f"{_ISO}|{_DOTTED}")
YEARLY = re.compile(f"{_ISO}|{_DOTTED}|{_DASHED_DAY}|{_DOTTED_DAY}")

# Properties whose dates come back each year, compared in lower case, `_` for `-` and space.
YEARLY_KEYS = frozenset(
    {"birthday", "bday", "prm_birthday", "день_рождения", "др", "dates", "anniversary", "даты"},
)
PROPERTY = re.compile(r"(?P<key>[^\s:#\-][^:]*):(?:\s|$)")

BLOCK_BEGIN = re.compile(r"%% vault:due (\d{4}-\d\d-\d\d) %%")
BLOCK_END = re.compile(r"%% vault:end %%")
MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONTHS_RU = [
    *("янв.", "февр.", "мар.", "апр.", "мая", "июня"),
    *("июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
]
SHORT = re.compile(
    rf"(?<!\d)(\d\d?) ({'|'.join(re.escape(name) for name in MONTHS_EN + MONTHS_RU)})"
    r"(?![^\W\d_])(?: (\d{4}))?",
)


class RefusedError(Exception):
    """The copy cannot be made there."""


def shift_dates(text: str, days: int) -> str:
    """Move every date of a note's text, each in the form in which it is written."""
    if not days:
        return text
    lines = text.split("\n")
    head = _property_lines(lines)
    yearly = False
    block: date | None = None
    for index, line in enumerate(lines):
        if index < head:
            yearly = _is_yearly(line, before=yearly)
            lines[index] = shift_yearly(line, days) if yearly else shift_full(line, days)
            continue
        if begin := BLOCK_BEGIN.match(line):
            block = _day(begin[1])
        elif BLOCK_END.match(line):
            block = None
        moved = shift_full(line, days)
        lines[index] = _shift_short(moved, days, block) if block else moved
    return "\n".join(lines)


def shift_full(text: str, days: int) -> str:
    """Move the dates that name day, month and year; impossible ones stay as they are."""

    def move(found: re.Match[str]) -> str:
        write = _iso if found["year"] else _dotted
        moved = _moved(*_numbers(found), days)
        return write(moved.year, moved.month, moved.day) if moved else found[0]

    return FULL.sub(move, text)


def shift_yearly(text: str, days: int) -> str:
    """Move dates that come back each year, so that the next one is as near as it was.

    The year changes only with the new year in between: whoever turns 40 in four
    days still does. 29 February stays, so that somebody has that birthday.
    """

    def move(found: re.Match[str]) -> str:
        if full := FULL.fullmatch(found[0]):
            write = _iso if full["year"] else _dotted
            return write(*_moved_yearly(*_numbers(full), days))
        dotted = found["month_only"] is None
        tail = "_" if dotted else ""
        given = int(found["month_only" + tail]), int(found["day_only" + tail])
        _, month, day = _moved_yearly(0, *given, days)
        return f"{day:02}.{month:02}" if dotted else f"{found['dashes']}{month:02}-{day:02}"

    return YEARLY.sub(move, text)


def _shift_short(line: str, days: int, block: date) -> str:
    """Move `27 Oct`, `24 Nov 2025` and `27 окт.` in a line of the list of `block`."""

    def short(found: re.Match[str]) -> str:
        names = MONTHS_EN if found[2] in MONTHS_EN else MONTHS_RU
        month, day = names.index(found[2]) + 1, int(found[1])
        year = int(found[3]) if found[3] else _nearest_year(month, day, block)
        moved = _moved(year, month, day, days)
        if not moved:
            return found[0]
        said = f" {moved.year}" if found[3] else ""
        return f"{moved.day} {names[moved.month - 1]}{said}"

    return SHORT.sub(short, line)


def _property_lines(lines: Sequence[str]) -> int:
    """How many lines the block of properties takes; 0 where there is none."""
    if lines[0].rstrip() != "---":
        return 0
    return next((i for i, line in enumerate(lines) if i and line.rstrip() == "---"), 0)


def _is_yearly(line: str, *, before: bool) -> bool:
    """Whether the line belongs to a birthday or to the other yearly dates."""
    if found := PROPERTY.match(line):
        return re.sub(r"[-\s.]", "_", found["key"].strip().lower()) in YEARLY_KEYS
    return before


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day of a full date, in whichever form it stands."""
    tail = "" if found["year"] else "_"
    return int(found["year" + tail]), int(found["month" + tail]), int(found["day" + tail])


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"


def _dotted(year: int, month: int, day: int) -> str:
    return f"{day:02}.{month:02}.{year:04}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moved(year: int, month: int, day: int, days: int) -> date | None:
    try:
        return date(year, month, day) + timedelta(days)
    except (ValueError, OverflowError):
        return None


def _moved_yearly(year: int, month: int, day: int, days: int) -> tuple[int, int, int]:
    """Move a yearly date; `year` 0, and 1604, stand for an unknown year and stay."""
    if (month, day) == (2, 29) or not _moved(2024, month, day, 0):
        return year, month, day
    near = _nearest_year(month, day, EXAMPLE_DAY)
    moved = date(near, month, day) + timedelta(days)
    if year not in (0, 1604):
        year += moved.year - near
    if (moved.month, moved.day) == (2, 29):
        return year, 2, 28
    return year, moved.month, moved.day


def _nearest_year(month: int, day: int, to: date) -> int:
    """The year in which that day and month come closest to `to`."""
    years = [year for year in range(to.year - 1, to.year + 2) if _moved(year, month, day, 0)]
    return min(years, key=lambda year: abs(date(year, month, day) - to), default=to.year)


def make_demo(source: Path, target: Path, today: date) -> int:
    """Copy the vault `source` to `target`, moved to `today`; give the number of files."""
    _refuse_unless_free(source, target)
    days = (today - EXAMPLE_DAY).days
    if target.exists():
        for old in target.iterdir():
            _remove(old)
    target.mkdir(parents=True, exist_ok=True)
    (target / MARK).write_text(MARK_TEXT, encoding="utf-8", newline="\n")
    files = [path for path in sorted(source.rglob("*")) if path.is_file()]
    for path in files:
        _copy(path, source, target, lambda text: shift_dates(text, days), days)
    return len(files)


def _refuse_unless_free(source: Path, target: Path) -> None:
    if not source.is_dir():
        raise RefusedError(f"{source} is no folder")
    one, other = source.resolve(), target.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise RefusedError(f"{target} and {source} lie inside each other")
    if target.exists() and not target.is_dir():
        raise RefusedError(f"{target} is a file")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise RefusedError(f"{target} is not empty, and it is no earlier demo: nothing was changed")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _copy(path: Path, source: Path, target: Path, shift: Callable[[str], str], days: int) -> None:
    """Copy one file; a note is moved in name and text, everything else is as it was."""
    relative = path.relative_to(source)
    name = shift_full(relative.name, days) if days else relative.name
    copy = target / relative.parent / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    data = path.read_bytes()
    if path.suffix in {".md", ".canvas"}:
        data = shift(data.decode("utf-8")).encode("utf-8")
    copy.write_bytes(data)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script; 0 when the copy was made, 4 when it was refused."""
    parser = argparse.ArgumentParser(description="Copy the example vault, moved to today.")
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("target", type=Path, metavar="TARGET")
    parser.add_argument("--today", type=date.fromisoformat, metavar="DATE")
    options = parser.parse_args(arguments)
    today = options.today or datetime.now().astimezone().date()
    try:
        count = make_demo(options.source, options.target, today)
    except RefusedError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 4
    print(f"{options.target}: {count} files, today is {today}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
