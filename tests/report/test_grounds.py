from __future__ import annotations

from attrs import evolve

from planner.core.period import Period
from planner.report.grounds import ground_of
from planner.scenario.people import Permission
from tests.report.test_limits import journey


def test_what_a_ground_is_called() -> None:
    trip = journey(rule={"stay": Period(240, "hours")})
    person = trip.scenario.travellers[0]
    named = ground_of(trip.scenario, person, "x")
    assert named is not None
    assert (named.type, named.label) == ("transit", "transit without visa (x)")
    citizen = ground_of(trip.scenario, person, "citizen:US")
    assert citizen is not None
    assert citizen.type == "citizen"
    assert ground_of(trip.scenario, person, "") is None
    assert ground_of(trip.scenario, person, "nothing") is None


def test_the_book_that_a_visa_is_in_is_named() -> None:
    trip = journey(rule={"stay": Period(240, "hours")})
    for book, label in (("", "visa v"), ("old", "visa v in passport old")):
        person = evolve(trip.scenario.travellers[0], permissions=(Permission(id="v", zone="CN", book=book),))
        named = ground_of(trip.scenario, person, "v")
        assert named is not None
        assert named.label == label
