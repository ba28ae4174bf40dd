"""Which processes are measured on a vault: the tool's own, and the limits of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from usage import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TODAY = "2026-11-20"  # the example vault's own day, and the end of the generated ones
OLD = 2.5  # seconds after which the tool trusts the stamp of a saved note

COLD = "`vault due --print`, nothing kept, on one processor"
BOTH = "`vault due --print`, nothing kept"
ANEW = "`vault due --print`, no file changed, another question"
WARM = "**`vault due --print`, warm**"
CHANGED = "`vault due --print`, one note changed"
WALK = "bare Python: walk and stat"
GIT = "`git status`"
RG = "`rg -j1 -c -F '[['`"

WALKING = """
import os, sys
folders = [sys.argv[1]]
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in entries:
            if entry.name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                entry.stat(follow_symlinks=False)
"""
READING = WALKING.replace(
    "entry.stat(follow_symlinks=False)",
    "with open(entry.path, 'rb') as file: file.read()",
)

UNSET = ("VAULT_", "PYTHONDONTWRITEBYTECODE")  # what would change the runs
TAB = {"_VAULT_COMPLETE": "bash_complete", "COMP_WORDS": "vault why a", "COMP_CWORD": "2"}


def clean_environ(temporary: Path) -> dict[str, str]:
    """The environment for all processes: nothing of the user's is read or written."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(UNSET)},
        **{f"XDG_{kind}_HOME": str(temporary / kind) for kind in ("CACHE", "CONFIG", "STATE")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }


def some_contact(vault: Path) -> Path:
    """The note of a contact."""
    return min((vault / "People").glob("*.md"))


def log_a_call(note: Path) -> None:
    """Save a note as an editor does, and wait until its stamp can be trusted."""
    with note.open("a", encoding="utf-8") as file:
        file.write("\n- 2026-11-19 call\n")
    time.sleep(OLD)


def forget_answers(cache: str) -> None:
    """Let the next answer be made of what is kept, instead of being said again."""
    for file in Path(cache).glob("vaulttool/*/answers"):
        file.unlink()


def of_the_tool(vault: Path, environ: Mapping[str, str]) -> Iterator[Row]:
    """The program as it is installed."""
    tool = f"{sysconfig.get_path('scripts')}/vault"
    ask = [tool, "--vault", str(vault), "--today", TODAY]
    due = [*ask, "due", "--print"]
    contact = some_contact(vault)
    forget = partial(shutil.rmtree, environ["XDG_CACHE_HOME"], ignore_errors=True)
    if pinned := shutil.which("taskset"):  # where there is one, the tool starts no second process
        yield Row(COLD, [pinned, "-c", "0", *due], prepare=forget, rehearse=False)
        yield Row(BOTH, due, prepare=forget, rehearse=False)
    else:
        yield Row(COLD, due, prepare=forget, rehearse=False)
    yield Row(WARM, due)
    yield Row(ANEW, due, prepare=partial(forget_answers, environ["XDG_CACHE_HOME"]))
    yield Row("`vault why`, warm", [*ask, "why", contact.stem])
    yield Row(CHANGED, due, prepare=partial(log_a_call, contact), rehearse=False)
    yield Row("`vault why a` and Tab", [tool], {**TAB, "VAULT_DIR": str(vault)})
    yield Row("`vault --help`", [tool, "--help"])
    yield Row("`vault --version`", [tool, "--version"])


def of_the_machine(vault: Path, environ: Mapping[str, str], rg: str | None) -> Iterator[Row]:
    """What nobody could do without, and what others are quick at."""
    python = sys.executable
    yield Row(WALK, [python, "-c", WALKING, str(vault)])
    yield Row("bare Python: walk and read all bytes", [python, "-c", READING, str(vault)])
    yield Row("`python -c pass`", [python, "-c", "pass"])
    if rg:
        yield Row(RG, [rg, "-j1", "-c", "-F", "[[", str(vault)])
    if git := shutil.which("git"):
        # The repository lies beside the vault: a `.git` inside it would be the tool's to ask.
        repository = [git, f"--git-dir={vault}.git", f"--work-tree={vault}"]
        for step in (["init", "-q"], ["add", "-A"]):
            subprocess.run([*repository, *step], check=True, env=environ, capture_output=True)
        yield Row(GIT, [*repository, "status", "--porcelain"])
