"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.rules.kinds.quarantine import Quarantine
from planner.scenario.people import Certificate
from planner.testing.readings import compare
from tests.itinerary.builders import leg, ports, traveller
from tests.rules.judging import certificate, journey, told, world
from tests.rules.plainly import world as plain

# To Paris by way of an airside change at Istanbul; after ten days to Vienna inside the zone, and home two days later.
LEGS = (
    leg("a", "JFK-IST", "2025-02-01 10:00", "2025-02-02 04:00"),
    leg("b", "IST-CDG", "2025-02-02 06:00", "2025-02-02 08:00"),
    leg("on", "CDG-VIE", "2025-02-12 10:00", "2025-02-12 12:00"),
    leg("home", "VIE-JFK", "2025-02-14 10:00", "2025-02-14 14:00"),
)
PLACES = ports(IST={"airside": True, "airside_on_separate_tickets": True})


def broken(*held: Certificate, **rule: Any) -> list[str]:
    """How the quarantine is broken on that trip."""
    quarantine = Quarantine(id="quarantine", **{"zone": "SCHENGEN", "days": 11} | rule)
    question = world(quarantine, LEGS, ports=PLACES, travellers=(traveller("ann", certificates=held),))
    return told(journey(question, "a b on home", "all", "us", "us", "us"))


def test_a_move_inside_the_zone_ends_it_too() -> None:
    assert broken(days=10) == []
    assert broken(days=11) == ["entered on 2025-02-02, on from CDG on 2025-02-12"]
    assert broken(zone="FR") != []
    assert broken(zone="US", days=99) == []  # the journey ends there


def test_the_last_leg_says_where_one_comes_from() -> None:
    assert broken(from_=("TR",)) != []
    assert broken(from_=("US",)) == []
    assert broken(from_=("US", "TR")) != []


def test_a_certificate_is_valid_on_the_day_of_entry() -> None:
    assert broken(Certificate(kind="jab", valid_to=date(2025, 2, 2)), certificates=("jab",)) == []
    assert broken(Certificate(kind="jab", valid_to=date(2025, 2, 1)), certificates=("jab",)) != []
    assert broken(Certificate(kind="jab")) != []  # no certificate lifts this one


def test_one_that_is_obtained_on_the_way_must_be_ready_at_the_check_in() -> None:
    rule = Quarantine(id="quarantine", zone="SCHENGEN", days=11, certificates=("jab",))
    question = world(rule, LEGS, ports=PLACES, acquirables=(certificate("jab", lead=1),))
    for day, count in ((date(2025, 1, 31), 0), (date(2025, 2, 1), 1)):
        assert len(told(journey(question, "a b on home", "all", "us", "us", "us", applied={"jab": day}))) == count


def test_who_comes_from_there_to_elsewhere_is_free() -> None:
    rule = '[[rules]]\nkind = "quarantine"\nid = "quarantine"\nzone = "BB"\ndays = 10\n'
    assert compare(plain(rule, '[[rules]]\nid = "quarantine"\nfrom = ["CC"]\n'), {"quarantine"}, 60)["quarantine.t"]
    assert not compare(plain(rule, '[[rules]]\nid = "quarantine"\nfrom = ["BB"]\n'), {"quarantine"}, 60)["quarantine.t"]
