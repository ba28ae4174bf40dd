"""Finding the vault: the folder that a command works on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

CONFIG_NAME = "vaulttool.toml"
_CONFIG_FOLDER = ".obsidian"
PLUGINS = ("templater-obsidian", "obsidian-tasks-plugin", "periodic-notes")
OBSIDIAN_FILES = (
    *("app.json", "templates.json", "types.json", "daily-notes.json"),
    *("core-plugins.json", "community-plugins.json"),
    *(f"plugins/{name}/data.json" for name in PLUGINS),
)
"""What is read of the configuration folder."""
# Where the XDG Base Directory Specification puts what no variable puts elsewhere.
_ON_LINUX = {"cache": ".cache", "config": ".config", "state": ".local/state"}


def find_vault(given: str | None, environ: Mapping[str, str], start: Path) -> Path:
    """Find the vault's folder.

    `given` (from `--vault`), else `$VAULT_DIR`, else the nearest parent of `start` with
    `.obsidian/` or `vaulttool.toml`, else the default in the user's configuration.
    Raises `UsageError` where a named folder is none, `VaultNotFoundError` where nothing
    is found.
    """
    if given is not None:
        return _folder(given, "--vault")
    if named := environ.get("VAULT_DIR"):
        return _folder(named, "$VAULT_DIR")
    for folder in (start, *start.parents):
        if is_vault(folder):
            return folder
    default = default_vault(user_config_file(environ))
    if default:
        return _folder(default, str(user_config_file(environ)))
    from vaulttool.errors import VaultNotFoundError
    from vaulttool.message import msg

    raise VaultNotFoundError(
        msg(
            "no vault here: {folder} has no .obsidian folder, nor has a folder above it;"
            " `vault init` in the folder of your notes makes it a vault, or name one with --vault"
            " or $VAULT_DIR",
            folder=str(start),
        )
    )


def new_vault(start: Path) -> Path:
    """Take a folder for a new vault, though it is not marked as one.

    Raises `VaultNotFoundError` for a home folder and for the root of a file system: nobody
    means all that is in there.
    """
    here = start.resolve()
    if here in (_home().resolve(), Path(here.anchor)):
        from vaulttool.errors import VaultNotFoundError
        from vaulttool.message import msg

        raise VaultNotFoundError(
            msg(
                "no vault here, and {folder} is made none unless it is named: go to the folder of"
                " your notes, or name one with --vault or $VAULT_DIR",
                folder=str(here),
            )
        )
    return here


def is_vault(folder: Path) -> bool:
    """Whether a folder is marked as a vault."""
    return config_folder(folder).startswith(_CONFIG_FOLDER) or (folder / CONFIG_NAME).is_file()


def config_folder(root: Path) -> str:
    """Give the name of Obsidian's configuration folder; "" where there is none.

    It is `.obsidian`, unless the user has renamed it: then any hidden folder with Obsidian's
    `app.json`, first of all one whose name begins as the old one's.
    """
    if (root / _CONFIG_FOLDER).is_dir():
        return _CONFIG_FOLDER
    try:
        renamed = [path.parent.name for path in root.glob(".*/app.json")]
    except OSError:
        return ""
    return min(renamed, key=lambda name: (not name.startswith(_CONFIG_FOLDER), name), default="")


def user_config_file(environ: Mapping[str, str]) -> Path:
    """The user's own configuration, of which `vault = "…"` names the default vault."""
    return _own_folder(environ, "config") / "config.toml"


def state_folder(environ: Mapping[str, str], root: Path) -> Path:
    """Where the tool keeps the journal of a vault: outside of it, in a folder of the user's own."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()
    return _own_folder(environ, "state") / f"{root.name}-{name[:16]}"


def cache_folder(environ: Mapping[str, str], root: Path) -> Path:
    """Where the tool keeps what it read of a vault, in the user's cache folder."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()
    return _own_folder(environ, "cache") / f"{root.name}-{name[:16]}"


def socket_file(environ: Mapping[str, str], root: Path) -> Path:
    """Where a watch of the vault answers; its path has to be short (107 bytes on Linux)."""
    runtime = environ.get("XDG_RUNTIME_DIR")
    folder = Path(runtime) / "vaulttool" if runtime else state_folder(environ, root).parent
    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()
    return folder / f"{name[:16]}.sock"


def _own_folder(environ: Mapping[str, str], kind: Literal["cache", "config", "state"]) -> Path:
    """The tool's folder among the user's own, of one kind."""
    home = environ.get(f"XDG_{kind.upper()}_HOME")
    if home:
        return Path(home) / "vaulttool"
    if sys.platform == "linux":
        folder = _home() / _ON_LINUX[kind] / "vaulttool"
    else:
        import platformdirs  # takes a while

        folder = getattr(platformdirs, f"user_{kind}_path")("vaulttool")
    return folder


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        from vaulttool.errors import UsageError
        from vaulttool.message import msg

        raise UsageError(msg("no home folder is known: set $HOME to one of your own")) from None


def default_vault(config: Path) -> str | None:
    """The default vault that the user's configuration names, if it can be read."""
    import tomllib  # hardly anybody has the file

    try:
        vault = tomllib.loads(config.read_text("utf-8")).get("vault")
    except (OSError, ValueError):
        return None
    return vault if isinstance(vault, str) else None


def _folder(name: str, where: str) -> Path:
    folder = Path(name)
    with contextlib.suppress(RuntimeError):  # `~somebody` who is not there
        folder = folder.expanduser()
    if not name or not folder.is_dir():
        from vaulttool.errors import UsageError
        from vaulttool.message import msg

        raise UsageError(msg("{where} names no folder: {folder}", where=where, folder=name or '""'))
    return folder.resolve()
