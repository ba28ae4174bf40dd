"""Words of a note on their way into another: they must mean nothing there.

In a daily note `%%` begins a comment, `key:: v` is a field of Dataview's, a code fence of its
own dialect is run, and Templater runs what stands in `<% %>`. A link would list the note among
the backlinks, a tag in the tag's pane. Text that the tool writes into a note is somebody's
words about a person, and nothing else.
"""

from __future__ import annotations

import re

from vaulttool.markdown.wikilink import whole_wikilink

# Controls, marks that turn the direction of writing, and signs without width. The joiners
# that make one emoji of several, and that Persian writes, stay.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_UNSEEN_TOO = re.compile(r"[\u061c\ufff9-\ufffb]+")
_TAG = re.compile(r"<(?=[A-Za-z/!?%])")
_DOUBLED = re.compile(r"(%|\[|\]|\{|\})(?=\1)")
_COLONS = re.compile(r":{2,}")

_LABELLED = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")  # a link or a picture
_FOOTNOTE = re.compile(r"(?<=\[)(?=\^)|(?<=\^)(?=\[)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What makes words bold or struck at their edges. Within a word, or alone, it is a sign.
_EMPHASIS = re.compile(
    r"(?<![\w*_~=])(?:[*_~=]{2,}|[*_])(?=[^\s*_~=])|(?<=[^\s*_~=])(?:[*_~=]{2,}|[*_])(?![\w*_~=])"
)
_HASH = re.compile(r"(?<![^\s“\"'(\[])#+(?=\d*(?:[^\W\d]|[-/]|[^\x00-\x7f]))")
_BLOCK_ID = re.compile(r"(?<!\S)\^+(?=[A-Za-z0-9-]+\Z)")
_OPENING = re.compile(r"\$(?=[^\s$])")  # of a formula
_CLOSING = re.compile(r"(?<=[^\s$])\$")

_UNCLOSED = re.compile(r"<(?=%|!--(?!.*-->))")

# In a link a name stands as it is. There these would still do something, or would hide it.
_ACTIVE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\[\]\\]"
    r"|%%|<%|%>|::|<(?=[A-Za-z/!?])|`.*`"
)
_HIDDEN = re.compile(r"[\u200b\u200e\u200f\u2060-\u2065\ufeff\ufff9-\ufffb]")


def inert(text: str) -> str:
    """Give a text on one line, in which no sign means anything to Obsidian or a plugin."""
    words = " ".join(_UNSEEN_TOO.sub(" ", formerly_inert(text)).split())
    words = _EMPHASIS.sub("", _LABELLED.sub(r"\1", words)).replace("](", "] (")
    words = _ENTITY.sub("& ", _FOOTNOTE.sub(" ", words))
    words = formerly_inert(_without_formulas(words))
    return _BLOCK_ID.sub("", _HASH.sub("", words))


def formerly_inert(text: str) -> str:
    """The same as older versions did it: their lines are still to be known for the tool's."""
    words = " ".join(_UNSEEN.sub(" ", text).split())
    words = _TAG.sub("‹", words).replace("`", "'")
    return _DOUBLED.sub(r"\1 ", _COLONS.sub(":", words))


def _without_formulas(words: str) -> str:
    """Part every `$` that opens a formula from what follows, if another one closes it."""
    words = re.sub(r"\$(?=\$)", "$ ", words)
    opening = _OPENING.search(words)
    closed = opening and any(_CLOSING.finditer(words, opening.end()))
    return _OPENING.sub("$ ", words) if closed else words


def as_typed(text: str) -> str:
    """Give what the user typed for her own note: her Markdown, on one line, with nothing unseen.

    Templater's code is none, nor is a comment that does not end in the line: that would
    swallow the rest of the note.
    """
    text = text.encode("utf-8", "replace").decode()  # bytes of a terminal that are no text
    words = " ".join(_UNSEEN_TOO.sub(" ", _UNSEEN.sub(" ", text)).split())
    words = _UNCLOSED.sub("‹", words)
    return words if words.count("%%") % 2 == 0 else re.sub(r"%(?=%)", "% ", words)


def is_linkable(target: str) -> bool:
    """Whether a wikilink that the tool writes can carry a name or a path, and do nothing else."""
    # Obsidian takes `[[a]b]]` for a link, and breaks those to names with brackets.
    link = whole_wikilink(f"[[{target}]]")
    return link is not None and link.target == target and not _ACTIVE.search(target)


def has_hidden(name: str) -> bool:
    """Whether a name holds signs that nobody sees, so that it looks like another."""
    return bool(_HIDDEN.search(name))
