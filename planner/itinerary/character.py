"""What people would call the same trip: its route, its dates, and the papers it needs."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from attrs import frozen

from planner.itinerary.journey import Journey
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg


@frozen
class Way:
    """From one port to another by a mode of transport, leaving on a civil date there. Legs of one way are alike."""

    from_: str
    to: str
    mode: str
    on: date

    @classmethod
    def of(cls, leg: Leg) -> Way:
        """The way of a leg."""
        return cls(leg.from_, leg.to, leg.mode, leg.departs.date())


@frozen
class Paper:
    """A passport or permission that a traveller is let in on, or something that they apply for."""

    traveller: str
    id: str


Character: TypeAlias = frozenset[Way | Paper]


def character(journey: Journey) -> Character:
    """What a journey is to people: ways on dates, and papers.

    Which of several legs of a way is taken makes no difference, nor where and when which of the papers is used, nor
    which passport is shown on leaving, nor what one is admitted on without a paper. Empty for a journey without legs.
    """
    used = {
        Paper(stay.traveller, id_)
        for stays in journey.stays.values()
        for stay in stays
        if stay.entry is not None
        for id_ in (stay.passport, stay.ground)
        if id_ == stay.passport or is_paper(journey.scenario, stay.traveller, id_)
    }
    applied = {Paper(application.traveller, application.acquirable) for application in journey.itinerary.applications}
    return frozenset([*map(Way.of, journey.legs), *used, *applied])


def is_paper(scenario: Scenario, traveller: str, ground: str) -> bool:
    """Whether what an entry rests on is a permission that the traveller holds, or one that can be applied for."""
    held = scenario.traveller_by_id[traveller].permissions
    return ground in scenario.acquirable_by_id or any(permission.id == ground for permission in held)


def alike(known: Character, other: Character) -> bool:
    """Whether people would call a trip the same as a known one: the same ways, and the same papers or needless more."""
    return known <= other and all(part in known for part in other if isinstance(part, Way))


def door_to_door(journey: Journey) -> int:
    """Minutes from the first departure to the last arrival; 0 if nobody travels."""
    return journey.legs[-1].arrives_utc - journey.legs[0].departs_utc if journey.legs else 0
