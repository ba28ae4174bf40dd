"""Words that the tool never says about people: it invites, and blames nobody.

Tests hold to them the catalogues, the words in which values are written, the templates, and what
the docs show of the tool's output. A star stands for any ending; words are lower case, with `е`
for `ё`.
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
        neglect*, negligen*, overdue, forgot, forgotten, forgetful, abandon*, disregard*,
        bad, badly, worse, worst, awful, terrible, poor, poorly,
        fail, fails, failed, failing, failure*, lost, loser, guilt, guilty, blame*, shame*,
        ashamed, fault, faults, lazy, careless*, remiss, disappoint*, ungrateful, unreliable,
        grade, grades, graded, should have, ought to have, too late"""),
    "ru": listed("""
        просроч*, забыт*, забыл*, забыв*, забуд*, позабы*, заброш*, заброс*, пренебр*,
        неудач*, провал*, проморг*, прозева*, потеря*, утрат*, утрач*, вина, вины, вину, вине,
        виной, винов*, винит*, виня*, обвин*, повинн*, плох*, хуже, худш*, скверн*, ужасн*,
        никудышн*, нехорош*, стыд*, постыд*, позор*, совест*, лень, ленив*, ленит*, лентя*,
        запустил*, упустил*, упущен*, подвел*, опозд*, опазд*, слишком поздно, нерадив*,
        небреж*, халатн*, равнодуш*, безразлич*, ненадежн*, неблагодарн*, упрек*, укор,
        разочар*, двойк*, двоеч*, тройк*, троеч*, следовало, надо было, должны были"""),
}


def unkind_words(text: str, lang: Language) -> list[str]:
    """The words of a text that blame somebody, as they stand in it but folded."""
    return _pattern(lang).findall(fold(text))


@functools.cache
def _pattern(lang: Language) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in UNKIND[lang])
    return re.compile(rf"\b(?:{'|'.join(words)})\b")
