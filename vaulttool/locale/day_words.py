"""The words that name a day, seen from another: one table a language, read in both.

They stand apart from `en.py` and `ru.py`, because only what names a day needs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaulttool.locale.listed import listed

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DayWords:
    """One language's words. Every word is lower case, with `е` for `ё`."""

    near: Mapping[str, int]  # `tomorrow` -> days from today
    leads: tuple[str, ...]  # words before a day that add nothing: `until`, `on`
    parts: tuple[str, ...]  # words behind it that add nothing: `evening`
    which: Mapping[str, tuple[str, ...]]  # `last`, `this`, `coming`, `next` -> words
    ago: tuple[str, ...]  # behind a span, which lies back then
    from_now: tuple[str, ...]  # behind a span, which lies ahead
    periods: Mapping[str, tuple[str, ...]]  # `week`, `month`, `year` -> words behind the others
    ends: tuple[str, ...]  # before a period: its last day
    weekdays: tuple[tuple[str, ...], ...]  # forms that only a preposition asks for
    months: tuple[str, ...]  # the same of months, or none
    day_of_month: tuple[str, ...]  # endings that make a bare number a day: `5th`, `5-го`, `5 числа`


EN = DayWords(
    near={
        word: days
        for days, words in {
            -2: "the day before yesterday, day before yesterday",
            -1: "yesterday, last night",
            0: "today, now, tonight, this morning, this afternoon, this evening",
            1: "tomorrow",
            2: "the day after tomorrow, day after tomorrow",
        }.items()
        for word in listed(words)
    },
    leads=listed("not before, until, till, til, to, on, by, from, since, for, in, after, the"),
    parts=listed("morning, afternoon, evening, night, in the morning, in the evening, at noon"),
    which={
        "last": ("last", "past", "previous"),
        "this": ("this",),
        "coming": ("coming", "this coming", "upcoming"),
        "next": ("next",),
    },
    ago=("ago", "back", "earlier"),
    from_now=("from now", "from today", "later", "ahead"),
    periods={"week": ("week",), "month": ("month",), "year": ("year",)},
    ends=("end of", "end of the"),
    weekdays=((),) * 7,
    months=(),
    day_of_month=("st", "nd", "rd", "th"),
)

RU = DayWords(
    near={
        word: days
        for days, words in {
            -3: "позапозавчера",
            -2: "позавчера, позавчерашний день",
            -1: "вчера, вчерашний день, вчерашнего дня",
            0: "сегодня, сейчас, сегодняшний день, сегодняшнего дня",
            1: "завтра, завтрашнего дня, завтрашний день",
            2: "послезавтра",
            3: "послепослезавтра",
        }.items()
        for word in listed(words)
    },
    leads=listed("не раньше, до, к, ко, в, во, на, с, со, по, через, после"),
    parts=listed("утром, днем, вечером, ночью, с утра, в обед, утра, вечера"),
    which={
        "last": listed("""
            прошлый, прошлая, прошлую, прошлое, прошлой, прошлого, прошлом,
            минувший, минувшая, минувшую, минувшее, минувшей, минувшего"""),
        "this": listed("этот, эта, эту, это, этой, этого, этом, этому"),
        "coming": listed("""
            ближайший, ближайшая, ближайшую, ближайшее, ближайшей, ближайшего, ближайшему"""),
        "next": listed("""
            следующий, следующая, следующую, следующее, следующей, следующего, следующем,
            следующему"""),
    },
    ago=("назад", "тому назад"),
    from_now=("спустя",),
    periods={
        "week": listed("неделя, неделе, недели, неделю"),
        "month": listed("месяц, месяце, месяца, месяцу"),
        "year": listed("год, году, года"),
    },
    ends=listed("конец, конца, концу, конце"),
    weekdays=tuple(
        (word,)
        for word in listed(
            "понедельнику, вторнику, среде, четвергу, пятнице, субботе, воскресенью")
    ),
    months=listed("""
        январе, феврале, марте, апреле, мае, июне,
        июле, августе, сентябре, октябре, ноябре, декабре"""),
    day_of_month=("-го", "го", " числа", "-го числа", "го числа", "-е", "-е число", " число"),
)  # fmt: skip

DAY_WORDS = (EN, RU)
