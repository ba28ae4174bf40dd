"""`vault list` and `vault find`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

NOTES = {
    "People/Anna.md": "---\ncircle: key\ncompany: '[[Lumen]]'\ncity: Tbilisi\n---\n"
    "## Log\n- 2026-11-01 call\n",
    "People/Boris.md": "---\ncircle: book club\npause: true\n---\n",
    "Люди/Ольга.md": "---\ncircle: key\ncountry: RU\n---\n## Log\n- 2026-11-19 call\n",
}


def test_the_table_says_in_words_how_it_stands(run: Run, vault: MakeVault) -> None:
    result = run("--vault", vault(NOTES), "--today", TODAY, "list")
    lines = [line.split("   ") for line in result.out.splitlines()]
    table = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert table[0] == ["Name", "Circle", "Last contact", "Next", "Company", "Place"]
    assert table[2:] == [
        ["Anna", "key", "1 Nov", "5 days over", "Lumen", "Tbilisi"],
        ["Boris", "book club", "paused"],
        ["Ольга", "key", "yesterday", "in 13 days", "RU"],
    ]
    assert result.err == ""  # all of them: there is nothing to count


def test_a_column_that_says_nothing_is_left_out(run: Run, vault: MakeVault) -> None:
    result = run("--vault", vault(NOTES), "--today", TODAY, "list", "--circle", "book club")
    assert result.out.splitlines()[0].split() == ["Name", "Circle", "Next"]
    assert result.err == "1 of 3 contacts\n"


def test_filters_narrow_and_the_same_one_widens(run: Run, vault: MakeVault) -> None:
    root = vault(NOTES)

    def names(*args: str) -> list[str]:
        found = run("--vault", root, "--today", TODAY, "list", "--format", "json", *args).json
        return [row["name"] for row in found]

    assert names("--circle", "key", "--circle", "Book Club") == ["Anna", "Boris", "Ольга"]
    assert names("--circle", "key", "--place", "tbil") == ["Anna"]
    assert names("--due") == ["Anna"]
    assert names("--due", "--within", "2 weeks") == ["Anna"]  # they narrow each other too
    assert names("--circle", "ke", "--place", "tbil") == ["Anna"]
    assert names("--circle", "клю", "--circle", "club") == ["Anna", "Boris", "Ольга"]
    assert names("--within", "2 weeks", "--sort", "due") == ["Anna", "Ольга"]
    assert names("--within", "две недели", "--company", "lumen") == ["Anna"]
    assert names("--sort", "circle") == ["Anna", "Ольга", "Boris"]


def test_find_says_whom_it_may_have_been(run: Run, vault: MakeVault) -> None:
    result = run("--vault", vault(NOTES), "find", "ольгв")
    assert (result.out, result.err) == ("", "Nobody fits; did you mean Ольга?\n")
    assert run("--vault", vault(NOTES), "find", "xyzzy").err == "Nobody fits all of that.\n"


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("--tag freind", "--tag: nobody has “freind”; did you mean friend/close?"),
        ("--tag #nope", "--tag: nobody has “#nope”."),
        ("--place tblisi", "--place: nobody has “tblisi”; did you mean Tbilisi?"),
        ("--company luman", "--company: nobody has “luman”; did you mean Lumen?"),
        ("--topic chees --circle book", "--topic: nobody has “chees”; did you mean Chess?"),
        ("--topic чесс", "--topic: nobody has “чесс”."),
        ("--tag friend --place tbilisi", "Nobody fits all of that."),
    ],
)
def test_a_word_that_nobody_has_is_named(
    filters: str, said: str, run: Run, vault: MakeVault
) -> None:
    friend = {"People/Fay.md": "---\ntags: [friend/close]\ninterests: [Chess]\n---\n"}
    result = run("--vault", vault({**NOTES, **friend}), "list", *filters.split())
    assert (result.out, result.err) == ("", f"{said}\n")


def test_without_contacts_it_says_what_makes_one(run: Run, vault: MakeVault) -> None:
    assert "No contacts: no note is in a folder" in run("--vault", vault(), "find", "anna").err


def test_the_circles_that_can_be_meant_are_in_the_users_words(run: Run, vault: MakeVault) -> None:
    root = vault({**NOTES, "vaulttool.toml": "[cadence.circles]\n'Choir' = '2 months'\n"})
    for lang, word in (("en", "none"), ("ru", "нет")):
        error = run("--vault", root, "--lang", lang, "list", "--circle", "kye", code=2).err
        assert f", Choir, book club, {word}; " in error
        assert run("--vault", root, "list", "--circle", word, "--format", "json").json == []


def test_every_word_has_to_fit(run: Run, vault: MakeVault) -> None:
    rows = run("--vault", vault(NOTES), "find", "lumen ann", "--format", "json").json
    assert [row["name"] for row in rows] == ["Anna"]
    assert rows[0]["companies"] == ["Lumen"]
    assert rows[0]["places"] == ["Tbilisi"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["list", "--circle", "kye"], "dormant, expert, book club, none; found “kye”"),
        (["list", "--circle", ""], "none; found “”"),
        (["list", "--stage", "key"], "--stage: expected one of new, established, long-term"),
        (["list", "--within", "soon"], "--within: expected a span such as 7d or 2 weeks"),
        (["list", "--within", "never"], "--within: expected a span such as 7d or 2 weeks"),
        (["list", "--sort", "age"], "'age' is not one of"),
        (["find"], "find: expected TEXT"),
        (["find", " "], "find: expected a word"),
        (["find", "—", "!"], "find: expected a word"),
        (["list", "--topic", ""], "--topic: expected a word"),
        (["list", "--tag", "#"], "--tag: expected a word"),
        (["find", "anna", "--place", "…"], "--place: expected a word"),
        (["list", "anna"], "unexpected extra argument"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_line(
    args: list[str], said: str, run: Run, vault: MakeVault
) -> None:
    root = vault(NOTES)
    before = tree_hash(root)
    result = run("--vault", root, *args, code=2)
    assert result.out == ""
    assert result.err.startswith("Error: ")
    assert result.err.count("\n") == 1
    assert said in result.err
    assert tree_hash(root) == before


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_an_empty_list_is_one_in_every_format(form: str, run: Run, vault: MakeVault) -> None:
    root = vault(NOTES)
    result = run("--vault", root, "list", "--tag", "x", "--format", form)
    head = run("--vault", root, "list", "--format", "csv").out.partition("\n")[0]
    assert result.out == {"json": "[]\n", "csv": f"{head}\n", "md": ""}[form]


def test_csv_has_all_that_json_has(run: Run, vault: MakeVault) -> None:
    rows = run("--vault", vault(NOTES), "list", "--format", "json").json
    head = run("--vault", vault(NOTES), "list", "--format", "csv").out.partition("\n")[0]
    assert list(rows[0]) == head.split(",")


@pytest.mark.parametrize(
    ("lang", "lead", "name"), [("en", "Example:", "Wendy Park"), ("ru", "Пример:", "Мария Орлова")]
)
def test_the_example_of_the_help_finds_somebody(
    lang: str, lead: str, name: str, run: Run, example: Path
) -> None:
    told = run("--lang", lang, "find", "--help").out.partition(f"{lead} vault ")[2]
    words = told.partition("\n")[0].split()
    rows = run("--vault", example, *words, "--format", "json").json
    assert [row["name"] for row in rows] == [name]


def test_in_russian(run: Run, example: Path) -> None:
    result = run("--vault", example, "--today", TODAY, "--lang", "ru", "list", "--circle", "key")
    assert "ключевой" in result.out
    assert "просрочка" not in result.out  # nobody is blamed
    assert result.err == "6 контактов из 43\n"
