"""Default deny: the one fact per traveller and zone behind every entry that nothing admits."""

from __future__ import annotations

from planner.rules.facts import Fact, Telling
from planner.scenario.documents import Terms
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


def denial(scenario: Scenario, traveller: Traveller, zone: str) -> Fact:
    """«Nothing (else) admits this traveller to this zone.»

    Conditions of what permits (an admission's dates, transit without visa) belong to this fact too: where they
    fail, that ground admits nobody.
    """
    name = scenario.name_of(zone)
    arrivals = [leg.arrives.date() for leg in scenario.legs]
    since = scenario.uncovered_until(zone, min(arrivals, default=scenario.today))
    if since is not None:
        text = f"the rulebooks in use cover {name} only from {since} on; before, nothing admits {traveller.label} there"
    elif scenario.covers(zone):
        text = f"nothing else in this scenario or its rulebooks admits {traveller.label} to {name}"
    elif any(zone in paper.zones for paper in _papers(scenario, traveller)):
        text = f"nothing else in this scenario admits {traveller.label} to {name}, which no rulebook in use covers"
    else:
        text = f"{name} is not covered by any rulebook in use, so nothing admits {traveller.label} there"
    return Fact(
        id=f"admission.{zone}.{traveller.id}",
        text=text,
        telling=Telling.ADMISSION,
        kind="default-deny",
        place=traveller.where.place,
    )


def _papers(scenario: Scenario, traveller: Traveller) -> list[Terms]:
    """Permissions held, and those that could be acquired."""
    return [*traveller.permissions, *(item.permission for item in scenario.acquirables if item.permission)]
