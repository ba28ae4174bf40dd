"""What git knows of the notes: since when each is there, and how they were on a day.

git is called as a program.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from vaulttool.markdown.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

_SAFE = (
    *("-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false", "-c", "log.showRoot=true", "--no-replace-objects"),
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
    if not wanted or not has_repository(root):
        return {}
    folders = sorted({path.rpartition("/")[0] or "." for path in wanted})
    asked = wanted if len(wanted) <= _MANY else folders
    options = ("--diff-filter=A", "--no-renames", "--relative", "--name-only", "-z")
    output = _git(root, "log", *options, f"--format={_MARK}%cs", "--", *asked)
    return _read_log((output or b"").decode("utf-8", "replace"), set(wanted))


def commit_at(root: Path, day: date) -> str | None:
    """The last commit of a day or of one before it, by the committer's own calendar."""
    output = _git(root, "log", "--format=%H %cs") if has_repository(root) else None
    for line in (output or b"").decode("ascii", "replace").splitlines():
        name, _space, text = line.partition(" ")
        committed = read_date(text)
        if committed and committed <= day:
            return name
    return None


def files_at(root: Path, commit: str) -> dict[str, str]:
    """The regular files of the vault in a commit: path -> the name of its bytes."""
    found: dict[str, str] = {}
    output = _git(root, "ls-tree", "-r", "-z", commit) or b""
    for entry in output.split(b"\0")[:-1]:
        about, _tab, path = entry.partition(b"\t")
        mode, _kind, name = about.decode("ascii").split()
        if mode.startswith("100"):  # no link, and no other repository
            with contextlib.suppress(UnicodeDecodeError):
                found[path.decode("utf-8")] = name
    return found


def bytes_of(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The bytes of files by their names in the repository."""
    wanted = sorted(set(names))
    output = _git(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted))
    found: dict[str, bytes] = {}
    rest = memoryview(output or b"")
    while rest:  # `NAME blob SIZE`, the bytes, an empty line
        head = bytes(rest[:200]).partition(b"\n")[0]
        name, kind, *size = head.decode("ascii").split()
        length = int(size[0]) if kind == "blob" else -1
        start = len(head) + 1
        if length >= 0:
            found[name] = bytes(rest[start : start + length])
        rest = rest[start + length + 1 :]
    return found


def _git(root: Path, *args: str, given: str = "") -> bytes | None:
    """Call git in the vault; None where it is not there, or fails."""
    import subprocess  # most runs ask git nothing

    command = ["git", *_SAFE, "-C", str(root), *args]
    # Run from a git hook, the environment names the hook's repository, not the vault's.
    environ = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environ |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1", **_NO_REMOTE}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments never through a shell
            command, input=given.encode(), capture_output=True, check=True, env=environ, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


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


def has_repository(root: Path) -> bool:
    """Whether the vault lies in a repository, as far as the folders tell."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))
