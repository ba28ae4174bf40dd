"""The words by which `vault log` tells who did what: one table a language, read in both.

They stand apart from `en.py` and `ru.py`, because only what is told to that command needs them.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaulttool.locale.listed import listed


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ToldWords:
    """One language's words. Every word is lower case, with `е` for `ё`."""

    me: tuple[str, ...]  # to whom somebody wrote: `texted me`
    me_first: tuple[str, ...]  # those that stand before the word for it as well: `мне написал`
    i: tuple[str, ...]  # who wrote
    they: tuple[str, ...]  # who else did
    them: tuple[str, ...]  # behind `from`: `an email from him`
    others: tuple[str, ...]  # words that speak of others: what they did is not shared
    between: tuple[str, ...]  # may stand between one who wrote and the word for it
    to: tuple[str, ...]  # before `me`: `wrote to me`
    got: tuple[str, ...]  # before what came: `got an email`
    heard: tuple[str, ...]  # anywhere
    sent_to_me: tuple[str, ...]  # likewise
    mine: tuple[str, ...]  # `answered my email`
    together: tuple[str, ...]  # before `with`
    fillers: tuple[str, ...]  # before a channel, and saying nothing else: `had a`


EN = ToldWords(
    me=("me", "us"),
    me_first=(),
    i=("i", "we"),
    they=("he", "she", "they"),
    them=("him", "her", "them"),
    others=listed("he, she, they, his, her, their, him, them, he's, she's, they're, who, whose"),
    between=listed("also, just, finally, then, has, have, had, kindly, briefly, even, already"),
    to=("to", "back to", "back"),
    got=listed("""
        got, received, got an, got a, received an, received a, had an, had a, got his, got her,
        got their, received his, received her"""),
    heard=("heard from", "heard back from", "got a reply", "got an answer", "got back to me"),
    sent_to_me=listed("""
        sent me, sent me an, sent me a, sent us an, sent us a, sent me another, dropped me an,
        dropped me a, shot me an, left me a, left me,
        he left a, she left a, they left a"""),
    mine=listed("answered my, replied to my, reply to my, answer to my, responded to my"),
    together=("together",),
    fillers=listed("had, have, a, an, some, the, we, i, went, for, gave, made, was, it"),
)
RU = ToldWords(
    me=("мне", "нам"),
    me_first=("мне", "нам"),
    i=("я", "мы"),
    they=("он", "она", "они"),
    them=("него", "нее", "них"),
    others=listed("он, она, они, его, ее, их, ему, ей, им, который, которая, чей"),
    between=listed("""
        мне, нам, сам, сама, сами, тоже, наконец, потом, уже, еще, сразу, вдруг, вчера, сегодня,
        снова, опять, первый, первая"""),
    to=(),
    heard=listed("получил ответ, получила ответ, пришел ответ, получили ответ"),
    got=listed("получил, получила, получили, пришло, пришел, пришла, пришли"),
    sent_to_me=listed("""
        прислал, прислала, прислали, прислал мне, прислала мне, прислали мне, мне прислал,
        мне прислала, мне прислали, отправил мне, отправила мне, скинул мне, скинула мне"""),
    mine=listed("""
        ответил на мое, ответила на мое, ответили на мое, ответил на мой, ответила на мой,
        ответил на мою, ответила на мою, ответил на наше, ответила на наше,
        ответил мне на, ответила мне на, ответили мне на"""),
    together=("вместе",),
    fillers=listed("был, была, было, были, у, нас, мы, на, за"),
)

TOLD_WORDS = (EN, RU)
