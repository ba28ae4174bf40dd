"""The templates that come with the tool."""

from __future__ import annotations

from pathlib import Path


def template_text(name: str) -> str:
    """Read a template: inside the package where it is installed, beside it in a source tree."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / name).is_file():
            return (folder / name).read_text("utf-8")
    raise FileNotFoundError(name)
