"""An itinerary replayed: where everybody is when, what is crossed, and what is shown there.

Times are UTC minutes, days are civil dates at the port named with them.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen

from planner.itinerary.choices import Application, Booking, Itinerary, TouchMode
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg


@frozen(kw_only=True)
class Visit:
    """Landside presence at a port between two legs. Open at the journey's start and end (None)."""

    port: str
    territory: str
    arrives: int | None  # UTC minutes
    arrives_on: date | None
    departs: int | None
    departs_on: date | None
    inbound: Leg | None
    outbound: Leg | None

    @property
    def nights(self) -> int:
        """Nights from arrival's to departure's local date; 0 where one of them is open."""
        if self.arrives_on is None or self.departs_on is None:
            return 0
        return (self.departs_on - self.arrives_on).days


@frozen(kw_only=True)
class Touch:
    """A change between two legs at a port."""

    port: str
    territory: str
    mode: TouchMode
    inbound: Leg
    outbound: Leg


@frozen(kw_only=True)
class CheckIn:
    """Where and when the papers for a stay are checked before travelling to it."""

    port: str
    at: int  # UTC minutes of the departure there
    on: date
    leg: Leg


@frozen(kw_only=True)
class Crossing:
    """Leaving or entering a zone at a border."""

    direction: Literal["exit", "entry"]
    port: str  # the border port: the leg's exit or entry port, or where it departs or arrives
    territory: str
    zone: str
    at: int
    on: date
    leg: Leg
    checked: bool  # False at borders without checks


@frozen(kw_only=True)
class Stay:
    """One traveller's time in one zone, from an entry to the next exit.

    The stay at the start has no `entry`, the last one no `exit`. `previous` and `following` are the territories
    of the ports before and after, airside stops included (None where there is none). `airside` are the airside
    touches on the way in. `last_on` is the last civil date of presence known: the exit's, or for the last stay
    the arrival date of the journey's last leg.
    """

    index: int
    traveller: str
    zone: str
    passport: str  # shown at entry, "" for the stay at the start
    exit_passport: str  # shown at exit, "" for the last stay
    ground: str
    entry: Crossing | None
    exit: Crossing | None
    check_in: CheckIn | None
    previous: str | None
    following: str | None
    airside: tuple[Touch, ...] = ()
    airside_out: tuple[Touch, ...] = ()  # on the way out
    visits: tuple[Visit, ...] = ()
    last_on: date | None = None
    last_at: int | None = None

    @property
    def entry_on(self) -> date | None:
        """Civil date of entry, at the port of entry."""
        return self.entry.on if self.entry else None

    @property
    def exit_on(self) -> date | None:
        """Civil date of exit, at the port of exit."""
        return self.exit.on if self.exit else None


@frozen(kw_only=True)
class Journey:
    """A replayed itinerary."""

    scenario: Scenario
    itinerary: Itinerary
    legs: tuple[Leg, ...]
    touches: tuple[Touch, ...]
    visits: tuple[Visit, ...]  # landside, in order; the first and the last are open
    stays: dict[str, tuple[Stay, ...]] = field(factory=dict)

    def applications(self, traveller: str) -> tuple[Application, ...]:
        """One traveller's applications."""
        return tuple(a for a in self.itinerary.applications if a.traveller == traveller)

    def bookings(self, traveller: str) -> tuple[Booking, ...]:
        """One traveller's bookings."""
        return tuple(b for b in self.itinerary.bookings if b.traveller == traveller)
