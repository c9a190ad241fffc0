"""What is said of obtaining a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.rules.acquirable_facts import acquirable_fact
from planner.scenario.documents import LeadTime
from tests.itinerary.builders import scenario
from tests.rules.judging import certificate

DAY, LATER = date(2025, 2, 1), date(2025, 2, 9)


@pytest.mark.parametrize(
    ("more", "when"),
    [
        ({"apply_by": LATER}, "until 2025-02-09"),
        ({"apply_from": DAY, "apply_by": LATER}, "from 2025-02-01 until 2025-02-09"),
        ({"apply_from": DAY, "lead": LeadTime(business_days=2)}, "on business days from 2025-02-01"),
        ({"apply_on": (DAY, LATER)}, "on 2025-02-01, 2025-02-09"),
    ],
)
def test_when_a_paper_can_be_applied_for(more: dict[str, Any], when: str) -> None:
    item = evolve(certificate("card"), **more)
    world = scenario([])
    fact = acquirable_fact(world, item, world.travellers[0], "when")
    assert fact.text == f"card can be applied for only {when}"
