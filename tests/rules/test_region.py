"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from typing import Any

import pytest

from planner.rules.kinds.region import Region
from planner.testing.readings import compare
from tests.itinerary.builders import leg, ports, traveller
from tests.rules.judging import journey, told, world

# Into China at a border port, on from Beijing to Dandong, and by way of an airside change in Istanbul to Paris, Vienna
# and Bucharest.
LEGS = (
    leg("in", "FNJ-PEK", "2025-02-01 10:00", "2025-02-02 10:00", mode="rail", exit_port="SIN", entry_port="DDG"),
    leg("inside", "PEK-DDG", "2025-02-04 10:00", "2025-02-04 12:00"),
    leg("a", "DDG-IST", "2025-02-06 10:00", "2025-02-06 20:00"),
    leg("b", "IST-CDG", "2025-02-06 22:00", "2025-02-07 01:00"),
    leg("on", "CDG-VIE", "2025-02-09 10:00", "2025-02-09 12:00"),
    leg("last", "VIE-OTP", "2025-02-11 10:00", "2025-02-11 12:00"),
)
PLACES = ports(IST={"airside": True, "airside_on_separate_tickets": True})


@pytest.mark.parametrize(
    ("zone", "allowed", "found"),
    [
        ("CN", ("PEK", "DDG"), []),
        ("CN", ("PEK",), ["in DDG on 2025-02-04, entered on 2025-02-02"]),
        ("CN", ("DDG",), ["in PEK on 2025-02-02, entered on 2025-02-02"]),  # where the leg ends, not the border port
        ("SCHENGEN", ("CDG", "VIE", "OTP"), []),  # nor is Istanbul asked for
        ("SCHENGEN", ("CDG", "VIE"), ["in OTP on 2025-02-11, entered on 2025-02-07"]),
        ("AT", ("VIE",), []),  # entered in France
        (
            "FR",
            ("CDG",),
            ["in VIE on 2025-02-09, entered on 2025-02-07", "in OTP on 2025-02-11, entered on 2025-02-07"],
        ),
        ("KP", (), []),
    ],
)
def test_the_ports_where_one_is_landside(zone: str, allowed: tuple[Any, ...], found: list[str]) -> None:
    question = world(Region(id="region", zone=zone, ports=allowed), LEGS, start="FNJ", end="OTP", ports=PLACES)
    assert told(journey(question, "in inside a b on last", "llall", "us", "us", "us")) == found


# In Dandong one can fly on at once.
AT_ONCE = leg("off", "DDG-NRT", "2025-02-04 12:00", "2025-02-04 16:00")


@pytest.mark.parametrize(
    ("zone", "allowed", "some"),
    [("CN", ("PEK",), True), ("CN", ("PEK", "DDG"), False), ("JP", (), True), ("JP", ("NRT",), False)],
)
def test_it_is_about_each_traveller_wherever_the_journey_ends(zone: str, allowed: tuple[Any, ...], some: bool) -> None:
    bob, ann = traveller("bob", "jp:JP"), traveller("ann")
    rule = Region(id="region", zone=zone, ports=allowed, nationalities=("US",))
    question = world(rule, (*LEGS[:2], AT_ONCE), start="FNJ", end="NRT", travellers=(bob, ann))
    seen = compare(question, {"region"}, 20)
    assert (seen["region.ann"], seen["region.bob"]) == (seen[""] if some else 0, 0)
