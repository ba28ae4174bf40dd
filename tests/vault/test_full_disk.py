"""A disk that is full: a small one in memory, in a name space of its own."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, TODAY, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

OLD = "---\nevery: 2 weeks\n---\n" + "All that I know of her.\n" * 300

# Fill the disk to the last byte, then write; say afterwards what is there.
PREPARE = """
set -e
mount -t tmpfs -o size=256k tmpfs "$1"
mkdir "$1/.obsidian" "$1/People"
cp "$2" "$1/People/Anna.md"
cp "$2" "$1/$4.md"
cat /dev/zero > "$1/full" 2>/dev/null || true
"""
WRITE = """
set +e
"$3" -m vaulttool --vault "$1" --today "$4" log anna hello
echo "code $?"
cd "$1"
find . -type f | sort
cmp "$4.md" "$2" && cmp People/Anna.md "$2" && echo unchanged
"""
NAIVE = """
set +e
"$3" -c 'import sys; from pathlib import Path; p = Path(sys.argv[1])
p.write_bytes(p.read_bytes() * 50)' "$1/People/Anna.md" 2>/dev/null
cmp -s "$1/People/Anna.md" "$2" || echo damaged
"""


@functools.cache
def why_not() -> str:
    """Why no disk can be mounted here; empty where it can."""
    if shutil.which("unshare") is None:
        return "no unshare"
    tried = subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        capture_output=True,
        text=True,
        check=False,
    )
    return tried.stderr.strip() or ("" if tried.returncode == 0 else "mount failed")


@pytest.fixture
def on_full_disk(tmp_path: Path, home: Path) -> functools.partial[subprocess.CompletedProcess[str]]:
    if reason := why_not():
        pytest.skip(f"no small disk can be mounted: {reason}")
    (tmp_path / "disk").mkdir()
    (tmp_path / "old.md").write_text(OLD)
    environment = clean_environment(os.environ, home) | {"PYTHONPATH": str(ROOT)}
    arguments = [str(tmp_path / "disk"), str(tmp_path / "old.md"), sys.executable, TODAY]
    return functools.partial(run, environment, arguments)


def run(
    environment: dict[str, str], arguments: list[str], script: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", PREPARE + script, "sh", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )


def test_the_old_bytes_stay_and_one_line_says_why(
    on_full_disk: functools.partial[subprocess.CompletedProcess[str]],
) -> None:
    done = on_full_disk(WRITE)
    assert done.stdout.splitlines() == [
        "code 1",
        f"./{TODAY}.md",
        "./People/Anna.md",
        "./full",
        "unchanged",
    ]
    (line,) = done.stderr.splitlines()
    assert "No space left on device" in line
    assert f"{TODAY}.md" in line


def test_naive_writing_cuts_the_note(
    on_full_disk: functools.partial[subprocess.CompletedProcess[str]],
) -> None:
    assert on_full_disk(NAIVE).stdout == "damaged\n"
