"""The due block: made, and made again without losing anything a person did in it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.table import read_cases
from vaulttool.daily.block import Reading, Wanted, find_heading, tick_entries, update_block
from vaulttool.locale import LANGUAGES, words_of
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown import dueline
from vaulttool.message import Term, nmsg

if TYPE_CHECKING:
    from vaulttool.model import Language

DAY = date(2026, 11, 20)
NAMES = ("Anna", "Boris", "Carl", "Dora", "Emil", "Zoe", "Ольга")
READING = Reading(
    lambda target: next((f"People/{name}.md" for name in NAMES if target.endswith(name)), None),
    {"send the deck", "buy %% vault:end %% stamps"},
)
WANTED = {
    "anna": Wanted(
        ("", "People/Anna.md", ""),
        (
            "- [ ] [[Anna]] · 3 days over (every 2 weeks) · last: call 3 Nov",
            "\t- ask about: [[Career]]",
        ),
    ),
    "boris": Wanted(
        ("", "People/Boris.md", ""),
        ("- [ ] [[Boris]] · due today (every month) · last: 20 Oct",),
    ),
    "cake": Wanted(("🎂", "People/Anna.md", ""), ("- [ ] 🎂 [[Anna]] turns 40 today",)),
}


def note(text: object) -> str:
    """A note with a final newline; the empty one has none."""
    return f"{text}\n" if text else ""


# A title ends in whom today's list names.
CASES = [
    pytest.param(re.findall(r"\w+", names), *map(note, case.values), id=case.id)
    for case in read_cases("due_block")
    for names in [str(case.id).rpartition("[")[2]]
]


def update(text: str, *names: str, heading: str = "Keep in touch") -> str:
    return update_block(text, [WANTED[name] for name in names], DAY, heading, READING)


@pytest.mark.parametrize(("names", "before", "after"), CASES)
def test_cases(names: list[str], before: str, after: str) -> None:
    assert update(before, *names) == after


@pytest.mark.parametrize(("names", "before", "after"), CASES)
def test_a_second_run_changes_nothing(names: list[str], before: str, after: str) -> None:
    assert update(after, *names) == after
    assert update(update(before, *names[::-1]), *names[::-1]) == update(before, *names[::-1])


@pytest.mark.parametrize(("names", "before", "after"), CASES)
def test_windows_line_ends_are_kept(names: list[str], before: str, after: str) -> None:
    if before:
        windows = update(before.replace("\n", "\r\n"), *names)
        assert windows == after.replace("\n", "\r\n")


@pytest.mark.parametrize(("names", "before", "after"), CASES)
def test_a_note_without_a_final_newline(names: list[str], before: str, after: str) -> None:
    """Nothing that stood after the block gets a new line end."""
    got = update(before.removesuffix("\n"), *names)
    assert got.removesuffix("\n") == after.removesuffix("\n")
    assert update(got, *names) == got


def test_mixed_line_ends_stay_where_they_are() -> None:
    before = "a\r\nb\n%% vault:due 2026-11-20 %%\r\n- [x] [[Anna]]\n\n%% vault:end %%\r\nc\n"
    assert update(before, "anna") == before


def test_a_byte_order_mark_stays() -> None:
    assert update("\ufeff# Friday\n", "boris").startswith("\ufeff# Friday\n\n## Keep in touch\n")


@pytest.mark.parametrize("status", ["x", "X", "-", ">", "/", "!", "?", "н"])
@pytest.mark.parametrize("due", [True, False])
def test_any_status_is_a_touch(status: str, due: bool) -> None:
    text = update("", "anna", "boris").replace("- [ ] [[Boris]]", f"- [{status}] [[Boris]]")
    names = ("anna", "boris") if due else ("anna",)
    assert update(text, *names) == text


class TestLanguages:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_heading(self, lang: Language) -> None:
        heading = words_of(lang).due_heading
        made = update("", "boris", heading=heading)
        assert made.startswith(f"## {heading}\n%% vault:due 2026-11-20 %%\n")
        assert update(made, "boris", heading=heading) == made

    def test_a_heading_of_her_own(self) -> None:
        assert find_heading("# a\n## People\n", "people") == 1
        assert find_heading("# a\n## People\n", "Keep in touch") is None
        assert update("## People\n", "boris", heading="People").startswith("## People\n%% vault")

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_untouched_lines_are_known_in_both(self, lang: Language) -> None:
        catalogue = Catalogue(lang, 2026)
        cadence = nmsg("every week", "every {n} weeks", 2)
        phrases = [
            dueline.DAYS_OVER(n=21, cadence=cadence),
            dueline.GENTLE(),
            dueline.LAST(channel=Term("channel_names", "call"), date=date(2025, 5, 3)),
            dueline.NO_ANSWER(date=DAY),
            dueline.LIKES_AT(channels=(Term("channel_names", "email"),), hours="10:00–18:00"),
            dueline.ASKED(quoted=dueline.quoted(["no “calls”", "не · звонить"])),
        ]
        line = " · ".join(["- [ ] [[Ольга]]", *map(catalogue.render, phrases)])
        note = catalogue.render(dueline.ASK_ABOUT(links="[[Career]], [[Карьера]]"))
        text = f"%% vault:due 2026-11-20 %%\n{line}\n\t- {note}\n\n%% vault:end %%\n"
        assert update(text) == "%% vault:due 2026-11-20 %%\n\n%% vault:end %%\n"
        hers = text.replace(line, f"{line} вечером")
        assert update(hers) == hers


class TestTick:
    def tick(self, text: str, words: str = "", *names: str) -> str:
        people = [(f"People/{name}.md", f"[[{name}]]") for name in names or ("Anna",)]
        return tick_entries(text, people, words, DAY, "Keep in touch", READING)

    def test_the_line_of_the_person(self) -> None:
        text = update("", "anna", "boris")
        line = "- [ ] [[Anna]] · 3 days over (every 2 weeks) · last: call 3 Nov"
        ticked = line.replace("[ ]", "[x]")
        assert self.tick(text) == text.replace(line, ticked)
        assert self.tick(text, "call: hi") == text.replace(line, f"{ticked} — call: hi")

    def test_lines_of_several(self) -> None:
        text = update("", "anna", "boris")
        got = self.tick(text, "lunch", "Boris", "Anna")
        assert got.count("- [x] ") == 2
        assert got.count(" — lunch\n") == 2

    @pytest.mark.parametrize("status", ["/", ">", "-", " "])
    def test_a_line_that_was_put_off(self, status: str) -> None:
        text = update("", "boris").replace("[ ]", f"[{status}]")
        assert self.tick(text, "", "Boris") == text.replace(f"[{status}]", "[x]")

    def test_what_she_wrote_stays(self) -> None:
        text = (
            "%% vault:due 2026-11-20 %%\nmine\n* [ ] [[Anna]] · due today (every week) her words\n"
            "    - nested\n\n%% vault:end %%\n"
        )
        assert self.tick(text, "call") == text.replace("* [ ]", "* [x]").replace(
            "her words", "her words — call"
        )

    def test_a_line_is_added_for_somebody_without_one(self) -> None:
        text = update("", "boris")
        end = "\n\n%% vault:end %%\n"
        added = "\n- [x] [[Anna]] — call: hi"
        assert self.tick(text, "call: hi") == text.replace(end, added + end)

    def test_one_line_for_all_where_one_has_none(self) -> None:
        got = self.tick(update("", "boris"), "lunch", "Anna", "Boris")
        assert "- [x] [[Anna]], [[Boris]] — lunch\n" in got
        assert "- [ ] [[Boris]]" in got

    def test_a_second_time_is_a_second_line(self) -> None:
        once = self.tick(update("", "anna"), "call")
        twice = self.tick(once, "email")
        assert twice.count("- [x] [[Anna]]") == 2
        assert "- [x] [[Anna]] — email\n" in twice

    def test_a_birthday_is_not_ticked(self) -> None:
        got = self.tick(update("", "cake"), "call")
        assert "- [ ] 🎂 [[Anna]] turns 40 today\n- [x] [[Anna]] — call\n" in got

    def test_a_note_without_a_block(self) -> None:
        assert self.tick("# Friday\n", "call") == (
            "# Friday\n\n## Keep in touch\n%% vault:due 2026-11-20 %%\n"
            "- [x] [[Anna]] — call\n\n%% vault:end %%\n"
        )

    def test_the_list_of_the_day_keeps_the_line(self) -> None:
        text = self.tick("# Friday\n", "call: hi")
        assert update(text, "anna") == text

    def test_nothing_outside_the_markers_changes(self) -> None:
        text = "a  \r\nb\n" + update("", "anna") + "c  "
        got = self.tick(text, "call")
        assert got.startswith("a  \r\nb\n## Keep in touch\n")
        assert got.endswith("%% vault:end %%\nc  ")
