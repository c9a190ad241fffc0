"""How an entry that nothing admits to is told."""

from __future__ import annotations

from planner.itinerary.replay import replay
from planner.rules.kinds.default_deny import DefaultDeny
from planner.scenario.law import Admission, LawBook
from tests.itinerary.builders import itinerary, leg, scenario

LEGS = (leg("in", "JFK-PEK", "2025-01-31 10:00", "2025-02-01 23:30"),)
LAW = LawBook(admissions=(Admission(id="visit", zone="CN", nationalities=("MX",), grant="visa_free"),))


def told(stay: str) -> list[str]:
    question = scenario(LEGS, law=LAW, end="PEK")
    return [broken.how for broken in DefaultDeny().check(replay(question, itinerary("in", "", ("- us", stay))))]


def test_a_ground_that_is_not_for_the_passport_is_named() -> None:
    assert told("us - visit") == ["visit does not admit holders of us at the entry to China on 2025-02-01"]
    assert told("us") == ["nothing admits at the entry to China on 2025-02-01"]
