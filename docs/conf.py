"""The site made of these pages: `make docs`.

The pages stay what they are on any code host: plain Markdown that links to Markdown. The
contents of the site are the lists of `index.md`, so that a page is listed in one place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaulttool import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "vault"
author = "the authors of vault"
version = release = __version__
language = "en"

# The source is the whole repository: pages link to the changelog and the benchmarks as well.
root_doc = "docs/index"
include_patterns = ["docs/**.md", "CHANGELOG.md", "benchmarks/README.md"]
extensions = ["myst_parser"]
myst_heading_anchors = 4  # `rules.md#rank` leads where it leads on a code host
highlight_language = "text"

html_theme = "furo"
html_title = f"vault {__version__}"
templates_path = ["templates"]
html_additional_pages = {"index": "index.html"}  # the root of the site leads to the contents
html_copy_source = False
html_show_copyright = False

SECTION = re.compile(r"^([A-Z][^\n]*):\n\n((?:- .*\n)+)", re.MULTILINE)
LINK = re.compile(r"\]\(([\w/.-]+)\.md\)")
TABLE_OF_CONTENTS = """
```{{toctree}}
:hidden:
:caption: {caption}

{pages}
```
"""


def contents(page: str) -> str:
    """The lists of the first page as tables of contents, in a form that nobody sees there."""
    return "".join(
        TABLE_OF_CONTENTS.format(caption=caption, pages="\n".join(LINK.findall(rows)))
        for caption, rows in SECTION.findall(page)
    )


def _add_contents(_app: Sphinx, name: str, source: list[str]) -> None:
    if name == root_doc:
        source[0] += contents(source[0])


def _set_language(
    _app: Sphinx, name: str, _template: str, context: dict[str, object], _tree: object
) -> None:
    """A page called `…-ru` is in Russian, and says so to browsers and screen readers."""
    if name.endswith("-ru"):
        context["language"] = "ru"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("html-page-context", _set_language)
    app.connect("source-read", _add_contents)
