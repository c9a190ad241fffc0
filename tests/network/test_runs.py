"""Where changes can be airside, and the runs that come of it."""

from __future__ import annotations

from datetime import date, time
from itertools import product
from typing import Any

import numpy as np
import pytest

from planner.itinerary.touches import why_not_airside
from planner.network.runs import Boarding, LegColumns, airside_pairs, meeting, runs, ticketed_pairs
from planner.scenario.law import LawBook
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare, Member, Touch, Zone
from tests.itinerary.builders import leg, ports, price, scenario

THROUGH = Fare(id="through", legs=("a", "b"), price=price("180"))
OPEN = {"airside": True, "airside_on_separate_tickets": True}
FORCED = (Touch(after="a", before="b", mode="airside"),)


def pairs(world: Scenario) -> set[tuple[str, str]]:
    """The pairs of leg ids between which one can change airside."""
    return {
        (world.legs[before].id, world.legs[after].id)
        for before, afters in airside_pairs(world).items()
        for after in afters
    }


def two_legs(way: str = "JFK-IST-PEK", *, hub: dict[str, Any] | None = None, **more: Any) -> Scenario:
    """A scenario of legs a and b, which meet at a port with those fields."""
    start, via, end = way.split("-")
    arrives, departs = more.pop("arrives", "2025-02-02 11:00"), more.pop("departs", "2025-02-02 14:00")
    modes = more.pop("modes", ("air", "air"))
    legs = [
        leg("a", f"{start}-{via}", "2025-02-01 18:00", arrives, mode=modes[0]),
        leg("b", f"{via}-{end}", departs, "2025-02-04 05:00", mode=modes[1]),
    ]
    return scenario(legs, start=start, end=end, ports=ports(**{via: hub or {}}), **more)


def test_one_ticket_at_a_port_with_airside_transit() -> None:
    assert pairs(two_legs(hub={"airside": True}, fares=[THROUGH])) == {("a", "b")}


def test_not_on_separate_tickets_unless_the_port_says_so() -> None:
    assert pairs(two_legs(hub={"airside": True})) == set()
    assert pairs(two_legs(hub=OPEN)) == {("a", "b")}


def test_a_ticket_for_the_legs_in_the_other_order_is_none() -> None:
    back = Fare(id="back", legs=("b", "a"), price=price("180"))
    world = two_legs(hub={"airside": True}, fares=[back])
    assert pairs(world) == set()
    assert ticketed_pairs(world) == {(1, 0): ["back"]}


def test_legs_of_one_ticket_need_not_follow_each_other_on_it() -> None:
    world = two_legs(hub={"airside": True})
    more = leg("c", "PEK-JFK", "2025-02-10 10:00", "2025-02-10 20:00")
    world = scenario(
        [*world.legs, more],
        ports=world.ports,
        fares=[
            Fare(id="round", legs=("a", "c"), price=price("1")),
            Fare(id="all", legs=("a", "b", "c"), price=price("1")),
        ],
    )
    assert ticketed_pairs(world) == {(0, 2): ["round", "all"], (0, 1): ["all"], (1, 2): ["all"]}
    assert pairs(world) == {("a", "b")}


@pytest.mark.parametrize("airside", [None, False])
def test_unknown_airside_transit_is_none(airside: bool | None) -> None:
    hub = {"airside": airside, "airside_on_separate_tickets": True}
    assert pairs(two_legs(hub=hub, fares=[THROUGH])) == set()


def test_the_scenarios_word_stands_for_ticket_and_port() -> None:
    assert pairs(two_legs(touches=FORCED)) == {("a", "b")}
    assert pairs(two_legs(hub={"airside": False}, touches=FORCED)) == {("a", "b")}
    assert pairs(two_legs(touches=(Touch(after="a", before="b", mode="landside"),))) == set()


def test_the_scenarios_word_is_about_these_two_legs_only() -> None:
    base = two_legs()
    later = leg("later", "IST-PEK", "2025-02-02 18:00", "2025-02-03 05:00")
    assert pairs(scenario([*base.legs, later], end="PEK", touches=FORCED)) == {("a", "b")}


def test_landside_by_word_leaves_the_possibility_to_the_fact_of_that_name() -> None:
    """What forbids it can be dropped, so it must not be missing from the network."""
    touches = (Touch(after="a", before="b", mode="landside"),)
    assert pairs(two_legs(hub=OPEN, touches=touches)) == {("a", "b")}


@pytest.mark.parametrize("modes", [("rail", "air"), ("air", "road"), ("sea", "sea")])
def test_both_legs_must_be_flights_whatever_the_scenario_says(modes: tuple[str, str]) -> None:
    assert pairs(two_legs(hub=OPEN, modes=modes, touches=FORCED)) == set()


@pytest.mark.parametrize(
    ("way", "possible"),
    [
        ("JFK-HNL-NRT", False),  # comes from the same country
        ("NRT-HNL-JFK", False),  # goes on within it
        ("NRT-HNL-PEK", True),
        ("NRT-HNL-NRT", True),  # and back
        ("CDG-VIE-JFK", False),  # comes from the same zone
        ("JFK-VIE-CDG", False),
        ("JFK-VIE-IST", True),
    ],
)
def test_from_one_zone_to_another(way: str, possible: bool) -> None:
    assert pairs(two_legs(way, hub=OPEN)) == ({("a", "b")} if possible else set())
    assert pairs(two_legs(way, touches=FORCED)) == ({("a", "b")} if possible else set())


@pytest.mark.parametrize(("arrives", "possible"), [("2025-02-01 23:59", True), ("2025-02-02 00:01", False)])
def test_zones_are_those_of_the_arrivals_date_at_the_port(arrives: str, possible: bool) -> None:
    """Romania joins on 2 February, local time; the arrival counts, not the departure."""
    joins = Zone(id="Z", members=(Member(territory="AT"), Member(territory="RO", from_=date(2025, 2, 2))))
    legs = [
        leg("a", "CDG-OTP", "2025-02-01 10:00", arrives),
        leg("b", "OTP-VIE", "2025-02-02 10:00", "2025-02-02 11:00"),
    ]
    world = scenario(legs, start="CDG", end="VIE", ports=ports(OTP=OPEN), law=LawBook(zones=(joins,)))
    assert pairs(world) == ({("a", "b")} if possible else set())


def test_the_second_leg_leaves_from_there_and_not_earlier() -> None:
    assert pairs(two_legs(hub=OPEN, departs="2025-02-02 10:59")) == set()
    assert pairs(two_legs(hub=OPEN, departs="2025-02-02 11:00")) == {("a", "b")}
    elsewhere = leg("c", "NRT-PEK", "2025-02-03 10:00", "2025-02-03 14:00")
    assert pairs(scenario([*two_legs().legs[:1], elsewhere], end="PEK", ports=ports(IST=OPEN, NRT=OPEN))) == set()


@pytest.mark.parametrize(
    ("hours", "arrives", "departs", "possible"),
    [
        ((6, 22), "02 06:00", "02 22:00", True),
        ((6, 22), "02 05:59", "02 22:00", False),
        ((6, 22), "02 06:00", "02 22:01", False),
        ((6, 22), "02 21:00", "03 07:00", False),  # closed in between
        ((22, 6), "02 22:00", "03 06:00", True),  # over midnight
        ((22, 6), "02 21:59", "03 06:00", False),
        ((22, 6), "02 22:00", "03 06:01", False),
        ((22, 6), "02 22:00", "02 23:30", True),
        ((22, 6), "03 00:00", "03 05:00", True),
        ((22, 6), "03 05:00", "03 23:00", False),  # two nights
        ((22, 6), "02 23:00", "03 23:00", False),
        ((6, None), "02 06:00", "02 23:59", True),
        ((6, None), "02 06:00", "03 06:00", False),
        ((None, 6), "02 00:00", "02 06:00", True),
        ((None, 6), "02 00:00", "02 06:01", False),
        ((None, None), "02 06:00", "03 12:00", True),
    ],
)
def test_hours(hours: tuple[int | None, int | None], arrives: str, departs: str, possible: bool) -> None:
    opens, closes = (None if hour is None else time(hour) for hour in hours)
    hub = {**OPEN, "airside_from": opens, "airside_to": closes}
    world = two_legs(hub=hub, arrives=f"2025-02-{arrives}", departs=f"2025-02-{departs}")
    assert pairs(world) == ({("a", "b")} if possible else set())
    assert pairs(two_legs(hub=hub, arrives=f"2025-02-{arrives}", departs=f"2025-02-{departs}", touches=FORCED)) == (
        {("a", "b")} if possible else set()
    )


@pytest.mark.parametrize("hours", [(5, 23), (20, 3), (3, 20), (12, 12), (None, 4), (None, None)])
@pytest.mark.parametrize("via", ["IST", "HNL"])
def test_the_checker_reads_the_hours_likewise(hours: tuple[int | None, int | None], via: str) -> None:
    opens, closes = (None if hour is None else time(hour) for hour in hours)
    hub = {**OPEN, "airside_from": opens, "airside_to": closes}
    moments = [f"2025-03-{day:02} {clock}" for day in (29, 30, 31) for clock in ("02:30", "04:00", "12:00", "20:30")]
    seen = set()
    for arrives, departs in product(moments, moments):
        world = two_legs(f"NRT-{via}-PEK", hub=hub, arrives=arrives, departs=departs)
        inbound, outbound = world.legs
        if outbound.departs_utc >= inbound.arrives_utc:
            possible = not why_not_airside(world, inbound, outbound, one_ticket=False)
            assert (pairs(world) == {("a", "b")}) == possible, (arrives, departs)
            seen.add(possible)
    assert True in seen


def test_runs_of_three_legs_and_all_their_parts() -> None:
    legs = [
        leg("c", "PEK-NRT", "2025-02-04 10:00", "2025-02-04 14:00"),
        leg("a", "JFK-IST", "2025-02-01 18:00", "2025-02-02 11:00"),
        leg("b", "IST-PEK", "2025-02-02 14:00", "2025-02-03 05:00"),
    ]
    world = scenario(legs, end="NRT", ports=ports(IST=OPEN, PEK=OPEN))
    names = [" ".join(world.legs[position].id for position in run) for run in runs(world)]
    assert names == ["c", "a", "b", "a b", "b c", "a b c"]


def test_without_airside_changes_every_leg_is_a_run() -> None:
    assert runs(two_legs()) == [(0,), (1,)]
    assert runs(scenario([])) == []


def test_runs_meet_where_and_when_the_second_can_be_boarded() -> None:
    legs = [
        leg("out", "JFK-IST", "2025-02-01 18:00", "2025-02-02 11:00"),
        leg("on", "IST-PEK", "2025-02-02 11:00", "2025-02-03 05:00"),
        leg("early", "IST-PEK", "2025-02-02 10:59", "2025-02-03 05:00"),
        leg("else", "CDG-PEK", "2025-02-05 10:00", "2025-02-06 05:00"),
        leg("back", "PEK-IST", "2025-02-07 10:00", "2025-02-07 15:00"),
    ]
    world = scenario(legs, end="IST")
    alone = np.arange(len(legs))
    before, after = meeting(LegColumns.of(world), alone, alone)
    assert set(zip(before.tolist(), after.tolist(), strict=True)) == {(0, 1), (1, 4), (2, 4), (3, 4)}
    blocks = list(Boarding.of(LegColumns.of(world), alone, alone).blocks(1))
    assert [pair.tolist() for pair in np.concatenate(blocks, axis=1)] == [before.tolist(), after.tolist()]
    assert len(blocks) > 1
    none = np.empty(0, dtype=np.int64)
    assert [len(side) for side in meeting(LegColumns.of(scenario([])), none, none)] == [0, 0]


def test_columns_have_utc_times_and_local_dates() -> None:
    columns = LegColumns.of(
        scenario([leg("a", "NRT-HNL", "2025-02-02 20:00", "2025-02-02 08:00")], start="NRT", end="HNL")
    )
    assert columns.departs_on.tolist() == columns.arrives_on.tolist() == [date(2025, 2, 2).toordinal()]
    assert (columns.arrives - columns.departs).tolist() == [7 * 60]
    assert (columns.from_port[0], columns.to_port[0]) == ("NRT", "HNL")
