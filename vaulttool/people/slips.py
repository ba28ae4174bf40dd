"""Slips of the finger: whose name was meant where nobody answers to what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

MOST = 3  # names that one suggestion holds
_LEAST = 2  # letters of a name in which a slip can be told
_LEAST_BEGINNING = 4  # letters of a beginning that may hold one
_ALIKE = 0.8  # how alike a name is to be that is more than one slip away

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LAYOUTS = (str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN))


def other_layouts(text: str) -> Iterator[str]:
    """What the same keys write where the keyboard is set to the other language."""
    folded = text.lower()
    for layout in _LAYOUTS:
        if (other := folded.translate(layout)) != folded:
            yield other


def near_names(wanted: str, forms: Mapping[str, Iterable[str]]) -> list[str]:
    """Those that answer to `wanted` but for one slip, the most probable first.

    `forms` are the names of each. Where one slip is not enough, the one who is most alike.
    """
    rules: tuple[Callable[[str], bool], ...] = (
        lambda form: is_one_slip(wanted, form),
        lambda form: any(is_one_slip(wanted, run) for run in _runs(form, wanted)),
        lambda form: any(_begins_so(wanted, run) for run in _runs(form, wanted)),
    )
    for rule in rules:
        found = [(form, name) for name, own in forms.items() for form in own if rule(form)]
        if found:
            return _best(wanted, found)
    return _alike(wanted, forms)


def is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter: another, one more, one less, or two exchanged."""
    short, long = sorted((one, other), key=len)
    if short == long or len(short) < _LEAST or len(long) - len(short) > 1:
        return False
    same = next((n for n, sign in enumerate(short) if sign != long[n]), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    if short[same + 1 :] == long[same + 1 :]:
        return True
    exchanged = short[same + 1 : same + 2] + short[same] + short[same + 2 :]
    return exchanged == long[same:]


def _runs(form: str, wanted: str) -> Iterator[str]:
    """The runs of a name's words that are as many as the words that were typed."""
    words, count = form.split(), len(wanted.split()) or 1
    for start in range(len(words) - count + 1):
        yield " ".join(words[start : start + count])


def _begins_so(wanted: str, run: str) -> bool:
    lengths = range(len(wanted) - 1, len(wanted) + 2)
    is_long_enough = len(wanted) >= _LEAST_BEGINNING
    return is_long_enough and any(is_one_slip(wanted, run[:length]) for length in lengths)


def _best(wanted: str, found: Iterable[tuple[str, str]]) -> list[str]:
    """Names by how well they fit: the first letter is seldom the wrong one."""
    ordered = sorted(found, key=lambda pair: (pair[0][:1] != wanted[:1], pair[1]))
    return list(dict.fromkeys(name for _form, name in ordered))[:MOST]


def _alike(wanted: str, forms: Mapping[str, Iterable[str]]) -> list[str]:
    whole = {form: name for name, own in forms.items() for form in own}
    import difflib  # who types a name right has no use for it

    words = {word: name for form, name in whole.items() for word in form.split()}
    for known in (whole, words):
        if close := difflib.get_close_matches(wanted, known, n=1, cutoff=_ALIKE):
            return [known[close[0]]]
    return []
