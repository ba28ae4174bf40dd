"""A file of several values: what was given comes back, in whatever pieces it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vaulttool.vault.parts import made_of, read_parts, write_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"vaulttool tests\n"
MANY = {f"{n}": (n, f"{n:0100}") for n in range(50_000)}


@pytest.mark.parametrize("rows", [{}, {"a": 1}, dict.fromkeys(map(str, range(1001)), "b"), MANY])
def test_a_mapping_that_is_given_row_by_row(tmp_path: Path, rows: dict[str, object]) -> None:
    file = tmp_path / "file"
    write_parts(file, MAGIC, ["before", iter(rows.items()), ("behind", 2)])
    before, mapping, behind = read_parts(file, MAGIC)
    assert (made_of(before), made_of(behind)) == ("before", ("behind", 2))
    assert made_of(mapping) == rows


def test_it_is_not_packed_as_a_whole(tmp_path: Path) -> None:
    write_parts(tmp_path / "file", MAGIC, [iter(MANY.items())])
    [part] = read_parts(tmp_path / "file", MAGIC)
    assert len(part) > 2
    assert max(map(len, part)) < sum(map(len, part)) / 2


def test_what_fails_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[str, int]]:
        yield from ((str(n), n) for n in range(2000))
        raise OSError("full")

    write_parts(tmp_path / "file", MAGIC, ["old"])
    with pytest.raises(OSError, match="full"):
        write_parts(tmp_path / "file", MAGIC, [rows()])
    assert [made_of(part) for part in read_parts(tmp_path / "file", MAGIC)] == ["old"]
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
