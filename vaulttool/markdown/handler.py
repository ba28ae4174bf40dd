"""python-frontmatter, reading a note as Obsidian does: a seam for programs that use it."""

from __future__ import annotations

from typing import Any

from frontmatter.default_handlers import YAMLHandler

from vaulttool.markdown.frontmatter import split
from vaulttool.markdown.yamlblock import read_block


class ObsidianHandler(YAMLHandler):
    """What `frontmatter.loads` and `frontmatter.parse` take as their `handler`."""

    def detect(self, text: str) -> bool:
        """Say whether the text begins with a block."""
        return split(text).block is not None

    def split(self, text: str) -> tuple[str, str]:
        """Divide the text into block and body."""
        parts = split(text)
        return parts.block or "", parts.body

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """Read a block as YAML 1.2 core; what cannot be read is left out."""
        properties, _problems = read_block(fm, "", 1)
        return {item.key: item.value for item in properties}
