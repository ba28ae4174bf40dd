"""Words that the tool never says about people: it invites, and blames nobody.

A test holds the catalogues to them. A star stands for any ending.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from vaulttool.locale import fold
from vaulttool.locale.listed import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaulttool.model import Language

UNKIND: Mapping[Language, tuple[str, ...]] = {
    "en": listed("""
        neglect*, overdue, forgot, forgotten, abandon*, bad, badly, worse, worst,
        fail, failed, failing, failure*, lost, guilt, guilty, blame*, shame*, fault, lazy,
        should have"""),
    "ru": listed("""
        просроч*, забыт*, забыл*, заброш*, неудач*, провал*, потерян*, вина, вины, вину, виной,
        винов*, плох*, хуже, худш*, стыд*, лень, ленив*, запустил*, упустил*, опозда*,
        следовало"""),
}


def unkind_words(text: str, lang: Language) -> list[str]:
    """The words of a text that blame somebody, as they stand in it but folded."""
    return _pattern(lang).findall(fold(text))


@functools.cache
def _pattern(lang: Language) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in UNKIND[lang])
    return re.compile(rf"\b(?:{'|'.join(words)})\b")
