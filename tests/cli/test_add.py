"""`vault add`: a note for somebody who has none yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY, tree_hash, write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault, Result, Run

    Do = Callable[..., Result]

TEMPLATE = "---\ncircle:\ncreated: {{date}}\n---\n# {{title}}\n\n## Log\n"
FILES = {
    "People/Anna Lee.md": "---\naliases: [Annie]\n---\n",
    "People/Work/Zoë Müller.md": "",
    "Люди/Артём Ёлкин.md": "---\nгород: Казань\n---\nЧай без сахара.\n",
    "Topics/Chess.md": "---\naliases: [Schach]\n---\n",
    "Templates/Person.md": TEMPLATE,
    ".obsidian/templates.json": '{"folder": "Templates"}',
}


@pytest.fixture
def root(vault: MakeVault) -> Path:
    return vault(FILES)


@pytest.fixture
def do(run: Run, root: Path) -> Do:
    """Run a command in the vault: `do("add", "Carl Winter")`."""

    def call(*words: str, code: int = 0) -> Result:
        return run("--vault", root, "--today", TODAY, *words, code=code)

    return call


class TestTheNote:
    def test_from_the_vaults_template(self, do: Do, root: Path) -> None:
        assert do("add", "Carl", "Winter").err == "Written: People/Carl Winter.md\n"
        assert (root / "People/Carl Winter.md").read_text() == (
            "---\ncircle:\ncreated: 2026-11-20\n---\n# Carl Winter\n\n## Log\n"
        )
        assert do("why", "carl", "--format", "json").json["name"] == "Carl Winter"

    def test_with_properties(self, do: Do, root: Path) -> None:
        do("add", "Carl Winter", "circle=key", "every=2", "weeks", "др=14.03")
        assert (root / "People/Carl Winter.md").read_text("utf-8") == (
            '---\ncircle: key\ncreated: 2026-11-20\nevery: 2 weeks\nдр: "14.03"\n---\n'
            "# Carl Winter\n\n## Log\n"
        )

    def test_the_date_as_the_vault_writes_it(self, do: Do, root: Path) -> None:
        write_files(root, {
            ".obsidian/templates.json": '{"folder": "Templates", "dateFormat": "DD.MM.YYYY"}',
            "Templates/Person.md": "{{date}} {{date:YYYY}} {{time}}",
        })  # fmt: skip
        do("add", "Carl")
        assert (root / "People/Carl.md").read_text() == "20.11.2026 2026 12:00"

    def test_in_the_language_of_those_beside_it(self, do: Do, root: Path) -> None:
        write_files(root, {
            "Templates/Контакт.md": "---\nкруг: новый\n---\n",
            "Topics/Contact.md": "no template",
        })  # fmt: skip
        do("add", "Мария")
        assert (root / "Люди/Мария.md").read_text("utf-8") == "---\nкруг: новый\n---\n"
        do("add", "Carl")
        assert (root / "People/Carl.md").read_text().endswith("# Carl\n\n## Log\n")

    def test_from_a_note_that_is_named(self, do: Do, root: Path) -> None:
        write_files(root, {"Templates/New colleague.md": "---\ncompany: Acme\n---\n"})
        do("add", "Carl", "--template", "New colleague")
        assert (root / "People/Carl.md").read_text() == "---\ncompany: Acme\n---\n"
        write_files(root, {"People/face.png": ""})
        for name in ("Nope", "face.png"):
            done = do("add", "Dora", "--template", name, code=2)
            assert f"--template: no note answers to “{name}”" in done.err

    def test_from_the_one_that_init_wrote(self, run: Run, vault: MakeVault) -> None:
        root = vault({"People/Anna.md": ""})
        run("--vault", root, "init")
        template = root / "Templates/Contact.md"
        template.write_text(template.read_text().replace("circle: regular", "circle: key"))
        run("--vault", root, "add", "Carl")
        assert "circle: key" in (root / "People/Carl.md").read_text()

    def test_from_the_tools_own(self, do: Do, root: Path) -> None:
        (root / "Templates/Person.md").unlink()
        do("add", "Carl")
        assert (root / "People/Carl.md").read_text().startswith("---\ntags:\n  - contact\n")
        do("add", "Мария", "круг=ключевой")
        text = (root / "Люди/Мария.md").read_text("utf-8")
        assert text.startswith("---\ntags:\n  - контакт\n")
        assert "круг: ключевой\nэтап: новый\n" in text
        assert text.endswith('created: "2026-11-20"\n---\n# Мария\n\n## Лог\n')
        assert do("check", "--format", "json", code=0).json == []

    def test_templater_in_the_text_is_left_as_it_is(self, do: Do, root: Path) -> None:
        write_files(root, {"Templates/Person.md": "<% tp.file.cursor() %>\n"})
        assert "Templater commands, which are left as they are" in do("add", "Carl").err
        assert (root / "People/Carl.md").read_text() == "<% tp.file.cursor() %>\n"

    def test_templater_in_the_properties_would_make_no_contact(self, do: Do, root: Path) -> None:
        write_files(root, {"Templates/Person.md": "---\nborn: <% tp.x() %>\n---\n"})
        assert "the tool's own template is used" in do("add", "Carl").err
        assert "circle: regular" in (root / "People/Carl.md").read_text()

    def test_a_tag_where_nothing_else_makes_a_contact(self, do: Do, root: Path) -> None:
        do("add", "Carl", "--folder", "Notes")
        text = (root / "Notes/Carl.md").read_text()
        assert text.startswith("---\ncircle:\ncreated: 2026-11-20\ntags:\n  - contact\n---\n")
        assert do("why", "carl", "--format", "json").json["path"] == "Notes/Carl.md"

    def test_undo_takes_it_back(self, do: Do, root: Path) -> None:
        do("add", "Carl")
        do("undo")
        assert not (root / "People/Carl.md").exists()
        assert (root / ".trash/People/Carl.md").exists() or list(root.rglob(".trash/**/Carl.md"))

    def test_a_dry_run_writes_nothing(self, do: Do, root: Path) -> None:
        before = tree_hash(root)
        done = do("add", "Carl", "--dry-run")
        assert done.out.startswith("--- /dev/null\n+++ b/People/Carl.md\n")
        assert tree_hash(root) == before


class TestWhere:
    @pytest.mark.parametrize(
        ("name", "path"),
        [
            ("Carl", "People/Carl.md"),
            ("Мария Иванова", "Люди/Мария Иванова.md"),
            ("Anna/Bob: *the* [two]", "People/Anna-Bob- the (two).md"),
            ("CON", "People/CON_.md"),
            ("../../etc/passwd", "People/-..-etc-passwd.md"),
        ],
    )
    def test_beside_names_in_the_same_letters(
        self, do: Do, root: Path, name: str, path: str
    ) -> None:
        before = set(root.parent.rglob("*.md"))
        do("add", name)
        assert set(root.parent.rglob("*.md")) - before == {root / path}

    @pytest.mark.parametrize(
        ("name", "title"),
        [("Zo\u0065\u0308", "Zo\u00eb"), ("\u202eZo\u00eb", "Zo\u00eb"), ("Zo\x1bO\n", "Zo O")],
    )
    def test_what_is_not_seen_is_left_out(self, do: Do, root: Path, name: str, title: str) -> None:
        do("add", name)
        assert "aliases" not in (root / f"People/{title}.md").read_text("utf-8")

    def test_a_name_that_no_file_can_have_is_an_alias(self, do: Do, root: Path) -> None:
        do("add", "Anna/Bob")
        assert "aliases:\n  - Anna/Bob\n" in (root / "People/Anna-Bob.md").read_text()
        assert "People/Anna-Bob.md" in do("add", "anna/bob", code=4).err

    @pytest.mark.parametrize(
        ("files", "lang", "path"),
        [
            ({}, "en", "People/Carl.md"),
            ({}, "ru", "Люди/Carl.md"),
            ({"a/Friends/x.png": "", "a/Friends/README/Index.md": ""}, "en", "People/Carl.md"),
            ({"CRM/Index.md": ""}, "en", "CRM/Carl.md"),
            (
                {"vaulttool.toml": "[contacts]\nfolders = ['My/Circle', 'b']"},
                "en",
                "My/Circle/Carl.md",
            ),
            ({"Dan.md": "#person", "Eva.md": "#person"}, "en", "Carl.md"),
            ({"Dan.md": "#person", "CRM/Eva.md": "", "CRM/Fay.md": ""}, "en", "CRM/Carl.md"),
            ({"CRM/a/Eva.md": "", "CRM/a/Fay.md": "", "CRM/Dan.md": ""}, "en", "CRM/Carl.md"),
        ],
    )
    def test_the_first_contacts(
        self, run: Run, tmp_path: Path, files: dict[str, str], lang: str, path: str
    ) -> None:
        root = tmp_path / "other"
        write_files(root, {".obsidian/app.json": "{}", **files})
        done = run("--vault", root, "--lang", lang, "add", "Carl")
        assert path in done.err
        found = run("--vault", root, "contacts", "--format", "json").json
        assert path in {row["path"] for row in found}

    @pytest.mark.parametrize("folder", ["../out", "/etc", ".obsidian", "a/../../b", "C:/x", "a\\b"])
    def test_a_folder_that_leads_out(self, do: Do, root: Path, folder: str) -> None:
        before = tree_hash(root.parent)
        done = do("add", "Carl", "--folder", folder, code=4)
        assert done.err.count("\n") == 1
        assert tree_hash(root.parent) == before


class TestTwins:
    @pytest.mark.parametrize(
        ("words", "path"),
        [
            (["Anna Lee"], "People/Anna Lee.md"),
            (["anna  LEE"], "People/Anna Lee.md"),
            (["ANNIE"], "People/Anna Lee.md"),
            (["Zoe Muller"], "People/Work/Zoë Müller.md"),
            (["артем елкин"], "Люди/Артём Ёлкин.md"),
            (["Chess"], "Topics/Chess.md"),
            (["schach"], "Topics/Chess.md"),
            (["Carl", "aliases=Charly, annie"], "People/Anna Lee.md"),
        ],
    )
    def test_a_name_that_is_taken(self, do: Do, root: Path, words: list[str], path: str) -> None:
        before = tree_hash(root)
        done = do("add", *words, code=4)
        assert done.err == (
            f"Error: there is a note of this name already: {path};"
            " `vault open` shows it, `vault set` changes it\n"
        )
        assert do("add", *words, "--format", "json", code=4).error["candidates"] == [path]
        assert tree_hash(root) == before

    def test_a_note_that_obsidian_leaves_out(self, do: Do, root: Path) -> None:
        write_files(root, {".obsidian/app.json": '{"userIgnoreFilters": ["People/carl.md"]}',
            "People/carl.md": "hers"})  # fmt: skip
        assert "already: People/carl.md;" in do("add", "Carl", code=4).err

    def test_a_file_that_is_no_note_of_the_vault(self, do: Do, root: Path) -> None:
        write_files(root, {"vaulttool.toml": "[vault]\nignore = ['People/Carl.md']",
            "People/Carl.md": "hers"})  # fmt: skip
        assert "People/Carl.md" in do("add", "Carl", code=4).err
        assert (root / "People/Carl.md").read_text() == "hers"

    @pytest.mark.parametrize("name", ["Anna", "Anni", "Anna Maria Lee", "Zoë", "Anna Lee (Bonn)"])
    def test_a_name_that_holds_another_is_named(self, do: Do, name: str) -> None:
        for options, written in ((["--dry-run"], ""), ([], f"Written: People/{name}.md\n")):
            done = do("add", name, *options)
            near = "Zoë Müller" if name == "Zoë" else "Anna Lee"
            assert done.err == f"{written}there is also {near}\n"

    @pytest.mark.parametrize("name", ["Lea Ann", "Boris", "Anna Le Guin", "Zoe Milner"])
    def test_another_name(self, do: Do, name: str) -> None:
        assert do("add", name).err == f"Written: People/{name}.md\n"


class TestLikelyTwins:
    @pytest.mark.parametrize(
        ("words", "path"),
        [
            (["Ana Lee"], "People/Anna Lee.md"),  # one letter less
            (["Anna Leee"], "People/Anna Lee.md"),
            (["Anna Loe"], "People/Anna Lee.md"),
            (["Anan Lee"], "People/Anna Lee.md"),
            (["AnnaLee"], "People/Anna Lee.md"),
            (["Lee Anna"], "People/Anna Lee.md"),
            (["Müler Zoë"], "People/Work/Zoë Müller.md"),  # another order too
            (["Артем Елкн"], "Люди/Артём Ёлкин.md"),
            (["Carl", "aliases=Charly, Ana Lee"], "People/Anna Lee.md"),
        ],
    )
    def test_a_name_that_is_nearly_taken(
        self, do: Do, root: Path, words: list[str], path: str
    ) -> None:
        before = tree_hash(root)
        for options in ([], ["--dry-run"]):
            assert do("add", *words, *options, code=4).err == (
                f"Error: this may be the same person: {path}; `vault open` shows the note,"
                " --anyway adds another\n"
            )
        assert do("add", *words, "--format", "json", code=4).error["candidates"] == [path]
        assert tree_hash(root) == before

    def test_anyway_adds_another_and_names_the_one_who_is_there(self, do: Do) -> None:
        done = do("add", "Lee Anna", "--anyway")
        assert done.err == "Written: People/Lee Anna.md\nthere is also Anna Lee\n"
        assert "already: People/Lee Anna.md" in do("add", "Lee Anna", "--anyway", code=4).err

    @pytest.mark.parametrize(
        ("theirs", "given"),
        [
            ("email: Dan@Example.org", "email=dan@example.org"),
            ("email: [x@y.z, dan@example.org]", "почта=dan@example.org"),
            ("EMAIL[WORK]: mailto:dan@example.org", "email=a@b.c, dan@example.org"),
            ("email_2: dan@example.org", "email_2=dan@example.org"),
            ("phone: +49 (0)151 1234-567", "phone=0151 1234567"),
            ("phone: +49 (0)151 1234-567", "phone=+49 151 1234567"),
            ("телефон: 8 (912) 345-67-89", "phone=+7 912 345 67 89"),
            ("TEL[CELL]: 212-555-0100", "phone=001 212 555 0100"),
        ],
    )
    def test_the_same_address(self, do: Do, root: Path, theirs: str, given: str) -> None:
        write_files(root, {"People/Dan.md": f"---\n{theirs}\n---\n"})
        before = tree_hash(root)
        assert do("add", "Carl", given, code=4).err == (
            "Error: the same e-mail or telephone stands in People/Dan.md; `vault open` shows the"
            " note, --anyway adds another\n"
        )
        assert tree_hash(root) == before
        assert do("add", "Carl", given, "--anyway").err == "Written: People/Carl.md\n"

    @pytest.mark.parametrize(
        ("theirs", "given"),
        [
            ("email: dan@example.org", "email=dana@example.org"),
            ("phone: 212-555-0100", "phone=312-555-0100"),
            ("phone: +1 212 555 0100", "phone=555"),
            ("phone: 5550100", "telegram=5550100"),
            ("phone: 112", "phone=112"),
            ("email: dan5550100@example.org", "phone=5550100"),
            ("email: none", "email=none"),
        ],
    )
    def test_another_address(self, do: Do, root: Path, theirs: str, given: str) -> None:
        write_files(root, {"People/Dan.md": f"---\n{theirs}\n---\n"})
        assert do("add", "Carl", given).err == "Written: People/Carl.md\n"


class TestOddNames:
    @pytest.mark.parametrize(
        ("name", "title"), [("../evil", "-evil"), (".hidden", "hidden"), ("Anna/Bob", "Anna-Bob")]
    )
    def test_a_name_that_no_file_can_have_is_said(self, do: Do, name: str, title: str) -> None:
        remark = f"“{name}” can be no file name: the note is “{title}”, and the name an alias\n"
        assert do("add", name, "--dry-run").err == remark
        assert do("add", name).err == f"Written: People/{title}.md\n{remark}"

    @pytest.mark.parametrize("word", ["circle", "Birthday", "email_2"])
    def test_a_property_at_the_end_of_a_name_is_remarked(self, do: Do, word: str) -> None:
        remark = f"{word} is a property: {word}=VALUE sets it\n"
        assert do("add", f"Greta Thorn {word}", "--dry-run").err == remark
        assert do("add", "Greta", "Thorn", word).err == (
            f"Written: People/Greta Thorn {word}.md\n{remark}"
        )

    def test_a_name_that_is_one_property_is_not(self, do: Do) -> None:
        assert do("add", "Circle").err == "Written: People/Circle.md\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["circle=key"], 2, "expected the name of a person"),
        ([" "], 2, "expected the name of a person"),
        (["???"], 2, "expected the name of a person"),
        (["2026-11-20"], 4, "would be no contact"),
        (["Index of people"], 4, "would be no contact"),
        (["{{title}}"], 4, "would be no contact"),
        (["Carl", "birthday=31.02"], 2, "birthday: expected a date"),
        (["Carl", "type=company"], 4, "would be no contact any more"),
    ],
)
def test_what_can_be_no_contact(do: Do, root: Path, words: list[str], code: int, said: str) -> None:
    before = tree_hash(root)
    done = do("add", *words, code=code)
    assert said in done.err
    assert done.err.count("\n") == 1
    assert tree_hash(root) == before


def test_in_russian(do: Do) -> None:
    assert do("--lang", "ru", "add", "Anna").err == (
        "Записано: People/Anna.md\nесть ещё Anna Lee\n"
    )
