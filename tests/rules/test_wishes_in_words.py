"""Wishes and documents: single points of `docs/semantics.md`, on journeys written by hand."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from planner.itinerary.choices import Application, Booking, Itinerary, StayChoice
from planner.rules.base import table_kinds
from planner.rules.examples import WORLD, merge
from planner.rules.facts import Fact
from planner.rules.obtained import in_hand
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.verify.checker import costed, verify

THERE_AND_BACK = Itinerary(
    legs=("ab", "ba"),
    touches=("landside",),
    fares=("ab", "ba"),
    stays={"t": (StayChoice("", "a"), StayChoice("a", "a", "visit-beta"), StayChoice("a", "", "visit-alpha"))},
)
ALL_FOUR = Itinerary(
    legs=("ab", "bc", "cb", "ba"),
    touches=("landside", "landside", "landside"),
    fares=("ab", "bc", "cb", "ba"),
    stays={
        "t": (
            StayChoice("", "a"),
            StayChoice("a", "a", "visit-beta"),
            StayChoice("a", "a", "visit-gamma"),
            StayChoice("a", "a", "visit-beta"),
            StayChoice("a", "", "visit-alpha"),
        )
    },
)
ONE_WAY = Itinerary(legs=("ab",), fares=("ab",), stays={"t": (StayChoice("", "a"), StayChoice("a", "", "visit-beta"))})
RACE = '[[trip.events]]\nid = "race"\ntitle = "the race"\nat = ["BB"]\nfirst_day = 2025-06-06\n'


def world(toml: str) -> Scenario:
    return read_mapping(merge(tomllib.loads(WORLD), tomllib.loads(toml)), table_kinds(), file="world")


def broken(toml: str, itinerary: Itinerary) -> dict[str, Fact]:
    verdict = verify(world(toml), itinerary)
    assert verdict.structural == ()
    return {found.fact.id: found.fact for found in verdict.broken}


# ---- stops


def test_each_stop_at_the_same_place_gets_the_visit_that_suits_it() -> None:
    toml = """
    [[trip.stops]]
    id = "b"
    nights = { min = 0 }
    leave_from = 2025-06-10
    [[trip.stops]]
    id = "first"
    at = ["BBB"]
    arrive_by = 2025-06-01
    """
    assert broken(toml, ALL_FOUR).keys() == set()
    assert broken("[trip]\nordered = true\n" + toml, ALL_FOUR).keys() == {"stops.order"}


def test_one_visit_does_for_stops_at_different_places_but_not_for_two_at_the_same() -> None:
    stops = '[[trip.stops]]\nid = "x"\nat = ["BBB", "CCC"]\n[[trip.stops]]\nid = "y"\nat = ["BB"]\n'
    assert broken(stops, THERE_AND_BACK).keys() == set()  # BB has a second port, so it is another place than BBB
    twice = '[[trip.stops]]\nid = "x"\nat = ["BBB"]\n'
    assert broken(twice, THERE_AND_BACK).keys() == {"stop.x"}


def test_a_visit_across_the_place_lasts_until_it_is_left() -> None:
    assert broken('[[trip.stops]]\nid = "b"\nat = ["BBB"]\nnights = { min = 9 }\n', THERE_AND_BACK).keys() == set()
    both = '[[trip.stops]]\nid = "b"\nat = ["BBB", "CCC"]\nnights = { min = 9 }\n'
    assert broken(both, ALL_FOUR).keys() == set()
    assert broken(both.replace(', "CCC"', ""), ALL_FOUR).keys() == {"stop.b.min_nights"}


def test_a_visit_at_the_end_has_no_departure() -> None:
    toml = 'trip = { end = "BBB" }\n[[trip.stops]]\nid = "b"\nnights = { min = 1, max = 1 }\nleave_from = 2025-01-02\n'
    toml = toml.replace('trip = { end = "BBB" }', '[trip]\nend = "BBB"')
    assert broken(toml, ONE_WAY).keys() == {"stop.b.min_nights", "stop.b.leave_from"}


def test_being_at_a_place_at_the_start_is_no_stop_there() -> None:
    toml = '[[trip.stops]]\nid = "home"\nat = ["AAA"]\nnights = { max = 5 }\n'
    assert broken(toml, THERE_AND_BACK).keys() == set()  # the return is one
    assert broken('remove = ["b"]\n' + toml, Itinerary(stays={"t": (StayChoice("", ""),)})).keys() == {"stop.home"}


# ---- events


def test_an_event_says_who_wants_to_go_when() -> None:
    alone = broken(RACE, THERE_AND_BACK)["event.race"]
    assert alone.text == "Ana wants to attend the race on 6 June 2025"
    two = (
        RACE
        + 'last_day = 2025-06-07\n[[travellers]]\nid = "u"\nname = "Ben"\npassports = [{ id = "b", state = "BB" }]\n'
    )
    choices = {"u": (StayChoice("", "b"), StayChoice("b", "b", "visit-beta"), StayChoice("b", "", "visit-alpha"))}
    together = Itinerary(
        THERE_AND_BACK.legs, THERE_AND_BACK.touches, THERE_AND_BACK.fares, THERE_AND_BACK.stays | choices
    )
    text = broken(two, together)["event.race"].text
    assert text == "Ana and Ben want to attend the race from 6 June 2025 to 7 June 2025"


@pytest.mark.parametrize(
    ("day", "facts"),
    [
        (date(2025, 2, 9), {"event.race.booking", "event.race.in_hand"}),
        (date(2025, 2, 10), {"event.race.in_hand"}),
        (date(2025, 2, 11), set()),
        (date(2025, 2, 13), set()),
        (date(2025, 2, 14), {"event.race.in_hand"}),
        (date(2025, 2, 15), {"event.race.booking", "event.race.in_hand"}),
    ],
)
def test_a_certificate_is_in_hand_from_its_ready_date_while_it_is_valid(day: date, facts: set[str]) -> None:
    toml = RACE + 'book_from = 2025-02-10\nbook_by = 2025-02-14\nneeds = ["test"]\n'
    toml += '[[acquirables]]\nid = "lab"\nprice = "0"\nlead = { days = 10 }\n'
    toml += 'certificate = { kind = "test", validity = "2 days" }\n'
    done = Itinerary(
        THERE_AND_BACK.legs,
        THERE_AND_BACK.touches,
        THERE_AND_BACK.fares,
        THERE_AND_BACK.stays,
        (Application("t", "lab", "", date(2025, 2, 1)),),
        (Booking("t", "race", "a", day),),
    )
    assert broken(toml, done).keys() == facts


# ---- documents


@pytest.mark.parametrize(
    ("need", "first", "last"),
    [
        ("a", date(2025, 1, 1), date(2025, 12, 31)),
        ("held", date(2025, 1, 1), date(2025, 12, 31)),
        ("shot", date(2025, 3, 1), date(2025, 4, 1)),
        ("given", date(2025, 2, 11), date(2025, 12, 31)),
        ("new", date(2025, 2, 11), date(2025, 12, 31)),
    ],
)
def test_what_is_in_hand(need: str, first: date, last: date) -> None:
    scenario = world(
        """
        [[travellers]]
        id = "t"
        permissions = [{ id = "held", zone = "BB" }]
        certificates = [{ kind = "shot", valid_from = 2025-03-01, valid_to = 2025-04-01 }]
        [[acquirables]]
        id = "given"
        price = "0"
        lead = { days = 10 }
        passport = { id = "new", state = "BB" }
        """
    )
    applied = Itinerary(
        stays={"t": (StayChoice("", ""),)}, applications=(Application("t", "given", "", date(2025, 2, 1)),)
    )
    journey, _ = costed(scenario, applied)
    days = [date.fromordinal(n) for n in range(date(2025, 1, 1).toordinal(), date(2025, 12, 31).toordinal() + 1)]
    holds = [day for day in days if in_hand(journey, scenario.travellers[0], need, day)]
    assert (holds[0], holds[-1]) == (first, last)


# ---- legs


def test_a_border_port_is_avoided_as_a_port_and_as_part_of_its_territory() -> None:
    rail = '[[legs]]\nid = "ab"\nmode = "rail"\nexit_port = "BBX"\n'
    avoided = broken('[trip]\navoid = { ports = ["BBX"] }\n' + rail, THERE_AND_BACK)
    assert avoided.keys() == {"avoid.BBX"}
    assert broken('[trip]\navoid = { ports = ["BBX"] }\n', THERE_AND_BACK).keys() == set()


def test_connections_ask_less_on_one_ticket() -> None:
    toml = "[trip.connections]\nsame_ticket = 240\nself_transfer = 241\n"
    toml += '[[fares]]\nid = "out"\nlegs = ["ab", "bc"]\nprice = "1"\n[[trip.stops]]\nid = "b"\nnights = { min = 0 }\n'
    assert broken(toml, ALL_FOUR).keys() == {"trip.connections"}
    ticket = Itinerary(ALL_FOUR.legs, ALL_FOUR.touches, ("out", "cb", "ba"), ALL_FOUR.stays)
    assert broken(toml, ticket).keys() == {"trip.connections"}  # the way back is still on two tickets
    home = '[[fares]]\nid = "home"\nlegs = ["cb", "ba"]\nprice = "1"\n'
    ticket = Itinerary(ALL_FOUR.legs, ALL_FOUR.touches, ("out", "home"), ALL_FOUR.stays)
    assert broken(toml + home, ticket).keys() == set()
