"""Messages to sentences: gettext's catalogues, and how dates are written in a line."""

from __future__ import annotations

import functools
import gettext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vaulttool.locale import LANGUAGES, words_of
from vaulttool.message import Message, Term, msg, nmsg

if TYPE_CHECKING:
    from vaulttool.model import Language

DOMAIN = "vaulttool"
_NEAR = 14  # days: so far from today a day is counted, further it is a date


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language; dates inside `year` are written without their year."""

    lang: Language
    year: int | None = None

    def render(self, message: Message) -> str:
        """Make the sentence: translated, in the right plural form, its values filled in."""
        values = {name: self._value(value) for name, value in message.values.items()}
        return self.template(message).format(**values)

    def template(self, message: Message) -> str:
        """The translated sentence, its values not filled in."""
        translations = _translations(self.lang)
        count = message.values.get("n")
        if message.plural and isinstance(count, int):
            return translations.ngettext(message.text, message.plural, count)
        return translations.gettext(message.text)

    def short_date(self, day: date) -> str:
        """Write `27 Oct`, with the year where it is another one than the reader's."""
        short = f"{day.day} {words_of(self.lang).months_short_in_dates[day.month - 1]}"
        return short if day.year == self.year else f"{short} {day.year}"

    def number(self, value: float) -> str:
        """Write a number as the reader does: `2.5`, in Russian `2,5`."""
        return f"{value:g}".replace(".", words_of(self.lang).decimal_sign)

    def near_date(self, day: date, today: date) -> str:
        """Write a day as it is seen from today: `yesterday`, `in 5 days`, `27 Oct`."""
        ahead = (day - today).days
        if abs(ahead) > _NEAR:
            return self.short_date(day)
        if abs(ahead) > 1:
            ago = nmsg("{n} day ago", "{n} days ago", -ahead)
            return self.render(nmsg("in {n} day", "in {n} days", ahead) if ahead > 0 else ago)
        return self.render((msg("today"), msg("tomorrow"), msg("yesterday"))[ahead])

    def term(self, term: Term) -> str:
        """The word of a table; a user's own word stays as it is."""
        table = getattr(words_of(self.lang), term.table)
        if isinstance(term.key, int):
            return str(table[term.key])
        found = table.get(term.key, term.key)
        return found if isinstance(found, str) else str(found[0])

    def _value(self, value: object) -> object:
        if isinstance(value, Message):
            return self.render(value)
        if isinstance(value, Term):
            return self.term(value)
        if isinstance(value, date):
            return self.short_date(value)
        if isinstance(value, float):
            return self.number(value)
        if isinstance(value, tuple | list):
            return ", ".join(str(self._value(part)) for part in value)
        return value


@functools.cache
def _translations(lang: Language) -> gettext.NullTranslations:
    folder = Path(__file__).parent
    return gettext.translation(DOMAIN, folder, [lang])


def choose_language(names: str) -> Language:
    """Choose from what `$LANG` and its kin hold (`ru_RU.UTF-8:en`): the first that is known."""
    for name in names.replace(":", " ").split():
        for lang in LANGUAGES:
            if name.lower().split("_")[0].split(".")[0] == lang:
                return lang
    return "en"
