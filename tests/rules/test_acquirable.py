"""What is said of obtaining a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.core.errors import Place
from planner.rules.acquirable_facts import acquirable_fact
from planner.scenario.documents import LeadTime
from planner.scenario.node import Where
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


def test_lead_times_in_words() -> None:
    world = scenario([])
    for days, said in ((1, "1 day"), (2, "2 days"), (0, "no time")):
        item = evolve(certificate("card"), lead=LeadTime(days=days))
        fact = acquirable_fact(world, item, world.travellers[0], "lead")
        assert fact.text == f"card takes {said} (today is 2025-01-01)"


def test_dates_of_application_are_told_by_where_they_stand_and_only_some_of_many() -> None:
    world, keys = scenario([]), ("apply_by", "apply_on", "apply_from")
    where = Where(keys={key: Place(key) for key in keys})
    for more, key in (({"apply_by": DAY}, 0), ({"apply_on": (DAY,)}, 1), ({"apply_from": DAY}, 2)):
        item = evolve(certificate("card"), where=where, **more)
        assert acquirable_fact(world, item, world.travellers[0], "when").place == Place(keys[key])
    for count, more in ((4, False), (5, True)):
        item = evolve(certificate("card"), apply_on=tuple(date(2025, 2, day) for day in range(1, count + 1)))
        assert acquirable_fact(world, item, world.travellers[0], "when").text.endswith(" …") == more
