"""The names in a vault, for a shell that completes them: as they were when last read.

A shell asks with every press of a key, and may be told of somebody who has just gone.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from vaulttool.vault.parts import made_of, read_parts, write_parts

if TYPE_CHECKING:
    from pathlib import Path

    from vaulttool.people.agenda import People

VOCABULARY = "vocabulary"
"""The file's name in the vault's folder of caches."""

_MAGIC = b"vaulttool words\n"


def keep_names(file: Path, people: People) -> None:
    """Remember the names and aliases of all contacts, where they are not known already."""
    contacts = people.contacts.values()
    names = sorted({name for one in contacts for name in (one.name, *one.aliases)})
    if names != known_names(file):
        with contextlib.suppress(OSError):
            write_parts(file, _MAGIC, [names])


def known_names(file: Path) -> list[str]:
    """The names that were remembered."""
    with contextlib.suppress(ValueError):
        for part in read_parts(file, _MAGIC):
            names = made_of(part)
            return names if isinstance(names, list) else []
    return []
