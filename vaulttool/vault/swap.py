"""Putting one file in its place, so that nobody's text is lost.

The new text is prepared beside the note, under a name that Obsidian and sync tools skip. The
note is compared with what was read, and the two names are exchanged in one step. What was
swapped out is looked at again: an editor may have saved in the very moment. Such a text is
merged with the tool's; where that cannot be, it stays, and the tool's text becomes a named
conflict copy. The swapped-out file itself is kept aside for a while, for an editor that had
it open may still write into it.
"""

from __future__ import annotations

import contextlib
import stat
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vaulttool.errors import ChangedError, RefusedError
from vaulttool.filenames import is_conflict_copy
from vaulttool.markdown.merge import merge
from vaulttool.message import msg
from vaulttool.vault.change import Change, check_inside
from vaulttool.vault.journal import Touched
from vaulttool.vault.system import read_file, write_new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from vaulttool.vault.journal import Journal
    from vaulttool.vault.system import System

SETTLED = 0.3  # seconds for which a note must not have changed
PATIENCE = 5.0  # seconds to wait for that
MERGES = 3  # how often a note may be saved by others while it is written
_DATALESS = 0x40000000  # SF_DATALESS of macOS: a file that still lies in a cloud


@dataclass(frozen=True, slots=True)
class Swapper:
    """Writes the files of one step."""

    root: Path
    journal: Journal
    system: System
    now: datetime

    # --- Before ---

    def check(self, change: Change) -> None:
        """Refuse a change that cannot be made safely."""
        target = check_inside(self.root, change.path)
        try:
            status = self.system.status(target)
        except (FileNotFoundError, NotADirectoryError):
            status = None
        if (status is None) != (change.before is None):
            raise _changed(change.path)
        if is_conflict_copy(change.path):
            raise RefusedError(msg("{path} is a conflict copy: it is not written",
                path=change.path))  # fmt: skip
        if status is None:
            return
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError(msg("{path} is not a regular file", path=change.path))
        if getattr(status, "st_flags", 0) & _DATALESS:
            raise RefusedError(msg("{path} is not on this machine yet", path=change.path))
        if not self.system.may_write(target):
            raise RefusedError(msg("{path} is read-only", path=change.path))
        if read_file(self.system, target) != change.before:
            raise _changed(change.path)

    # --- The three kinds of change ---

    def put(self, change: Change, touched: Touched) -> Touched:
        """Make one change; gives what became of it."""
        target = check_inside(self.root, change.path)
        temporary = target.with_name(touched.temporary)
        if change.after is None:
            self._remove(target, change)
        elif change.before is None:
            self._create(target, temporary, change.after)
        else:
            return self._replace(target, temporary, change, touched)
        return touched

    def _create(self, target: Path, temporary: Path, data: bytes) -> None:
        """Make a new note; one that appeared meanwhile is never replaced."""
        path = target.relative_to(self.root).as_posix()
        self.system.make_folder(target.parent, 0o777)
        with self._prepared(temporary, data):
            self.system.set_mode(temporary, 0o666 & ~self.system.umask())
            try:
                self.system.link(temporary, target)
            except FileExistsError:
                raise _changed(path) from None
            except OSError:  # a file system without hard links
                try:
                    write_new(self.system, target, data)
                except FileExistsError:
                    raise _changed(path) from None
            self.system.unlink(temporary)
        self.system.sync_folder(target.parent)

    def _remove(self, target: Path, change: Change) -> None:
        """Move a note into the vault's `.trash`, as Obsidian does."""
        if read_file(self.system, target) != change.before:
            raise _changed(change.path)
        trashed = self._free_name(self.root / ".trash" / change.path)
        self.system.make_folder(trashed.parent, 0o777)
        self.system.replace(target, trashed)
        self.system.sync_folder(target.parent)

    def _replace(
        self, target: Path, temporary: Path, change: Change, touched: Touched, merges: int = MERGES
    ) -> Touched:
        assert change.after is not None  # noqa: S101 - for the type checker
        with self._prepared(temporary, change.after):
            self.system.copy_attributes(target, temporary)
            self._settle(target, temporary)
            if read_file(self.system, target) != change.before:
                raise _changed(change.path)
            if self.system.exchange(temporary, target):
                # Some file systems take an exchange for a plain rename: nothing is left then.
                swapped = temporary if self.system.exists(temporary) else None
            else:
                swapped = self._replace_by_link(target, temporary)
        self.system.sync_folder(target.parent)
        if swapped is None:
            return touched
        late = read_file(self.system, swapped)
        if late == change.before:
            self._keep_aside(swapped)
            return touched
        return self._reconcile(target, swapped, change, late, touched, merges)

    def _replace_by_link(self, target: Path, temporary: Path) -> Path | None:
        """Replace a file where names cannot be exchanged; gives what was there, if it can."""
        backup: Path | None = temporary.with_name(old_name(temporary.name))
        try:
            self.system.link(target, temporary.with_name(old_name(temporary.name)))
        except OSError:  # a file system without hard links: its bytes are in the journal
            backup = None
        self.system.replace(temporary, target)
        return backup

    # --- A save in the very moment ---

    def _reconcile(
        self, target: Path, swapped: Path, change: Change, late: bytes, touched: Touched,
        merges: int,
    ) -> Touched:  # fmt: skip
        """Bring together the tool's text and one that an editor saved over what was read."""
        self.journal.keep(late)
        merged = _merged(change, late)
        if merged is not None and merges:
            again = Change(change.path, change.after, merged)
            temporary = target.with_name(temporary_name(self.system))
            after = self.journal.keep(merged)
            try:
                done = self._replace(target, temporary, again, replace(touched, after=after),
                    merges - 1)  # fmt: skip
            except ChangedError:  # saved once more: what is there now is newer than both
                self._leave_copy(target, late)
                raise
            self._keep_aside(swapped)
            return done
        if self.system.exchange(swapped, target):
            copy = self._leave_copy(target, read_file(self.system, swapped))
            self._keep_aside(swapped)
        else:
            copy = self._leave_copy(target, late)
        raise ChangedError(
            msg("{path} was saved by somebody else in this moment, in the same lines; both texts"
                " are there: compare it with {copy}", path=change.path,
                copy=copy.relative_to(self.root).as_posix())
        )  # fmt: skip

    def bring_in(self, path: str, base: bytes | None, late: bytes) -> None:
        """Bring a text that was saved into a swapped-out file into its note, or beside it."""
        target = check_inside(self.root, path)
        self.journal.keep(late)
        try:
            current = read_file(self.system, target)
        except OSError:
            current = None
        if current is None or base is None:
            self._leave_copy(target, late)
            return
        merged = _merged(Change(path, base, current), late)
        if merged == current:
            return
        if merged is None:
            self._leave_copy(target, late)
            return
        touched = Touched(path, self.journal.keep(current), self.journal.keep(merged),
            temporary_name(self.system))  # fmt: skip
        step = self.journal.begin(self.now, "rescue", [touched])
        done = self.put(Change(path, current, merged), touched)
        self.journal.end(step, [done])

    def _leave_copy(self, target: Path, data: bytes) -> Path:
        """Leave a text beside a note, under a name that says what it is."""
        name = f"{target.stem} (vault conflict {self.now:%Y-%m-%d %H%M%S}){target.suffix}"
        copy = self._free_name(target.with_name(name))
        write_new(self.system, copy, data)
        if self.system.exists(target):
            self.system.copy_attributes(target, copy)
        return copy

    def _free_name(self, path: Path) -> Path:
        free, number = path, 1
        while self.system.exists(free):
            free, number = path.with_name(f"{path.stem} {number}{path.suffix}"), number + 1
        return free

    def _keep_aside(self, swapped: Path) -> None:
        """Keep a swapped-out file outside the vault until nobody can write into it any more."""
        folder = self.journal.folder / "aside"
        self.system.make_folder(folder, 0o700)
        # Another disk: it stays where it is, hidden, until a later run has looked at it.
        with contextlib.suppress(OSError):
            self.system.touch(swapped)  # sync tools clear away what looks old
            self.system.replace(swapped, folder / swapped.name)

    # --- Preparing ---

    @contextlib.contextmanager
    def _prepared(self, temporary: Path, data: bytes) -> Iterator[None]:
        """A file beside the note; it is gone again where the change is not made."""
        write_new(self.system, temporary, data)
        try:
            yield
        except Exception:
            with contextlib.suppress(OSError):
                self.system.unlink(temporary)
            raise

    def _settle(self, target: Path, temporary: Path) -> None:
        """Wait while somebody is writing the note.

        Its age is told by the file just made: so no clock but the file system's own is asked.
        """
        made = self.system.status(temporary).st_mtime_ns
        waited = 0.0
        while waited < PATIENCE:
            age = (made - self.system.status(target).st_mtime_ns) / 1e9 + waited
            if not 0 <= age < SETTLED:
                return
            self.system.wait(SETTLED - age)
            waited += SETTLED - age


def old_name(temporary: str) -> str:
    """The name of what was replaced, where names cannot be exchanged."""
    return f"{temporary.removesuffix('.tmp')}-old.tmp"


def temporary_name(system: System) -> str:
    """A name that Syncthing skips for its beginning, iCloud for its end, Obsidian for its dot."""
    return f".syncthing.vault-{system.unique()}.tmp"


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


def _changed(path: str) -> ChangedError:
    return ChangedError(
        msg("{path} changed while it was being read: nothing was written; run again", path=path)
    )
