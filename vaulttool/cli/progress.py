"""A progress bar for long work: on a terminal only, and only once it takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE = 0.5  # seconds

V = TypeVar("V")


class Progress:
    """A bar that appears after half a second and goes away with the work."""

    def __init__(self, title: str, *, show: bool) -> None:
        self._title = title
        self._show = show and sys.stderr.isatty()
        self._since = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def update(self, done: int, total: int) -> None:
        """Say how far the work has come."""
        if not self._show or time.monotonic() - self._since < PATIENCE:
            return
        if self._bar is None:
            self._start(total)
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=done)

    def _start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        # It goes away again: no part of what is printed, which may be remembered.
        self._bar = Bar(console=Console(file=sys.__stderr__), transient=True)
        self._task = self._bar.add_task(self._title, total=total)
        self._bar.start()


class Watched(Mapping[str, V]):
    """A mapping that tells how many of its values were asked for: a bar for each time through."""

    def __init__(self, values: Mapping[str, V], tell: Callable[[int, int], None]) -> None:
        self._values = values
        self._tell = tell
        self._asked = 0

    def __getitem__(self, key: str) -> V:
        """The value of a key."""
        self._asked += 1
        self._tell(self._asked % len(self._values), len(self._values))
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        """Whether there is one; that asks for none."""
        return key in self._values
