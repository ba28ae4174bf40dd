from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.story import World
from vaulttool.people.cadence import interval_days
from vaulttool.people.due import may_be_asked
from vaulttool.people.plan import EARLY, make_plan
from vaulttool.settings import Settings

if TYPE_CHECKING:
    from vaulttool.people.plan import Plan

TODAY = date(2026, 11, 23)  # a Monday


def person(every: str, last: str, *lines: str) -> str:
    return "\n".join(["---", f"every: {every}", f"last_contact: {last}", *lines, "---", ""])


def plan(notes: dict[str, str], per_day: int = 2, weeks: int = 2) -> Plan:
    world = World({f"People/{name}.md": text for name, text in notes.items()}, TODAY, Settings())
    return make_plan(world.day, world.agenda, per_day, weeks)


def calendar(plan: Plan) -> dict[str, str]:
    return {
        f"{day:%a %d}": ", ".join(one.contact.name for one in planned)
        for day, planned in plan.days.items()
        if planned
    }


def test_everybody_stands_on_the_due_day_where_it_has_room() -> None:
    found = plan({"Anna": person("1 week", "2026-11-18"), "Boris": person("90", "2026-09-02")})
    assert calendar(found) == {"Wed 25": "Anna", "Tue 01": "Boris", "Wed 02": "Anna"}


def test_a_crowd_is_spread_over_the_days_before() -> None:
    crowd = {name: person("3 weeks", "2026-11-06") for name in ("Anna", "Boris", "Vera", "Gleb")}
    assert calendar(plan(crowd, per_day=1)) == {
        "Tue 24": "Vera",
        "Wed 25": "Gleb",
        "Thu 26": "Boris",
        "Fri 27": "Anna",
    }


def test_nobody_comes_earlier_than_by_a_seventh_of_the_interval() -> None:
    crowd = {name: person("12 days", "2026-11-15") for name in ("Anna", "Boris", "Vera")}
    assert list(calendar(plan(crowd, per_day=1, weeks=1))) == ["Thu 26", "Fri 27", "Sat 28"]


def test_who_is_late_already_comes_first_and_the_rest_waits() -> None:
    late = {
        "Anna": person("2 weeks", "2026-11-01", "circle: key"),
        "Boris": person("2 weeks", "2026-11-01"),
        "Vera": person("2 weeks", "2026-11-08"),
    }
    found = plan(late, per_day=1, weeks=1)
    assert list(calendar(found).values())[:3] == ["Anna", "Boris", "Vera"]
    assert found.days[TODAY][0].late == 8


def test_nobody_comes_early_who_set_a_day() -> None:
    crowd = {
        "Anna": person("1 year", "2026-03-01", "next: 2026-11-25"),
        "Boris": person("1 year", "2026-03-01", "next: 2026-11-25"),
    }
    assert calendar(plan(crowd, per_day=1)) == {"Wed 25": "Anna", "Thu 26": "Boris"}


def test_a_contact_is_only_planned_for_days_on_which_she_may_be_asked() -> None:
    found = plan({"Anna": person("1 week", "2026-11-01", "days: sat")}, weeks=3)
    assert calendar(found) == {"Sat 28": "Anna", "Sat 05": "Anna", "Sat 12": "Anna"}


def test_a_snooze_is_waited_for() -> None:
    found = plan({"Anna": person("1 week", "2026-11-01", "snooze_until: 2026-11-27")}, weeks=1)
    assert calendar(found) == {"Fri 27": "Anna"}


def test_what_is_done_today_takes_its_room() -> None:
    done = "%% vault:due 2026-11-23 %%\n- [x] [[Anna]]\n\n%% vault:end %%\n"
    notes = {f"People/{name}.md": person("2 weeks", "2026-11-01") for name in ("Anna", "Boris")}
    world = World({**notes, "2026-11-23.md": done}, TODAY, Settings())
    assert calendar(make_plan(world.day, world.agenda, 1, 1)) == {"Tue 24": "Boris"}


def test_a_rest_is_waited_for_to_its_last_day() -> None:
    lists = {
        f"2026-11-{day}.md": f"%% vault:due 2026-11-{day} %%\n- [ ] [[Anna]]\n\n%% vault:end %%\n"
        for day in range(18, 23)
    }
    notes = {"People/Anna.md": person("2 weeks", "2026-10-01"), **lists}
    world = World(notes, TODAY, Settings())
    assert world.verdict("Anna").until == date(2026, 11, 26)
    assert calendar(make_plan(world.day, world.agenda, 5, 1)) == {"Fri 27": "Anna"}


@pytest.mark.parametrize("line", ["pause: true", "died: true", "boundaries: no contact"])
def test_who_is_not_asked_about_is_not_planned(line: str) -> None:
    found = plan({"Anna": person("1 week", "2026-11-01", line)})
    assert calendar(found) == {}
    assert found.asked == 0


def test_what_is_asked_for_and_what_was_made() -> None:
    found = plan({"Anna": person("1 week", "2026-11-18"), "Boris": person("2 weeks", "2026-11-18")})
    assert found.asked == pytest.approx(1.5)
    assert found.room == 14
    assert found.record == pytest.approx(2)  # both within the week
    assert found.fits
    assert found.changes == ()


def test_whose_clock_nobody_knows_is_told_apart() -> None:
    found = plan({"Anna": person("1 week", "2026-11-18"), "Boris": "---\nevery: 1 week\n---\n"})
    assert (found.unknown, found.asked) == (1, 1.0)


def test_without_any_contact_there_is_no_record() -> None:
    assert plan({"Anna": "---\nevery: 1 week\ncreated: 2026-11-20\n---\n"}).record is None


def test_the_record_goes_back_twelve_weeks() -> None:
    found = plan({"Anna": person("1 week", "2026-11-22") + "- 2026-07-01 call\n"})
    assert found.record == pytest.approx(1 / 12)


def test_a_longer_cadence_is_longer_by_two_fifths() -> None:
    """From 11 days to two weeks would change next to nothing."""
    crowd = {f"P{n:02}": person("11 days", "2026-11-22") for n in range(12)}
    assert plan(crowd, per_day=1).changes[0].every == "1 month"


def test_the_fewest_changes_that_make_it_fit() -> None:
    crowd = {f"P{n}": person("1", "2026-11-22") for n in range(2)}
    crowd |= {"Anna": person("3 months", "2026-11-22")}
    found = plan(crowd, per_day=1)
    assert not found.fits
    assert found.per_day_needed == 3
    assert [(one.contact.name, one.every) for one in found.changes] == [
        ("P0", "1 week"),
        ("P1", "1 week"),
    ]
    rest = found.asked - sum(one.saves for one in found.changes)
    assert rest <= found.room
    assert rest + found.changes[-1].saves > found.room  # one fewer would not do


def test_who_weighs_less_is_slowed_down_first() -> None:
    crowd = {
        "Anna": person("1", "2026-11-22", "circle: key"),
        "Boris": person("1", "2026-11-22", "circle: dormant"),
    }
    (change,) = plan(crowd, per_day=1).changes[:1]
    assert change.contact.name == "Boris"


people = st.fixed_dictionaries(
    {
        "every": st.integers(1, 60),
        "ago": st.integers(0, 90),
        "days": st.sampled_from(["", "days: mon-wed", "boundaries: no weekends"]),
    }
)


@given(st.lists(people, max_size=12), st.integers(1, 3))
def test_no_day_holds_more_than_the_budget(drawn: list[dict[str, object]], per_day: int) -> None:
    notes = {
        f"P{n}": person(
            str(one["every"]), str(TODAY - timedelta(days=int(str(one["ago"])))), str(one["days"])
        )
        for n, one in enumerate(drawn)
    }
    found = plan(notes, per_day=per_day, weeks=3)
    for day, planned in found.days.items():
        assert len(planned) <= per_day
        for one in planned:
            assert one.day == day
            assert may_be_asked(one.contact, day)
            assert one.contact.every
            assert -one.late <= interval_days(one.contact.every) // EARLY


def test_a_planned_day_without_a_cadence_is_planned_once() -> None:
    found = plan({"Anna": "---\nnext: 2026-11-25\n---\n"})
    assert calendar(found) == {"Wed 25": "Anna"}
    assert found.asked == 0
