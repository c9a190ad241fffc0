"""The checker as a whole: structure, rules, and conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.core.errors import InternalError
from planner.itinerary.choices import Application, Itinerary
from planner.itinerary.journey import Journey
from planner.rules.base import Rule
from planner.rules.facts import Broken, Fact, Telling
from planner.scenario.documents import Acquirable, LeadTime, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Nights, Stop, Trip
from planner.verify import verify
from planner.verify.conflict import broken_facts, meets
from tests.itinerary.builders import itinerary, leg, price, scenario, traveller

LAW = LawBook(
    admissions=(
        Admission(id="home", zone="US", nationalities=("US",), grant="citizen"),
        Admission(id="free", zone="JP", nationalities=("US",), grant="visa_free"),
    )
)
LEGS = [
    leg("out", "JFK-NRT", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("on", "NRT-PEK", "2025-02-04 10:00", "2025-02-04 13:00"),
    leg("again", "PEK-NRT", "2025-02-08 10:00", "2025-02-08 15:00"),
    leg("back", "NRT-JFK", "2025-02-10 18:00", "2025-02-10 17:00"),
]
SHORT = itinerary("out back", "l", ["- us", "us us free", "us - home"])
LONG = itinerary("out on again back", "lll", ["- us", "us us free", "us us visa", "us us free", "us - home"])


def world(*stops: Stop, ordered: bool = False, budget: str = "", **more: Any) -> Scenario:
    trip = Trip(start="JFK", stops=stops, ordered=ordered, budget=price(budget) if budget else None)
    return scenario(LEGS, trip=trip, law=LAW, **more)


def test_a_valid_journey() -> None:
    verdict = verify(world(), SHORT)
    assert verdict.valid
    assert verdict.cost == 20000
    assert verdict.journey is not None
    assert len(verdict.journey.stays["ann"]) == 3


def test_a_structural_problem_leaves_nothing_to_judge() -> None:
    verdict = verify(world(), evolve(SHORT, fares=()))
    assert not verdict.valid
    assert len(verdict.structural) == 2
    assert (verdict.journey, verdict.cost, verdict.broken) == (None, None, ())


def test_an_entry_that_nothing_admits() -> None:
    plan = itinerary("out back", "l", ["- us", "us us", "us - home"])
    verdict = verify(world(), plan)
    assert not verdict.valid
    assert {broken.fact.id for broken in verdict.broken} == {"admission.JP.ann"}
    assert verdict.cost == 20000


def test_a_party_is_judged_one_by_one() -> None:
    two = world(travellers=(traveller("ann"), traveller("bob", "gb:GB")))
    stays = {"ann": ["- us", "us us free", "us - home"], "bob": ["- gb", "gb gb free", "gb - home"]}
    assert broken_facts(two, itinerary("out back", "l", stays)) == {"admission.JP.bob", "admission.US.bob"}


def test_the_budget_is_for_everything() -> None:
    assert broken_facts(world(budget="199.99"), SHORT) == {"trip.budget"}
    assert broken_facts(world(budget="200"), SHORT) == set()


def test_a_paper_applied_for_too_late() -> None:
    visa = Acquirable(id="visa", permission=NewPermission(zone="CN"), price=price("20"), lead=LeadTime(days=4))
    for on, broken in ((date(2025, 1, 31), set()), (date(2025, 2, 1), {"acquire.visa.ann.lead"})):
        plan = evolve(LONG, applications=(Application("ann", "visa", "us", on),))
        assert broken_facts(world(acquirables=(visa,)), plan) == broken


class Grumble(Rule):
    """A rule that objects to every change."""

    kind = "grumble"

    def check(self, journey: Journey) -> Iterator[Broken]:
        for touch in journey.touches:
            fact = Fact(id=f"grumble.{touch.port}", text="no changes", telling=Telling.WISH, kind=self.kind)
            yield Broken(fact, f"changed {touch.mode}")


def test_only_the_rules_given_are_asked() -> None:
    plan = itinerary("out back", "l", ["- us", "us us", "us -"])
    verdict = verify(world(), plan, [Grumble()])
    assert [(broken.fact.id, broken.how) for broken in verdict.broken] == [("grumble.NRT", "changed landside")]
    assert verify(world(), plan, []).valid


# ---- conflicts

TOKYO = Stop(id="tokyo", at=("NRT",), nights=Nights(min=9))


def test_a_witness_meets_the_other_facts() -> None:
    conflict = {"stop.tokyo", "stop.tokyo.min_nights", "trip.budget"}
    there, home = world(TOKYO, budget="100"), itinerary()
    assert broken_facts(there, SHORT) == {"stop.tokyo.min_nights", "trip.budget"}
    assert not meets(there, SHORT, conflict - {"trip.budget"})
    assert meets(there, SHORT, {"stop.tokyo"})
    assert meets(there, home, conflict - {"stop.tokyo"})
    assert not meets(there, home, conflict - {"trip.budget"})


def test_conditions_are_void_without_their_stop() -> None:
    assert meets(world(TOKYO), SHORT, {"stop.tokyo.min_nights"})


def test_stops_set_aside_do_not_take_a_visit_away() -> None:
    """One visit serves one of two stops there; which of them, is up to the facts in force."""
    first, second = Stop(id="a", at=("NRT",)), Stop(id="b", at=("NRT",))
    two = world(first, second)
    assert len(broken_facts(two, SHORT)) == 1
    assert meets(two, SHORT, {"stop.a"})
    assert meets(two, SHORT, {"stop.b"})
    assert not meets(two, SHORT, {"stop.a", "stop.b"})


def test_conditions_set_aside_do_not_choose_the_visit() -> None:
    """No visit to Tokyo has both: the first begins early, the second ends late."""
    picky = world(Stop(id="t", at=("NRT",), arrive_by=date(2025, 2, 2), leave_from=date(2025, 2, 9)))
    visa = Acquirable(id="visa", permission=NewPermission(zone="CN"), price=price("20"))
    plan = evolve(LONG, applications=(Application("ann", "visa", "us", date(2025, 1, 5)),))
    there = evolve(picky, acquirables=(visa,))
    assert meets(there, plan, {"stop.t", "stop.t.arrive_by"})
    assert meets(there, plan, {"stop.t", "stop.t.leave_from"})
    assert not meets(there, plan, {"stop.t", "stop.t.arrive_by", "stop.t.leave_from"})


def test_the_order_counts_only_where_it_is_in_force() -> None:
    visa = Acquirable(id="visa", permission=NewPermission(zone="CN"), price=price("20"))
    stops = (Stop(id="p", at=("PEK",)), Stop(id="t", at=("NRT",), nights=Nights(max=2), arrive_by=date(2025, 2, 3)))
    there = world(*stops, ordered=True, acquirables=(visa,))
    plan = evolve(LONG, applications=(Application("ann", "visa", "us", date(2025, 1, 5)),))
    everything = {"stop.p", "stop.t", "stop.t.arrive_by", "stop.t.max_nights"}
    assert meets(there, plan, everything)
    assert not meets(there, plan, everything | {"stops.order"})
    assert meets(there, plan, everything - {"stop.t.arrive_by"} | {"stops.order"})


def test_a_witness_must_be_a_journey() -> None:
    assert meets(world(), SHORT, set())
    assert not meets(world(), evolve(SHORT, fares=()), set())


def back_on(day: int, *stops: Stop, ordered: bool = False) -> tuple[Scenario, Itinerary]:
    """In Tokyo from 2 to 4 and from 8 to another February, in Beijing in between."""
    legs = [*LEGS[:3], leg("back", "NRT-JFK", f"2025-02-{day:02} 18:00", f"2025-02-{day:02} 17:00")]
    visa = Acquirable(id="visa", permission=NewPermission(zone="CN"), price=price("20"))
    trip = Trip(start="JFK", stops=stops, ordered=ordered)
    plan = evolve(LONG, applications=(Application("ann", "visa", "us", date(2025, 1, 5)),))
    return scenario(legs, trip=trip, law=LAW, acquirables=(visa,)), plan


def test_no_wish_set_aside_makes_an_earlier_visit_count() -> None:
    """The later visit serves, though the earlier one would do for what is set aside."""
    later = date(2025, 2, 9)
    for day, wanted, in_force in (
        (11, Stop(id="t", at=("NRT",), leave_from=later, nights=Nights(max=2)), "leave_from"),
        (9, Stop(id="t", at=("NRT",), leave_from=later, nights=Nights(min=2)), "leave_from"),
    ):
        there, plan = back_on(day, wanted)
        assert meets(there, plan, {"stop.t", f"stop.t.{in_force}"})
    beijing = Stop(id="p", at=("PEK",))
    there, plan = back_on(10, Stop(id="t", at=("NRT",), leave_from=later), beijing, ordered=True)
    assert meets(there, plan, {"stop.p", "stop.t", "stop.t.leave_from"})
    end = evolve(there, trip=Trip(start="JFK", end="NRT", stops=(Stop(id="t", at=("NRT",), nights=Nights(max=1)),)))
    short = itinerary("out on again", "ll", ["- us", "us us free", "us us visa", "us - free"])
    short = evolve(short, applications=plan.applications)
    left = evolve(end.trip.stops[0], leave_from=date(2025, 2, 3))
    assert meets(evolve(end, trip=evolve(end.trip, stops=(left,))), short, {"stop.t", "stop.t.max_nights"})


def test_a_search_must_find_a_journey() -> None:
    found = evolve(SHORT, fares=())
    with pytest.raises(InternalError) as refused:
        broken_facts(world(), found)
    problems = "; ".join(verify(world(), found).structural)
    assert refused.value.args[0] == f"what the solver found is no possible journey: {problems}"
