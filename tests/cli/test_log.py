"""`vault log`: one record of an interaction, where the design says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash
from vaulttool.locale import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

ANNA = "---\nevery: 2 weeks\nlast_contact: 2026-11-03\n---\n"
FILES = {"People/Anna.md": ANNA, "People/Boris.md": ANNA, "People/Carl Lee.md": ""}
NOTE = f"{TODAY}.md"


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def evidence(run: Run, root: Path, name: str) -> list[tuple[str, str, str, str, str]]:
    found = run("--vault", root, "--today", TODAY, "interactions", name, "--format", "json").json
    return [
        (row["date"], row["kind"], row["channel"], row["direction"], row["text"]) for row in found
    ]


class TestDaily:
    def test_today_makes_the_note(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        done = run("--vault", root, "--today", TODAY, "log", "carl", "hi there", "--via", "call")
        assert "Carl Lee" in done.err
        assert NOTE in done.err
        assert read(root, NOTE) == (
            "## Keep in touch\n%% vault:due 2026-11-20 %%\n"
            "- [x] [[Carl Lee]] — call: hi there\n\n%% vault:end %%\n"
        )
        assert evidence(run, root, "carl")[0][:4] == (TODAY, "tick", "call", "both")

    def test_the_line_of_the_list_is_ticked(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        run("--vault", root, "--today", TODAY, "due")
        before = read(root, NOTE)
        run("--vault", root, "--today", TODAY, "log", "anna", "--via", "call")
        line = "- [ ] [[Anna]] · 3 days over (every 2 weeks) · last: 3 Nov"
        assert read(root, NOTE) == before.replace(line, line.replace("[ ]", "[x]") + " — call")
        run("--vault", root, "--today", TODAY, "due")
        assert "- [x] [[Anna]] · 3 days over" in read(root, NOTE)

    def test_several_people(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        run("--vault", root, "--today", TODAY, "log", "anna", "carl", "lunch with both")
        assert "- [x] [[Anna]], [[Carl Lee]] — lunch with both\n" in read(root, NOTE)
        for name in ("anna", "carl"):
            assert evidence(run, root, name)[0][0] == TODAY

    def test_the_same_person_once(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        run("--vault", root, "--today", TODAY, "log", "carl", "Carl Lee")
        assert read(root, NOTE).count("Carl Lee") == 1

    def test_a_past_day_that_has_a_note(self, run: Run, vault: MakeVault) -> None:
        root = vault({**FILES, "2026-11-18.md": "# Wednesday\n"})
        run("--vault", root, "--today", TODAY, "log", "carl", "--on", "2026-11-18")
        assert read(root, "2026-11-18.md").startswith("# Wednesday\n\n## Keep in touch\n")
        assert "- [x] [[Carl Lee]]\n" in read(root, "2026-11-18.md")
        assert not (root / NOTE).exists()

    @pytest.mark.parametrize(
        ("on", "day"),
        [
            *(("today", TODAY), ("yesterday", "2026-11-19"), ("вчера", "2026-11-19")),
            *(("позавчера", "2026-11-18"), ("18.11.2026", "2026-11-18")),
            *(("last friday", "2026-11-13"), ("в прошлую пятницу", "2026-11-13")),
            *(("3 days ago", "2026-11-17"), ("wednesday", "2026-11-18"), ("5 nov", "2026-11-05")),
        ],
    )
    def test_words_for_days(self, run: Run, vault: MakeVault, on: str, day: str) -> None:
        root = vault(FILES)
        run("--vault", root, "--today", TODAY, "log", "carl", "--on", on, "--to", "daily")
        assert "- [x] [[Carl Lee]]\n" in read(root, f"{day}.md")

    @pytest.mark.parametrize(
        ("args", "channel", "direction"),
        [
            (["--via", "email", "--out"], "email", "out"),
            (["--via", "email", "--in"], "email", "in"),
            (["--via", "email", "--in", "--out"], "email", "both"),
            (["--via", "звонок"], "call", "both"),
            (["--via", "КОФЕ"], "coffee", "both"),
            (["--out"], None, "out"),
        ],
    )
    def test_channel_and_direction_are_read_back(
        self,
        run: Run,
        vault: MakeVault,
        args: list[str],
        channel: str | None,
        direction: str,
    ) -> None:
        for place in ("daily", "contact"):
            root = vault(FILES)
            run("--vault", root, "--today", TODAY, "log", "carl", "so it was", "--to", place, *args)
            (found,) = evidence(run, root, "carl")
            assert found[2:4] == (channel, direction), place
            assert "so it was" in found[4]
            for path in (NOTE, "People/Carl Lee.md"):
                (root / path).unlink(missing_ok=True)

    def test_a_text_cannot_break_the_block(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        for text in ("a\n%% vault:end %%\nb", "\t- x", "[[Anna]] was there", "%% x"):
            run("--vault", root, "--today", TODAY, "log", "carl", text)
        written = read(root, NOTE)
        assert written.count("\n%% vault:end %%\n") == 1
        assert written.count("- [x] [[Carl Lee]] — ") == 4
        run("--vault", root, "--today", TODAY, "due")
        assert read(root, NOTE).count("- [x] [[Carl Lee]] — ") == 4


class TestContact:
    def test_a_past_day_without_a_note(self, run: Run, vault: MakeVault) -> None:
        root = vault({**FILES, "People/Carl Lee.md": "Hi.\n"})
        run("--vault", root, "--today", TODAY, "log", "carl", "hi", "--on", "2026-11-18", "--via",
            "call")  # fmt: skip
        assert read(root, "People/Carl Lee.md") == "Hi.\n\n## Log\n- 2026-11-18 call: hi\n"
        assert list(root.glob("2026*")) == []

    def test_in_each_note_of_several(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        run("--vault", root, "--today", TODAY, "log", "anna", "boris", "lunch", "--to", "contact")
        for path in ("People/Anna.md", "People/Boris.md"):
            assert read(root, path) == f"{ANNA}\n## Log\n- 2026-11-20 lunch\n"

    def test_all_or_nobody(self, run: Run, vault: MakeVault) -> None:
        root = vault({**FILES, "People/Boris.md": b"\xff\n"})
        before = tree_hash(root)
        run("--vault", root, "--today", TODAY, "log", "anna", "boris", "--to", "contact", code=4)
        assert tree_hash(root) == before

    @pytest.mark.parametrize("body", ["```\ncode\n", "~~~~\n", "<!-- a comment\n"])
    def test_a_line_that_would_not_be_read_is_not_written(
        self, run: Run, vault: MakeVault, body: str
    ) -> None:
        root = vault({"People/Carl.md": body})
        done = run("--vault", root, "log", "carl", "hi", "--to", "contact", code=4)
        assert "would not be read as a log entry" in done.err
        assert read(root, "People/Carl.md") == body

    def test_the_setting(self, run: Run, vault: MakeVault) -> None:
        root = vault({**FILES, "vaulttool.toml": '[log]\nto = "contact"\n'})
        run("--vault", root, "--today", TODAY, "log", "carl")
        assert read(root, "People/Carl Lee.md") == "## Log\n- 2026-11-20\n"
        run("--vault", root, "--today", TODAY, "log", "carl", "--to", "daily")
        assert "- [x] [[Carl Lee]]" in read(root, NOTE)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (
                "## Log\n- 2026-11-02 call: a\n- 2026-10-01 call: b\n",
                "## Log\n- 2026-11-20 hi\n- 2026-11-02 call: a\n- 2026-10-01 call: b\n",
            ),
            (
                "## Log\n- 2026-10-01 call\n- 2026-11-02 sms\n\t- so\n\n## Else\n",
                "## Log\n- 2026-10-01 call\n- 2026-11-02 sms\n\t- so\n- 2026-11-20 hi\n\n## Else\n",
            ),
            (
                "## История\r\n- 02.11.2026 — a\r\n- 01.10.2026 — b\r\n",
                "## История\r\n- 20.11.2026 hi\r\n- 02.11.2026 — a\r\n- 01.10.2026 — b\r\n",
            ),
            (
                "Text.\n\n* [[2026-11-02]] call\n* [[2026-10-11]] email\n",
                "Text.\n\n* [[2026-11-20]] hi\n* [[2026-11-02]] call\n* [[2026-10-11]] email\n",
            ),
        ],
    )
    def test_in_the_manner_of_the_log_that_is_there(
        self, run: Run, vault: MakeVault, before: str, after: str
    ) -> None:
        root = vault({"People/Carl.md": before})
        run("--vault", root, "--today", TODAY, "log", "carl", "hi", "--to", "contact")
        assert read(root, "People/Carl.md") == after

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_a_past_day_stands_in_the_order_of_the_dates(
        self, run: Run, vault: MakeVault, end: str
    ) -> None:
        lines = ["\ufeff## Log", "* 10.11.2026 b", "\t* more", "* 01.10.2026 a  ", "", "Ende"]
        root = vault({"People/Carl.md": end.join(lines)})
        run("--vault", root, "--today", TODAY, "log", "carl", "hi", "--on", "2026-11-02")
        lines.insert(3, "* 02.11.2026 hi")
        assert read(root, "People/Carl.md") == end.join(lines)

    def test_in_the_language_of_the_note(self, run: Run, vault: MakeVault) -> None:
        root = vault({"Люди/Ольга.md": "Подруга со школы.\n"})
        run("--vault", root, "--today", TODAY, "log", "ольга", "о даче", "--via", "call", "--to",
            "contact")  # fmt: skip
        written = read(root, "Люди/Ольга.md")
        assert written.startswith("Подруга со школы.\n\n## Лог\n- 2026-11-20 звонок: о даче\n")
        assert evidence(run, root, "ольга")[0][2] == "call"


class TestNamesAndText:
    def test_a_last_word_that_names_somebody_is_a_name(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        run("--vault", root, "--today", TODAY, "log", "carl", "anna")
        assert "[[Carl Lee]], [[Anna]]" in read(root, NOTE)

    def test_a_sentence_with_a_name_in_it_is_text(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        run("--vault", root, "--today", TODAY, "log", "carl", "spoke about anna and boris")
        assert "[[Carl Lee]] — spoke about anna and boris\n" in read(root, NOTE)

    def test_a_name_that_is_almost_known_is_refused(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        before = tree_hash(root)
        for words in (("carl", "and", "borus", "hi"), ("carl,", "borus"), ("carl", "Borus", "hi")):
            assert "Boris" in run("--vault", root, "log", *words, code=1).err
        assert tree_hash(root) == before

    def test_several_candidates_are_listed(self, run: Run, vault: MakeVault) -> None:
        root = vault({**FILES, "People/Anna Lee.md": "", "People/Anna May.md": ""})
        before = tree_hash(root)
        for words in (("lee", "lunch"), ("boris", "lee", "lunch"), ("boris", "and", "lee")):
            done = run("--vault", root, "--format", "json", "log", *words, code=4)
            assert done.error["candidates"] == ["People/Anna Lee.md", "People/Carl Lee.md"]
        assert tree_hash(root) == before

    def test_words_without_quotes(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        asked = ["anna", "boris", "lunch", "at", "the", "lake", "yesterday", "--to", "contact"]
        done = run("--vault", root, "--today", TODAY, "log", *asked)
        assert done.err.startswith("Recorded: lunch with Anna, Boris on 19 Nov, in ")
        for path in ("People/Anna.md", "People/Boris.md"):
            assert read(root, path).endswith("## Log\n- 2026-11-19 lunch at the lake\n")

    def test_a_channel_in_the_middle_of_the_words(self, run: Run, vault: MakeVault) -> None:
        for to, line in (
            ("contact", "- 2026-11-20 coffee: had a quick coffee\n"),
            ("daily", "- [x] [[Carl Lee]] — had a quick coffee\n"),
        ):
            root = vault(FILES)
            run("--vault", root, "--today", TODAY, "log", "carl", "had a quick coffee", "--to", to)
            assert line in read(root, NOTE if to == "daily" else "People/Carl Lee.md")
            assert evidence(run, root, "carl")[0][2] == "coffee"
            (root / "People/Carl Lee.md").unlink()

    def test_what_the_options_say_is_not_read_from_the_words(
        self, run: Run, vault: MakeVault
    ) -> None:
        root = vault(FILES)
        asked = ("log", "carl", "lunch yesterday", "--on", "today", "--via", "call")
        run("--vault", root, "--today", TODAY, *asked)
        assert "- [x] [[Carl Lee]] — call: lunch yesterday\n" in read(root, NOTE)

    def test_a_day_that_has_not_come(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        before = tree_hash(root)
        for words in (("carl", "tomorrow"), ("carl", "завтра", "обед"), ("carl", "--on", "in 3d")):
            done = run("--vault", root, "--today", TODAY, "log", *words, code=2)
            assert "has not come yet" in done.err
        assert tree_hash(root) == before

    def test_undone_in_one_step(self, run: Run, vault: MakeVault) -> None:
        root = vault(FILES)
        before = {path: read(root, path) for path in FILES}
        run("--vault", root, "log", "anna", "and", "boris", "lunch", "--to", "contact")
        run("--vault", root, "undo")
        assert {path: read(root, path) for path in FILES} == before

    @pytest.mark.parametrize("word", ["hi", "art", "call", "lunch", "x", "ee", "звонок"])
    def test_a_word_that_is_part_of_a_name_is_text(
        self, run: Run, vault: MakeVault, word: str
    ) -> None:
        root = vault({**FILES, "People/Sam Whitfield.md": "", "People/Callum Hart.md": ANNA,
                      "People/Lunch Club.md": ANNA})  # fmt: skip
        run("--vault", root, "--today", TODAY, "log", "anna", word)
        assert f"- [x] [[Anna]] — {word}\n" in read(root, NOTE)

    @pytest.mark.parametrize("word", ["carl", "Lee", "carl lee", "People/Carl Lee", "Carl Lee"])
    def test_whole_words_are_a_name(self, run: Run, vault: MakeVault, word: str) -> None:
        root = vault(FILES)
        run("--vault", root, "--today", TODAY, "log", "anna", word)
        assert "- [x] [[Anna]], [[Carl Lee]]\n" in read(root, NOTE)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("channel", sorted(words_of("en").channels))
def test_every_channel_is_read_back_as_it_was_said(
    run: Run, vault: MakeVault, channel: str, lang: str
) -> None:
    root = vault({**FILES, "vaulttool.toml": f'[daily]\nlang = "{lang}"\n'})
    run("--vault", root, "--today", TODAY, "log", "anna", "as ever", "--via", channel)
    assert evidence(run, root, "anna")[0][2] == channel


def test_a_name_that_no_link_can_carry_is_refused(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Ann #1.md": ANNA})
    before = tree_hash(root)
    done = run("--vault", root, "--today", TODAY, "log", "ann", code=4)
    assert "--to contact" in done.err
    assert tree_hash(root) == before
    run("--vault", root, "--today", TODAY, "log", "ann", "--to", "contact")
    assert "- 2026-11-20" in read(root, "People/Ann #1.md")


def test_a_log_line_is_dated_as_its_neighbours_are(run: Run, vault: MakeVault) -> None:
    root = vault(
        {
            ".obsidian/daily-notes.json": '{"folder": "Diary", "format": "DD MMM YYYY"}',
            "People/Anna.md": "## Log\n* [[01 Oct 2026]] email\n* [[02 Nov 2026]] call\n",
        }
    )
    run("--vault", root, "--today", TODAY, "log", "anna", "--via", "lunch", "--to", "contact")
    assert read(root, "People/Anna.md").endswith("call\n* [[20 Nov 2026]] lunch\n")


@pytest.mark.parametrize("to", ["daily", "contact"])
def test_bytes_that_are_no_text_are_shown_as_such(run: Run, vault: MakeVault, to: str) -> None:
    root = vault(FILES)
    run("--vault", root, "--today", TODAY, "log", "carl", "caf\udce9 au lait", "--to", to)
    text = read(root, NOTE if to == "daily" else "People/Carl Lee.md")
    assert "caf? au lait" in text


@pytest.mark.parametrize(
    ("words", "found"),
    [("call last week", "last week"), ("call 11/14", "11/14"), ("обед на днях", "на днях")],
)
def test_a_time_that_is_no_day_is_asked_for(
    run: Run, vault: MakeVault, words: str, found: str
) -> None:
    root = vault(FILES)
    before = tree_hash(root)
    done = run("--vault", root, "--today", TODAY, "log", "carl", words, code=2)
    assert done.err == (
        f"Error: “{found}” does not tell which day: name it with --on, such as --on {TODAY}\n"
    )
    assert tree_hash(root) == before
    run("--vault", root, "--today", TODAY, "log", "carl", words, "--on", "today")
    assert f"- [x] [[Carl Lee]] — {words}\n" in read(root, NOTE)


@pytest.mark.parametrize("to", ["daily", "contact"])
@pytest.mark.parametrize(
    ("words", "channel", "direction"),
    [
        ("he texted me", "sms", "in"),
        ("got an email from him", "email", "in"),
        ("он написал мне", "message", "in"),
        ("he wrote, I wrote back", "message", "both"),
        ("he called me", "call", "both"),
    ],
)
def test_the_words_say_who_wrote(
    run: Run, vault: MakeVault, words: str, channel: str, direction: str, to: str
) -> None:
    root = vault(FILES)
    run("--vault", root, "--today", TODAY, "log", "carl", words, "--to", to)
    assert evidence(run, root, "carl")[0][2:4] == (channel, direction)
    run("--vault", root, "--today", TODAY, "log", "anna", words, "--out", "--to", to)
    assert evidence(run, root, "anna")[0][3] == "out"


def test_who_is_only_named_is_said(run: Run, vault: MakeVault) -> None:
    root = vault(FILES)
    done = run("--vault", root, "--today", TODAY, "log", "carl", "spoke of the trip with boris")
    assert "Named too, and not recorded: boris." in done.err
    assert "- [x] [[Carl Lee]] — spoke of the trip with boris\n" in read(root, NOTE)
    done = run("--vault", root, "--today", TODAY, "log", "carl", "lunch", "with", "boris")
    assert "not recorded" not in done.err
    assert "- [x] [[Carl Lee]], [[Boris]] — lunch\n" in read(root, NOTE)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("had coffee", "coffee"),
        ("we had coffee at the lake", "coffee at the lake"),
        ("yesterday evening had a call", "call: evening"),
        ("a long call", "call: a long call"),
        ("был обед у озера", "обед у озера"),
    ],
)
def test_a_log_names_a_channel_once(run: Run, vault: MakeVault, words: str, line: str) -> None:
    root = vault(FILES)
    run("--vault", root, "--today", TODAY, "log", "carl", words, "--to", "contact")
    assert read(root, "People/Carl Lee.md").endswith(f" {line}\n")
