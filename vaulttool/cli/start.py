"""`vault`, from its first moment: what was answered before, and is still so, is said again.

A status bar asks the same all day. What an answer depends on is looked at, every file of the
vault among it, and where all of it is as it was, the answer is the same: nothing else of the
program is loaded then. Whatever may print something else tomorrow, in an hour, or the second
time, is never kept.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from vaulttool.cli.words import command_of, only_reads, value_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vaulttool.vault.listing import Folder

# A shell asks, and names no words: by which variable, and for which name of the program.
COMPLETING = {"_VAULT_COMPLETE": "vault", "_VAULTTOOL_COMPLETE": "vaulttool"}
_NOT_DUE_AGAIN = ("--dry-run", "--verbose", "-v", "--as-of")
_ASKS_FOR_NO_NOTE = frozenset({"--help", "-h", "--version"})
# What shells set anew all the time, and nothing here reads.
_IGNORED = frozenset({"_", "PWD", "OLDPWD", "SHLVL"})


def main() -> None:
    """Run the command line and exit with its code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who called
            setattr(sys, name, open(os.devnull, "w"))  # noqa: PTH123, SIM115 - until the end
    try:
        code = answer(sys.argv[1:])
    except KeyboardInterrupt:
        code = 1
    _let_go()
    sys.exit(code)


def _let_go() -> None:
    """Leave nothing for Python to write at the end where nobody reads it any more."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def answer(words: list[str]) -> int:
    """Give the answer that is known, or run the command; gives its exit code."""
    is_question = may_be_known(words) and not COMPLETING.keys() & os.environ.keys()
    asked = Question(words) if is_question else None
    if asked and asked.is_answered():
        return 0
    if asked and asked.key:
        from vaulttool.cli.remember import run_and_remember

        return run_and_remember(words, asked)
    from vaulttool.cli.app import App
    from vaulttool.cli.main import run

    if COMPLETING.keys() & os.environ.keys():
        import vaulttool.cli.shells  # noqa: F401 - tells click what shells are told
    return run(words, App())


def may_be_known(words: list[str]) -> bool:
    """Whether a question has the same answer as long as nothing that it looks at changes.

    A list for the daily note has, too: what is written there already is not written again.
    """
    if _ASKS_FOR_NO_NOTE.intersection(words):
        return False
    if command_of(words) in ("due", ""):
        return not any(word.startswith(_NOT_DUE_AGAIN) for word in words)
    return only_reads(words)


class Question:
    """A command, and everything that its answer depends on."""

    def __init__(self, words: list[str]) -> None:
        self.asked_at = time.time()
        self.folders: list[Folder] = []
        self._key_now: Callable[[], bytes | None] = lambda: None
        self.file, self.key = self._look(words)

    def _look(self, words: list[str]) -> tuple[Path, bytes | None]:
        from pathlib import Path

        from vaulttool.vault.answers import ANSWERS, key_of
        from vaulttool.vault.listing import list_folders
        from vaulttool.vault.locate import cache_folder, find_vault

        try:
            root = find_vault(value_of(words, "--vault"), os.environ, Path.cwd())
            file = cache_folder(os.environ, root) / ANSWERS
        except Exception:  # noqa: BLE001 - the command itself says what is wrong
            return Path(), None
        self.folders = list_folders(root)
        asked = (str(root), words, _day(self.asked_at), time.tzname, time.timezone)
        self._key_now = partial(key_of, root, self.folders, (*asked, *_surroundings()))
        return file, self._key_now()

    def is_same(self) -> bool:
        """Whether what is no note, the settings above all, is still as it was when it was asked."""
        return self._key_now() == self.key

    def is_answered(self) -> bool:
        """Give the answer, where it is known."""
        from vaulttool.vault.answers import find_answer

        known = find_answer(self.file, self.key) if self.key else None
        if known:
            try:
                for stream, text in zip((sys.stdout, sys.stderr), known, strict=True):
                    stream.buffer.write(text.encode("utf-8", "backslashreplace"))
                    stream.flush()
            except OSError:
                return False  # the command itself says what is wrong
        return known is not None


def _day(moment: float) -> tuple[int, ...]:
    return time.localtime(moment)[:3]


def _surroundings() -> tuple[object, ...]:
    """The environment, and what the output is shown on."""
    variables = {name: text for name, text in os.environ.items() if name not in _IGNORED}
    return sorted(variables.items()), *map(_screen, (0, 1, 2))


def _screen(descriptor: int) -> object:
    try:
        return tuple(os.get_terminal_size(descriptor))
    except OSError:
        return None
