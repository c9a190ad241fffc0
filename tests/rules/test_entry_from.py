"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from typing import Any

import pytest

from planner.rules.kinds.entry_from import EntryFrom
from planner.testing.readings import agree
from tests.itinerary.builders import leg, ports
from tests.rules.judging import journey, told, world

# From Bucharest to Istanbul on the day before Romania joins the Schengen area, and again from Beijing, by way of an
# airside change in Paris, when it is a member.
LEGS = (
    leg("in", "OTP-IST", "2025-01-19 10:00", "2025-01-19 12:00"),
    leg("off", "IST-PEK", "2025-01-20 10:00", "2025-01-20 22:00"),
    leg("a", "PEK-CDG", "2025-01-22 08:00", "2025-01-22 12:00"),
    leg("b", "CDG-IST", "2025-01-22 14:00", "2025-01-22 19:00"),
)
PLACES = ports(CDG={"airside": True, "airside_on_separate_tickets": True})
FIRST, SECOND = "entry on 2025-01-19 from Romania", "entry on 2025-01-22 from France"


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"not_from": ("SCHENGEN",)}, [SECOND]),
        ({"only_from": ("SCHENGEN",)}, [FIRST]),
        ({"only_from": ("RO", "CN")}, [SECOND]),  # the airside stop is what counts
        ({"only_from": ("RO", "FR"), "not_from": ("RO",)}, [FIRST]),
        ({"only_from": ("RO", "FR"), "not_from": ("TR",)}, []),
        ({"not_from": ("RO", "FR")}, [FIRST, SECOND]),
        ({}, []),
    ],
)
def test_the_last_leg_s_departure_on_the_day_of_entry(rule: dict[str, Any], found: list[str]) -> None:
    question = world(EntryFrom(id="from", zone="TR", **rule), LEGS, start="OTP", end="IST", ports=PLACES)
    agree(question, 40)
    assert told(journey(question, "in off a b", "lla", "us", "us", "us", "us")) == found


def test_both_limits_in_words() -> None:
    rule = EntryFrom(id="from", zone="TR", only_from=("RO", "FR"), not_from=("CN",))
    question = world(rule, LEGS, start="OTP", end="IST", ports=PLACES)
    text = "ann may enter Turkey only from Romania or France and not from China"
    assert rule.fact(question, question.travellers[0]).text == text
