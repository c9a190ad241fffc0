"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from planner.core.period import Period
from planner.itinerary.replay import replay
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.rules.stay_limits import Limit
from planner.scenario.documents import Acquirable, LeadTime, NewPermission
from planner.scenario.people import Certificate, Permission
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, price, traveller
from tests.rules.judging import world
from tests.rules.plainly import TWO, heard

# Through Beijing in transit, to Pyongyang on 5 February.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("on", "PEK-FNJ", "2025-02-05 10:00", "2025-02-05 14:00"),
)


def broken(*held: Permission, **more: Any) -> list[str]:
    """How the conditions of the transit are broken on that trip; random journeys are judged alike in both readings."""
    rule = TransitWithoutVisa(**{"id": "transit", "zone": "CN", "nationalities": ("US",), "stay": Period(10)} | more)
    question = world(rule, LEGS, end="FNJ", travellers=(traveller("ann", permissions=held),))
    compare(question, {"transit-without-visa"}, 40)
    journey = replay(question, itinerary("in on", "l", ("- us", "us us transit", "us -")))
    return [how.how.removeprefix("transit does not apply: ") for how in rule.check(journey)]


@pytest.mark.parametrize(
    ("held", "valid"),
    [
        ({}, True),
        ({"valid_from": date(2025, 2, 5)}, True),
        ({"valid_from": date(2025, 2, 6)}, False),
        ({"enter_by": date(2025, 2, 5)}, True),
        ({"enter_by": date(2025, 2, 4)}, False),
        ({"type": "airside"}, False),
        ({"type": "electronic"}, True),
        ({"zone": "JP"}, False),
        ({"zone": "JP", "with_zones": ("KP",)}, True),
    ],
)
def test_the_permission_for_the_onward_place_is_valid_on_arrival(held: dict[str, Any], valid: bool) -> None:
    missing = [] if valid else ["no permission for KP can be shown at check-in"]
    assert broken(Permission(**{"id": "visa", "zone": "KP"} | held), onward_documents=("KP",)) == missing
    assert broken(onward_documents=("JP",)) == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, []),
        ({"effective_to": date(2025, 2, 1)}, ["it is not in force on 2025-02-02"]),
        ({"effective_to": date(2025, 2, 2)}, []),
        ({"modes": ("air",), "entry_ports": ("PEK",), "exit_ports": ("PEK",)}, []),
        ({"modes": ("rail",)}, ["entry by air", "exit by air"]),
        ({"entry_ports": ("DDG",)}, ["entry at PEK"]),
        ({"exit_ports": ("DDG",)}, ["exit at PEK"]),
        ({"not_third": ("US",)}, ["US does not count as a third place"]),
        ({"not_third": ("KP",)}, ["KP does not count as a third place"]),
        ({"stay": Period(4), "clock_from": "entry"}, []),
        ({"stay": Period(3), "clock_from": "entry"}, ["stays from 2025-02-02 to 2025-02-05"]),
        ({"stay": Period(3)}, []),
        ({"stay": Period(2)}, ["stays from 2025-02-02 to 2025-02-05"]),
        ({"stay": Period(58, "hours")}, []),
        ({"stay": Period(57, "hours")}, ["stays from 2025-02-02 to 2025-02-05"]),
        ({"stay": Period(68, "hours"), "clock_from": "entry"}, []),
        ({"stay": Period(67, "hours"), "clock_from": "entry"}, ["stays from 2025-02-02 to 2025-02-05"]),
    ],
)
def test_each_condition_by_itself(rule: dict[str, Any], expected: list[str]) -> None:
    assert broken(**rule) == expected


TRANSIT = '[[rules]]\nkind = "transit-without-visa"\nid = "transit"\nzone = "BB"\nnationalities = ["AA", "CC"]\n'


@pytest.mark.parametrize(
    ("terms", "nights"),
    [
        ('stay = "3 days"', 3),
        ('stay = "3 days"\nclock_from = "entry"', 2),
        ('stay = "48 hours"', 4),
        ('stay = "48 hours"\nclock_from = "entry"', 3),
        ('stay = "1 month"', 30),
        ('stay = "1 month"\nclock_from = "entry"', 29),
    ],
)
def test_bounds_hear_how_long_each_of_two_people_may_stay(terms: str, nights: int) -> None:
    longest = "bounds hear from transit.{0}.clock: LongestStay traveller {0}, nights {1}, grounds [transit], besides []"
    assert heard("transit-without-visa", TRANSIT + terms, TWO) == [longest.format(who, nights) for who in "tu"]


def test_bounds_hear_when_it_is_not_in_force() -> None:
    found = heard("transit-without-visa", TRANSIT + 'stay = "3 days"\neffective_to = 2025-06-01\n')
    assert found[0] == (
        "bounds hear from admission.BB.t: Refused traveller t, "
        "arrivals AA 0602-0610; BB 0602-0610; CC 0602-0610, grounds [transit]"
    )
    assert len(found) == 2


# Through Beijing or Dandong, from New York or, by sea, from Honolulu; on by air or rail, or back.
MANY = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("early", "JFK-HNL", "2025-02-01 10:00", "2025-02-01 18:00"),
    leg("by-sea", "HNL-PEK", "2025-02-01 20:00", "2025-02-03 01:00", mode="sea"),
    leg("inside", "PEK-DDG", "2025-02-03 10:00", "2025-02-03 12:00"),
    leg("soon", "PEK-FNJ", "2025-02-04 10:00", "2025-02-04 14:00"),
    leg("on", "DDG-FNJ", "2025-02-05 23:00", "2025-02-06 04:00", mode="rail", exit_port="DDG", entry_port="SIN"),
    leg("east", "PEK-NRT", "2025-02-05 10:00", "2025-02-05 14:00"),
    leg("back", "NRT-PEK", "2025-02-07 10:00", "2025-02-07 14:00"),
    leg("off", "PEK-HNL", "2025-02-09 01:00", "2025-02-08 15:00"),
    leg("far", "NRT-HNL", "2025-02-10 10:00", "2025-02-09 22:00"),
    leg("last", "FNJ-PEK", "2025-02-08 10:00", "2025-02-08 10:30"),
    leg("over", "HNL-JFK", "2025-02-11 10:00", "2025-02-12 01:00"),
)
VISAS = (
    Acquirable(
        id="kp", price=price("0"), lead=LeadTime(days=3), permission=NewPermission(zone="KP", enter_within=Period(9))
    ),
    Acquirable(id="jp", price=price("0"), handed_over_in=("PEK",), permission=NewPermission(zone="JP")),
)


@pytest.mark.parametrize(
    "more",
    [
        {"stay": Period(1)},
        {"stay": Period(3), "clock_from": "entry"},
        {"stay": Period(34, "hours")},
        {"stay": Period(24, "hours")},
        {"stay": Period(44, "hours"), "clock_from": "entry"},
        {"effective_from": date(2025, 2, 3), "effective_to": date(2025, 2, 6)},
        {"modes": ("air",)},
        {"modes": ("sea", "rail"), "not_third": ("JP",)},
        {"entry_ports": ("PEK",), "exit_ports": ("DDG",)},
        {"onward_documents": ("KP", "JP")},
        {"onward_documents": ("KP",), "not_third": ("US",)},
    ],
)
@pytest.mark.parametrize("end", ["HNL", "PEK"])
def test_both_readings_of_many_ways_for_two_people_of_whom_one_may(end: str, more: dict[str, Any]) -> None:
    rule = TransitWithoutVisa(**{"id": "transit", "zone": "CN", "nationalities": ("US",), "stay": Period(10)} | more)
    people = (traveller("bob", "jp:JP"), traveller("ann", "us:US", "mx:MX"))
    question = world(rule, MANY, end=end, travellers=people, acquirables=VISAS, today=date(2025, 1, 28))
    assert [ground.passports for who in people for ground in rule.grounds(question, who)] == [("us",)]
    seen = compare(question, {"transit-without-visa"}, 80)
    assert seen["admission.CN.ann"] + seen["transit.ann.clock"] > 0
    assert "transit.bob.clock" not in seen


@pytest.mark.parametrize(
    ("more", "limit"),
    [
        ({"stay": Period(3)}, Limit(on=date(2025, 2, 5))),
        ({"stay": Period(3), "clock_from": "entry"}, Limit(on=date(2025, 2, 4))),
        ({"stay": Period(48, "hours")}, Limit(on=date(2025, 2, 4), at=datetime(2025, 2, 5))),
        (
            {"stay": Period(48, "hours"), "clock_from": "entry"},
            Limit(on=date(2025, 2, 4), at=datetime(2025, 2, 4, 14)),
        ),
    ],
)
def test_the_plan_says_until_when(more: dict[str, Any], limit: Limit) -> None:
    rule = TransitWithoutVisa(**{"id": "transit", "zone": "CN", "nationalities": ("US",)} | more)
    journey = replay(world(rule, LEGS, end="FNJ"), itinerary("in on", "l", ("- us", "us us transit", "us -")))
    assert [rule.last_lawful(journey, stay) for stay in journey.stays["ann"]] == [None, limit, None]


def test_a_journey_that_ends_there_is_no_transit() -> None:
    rule = TransitWithoutVisa(id="transit", zone="CN", nationalities=("US",), stay=Period(10))
    question = world(rule, LEGS[:1], end="PEK")
    (only,) = rule.check(replay(question, itinerary("in", "", ("- us", "us - transit"))))
    assert only.how == "transit does not apply: the journey does not go on"
    assert only.fact.id == "admission.CN.ann"


@pytest.mark.parametrize(("clock", "words"), [("entry", ""), ("next_midnight", " from the midnight after the entry")])
def test_the_sentence_says_when_the_clock_starts(clock: Any, words: str) -> None:
    rule = TransitWithoutVisa(id="transit", zone="CN", nationalities=("US",), stay=Period(3), clock_from=clock)
    question = world(rule, LEGS, end="FNJ")
    text = rule.clock(question, question.travellers[0]).text
    assert text == f"ann may pass through China without visa for at most 3 days{words}"


@pytest.mark.parametrize("day", [19, 20])  # Romania joins the zone on the 20th
def test_the_permission_is_one_for_the_zone_of_the_day_of_arrival(day: int) -> None:
    legs = (
        leg("in", "JFK-IST", "2025-01-16 10:00", "2025-01-17 04:00"),
        leg("on", "IST-OTP", f"2025-01-{day} 10:00", f"2025-01-{day} 11:00"),
    )
    visa = Permission(id="visa", zone="SCHENGEN")
    ann = traveller("ann", permissions=(visa,), certificates=(Certificate(kind="jab"),))
    rule = TransitWithoutVisa(id="transit", zone="TR", nationalities=("US",), stay=Period(10), onward_documents=("RO",))
    question = world(rule, legs, end="OTP", travellers=(ann,))
    compare(question, {"transit-without-visa"}, 10)
    found = list(rule.check(replay(question, itinerary("in on", "l", ("- us", "us us transit", "us -")))))
    assert len(found) == (day == 19)
