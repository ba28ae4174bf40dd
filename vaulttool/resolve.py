"""Which file a link's target names, as Obsidian finds it.

Names are compared in one form, NFC and case-folded; files keep the spelling they have on
disk. The rules were observed in Obsidian 1.13 (`getFirstLinkpathDest`), but for two that
are stricter here: a target ends a path at a `/`, and a folder is not another one whose
name begins alike.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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
    """The files of a vault, notes and others, by what a link may call them."""

    by_path: Mapping[str, tuple[str, ...]]  # path_key -> the path; several are twins
    by_name: Mapping[str, tuple[str, ...]]  # path_key of the name -> paths, the shortest first

    def with_path(self, path: str) -> Files:
        """Give the files with one more."""
        known = self.by_path.get(path_key(path), ())
        return self if path in known else self._changed(path, add=True)

    def without_path(self, path: str) -> Files:
        """Give the files with one less."""
        return self._changed(path, add=False)

    def _changed(self, path: str, *, add: bool) -> Files:
        by_path, by_name = dict(self.by_path), dict(self.by_name)
        for mapping, key in ((by_path, path_key(path)), (by_name, path_key(_name(path)))):
            paths = {*mapping.pop(key, ())} - {path} | ({path} if add else set())
            if paths:
                mapping[key] = _shortest_first(paths)
        return Files(MappingProxyType(by_path), MappingProxyType(by_name))


def files_of(paths: Iterable[str]) -> Files:
    """Arrange the paths of a vault's files."""
    by_path: dict[str, list[str]] = {}
    by_name: dict[str, list[str]] = {}
    for path in paths:
        by_path.setdefault(path_key(path), []).append(path)
        by_name.setdefault(path_key(_name(path)), []).append(path)
    return Files(_frozen(by_path), _frozen(by_name))


def _frozen(paths: dict[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {key: tuple(found) if len(found) == 1 else _shortest_first(found)
         for key, found in paths.items()}
    )  # fmt: skip


def _shortest_first(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths, key=lambda path: (_length(path), path)))


def resolve(target: str, source: str, files: Files) -> str | None:
    """Find the file that a link in the file `source` leads to; None where there is none."""
    found = answers(target, source, files)
    return found[0] if found else None


def answers(target: str, source: str, files: Files) -> tuple[str, ...]:
    """Find the files that answer to a target equally well; the first is the one that is taken.

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
    rest = target.removeprefix("./")
    while rest.startswith("../"):
        rest = rest.removeprefix("../")
        folder = folder.rpartition("/")[0]
    return f"{folder}/{rest}" if folder else rest


def _by_ending(spelled: str, folder: str, files: Files) -> tuple[str, ...]:
    """Find the best files whose path ends so: near ones first, then the shortest.

    None ends with a target that begins with a slash.
    """
    near = f"{folder}/" if folder else ""
    if beside := files.by_path.get(near + spelled):
        return beside
    ending = "/" + spelled
    found = [path for path in files.by_name.get(_name(spelled), ())
             if path_key(path).endswith(ending)]  # fmt: skip
    found = [path for path in found if path_key(path).startswith(near)] or found
    return tuple(path for path in found if _length(path) == _length(found[0]))
