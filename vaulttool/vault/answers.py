"""Answers that were given before: where nothing changed that they depend on, they are given again.

A question's key is a digest of everything that its answer may depend on: of the vault the
listing with all stamps, the bytes of the settings, and the commit that is checked out; of the
program its files and libraries; what else there is, the command line says. The next key differs
where anything does, and an answer that no key names any more is soon replaced by newer ones.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vaulttool.vault.locate import CONFIG_NAME, OBSIDIAN_FILES, config_folder
from vaulttool.vault.parts import made_of, read_parts, write_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaulttool.vault.listing import Folder

ANSWERS = "answers"
"""The file's name in the vault's folder of caches."""

MOST = 1 << 20  # bytes of an answer that is kept
_MANY = 8  # answers that are kept, the newest first
_MAGIC = b"vaulttool said3\n"  # another form of the file has another number
# Where git keeps references together, and what else its history depends on.
_REFERENCES = ("packed-refs", "reftable/tables.list", "shallow", "info/grafts")
_PACKAGE = Path(__file__).parent.parent


def key_of(root: Path, folders: Iterable[Folder], asked: Iterable[object]) -> bytes | None:
    """The key of a question; `asked` is what of it is not in the vault, as plain values.

    None where it cannot be told: what it depends on may not be looked at, or git keeps the
    vault in a way that is not read here.
    """
    try:
        return _key_of(root, folders, asked)
    except OSError:
        return None


def _key_of(root: Path, folders: Iterable[Folder], asked: Iterable[object]) -> bytes | None:
    commit = _commit(root)
    if commit is None:
        return None
    digest = hashlib.blake2b(digest_size=32)
    for part in (*asked, sys.version, sorted(_of_program()), commit, sorted(_of_settings(root))):
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
    for one in sorted(folders, key=lambda folder: folder.path):
        leads = [_end_of_link(f"{root}/{one.inside(name)}") for name in one.links]
        names = (one.path, one.folders, one.read, one.odd, one.others, one.links, leads, one.error)
        digest.update(repr(names).encode("utf-8", "surrogatepass"))
        digest.update(one.stamps)
    return digest.digest()


def _end_of_link(place: str) -> tuple[object, ...]:
    """Where a symbolic link leads, and what is there."""
    return os.path.realpath(place), *_stamp(place)


def find_answer(file: Path, key: bytes) -> tuple[str, str] | None:
    """What a command printed the last time, on both streams; None where it is not known."""
    return next(((out, err) for known, out, err in _load(file) if known == key), None)


def keep_answer(file: Path, key: bytes, out: str, err: str) -> None:
    """Remember an answer."""
    others = [one for one in _load(file) if one[0] != key]
    with contextlib.suppress(OSError):
        write_parts(file, _MAGIC, [(key, out, err), *others[: _MANY - 1]])


def _load(file: Path) -> list[tuple[bytes, str, str]]:
    with contextlib.suppress(ValueError):
        values = [made_of(part) for part in read_parts(file, _MAGIC)]
        return [one for one in values if isinstance(one, tuple) and len(one) == 3]
    return []


def _of_program() -> Iterator[tuple[object, ...]]:
    """The program's own files, and the folders in which libraries are installed or replaced."""
    for folder, _folders, names in os.walk(_PACKAGE):
        for name in names:
            if name.endswith((".py", ".mo")):
                place = f"{folder}/{name}"
                yield place, *_stamp(place)
    for place in (one for one in sys.path if one.endswith("-packages")):
        with contextlib.suppress(OSError):
            yield place, os.stat(place).st_mtime_ns  # noqa: PTH116 - pathlib takes longer


def _of_settings(root: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes of the settings that are there."""
    name = config_folder(root)
    yield "", name.encode("utf-8", "surrogateescape")
    inside = [f"{name}/{one}" for one in OBSIDIAN_FILES] if name else []
    for path in (CONFIG_NAME, *inside):
        found = _bytes(f"{root}/{path}")
        if found is not None:
            yield path, found


def _commit(root: Path) -> tuple[object, ...] | None:
    """By what the checked-out commit is known; None for what only git itself can read."""
    for folder in (root, *root.parents):
        place = f"{folder}/.git"
        if os.path.islink(place) or os.path.isfile(place):  # noqa: PTH113, PTH114 - as above
            return None  # another folder's repository
        head = _bytes(f"{place}/HEAD")
        if head is not None:
            ref = os.fsdecode(head.removeprefix(b"ref:").strip())
            together = [_stamp(f"{place}/{name}") for name in _REFERENCES]
            return head, _bytes(f"{place}/{ref}"), _bytes(f"{place}/config"), *together
    return ()


def _stamp(place: str) -> tuple[int, ...]:
    """What tells of a change of a file or folder; nothing where there is none."""
    try:
        status = os.stat(place)  # noqa: PTH116 - as above
    except OSError:
        return ()
    times = status.st_mtime_ns, status.st_ctime_ns
    return *times, status.st_size, status.st_ino, status.st_mode


def _bytes(file: str) -> bytes | None:
    """The bytes of a regular file; None where there is none."""
    with contextlib.suppress(OSError, ValueError):
        if os.path.isfile(file):  # noqa: PTH113 - as above
            with open(file, "rb") as opened:  # noqa: PTH123 - as above
                return opened.read()
    return None
