"""The example vault, moved to another day by `tools/demo.py`."""

import importlib.util
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "example-vault"
SPEC = importlib.util.spec_from_file_location("demo", ROOT / "tools" / "demo.py")
assert SPEC
assert SPEC.loader
demo = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(demo)

FORTY_DAYS_ON = date(2026, 12, 30)


def files(vault: Path) -> dict[str, bytes]:
    return {
        path.relative_to(vault).as_posix(): path.read_bytes()
        for path in vault.rglob("*")
        if path.is_file() and path.name != demo.MARK
    }


def notes(vault: Path) -> dict[str, str]:
    return {path: text.decode() for path, text in files(vault).items() if path.endswith(".md")}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("demo") / "vault"
    demo.make_demo(EXAMPLE, target, FORTY_DAYS_ON)
    return target


def test_on_the_example_day_the_copy_is_identical(tmp_path: Path) -> None:
    demo.make_demo(EXAMPLE, tmp_path / "vault", demo.EXAMPLE_DAY)
    assert files(tmp_path / "vault") == files(EXAMPLE)


def test_forty_days_on_the_diary_ends_forty_days_later(moved: Path) -> None:
    days = sorted(path.stem for path in (moved / "Daily").iterdir())
    originals = sorted(path.stem for path in (EXAMPLE / "Daily").iterdir())
    assert [str(date.fromisoformat(day) - timedelta(40)) for day in days] == originals
    assert days[-1] == "2026-12-29"


def test_only_the_dates_of_a_note_change(moved: Path) -> None:
    without_dates = re.compile(r"\d+|" + "|".join(demo.MONTHS_EN))
    before = [without_dates.sub("", text) for text in notes(EXAMPLE).values()]
    after = [without_dates.sub("", text) for text in notes(moved).values()]
    assert sorted(after) == sorted(before)


def test_settings_are_copied_as_they_are(moved: Path) -> None:
    for path in (EXAMPLE / ".obsidian").iterdir():
        assert (moved / ".obsidian" / path.name).read_bytes() == path.read_bytes()


def dangling(vault: Path) -> list[tuple[str, str]]:
    """The links to dated notes that lead nowhere."""
    titles = {path.rpartition("/")[2].removesuffix(".md") for path in notes(vault)}
    link = re.compile(r"\[\[(\d{4}-\d\d-\d\d[^\]|#]*)")
    return [
        (path, target)
        for path, text in notes(vault).items()
        for target in link.findall(text)
        if target not in titles
    ]


def test_links_to_daily_notes_and_meetings_still_resolve(moved: Path) -> None:
    assert dangling(EXAMPLE) == []
    assert dangling(moved) == []


def test_each_date_moves_by_the_same_number_of_days(moved: Path) -> None:
    iso = re.compile(r"(?<![\d-])20\d\d-\d\d-\d\d(?![\d-])")

    def dates(vault: Path) -> list[date]:
        return sorted(
            date.fromisoformat(found)
            for path, text in notes(vault).items()
            for found in iso.findall(path + "\n" + text)
            if found != "2026-02-30"
        )

    before, after = dates(EXAMPLE), dates(moved)
    assert len(before) > 200
    assert after == [day + timedelta(40) for day in before]


def test_due_blocks_stand_in_the_note_of_their_day(moved: Path) -> None:
    blocks = {
        path: found
        for path, text in notes(moved).items()
        if (found := re.findall(r"%% vault:due (\S+) %%", text))
    }
    assert len(blocks) >= 8
    assert all(found == [Path(path).stem] for path, found in blocks.items())


def test_impossible_dates_stay_impossible(moved: Path) -> None:
    assert "last_contact: 2026-02-30" in (moved / "People" / "Clara Voss.md").read_text("utf-8")


def test_the_stamp_of_a_conflict_copy_stays(moved: Path) -> None:
    assert (moved / "People" / "Anna Petrova.sync-conflict-20261101-120000-ABCDEFG.md").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("birthday: 1986-11-24", "birthday: 1987-01-03"),  # turns 40 four days from today, still
        ("birthday: 1988-03-14", "birthday: 1988-04-23"),
        ("birthday: --11-27", "birthday: --01-06"),
        ("birthday: 03-14", "birthday: 04-23"),
        ("birthday: 1988-03", "birthday: 1988-03"),
        ("birthday: 1979", "birthday: 1979"),
        ("birthday: 1992-02-29", "birthday: 1992-02-29"),
        ("birthday: 2000-01-20", "birthday: 2000-03-01"),  # as 20 January 2027 does
        ("BDAY: 1604-12-02", "BDAY: 1604-01-11"),
        ("prm-birthday: 0000-05-16", "prm-birthday: 0000-06-25"),
        ("день_рождения: 14.03.1988", "день_рождения: 23.04.1988"),
        ("День рождения: 21.11", "День рождения: 31.12"),
        ("др: 12.10", "др: 21.11"),
        ("dates:\n  - 2019-06-01 wedding", "dates:\n  - 2019-07-11 wedding"),
        ("dates:\n- --09-01 at Acme\ncity: 10-11", "dates:\n- --10-11 at Acme\ncity: 10-11"),
        ("birthday: 1990-13-45", "birthday: 1990-13-45"),
        ("version: 12.10", "version: 12.10"),
        ("next: 2026-11-20T10:00", "next: 2026-12-30T10:00"),
    ],
)
def test_properties(before: str, after: str) -> None:
    assert demo.shift_dates(f"---\n{before}\n---\n", 40) == f"---\n{after}\n---\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- 25.10.2026 звонок", "- 04.12.2026 звонок"),
        ("- 03-14 and 12.10 are no dates here", "- 03-14 and 12.10 are no dates here"),
        ("- [[2026-10-11]] 09:30 email", "- [[2026-11-20]] 09:30 email"),
        ("+7 900 000-11-22, 27 Oct", "+7 900 000-11-22, 27 Oct"),
        ("- 30.02.2026", "- 30.02.2026"),
        ("birthday: --11-27", "birthday: --11-27"),
    ],
)
def test_text(before: str, after: str) -> None:
    assert demo.shift_dates(before, 40) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("last: call 27 Oct · likes video", "last: call 6 Dec · likes video"),
        ("last: coffee 24 Nov 2025", "last: coffee 3 Jan 2026"),
        ("в последний раз: звонок 27 окт.", "в последний раз: звонок 6 дек."),
        ("исполнится 40 1 мая", "исполнится 40 10 июня"),
        ("every 2 weeks, 3 December", "every 2 weeks, 3 December"),
    ],
)
def test_short_dates_in_the_due_block(before: str, after: str) -> None:
    text = "%% vault:due 2026-11-19 %%\n- [ ] {}\n%% vault:end %%\n27 Oct\n"
    moved = text.format(after).replace("2026-11-19", "2026-12-29")
    assert demo.shift_dates(text.format(before), 40) == moved


def test_an_earlier_demo_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "vault"
    demo.make_demo(EXAMPLE, target, demo.EXAMPLE_DAY)
    (target / "Daily" / "later.md").write_text("Today", "utf-8")
    demo.make_demo(EXAMPLE, target, FORTY_DAYS_ON)
    assert not (target / "Daily" / "later.md").exists()
    assert len(files(target)) == len(files(EXAMPLE))


def test_a_folder_with_other_content_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.md").write_text("mine", "utf-8")
    assert demo.main([str(EXAMPLE), str(tmp_path)]) == 4
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


def test_source_and_target_must_be_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert demo.main([str(tmp_path), str(tmp_path / "inside")]) == 4
    assert demo.main([str(tmp_path / "missing"), str(tmp_path)]) == 4
    assert "demo:" in capsys.readouterr().err


def test_the_command_says_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.main([str(EXAMPLE), str(tmp_path / "v"), "--today", "2026-12-30"]) == 0
    assert "today is 2026-12-30" in capsys.readouterr().out
