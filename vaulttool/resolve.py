"""Which file a link's target names, as Obsidian finds it.

Names are compared in one form, NFC and case-folded; files keep the spelling they have on
disk. The rules were observed in Obsidian 1.13 (`getFirstLinkpathDest`), but for two that
are stricter here: a target ends a path at a `/`, and a folder is not another one whose
name begins alike.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice, takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING

from vaulttool.later import made

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


MAX_ANSWERS = 4  # of several that are as good: enough to show, and to say that there are more


def path_key(path: str) -> str:
    """The form in which paths are compared: NFC, case-folded (Obsidian compares lower-cased)."""
    return composed(path).casefold()


def composed(path: str) -> str:
    """A path in NFC, the form in which Obsidian lists it; some systems store it decomposed."""
    return unicodedata.normalize("NFC", path)


def name_key(path: str) -> str:
    """The last part of a path or a link, without `.md`, in comparable form."""
    return path_key(_name(path)).removesuffix(".md")


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _length(path: str) -> int:
    """A path's length as JavaScript counts it: in UTF-16 units."""
    return len(composed(path).encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a vault, notes and others, by what a link may call them.

    Names that many files share (`index.md`) must not make every link to one of them a walk
    through all: so endings of two parts are known as well, and the paths of an ending are at
    hand in two orders.
    """

    by_path: Mapping[str, tuple[str, ...]]  # path_key -> the path; several are twins
    by_ending: Mapping[str, tuple[str, ...]]  # the last one or two parts -> the shortest first
    in_order: Mapping[str, tuple[str, ...]]  # where an ending has several: their path_keys

    def with_path(self, path: str) -> Files:
        """Give the files with one more."""
        known = self.by_path.get(path_key(path), ())
        return self if path in known else self._changed(path, {path})

    def without_path(self, path: str) -> Files:
        """Give the files with one less."""
        return self._changed(path, set())

    def _changed(self, path: str, added: set[str]) -> Files:
        by_path, by_ending = dict(made(self.by_path)), dict(made(self.by_ending))
        in_order = dict(made(self.in_order))
        key = path_key(path)
        _set(by_path, key, _shortest_first({*by_path.get(key, ())} - {path} | added))
        for ending in _endings(key):
            paths = {*by_ending.get(ending, ())} - {path} | added
            _set(by_ending, ending, _shortest_first(paths))
            _set(in_order, ending, _keys_in_order(paths))
        return Files(*map(MappingProxyType, (by_path, by_ending, in_order)))

    def near(self, ending: str, folder: str) -> list[str]:
        """The paths of an ending (of one or two parts) below a folder, in comparable form."""
        keys = self.in_order.get(ending)
        if keys is None or not folder:
            return [path for path in self.by_ending.get(ending, ()) if _is_below(path, folder)]
        start = bisect_left(keys, f"{folder}/")
        end = bisect_left(keys, f"{folder}0")  # the sign after the slash
        return list(_shortest_first(path for key in keys[start:end] for path in self.by_path[key]))


def _is_below(path: str, folder: str) -> bool:
    return not folder or path_key(path).startswith(f"{folder}/")


def _set(mapping: dict[str, tuple[str, ...]], key: str, paths: tuple[str, ...]) -> None:
    if paths:
        mapping[key] = paths
    else:
        mapping.pop(key, None)


def _endings(key: str) -> list[str]:
    """The last part of a path, and the last two where there are two."""
    parts = key.rsplit("/", 2)
    return [parts[-1], f"{parts[-2]}/{parts[-1]}"] if len(parts) > 1 else parts


def files_of(paths: Iterable[str]) -> Files:
    """Arrange the paths of a vault's files."""
    by_path: dict[str, list[str]] = {}
    by_ending: dict[str, list[str]] = {}
    for path in paths:
        key = path_key(path)
        by_path.setdefault(key, []).append(path)
        for ending in _endings(key):
            by_ending.setdefault(ending, []).append(path)
    in_order: dict[str, tuple[str, ...]] = {}
    for ending, found in by_ending.items():
        if len(found) > 1:
            _set(in_order, ending, _keys_in_order(found))
    return Files(
        _shortest_first_each(by_path), _shortest_first_each(by_ending), MappingProxyType(in_order)
    )


def _shortest_first_each(paths: dict[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {key: tuple(found) if len(found) == 1 else _shortest_first(found)
         for key, found in paths.items()}
    )  # fmt: skip


def _shortest_first(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths, key=lambda path: (_length(path), path)))


def _keys_in_order(paths: Iterable[str]) -> tuple[str, ...]:
    """The comparable forms of several paths, in order; nothing for a single one."""
    keys = sorted({path_key(path) for path in paths})
    return tuple(keys) if len(keys) > 1 else ()


def resolve(target: str, source: str, files: Files) -> str | None:
    """Find the file that a link in the file `source` leads to; None where there is none."""
    found = answers(target, source, files)
    return found[0] if found else None


def leads_alike(target: str, files: Files) -> bool:
    """Whether a target leads to the same file from every folder: few have two of one name."""
    wanted = path_key(target)
    return (
        bool(wanted)
        and not wanted.startswith(("./", "../"))
        and all(
            len(files.by_ending.get(_endings(spelled)[-1], ())) <= 1
            for spelled in (wanted, f"{wanted}.md")
        )
    )


def answers(target: str, source: str, files: Files) -> tuple[str, ...]:
    """Find files that answer to a target equally well; the first is the one that is taken.

    1. No target: the source itself.
    2. The path as written, and only if nothing answers the path with `.md` after it.
    3. Whatever the case (`path_key`).
    4. `./` and `../` at the beginning start from the source's folder.
    5. The exact path wins; after a leading `/` nothing else will do.
    6. Else every file whose path ends with the target.
    7. Of those, the files under the source's own folder come first.
    8. Then the shortest path.
    9. Of several just as short the first in the alphabet. Obsidian's own choice is not
       stable there, so `vault check` reports them.
    10. Aliases never answer: they are not asked.
    11. Attachments answer by the same rules, with their extension.
    """
    if not target:
        return (source,)
    folder = path_key(source.rpartition("/")[0])
    wanted = _from_folder(folder, path_key(target))
    for spelled in (wanted, wanted + ".md"):
        found = files.by_path.get(spelled.removeprefix("/")) or _by_ending(spelled, folder, files)
        if found:
            return found
    return ()


def _from_folder(folder: str, target: str) -> str:
    """Resolve the dots that a target begins with; above the top there is only the top."""
    if not target.startswith(("./", "../")):
        return target
    dots, slash, rest = target.partition("/")
    while slash and dots in (".", ".."):
        folder = folder.rpartition("/")[0] if dots == ".." else folder
        target = rest
        dots, slash, rest = target.partition("/")
    return f"{folder}/{target}" if folder else target


def _by_ending(spelled: str, folder: str, files: Files) -> tuple[str, ...]:
    """Find the best files whose path ends so: near ones first, then the shortest.

    None ends with a target that begins with a slash.
    """
    known = _endings(spelled)[-1]
    everywhere = files.by_ending.get(known, ())
    whole = spelled.count("/") < 2  # the ending says all
    if len(everywhere) < 2 and whole:
        return everywhere
    if beside := files.by_path.get(f"{folder}/{spelled}" if folder else spelled):
        return beside
    found: Iterable[str] = files.near(known, folder) or everywhere
    if not whole:
        found = [path for path in found if _ends(path, spelled)] or [
            path for path in everywhere if _ends(path, spelled)
        ]
    least = next((_length(path) for path in found), 0)
    return tuple(islice(takewhile(lambda path: _length(path) == least, found), MAX_ANSWERS))


def _ends(path: str, spelled: str) -> bool:
    return path_key(path).endswith(f"/{spelled}")
