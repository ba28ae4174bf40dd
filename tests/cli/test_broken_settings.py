"""Settings that cannot be read: every command goes on with the defaults, and says so once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_errors import ANNA, EVERY

if TYPE_CHECKING:
    from tests.conftest import MakeVault, Run

SAID = "vaulttool.toml: the settings cannot be read: "
LASTING = {"watch"}  # it goes on until it is stopped


@pytest.mark.parametrize("args", [one for one in EVERY if one[0] not in LASTING] + [()])
def test_every_command_says_it_once(run: Run, vault: MakeVault, args: tuple[str, ...]) -> None:
    root = vault({**ANNA, "vaulttool.toml": "x = ["})
    said = run("--vault", root, *args, code=None).err
    assert said.count(SAID) == 1, said
    assert "the defaults apply" in said


@pytest.mark.parametrize("args", [("due", "--print"), ("list",)])
def test_an_answer_that_was_kept_says_it_again(
    run: Run, vault: MakeVault, args: tuple[str, ...]
) -> None:
    root = vault({**ANNA, "vaulttool.toml": "x = ["})
    assert [run("--vault", root, *args).err.count(SAID) for _time in range(3)] == [1, 1, 1]


def test_nobody_is_told_who_asked_for_results_alone(run: Run, vault: MakeVault) -> None:
    root = vault({**ANNA, "vaulttool.toml": "x = ["})
    assert run("--vault", root, "list", "-q").err == ""


def test_obsidians_own_settings_are_told_of_likewise(run: Run, vault: MakeVault) -> None:
    root = vault({**ANNA, ".obsidian/daily-notes.json": "{"})
    said = run("--vault", root, "log", "anna", "hi").err
    assert ".obsidian/daily-notes.json: the settings file is not valid JSON" in said


def test_of_a_setting_that_is_wrong_only_check_tells(run: Run, vault: MakeVault) -> None:
    root = vault({**ANNA, "vaulttool.toml": "[due]\nper_day = 0\n"})
    assert "vaulttool.toml" not in run("--vault", root, "list").err
    assert "vaulttool.toml:2" in run("--vault", root, "check", code=3).out
