"""What is said where the journal cannot be used: what stands in the way, where, what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from vaulttool.errors import VaultError, reason_of
from vaulttool.message import msg

_IN_THE_WAY = frozenset(
    {errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP}
)


def blocked(error: OSError, folder: Path, *, writing: bool) -> VaultError:
    """The error for what the system refused in the folder of the journal."""
    path = Path(error.filename or folder)
    place = next(one for one in (path, *path.parents) if os.path.lexists(one))
    advice = msg("run the command again when that is mended")
    if error.errno in _IN_THE_WAY:
        advice = msg("give yourself access to it, or move it away")
    text = msg("the journal cannot be read: {why} ({place}); {advice}")
    if writing:
        text = msg(
            "the journal cannot be written: {why} ({place}), and no note was changed; {advice}"
        )
    why = reason_of(error)
    return VaultError(msg(text.text, why=why, place=str(place), advice=advice))
