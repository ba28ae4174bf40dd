"""The lines of today's due block: their language, their links, and what they say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.table import cases
from vaulttool.daily.block import update_block
from vaulttool.daily.lines import Writer, block_language
from vaulttool.index import build
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown import dueline
from vaulttool.markdown.note import read_note
from vaulttool.message import nmsg
from vaulttool.people.agenda import judge_day, make_agenda, read_people
from vaulttool.settings import DailySettings, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaulttool.model import Language
    from vaulttool.people.agenda import People

DAY = date(2026, 11, 20)
DUE = "---\nevery: 2 weeks\nlast_contact: 2026-11-03\n---\n"


def people_of(files: Mapping[str, str], lang: Language | None = None) -> People:
    settings = Settings(daily=DailySettings(lang=lang))
    return read_people(build([read_note(*item) for item in files.items()], (), settings))


def block(files: Mapping[str, str], lang: Language = "en", source: str = "2026-11-20.md") -> str:
    """The lines between the markers."""
    people = people_of(files)
    day = judge_day(people, {}, DAY)
    writer = Writer(people, day, lang, source)
    wanted = writer.wanted(make_agenda(people, day))
    text = update_block("", wanted, DAY, "Keep in touch", writer.reading())
    assert update_block(text, wanted, DAY, "Keep in touch", writer.reading()) == text
    return text.partition("%%\n")[2].partition("\n\n%% vault:end %%")[0]


class TestLanguage:
    ENGLISH = (
        "%% vault:due 2026-11-01 %%\n- [ ] [[Anna]] · due today (every week)\n\n%% vault:end %%"
    )
    RUSSIAN = (
        "%% vault:due 2026-11-02 %%\n- [ ] [[Anna]] · сегодня (раз в неделю)\n\n%% vault:end %%"
    )

    def test_the_setting_wins(self) -> None:
        files = {"People/Anna.md": "", "2026-11-01.md": self.ENGLISH}
        assert block_language(people_of(files, "ru")) == "ru"

    def test_then_the_latest_block(self) -> None:
        catalogue = Catalogue("ru")
        russian = self.ENGLISH.replace(
            "due today (every week)",
            catalogue.render(dueline.DUE_TODAY(cadence=nmsg("every week", "every {n} weeks", 1))),
        )
        files = {"People/Anna.md": "", "2026-11-01.md": self.ENGLISH, "Люди/Ольга.md": "Подруга."}
        assert block_language(people_of(files)) == "en"
        assert block_language(people_of({**files, "2026-11-02.md": russian})) == "ru"
        assert block_language(people_of({**files, "2026-10-31.md": russian})) == "en"

    @pytest.mark.parametrize(
        ("files", "lang"),
        [
            ({"People/Anna.md": "A friend."}, "en"),
            ({"Люди/Ольга.md": "Подруга."}, "ru"),
            ({"People/Anna.md": "A friend.", "Люди/Ольга.md": "Подруга."}, "en"),
            ({"People/Anna.md": "Мы дружим с первого класса, и это хорошо."}, "ru"),
            ({"People/Ольга.md": "A friend from the first year at school."}, "en"),
            ({}, "en"),
        ],
    )
    def test_then_that_of_most_contacts(self, files: dict[str, str], lang: Language) -> None:
        assert block_language(people_of(files)) == lang


class TestLinks:
    def test_a_title_where_it_is_enough(self) -> None:
        assert block({"People/Anna.md": DUE}).startswith("- [ ] [[Anna]] ·")

    def test_a_path_where_another_note_has_the_title(self) -> None:
        files = {"People/Work/Anna.md": DUE, "Anna.md": "A river."}
        assert block(files).startswith("- [ ] [[People/Work/Anna|Anna]] ·")

    def test_as_seen_from_the_daily_note(self) -> None:
        files = {"People/Work/Anna.md": DUE, "Daily/Anna.md": "", "Anna.md": ""}
        written = block(files, source="Daily/2026-11-20.md")
        assert written.startswith("- [ ] [[People/Work/Anna|Anna]] ·")


@cases("due_lines")
def test_what_is_said_of_a_person(given: str, expected: str) -> None:
    others = ["Career.md", "Books.md", "Boats.md", "People/Boris.md", "2026-11-01.md"]
    files = {"People/Anna.md": f"{given}\n", **dict.fromkeys(others, "")}
    assert block(files) == expected


def test_the_indent_is_that_of_the_vault() -> None:
    note = "---\nevery: 2 weeks\nlast_contact: 2026-11-03\ninterests: Career\n---\n"
    settings = Settings(daily=DailySettings(indent="  "))
    notes = [read_note("People/Anna.md", note), read_note("Career.md", "")]
    people = read_people(build(notes, (), settings))
    day = judge_day(people, {}, DAY)
    (entry,) = Writer(people, day, "en", "").wanted(make_agenda(people, day))
    assert entry.lines[1] == "  - ask about: [[Career]]"
