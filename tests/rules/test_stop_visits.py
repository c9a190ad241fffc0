"""Which visit counts for which stop: against every way to choose them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, product
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from planner.itinerary.journey import Journey, Visit
from planner.rules.kinds.stop import Stops
from planner.scenario.trip import Nights, Stop, Trip
from tests.itinerary.builders import leg, scenario

DAY = 24 * 60
FIRST = date(2025, 2, 1)
INBOUND = leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00")
SCENARIO = scenario((INBOUND,))
VisitsOf = dict[str, list[Visit]]


def visit(port: str, arrives: int, departs: int | None) -> Visit:
    """Presence at a port from one day to another, both counted from the first of February."""
    return Visit(
        port=port, territory="CN" if port == "PEK" else "JP", inbound=INBOUND, outbound=None,
        arrives=arrives * DAY, arrives_on=FIRST + timedelta(arrives),
        departs=None if departs is None else departs * DAY,
        departs_on=None if departs is None else FIRST + timedelta(departs),
    )  # fmt: skip


def judged(trip: Trip, visits: VisitsOf) -> tuple[int, int]:
    """How many stops are not made, and how many wishes are broken, by what the rule says of the visits."""
    there = lambda at: visits[at[0]]  # noqa: E731
    journey = cast(Journey, SimpleNamespace(scenario=SCENARIO, visits_to=there))
    (rule,) = Stops.instances(scenario((INBOUND,), trip=trip))
    found = [broken.how for broken in rule.check(journey)]
    return found.count("it is not made"), len(found)


def fewest(trip: Trip, visits: VisitsOf) -> tuple[int, int]:
    """The same, of all ways to let visits count for stops, each for one that names the same place."""
    ways = product(*([None, *visits[stop.at[0]]] for stop in trip.stops))
    return min(_count(trip, way) for way in ways if _apart(trip.stops, way))


def _apart(stops: Sequence[Stop], way: Sequence[Visit | None]) -> bool:
    pairs = combinations(zip(stops, way, strict=True), 2)
    return not any(one.at == other.at and a is not None and a is b for (one, a), (other, b) in pairs)


def _count(trip: Trip, way: Sequence[Visit | None]) -> tuple[int, int]:
    unmade, broken = way.count(None), way.count(None)
    for stop, here in zip(trip.stops, way, strict=True):
        if here is not None:
            assert here.arrives_on is not None
            left = here.departs_on
            broken += stop.nights.min is not None and (left is None or (left - here.arrives_on).days < stop.nights.min)
            broken += stop.arrive_by is not None and here.arrives_on > stop.arrive_by
    begins = [here.arrives for here in way if here is not None]
    if trip.ordered:
        broken += sum(b < a for a, b in combinations(cast("list[int]", begins), 2))
    return unmade, broken


stops_at = st.builds(
    lambda port, nights, by: (port, nights, None if by is None else FIRST + timedelta(by)),
    st.sampled_from(["PEK", "NRT"]), st.none() | st.integers(1, 4), st.none() | st.integers(0, 12),
)  # fmt: skip
spans = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5) | st.none()), max_size=3, unique_by=lambda it: it[0])


@given(st.lists(stops_at, min_size=1, max_size=4), spans, spans, st.booleans())
def test_the_visits_that_make_most_stops_and_break_fewest_wishes_count(
    wanted: list[tuple[str, int | None, date | None]],
    china: list[tuple[int, int | None]],
    japan: list[tuple[int, int | None]],
    ordered: bool,
) -> None:
    stops = tuple(
        Stop(id=f"s{number}", at=(port,), nights=Nights(min=nights), arrive_by=by)
        for number, (port, nights, by) in enumerate(wanted)
    )
    trip = Trip(start="JFK", stops=stops, ordered=ordered)
    visits = {
        port: [visit(port, day, None if nights is None else day + nights) for day, nights in sorted(some)]
        for port, some in (("PEK", china), ("NRT", japan))
    }
    assert judged(trip, visits) == fewest(trip, visits)


def test_visits_that_nobody_has_are_not_sought_in_every_way() -> None:
    stops = tuple(Stop(id=f"s{number}", at=("PEK",), nights=Nights(min=1)) for number in range(40))
    visits = {"PEK": [visit("PEK", day, day + 1) for day in range(0, 40, 2)]}
    assert judged(Trip(start="JFK", stops=stops), visits) == (20, 20)


def test_without_an_order_no_visit_is_too_early() -> None:
    """Of two visits to Japan, one before both stops in China, the one that meets its wish counts."""
    china = (Stop(id="a", at=("PEK",)), Stop(id="b", at=("PEK",)))
    japan = Stop(id="c", at=("NRT",), arrive_by=FIRST + timedelta(3))
    visits = {"PEK": [visit("PEK", 5, 6), visit("PEK", 7, 8)], "NRT": [visit("NRT", 1, 4), visit("NRT", 9, 11)]}
    assert judged(Trip(start="JFK", stops=(*china, japan)), visits) == (0, 0)
    assert judged(Trip(start="JFK", stops=(*china, japan), ordered=True), visits) == (0, 1)
