"""Windows of days: counted by hand, and said in few statements."""

from __future__ import annotations

from datetime import date

import pytest

from planner.itinerary.replay import replay
from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.kinds.rolling_window import RollingWindow
from planner.rules.statements import AtMost, Statement
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import PastStay
from planner.scenario.scenario import Scenario
from tests.itinerary.builders import SCHENGEN, itinerary, leg, scenario, traveller

ENTRY = Admission(id="free", zone="SCHENGEN", nationalities=("US",), grant="visa_free")
STAYS = ["- us", "us us free", "us - citizen:US"]


def there_and_back(arrives: str, leaves: str, window: RollingWindow, *past: tuple[str, str]) -> Scenario:
    """From New York to Vienna, arriving and leaving on those dates, after some past stays there."""
    legs = [
        leg("out", "JFK-VIE", f"{arrives} 01:00", f"{arrives} 16:00"),
        leg("back", "VIE-JFK", f"{leaves} 18:00", f"{leaves} 21:00"),
    ]
    stays = tuple(
        PastStay(territory="FR", from_=date.fromisoformat(first), to=date.fromisoformat(last)) for first, last in past
    )
    law = LawBook(zones=(SCHENGEN,), admissions=(ENTRY,), rules=(window,))
    return scenario(legs, law=law, travellers=(traveller(past_stays=stays),))


def breaks(world: Scenario) -> bool:
    """Whether going there and back breaks the window's fact."""
    journey = replay(world, itinerary("out back", "l", STAYS))
    return any(broken.fact.id == "days.ann" for rule in rules_of(world) for broken in rule.check(journey))


def statements(world: Scenario) -> list[Statement]:
    """What the window says about the options."""
    options = Options(world, rules_of(world))
    return [s for rule in options.rules if rule.kind == "rolling-window" for s in rule.restrict(options)]


@pytest.mark.parametrize(
    ("past", "arrives", "leaves", "count"),
    [
        # 180 days that end on 30 June begin on 2 January: of ten days from 1 January, nine are left, and 30 June.
        ([("2025-01-01", "2025-01-10")], "2025-06-30", "2025-06-30", 10),
        # A date of leaving and coming back counts once.
        ([("2025-02-01", "2025-02-06"), ("2025-02-06", "2025-02-12")], "2025-02-12", "2025-02-12", 12),
        # Both ends of a stay count.
        ([], "2025-06-01", "2025-06-30", 30),
        # After 90 days of absence a stay of 90 days has left no trace that matters: 90 at most on every day.
        ([("2025-01-01", "2025-03-31")], "2025-06-30", "2025-09-27", 90),
    ],
)
def test_dates_are_counted_as_the_border_counts_them(
    past: list[tuple[str, str]], arrives: str, leaves: str, count: int
) -> None:
    enough, too_few = (RollingWindow(id="days", zone="SCHENGEN", cap=cap, days=180) for cap in (count, count - 1))
    assert not breaks(there_and_back(arrives, leaves, enough, *past))
    assert breaks(there_and_back(arrives, leaves, too_few, *past))
    assert not statements(there_and_back(arrives, leaves, enough, *past))
    assert statements(there_and_back(arrives, leaves, too_few, *past))


def test_a_trip_shorter_than_the_window_needs_one_sum() -> None:
    window = RollingWindow(id="days", zone="SCHENGEN", cap=10, days=180)
    said = statements(there_and_back("2025-06-01", "2025-06-30", window))
    assert len(said) == 1
    assert isinstance(said[0], AtMost)
    assert [count.once for count in said[0].counts] == [True] * len(said[0].counts)
    assert sum(count.weight for count in said[0].counts) == 30
    assert said[0].bound == 10


def test_history_that_leaves_the_window_needs_a_sum_for_each_day_it_leaves() -> None:
    window = RollingWindow(id="days", zone="SCHENGEN", cap=20, days=30)
    said = statements(there_and_back("2025-06-20", "2025-07-09", window, ("2025-05-21", "2025-06-05")))
    # History of 16 days leaves from 20 June on; four days are free at once, and from then on one more each day.
    assert [s.bound for s in said if isinstance(s, AtMost)] == [
        20 - history for history in range(15, 15 - len(said), -1)
    ]


def test_history_that_exceeds_the_cap_by_itself_does_not_forbid_staying_away() -> None:
    window = RollingWindow(id="days", zone="SCHENGEN", cap=10, days=180)
    past = ("2025-05-01", "2025-05-12")
    for leaves in ("2025-06-01", "2025-06-02"):
        world = there_and_back("2025-06-01", leaves, window, past)
        assert breaks(world)
        said = statements(world)
        assert said
        assert all(isinstance(s, AtMost) and s.bound >= 0 for s in said)


def test_days_used_are_those_of_history_and_journey_within_the_window() -> None:
    window = RollingWindow(id="days", zone="SCHENGEN", cap=10, days=30)
    world = there_and_back("2025-06-10", "2025-06-12", window, ("2025-05-10", "2025-05-14"))
    journey = replay(world, itinerary("out back", "l", STAYS))
    for day, used in ((1, 5), (9, 4), (10, 4), (12, 4), (13, 3), (14, 3)):
        assert window.used(journey, world.travellers[0], date(2025, 6, day)) == used


def test_nationals_who_are_exempt_are_not_counted() -> None:
    window = RollingWindow(id="days", zone="SCHENGEN", cap=1, days=180, exempt_nationalities=("US",))
    world = there_and_back("2025-06-01", "2025-06-30", window)
    assert not breaks(world)
    assert not statements(world)


def test_without_a_journey_the_history_is_that_until_today() -> None:
    ann = traveller("ann", past_stays=(PastStay(territory="FR", from_=date(2024, 12, 31), to=date(2025, 1, 2)),))
    window = RollingWindow(id="days", zone="SCHENGEN", cap=90, days=180)
    made = scenario([], travellers=(ann,), law=LawBook(zones=(SCHENGEN,)), today=date(2025, 1, 3))
    assert window.fact(made, ann).text.endswith("; past stays use 3 of the 179 days before 2025-01-03")
