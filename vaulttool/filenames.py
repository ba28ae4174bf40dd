"""File names: what they tell, and names that every system and Obsidian's links can carry."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from collections.abc import Iterable

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


# --- Making names --------------------------------------------------------------------------

MAX_BYTES = 200  # most systems take 255; sync tools add to the names of their copies
NAMELESS = "_"
# Reserved by a system (`/ \ : * ? " < > |`) or by Obsidian's links (`[ ] # ^ |`), and what
# would mean something in a note that links to the name.
_INSTEAD = str.maketrans(
    {"/": "-", "\\": "-", ":": "-", "|": "-", '"': "'", "`": "'", "[": "(", "]": ")",
     "<": "(", ">": ")", "*": None, "?": None, "#": None, "^": None}
)  # fmt: skip
# Not the two joiners: they make one emoji of several, and Persian writes them.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    r"\ud800-\udfff]"
)
# Of Windows; with an ending too, and whatever their case.
_DEVICE = re.compile(
    r"\A(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])(?=\s*(?:\.|\Z))",
    re.IGNORECASE,
)
_OF_COPIES = re.compile(r"[()]|\.(?=sync-conflict)", re.IGNORECASE)
_JOINER = "\u200d"
_PART_OF_EMOJI = re.compile("[\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # two make one flag


def safe_name(text: str) -> str:
    """Make a name for a note, without its `.md`, of any text.

    It can be written on every system, and a link can carry it. Two texts may come to one
    name: `clash` tells.
    """
    words = _UNSEEN.sub(" ", text).translate(_INSTEAD)
    words = re.sub(r"%+(?=[%)])", "", words)  # a comment, and the end of Templater's code
    name = unicodedata.normalize("NFC", " ".join(words.split()))
    if is_conflict_copy(name):  # such a note would never be read
        name = " ".join(_OF_COPIES.sub(" ", name).split())
    return _cut(_DEVICE.sub(r"\1_", name.lstrip(" .~"))) or NAMELESS


def _cut(name: str) -> str:
    """Cut a name to `MAX_BYTES` between two graphemes; it ends in no dot and no space."""
    size = end = 0
    for place, char in enumerate(name):
        size += len(char.encode("utf-8"))
        if not _continues(name, place):
            end = place
        if size > MAX_BYTES:
            name = name[: end or place]
            break
    return name.rstrip(" .")


def _continues(name: str, place: int) -> bool:
    """Whether a sign belongs to the one before: an accent, a shade, a part of an emoji or flag."""
    char = name[place]
    if unicodedata.category(char).startswith("M") or _PART_OF_EMOJI.match(char):
        return True
    before = name[:place]
    flags = len(before) - len(before.rstrip(_FLAGS))
    return before.endswith(_JOINER) or (char in _FLAGS and flags % 2 == 1)


def clash(path: str, paths: Iterable[str]) -> str | None:
    """Find the path that some system cannot keep beside this one.

    That is one told from it by nothing but case, or by how its accents are stored.
    """
    wanted = path_key(path)
    return next((other for other in paths if path_key(other) == wanted), None)
