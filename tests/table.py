"""Cases in text files, one after the other:

What the case shows, in a sentence
.
input
.
expected
.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> pytest.MarkDecorator:
    """Parametrize a test with `given` and `expected` of each case in a file."""
    return pytest.mark.parametrize(("given", "expected"), read_cases(name))


def read_cases(name: str) -> list[ParameterSet]:
    """The cases of a file, named by their titles."""
    parts: list[list[str]] = [[]]
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n"):
        if line == ".":
            parts.append([])
        else:
            parts[-1].append(line)
    assert not any(parts.pop()), f"{name}.txt goes on after its last case"
    assert len(parts) % 3 == 0, f"{name}.txt: a case is not complete"
    titles = [" ".join(part).strip() for part in parts[::3]]
    assert all(titles), f"{name}.txt: a case without a title"
    assert len(set(titles)) == len(titles), f"{name}.txt: a title stands twice"
    return [
        pytest.param("\n".join(given), "\n".join(expected), id=title)
        for title, given, expected in zip(titles, parts[1::3], parts[2::3], strict=True)
    ]
