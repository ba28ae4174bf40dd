"""What the vault's own configuration and `vaulttool.toml` say, and what is said of mistakes."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from vaulttool.settings import DailySettings, Settings
from vaulttool.vault.options import OPTIONS, UnreadableOptionError, read_option
from vaulttool.vault.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

PERIODIC = ".obsidian/plugins/periodic-notes/data.json"
TASKS = ".obsidian/plugins/obsidian-tasks-plugin/data.json"


def settings(root: Path) -> Settings:
    """The settings, where nothing is wrong with them."""
    found, problems = read_settings(root)
    assert problems == ()
    return found


def problems(root: Path) -> list[tuple[str, str, int | None]]:
    return [(one.code, one.path, one.line) for one in read_settings(root)[1]]


def place(daily: DailySettings) -> tuple[str, str, str]:
    return daily.folder, daily.format, daily.template


def test_an_obsidian_vault_without_settings(vault: MakeVault) -> None:
    assert settings(vault()) == Settings()


def test_a_folder_without_obsidian_keeps_its_days_together(vault: MakeVault) -> None:
    found = settings(vault({"vaulttool.toml": ""}, obsidian=False))
    assert found == Settings(daily=DailySettings(folder="Daily"))


class TestApp:
    @pytest.mark.parametrize(
        ("app", "indent"),
        [
            ({}, "\t"),
            ({"useTab": True, "tabSize": 2}, "\t"),
            ({"useTab": False}, "    "),
            ({"useTab": False, "tabSize": 2}, "  "),
            ({"useTab": False, "tabSize": "2"}, "    "),
            ({"useTab": False, "tabSize": True}, "    "),
            ({"useTab": False, "tabSize": 0}, "    "),
        ],
    )
    def test_indent(self, vault: MakeVault, app: dict[str, Any], indent: str) -> None:
        root = vault({".obsidian/app.json": json.dumps(app)})
        assert settings(root).daily.indent == indent

    @pytest.mark.parametrize(
        ("filters", "excluded"),
        [
            (["A/", "/b/"], ("A/", "/b/")),
            (None, ()),
            (["A/", "/B|C/"], ("A/", "/B|C/")),
        ],
    )
    def test_excluded_files(
        self, vault: MakeVault, filters: object, excluded: tuple[str, ...]
    ) -> None:
        root = vault({".obsidian/app.json": json.dumps({"userIgnoreFilters": filters})})
        assert settings(root).excluded == excluded

    @pytest.mark.parametrize("filters", [["A/", "/[/"], ["A/", 5], ["A/", None], ["A/", ""]])
    def test_what_is_no_filter_is_left_out_and_said(
        self, vault: MakeVault, filters: list[object]
    ) -> None:
        root = vault({".obsidian/app.json": json.dumps({"userIgnoreFilters": filters})})
        found, _problems = read_settings(root)
        assert found.excluded == ("A/",)
        assert problems(root) == [("bad-settings", ".obsidian/app.json", None)]


class TestPropertyTypes:
    @pytest.mark.parametrize(
        ("types", "expected"),
        [
            ({"types": {"Age": "number", "met": "date"}}, {"age": "number", "met": "date"}),
            ({"types": {"age": 5, "met": None}}, {}),
            ({}, {}),
        ],
    )
    def test_types(self, vault: MakeVault, types: dict[str, Any], expected: dict[str, str]) -> None:
        root = vault({".obsidian/types.json": json.dumps(types)})
        assert settings(root).property_types == expected

    @pytest.mark.parametrize("name", ["app", "types"])
    def test_what_has_another_shape_is_said(self, vault: MakeVault, name: str) -> None:
        key = {"app": "userIgnoreFilters", "types": "types"}[name]
        root = vault({f".obsidian/{name}.json": json.dumps({key: 5})})
        assert problems(root) == [("bad-settings", f".obsidian/{name}.json", None)]


class TestConfigurationFolder:
    @pytest.mark.parametrize(
        ("paths", "folder"),
        [
            ([".obsidian/daily-notes.json", ".obsidian-x/daily-notes.json"], ".obsidian"),
            (
                [".obsidian-x/daily-notes.json", ".obsidian-x/app.json", ".a/app.json"],
                ".obsidian-x",
            ),
            ([".obsidian-x/daily-notes.json"], "none"),
            ([".config/daily-notes.json", ".config/app.json"], ".config"),
            ([".config/daily-notes.json"], "none"),
        ],
    )
    def test_it_may_be_renamed(self, vault: MakeVault, paths: list[str], folder: str) -> None:
        files = {
            path: json.dumps({"folder": path.partition("/")[0]}) if "daily" in path else "{}"
            for path in paths
        }
        found = settings(vault({**files, "vaulttool.toml": ""}, obsidian=False)).daily.folder
        assert found == ("Daily" if folder == "none" else folder)


class TestCorePlugins:
    @pytest.mark.parametrize(
        ("plugins", "is_on"),
        [
            ('{"daily-notes": true}', True),
            ('{"daily-notes": false}', False),
            ('{"graph": true}', True),
            ('["daily-notes", "graph"]', True),
            ('["graph"]', False),
        ],
    )
    def test_where_daily_notes_are_off_it_is_said(
        self, vault: MakeVault, plugins: str, is_on: bool
    ) -> None:
        root = vault({**CORE, ".obsidian/core-plugins.json": plugins})
        said = [] if is_on else [("daily-notes-off", ".obsidian/core-plugins.json", None)]
        assert problems(root) == said
        assert read_settings(root)[0].daily.folder == "Core"

    def test_where_periodic_notes_take_over_nothing_is_said(self, vault: MakeVault) -> None:
        off = {".obsidian/core-plugins.json": "[]"}
        assert problems(vault({**off, PERIODIC: json.dumps(STABLE)})) == []


class TestTasks:
    def test_the_global_filter(self, vault: MakeVault) -> None:
        root = vault({TASKS: '{"globalFilter": " #task "}'})
        assert settings(root).task_filter == "#task"


CORE = {".obsidian/daily-notes.json": '{"folder": "Core"}'}
STABLE = {"daily": {"enabled": True, "folder": "P", "format": "DD.MM.YYYY", "template": "T"}}


class TestDailyNotes:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({}, ("", "YYYY-MM-DD", "")),
            ({"folder": "", "format": "", "template": ""}, ("", "YYYY-MM-DD", "")),
            ({"folder": "Daily"}, ("Daily", "YYYY-MM-DD", "")),
            ({"folder": "/Daily/"}, ("Daily", "YYYY-MM-DD", "")),
            ({"folder": " Journal\\Daily "}, ("Journal/Daily", "YYYY-MM-DD", "")),
            ({"format": "YYYY/MM/DD"}, ("", "YYYY/MM/DD", "")),
            ({"template": "/Templates/Daily.md"}, ("", "YYYY-MM-DD", "Templates/Daily")),
            ({"folder": 5, "format": None, "template": []}, ("", "YYYY-MM-DD", "")),
        ],
    )
    def test_core_plugin(
        self, vault: MakeVault, values: dict[str, Any], expected: tuple[str, str, str]
    ) -> None:
        root = vault({".obsidian/daily-notes.json": json.dumps(values)})
        assert place(settings(root).daily) == expected

    def test_periodic_notes(self, vault: MakeVault) -> None:
        root = vault({**CORE, PERIODIC: json.dumps(STABLE)})
        assert place(settings(root).daily) == ("P", "DD.MM.YYYY", "T")

    def test_periodic_notes_without_values(self, vault: MakeVault) -> None:
        root = vault({**CORE, PERIODIC: '{"daily": {"enabled": true}}'})
        assert place(settings(root).daily) == ("", "YYYY-MM-DD", "")

    @pytest.mark.parametrize(
        "data",
        ["{}", "[]", '{"daily": {"enabled": false, "folder": "P"}}', '{"daily": {"folder": "P"}}'],
    )
    def test_where_its_daily_part_is_off(self, vault: MakeVault, data: str) -> None:
        root = vault({**CORE, PERIODIC: data})
        assert settings(root).daily.folder == "Core"

    @pytest.mark.parametrize(
        ("plugins", "folder"), [(["periodic-notes"], "P"), (["dataview"], "Core"), ([], "Core")]
    )
    def test_where_the_plugin_itself_is_off(
        self, vault: MakeVault, plugins: list[str], folder: str
    ) -> None:
        listed = {".obsidian/community-plugins.json": json.dumps(plugins)}
        root = vault({**CORE, **listed, PERIODIC: json.dumps(STABLE)})
        assert settings(root).daily.folder == folder

    @pytest.mark.parametrize(
        ("active", "expected"),
        [
            ("b", ("B", "YYYY.MM.DD", "T/Daily")),
            ("a", ("Core", "YYYY-MM-DD", "")),  # its day is off
            ("none", ("Core", "YYYY-MM-DD", "")),
        ],
    )
    def test_beta_of_periodic_notes(
        self, vault: MakeVault, active: str, expected: tuple[str, str, str]
    ) -> None:
        day = {"enabled": True, "folder": "B", "format": "YYYY.MM.DD", "templatePath": "T/Daily.md"}
        sets = [{"id": "a", "day": {**day, "enabled": False}}, {"id": "b", "day": day}, "odd"]
        data = {"activeCalendarSet": active, "calendarSets": sets}
        root = vault({**CORE, PERIODIC: json.dumps(data)})
        assert place(settings(root).daily) == expected


def test_templates(vault: MakeVault) -> None:
    core = {"folder": "/Templates/", "dateFormat": "DD.MM.YYYY", "timeFormat": "H:mm"}
    templater = {"templates_folder": "Templater"}
    root = vault(
        {
            ".obsidian/templates.json": json.dumps(core),
            ".obsidian/plugins/templater-obsidian/data.json": json.dumps(templater),
        }
    )
    found = settings(root)
    assert found.template_folders == ("Templates", "Templater")
    assert found.date_format == "DD.MM.YYYY"
    assert found.time_format == "H:mm"


def test_statuses_of_the_tasks_plugin(vault: MakeVault) -> None:
    def status(symbol: object, kind: str) -> dict[str, object]:
        return {"symbol": symbol, "type": kind}

    data = {
        "statusSettings": {
            "coreStatuses": [status(" ", "TODO"), status("x", "DONE")],
            "customStatuses": [
                *(status("+", "DONE"), status("h", "ON_HOLD"), status("-", "CANCELLED")),
                *(status("X", "TODO"), status("long", "DONE"), status(None, "DONE"), "odd"),
            ],
        }
    }
    path = TASKS
    found = settings(vault({path: json.dumps(data)}))
    assert found.done_statuses == {"x", "+"}
    assert found.open_statuses == {" ", "/", "h", "X"}
    assert settings(vault({path: '{"statusSettings": []}'})).done_statuses == {"x", "X"}


def test_a_renamed_configuration_folder(vault: MakeVault) -> None:
    root = vault(
        {".obsidian-mobile/app.json": "{}", ".obsidian-mobile/daily-notes.json": '{"folder":"M"}'},
        obsidian=False,
    )
    assert settings(root).daily.folder == "M"
    assert settings(vault({".obsidian/app.json": "{}"})).daily.folder == ""


class TestBroken:
    @pytest.mark.parametrize("name", ["app", "daily-notes", "templates", "community-plugins"])
    def test_json(self, vault: MakeVault, name: str) -> None:
        root = vault({f".obsidian/{name}.json": '{\n"folder": oops}\n'})
        assert problems(root) == [("bad-settings", f".obsidian/{name}.json", 2)]
        assert read_settings(root)[0] == Settings()

    @pytest.mark.parametrize("content", [b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000, b""])
    def test_what_is_no_json_at_all(self, vault: MakeVault, content: bytes) -> None:
        root = vault({".obsidian/app.json": content})
        assert [code for code, _path, _line in problems(root)] == ["bad-settings"]

    def test_a_byte_order_mark_is_no_fault(self, vault: MakeVault) -> None:
        root = vault(
            {
                ".obsidian/daily-notes.json": b'\xef\xbb\xbf{"folder": "D"}',
                "vaulttool.toml": b"\xef\xbb\xbf[due]\nper_day = 3\n",
            }
        )
        assert (settings(root).daily.folder, settings(root).per_day) == ("D", 3)

    @pytest.mark.parametrize(
        "content", ["[due\nper_day = 3", "a = 1\na = 2", b"a = '\xff'", "a = " + "[" * 100_000]
    )
    def test_toml(self, vault: MakeVault, content: str | bytes) -> None:
        root = vault({"vaulttool.toml": content})
        assert problems(root) == [("bad-settings", "vaulttool.toml", None)]
        assert read_settings(root)[0] == Settings()

    @pytest.mark.skipif(sys.platform == "win32", reason="no FIFOs")
    def test_a_fifo_does_not_block(self, vault: MakeVault) -> None:
        root = vault()
        os.mkfifo(root / "vaulttool.toml")
        os.mkfifo(root / ".obsidian/app.json")
        assert [path for _code, path, _line in problems(root)] == [
            ".obsidian/app.json",
            "vaulttool.toml",
        ]


# name -> (as written, as read, what is none)
VALUES: dict[str, tuple[object, object, list[object]]] = {
    "contacts.tags": (["#friend", " pal "], ("friend", "pal"), [5, [5], {}]),
    "contacts.folders": (["#1 People", "Люди"], ("#1 People", "Люди"), [5, [None]]),
    "vault.ignore": ("Archive/", ("Archive/",), [5, [True]]),
    "properties": (
        {"every": "reach_out", "circle": ["kreis"]},
        {"every": ("reach_out",), "circle": ("kreis",)},
        ["every", {"no_such_property": "x"}, {"every": 5}, {"every": []}],
    ),
    "cadence.circles": (
        {"regular": "2 months", "mentors": 30},
        {"regular": "2 months", "mentors": 30},
        ["2 months", {"regular": "now and then"}, {"regular": [1]}],
    ),
    "cadence.tags": ({"close": "1 month"}, {"close": "1 month"}, [{"close": True}, []]),
    "cadence.folders": ({"People/A": "раз в год"}, {"People/A": "раз в год"}, [{"A": "soon"}]),
    "needs": ({"key": "talk"}, {"key": "talk"}, [{"key": "deep"}, "talk", {"key": 3}]),
    "verified.after": ("6 months", "6 months", ["soon", []]),
    "household.shared": (True, True, [1, "true", []]),
    "due.per_day": (7, 7, [0, 101, "7", 7.0, True, []]),
    "awaiting.reply_after": (14, 14, [0, 366, "14", False]),
    "occasions.lead": ({"key": 21, "default": 0}, {"key": 21, "default": 0}, [{"key": 61}, 7]),
    "occasions.leap_day": ("03-01", "03-01", ["02-29", 1]),
    "daily.lang": ("ru", "ru", ["de", "RU", 1]),
    "daily.heading": (" People ", "People", ["", "  ", "two\nlines", 1]),
    "daily.auto": (False, False, ["no", 0]),
    "daily.create": (True, True, ["yes", 1]),
    "daily.log": ("contact", "contact", ["both", True]),
    "write_back.properties": (["last"], frozenset({"last"}), ["last", ["first"], [1]]),
    "daily.mentions": ("explicit", "explicit", ["none", True]),
    "history.days": (30, 30, [0, "30", True]),
    "history.megabytes": (50, 50, [0, "50"]),
    "log.to": ("contact", "contact", ["note", None]),
}


def current(found: Settings, name: str) -> object:
    value: object = found
    for part in OPTIONS[name].field.split("."):
        value = getattr(value, part)
    return value


class TestOptions:
    def test_every_setting_has_a_case(self) -> None:
        assert VALUES.keys() == OPTIONS.keys()

    @pytest.mark.parametrize("name", VALUES)
    def test_good_values(self, name: str) -> None:
        written, expected, _bad = VALUES[name]
        assert current(read_option(Settings(), name, written), name) == expected

    @pytest.mark.parametrize(
        ("name", "value"), [(name, value) for name in VALUES for value in VALUES[name][2]]
    )
    def test_bad_values(self, name: str, value: object) -> None:
        with pytest.raises(UnreadableOptionError) as failed:
            read_option(Settings(), name, value)
        assert failed.value.message.values["name"] == name
        assert failed.value.message.values["expected"] == OPTIONS[name].expected

    @pytest.mark.parametrize(
        ("name", "value", "found"),
        [
            ("cadence.circles", {"regular": "2 monhts", "key": "1 week"}, 'regular = "2 monhts"'),
            ("cadence.tags", {"a/b": True, "c-d": [1, "x"]}, '"a/b" = true, c-d = [1, "x"]'),
            ("needs", {"key": {"deep": 1.5}}, "key = {deep = 1.5}"),
            ("contacts.tags", {}, "{}"),
            ("log.to", "nowhere", "nowhere"),
            ("due.per_day", 0, "0"),
        ],
    )
    def test_what_is_wrong_is_shown_as_it_is_written(
        self, name: str, value: object, found: str
    ) -> None:
        with pytest.raises(UnreadableOptionError) as failed:
            read_option(Settings(), name, value)
        assert failed.value.message.values["found"] == found

    def test_a_value_changes_its_own_setting_only(self) -> None:
        for name, (written, _expected, _bad) in VALUES.items():
            changed = read_option(Settings(), name, written)
            part = OPTIONS[name].field.partition(".")[0]
            others = [field.name for field in fields(Settings) if field.name != part]
            assert all(getattr(changed, one) == getattr(Settings(), one) for one in others), name

    @pytest.mark.parametrize("name", OPTIONS)
    def test_the_examples_are_accepted(self, name: str) -> None:
        table, _dot, key = name.rpartition(".")
        example = OPTIONS[name].example
        is_line = example.startswith(f"{key} =")
        written = tomllib.loads(f"[{table if is_line else name}]\n{example}\n")
        for part in name.split("."):
            written = written[part]
        assert current(read_option(Settings(), name, written), name) is not None


class TestOwnFile:
    def test_every_kind_of_spelling(self, vault: MakeVault) -> None:
        toml = """
            log.to = "daily"
            [due]
            per_day = 3
            [cadence]
            circles = {regular = "2 months"}
            [cadence.tags]
            "friends/close" = "1 month"
            [properties]
            every = "reach_out"
        """
        found = settings(vault({"vaulttool.toml": toml}))
        assert (found.log_to, found.per_day, found.circles) == ("daily", 3, {"regular": "2 months"})
        assert found.cadence_tags == {"friends/close": "1 month"}
        assert found.property_names == {"every": ("reach_out",)}

    def test_excluded_files_are_one_thing_and_ignored_ones_another(self, vault: MakeVault) -> None:
        root = vault(
            {
                ".obsidian/app.json": '{"userIgnoreFilters": ["Archive/"]}',
                "vaulttool.toml": '[vault]\nignore = ["Old/"]\n',
            }
        )
        assert settings(root).excluded == ("Archive/",)
        assert settings(root).ignore == ("Old/",)

    @pytest.mark.parametrize(
        ("toml", "line"),
        [
            ("per_day = 3", 1),
            ('[cadence.circles]\nkey = "1 week"\nregular = "2 monhts"', 3),
            ('[cadence.circles]\n"book club" = "soon"', 2),
            ("[occasions]\n\nlead = {key = 14, default = true}", 3),
            ("[due]\n# per_days\nper_days = 3", 3),
            ("[due]\nper_day = 0", 2),
            ("[daily]\nheading = 'x'\n\n[due]\nheading = 'x'", 5),
            ("[a.b]\nc = 1", 1),
            ("[due]\n'per_day' = 0", 2),
            ("due.per_day = 0", 1),
            ("[cadence]\ncircles.key = 'soon'", 2),
            ("[cadence.circles]\nkey = 'soon'", 2),
            ("[contacts]\nfolders = [\n'People',\n5,\n]", 2),
            ("[[due]]\nper_day = 1", 1),
        ],
    )
    def test_a_mistake_is_named_with_its_line(self, vault: MakeVault, toml: str, line: int) -> None:
        root = vault({"vaulttool.toml": toml})
        assert problems(root) == [("bad-settings", "vaulttool.toml", line)]

    def test_the_other_settings_still_apply(self, vault: MakeVault) -> None:
        root = vault({"vaulttool.toml": "[due]\nper_day = 0\n[awaiting]\nreply_after = 3\n"})
        assert len(problems(root)) == 1
        assert read_settings(root)[0].reply_after == 3
