from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.locale import LANGUAGES
from vaulttool.markdown.moment import format_moment, parse_moment

if TYPE_CHECKING:
    from vaulttool.model import Language

ROOT = Path(__file__).parents[2]
VECTORS = json.loads((ROOT / "tests/cases/moment.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("when", "pattern", "lang", "text"), VECTORS["format"])
def test_writes_what_moment_writes(when: str, pattern: str, lang: Language, text: str) -> None:
    assert format_moment(datetime.fromisoformat(when), pattern, lang) == text


@pytest.mark.parametrize(("text", "pattern", "lang", "day"), VECTORS["parse"])
def test_reads_what_moment_reads(text: str, pattern: str, lang: Language, day: str | None) -> None:
    assert parse_moment(text, pattern, lang) == (date.fromisoformat(day) if day else None)


def test_fresh_vectors() -> None:
    folder, node = os.environ.get("VAULT_MOMENT_DIR"), shutil.which("node")
    if not (folder and node and (Path(folder) / "node_modules/moment").is_dir()):
        pytest.skip("needs node, and VAULT_MOMENT_DIR: a folder where moment is installed")
    seed = str(datetime.now(UTC).microsecond)
    made = subprocess.run(
        [node, ROOT / "tools/moment_vectors.mjs", folder, seed, "200"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    vectors = json.loads(made.stdout)
    assert len(vectors["format"]) == len(vectors["parse"]) == 100
    for when, pattern, lang, text in vectors["format"]:
        written = format_moment(datetime.fromisoformat(when), pattern, lang)
        assert written == text, (seed, when, pattern, lang)
    for text, pattern, lang, day in vectors["parse"]:
        known = day and len(day) == len("YYYY-MM-DD")  # moment goes on beyond the year 9999
        expected = date.fromisoformat(day) if known else None
        assert parse_moment(text, pattern, lang) == expected, (seed, text, pattern, lang)


FIXING = (
    "YYYY-MM-DD",
    "YYYYMMDDHHmm",
    "YYYY/MMMM/YYYY-MMM-DD",
    "dddd, D MMMM YYYY",
    "[в] dddd, MMMM Do YYYY",
    "ddd dd d E e DD.MM.YYYY",
    "YYYY-DDDD",
    "DDD YYYY",
    "GGGG-[W]WW-E",
    "gggg-[W]ww-e",
    "gggg ww dddd",
    "GGGG-[W]WW dddd",
    "YYYY-MM-DD [Q]Q",
    "MM/DD/YYYY h:mm:ss.SSS A ZZ",
    "YYYY-MM-DD x X",
    "LLLL",
    "llll",
    "YYYYYY-M-D Hmm",
)


@given(
    st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31)),  # noqa: DTZ001
    st.sampled_from(FIXING),
    st.sampled_from(LANGUAGES),
)
def test_a_written_day_reads_back(when: datetime, pattern: str, lang: Language) -> None:
    assert parse_moment(format_moment(when, pattern, lang), pattern, lang) == when.date()


@given(st.text(), st.text("YMDdEewWgGHhkmsSQ[]\\-/. xXoLlTZz"), st.sampled_from(LANGUAGES))
def test_no_text_and_no_pattern_is_too_strange(text: str, pattern: str, lang: Language) -> None:
    parse_moment(text, pattern, lang)
    parse_moment(pattern, pattern, lang)
    assert isinstance(format_moment(datetime(2026, 1, 5, tzinfo=UTC), pattern, lang), str)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("", ""),
        ("2026", "YYYY"),
        ("2026-01", "YYYY-MM"),
        ("01-05", "MM-DD"),
        ("2026-W02", "GGGG-[W]WW"),
        ("Monday", "dddd"),
        ("2026-Q1-05", "YYYY-[Q]Q-DD"),
        ("02-1", "WW-E"),
        ("1767571200", "X"),
    ],
)
def test_a_pattern_that_fixes_no_day_reads_none(text: str, pattern: str) -> None:
    assert parse_moment(text, pattern, "en") is None


@pytest.mark.parametrize(
    ("text", "pattern", "lang", "day"),
    [
        # moment lets the quarter move the month to its first.
        ("2024-05-10 Q2", "YYYY-MM-DD [Q]Q", "en", date(2024, 5, 10)),
        # moment moves the day into the machine's own zone.
        ("2024-05-10 23:30 -05:00", "YYYY-MM-DD HH:mm Z", "en", date(2024, 5, 10)),
        # moment reads every such week as its Monday.
        ("2024-W20 Tuesday", "GGGG-[W]WW dddd", "en", date(2024, 5, 14)),
        # moment takes letters that follow for a part of the name.
        ("2024May10th", "YYYYMMMDD[th]", "en", date(2024, 5, 10)),
        ("в пятницу, 10 мая 2024", "[в] dddd, D MMMM YYYY", "ru", date(2024, 5, 10)),
        # moment carries 24:00 over to the next day.
        ("2024-05-10 24:00", "YYYY-MM-DD HH:mm", "en", None),
        # moment knows the year 0, and years of six digits.
        ("0000-01-01", "YYYY-MM-DD", "en", None),
        ("+012024-05-10", "YYYYYY-MM-DD", "en", None),
        ("10-ноя.-2024", "DD-MMM-YYYY", "ru", None),
    ],
)
def test_where_moment_is_left_on_purpose(
    text: str, pattern: str, lang: Language, day: date | None
) -> None:
    assert parse_moment(text, pattern, lang) == day


def test_a_time_with_a_zone_writes_its_own() -> None:
    when = datetime(2026, 1, 5, 3, 4, 5, tzinfo=timezone(-timedelta(hours=3, minutes=30)))
    assert format_moment(when, "HH:mm Z ZZ [z]z X", "en") == "03:04 -03:30 -0330 z 1767594845"


def test_the_last_day_has_no_english_week() -> None:
    last = datetime(9999, 12, 31, tzinfo=UTC)
    assert format_moment(last, "GGGG-[W]WW", "en") == "9999-W52"
    with pytest.raises(OverflowError):
        format_moment(last, "gggg", "en")


def test_names_made_of_parts_of_names_read_whole() -> None:
    for month in range(1, 13):
        when = datetime(2026, month, 1, tzinfo=UTC)
        for lang in LANGUAGES:
            for pattern in ("DDMMMYYYY", "DDMMMMYYYY", "DD MMMM YYYY", "MMM DD YYYY"):
                text = format_moment(when, pattern, lang)
                assert parse_moment(text.upper(), pattern, lang) == when.date()
