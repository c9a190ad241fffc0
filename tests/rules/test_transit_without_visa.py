"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.period import Period
from planner.itinerary.replay import replay
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.scenario.people import Permission
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, traveller
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
