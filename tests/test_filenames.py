"""Names of files: made of any text, so that every system, sync tool and link can carry them."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

import pathvalidate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaulttool.filenames import MAX_BYTES, clash, is_conflict_copy, safe_name
from vaulttool.markdown.inert import is_linkable
from vaulttool.vault.walk import walk

FAMILY = "👨\u200d👩\u200d👧"
PIECES = (
    *("CON", "nul", ".", " ", "..", "/", "\\", ":", "*", "?", '"', "<", ">", "|", "[", "]", "#"),
    *("^", "%", "%%", "<%", "%>", "`", "~", "com1", ".md", "\0", "\n", "\x7f", "\x9f", "\u202e"),
    *("\u200b", "\u0301", "e", "é", "ß", "İ", "\ud800", FAMILY, "🇩🇪", "👍🏽", "\ufe0f", "Анна"),
    *("(vault conflict 2026-01-01 120000)", ".sync-conflict-20260101-120000", "conflicted copy"),
    *("_", "LPT¹", "conin$", "\u00a0", "a" * 90, "я" * 90, "(", ")", "~syncthing~"),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Petrova", "Anna Petrova"),
        ("Ольга Соколова", "Ольга Соколова"),
        ("Cafe\u0301", "Café"),
        ('Anna "Ann" Lee', "Anna 'Ann' Lee"),
        ("AC/DC: live?", "AC-DC- live"),
        ("Ann [work] #1 ^", "Ann (work) 1"),
        ("Дем`ян", "Дем'ян"),
        ("100%% <% x %>", "100% (% x )"),
        (" .hidden. ", "hidden"),
        ("Jr. ", "Jr"),
        ("two\n\tlines\x1b\u202e", "two lines"),
        ("con", "con_"),
        ("NUL.txt", "NUL_.txt"),
        ("Com1 .x", "Com1_ .x"),
        ("Conrad", "Conrad"),
        ("", "_"),
        ("...", "_"),
        ("Anna (conflicted copy 2026)", "Anna conflicted copy 2026"),
        (FAMILY, FAMILY),
    ],
)
def test_a_name_for_a_note(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("grapheme", ["я", "e\u0323\u0323", FAMILY, "🇩🇪", "👍🏽", "❤\ufe0f", "한"])
def test_a_long_name_is_cut_between_two_graphemes(grapheme: str) -> None:
    for lead in ("", "a", "ab", "abc"):
        name = safe_name(lead + grapheme * 200)
        composed = unicodedata.normalize("NFC", grapheme)
        whole = (len(name) - len(lead)) // len(composed)
        assert name == lead + composed * whole
        size = len(name.encode())
        assert size <= MAX_BYTES < size + len(composed.encode())


@given(TEXTS)
def test_any_text_gives_a_name_that_every_system_can_keep(text: str) -> None:
    name = safe_name(text)
    pathvalidate.validate_filename(name, platform="universal")
    pathvalidate.validate_filename(f"{name}.md", platform="universal", max_len=255)
    assert len(name.encode()) <= MAX_BYTES
    assert unicodedata.is_normalized("NFC", name)
    assert not name.startswith((".", " ")) and not name.endswith((".", " "))  # noqa: PT018
    assert is_linkable(name)
    assert not is_conflict_copy(name)
    assert safe_name(name) == name


@given(TEXTS)
def test_a_note_of_that_name_is_written_and_read(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        note = f"{safe_name(text)}.md"
        (Path(folder) / note).write_bytes(b"x")
        assert walk(Path(folder), []).notes == [note]


@pytest.mark.parametrize("other", ["people/anna.md", "People/ANNA.md", "People/Anna.md"])
def test_names_that_only_case_tells_apart_clash(other: str) -> None:
    assert clash("People/Anna.md", ["Anna.md", other]) == other


def test_names_that_only_the_form_of_their_accents_tells_apart_clash() -> None:
    assert clash("Zoe\u0308.md", ["Zoë.md"]) == "Zoë.md"
    assert clash("STRASSE.md", ["straße.md"]) == "straße.md"
    assert clash("Anna.md", ["Anne.md", "People/Anna.md"]) is None
