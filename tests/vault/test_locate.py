"""Which folder a command works on: the first of four places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from vaulttool.errors import UsageError, VaultNotFoundError
from vaulttool.vault.locate import (
    cache_folder,
    default_vault,
    find_vault,
    is_vault,
    new_vault,
    state_folder,
    user_config_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """Four vaults, each named by another place."""
    for name in ("given", "environ", "parent", "default"):
        (tmp_path / name / ".obsidian").mkdir(parents=True)
    (tmp_path / "parent/a/b").mkdir(parents=True)
    (tmp_path / "plain").mkdir()
    config = tmp_path / "config/vaulttool/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'vault = "{(tmp_path / "default").as_posix()}"\n')
    return tmp_path


def find(places: Path, given: str = "", environ: str = "", start: str = "plain") -> str:
    variables: Mapping[str, str] = {
        "XDG_CONFIG_HOME": str(places / "config"),
        **({"VAULT_DIR": str(places / environ)} if environ else {}),
    }
    found = find_vault(str(places / given) if given else None, variables, places / start)
    return found.name


def test_the_order_of_the_places(places: Path) -> None:
    assert find(places, "given", "environ", "parent/a/b") == "given"
    assert find(places, "", "environ", "parent/a/b") == "environ"
    assert find(places, "", "", "parent/a/b") == "parent"
    assert find(places) == "default"


def test_a_folder_that_is_named_needs_no_mark(places: Path) -> None:
    assert find(places, "plain") == "plain"
    assert find(places, "", "plain") == "plain"


def test_the_nearest_parent_wins(places: Path) -> None:
    (places / "parent/a/vaulttool.toml").write_text("")
    assert find(places, start="parent/a/b") == "a"
    assert find(places, start="parent") == "parent"


def test_a_mark_must_be_of_its_kind(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").write_text("")
    (tmp_path / "vaulttool.toml").mkdir()
    assert not is_vault(tmp_path)


def test_nothing_is_found(tmp_path: Path) -> None:
    with pytest.raises(VaultNotFoundError) as failed:
        find_vault(None, {"XDG_CONFIG_HOME": str(tmp_path)}, tmp_path)
    assert failed.value.message.values["folder"] == str(tmp_path)
    assert failed.value.exit_code == 1


@pytest.mark.parametrize("name", ["nothing", "~nobody-of-this-name/x", "file.md", "a\0b"])
def test_a_name_that_is_no_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.md").write_text("")
    given = name if name.startswith("~") else str(tmp_path / name)
    for where, option, variables in (
        ("--vault", given, {}),
        ("$VAULT_DIR", None, {"VAULT_DIR": given}),
    ):
        with pytest.raises(UsageError) as failed:
            find_vault(option, variables, tmp_path)
        assert failed.value.message.values == {"where": where, "folder": given}


def test_the_home_folder_is_understood(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(places))
    monkeypatch.setenv("USERPROFILE", str(places))
    assert find_vault("~/given", {}, places) == (places / "given").resolve()


@pytest.mark.parametrize("content", [b"vault = 5", b"[broken", b"\xff", b"", b"other = 'x'"])
def test_a_configuration_that_names_no_vault(tmp_path: Path, content: bytes) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(content)
    assert default_vault(config) is None


def test_a_default_that_is_gone_is_said_with_its_file(places: Path) -> None:
    (places / "default/.obsidian").rmdir()
    (places / "default").rmdir()
    with pytest.raises(UsageError) as failed:
        find(places)
    assert str(failed.value.message.values["where"]).endswith("config.toml")


def test_the_configuration_lies_where_the_system_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert user_config_file({"XDG_CONFIG_HOME": "/x"}) == Path("/x/vaulttool/config.toml")
    assert user_config_file({}) == platformdirs.user_config_path("vaulttool") / "config.toml"


def test_so_do_the_journal_and_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert state_folder({}, tmp_path).parent == platformdirs.user_state_path("vaulttool")
    assert cache_folder({}, tmp_path).parent == platformdirs.user_cache_path("vaulttool")
    assert state_folder({"XDG_STATE_HOME": "/x"}, tmp_path).parent == Path("/x/vaulttool")
    assert cache_folder({"XDG_CACHE_HOME": "/x"}, tmp_path).parent == Path("/x/vaulttool")


def test_a_new_vault_is_where_one_is(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(places))
    assert new_vault(places / "plain") == places / "plain"


def test_a_home_folder_and_a_whole_disk_are_no_new_vault(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(places))
    monkeypatch.setenv("USERPROFILE", str(places))
    for folder in (places, places / "plain/..", Path(places.anchor)):
        with pytest.raises(VaultNotFoundError) as refused:
            new_vault(folder)
        assert "--vault" in refused.value.message.text
