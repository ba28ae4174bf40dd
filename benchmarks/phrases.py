"""The words that the generated notes are made of, in English and in Russian.

Nouns are plural, and the Russian ones stand in the nominative wherever they are put, so that
any of them fits into any sentence.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """The tables of one language."""

    lang: str
    topics_folder: str
    people_folder: str
    meetings_folder: str
    areas: tuple[str, ...]  # folders of topics
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    titles: tuple[str, ...]  # of topics
    meeting_titles: tuple[str, ...]
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    link_sentences: tuple[str, ...]  # about another topic
    with_person: tuple[str, ...]  # a contact, as the rules read it
    about_person: tuple[str, ...]  # a mention that is none
    log_texts: tuple[str, ...]
    channels: tuple[str, ...]
    tasks: tuple[str, ...]
    person_tasks: tuple[str, ...]
    tags: tuple[str, ...]
    given_names: tuple[tuple[str, str], ...]  # with what friends say
    family_names: tuple[str, ...]
    cities: tuple[str, ...]
    roles: tuple[str, ...]
    keys: dict[str, str]  # native property -> as this language writes it
    circles: dict[str, str]
    stages: tuple[str, ...]
    log_heading: str
    promises_heading: str


def _words(text: str) -> tuple[str, ...]:
    """Split a table of single words."""
    return tuple(text.split())


def _names(text: str) -> tuple[tuple[str, str], ...]:
    """Split `Name/short` pairs."""
    return tuple((name, short) for name, _, short in (p.partition("/") for p in text.split()))


EN = Phrases(
    lang="en",
    topics_folder="Topics",
    people_folder="People",
    meetings_folder="Meetings",
    areas=_words("Garden House Reading Music Work Travel Kitchen Health Tools Writing"),
    nouns=_words(
        "gardens letters mornings maps recipes questions habits stairs bicycles radios windows"
        " lists projects rivers notebooks markets trains songs walls plans budgets libraries"
        " workshops interviews drafts kitchens teams archives lamps seasons stories rooms routes"
        " receipts sketches bridges holidays meetings measures essays neighbours photographs"
        " harbours lessons languages festivals tables weekends cameras orchards printers ladders"
        " postcards theatres rehearsals suitcases calendars proofs apples clocks"
    ),
    adjectives=_words(
        "quiet slow small open borrowed early honest narrow patient second shared spare late"
        " plain long unfinished northern old bright common careful cheap daily empty foreign"
        " gentle hidden inner local modest narrow painted rare steady useful winter wooden"
    ),
    titles=(
        *("{Adj} {a}", "{A} and {b}", "Why {a} matter", "{A} for beginners", "{A} before {b}"),
        *("{Adj} {a} and {b}", "What {a} teach"),
    ),
    meeting_titles=(
        *("Planning {a}", "{A} review", "Book club: {a}", "Call about {a}", "{Adj} {a}"),
        *("Retrospective", "Weekly", "One to one"),
    ),
    headings=(
        *("Why", "What I know", "Open questions", "Sources", "Next", "Against it", "An example"),
        *("Afterwards", "In practice", "Notes from {a}", "{A}"),
    ),
    sentences=(
        "I keep coming back to {a}, and each time {b} look smaller.",
        "Most {adj} {a} begin with somebody who had no time for {b}.",
        "It took a week to see that {a} were never the point.",
        "Two pages on {a}, one on {b}, and nothing yet on the rest.",
        "What helps: fewer {a}, more {adj} {b}.",
        "A rule of thumb says that {a} cost twice what {b} cost; I have not checked it.",
        "The old advice about {a} still holds, if one reads it slowly.",
        "There are three kinds of {a}, and the third is mostly {b}.",
        "On paper the {adj} {a} come first; in the house they come last.",
        "Tried it with {a} on Tuesday: it works, though not for {b}.",
        "Not sure about the {a}. The {b} were fine.",
        "If {a} are the question, {adj} {b} are at least half of the answer.",
        "The numbers for {a} went from 12 to 17, for {b} from 9 to 8.",
        "Everybody agreed on {a}; nobody wrote it down.",
    ),
    link_sentences=(
        *("See {link}.", "Goes on in {link}.", "{link} says the opposite.", "Compare {link}."),
        *("Half of this stands in {link} already.", "First read {link}, then {link}."),
    ),
    with_person=(
        *("Coffee with {who}: {a}, mostly.", "Called {who}, an hour about {a}."),
        *("Lunch with {who} and {who}.", "{who} wrote an email about {a}."),
        *("Walked home with {who} after the {a}.", "Video with {who} #video, {adj} {a}."),
        *("{who} came by, we looked at {a}.", "A message to {who}, “no need to answer”."),
    ),
    about_person=(
        *("Thought about {who} today.", "Tomorrow I will call {who}.", "{who}'s idea about {a}."),
        *("Did not call {who} again.", "A present for {who}: {a}?", "Read the {a} of {who}."),
    ),
    log_texts=(
        *("asked about {link}, she will send the {a}", "an hour about {a}", "{a}, {b}, tea"),
        *("spoke about {link}", "thanks for the {a}", "the {a} are late, the {b} are well"),
        *("promised to write about {link} in spring", "a photo of the {a}", "moving, new {a}"),
    ),
    channels=_words("call email video coffee lunch message meeting chat letter visit"),
    tasks=(
        *("order {a}", "sort the {adj} {a}", "read {link} again", "book a room for {a}"),
        *("send the {a}", "write two pages on {a}", "throw {b} away"),
    ),
    person_tasks=(
        *("send {who} the {a}", "ask {who} about {a}", "ring {who}", "return {b} to {who}"),
    ),
    tags=_words("idea draft reading house/garden work quote someday project/alpha recipe"),
    given_names=_names(
        "Anna/Ann Boris/Bo Clara/Clarrie Daniel/Dan Elena/Lena Felix/Fee Greta/Gre Henrik/Hen"
        " Irene/Reni Jonas/Jo Karen/Kari Leon/Lee Martha/Mattie Nora/Nor Oscar/Oz Paula/Pau"
        " Quentin/Quin Rosa/Ro Samuel/Sam Teresa/Tess Ursula/Ula Victor/Vic Wanda/Wan Xenia/Xen"
        " Yusuf/Yus Zoe/Zo Amir/Am Beatriz/Bea Cedric/Ced Dalia/Dal Emil/Em Farah/Fa Gideon/Gid"
        " Hana/Han Ivan/Vanya Judith/Jude Kofi/Ko Linnea/Linn Marek/Mar Ngozi/Ngo"
    ),
    family_names=_words(
        "Abbott Bellamy Castell Dormer Eastwick Farrow Gallant Harwell Ingram Jessop Kestrel"
        " Larkin Merton Norbury Osgood Pennick Quarles Rainer Selwyn Thackeray Underhill Varley"
        " Wexford Yardley Zeller Almeida Bergstrom Correia Dietrich Engel Fontaine Grimaldi"
        " Hofer Ibarra Jansen Kowal Lindqvist Moreno Nakata Okoro Petrescu Quiroga Rahman Sorel"
        " Tanaka Ueda Vidal Weber Xiberras Yilmaz Zamora Aldous Bramley Chilton Dunmore"
    ),
    cities=_words("Ghent Porto Lyon Bergen Leeds Graz Turin Malmo Cork Basel"),
    roles=_words("teacher carpenter editor nurse engineer baker lawyer translator gardener"),
    keys={},
    circles={},
    stages=("new", "long-term", "crisis", "transition"),
    log_heading="Log",
    promises_heading="Promises",
)

RU = Phrases(
    lang="ru",
    topics_folder="Темы",
    people_folder="Люди",
    meetings_folder="Встречи",
    areas=_words("Сад Дом Чтение Музыка Работа Поездки Кухня Здоровье Ремесло Письмо"),
    nouns=_words(
        "сады письма карты рецепты вопросы привычки лестницы велосипеды окна списки проекты реки"
        " тетради рынки поезда песни стены планы сметы библиотеки мастерские черновики кухни"
        " команды архивы лампы рассказы комнаты маршруты чеки наброски мосты праздники встречи"
        " мерки очерки соседи снимки гавани уроки языки столы выходные камеры яблони открытки"
        " театры репетиции чемоданы календари яблоки часы"
    ),
    adjectives=_words(
        "тихие медленные маленькие открытые чужие ранние честные узкие терпеливые общие запасные"
        " поздние простые длинные северные старые светлые бережные дешёвые пустые мягкие"
        " скрытые местные скромные редкие ровные полезные зимние деревянные"
    ),
    titles=(
        *("{Adj} {a}", "{A} и {b}", "Зачем нужны {a}", "{A} для начинающих", "Сначала {a}"),
        *("{Adj} {a} и {b}", "Чему учат {a}"),
    ),
    meeting_titles=(
        *("План: {a}", "Обзор: {a}", "Книжный клуб: {a}", "Созвон: {a}", "{Adj} {a}"),
        *("Итоги месяца", "Еженедельная", "Один на один"),
    ),
    headings=(
        *("Зачем", "Что я знаю", "Открытые вопросы", "Источники", "Дальше", "Возражения"),
        *("Пример", "На деле", "{A}"),
    ),
    sentences=(
        "Всё время возвращаюсь к одному: {a}, и каждый раз {b} кажутся меньше.",
        "Почти всегда {adj} {a} начинаются там, где кончились {b}.",
        "За неделю стало ясно, что {a} тут ни при чём.",
        "Две страницы — {a}, одна — {b}, остальное не начато.",
        "Что помогает: {adj} {a}, а потом уже {b}.",
        "Говорят, {a} стоят вдвое дороже, чем {b}; я не проверяла.",
        "Старый совет всё ещё годится, если читать его медленно: {a}.",
        "На бумаге {adj} {a} идут первыми, а дома — последними.",
        "Во вторник попробовала: {a} подошли, {b} нет.",
        "Было 12, стало 17: это {a}; а {b} — 9 и 8.",
        "Все согласились, что нужны {a}; никто не записал.",
    ),
    link_sentences=(
        *("См. {link}.", "Продолжение: {link}.", "Наоборот: {link}.", "Рядом: {link}, {link}."),
        "Половина этого уже есть: {link}.",
    ),
    with_person=(
        *("Кофе: {who}, {a}.", "Звонок: {who}, час, {adj} {a}.", "Обед: {who} и {who}."),
        *("Созвонились: {who}, {a}.", "Заходила {who}, смотрели {a}.", "Встреча: {who} #встреча"),
    ),
    about_person=(
        *("Думала про {who}.", "Завтра позвоню: {who}.", "Не позвонила: {who}."),
        *("Подарок для {who}: {a}?", "Читала, что пишут о {who}."),
    ),
    log_texts=(
        *("спрашивала про {link}", "час, {a} и чай", "{a}, потом {b}", "обсудили {link}"),
        *("спасибо за {a}", "переезд, новые {a}", "обещала написать весной: {link}"),
    ),
    channels=_words("звонок письмо встреча кофе обед созвон сообщение видео"),
    tasks=(
        *("заказать {a}", "разобрать {adj} {a}", "перечитать {link}", "отправить {a}"),
        *("написать две страницы: {a}", "выбросить {b}"),
    ),
    person_tasks=("отправить {who} {a}", "спросить {who} про {a}", "позвонить {who}"),
    tags=_words("идея черновик чтение дом/сад работа цитата когда-нибудь проект/альфа рецепт"),
    given_names=_names(
        "Алла/Аля Вера/Верочка Галина/Галя Дарья/Даша Елена/Лена Жанна/Жанночка Зоя/Зоенька"
        " Инна/Инночка Ксения/Ксюша Лидия/Лида Мария/Маша Нина/Ниночка Ольга/Оля Полина/Поля"
        " Раиса/Рая Софья/Соня Тамара/Тома Ульяна/Уля Фаина/Фая Юлия/Юля Яна/Яночка Алёна/Алёнка"
    ),
    family_names=_words(
        "Агеева Белова Власова Громова Дёмина Ершова Жукова Зимина Исаева Котова Лебедева Маркова"
        " Носова Орлова Павлова Рябова Савельева Титова Уварова Фомина Харитонова Цветкова"
        " Чернова Шилова Щукина Юдина Яшина Ахметова Буданова Волкова Горбунова Дорофеева"
        " Ёлкина Зорина Ильина Крылова Ларина Мельникова Никитина Осипова Пахомова Родионова"
    ),
    cities=_words("Казань Тверь Пермь Томск Псков Самара Калуга Рязань Вологда"),
    roles=_words("врач учительница редактор столяр инженер пекарь юрист переводчица"),
    keys={
        "circle": "круг",
        "stage": "этап",
        "created": "создано",
        "birthday": "день_рождения",
        "prefers": "предпочитает",
        "email": "почта",
        "phone": "телефон",
        "city": "город",
        "role": "должность",
        "interests": "интересы",
        "relations": "связи",
        "boundaries": "границы",
        "people": "участники",
        "channel": "канал",
        "every": "раз_в",
    },
    circles={
        "key": "ключевой",
        "regular": "регулярный",
        "potential": "потенциальный",
        "dormant": "спящий",
        "expert": "эксперт",
    },
    stages=("новый", "долгосрочный", "кризис", "перемены"),
    log_heading="Лог",
    promises_heading="Обещания",
)
