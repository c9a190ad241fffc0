"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.core.period import Period
from planner.rules.kinds.conditional_waiver import ConditionalWaiver
from planner.rules.showing import Paper
from planner.scenario.documents import Acquirable, LeadTime, NewPermission
from planner.scenario.people import Permission
from tests.itinerary.builders import leg, price, traveller
from tests.rules.judging import certificate, journey, told, world
from tests.rules.plainly import heard, refusal

# To Paris, and from there to Istanbul and back: two entries to the Schengen area.
LEGS = (
    leg("in", "JFK-CDG", "2025-02-01 10:00", "2025-02-01 22:00"),
    leg("off", "CDG-IST", "2025-02-05 10:00", "2025-02-05 15:00"),
    leg("back", "IST-VIE", "2025-02-09 10:00", "2025-02-09 12:00"),
)
US_VISA = Paper(zones=("US",), types=("visa",), multiple=True)
WAIVER = ConditionalWaiver(id="waiver", zone="SCHENGEN", papers=(US_VISA,), certificates=("letter",))
NEW_VISA = Acquirable(
    id="visa", price=price("9"), lead=LeadTime(days=3), permission=NewPermission(zone="US", enter_within=Period(30))
)


def broken(*held: Permission, obtained: Acquirable | None = None, on: date = date(2025, 1, 20), **more: Any) -> int:
    """How many of the two entries break the waiver."""
    question = world(
        evolve(WAIVER, **more),
        LEGS,
        end="VIE",
        travellers=(traveller("ann", permissions=held),),
        acquirables=(obtained,) if obtained else (),
    )
    applied = {obtained.id: on} if obtained else {}
    return len(told(journey(question, "in off back", "ll", "us", "us", "us", "us", applied=applied)))


def test_the_paper_must_be_good_at_each_entry() -> None:
    assert broken() == 2
    assert broken(Permission(id="v", zone="US")) == 0
    assert broken(Permission(id="v", zone="US", enter_by=date(2025, 2, 8))) == 1
    assert broken(Permission(id="v", zone="US", valid_from=date(2025, 2, 2))) == 1
    assert broken(Permission(id="v", zone="US", entries=1)) == 2
    assert broken(Permission(id="v", zone="CA", with_zones=("US",))) == 0


def test_any_of_the_papers_will_do_and_types_count() -> None:
    assert broken(Permission(id="v", zone="US", type="electronic")) == 2
    residence = Paper(zones=("JP", "US"), types=("residence",))
    assert broken(Permission(id="v", zone="JP", type="residence"), papers=(US_VISA, residence)) == 0
    assert broken(obtained=certificate("letter")) == 0
    assert broken(Permission(id="v", zone="US", type="residence"), unless=(residence,), papers=()) == 0


@pytest.mark.parametrize(
    ("applied", "count"),
    [
        (date(2025, 1, 29), 0),  # ready on the day of check-in
        (date(2025, 1, 30), 1),  # a day too late for the first entry
        (date(2025, 1, 7), 0),  # ready on 10 January: for entries until 9 February
        (date(2025, 1, 6), 1),
    ],
)
def test_one_that_is_obtained_is_ready_at_check_in_and_lasts_until_the_entry(applied: date, count: int) -> None:
    papers = (evolve(US_VISA, multiple=False),)
    assert broken(obtained=NEW_VISA, on=applied, papers=papers) == count


def test_bounds_hear_of_the_days_without_the_certificate_held() -> None:
    rule = '[[rules]]\nkind = "conditional-waiver"\nid = "waiver"\nzone = "BB"\ncertificates = ["card"]\n'
    held = '[[travellers]]\nid = "t"\ncertificates = [{ kind = "card", valid_to = 2025-06-01 }]\n'
    assert heard("conditional-waiver", rule, held) == [refusal("waiver.t", "BB 0602-0610")]
