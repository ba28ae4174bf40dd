"""What the name of a file tells: that a sync tool made it because two versions met."""

from __future__ import annotations

import re

_CONFLICT = re.compile(
    r"\.sync-conflict-\d{8}-\d{6}"  # Syncthing
    r"|\((?:.*\b)?conflicted copy\b.*\)"  # Obsidian Sync, Dropbox, Nextcloud
    r"|\(.*конфликтующая копия.*\)"
    r"|\(vault conflict \d{4}-\d{2}-\d{2} \d{6}\)",  # this tool
    re.IGNORECASE,
)


def is_conflict_copy(path: str) -> bool:
    """Whether a file is one of two versions that met."""
    return bool(_CONFLICT.search(path.rpartition("/")[2]))
