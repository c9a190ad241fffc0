"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.period import Period
from planner.itinerary.replay import replay
from planner.network.columns import all_legs
from planner.rules.kinds.continuing_stay import ContinuingStay
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import PastStay
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller

# China is the zone, Japan is nearby, France is not. Three stays in China: from 2, 10 and 16 February on.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("off", "PEK-NRT", "2025-02-05 10:00", "2025-02-05 14:00"),
    leg("off-far", "PEK-CDG", "2025-02-05 11:00", "2025-02-05 19:00"),
    leg("far-near", "CDG-NRT", "2025-02-07 10:00", "2025-02-08 08:00"),
    leg("back", "NRT-PEK", "2025-02-10 10:00", "2025-02-10 14:00"),
    leg("back-far", "CDG-PEK", "2025-02-09 10:00", "2025-02-10 07:00"),
    leg("off-again", "PEK-NRT", "2025-02-12 10:00", "2025-02-12 14:00"),
    leg("back-again", "NRT-PEK", "2025-02-16 10:00", "2025-02-16 14:00"),
    leg("home", "PEK-JFK", "2025-02-20 10:00", "2025-02-20 10:30"),
    leg("home-from-japan", "NRT-JFK", "2025-02-20 10:00", "2025-02-20 08:30"),
)
READINGS = pytest.mark.parametrize("count", ["original_end", "balance"])


def world(past: tuple[PastStay, ...] = (), start: str = "JFK", **rule: Any) -> tuple[ContinuingStay, Scenario]:
    """The rule, and those legs under it."""
    made = ContinuingStay(id="waiver", **{"zone": "CN", "nearby": ("JP",), "stay": Period(9)} | rule)
    free = [
        Admission(id=zone.lower(), zone=zone, nationalities=("US",), grant="visa_free") for zone in ("CN", "JP", "FR")
    ]
    visa = Admission(id="arrival", zone="CN", nationalities=("US",), grant="on_arrival")
    return made, scenario(
        LEGS,
        travellers=(traveller("ann", "us:US", past_stays=past, residence=("FR",)),),
        law=LawBook(rules=(made,), admissions=(*free, visa)),
        start=start,
        end="JFK",
        today=date(2025, 1, 30),
    )


def how(legs: str, stays: tuple[str, ...], past: tuple[PastStay, ...] = (), start: str = "JFK", **rule: Any) -> str:
    """How the rule is broken on a journey; "" if it is not."""
    made, where = world(past, start, **rule)
    touches = "l" * (len(legs.split()) - 1)
    found = list(made.check(replay(where, itinerary(legs, touches, stays))))
    assert len(found) <= 1
    return "".join(item.how for item in found)


NEAR = ("- us", "us us cn", "us us jp", "us us cn", "us us jp", "us us cn", "us - citizen:US")
NEAR_LEGS = "in off back off-again back-again home"


def test_several_side_trips_go_on_with_one_stay() -> None:
    assert how(NEAR_LEGS, NEAR, stay=Period(19)) == ""
    assert (
        how(NEAR_LEGS, NEAR, stay=Period(18))
        == "there from 2025-02-02 on, it ends on 2025-02-19, but lasts until 2025-02-20"
    )
    days = 4 + 3 + 5
    assert how(NEAR_LEGS, NEAR, stay=Period(days), count="balance") == ""
    assert how(NEAR_LEGS, NEAR, stay=Period(days - 1), count="balance") == "12 dates from 2025-02-02 to 2025-02-20"


def test_a_stay_farther_away_ends_it_even_if_one_comes_back_by_way_of_a_neighbour() -> None:
    stays = ("- us", "us us cn", "us us fr", "us us jp", "us us cn", "us us jp", "us us cn", "us - citizen:US")
    legs = "in off-far far-near back off-again back-again home"
    assert how(legs, stays, stay=Period(11)) == ""  # 10 to 20 February
    assert how(legs, stays, stay=Period(10)).startswith("there from 2025-02-10 on")


def test_a_stay_on_another_ground_does_not_count_but_does_not_end_it_either() -> None:
    stays = ("- us", "us us cn", "us us jp", "us us arrival", "us us jp", "us us cn", "us - citizen:US")
    assert how(NEAR_LEGS, stays, types=("visa_free",), stay=Period(9), count="balance") == ""
    assert how(NEAR_LEGS, stays, types=("visa_free",), stay=Period(8), count="balance") != ""
    assert how(NEAR_LEGS, stays, grounds_=("cn",), stay=Period(18)) != ""
    assert how(NEAR_LEGS, stays, grounds_=("arrival",), stay=Period(3)) == ""


def test_a_stay_that_goes_on_from_before_the_journey_counts() -> None:
    stays = ("- us", "us us jp", "us us cn", "us - citizen:US")
    legs = "off back home"
    past = PastStay(territory="CN", from_=date(2025, 1, 20), type="visa_free")
    assert how(legs, stays, (past,), "PEK", stay=Period(32)) == ""
    assert how(legs, stays, (past,), "PEK", stay=Period(31)).startswith("there from 2025-01-20 on")
    assert how(legs, stays, (past,), "PEK", stay=Period(28), count="balance") == ""  # 17 and 11 dates
    assert how(legs, stays, (past,), "PEK", stay=Period(27), count="balance") != ""
    assert how(legs, stays, (past,), "PEK", stay=Period(11), types=("on_arrival",)) == ""
    ended = PastStay(territory="CN", from_=date(2025, 1, 20), to=date(2025, 1, 29), type="visa_free")
    assert how(legs, stays, (ended,), "PEK", stay=Period(11)) == ""

    other = PastStay(territory="CN", from_=date(2025, 1, 2), type="on_arrival")
    assert how(legs, stays, (ended, other, past), "PEK", stay=Period(31), types=("visa_free",)) != ""


@READINGS
@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"types": ("visa_free",)},
        {"grounds_": ("arrival",)},
        {"nearby": ()},
        {"nearby": ("JP", "FR")},
        {"stay": Period(1, "months")},
        {"effective_from": date(2025, 2, 10)},
        {"stay": Period(3)},
    ],
)
def test_both_readings_agree(count: str, rule: dict[str, Any]) -> None:
    past = PastStay(territory="CN", from_=date(2025, 1, 20))
    for start, before in (("JFK", ()), ("PEK", (past,)), ("NRT", ())):
        _, made = world(before, start, **{"count": count} | rule)
        compare(made, {"continuing-stay"}, 250)


@READINGS
def test_residents_are_not_concerned(count: str) -> None:
    _, made = world(stay=Period(2), exempt_residents_of=("FR",), count=count)
    assert compare(made, {"continuing-stay"}, 100)["waiver.ann"] == 0


def test_until_when_a_stay_may_go_on() -> None:
    made, where = world(stay=Period(19))
    journey = replay(where, itinerary(NEAR_LEGS, "lllll", NEAR))
    stays = journey.stays["ann"]
    limits = [made.last_lawful(journey, stay) for stay in stays]
    assert [limit and limit.on for limit in limits] == [None, *[date(2025, 2, 20), None] * 3]


def test_no_single_stay_is_longer_in_the_bounds() -> None:
    made, where = world(types=("visa_free",))
    (share,) = made.bound(Outlook(where, all_legs(where)))
    assert isinstance(share, LongestStay)
    assert (share.nights, share.zones) == (8, ["CN"])
    assert share.grounds is not None
    assert {*share.grounds} == {"cn", "jp", "fr"}
