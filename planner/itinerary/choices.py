"""The decisions that make an itinerary; everything else follows from them and the scenario."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen

TouchMode = Literal["airside", "landside"]


@frozen
class StayChoice:
    """What one traveller shows for one stay: passports at entry and at exit, and the ground the entry rests on.

    The stay at the start of the journey has no entry: its `passport` and `ground` are "". An entry that nothing
    admits has ground "". The last stay has no exit: its `exit_passport` is "".
    """

    passport: str
    exit_passport: str
    ground: str = ""


@frozen
class Application:
    """An acquirable applied for: by whom, in which passport ("" if it belongs to none), on which civil date."""

    traveller: str
    acquirable: str
    passport: str
    on: date


@frozen
class Booking:
    """An event booked: for whom, registered with which passport, on which civil date."""

    traveller: str
    event: str
    passport: str
    on: date


@frozen
class Itinerary:
    """All decisions. `touches[i]` is the change between `legs[i]` and `legs[i + 1]`.

    `stays[traveller]` has one choice for each stay in order: that at the start, then one for each entry.
    `fares` are the tickets bought; together they cover each leg exactly once.
    """

    legs: tuple[str, ...] = ()
    touches: tuple[TouchMode, ...] = ()
    fares: tuple[str, ...] = ()
    stays: dict[str, tuple[StayChoice, ...]] = field(factory=dict)
    applications: tuple[Application, ...] = ()
    bookings: tuple[Booking, ...] = ()
