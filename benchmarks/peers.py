"""Other programs that read a vault, from PyPI: each reads all notes, their properties and links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from usage import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

WANTED = Path(__file__).resolve().parent / "peers.txt"
LIMIT = 300  # seconds of CPU, after which the system stops a peer
ENOUGH = 10.0  # seconds: a run that takes longer is not repeated

# What each does is its call that loads a vault; where links or properties are
# made only when they are asked for, they are asked for.
SCRIPTS = {
    "obsidiantools": """
from obsidiantools.api import Vault
vault = Vault(folder).connect()
assert vault.backlinks_index and vault.front_matter_index
""",
    "ovault": """
import ovault
for note in ovault.Vault(str(folder)).notes():
    note.links, note.backlinks, note.frontmatter()
""",
    "hill-mdvault": """
import mdvault
vault = mdvault.Vault(folder)
vault.graph(vault.notes())
""",
    "obsidian-parse": """
from obsidian_parse import parse
parse([str(folder)])
""",
    "fmql": """
import fmql
list(fmql.Query(fmql.Workspace(folder)).where(type="person"))
""",
    "py-obsidianmd": """
import pyomd
pyomd.Notes(folder)
""",
    "python-frontmatter and markdown-it-py": """
import frontmatter
from markdown_it import MarkdownIt
parser = MarkdownIt()
for path in folder.rglob("*.md"):
    parser.parse(frontmatter.loads(path.read_text("utf-8")).content)
""",
}
BEGIN = "import sys\nfrom pathlib import Path\nfolder = Path(sys.argv[1])\n"


def wanted() -> dict[str, str]:
    """The versions of `peers.txt`, by the names of the packages."""
    return dict(re.findall(r"^([\w-]+)==([\w.]+)", WANTED.read_text("utf-8"), re.MULTILINE))


def install(folder: Path) -> Path:
    """Make an environment with what can be installed; gives the folder of its programs."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "--only-binary=:all:"]
    for name, version in wanted().items():  # one by one: whoever cannot come keeps nobody away
        done = subprocess.run([*pip, f"{name}=={version}"], check=False, capture_output=True)
        if done.returncode:
            print(f"{name} {version} could not be installed", file=sys.stderr)
    return folder / "bin"


def rows(programs: Path, vault: Path) -> Iterator[Row]:
    """The peers on a vault. Who is not installed is told by the error of the import."""
    limited = ["sh", "-c", f'ulimit -S -t {LIMIT}; exec "$@"', "sh"]
    for name, script in SCRIPTS.items():
        command = [str(programs / "python"), "-W", "ignore", "-c", BEGIN + script, str(vault)]
        yield Row(titled(name), [*limited, *command], rehearse=False, enough=ENOUGH, may_fail=True)


def titled(name: str) -> str:
    """A peer with the versions of its packages: `a 1.0`."""
    return re.sub(r"[\w-]+", lambda found: _versioned(found[0]), name)


def _versioned(word: str) -> str:
    return f"{word} {wanted()[word]}" if word in wanted() else word
