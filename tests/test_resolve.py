from __future__ import annotations

import re
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.table import cases
from vaulttool.resolve import answers, files_of, leads_alike, resolve


@cases("resolve")
def test_resolution(given: str, expected: str) -> None:
    files = files_of(given.split("\n"))
    for line in expected.split("\n"):
        match = re.fullmatch(r"(?P<source>.+) \[\[(?P<target>.*)\]\] (?P<found>.+)", line)
        assert match, line
        found = answers(match["target"], match["source"], files)
        assert (" = ".join(found) or "-") == match["found"], line
        assert resolve(match["target"], match["source"], files) == (found[0] if found else None)


FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


@pytest.mark.parametrize("stored", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_a_name_is_found_however_its_accents_are_stored(
    stored: Literal["NFC", "NFD"], written: Literal["NFC", "NFD"]
) -> None:
    path = unicodedata.normalize(stored, "Café/Ёлка й.md")
    for link in ("Ёлка й", "Café/Ёлка й", "/café/ёлка Й", "./Ёлка й.md"):
        target = unicodedata.normalize(written, link)
        source = unicodedata.normalize(stored, "Café/x.md")
        assert resolve(target, source, files_of([path])) == path


def test_a_path_s_length_does_not_depend_on_how_its_accents_are_stored() -> None:
    paths = ["bb/Note.md", unicodedata.normalize("NFD", "é/Note.md")]
    assert resolve("Note", "x/y.md", files_of(paths)) == paths[1]


def best(paths: list[str], target: str, source: str) -> str | None:
    """The rules of a plain target, said again without any index."""
    folder = source.rpartition("/")[0].casefold()
    for spelled in (target.casefold(), f"{target.casefold()}.md"):
        exact = [path for path in paths if path.casefold() == spelled]
        ends = [path for path in paths if path.casefold().endswith(f"/{spelled}")]
        near = [path for path in ends if not folder or path.casefold().startswith(f"{folder}/")]
        for found in (exact, near, ends):
            if found:
                return min(found, key=lambda path: (len(path), path))
    return None


def test_a_path_s_length_is_counted_in_utf_16_as_obsidian_does() -> None:
    assert resolve("Note", "x/y.md", files_of(["🎂🎂/Note.md", "abc/Note.md"])) == "abc/Note.md"


PATHS = st.lists(st.sampled_from("aAbé."), min_size=1, max_size=4).map("/".join)
NOTES = PATHS.map(lambda path: f"{path}.md")


@given(st.lists(NOTES, min_size=1, max_size=8, unique=True), NOTES)
def test_a_vault_s_files_do_not_tell_in_which_order_they_came(paths: list[str], more: str) -> None:
    built = files_of(paths)
    for path in reversed(paths):
        assert files_of(other for other in paths if other != path).with_path(path) == built
    assert built.with_path(more).without_path(more) == (
        built if more not in paths else files_of(path for path in paths if path != more)
    )


@given(st.lists(NOTES, min_size=1, max_size=8, unique=True), PATHS, NOTES)
def test_what_answers_is_there_and_ends_with_the_target(
    paths: list[str], target: str, source: str
) -> None:
    found = answers(target, source, files_of(paths))
    assert set(found) <= set(paths)
    assert len({len(path) for path in found}) <= 1
    if not target.startswith("."):
        ends = (target.casefold(), f"{target}.md".casefold())
        assert all(f"/{path.casefold()}".endswith(tuple(f"/{end}" for end in ends))
            for path in found)  # fmt: skip
        exact = {path for path in paths if path.casefold() == ends[0]}
        assert set(found) == exact if exact else True


DEEP = st.lists(st.sampled_from(["a", "A", "b", "ab", "n"]), min_size=1, max_size=5).map("/".join)
MANY = st.lists(DEEP.map(lambda path: f"{path}.md"), min_size=1, max_size=30, unique=True)


@given(MANY, DEEP, DEEP.map(lambda path: f"{path}.md"))
def test_an_index_finds_what_a_search_through_all_files_finds(
    paths: list[str], target: str, source: str
) -> None:
    assert resolve(target, source, files_of(paths)) == best(paths, target, source)


TARGETS = st.tuples(st.sampled_from(["", "", "/", "./", "../"]), DEEP, st.sampled_from(["", ".md"]))


@given(MANY, TARGETS.map("".join), st.lists(DEEP, min_size=1))
def test_what_leads_alike_leads_there_from_every_folder(
    paths: list[str], target: str, folders: list[str]
) -> None:
    files = files_of(paths)
    found = {resolve(target, f"{folder}/x.md", files) for folder in folders}
    assert not leads_alike(target, files) or len(found) == 1


def test_most_links_lead_alike() -> None:
    files = files_of(["a/Anna.md", "b/Index.md", "c/Index.md"])
    assert leads_alike("Anna", files)
    assert leads_alike("Nobody", files)
    assert leads_alike("c/Index.md", files)
    assert not leads_alike("index", files)
    assert not leads_alike("./Anna", files)
    assert not leads_alike("", files)
