"""The vault as it was on a day, from its git history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.errors import VaultError
from vaulttool.index import build
from vaulttool.markdown.canvas import read_canvas
from vaulttool.message import msg
from vaulttool.vault.git import bytes_of, commit_at, files_at
from vaulttool.vault.read import MAX_SIZE, note_of
from vaulttool.vault.settings import read_settings
from vaulttool.vault.walk import walk_list

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from vaulttool.index import Snapshot


def read_vault_at(root: Path, day: date) -> Snapshot:
    """Read the notes as the last commit of a day has them; the settings are those of now.

    Raises `VaultError` where the history has nothing of that day.
    """
    commit = commit_at(root, day)
    if commit is None:
        raise VaultError(msg("the vault's git history has nothing of {date} or before", date=day))
    settings, problems = read_settings(root)
    names = files_at(root, commit)
    found = walk_list(names, settings.ignore, settings.excluded)
    read = bytes_of(root, (names[path] for path in (*found.notes, *found.canvases)))
    data = {path: read.get(names[path], b"") for path in (*found.notes, *found.canvases)}
    small = {path: text if len(text) <= MAX_SIZE else b"" for path, text in data.items()}
    notes = [note_of(path, small[path])[0] for path in found.notes]
    links = {path: read_canvas(path, small[path].decode("utf-8", "replace"))[0]
        for path in found.canvases}  # fmt: skip
    others = (*found.others, *found.excluded, *found.canvases)
    return build(notes, others, settings, problems, links)
