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
    behind: tuple[str, ...]  # what names no single day, and lies behind: `last week`
    around: tuple[str, ...]  # what may: `this week`, `летом`
    spells: tuple[str, ...]  # what may, behind `at the` or `на`: `weekend`
    before_spells: tuple[str, ...]  # those words
    some: tuple[str, ...]  # no number of days, before `ago`: `several`
    opening: tuple[str, ...]  # words that begin another statement: `she`, `that`
    either: tuple[str, ...]  # between two days, of which it is not known which
    agreed: tuple[str, ...]  # what comes behind them is ahead: `invited to lunch on friday`
    measures: tuple[str, ...]  # behind a number that is no date: `1.5 hours`


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
    behind=(
        *(
            f"{last} {span}"
            for last in ("last", "past", "previous")
            for span in listed("""
                week, weekend, month, quarter, year, spring, summer, autumn, fall, winter,
                few days, few weeks, christmas, easter, holidays""")
        ),
        *(f"earlier this {span}" for span in ("week", "month", "year")),
        *listed("""
            the other day, the other night, the other week, other day, other week, week before last,
            the week before last, month before last, the month before last, a while ago,
            a while back, a long time ago, long ago, not long ago, some time ago, ages ago,
            years ago, months ago, weeks ago, days ago"""),
    ),
    around=("this week", "this month", "this year", "this weekend"),
    spells=listed("weekend, spring, summer, autumn, fall, winter, holidays, christmas, easter"),
    before_spells=listed("on, in, at, over, during, sometime, some time, the"),
    some=("a few", "few", "several", "some", "many", "quite a few"),
    opening=listed("""
        he, she, they, it, we, i, you, he's, she's, they're, it's, we're, i'm, that, who, which,
        if, when, because, while, whether, is, are, was, were, has, have, had"""),
    either=("or",),
    agreed=listed("""
        invited, invite, agreed, arranged, scheduled, booked, moved, tickets, ticket, flight, flies,
        arrives, leaves, starts, comes"""),
    measures=listed("""
        hour, hours, h, hr, hrs, min, mins, minute, minutes, km, kilometres, kilometers, mile,
        miles, m, kg, days, weeks, months, years, times, litres, %"""),
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
    behind=(
        *(f"{last} {span}" for lasts, span in (
            ("прошлой, позапрошлой, той, минувшей", "неделе"),
            ("прошлую, позапрошлую, ту, минувшую", "неделю"),
            ("прошлых, позапрошлых, тех, минувших", "выходных"),
            ("прошлые, позапрошлые, те, минувшие", "выходные"),
            ("прошлом, позапрошлом, том", "месяце"), ("прошлый, позапрошлый", "месяц"),
            ("прошлом, позапрошлом, том", "году"), ("прошлый, позапрошлый", "год"),
            ("прошлым, позапрошлым, тем", "летом"), ("прошлой, позапрошлой, той", "зимой"),
            ("прошлой, позапрошлой, той", "весной"), ("прошлой, позапрошлой, той", "осенью"),
        ) for last in listed(lasts)),
        *listed("""
            на днях, как-то раз, как-то на днях, не так давно, недели назад, месяцы назад,
            годы назад"""),
    ),
    around=("летом", "зимой", "весной", "осенью"),
    spells=listed("""
        этой неделе, эту неделю, этом месяце, этом году, выходных, выходные, этих выходных,
        эти выходные, праздники, праздниках, каникулах, каникулы"""),
    before_spells=listed("в, во, на, за, где-то, как-то"),
    some=("несколько", "пару-тройку", "много", "немало"),
    opening=listed("""
        он, она, они, оно, мы, я, ты, вы, что, чтобы, который, которая, которые, если, когда,
        пока, потому, будто, где, куда, едет, едут, летит, летят, приедет, приедут, прилетит,
        прилетят, прилетает, приезжает, уезжает, улетает, приходит, придет, вернется"""),
    either=("или", "либо"),
    agreed=listed("""
        пригласил, пригласила, пригласили, позвал, позвала, позвали, договорились, договорился,
        договорилась, назначили, перенесли, билеты, билет, рейс"""),
    measures=listed("""
        час, часа, часов, ч, мин, минут, минуты, км, километра, километров, м, кг, дня, дней,
        недели, недель, месяца, месяцев, года, лет, раза, литра, %"""),
)  # fmt: skip

DAY_WORDS = (EN, RU)
