"""What the output is shown on: how wide it is, whether it has colour, whether it has links.

A style never says anything that the words do not: who sees no colour misses nothing. The
colours are the standard ones that can be read on black and on white, so neither yellow nor cyan
nor blue is among them.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from vaulttool.vault.locate import config_folder

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from vaulttool.cli.app import App

TITLE = "bold"
ASIDE = "dim"  # where something stands, how much more there is
PAST = "red"  # what is over its day
ERROR = "red"
WARNING = "magenta"
ADDED = "green"
REMOVED = "red"

_CODES = {"bold": 1, "dim": 2, "red": 31, "green": 32, "magenta": 35}  # the words are rich's, too

ELSEWHERE = 100_000  # columns: lines of their own length, for other programs to search
"""The columns of results that go into a file or to another program."""

# What terminals set that show links (OSC 8); others are not trusted to pass over them.
_WITH_LINKS = (
    *("WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "WEZTERM_PANE", "ALACRITTY_WINDOW_ID"),
    *("DOMTERM", "GHOSTTY_RESOURCES_DIR", "FORCE_HYPERLINK"),
)
_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio")
_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "contour")
_VTE = 5000  # the first version of GNOME's terminal that has them


def is_styled(app: App, stream: TextIO | None = None) -> bool:
    """Whether colour is wanted: a terminal that has it, and nobody said no (no-color.org)."""
    said_no = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return app.color and not said_no and (stream or sys.stdout).isatty()


def has_links(app: App) -> bool:
    """Whether the terminal shows links, as far as the environment tells."""
    vte = os.environ.get("VTE_VERSION", "")
    return is_styled(app) and (
        any(map(os.environ.get, _WITH_LINKS))
        or os.environ.get("TERM_PROGRAM") in _PROGRAMS
        or os.environ.get("TERM") in _TERMS
        or (vte.isdecimal() and int(vte) >= _VTE)
    )


@dataclass(frozen=True, slots=True)
class Styled:
    """A text, and how it looks on a terminal that has styles and links; elsewhere only the text."""

    text: str
    style: str = ""  # one of those above
    link: str = ""  # an address
    short: str = ""  # the same in fewer letters, where that spares a table from being folded

    def __str__(self) -> str:
        return self.text

    def shown(self) -> str:
        """The text with what a terminal makes its looks of."""
        text = painted(self.text, self.style)
        return linked(text, self.link) if self.link else text


def painted(text: str, style: str) -> str:
    """A text in a style."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and text else text


def linked(text: str, target: str) -> str:
    """Make a text a link, by the sequences of OSC 8."""
    return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\"


def address(root: Path, path: str) -> str:
    """The address of a note: Obsidian's (its help page “Obsidian URI”) in a vault of Obsidian."""
    file = (root / path).resolve()
    if not config_folder(root):
        return file.as_uri()
    return f"obsidian://open?path={quote(str(file), safe='')}"


def width() -> int:
    """The columns of the terminal."""
    if not sys.stdout.isatty():
        return ELSEWHERE
    import shutil  # with what it knows of archives

    return shutil.get_terminal_size().columns


def width_of_errors() -> int | None:
    """The columns of the terminal that shows what is said beside the results; None for a file."""
    if not sys.stderr.isatty():
        return None
    if sys.stdout.isatty():
        return width()
    try:
        return os.get_terminal_size(2).columns
    except OSError:
        return None
