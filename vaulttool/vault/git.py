"""What git knows of the notes: when each was first committed. git is called as a program."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from vaulttool.markdown.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

_SAFE = (
    *("-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
)
# A repository may lack objects, and name a program that fetches them. Its settings would win
# over `-c protocol.allow`; over this they do not.
_NO_REMOTE = {"GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1"}
_MANY = 200  # paths beyond which git is asked for their folders
_MARK = "\x01"


def first_commits(root: Path, paths: Iterable[str]) -> dict[str, date]:
    """The day on which each note was first committed, where the vault has a history.

    The day is the committer's own, so that every clone gives the same one. Empty where
    there is no git, no repository, or no commit.
    """
    wanted = sorted(set(paths))
    if not wanted or not _has_repository(root):
        return {}
    folders = sorted({path.rpartition("/")[0] or "." for path in wanted})
    asked = wanted if len(wanted) <= _MANY else folders
    command = [
        *("git", *_SAFE, "-C", str(root), "log", "--diff-filter=A", "--no-renames"),
        *("--relative", "--name-only", "-z", f"--format={_MARK}%cs", "--", *asked),
    ]
    # Run from a git hook, the environment names the hook's repository, not the vault's.
    environ = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environ |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1", **_NO_REMOTE}
    try:
        done = subprocess.run(command, capture_output=True, check=True, env=environ, timeout=60)  # noqa: S603 - a fixed program, arguments never through a shell
    except (OSError, subprocess.SubprocessError):
        return {}
    return _read_log(done.stdout.decode("utf-8", "replace"), set(wanted))


def _read_log(output: str, wanted: set[str]) -> dict[str, date]:
    """Read `git log`, which lists the newest commit first: the last mention of a path wins."""
    found: dict[str, date] = {}
    day: date | None = None
    for field in output.replace(_MARK, f"\0{_MARK}").split("\0"):
        text = field.strip("\n")
        if text.startswith(_MARK):
            day = read_date(text[1:])
        elif text in wanted and day:
            found[text] = day
    return found


def _has_repository(root: Path) -> bool:
    return any((folder / ".git").exists() for folder in (root, *root.parents))
