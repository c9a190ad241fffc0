"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.money import Price
from planner.itinerary.choices import Application
from planner.itinerary.replay import replay
from planner.rules.base import rules_of
from planner.rules.kinds.joint_visa import JointVisa
from planner.scenario.documents import Acquirable, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import Permission
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller

# China and Japan share a visa; Turkey is elsewhere, and one can change planes there without entering.
LEGS = (
    leg("a", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("b", "JFK-NRT", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("c", "PEK-NRT", "2025-02-05 10:00", "2025-02-05 14:00"),
    leg("d", "NRT-PEK", "2025-02-07 10:00", "2025-02-07 14:00"),
    leg("e", "PEK-IST", "2025-02-09 10:00", "2025-02-09 14:00"),
    leg("f", "IST-PEK", "2025-02-09 18:00", "2025-02-10 06:00"),
    leg("g", "IST-NRT", "2025-02-09 18:00", "2025-02-10 10:00"),
    leg("h", "PEK-JFK", "2025-02-12 10:00", "2025-02-12 10:30"),
    leg("i", "NRT-JFK", "2025-02-12 10:00", "2025-02-12 08:30"),
)
SOURCE = "https://visa.example"
TERMS = {"zone": "CN", "with_zones": ("JP",), "first_entry_in": ("JP",), "ends_on_leaving": True}


def world(*, held: bool, **terms: Any) -> Scenario:
    """Those legs, with a joint visa that is held, or that can be obtained in either of two passports."""
    free = [Admission(id=zone.lower(), zone=zone, nationalities=("US",), grant="visa_free") for zone in ("TR", "JP")]
    permissions = (Permission(id="joint", **TERMS | terms),) if held else ()
    item = Acquirable(id="joint", price=Price.parse("0"), permission=NewPermission(**TERMS | terms), source=SOURCE)
    return scenario(
        LEGS,
        travellers=(traveller("ann", "us:US", "mx:MX", permissions=permissions),),
        law=LawBook(admissions=tuple(free)),
        acquirables=() if held else (item,),
        today=date(2025, 1, 31),
    )


@pytest.mark.parametrize("held", [True, False])
def test_both_readings_break_the_same_facts(held: bool) -> None:
    seen = compare(world(held=held), {"joint-visa"}, 1500)
    assert seen["joint.ann.first_entry"] > 0
    assert seen["joint.ann.left"] > 0


def test_it_speaks_only_of_visas_that_have_such_terms() -> None:
    made = world(held=True, first_entry_in=(), ends_on_leaving=False, enter_by=date(2025, 2, 5))
    assert set(compare(made, {"joint-visa"}, 100)) == {""}


def test_copies_in_two_passports_begin_and_end_for_themselves() -> None:
    both = compare(world(held=False), {"joint-visa"}, 1500)["joint.ann.left"]
    one = compare(world(held=True), {"joint-visa"}, 1500)["joint.ann.left"]
    assert 0 < both < one


@pytest.mark.parametrize("held", [True, False])
def test_how_it_ended_and_where_that_is_written(held: bool) -> None:
    made = world(held=held, first_entry_in=())
    (rule,) = (rule for rule in rules_of(made) if isinstance(rule, JointVisa))
    applied = () if held else (Application("ann", "joint", "us", date(2025, 1, 31)),)
    stays = ("- us", "us us joint", "us us tr", "us us joint", "us - citizen:US")
    broken = list(rule.check(replay(made, itinerary("a e f h", "lll", stays, applications=applied))))
    assert [(item.how, item.fact.source) for item in broken] == [
        ("used again after the entry to TR on 2025-02-09", "" if held else SOURCE)
    ]
