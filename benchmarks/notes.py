"""The text of one generated note of each kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pen import Pen, Person

# Circle, its share of 100 contacts, its interval in days, the most lines of its logs.
CIRCLES = (
    ("key", 5, 14, 40),
    ("regular", 25, 91, 16),
    ("potential", 30, 183, 8),
    ("dormant", 20, 365, 5),
    ("expert", 5, 400, 3),
    ("", 15, 150, 6),
)


def properties(values: Mapping[str, object], names: Mapping[str, str]) -> str:
    """A YAML block; links and what else begins a flow value are quoted."""
    lines = ["---"]
    for key, value in values.items():
        name = names.get(key, key)
        if isinstance(value, list):
            lines += [f"{name}:", *(f"  - {_scalar(item)}" for item in value)]
        else:
            lines.append(f"{name}: {_scalar(value)}")
    return "\n".join([*lines, "---", ""])


def _scalar(value: object) -> str:
    text = str(value)
    return f'"{text}"' if text.startswith(("[", "+", "@", "#")) else text


def topic(pen: Pen, title: str) -> str:
    """A topic note; a third of them have properties."""
    dice = pen.dice
    size = dice.size()
    head = ""
    if dice.chance(0.35):
        tags = list(dict.fromkeys(dice.pick(pen.phrases.tags) for _ in range(2)))
        values: dict[str, object] = {"tags": tags}
        if dice.chance(0.3):
            values["aliases"] = [pen.fill("{Adj} {a}")]
        values["created"] = pen.world.end - timedelta(days=dice.between(30, 2500))
        head = properties(values, {})
    if dice.chance(0.5):
        head += f"# {title}\n\n"
    return head + pen.body(size - len(head.encode()))


def contact(pen: Pen, person: Person) -> str:
    """A contact's note: properties, a few words, promises, the log."""
    text = properties(_contact_properties(pen, person), pen.phrases.keys)
    text += pen.paragraph() + "\n"
    if pen.dice.chance(0.3):
        text += f"\n{pen.paragraph()}\n"
    if pen.dice.chance(0.25):
        task = pen.task(pen.phrases.tasks)
        text += f"\n## {pen.phrases.promises_heading}\n\n{task}\n"
    log = log_lines(pen, person)
    return text + (f"\n## {pen.phrases.log_heading}\n\n" + "\n".join(log) + "\n" if log else "")


def _contact_properties(pen: Pen, person: Person) -> dict[str, object]:
    dice, phrases, end = pen.dice, pen.phrases, pen.world.end
    slug = f"n{dice.between(1000, 9999)}"
    everything: tuple[tuple[float, str, object], ...] = (
        (0.6, "aliases", [person.short]),
        (1.0, "tags", ["person"]),
        (bool(person.circle), "circle", phrases.circles.get(person.circle, person.circle)),
        (0.15, "stage", dice.pick(phrases.stages)),
        (0.8, "created", end - timedelta(days=dice.between(200, 2500))),
        (0.1, "every", dice.pick(("3 weeks", "6 weeks", "quarterly", "45"))),
        (0.5, "birthday", date(1950, 1, 1) + timedelta(days=dice.between(0, 19_000))),
        (0.3, "timezone", dice.pick(("Europe/Berlin", "Asia/Tbilisi", "America/Lima"))),
        (0.2, "hours", f"{dice.between(8, 11):02}:00-{dice.between(16, 20)}:30"),
        (0.4, "prefers", [dice.pick(phrases.channels)]),
        (0.05, "boundaries", [dice.pick(("no weekends", "no calls"))]),
        (0.7, "email", f"{slug}@example.org"),
        (0.5, "phone", f"+1 555 01{dice.between(10, 99)}"),
        (0.5, "city", dice.pick(phrases.cities)),
        (0.5, "role", dice.pick(phrases.roles)),
        (0.5, "interests", [pen.link() for _ in range(dice.between(1, 3))]),
        (0.3, "relations", [f"knows {pen.fill('{who}')}"]),
    )
    return {key: value for share, key, value in everything if dice.chance(share)}


def log_lines(pen: Pen, person: Person) -> list[str]:
    """The log of a contact, newest first; its gaps fit the circle."""
    dice = pen.dice
    _, _, interval, most = next(row for row in CIRCLES if row[0] == person.circle)
    day = pen.world.end - timedelta(days=dice.between(0, interval * 3 // 2))
    lines: list[str] = []
    for _ in range(dice.between(most // 4, most)):
        written = dice.pick((f"{day}", f"{day}", f"[[{day}]]", f"{day:%d.%m.%Y}"))
        time = f" {dice.between(8, 21):02}:30" if dice.chance(0.1) else ""
        arrow = dice.pick((":", ":", ":", " →", " ←", " —"))
        channel = dice.pick(pen.phrases.channels)
        lines.append(f"- {written}{time} {channel}{arrow} {pen.say(pen.phrases.log_texts)}")
        if dice.chance(0.15):
            lines.append("\t- " + pen.say(pen.phrases.sentences))
        day -= timedelta(days=dice.between(interval * 2 // 5, interval * 8 // 5) or 1)
    return lines


def daily(pen: Pen, day: date) -> str:
    """A daily note: people, tasks, what was on the writer's mind, and of late a due block."""
    dice = pen.dice
    size = dice.size()
    text = properties({"tags": ["daily"]}, {}) if dice.chance(0.5) else ""
    bullets = [
        "- " + pen.say(pen.phrases.with_person if dice.chance(0.7) else pen.phrases.about_person)
        for _ in range(dice.between(0, 4))
    ]
    bullets += [pen.task(pen.phrases.person_tasks) for _ in range(dice.between(0, 2))]
    text += "".join(line + "\n" for line in bullets) + "\n" * bool(bullets)
    text += pen.body(size - len(text.encode()))
    if (pen.world.end - day).days in range(1, 366) and dice.chance(0.7):
        text += "\n" + due_block(pen, day)
    return text


def due_block(pen: Pen, day: date) -> str:
    """A due block as the tool writes it, with what a person did in it."""
    dice = pen.dice
    lines = ["## Keep in touch", f"%% vault:due {day} %%"]
    chosen = dict.fromkeys(dice.favour(pen.world.people) for _ in range(5))
    for person in chosen:
        days, last = dice.between(1, 40), day - timedelta(days=dice.between(20, 90))
        status = dice.pick(("x", "x", " ", " ", " ", "-", ">"))
        added = " " + dice.pick(pen.phrases.channels) if status == "x" and dice.chance(0.4) else ""
        lines.append(
            f"- [{status}] [[{person.name}]] · {days} days over (every 3 months)"
            f" · last: call {last.day} {last:%b}{added}"
        )
        if dice.chance(0.5):
            lines.append(f"\t- ask about: {pen.link()}")
        if status == "x" and dice.chance(0.3):
            lines.append("\t- " + pen.say(pen.phrases.sentences))
    return "\n".join([*lines, "", "%% vault:end %%", ""])


def meeting(pen: Pen, title: str, day: date) -> str:
    """A meeting note: who was there, what was said, what was promised."""
    dice = pen.dice
    size = dice.size()
    count = dice.between(13, 16) if dice.chance(0.02) else dice.between(1, 5)
    there = dict.fromkeys(dice.favour(pen.world.people) for _ in range(count))
    values: dict[str, object] = {"date": day, "people": [f"[[{one.name}]]" for one in there]}
    if dice.chance(0.5):
        values["channel"] = dice.pick(pen.phrases.channels)
    text = properties(values, pen.phrases.keys) + f"# {title}\n\n"
    tasks = [pen.task(pen.phrases.person_tasks) for _ in range(dice.between(0, 3))]
    text += "".join(line + "\n" for line in tasks) + "\n" * bool(tasks)
    return text + pen.body(size - len(text.encode()))
