"""What the network lacks is said in words, whatever the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from planner.core.money import Price
from planner.network.reach import lacking
from planner.scenario.documents import Acquirable, NewPassport
from planner.scenario.people import Traveller
from planner.scenario.trip import Event, Stop, Trip
from tests.itinerary.builders import leg, ports, scenario

OUT = leg("out", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 12:00")
ON = leg("on", "PEK-FNJ", "2025-02-03 10:00", "2025-02-03 12:00")
OFF = leg("off", "FNJ-PEK", "2025-02-05 10:00", "2025-02-05 12:00")
BACK = leg("back", "PEK-JFK", "2025-02-06 10:00", "2025-02-06 12:00")
STOP = Trip(start="JFK", stops=(Stop(id="s", at=("FNJ",)),))


def test_nothing_lacks_where_legs_lead_there_and_back() -> None:
    assert lacking(scenario([OUT, ON, OFF, BACK], trip=STOP)) == ()


def test_staying_at_home_lacks_nothing() -> None:
    assert lacking(scenario([])) == ()
    assert lacking(scenario([], trip=Trip(start="JFK", stops=(Stop(id="s", at=("US",)),)))) == ()


def test_without_any_legs_that_is_all_there_is_to_say() -> None:
    (told,) = lacking(scenario([], end="PEK", trip=STOP))
    assert told.startswith("it has no legs at all: write down")


def test_no_leg_there_at_all() -> None:
    assert lacking(scenario([OUT, BACK], trip=STOP)) == ("no leg in the file arrives at FNJ (wanted for FNJ)",)


def test_no_way_to_the_end() -> None:
    assert lacking(scenario([ON], end="FNJ")) == ("no sequence of the legs listed leads from JFK to FNJ",)


def test_legs_that_cannot_be_caught_lead_nowhere() -> None:
    early = leg("on", "PEK-FNJ", "2025-02-02 11:59", "2025-02-02 14:00")
    assert lacking(scenario([OUT, early, OFF, BACK], trip=STOP)) == (
        "no sequence of the legs listed leads from JFK to FNJ",
    )
    at_once = leg("on", "PEK-FNJ", "2025-02-02 12:00", "2025-02-02 14:00")
    assert lacking(scenario([OUT, at_once, OFF, BACK], trip=STOP)) == ()


def test_no_way_back() -> None:
    too_late = leg("off", "FNJ-PEK", "2025-02-06 09:00", "2025-02-06 12:00")
    for legs in ([OUT, ON, BACK], [OUT, ON, too_late, BACK]):
        assert lacking(scenario(legs, trip=STOP)) == ("no sequence of the legs listed leads from FNJ to JFK",)


def test_file_order_of_the_legs_does_not_matter() -> None:
    assert lacking(scenario([BACK, OFF, ON, OUT], trip=STOP)) == ()


def test_the_port_is_called_by_its_name() -> None:
    places = ports(FNJ={"name": "Sunan"})
    assert lacking(scenario([OUT, BACK], trip=STOP, ports=places)) == (
        "no leg in the file arrives at Sunan (FNJ) (wanted for FNJ)",
    )


@pytest.mark.parametrize("at", ["KP", "SIN"])
def test_an_event_is_wanted_by_its_title_and_any_port_of_its_place_will_do(at: str) -> None:
    race = Event(id="race", title="the race", at=(at,), first_day=date(2025, 2, 4))
    world = scenario([OUT, ON, OFF, BACK], trip=Trip(start="JFK", events=(race,)))
    expected = () if at == "KP" else ("no leg in the file arrives at SIN (wanted for the race)",)
    assert lacking(world) == expected


@pytest.mark.parametrize(("day", "in_time"), [(2, False), (3, True)])
def test_an_event_before_any_leg_arrives(day: int, in_time: bool) -> None:
    race = Event(id="race", title="the race", at=("FNJ",), first_day=date(2025, 2, day))
    lacks = lacking(scenario([OUT, ON, OFF, BACK], trip=Trip(start="JFK", events=(race,))))
    too_late = ("no sequence of the legs listed reaches FNJ by 2 February 2025, for the race",)
    assert lacks == (() if in_time else too_late)


def test_dates_and_rules_are_not_the_networks_matter() -> None:
    world = scenario([OUT, ON, OFF, BACK], trip=evolve(STOP, depart_by=date(2025, 1, 1), return_by=date(2025, 1, 2)))
    assert lacking(world) == ()


def test_everything_that_lacks_is_said() -> None:
    trip = Trip(start="JFK", end="CDG", stops=(Stop(id="s", at=("FNJ",)), Stop(id="v", at=("VIE",))))
    assert lacking(scenario([OUT, ON, OFF, BACK], trip=trip)) == (
        "no sequence of the legs listed leads from JFK to CDG",
        "no sequence of the legs listed leads from FNJ to CDG",
        "no leg in the file arrives at VIE (wanted for VIE)",
    )


def test_going_there_and_coming_back_must_fit_together() -> None:
    too_early = leg("off", "FNJ-PEK", "2025-02-03 11:59", "2025-02-03 14:00")
    assert lacking(scenario([OUT, ON, too_early, BACK], trip=STOP)) == (
        "no sequence of the legs listed leads from JFK to FNJ and from there on to JFK",
    )
    at_once = leg("off", "FNJ-PEK", "2025-02-03 12:00", "2025-02-03 14:00")
    assert lacking(scenario([OUT, ON, at_once, BACK], trip=STOP)) == ()


def test_who_has_no_passport_and_can_get_none_is_named() -> None:
    alone = scenario([OUT, ON, OFF, BACK], trip=STOP, travellers=(Traveller(id="joe", name="Joe"),))
    assert lacking(alone) == ("Joe has no passport and can get none, and so cannot cross any border",)
    new = Acquirable(id="first", price=Price(Decimal(0)), passport=NewPassport(id="us", state="US"))
    assert lacking(evolve(alone, acquirables=(new,))) == ()
