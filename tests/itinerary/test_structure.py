"""What no itinerary can do."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.itinerary.choices import Application, Booking, Itinerary
from planner.itinerary.replay import Unreal, replay
from planner.scenario.documents import Acquirable, NewCertificate, NewPassport, NewPermission, NewValidation
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare
from planner.scenario.trip import Event, Trip
from tests.itinerary.builders import itinerary, leg, price, scenario, traveller

OUT = leg("out", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00")
BACK = leg("back", "PEK-JFK", "2025-02-10 18:00", "2025-02-10 17:00")
LATER = leg("later", "PEK-JFK", "2025-02-12 18:00", "2025-02-12 17:00", price=None)
ROUND = itinerary("out back", "l", ["- us", "us us free", "us - citizen"])
FREE = price("0")
VISA = Acquirable(id="visa", permission=NewPermission(zone="CN"), price=FREE)
MX_VISA = Acquirable(id="mx-visa", permission=NewPermission(zone="CN"), price=FREE, nationalities=("MX",))
ONE_BOOK = Acquirable(id="one-book", validation=NewValidation(area="KP"), price=FREE, passports=("us", "theirs"))
MX_BOOK = Acquirable(id="mx-book", passport=NewPassport(id="mx", state="MX"), price=FREE)
JAB = Acquirable(id="jab", certificate=NewCertificate(kind="fever"), price=FREE)
RACE = Event(id="race", at=("PEK",), first_day=date(2025, 2, 3), last_day=date(2025, 2, 5))


def world(*events: Event, **more: object) -> Scenario:
    papers = (VISA, MX_VISA, ONE_BOOK, MX_BOOK, JAB)
    return scenario(
        [OUT, BACK, LATER],
        trip=Trip(start="JFK", events=events),
        fares=[Fare(id="return", legs=("out", "back"), price=price("150"))],
        acquirables=papers,
        **more,
    )


def problems(scenario: Scenario, plan: Itinerary) -> str:
    """What is structurally wrong, in one text; "" if nothing is."""
    try:
        replay(scenario, plan)
    except Unreal as unreal:
        return "; ".join(unreal.problems)
    return ""


def applied(*papers: tuple[str, str], on: str = "2025-01-05", plan: Itinerary = ROUND) -> Itinerary:
    """The plan with applications of ann: (acquirable, passport)."""
    applications = tuple(Application("ann", paper, passport, date.fromisoformat(on)) for paper, passport in papers)
    return evolve(plan, applications=applications)


def booked(on: str = "2025-01-05", who: str = "ann", passport: str = "us", times: int = 1) -> Itinerary:
    """The round trip with a booking of the race."""
    return evolve(ROUND, bookings=(Booking(who, "race", passport, date.fromisoformat(on)),) * times)


def test_a_sound_itinerary() -> None:
    assert problems(world(), ROUND) == ""


# ---- travel


@pytest.mark.parametrize(
    ("legs", "problem"),
    [
        ("out", "ends at PEK, not at JFK"),
        ("back", "starts at PEK, not at JFK"),
        ("back out", "out departs before back arrives"),
        ("out back back", "back is travelled 2 times"),
        ("out somewhere", "there is no leg somewhere"),
    ],
)
def test_routes(legs: str, problem: str) -> None:
    assert problem in problems(world(), evolve(ROUND, legs=tuple(legs.split()), fares=tuple(legs.split())))


def test_legs_must_meet() -> None:
    other = leg("other", "FNJ-JFK", "2025-02-10 18:00", "2025-02-10 17:00")
    plan = evolve(ROUND, legs=("out", "other"), fares=("out", "other"))
    assert problems(scenario([OUT, other]), plan) == "other departs from FNJ, but out arrives at PEK"


@pytest.mark.parametrize("touches", [(), ("landside", "landside")])
def test_one_change_between_two_legs(touches: tuple[str, ...]) -> None:
    assert "changes" in problems(world(), evolve(ROUND, touches=touches))


@pytest.mark.parametrize(
    ("legs", "fares", "problem"),
    [
        ("out back", "out", "back is covered by 0 fares"),
        ("out back", "out back return", "out is covered by 2 fares"),
        ("out back", "out out back", "out is covered by 2 fares"),
        ("out later", "return", "fare return is for out, back in that order"),
        ("out back", "return", ""),
        ("out back", "return cheap", "no fare cheap"),
        ("", "return", "fare return is for"),
    ],
)
def test_fares_cover_each_leg_once(legs: str, fares: str, problem: str) -> None:
    plan = evolve(ROUND, legs=tuple(legs.split()), fares=tuple(fares.split()))
    found = problems(world(), plan if legs else evolve(plan, touches=()))
    assert problem in found
    assert bool(problem) == bool(found)


def test_fares_are_travelled_in_order() -> None:
    backwards = Fare(id="backwards", legs=("back", "out"), price=price("1"))
    plan = evolve(ROUND, fares=("backwards",))
    assert "in that order" in problems(scenario([OUT, BACK], fares=[backwards]), plan)


def test_a_fare_may_skip_legs_between_its_own() -> None:
    aside = leg("aside", "PEK-FNJ", "2025-02-05 10:00", "2025-02-05 13:00")
    again = leg("again", "FNJ-PEK", "2025-02-07 10:00", "2025-02-07 11:00")
    plan = itinerary(
        "out aside again back",
        "lll",
        ["- us", "us us visa", "us us visa", "us us visa", "us - citizen"],
        fares=["return", "aside", "again"],
    )
    both = Fare(id="return", legs=("out", "back"), price=price("150"))
    assert problems(scenario([OUT, BACK, aside, again], fares=[both]), plan) == ""


# ---- stays


@pytest.mark.parametrize(
    ("stays", "problem"),
    [
        (["- us", "us us free"], "has 3 stays on this journey, but choices for 2"),
        (["us us", "us us free", "us - citizen"], "has not entered the stay at the start"),
        (["- us citizen", "us us free", "us - citizen"], "has not entered the stay at the start"),
        (["- us", "us us free", "us us citizen"], "does not leave the last stay"),
        (["- us", "us - free", "us - citizen"], "shows no passport"),
        (["- us", "- us free", "us - citizen"], "shows no passport"),
        (["- us", "de de free", "us - citizen"], "has no passport de"),
        (["- us", "us mx free", "us - citizen"], "uses passport mx, but does not obtain it"),
        (["- us", "us us visa", "us - citizen"], "relies on visa in passport us, but does not obtain it"),
        (["- us", "us us", "us - nonsense"], ""),  # what admits is for the rules to say
    ],
)
def test_choices(stays: list[str], problem: str) -> None:
    found = problems(world(), itinerary("out back", "l", stays))
    assert problem in found
    assert bool(problem) == bool(found)


def test_choices_of_everybody() -> None:
    two = world(travellers=(traveller("ann"), traveller("bob", "gb:GB")))
    own = ["- us", "us us free", "us - citizen"]
    assert "bob has 3 stays" in problems(two, ROUND)
    plan = itinerary("out back", "l", {"ann": own, "bob": own})
    assert "bob has no passport us" in problems(two, plan)
    assert problems(two, itinerary("out back", "l", {"ann": own, "bob": [s.replace("us", "gb") for s in own]})) == ""
    assert "no traveller eve" in problems(world(), itinerary("out back", "l", {"ann": own, "eve": own}))


def test_a_new_passport_is_presented_once_applied_for() -> None:
    plan = itinerary("out back", "l", ["- us", "mx mx free", "us - citizen"])
    assert problems(world(), applied(("mx-book", ""), plan=plan)) == ""


def test_a_permission_works_only_in_the_passport_it_was_obtained_in() -> None:
    plan = itinerary("out back", "l", ["- us", "us us visa", "us - citizen"])
    assert problems(world(), applied(("visa", "us"), plan=plan)) == ""
    wrong = applied(("visa", "mx"), ("mx-book", ""), plan=plan)
    assert "relies on visa in passport us" in problems(world(), wrong)


# ---- applications


@pytest.mark.parametrize(
    ("papers", "problem"),
    [
        ([("visa", "us")], ""),
        ([("visa", "us"), ("visa", "mx"), ("mx-book", "")], ""),
        ([("visa", "us"), ("visa", "us")], "made twice for the same passport"),
        ([("jab", ""), ("jab", "")], "made twice"),
        ([("visa", "")], "in which it is not issued"),
        ([("mx-visa", "us")], "in which it is not issued"),
        ([("mx-visa", "mx"), ("mx-book", "")], ""),
        ([("mx-visa", "mx")], "uses passport mx, but does not obtain it"),
        ([("one-book", "us")], ""),
        ([("one-book", "theirs")], "in which it is not issued"),
        ([("jab", "us")], "belongs to no passport"),
        ([("mx-book", "us")], "belongs to no passport"),
        ([("nothing", "us")], "no such name"),
    ],
)
def test_applications(papers: list[tuple[str, str]], problem: str) -> None:
    found = problems(world(), applied(*papers))
    assert problem in found
    assert bool(problem) == bool(found)


@pytest.mark.parametrize(
    ("on", "possible"),
    [
        ("2024-12-31", False),
        ("2025-01-01", True),
        ("2025-02-12", True),  # the last departure of any leg, travelled or not
        ("2025-02-13", False),
    ],
)
def test_dates_of_applications(on: str, possible: bool) -> None:
    assert (problems(world(), applied(("jab", ""), on=on)) == "") == possible


# ---- bookings


def test_bookings() -> None:
    assert problems(world(RACE), booked()) == ""
    assert "made twice" in problems(world(RACE), booked(times=2))
    assert "has no passport de" in problems(world(RACE), booked(passport="de"))
    assert "does not obtain it" in problems(world(RACE), booked(passport="mx"))
    assert "no such name" in problems(world(), booked())
    assert "is not wanted" in problems(world(evolve(RACE, travellers=("bob",))), booked())


@pytest.mark.parametrize(
    ("on", "possible"),
    [("2024-12-31", False), ("2025-01-01", True), ("2025-02-03", True), ("2025-02-04", False)],
)
def test_dates_of_bookings(on: str, possible: bool) -> None:
    assert (problems(world(RACE), booked(on)) == "") == possible


def test_what_is_booked_already_is_fixed() -> None:
    done = evolve(RACE, booked_on=date(2024, 11, 1), booked_with=("us",))
    assert problems(world(done), booked("2024-11-01")) == ""
    assert "was made on 2024-11-01" in problems(world(done), booked("2025-01-05"))
    other = world(done, travellers=(traveller("ann", "us:US", "mx2:MX"),))
    assert "was made with us" in problems(other, booked("2024-11-01", passport="mx2"))


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [("2025-02-02", "2025-02-10", True), ("2025-02-01", "2025-02-03", False), ("2025-02-09", "2025-02-11", False)],
)
def test_nobody_books_without_attending(first: str, last: str, there: bool) -> None:
    event = evolve(RACE, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last))
    assert ("pointless" not in problems(world(event), booked())) == there
