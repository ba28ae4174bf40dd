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

    @pytest.mark.parametrize(
        "name", ["a %% b", "<% x", "key:: v", "<img src=x>", "a`b`c", "a\\b", "a\u202eb", "a\rb"]
    )
    def test_a_name_that_would_do_something_stays_out(self, name: str) -> None:
        interests = "---\nevery: 2 weeks\nlast_contact: 2026-11-03\ninterests: Chess\n---\n"
        files = {f"People/{name}.md": DUE, "People/Anna.md": interests}
        assert block(files) == "- [ ] [[Anna]] · 3 days over (every 2 weeks) · last: 3 Nov"
        (problem,) = people_of(files).contacts[f"People/{name}.md"].problems
        assert problem.code == "unlinkable-name"

    def test_nor_is_it_a_topic(self) -> None:
        log = "---\nevery: 2 weeks\n---\n## Log\n- 2026-11-01 call: [[<% x %>]] [[Chess]]\n"
        files = {"People/Anna.md": log, "<% x %>.md": "", "Chess.md": ""}
        assert block(files).endswith("\n\t- ask about: [[Chess]]")

    def test_a_name_with_signs_that_nobody_sees_is_listed_and_said(self) -> None:
        files = {"People/An\u200bna.md": DUE}
        assert block(files).startswith("- [ ] [[An\u200bna]] ·")
        (problem,) = people_of(files).contacts["People/An\u200bna.md"].problems
        assert problem.code == "doubtful-name"


class TestOlderVersions:
    """What they wrote is still known for the tool's own."""

    PROMISE = "---\nevery: 2 weeks\nlast_contact: 2026-11-03\n---\n- [ ] **send** ![[Map]] #call\n"
    LINE = "- [ ] [[Anna]] · 3 days over (every 2 weeks) · last: 3 Nov"

    def again(self, files: Mapping[str, str], lines: str) -> str:
        """Make a block again that holds these lines."""
        people = people_of(files)
        day = judge_day(people, {}, DAY)
        writer = Writer(people, day, "en", "2026-11-20.md")
        wanted = writer.wanted(make_agenda(people, day))
        text = f"%% vault:due 2026-11-20 %%\n{lines}\n\n%% vault:end %%\n"
        text = update_block(text, wanted, DAY, "Keep in touch", writer.reading())
        return text.partition("%%\n")[2].partition("\n\n%% vault:end %%")[0]

    def test_a_promise_is_written_again(self) -> None:
        old = f"{self.LINE}\n\t- you promised: **send** !Map #call"
        new = f"{self.LINE}\n\t- you promised: send Map call"
        assert self.again({"People/Anna.md": self.PROMISE}, old) == new

    def test_a_word_added_to_it_is_hers(self) -> None:
        hers = f"{self.LINE}\n\t- you promised: **send** !Map #call today"
        assert self.again({"People/Anna.md": self.PROMISE}, hers) == hers

    @pytest.mark.parametrize("written", ["*our* #day", "our day"])
    def test_a_ticked_occasion_is_not_listed_again(self, written: str) -> None:
        note = '---\nlast_contact: 2026-11-20\ndates: ["--11-20 *our* #day"]\n---\n'
        ticked = f"- [x] 🎉 [[Anna]] “{written}” today"
        assert self.again({"People/Anna.md": note}, ticked) == ticked
        earlier = f"%% vault:due 2026-11-20 %%\n{ticked}\n\n%% vault:end %%\n"
        people = people_of({"People/Anna.md": note, "2026-11-20.md": earlier})
        (occasion,) = judge_day(people, {}, DAY).occasions
        assert occasion.wished

    def test_a_line_about_a_name_that_no_link_can_carry_goes(self) -> None:
        files = {"People/a %% b.md": DUE, "People/Anna.md": DUE}
        assert self.again(files, self.LINE.replace("Anna", "a %% b")) == self.LINE
        hers = self.LINE.replace("Anna", "a %% b").replace("[ ]", "[x]")
        assert self.again(files, hers) == f"{hers}\n{self.LINE}"


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
