"""Folders that look like people, in a vault where nobody is a contact."""

from __future__ import annotations

import pytest

from vaulttool.index import build
from vaulttool.markdown.note import read_note
from vaulttool.people.likely import likely_folders
from vaulttool.settings import Settings

BORN = "---\nbirthday: 3 May\n---\n"
CALLED = "---\nтелефон: '123'\n---\n"


@pytest.mark.parametrize(
    ("notes", "folders"),
    [
        (
            {"Humans/A.md": BORN, "Humans/B.md": CALLED, "Humans/C.md": "", "Ideas/D.md": ""},
            "Humans",
        ),
        ({"Humans/A.md": BORN, "Humans/B.md": ""}, ""),  # one is by chance
        ({"Mixed/A.md": BORN, "Mixed/B.md": BORN, **{f"Mixed/{n}.md": "" for n in range(5)}}, ""),
        (
            {"Humans/A.md": BORN, "Humans/B.md": BORN, "Kin/C.md": BORN, "Kin/D.md": BORN},
            "Humans Kin",
        ),
        ({"H/A.md": BORN, "H/B.md": BORN, "H/Old/C.md": BORN, "H/Old/D.md": BORN}, "H"),
        ({"N/A.md": BORN, "N/B.md": BORN, **{f"N/Recipes/{n}.md": "" for n in range(5)}}, ""),
        ({"N/A.md": BORN, "N/B.md": BORN, **{f"Else/N/{n}.md": "" for n in range(5)}}, ""),
        ({"Vendors/A.md": CALLED, "Vendors/B.md": CALLED}, ""),  # a firm has a telephone, too
        ({"Companies/A.md": BORN, "Companies/B.md": BORN}, ""),
        ({"A.md": BORN, "B.md": BORN}, ""),  # no folder that could be named
        (
            {
                "Firms/A.md": "---\ntype: company\nphone: 1\n---\n",
                "Firms/B.md": "---\ntype: company\nphone: 2\n---\n",
            },
            "",
        ),
        ({"Templates/A.md": BORN, "Templates/B.md": BORN}, ""),
        ({"Diary/2026-11-01.md": BORN, "Diary/2026-11-02.md": BORN}, ""),
    ],
)
def test_folders(notes: dict[str, str], folders: str) -> None:
    settings = Settings(template_folders=("Templates",))
    snapshot = build([read_note(path, text) for path, text in notes.items()], (), settings)
    assert likely_folders(snapshot) == tuple(folders.split())
