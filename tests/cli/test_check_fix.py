"""`vault check --fix`: what is mended, byte for byte, and what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import tree_hash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault, Run

ANNA = "---\naliases: [Аня]\n---\n"


def fix(run: Run, root: Path, *more: str, code: int | None = 0) -> str:
    return run("--vault", root, "check", "--fix", *more, code=code).err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A link by an alias shows what it showed, and leads there.
        ("met [[Аня]] today\n", "met [[Anna Petrova|Аня]] today\n"),
        ("met [[аня|her]] today\n", "met [[Anna Petrova|her]] today\n"),
        ("see [[Аня#Log]]\n", "see [[Anna Petrova#Log|Аня > Log]]\n"),
        ("![[Аня]]\n", "![[Anna Petrova]]\n"),
        ("[she](Аня.md)\n", "[she](Anna%20Petrova.md)\n"),
        ("| a |\n| --- |\n| [[Аня]] |\n", "| a |\n| --- |\n| [[Anna Petrova\\|Аня]] |\n"),
        ('---\nmet: "[[Аня]]"\n---\n', '---\nmet: "[[Anna Petrova|Аня]]"\n---\n'),
        ("[[Аня]]\r\n\r\n`[[Аня]]`\r\n", "[[Anna Petrova|Аня]]\r\n\r\n`[[Аня]]`\r\n"),
        # A link without quotes in a property.
        ("---\nmet: [[Anna Petrova]]  # in\n---\n", '---\nmet: "[[Anna Petrova]]"  # in\n---\n'),
        ("---\nmet:\n  - [[Anna Petrova|A]]\n---\n", '---\nmet:\n  - "[[Anna Petrova|A]]"\n---\n'),
        # The names and the form that Obsidian reads.
        ("---\ntag: one\nx: 'a'\n---\n", "---\ntags: one\nx: 'a'\n---\n"),
        ("---\nalias: B  # short\n---\n", "---\naliases: B  # short\n---\n"),
        ("---\ntags: one, two\n---\n", "---\ntags:\n  - one\n  - two\n---\n"),
        # All of it at once.
        ("---\ntag: a\nmet: [[Аня]]\n---\n[[Аня]]\n",
         '---\ntags: a\nmet: "[[Anna Petrova|Аня]]"\n---\n[[Anna Petrova|Аня]]\n'),
    ],
)  # fmt: skip
def test_mended(run: Run, vault: MakeVault, before: str, after: str) -> None:
    root = vault({"People/Anna Petrova.md": ANNA, "Note.md": before})
    shown = run("--vault", root, "check", "--fix", "--dry-run")
    assert shown.out.startswith("--- a/Note.md\n+++ b/Note.md\n@@ ")
    assert (root / "Note.md").read_bytes() == before.encode()
    assert "Note.md:" in fix(run, root)
    assert (root / "Note.md").read_bytes() == after.encode()
    assert (root / "People/Anna Petrova.md").read_text("utf-8") == ANNA
    rows = run("--vault", root, "--format", "json", "check").json
    assert not [row for row in rows if row["code"] != "crlf"]
    run("--vault", root, "undo")
    assert (root / "Note.md").read_bytes() == before.encode()


@pytest.mark.parametrize(
    "text",
    [
        "[[Nobody]]\n",
        "[[Both]]\n",  # the alias of two
        "---\ntag: a\ntags: b\n---\n",
        "---\naliases: Smith, John\n---\n",  # may be one name
        "---\nmet: call [[Anna Petrova]]\n---\n",
        '---\nmet: "call [[Аня]]"\n---\n',
        "`[[Аня]]`\n",
        "---\nlast_contact: 2026-02-30\ntype: person\n---\n",
    ],
)
def test_left_alone(run: Run, vault: MakeVault, text: str) -> None:
    files = {
        "People/A.md": "---\naliases: [Both]\n---\n",
        "People/B.md": "---\naliases: Both\n---\n",
    }
    root = vault({"People/Anna Petrova.md": ANNA, **files, "Note.md": text})
    before = tree_hash(root)
    rows = run("--vault", root, "--format", "json", "check", code=None).json
    assert not any(row["fixable"] for row in rows)
    assert "Nothing here can be mended" in fix(run, root, code=None)
    assert tree_hash(root) == before


def test_what_is_left_is_listed_and_decides_the_exit_code(run: Run, vault: MakeVault) -> None:
    note = "---\ntype: person\nlast_contact: 2026-02-30\nmet: [[Anna Petrova]]\n---\n"
    root = vault({"People/Anna Petrova.md": ANNA, "Note.md": note})
    done = run("--vault", root, "check", "--fix", code=3)
    assert "[bad-date]" in done.out
    assert "doubtful-link" not in done.out
    assert "1 place mended in Note.md" in done.err


def test_a_note_that_cannot_be_written_keeps_no_other_from_being_mended(
    run: Run, vault: MakeVault
) -> None:
    torn = "<<<<<<< a\n[[Аня]]\n=======\n>>>>>>> b\n"
    root = vault({"People/Anna Petrova.md": ANNA, "Torn.md": torn, "Note.md": "[[Аня]]\n"})
    fix(run, root, code=3)
    assert (root / "Torn.md").read_text("utf-8") == torn
    assert (root / "Note.md").read_text("utf-8") == "[[Anna Petrova|Аня]]\n"


def test_marked_as_fixable(run: Run, vault: MakeVault) -> None:
    root = vault({"People/Anna Petrova.md": ANNA, "Note.md": "[[Аня]] [[Nobody]]\n"})
    rows = run("--vault", root, "--format", "json", "check").json
    assert [row["fixable"] for row in rows] == [True, False]
    assert "1 of them can be mended" in run("--vault", root, "check").err


def test_a_dry_run_without_fix(run: Run, vault: MakeVault) -> None:
    assert "--fix" in run("--vault", vault(), "check", "--dry-run", code=2).err
