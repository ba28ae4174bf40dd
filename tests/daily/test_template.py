"""The daily note before anything is written into it: its path and its template."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from vaulttool.daily.template import daily_path, find_daily_note, has_templater, render_template
from vaulttool.index import Snapshot, build
from vaulttool.markdown.note import read_note
from vaulttool.settings import DailySettings, Settings

if TYPE_CHECKING:
    from vaulttool.model import Language

NOON = datetime.fromisoformat("2026-11-20T12:00")
DAY = NOON.date()


def snapshot(*paths: str, folder: str = "", pattern: str = "YYYY-MM-DD") -> Snapshot:
    settings = Settings(daily=DailySettings(folder=folder, format=pattern))
    return build([read_note(path, "") for path in paths], (), settings)


@pytest.mark.parametrize(
    ("folder", "pattern", "lang", "path"),
    [
        ("", "YYYY-MM-DD", "en", "2026-11-20.md"),
        ("Daily", "YYYY-MM-DD", "en", "Daily/2026-11-20.md"),
        ("Daily", "YYYY/MM-MMMM/DD", "en", "Daily/2026/11-November/20.md"),
        ("Дневник", "D MMMM YYYY", "ru", "Дневник/20 ноября 2026.md"),
        ("", "YYYY-MM-DD dddd", "ru", "2026-11-20 пятница.md"),
        ("", "[Day] DD.MM.YYYY", "en", "Day 20.11.2026.md"),
        ("", "YYYY-MM-DD[.md]", "en", "2026-11-20.md"),
        ("", "/YYYY-MM-DD/", "en", "2026-11-20.md"),
        ("", "GGGG-[W]WW-E", "en", "2026-W47-5.md"),
    ],
)
def test_a_note_that_is_not_there_is_named_by_the_format(
    folder: str, pattern: str, lang: Language, path: str
) -> None:
    assert daily_path(snapshot(folder=folder, pattern=pattern), NOON, lang) == path


class TestExisting:
    def test_is_found_wherever_the_format_leads(self) -> None:
        vault = snapshot("Daily/2026-11-20.md", "2026-11-20.md", folder="Daily")
        assert find_daily_note(vault, DAY) == "Daily/2026-11-20.md"
        assert daily_path(vault, NOON, "en") == "Daily/2026-11-20.md"

    def test_in_the_other_language(self) -> None:
        vault = snapshot("20 ноября 2026.md", pattern="D MMMM YYYY")
        assert daily_path(vault, NOON, "en") == "20 ноября 2026.md"

    def test_the_shortest_of_several(self) -> None:
        vault = snapshot("20 ноября 2026.md", "20 November 2026.md", pattern="D MMMM YYYY")
        assert find_daily_note(vault, DAY) == "20 ноября 2026.md"

    def test_a_dated_note_elsewhere_is_no_daily_note(self) -> None:
        vault = snapshot("Meetings/2026-11-20.md", "2026-11-20 Party.md", folder="Daily")
        assert find_daily_note(vault, DAY) is None
        assert daily_path(vault, NOON, "en") == "Daily/2026-11-20.md"

    def test_another_day(self) -> None:
        assert find_daily_note(snapshot("2026-11-20.md"), date(2026, 11, 21)) is None


class TestNamesOfMonths:
    def test_follow_the_notes_that_are_there(self) -> None:
        vault = snapshot("1 ноября 2026.md", "2 ноября 2026.md", pattern="D MMMM YYYY")
        assert daily_path(vault, NOON, "en") == "20 ноября 2026.md"
        vault = snapshot("1 November 2026.md", pattern="D MMMM YYYY")
        assert daily_path(vault, NOON, "ru") == "20 November 2026.md"

    def test_follow_the_block_where_no_note_is_there(self) -> None:
        assert daily_path(snapshot(pattern="D MMMM YYYY"), NOON, "ru") == "20 ноября 2026.md"


MORNING = datetime.fromisoformat("2026-03-01T08:05")


@pytest.mark.parametrize(
    ("template", "lang", "text"),
    [
        ("{{date}}", "en", "1 March"),
        ("{{time}}", "en", "08:05"),
        ("{{title}}", "en", "1 March"),
        ("{{ Date }} {{TIME}} {{Title}}", "en", "1 March 08:05 1 March"),
        ("{{date:dddd, D MMMM}}", "en", "Sunday, 1 March"),
        ("{{date:dddd, D MMMM}}", "ru", "воскресенье, 1 марта"),
        ("{{time:H.mm}} {{date:HH:mm}}", "en", "8.05 08:05"),
        ("{{date:}}", "en", "1 March"),
        ("{{date+1d}} {{yesterday}}", "en", "{{date+1d}} {{yesterday}}"),
        ("{{date:[{]}}", "en", "{{date:[{]}}"),
        ("{{author}} {{date}", "en", "{{author}} {{date}"),
        ("<% tp.date.now() %> {{date}}", "en", "<% tp.date.now() %> 1 March"),
        ("a\r\n\tb  \n", "en", "a\r\n\tb  \n"),
        ("", "en", ""),
    ],
)
def test_render(template: str, lang: Language, text: str) -> None:
    assert render_template(template, "1 March", MORNING, Settings(), lang) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{date+1d}} {{date-1w:DD.MM}} {{time+90m}}", "2026-03-02 22.02 09:35"),
        ("{{date+1y:YYYY}} {{ date -1q :YYYY-MM}} {{date+2h:HH}}", "2027 2025-12 10"),
        ("{{date+999999y:YYYY}} {{date-999999d:YYYY}}", "9999 2026"),
        ("{{yesterday}} {{Tomorrow}}", "2026-02-28 2026-03-02"),
        ("{{title:YYYY}} {{yesterday+1d}}", "{{title:YYYY}} {{yesterday+1d}}"),
        ("{{date}} {{time}}", "1 March 08:05"),
    ],
)
def test_periodic_notes_know_other_days(template: str, text: str) -> None:
    settings = Settings(daily=DailySettings(periodic=True))
    assert render_template(template, "1 March", MORNING, settings, "en") == text


def test_the_formats_of_the_templates_plugin() -> None:
    settings = Settings(time_format="H [h]")
    rendered = render_template("{{date}} {{time}} {{date:YYYY}}", "x", MORNING, settings, "en")
    assert rendered == "x 8 h 2026"


def test_a_title_is_not_rendered_again() -> None:
    assert render_template("{{title}}", "{{date}}", MORNING, Settings(), "en") == "{{date}}"


@pytest.mark.parametrize(("text", "expected"), [("<% x %>", True), ("<%* x", True), ("<b>", False)])
def test_templater(text: str, expected: bool) -> None:
    assert has_templater(text) is expected
