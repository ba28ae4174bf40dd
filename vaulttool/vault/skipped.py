"""Who was skipped in an earlier round of `vault triage`: they come last in the next one."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NAME = "skipped.json"


def read_skipped(state: Path) -> set[str]:
    """The paths of the contacts; none where the file is not there or cannot be read."""
    try:
        found = json.loads((state / _NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    return {path for path in found if isinstance(path, str)} if isinstance(found, list) else set()


def write_skipped(state: Path, paths: Iterable[str]) -> None:
    """Remember them; that this fails is no reason to stop."""
    with contextlib.suppress(OSError):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = state / f"{_NAME}.new"
        temporary.write_text(json.dumps(sorted(paths), ensure_ascii=False), "utf-8")
        temporary.replace(state / _NAME)
