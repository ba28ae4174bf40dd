"""The site made of the docs: it builds without a warning, and needs nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("sphinx", "furo", "myst_parser")),
    reason="the generator of the site is not installed: pip install --group docs",
)

# What a browser would fetch from elsewhere while it shows a page; a link is none of it.
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//[^>]*>"""
    r"""|<link\b[^>]*\brel=["']?stylesheet[^>]*\bhref=["']?(?:https?:)?//[^>]*>"""
    r"""|(?:@import\s*|url\()["']?(?:https?:)?//[^)]*"""
)


def build(source: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Build as the Makefile does, elsewhere."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.search(r"-m sphinx (.*) -c docs ", makefile)
    assert recipe
    arguments = [*recipe[1].split(), "-c", source / "docs", "-d", folder / ".doctrees"]
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments, source, folder],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT, folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_in_the_contents(site: Path) -> None:
    contents = (site / "docs/index.html").read_text("utf-8")
    sidebar = contents.partition('class="sidebar-tree"')[2].partition("</aside>")[0]
    pages = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    for page in pages - {Path("index.md")}:
        assert f'href="{page.with_suffix(".html").as_posix()}"' in sidebar
    assert 'href="../CHANGELOG.html"' in sidebar


def test_a_page_says_in_which_language_it_is(site: Path) -> None:
    for page, lang in (("docs/index", "en"), ("docs/first-day-ru", "ru")):
        assert f'lang="{lang}"' in (site / f"{page}.html").read_text("utf-8")[:200]


def test_the_root_leads_to_the_contents(site: Path) -> None:
    assert "url=docs/index.html" in (site / "index.html").read_text("utf-8")


def test_a_browser_fetches_nothing_from_elsewhere(site: Path) -> None:
    shown = [path for kind in ("html", "css") for path in site.rglob(f"*.{kind}")]
    assert len(shown) > 40
    for path in shown:
        assert not FETCHED.search(path.read_text("utf-8")), path.relative_to(site)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("# A page\n\n[away](nothing.md)\n", "nothing.md"),
        ("# A page\n\n[away](index.md#no-such-heading)\n", "no-such-heading"),
        ("# A page\n\n### Two levels down\n", "H1 to H3"),
    ],
)
def test_what_is_doubtful_in_a_page_stops_the_build(
    tmp_path: Path, text: str, warning: str
) -> None:
    docs = tmp_path / "source" / "docs"
    docs.mkdir(parents=True)
    shutil.copy(ROOT / "docs/conf.py", docs)
    shutil.copytree(ROOT / "docs/templates", docs / "templates")
    (docs / "index.md").write_text("# Contents\n\nPages:\n\n- [A page](page.md)\n", "utf-8")
    (docs / "page.md").write_text(text, "utf-8")
    done = build(docs.parent, tmp_path / "built")
    assert done.returncode == 1
    assert warning in done.stderr
