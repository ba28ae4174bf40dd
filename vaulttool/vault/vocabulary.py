"""The words of a vault, for a shell that completes them: as they were when last read.

A shell asks with every press of a key, and may be told of somebody who has just gone.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from vaulttool.later import is_made
from vaulttool.vault.parts import made_of, read_parts, write_parts

if TYPE_CHECKING:
    from pathlib import Path

    from vaulttool.people.agenda import People

VOCABULARY = "vocabulary"
"""The file's name in the vault's folder of caches."""

_MAGIC = b"vaulttool words5"  # another form of the file has another number


def keep_words(file: Path, people: People) -> None:
    """Remember the words of a vault, where they are not known already.

    People who are as they were when last read say nothing new.
    """
    if file.exists() and not is_made(people.snapshot.resolved):
        return
    from vaulttool.people.vocabulary import vocabulary_of  # whoever only asks reads no notes

    words = vocabulary_of(people)
    if words != {kind: known_words(file, kind) for kind in words}:
        with contextlib.suppress(OSError):
            write_parts(file, _MAGIC, [words])


def known_words(file: Path, kind: str) -> list[str]:
    """The words of one kind that were remembered."""
    with contextlib.suppress(ValueError):
        for part in read_parts(file, _MAGIC):
            words = made_of(part)
            return words.get(kind, []) if isinstance(words, dict) else []
    return []
