"""Words of a note on their way into another: they must mean nothing there.

In a daily note `%%` begins a comment, `key:: v` is a field of Dataview's, a code fence of its
own dialect is run, and Templater runs what stands in `<% %>`. Text that the tool writes into
a note is somebody's words about a person, and nothing else.
"""

from __future__ import annotations

import re

# Controls, marks that turn the direction of writing, and signs without width. The joiners
# that make one emoji of several, and that Persian writes, stay.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_TAG = re.compile(r"<(?=[A-Za-z/!?%])")
_DOUBLED = re.compile(r"(%|\[|\]|\{|\})(?=\1)")
_COLONS = re.compile(r":{2,}")


def inert(text: str) -> str:
    """Give a text on one line, in which no sign means anything to Obsidian or a plugin."""
    words = " ".join(_UNSEEN.sub(" ", text).split())
    words = _TAG.sub("‹", words).replace("`", "'")
    return _DOUBLED.sub(r"\1 ", _COLONS.sub(":", words))
