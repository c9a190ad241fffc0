"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from typing import Any

from planner.core.period import Period
from planner.rules.kinds.refused_entry import RefusedEntry
from planner.rules.showing import Paper
from tests.itinerary.builders import leg, traveller
from tests.rules.judging import journey, told, world

# To Bucharest the day before Romania joins the zone, on to Paris, and back to Bucharest when it is a member.
LEGS = (
    leg("in", "JFK-OTP", "2025-01-18 10:00", "2025-01-19 01:00"),
    leg("on", "OTP-CDG", "2025-01-19 10:00", "2025-01-19 12:00"),
    leg("back", "CDG-OTP", "2025-01-22 10:00", "2025-01-22 14:00"),
    leg("home", "OTP-JFK", "2025-01-23 10:00", "2025-01-23 14:00"),
)


def broken(**rule: Any) -> list[str]:
    """How the refusal is broken on that trip."""
    question = world(RefusedEntry(id="refused", **{"zone": "SCHENGEN"} | rule), LEGS)
    return told(journey(question, "in on back home", "lll", "us", "us", "us", "us"))


def test_a_zone_has_the_members_of_the_day_of_entry_and_moves_inside_it_are_no_entries() -> None:
    assert broken() == ["entry on 2025-01-19 with us on nothing"]  # to Paris
    assert broken(zone="RO") == ["entry on 2025-01-19 with us on nothing"]  # to Bucharest, the first time
    assert broken(zone="AT") == []


def test_those_who_come_home_are_concerned_too() -> None:
    assert len(broken(zone="US")) == 1
    assert broken(zone="US", exempt_nationals_of=("US",)) == []


def test_the_sentence_says_which_entries_are_meant() -> None:
    ann = traveller("ann")
    rule = RefusedEntry(
        id="refused",
        zone="CN",
        nationalities=("US",),
        exempt_nationals_of=("CN", "FR", "JP", "KP", "TR"),
        types=("visa_free", "on_arrival"),
        modes=("air", "sea"),
        under_age=Period(18, "years"),
        unless=(Paper(zones=("US",), multiple=True),),
        reason="closed for repairs",
    )
    assert rule.fact(world(rule, LEGS, travellers=(ann,)), ann).text == (
        "ann may not enter China (on a passport of United States, "
        "not as a national of China, France, Japan or 2 others, "
        "on grounds of the type visa-free or on-arrival, by air or sea, under the age of 18 years, "
        "without a visa or residence permit for United States for several entries): closed for repairs"
    )
