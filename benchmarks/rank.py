"""Compare the rank with others: `python benchmarks/rank.py [--seeds 20] [--years 4]`.

Years of somebody whose time is limited, lived again under each policy: who of those due comes
first. All policies meet the same people, the same busy days, holidays and missed weeks, the
same arrivals. Prints Markdown; the same figures on every machine.

Lateness is x = days over / interval, as the rank has it. Every evening it is counted for all
who are left, weighted by the circle: so the mean is what an average day of an average contact
looks like. "On time" is the share of contacts that were made within a tenth of the interval.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pool
from statistics import fmean
from typing import TYPE_CHECKING

from vaulttool.people.rank import MAX_X, WEIGHTS, lateness_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LOADS = (0.9, 1.0, 1.15, 1.4)
WARM_UP = 365  # days that are lived and not counted
BUSY = (2, 3, 4, 5, 5, 5, 6, 7, 8)  # contacts that there is time for, one of these each day
HOLIDAYS = ((190, 204), (357, 365))  # days of the year on which nobody is called
MISSED_WEEKS = 0.06  # of the weeks
ARRIVAL = 21  # days after which somebody leaves, and somebody else comes in her place
IMPORT = 0.1  # of all people, who come at once on one day of every year
CIRCLES = (
    ("key", 20, (7, 14, 14, 14, 30, 30, 91, 183)),
    ("regular", 45, (14, 30, 30, 91, 91, 91, 91, 183)),
    ("potential", 20, (30, 91, 183, 183, 183, 365)),
    ("dormant", 15, (91, 365, 365, 365)),
)
"""Circle, how many of a hundred people are in it, and their intervals: stages and own cadences
move many of them away from the circle's own."""


@dataclass(slots=True)
class Person:
    """Somebody to keep in touch with."""

    number: int
    interval: int
    weight: float
    due_on: int


@dataclass(frozen=True, slots=True)
class Life:
    """What happens to the user, whatever she chooses."""

    people: tuple[tuple[int, float, int], ...]  # interval, weight, first due day
    room: tuple[int, ...]  # contacts that there is time for, by day
    arrivals: Mapping[int, tuple[int, ...]]  # day -> whose places are taken by new people


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went."""

    mean: float
    mean_square: float
    on_time: float
    worst: float


Policy = Callable[[Person, int], float]  # the highest comes first


def _random_order(person: Person, today: int) -> float:
    return random.Random(person.number * 100_003 + today).random()


def _index(person: Person, today: int) -> float:
    x = min((today - person.due_on) / person.interval, MAX_X)
    return person.weight * person.interval * x * x * (1 + 2 * x / 3)


POLICIES: Mapping[str, Policy] = {
    "the tool's rank": lambda one, today: lateness_points(
        today - one.due_on, one.interval, one.weight
    ),
    "index for lasting scarcity": _index,
    "days over": lambda one, today: today - one.due_on,
    "days over ÷ interval": lambda one, today: (today - one.due_on) / one.interval,
    "oldest first": lambda one, today: today - one.due_on + one.interval,
    "random": _random_order,
}


def make_life(load: float, seed: int, years: int) -> Life:
    """Draw a life in which the cadences ask for `load` times of what there is time for."""
    chance = random.Random(f"{load} {seed}")
    days = WARM_UP + years * 365
    missed = {week for week in range(days // 7 + 1) if chance.random() < MISSED_WEEKS}
    room = tuple(0 if _is_off(day, missed) else chance.choice(BUSY) for day in range(days))
    people: list[tuple[int, float, int]] = []
    rate = 0.0
    while rate < load * fmean(room):
        circle, _share, intervals = chance.choices(CIRCLES, [share for _, share, _ in CIRCLES])[0]
        interval = chance.choice(intervals)
        people.append((interval, WEIGHTS[circle], chance.randrange(interval)))
        rate += 1 / interval
    arrivals: dict[int, tuple[int, ...]]
    arrivals = {day: (chance.randrange(len(people)),) for day in range(ARRIVAL, days, ARRIVAL)}
    for start in range(0, days, 365):
        crowd = chance.sample(range(len(people)), max(1, int(len(people) * IMPORT)))
        arrivals[start + chance.randrange(365)] = tuple(crowd)
    return Life(tuple(people), room, arrivals)


def _is_off(day: int, missed: set[int]) -> bool:
    return day // 7 in missed or any(first <= day % 365 < last for first, last in HOLIDAYS)


def live(life: Life, policy: Policy) -> Outcome:
    """Live a life: every day those come first whom the policy puts first."""
    people = [Person(n, *one) for n, one in enumerate(life.people)]
    total = sum(one.weight for one in people)
    late = square = worst = 0.0
    made = on_time = 0
    for today, room in enumerate(life.room):
        for number in life.arrivals.get(today, ()):
            people[number].due_on = today + people[number].interval
        due = [one for one in people if one.due_on <= today]
        due.sort(key=lambda one: (-policy(one, today), -one.weight, one.number))
        counted = today >= WARM_UP
        for one in due[:room]:
            made += counted
            on_time += counted and (today - one.due_on) * 10 <= one.interval
            one.due_on = today + one.interval
        if counted:
            for one in due[room:]:
                x = (today - one.due_on) / one.interval
                late += one.weight * x
                square += one.weight * x * x
                worst = max(worst, x)
    counted_days = total * (len(life.room) - WARM_UP)
    return Outcome(late / counted_days, square / counted_days, on_time / made, worst)


def compare(load: float, seed: int, years: int) -> dict[str, Outcome]:
    """Live one life under every policy."""
    life = make_life(load, seed, years)
    return {name: live(life, policy) for name, policy in POLICIES.items()}


def table(load: float, lives: Iterable[dict[str, Outcome]]) -> Iterator[str]:
    """The rows of one load: means over all lives, and the worst of all."""
    outcomes = list(lives)
    ours, *_others = POLICIES
    squares = {name: fmean(one[name].mean_square for one in outcomes) for name in POLICIES}
    best = min(squares.values())
    for name in POLICIES:
        of_name = [one[name] for one in outcomes]
        ahead = sum(one[ours].mean_square < one[name].mean_square for one in outcomes)
        yield (
            f"| {load:g} | {name} | {fmean(one.mean for one in of_name):.4f}"
            f" | {squares[name]:.4f} | {squares[name] / best:.2f}"
            f" | {fmean(one.on_time for one in of_name):.0%}"
            f" | {max(one.worst for one in of_name):.1f}"
            f" | {'' if name == ours else f'{ahead} of {len(outcomes)}'} |"
        )


def main() -> None:
    """Live all lives, and print how they went."""
    parser = argparse.ArgumentParser(description="Compare the rank with others.")
    parser.add_argument("--seeds", type=int, default=20, help="lives of each load")
    parser.add_argument("--years", type=int, default=4, help="years of each that are counted")
    options = parser.parse_args()
    print(
        "| load | policy | mean | mean square | ÷ best | on time | worst | the rank is ahead in |"
    )
    print("| --: | --- | --: | --: | --: | --: | --: | --: |")
    jobs = [(load, seed, options.years) for load in LOADS for seed in range(options.seeds)]
    with Pool() as pool:
        lives = pool.starmap(compare, jobs, chunksize=1)
    for number, load in enumerate(LOADS):
        first = number * options.seeds
        print("\n".join(table(load, lives[first : first + options.seeds])))


if __name__ == "__main__":
    main()
