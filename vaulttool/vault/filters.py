"""Excluded files: which paths Obsidian's filters name.

A filter is a `/regular expression/`, else the beginning of a path; both are compared without
case. Obsidian's expressions are JavaScript's. What Python cannot read of them, or what could
search for ever, is no filter here.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from vaulttool.resolve import composed, path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_FILTER = 500  # characters
_NAMED_GROUP = re.compile(r"\(\?<(?=[^=!])")  # JavaScript's; Python writes `(?P<`
_PART = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()]|[*+|]|\{\d*,?\d*\}|.", re.DOTALL)

Filter = re.Pattern[str] | str
"""An expression, or the beginning of a path in comparable form."""


def read_filter(text: str) -> Filter | None:
    """Read one filter; None for what is none."""
    if not (len(text) > len("//") and text.startswith("/") and text.endswith("/")):
        return path_key(text) if text.strip() else None
    expression = _NAMED_GROUP.sub("(?P<", text[1:-1])
    if len(expression) > MAX_FILTER or _may_run_away(expression):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of signs that may mean something else one day
            return re.compile(expression, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError):
        return None


def matcher(filters: Iterable[str]) -> Callable[[str], bool]:
    """Give a function that says whether one of the filters names a path."""
    read = [found for found in map(read_filter, filters) if found is not None]
    prefixes = tuple(found for found in read if isinstance(found, str))
    expressions = [found for found in read if isinstance(found, re.Pattern)]

    if not read:  # as nearly always: of a hundred thousand files each is asked about
        return lambda _path: False

    def matches(path: str) -> bool:
        if path_key(path).startswith(prefixes):
            return True
        return any(expression.search(composed(path)) for expression in expressions)

    return matches


def _may_run_away(expression: str) -> bool:
    """Whether a repeated group holds a repetition or a choice: `(a+)+` takes ages to fail."""
    parts = [part[0] for part in _PART.finditer(expression)]
    varied = [False]  # of the groups that are open: whether they hold such a thing
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if part == "(":
            varied.append(False)
        elif part == ")":
            inner = varied.pop() if len(varied) > 1 else False
            repeated = following[:1] in ("*", "+", "{")
            if inner and repeated:
                return True
            varied[-1] = varied[-1] or inner or repeated
        elif part[0] in "*+|{" and (len(part) > 1 or part != "{"):
            varied[-1] = True
    return False
