"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.itinerary.replay import replay
from planner.rules.kinds.minimum_gap import MinimumGap
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import PastStay
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Member, Zone
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller

# Twice into China, by way of Japan; late on 5 February it is still the 5th in Beijing when it leaves.
LEGS = (
    leg("in", "JFK-PEK", "2025-01-31 10:00", "2025-02-01 14:30"),
    leg("off", "PEK-NRT", "2025-02-05 23:30", "2025-02-06 03:30"),
    leg("back", "NRT-PEK", "2025-02-10 10:00", "2025-02-10 13:00"),
    leg("home", "PEK-JFK", "2025-02-12 10:00", "2025-02-12 10:30"),
)


def world(past: tuple[PastStay, ...] = (), zones: tuple[Zone, ...] = (), **rule: Any) -> tuple[MinimumGap, Scenario]:
    """A gap, and that trip under it."""
    gap = MinimumGap(id="gap", **{"zone": "CN", "days": 6} | rule)
    free = Admission(id="free", zone="CN", nationalities=("US",), grant="visa_free")
    return gap, scenario(
        LEGS,
        travellers=(traveller("ann", "us:US", past_stays=past),),
        law=LawBook(rules=(gap,), admissions=(free,), zones=zones),
        today=date(2025, 1, 28),
    )


def broken(past: tuple[PastStay, ...] = (), zones: tuple[Zone, ...] = (), **rule: Any) -> list[str]:
    """How a gap is broken on that trip."""
    gap, made = world(past, zones, **rule)
    stays = ("- us", "us us free", "us us jp", "us us free", "us - citizen:US")
    found = list(gap.check(replay(made, itinerary("in off back home", "lll", stays))))
    assert all(item.fact == gap.fact(made, made.travellers[0]) for item in found)
    assert compare(made, {"minimum-gap"}, 300)["gap.ann"] >= bool(found)
    return [item.how for item in found]


def test_days_are_counted_from_the_last_exit_by_the_dates_at_the_ports() -> None:
    assert broken(days=5) == []
    assert broken(days=6) == ["entered on 2025-02-10, left on 2025-02-05, 5 days before"]
    past = PastStay(territory="CN", from_=date(2024, 1, 1), to=date(2025, 1, 27))
    assert broken((past,), days=5) == []
    assert len(broken((past,), days=6)) == 2


def test_only_entries_on_grounds_of_its_types_while_it_is_in_force() -> None:
    assert broken(types=("on_arrival", "visa")) == []
    assert len(broken(types=("visa_free",), effective_to=date(2025, 2, 10))) == 1
    assert broken(effective_to=date(2025, 2, 9)) == []


def test_stays_of_exempt_types_are_left_without_consequences() -> None:
    assert broken(exempt_types=("visa_free",)) == []
    assert len(broken(exempt_types=("visa",))) == 1


def test_the_stay_at_the_start_is_left_too_unless_a_past_stay_says_that_it_is_exempt() -> None:
    assert broken(zone="US", days=12) == []
    assert broken(zone="US", days=13) == ["entered on 2025-02-12, left on 2025-01-31, 12 days before"]
    resident = PastStay(territory="US", from_=date(2020, 1, 1), type="residence")
    assert broken((resident,), zone="US", days=13, exempt_types=("residence",)) == []
    assert len(broken((resident,), zone="US", days=13, exempt_types=("visa",))) == 1


@pytest.mark.parametrize(("joined", "count"), [(date(2025, 2, 5), 1), (date(2025, 2, 6), 0)])
def test_what_was_left_counts_if_it_belonged_to_the_zone_on_that_date(joined: date, count: int) -> None:
    zone = Zone(id="Z", members=(Member(territory="CN", from_=joined),))
    assert len(broken(zones=(zone,), zone="Z")) == count


def test_going_on_inside_the_zone_is_no_exit() -> None:
    region = Zone(id="Z", members=tuple(Member(territory=name, purposes=("clock",)) for name in ("CN", "JP")))
    assert broken(zones=(region,), zone="Z", days=9) == []


@pytest.mark.parametrize(("last", "count"), [(4, 1), (5, 0)])
def test_where_one_goes_is_in_the_zone_if_it_is_on_that_date(last: int, count: int) -> None:
    japan = Member(territory="JP", to=date(2025, 2, last), purposes=("clock",))
    region = Zone(id="Z", members=(Member(territory="CN", purposes=("clock",)), japan))
    assert len(broken(zones=(region,), zone="Z", days=6)) == count


@pytest.mark.parametrize(("joined", "count"), [(27, 1), (28, 0)])
def test_past_stays_count_if_they_ended_in_the_zone_as_it_was(joined: int, count: int) -> None:
    zone = Zone(id="Z", members=(Member(territory="CN", from_=date(2025, 1, joined)),))
    past = PastStay(territory="CN", from_=date(2024, 1, 1), to=date(2025, 1, 27))
    found = broken((past,), zones=(zone,), zone="Z", days=6)
    assert found.count("entered on 2025-02-01, left on 2025-01-27, 5 days before") == count


def test_past_stays_elsewhere_do_not_count() -> None:
    elsewhere = PastStay(territory="JP", from_=date(2024, 1, 1), to=date(2025, 1, 27))
    assert broken((elsewhere,), days=5) == []
    assert len(broken((elsewhere,), days=6)) == 1  # of the trip


def test_a_residence_exempts_the_stay_at_the_start_only_and_only_in_the_zone() -> None:
    home = PastStay(territory="CN", from_=date(2020, 1, 1), type="residence")
    assert len(broken((home,), days=6, exempt_types=("residence",))) == 1
    japan = Member(territory="JP", from_=date(2025, 2, 1), purposes=("clock",))
    region = Zone(id="Z", members=(Member(territory="US", purposes=("clock",)), japan))
    there = PastStay(territory="JP", from_=date(2020, 1, 1), type="residence")
    assert broken((there,), zones=(region,), zone="Z", days=13, exempt_types=("residence",)) == [
        "entered on 2025-02-06, left on 2025-01-31, 6 days before",
        "entered on 2025-02-12, left on 2025-02-10, 2 days before",
    ]
