"""What people would call the same trip: its route, its dates, and the passports and permissions it uses."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from attrs import frozen

from planner.itinerary.journey import Journey
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
class Admitted:
    """A traveller let into a zone, at any of its entries, on a passport and a ground."""

    traveller: str
    zone: str
    passport: str
    ground: str


Character: TypeAlias = frozenset[Way | Admitted]


def character(journey: Journey) -> Character:
    """What a journey is to people: ways on dates, and papers.

    Which of several legs of a way is taken makes no difference, nor which of two entries rests on which of two papers,
    nor which passport is shown on leaving, nor when papers are applied for. Empty for a journey without legs.
    """
    entries = (
        Admitted(stay.traveller, stay.zone, stay.passport, stay.ground)
        for stays in journey.stays.values()
        for stay in stays
        if stay.entry is not None
    )
    return frozenset([*map(Way.of, journey.legs), *entries])


def alike(known: Character, other: Character) -> bool:
    """Whether people would call a trip the same as a known one: the same ways, and the same papers or needless more."""
    return known <= other and all(part in known for part in other if isinstance(part, Way))


def door_to_door(journey: Journey) -> int:
    """Minutes from the first departure to the last arrival; 0 if nobody travels."""
    return journey.legs[-1].arrives_utc - journey.legs[0].departs_utc if journey.legs else 0
