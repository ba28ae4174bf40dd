"""The benchmarks run, and measure what they say: the same vault for the same seed."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KINDS = {
    "Topics": "topic",
    "Темы": "topic",
    "People": "contact",
    "Люди": "contact",
    "Inbox": "contact",
    "Daily": "daily",
    "Meetings": "meeting",
    "Встречи": "meeting",
}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )


def generate(target: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run("benchmarks/generate.py", str(target), *options)


def files(vault: Path) -> dict[str, bytes]:
    return {
        path.relative_to(vault).as_posix(): path.read_bytes()
        for path in vault.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("generated") / "vault"
    assert generate(target, "--notes", "300").returncode == 0
    return target


def test_the_same_seed_gives_the_same_bytes(vault: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", "--notes", "300", "--seed", "1")
    assert files(tmp_path / "again") == files(vault)


def test_another_seed_gives_other_notes(vault: Path, tmp_path: Path) -> None:
    generate(tmp_path / "other", "--notes", "300", "--seed", "2")
    assert files(tmp_path / "other") != files(vault)


def test_the_kinds_of_notes_are_mixed_as_promised(vault: Path) -> None:
    notes = [path for path in files(vault) if path.endswith(".md")]
    kinds = Counter(KINDS[path.partition("/")[0]] for path in notes)
    assert kinds == {"topic": 180, "contact": 24, "daily": 60, "meeting": 36}


def test_notes_are_written_in_both_languages(vault: Path) -> None:
    russian = sum("о" in path.read_text("utf-8") for path in (vault / "Темы").rglob("*.md"))
    english = sum("о" not in path.read_text("utf-8") for path in (vault / "Topics").rglob("*.md"))
    assert russian == english == 90


def test_daily_notes_reach_back_for_years_from_the_end(tmp_path: Path) -> None:
    generate(tmp_path / "vault", "--notes", "300", "--end", "2024-03-01")
    days = sorted(path.stem for path in (tmp_path / "vault" / "Daily").rglob("*.md"))
    assert days[0] < "2023-03-01"
    assert "2024-01-01" < days[-1] <= "2024-03-01"


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    done = generate(tmp_path, "--notes", "10")
    assert done.returncode == 1
    assert "not an empty folder" in done.stderr
    assert list(files(tmp_path)) == ["mine.md"]


def test_due_lists_somebody_of_a_generated_vault(vault: Path) -> None:
    options = ["--vault", str(vault), "--today", "2026-11-20", "--format", "csv"]
    done = run("-m", "vaulttool", *options, "due", "--print")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1


def test_a_generated_vault_has_no_problems(vault: Path) -> None:
    done = run("-m", "vaulttool", "--vault", str(vault), "--today", "2026-11-20", "check")
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs the child's usage from the system")
def test_measure_prints_its_tables() -> None:
    done = run("benchmarks/measure.py", "--sizes", "50", "--runs", "1")
    assert done.returncode == 0, done.stderr
    rows = (
        "`vault due --print`, nothing kept",
        "`vault why a` and Tab",
        "bare Python: walk and stat",
    )
    for words in (*rows, "cold index ÷ ovault", "read and parse", "with_note"):
        assert words in done.stdout


def test_links_are_resolved_and_counted() -> None:
    done = run("benchmarks/links.py", "--sizes", "50,100")
    assert done.returncode == 0, done.stderr
    rows = [line.split("|") for line in done.stdout.splitlines()[2:]]
    assert [[cell.strip() for cell in row[1:4]] for row in rows] == [
        ["50", "500", "80%"],
        ["100", "1,000", "80%"],
    ]


def test_the_rank_is_ahead_of_its_peers_when_time_is_short() -> None:
    """Twenty lives a load are what `benchmarks/README.md` shows; four tell a broken rank."""
    done = run("benchmarks/rank.py", "--seeds", "4", "--years", "4")
    assert done.returncode == 0, done.stderr
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines()]
    square = {(row[0], row[1]): float(row[3]) for row in rows[2:]}
    for load in ("1.15", "1.4"):
        ours = square[load, "the tool's rank"]
        assert ours < square[load, "days over ÷ interval"]
        assert ours < square[load, "days over"]
        assert ours < square[load, "oldest first"]
