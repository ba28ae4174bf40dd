"""Putting one file in its place, so that nobody's text is lost.

The new text is prepared beside the note, under a name that Obsidian and sync tools skip. The
note is compared with what was read, and the two names are exchanged in one step. What was
swapped out is looked at again: an editor may have saved in the very moment. Such a text is
merged with the tool's; where that cannot be, it stays, and the tool's text becomes a named
conflict copy. The swapped-out file itself is kept aside for a while, for an editor that had
it open may still write into it.

The note's folder is held meanwhile: a program that puts a link in its place leads nothing out
of the vault.
"""

from __future__ import annotations

import contextlib
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.errors import ChangedError, RefusedError
from vaulttool.filenames import is_conflict_copy
from vaulttool.markdown.conflict import find_conflict
from vaulttool.markdown.inert import has_hidden
from vaulttool.markdown.merge import merge
from vaulttool.message import msg
from vaulttool.vault.change import Change, check_inside
from vaulttool.vault.journal import PRIVATE, RESCUE, Touched
from vaulttool.vault.system import held, read_file, write_new

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from vaulttool.message import Message
    from vaulttool.vault.journal import Journal
    from vaulttool.vault.system import System

SETTLED = 0.3  # seconds for which a note must not have changed
PATIENCE = 5.0  # seconds to wait for that
MERGES = 3  # how often a note may be saved by others while a late text is brought in
TEMPORARY = ".syncthing.vault-"  # how all names of files of the tool in a vault begin
UNFINISHED = "-new.tmp"
ASIDE = "aside"  # the folder, beside the journal, of files that were swapped out
_FORBIDDEN = re.compile(  # by Windows and by Obsidian, and what turns the direction of writing
    r"[:*?\"<>|\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]"
)
_DATALESS = 0x40000000  # SF_DATALESS of macOS: a file that still lies in a cloud


@dataclass(frozen=True, slots=True)
class Swapper:
    """Writes the files of one step."""

    root: Path  # without links: folders are held from there
    journal: Journal
    system: System
    now: datetime
    tell: Callable[[Message], None]  # what the user should hear, though all went well

    # --- Before ---

    def check(self, change: Change) -> None:
        """Refuse a change that cannot be made safely."""
        target = check_inside(self.root, change.path)
        try:
            status = self.system.status(target)
        except (FileNotFoundError, NotADirectoryError):
            status = None
        if status is not None and stat.S_ISLNK(status.st_mode):
            raise RefusedError(msg("{path} is a link to another file, and is not written through:"
                " edit that file", path=change.path))  # fmt: skip
        if (status is None) != (change.before is None):
            raise _changed(change.path)
        if is_conflict_copy(change.path):
            raise RefusedError(msg("{path} is a conflict copy: it is not written",
                path=change.path))  # fmt: skip
        if status is None:
            _check_name(change.path)
            return
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError(msg("{path} is not a regular file", path=change.path))
        if getattr(status, "st_flags", 0) & _DATALESS:
            raise RefusedError(msg("{path} is not on this machine yet", path=change.path))
        if not self.system.may_write(target):
            raise RefusedError(msg("{path} is read-only", path=change.path))
        if line := find_conflict((change.before or b"").decode("utf-8", "replace")):
            raise RefusedError(msg("{path}:{line}: a merge left conflict markers: settle it by"
                " hand first", path=change.path, line=line))  # fmt: skip
        self._compare(target, change)

    def _compare(self, target: Path, change: Change) -> None:
        if read_file(self.system, target) != change.before:
            raise _changed(change.path)

    # --- The three kinds of change ---

    def put(self, change: Change, touched: Touched, *, is_own: bool = False) -> None:
        """Make one change; raises `ChangedError` where the note was saved by others meanwhile.

        A note that is as the tool itself left it (`is_own`) need not come to rest first.
        """
        with self.at(change.path, make=change.before is None) as target:
            temporary = target.with_name(touched.temporary)
            if change.after is None:
                self._remove(target, change)
            elif change.before is None:
                self._create(target, temporary, change.path, change.after)
            else:
                self._replace(target, temporary, change, is_own=is_own)

    @contextlib.contextmanager
    def at(self, path: str, *, make: bool = False) -> Iterator[Path]:
        """Give the file of a path in the vault, with its folder held."""
        target = check_inside(self.root, path)
        with held(self.system, self.root, target.parent, make=make):
            yield target

    def _create(self, target: Path, temporary: Path, path: str, data: bytes) -> None:
        """Make a new note; one that appeared meanwhile is never replaced."""
        self._prepare(temporary, data)
        try:
            try:
                self.system.link(temporary, target)
            except FileExistsError:
                raise _changed(path) from None
            except OSError:  # a file system without hard links
                try:
                    write_new(self.system, target, data)
                except FileExistsError:
                    raise _changed(path) from None
                self._set_usual_mode(target)
        finally:
            self._take_away(temporary)
        self._make_last(target.parent)

    def _remove(self, target: Path, change: Change) -> None:
        """Move a note into the vault's `.trash`, as Obsidian does."""
        trashed = self.root / ".trash" / change.path
        with held(self.system, self.root, trashed.parent, make=True):
            self._compare(target, change)
            self.system.replace(target, self._free_name(trashed))
        self._make_last(target.parent)

    def _replace(self, target: Path, temporary: Path, change: Change, *, is_own: bool) -> None:
        assert change.after is not None  # noqa: S101 - for the type checker
        self._prepare(temporary, change.after, target)
        try:
            if not is_own:
                self._settle(target, temporary, change)
            self._compare(target, change)
            swapped = self._swap(temporary, target)
        except BaseException:
            self._withdraw(temporary, change.after)
            raise
        if swapped:
            self._touch(swapped)
        self._make_last(target.parent)
        if swapped is None:
            return
        try:
            late = read_file(self.system, swapped)
        except OSError:  # a later run will look at it
            return
        if late != change.before:
            self._reconcile(target, swapped, change, late)
        self.keep_aside(swapped)

    def _swap(self, source: Path, target: Path) -> Path | None:
        """Put a file in the place of another; gives where that is now, if it is anywhere."""
        if self.system.exchange(source, target):
            # Some file systems take an exchange for a plain rename: nothing is left then.
            return source if self.system.exists(source) else None
        backup = source.with_name(old_name(source.name))
        try:
            self.system.link(target, backup)
        except FileNotFoundError:
            raise
        except OSError:  # a file system without hard links: its bytes are in the journal
            self.system.replace(source, target)
            return None
        try:
            self.system.replace(source, target)
        except BaseException:  # a second name that is left says that the note was replaced
            self._take_away(backup)
            raise
        return backup

    # --- A save in the very moment ---

    def _reconcile(self, target: Path, swapped: Path, change: Change, late: bytes) -> None:
        """Bring together the tool's text and one that an editor saved over what was read."""
        if self.bring_in(change.path, change.before, late):
            return
        back = self._swap(swapped, target)
        ours = change.after or b""
        copy = self.leave_copy(target, read_file(self.system, back) if back else ours)
        if back:
            self.keep_aside(back)
        raise RefusedError(
            msg("{path} was saved by somebody else in this moment, in the same lines; both texts"
                " are there: compare it with {copy}", path=change.path,
                copy=copy.relative_to(self.root).as_posix())
        )  # fmt: skip

    def bring_in(self, path: str, base: bytes | None, late: bytes) -> bool:
        """Bring a text that was saved into a swapped-out file into its note, if they go together.

        That is a step of its own: what is taken back with the command's is the command's alone.
        """
        self.journal.keep(late)
        target = check_inside(self.root, path)
        for _ in range(MERGES):
            try:
                current = read_file(self.system, target)
            except OSError:
                return False
            merged = None if base is None else _merged(Change(path, base, current), late)
            if merged is None:
                return False
            if merged == current:
                return True
            touched = Touched(path, self.journal.keep(current), self.journal.keep(merged),
                temporary_name(self.system))  # fmt: skip
            step = self.journal.begin(self.now, RESCUE, [touched])
            with contextlib.suppress(ChangedError):
                self.put(Change(path, current, merged), touched)
                self.journal.end(step, [touched])
                self.tell(msg("{path}: a text that was saved while the tool wrote is brought in",
                    path=path))  # fmt: skip
                return True
            self.journal.end(step, [])
        return False

    def leave_copy(self, target: Path, data: bytes) -> Path:
        """Leave a text beside a note, under a name that says what it is."""
        name = f"{target.stem} (vault conflict {self.now:%Y-%m-%d %H%M%S}){target.suffix}"
        copy = self._free_name(target.with_name(name))
        write_new(self.system, copy, data)
        with contextlib.suppress(OSError):
            self.system.copy_attributes(target, copy)
        return copy

    def _free_name(self, path: Path) -> Path:
        free, number = path, 1
        while self.system.exists(free):
            free, number = path.with_name(f"{path.stem} {number}{path.suffix}"), number + 1
        return free

    def keep_aside(self, swapped: Path) -> None:
        """Keep a swapped-out file outside the vault until nobody can write into it any more."""
        self._touch(swapped)  # the time begins now
        # Another disk: it stays where it is, hidden, until a later run has looked at it.
        with contextlib.suppress(OSError):
            self.system.make_folder(self.journal.folder / ASIDE, PRIVATE)
            self.system.replace(swapped, self.journal.folder / ASIDE / swapped.name)

    def _touch(self, swapped: Path) -> None:
        """Make a swapped-out file look new: Syncthing clears away what is a day old."""
        with contextlib.suppress(OSError):
            self.system.touch(swapped)

    # --- Preparing ---

    def _prepare(self, temporary: Path, data: bytes, like: Path | None = None) -> None:
        """Make a file beside the note; under its name it is always complete.

        What is left under another name after a crash is then known to be nobody's text.
        """
        unfinished = temporary.with_name(unfinished_name(temporary.name))
        write_new(self.system, unfinished, data)
        try:
            if like is None:
                self._set_usual_mode(unfinished)
            else:
                self.system.copy_attributes(like, unfinished)
            self.system.replace(unfinished, temporary)
        except BaseException:
            self._take_away(unfinished)
            raise

    def _withdraw(self, temporary: Path, data: bytes) -> None:
        """Take away what was prepared, if it is that still, and not a note just swapped out."""
        with contextlib.suppress(OSError):
            if read_file(self.system, temporary) == data:
                self.system.unlink(temporary)

    def _take_away(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            self.system.unlink(path)

    def _set_usual_mode(self, path: Path) -> None:
        self.system.set_mode(path, 0o666 & ~self.system.umask())

    def _make_last(self, folder: Path) -> None:
        """Make new names last through a power cut; the note is written, also where this fails."""
        with contextlib.suppress(OSError):
            self.system.sync_folder(folder)

    def _settle(self, target: Path, temporary: Path, change: Change) -> None:
        """Wait while somebody is writing the note; raises `ChangedError` once she has.

        Its age is told by the file just made: so no clock but the file system's own is asked.
        """
        made = self.system.status(temporary).st_mtime_ns
        waited = 0.0
        while waited < PATIENCE:
            age = round((made - self.system.status(target).st_mtime_ns) / 1e9 + waited, 6)
            if not 0 <= age < SETTLED:
                return
            self.system.wait(SETTLED - age)
            waited += SETTLED - age
            self._compare(target, change)


def old_name(temporary: str) -> str:
    """The name of what was replaced, where names cannot be exchanged."""
    return f"{temporary.removesuffix('.tmp')}-old.tmp"


def stem_of(temporary: str) -> str:
    """What all names of one change's files have in common."""
    return temporary.removesuffix(".tmp").removesuffix("-new").replace("-old", "")


def unfinished_name(temporary: str) -> str:
    """The name of what is not wholly written yet."""
    return f"{temporary.removesuffix('.tmp')}{UNFINISHED}"


def temporary_name(system: System) -> str:
    """A name that Syncthing skips for its beginning, iCloud for its end, Obsidian for its dot."""
    return f"{TEMPORARY}{system.unique()}.tmp"


def _merged(change: Change, late: bytes) -> bytes | None:
    """Merge the tool's text with a late one; None where they touch the same lines."""
    try:
        base, ours, theirs = (
            (data or b"").decode("utf-8") for data in (change.before, change.after, late)
        )
    except UnicodeDecodeError:
        return None
    found = merge(base, ours, theirs)
    return None if found is None else found.encode("utf-8")


def _check_name(path: str) -> None:
    """Refuse a new note whose name some system, or Obsidian, cannot have."""
    if has_hidden(path) or _FORBIDDEN.search(path):
        raise RefusedError(
            msg("{path}: a new note cannot have such a name: leave out signs such as : ? * and"
                " those that are not seen", path=path)
        )  # fmt: skip


def _changed(path: str) -> ChangedError:
    return ChangedError(
        msg("{path} changed while it was being read: nothing was written; run again", path=path)
    )
