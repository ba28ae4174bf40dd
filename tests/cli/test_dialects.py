"""Contact notes of other programs on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import MakeVault, Run


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "the circle friend has no cadence"), ("ru", "круга «friend»")]
)
def test_a_circle_without_a_cadence_is_named(
    vault: MakeVault, run: Run, lang: str, said: str
) -> None:
    root = vault({"People/Anna.md": "---\nrelationship: friend\n---\n"})
    assert said in run("--vault", root, "--lang", lang, "why", "anna").out


def test_a_category_is_shown_as_days_and_never_as_a_letter(vault: MakeVault, run: Run) -> None:
    root = vault({"Anna.md": "# Anna\n- Type: Contact\n- Category: D\n\n## 2026-11-01\n"})
    (anna,) = json.loads(run("--vault", root, "--format", "json", "contacts").out)
    assert (anna["every"], anna["interval_days"], anna["circle"]) == ("360 days", 360, None)


def test_alas_is_logged_as_it_logs_itself(vault: MakeVault, run: Run) -> None:
    root = vault({"Anna.md": "# Anna\n- Type: Contact\n- Category: D\n\n## 2026-11-01\n"})
    run("--vault", root, "--today", "2026-11-22", "log", "anna", "coffee", "--to", "contact")
    text = (root / "Anna.md").read_text()
    assert text == (
        "# Anna\n- Type: Contact\n- Category: D\n\n## 2026-11-22 coffee\n## 2026-11-01\n"
    )
