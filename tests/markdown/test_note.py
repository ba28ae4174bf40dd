from __future__ import annotations

import subprocess
import sys

import pytest

from vaulttool.markdown.note import read_note, title_of
from vaulttool.message import msg
from vaulttool.model import Problem


@pytest.mark.parametrize(
    ("path", "title", "folder"),
    [
        ("Anna.md", "Anna", ""),
        ("People/Anna Petrova.md", "Anna Petrova", "People"),
        ("a/b/Note.v2.md", "Note.v2", "a/b"),
        ("a/x.md.md", "x.md", "a"),
    ],
)
def test_the_title_is_the_file_name(path: str, title: str, folder: str) -> None:
    note = read_note(path, "# Another title")
    assert (note.path, note.title, note.folder()) == (path, title, folder)
    assert title_of(path) == title


def test_links_and_tags_of_properties_come_before_those_of_the_text() -> None:
    note = read_note("n.md", '---\nfriend: "[[A]]"\ntags: [x]\n---\n[[B]] #y')
    assert [(link.line, link.target, link.passage) for link in note.links] == [
        (2, "A", -1),
        (5, "B", 0),
    ]
    assert [(tag.line, tag.tag, tag.passage) for tag in note.tags] == [(3, "x", -1), (5, "y", 0)]


def test_problems_come_in_the_order_in_which_they_are_met() -> None:
    known = Problem("not-utf8", "error", "n.md", 1, msg("x"))
    note = read_note("n.md", "---\na: 1\na: 2\n---\n[[b]] " + "x" * 60_000, [known])
    assert [problem.code for problem in note.problems] == [
        "not-utf8",
        "duplicate-property",
        "long-paragraph",
    ]


def test_a_note_whose_properties_cannot_be_read_keeps_its_text() -> None:
    note = read_note("n.md", "---\na: [\n---\n[[A]] #t\n- [ ] b")
    assert [problem.code for problem in note.problems] == ["bad-yaml"]
    assert not note.properties
    assert [(link.line, link.target) for link in note.links] == [(4, "A")]
    assert [item.line for item in note.items] == [5]


def test_a_note_with_a_byte_order_mark_and_windows_line_ends_reads_the_same() -> None:
    text = '---\nfriend: "[[A]]"\ntags:\n  - x\n---\n# H\n\n- [ ] [[B]]\n  more #y\n'
    assert read_note("n.md", "\ufeff" + text.replace("\n", "\r\n")) == read_note("n.md", text)


def test_an_empty_note_is_read() -> None:
    for text in ("", "\ufeff", "\n", "---\n---\n"):
        note = read_note("n.md", text)
        assert (note.links, note.passages, note.items, note.problems) == ((), (), (), ())


def test_everyday_notes_are_read_without_the_libraries() -> None:
    # To import those takes as long as to read some hundred notes.
    text = '---\nname: A\ntags: [b]\nseen:\n  - "[[C]]"\n---\n# D\n- [ ] [[E]] #f %% g %%\n\n> h\n'
    program = f"""
import sys
from vaulttool.markdown.note import read_note
assert len(read_note("n.md", {text!r}).links) == 2
print({{"yaml", "markdown_it"}} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "set()"
