"""Going through people one at a time: a card, a question, one key for an answer.

On a terminal a key is enough. From a pipe each line is an answer, and what follows its key
is the rest of it: `z 2026-12-01`. Nothing is drawn over, so that a screen reader can follow.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from vaulttool.cli.history import take_back
from vaulttool.cli.open import open_note
from vaulttool.cli.output import one_line, print_line
from vaulttool.cli.terminal import TITLE
from vaulttool.errors import RefusedError, UsageError
from vaulttool.message import msg, nmsg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vaulttool.cli.app import App
    from vaulttool.contact import Contact
    from vaulttool.message import Message
    from vaulttool.vault.change import Change

# The same key on a Russian keyboard: nobody has to switch the layout for an answer.
_LAYOUT = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what it says, what it asks for besides the key, and what it plans to write."""

    label: Message
    plan: Callable[[Contact, str], Iterable[Change]]
    more: Message | None = None  # the question for the rest of the answer


@dataclass(slots=True)
class Round:
    """One way through a list of people."""

    app: App
    people: Sequence[Contact]
    card: Callable[[Contact], Iterable[str]]
    choices: Mapping[str, Choice]
    dry_run: bool = False
    skipped: set[str] = field(default_factory=set)  # paths
    _written: list[int] = field(default_factory=list)  # whose answers were given, in order
    _steps: list[int | None] = field(default_factory=list)  # what each of them wrote

    def go(self) -> None:
        """Ask about each, until all are asked or the user stops."""
        at = 0
        while at < len(self.people):
            person = self.people[at]
            print_line(self.app, f"{at + 1}/{len(self.people)}  {person.name}", style=TITLE)
            for line in self.card(person):
                print_line(self.app, f"  {line}")
            step = self._ask(person)
            if step == "quit":
                break
            if step == "undo":
                at = self._written.pop()
                continue
            if step == "answered":
                self._written.append(at)
            at += 1
        left = len(self.people) - at
        self.app.note(nmsg(
            "{n} answer, {skipped} skipped, {left} left",
            "{n} answers, {skipped} skipped, {left} left",
            len(self._written), skipped=len(self.skipped), left=left,
        ))  # fmt: skip

    def _ask(self, person: Contact) -> str:
        """Ask until there is an answer; gives what became of it."""
        while True:
            key, rest = self._read()
            if key == "q":
                return "quit"
            if key == "s":
                self.skipped.add(person.path)
                return "skipped"
            if key == "u" and self._written:
                self._undo()
                return "undo"
            if key == "o":
                open_note(self.app, person.path)
            elif key in self.choices:
                if self._do(self.choices[key], person, rest):
                    self.skipped.discard(person.path)
                    return "answered"
            else:
                self._explain()

    def _do(self, choice: Choice, person: Contact, rest: str) -> bool:
        """Carry out an answer; False where it could not be, and why is said."""
        if choice.more and not rest:
            rest = self._line(f"{self.app.say(choice.more)}: ") or ""
        try:
            paths = self.app.write(lambda: choice.plan(person, rest), dry_run=self.dry_run)
        except (UsageError, RefusedError) as error:
            print_line(self.app, self.app.say(error.message))
            return False
        self._steps.append(self.app.storage.journal.steps()[-1].number if paths else None)
        return True

    def _undo(self) -> None:
        """Take back the last answer of this round."""
        step = self._steps.pop()
        if step is not None:
            take_back(self.app, step)

    # --- The question ---

    def _keys(self) -> list[tuple[str, Message]]:
        own = [(key, choice.label) for key, choice in self.choices.items()]
        undo = [("u", msg("undo"))] if self._written else []
        return [*own, ("o", msg("open the note")), ("s", msg("skip")), *undo, ("q", msg("quit"))]

    def _explain(self) -> None:
        keys = (f"{key} {self.app.say(label)}" for key, label in self._keys())
        print_line(self.app, " · ".join(keys))

    def _read(self) -> tuple[str, str]:
        """Read an answer: its key, and what follows; the end of the input is `q`."""
        prompt = "[" + "".join(key for key, _label in self._keys()) + "?] "
        if sys.stdin.isatty():
            click.echo(prompt, nl=False)
            key = _typed()
            click.echo(key)
            return _plain(key), ""
        line = self._line(prompt)
        key, _space, rest = ("q" if line is None else line).partition(" ")
        return _plain(key), rest.strip()

    def _line(self, prompt: str) -> str | None:
        """Read a line; None at the end of the input. What comes from a pipe is shown."""
        click.echo(prompt, nl=False)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            click.echo(one_line(line.strip()))
        return line.strip() if line else None


def _typed() -> str:
    """Read a key; "" for one that is no sign, such as Enter or an arrow, `q` for Ctrl-D."""
    try:
        key = click.getchar()
    except EOFError:
        return "q"
    return key if len(key) == 1 and key.isprintable() else ""


def _plain(key: str) -> str:
    return key.lower().translate(_LAYOUT)
