"""An itinerary replayed: where everybody is when, what is crossed, and what is shown there.

Times are UTC minutes, days are civil dates at the port named with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from attrs import evolve, field, frozen

from planner.itinerary.choices import Application, Booking, Itinerary, TouchMode
from planner.itinerary.ready import ready_date
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg


@frozen(kw_only=True)
class Visit:
    """Landside presence at a port between two legs. Open at the journey's start and end (None).

    For a visit to a larger place (`Journey.visits_to`), `port` and `territory` are those where it begins.
    """

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
class Run:
    """A longest stretch of legs with airside changes between them."""

    legs: tuple[Leg, ...]
    touches: tuple[Touch, ...]  # all airside

    @property
    def ports(self) -> tuple[str, ...]:
        """Every port passed, from the departure to the last arrival."""
        return (self.legs[0].from_, *(leg.to for leg in self.legs))


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
    territory: str  # where the leg departs (exit) or arrives (entry)
    zone: str  # the permission zone of that territory on that date
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
    """A replayed itinerary.

    `cost` is the whole cost in minor units, put in by the checker before it asks the rules; None until then.
    """

    scenario: Scenario = field(repr=False)
    itinerary: Itinerary
    legs: tuple[Leg, ...]
    touches: tuple[Touch, ...]
    visits: tuple[Visit, ...]  # landside, in order; the first and the last are open
    stays: dict[str, tuple[Stay, ...]] = field(factory=dict)
    cost: int | None = None

    # ---- where the party is

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs in order: `runs[i]` leads from `visits[i]` to `visits[i + 1]`."""
        return tuple(runs_of(self.legs, self.touches))

    def visits_to(self, places: Iterable[str]) -> tuple[Visit, ...]:
        """Visits to a place (ports, territories, zones together), in order.

        Moves wholly inside the place, airside stops included, do not end a visit.
        """
        ports, runs = self.scenario.ports_at(places), self.runs
        found: list[Visit] = []
        stayed_inside = False
        for index, visit in enumerate(self.visits):
            if visit.port in ports:
                if stayed_inside:
                    found[-1] = evolve(
                        found[-1], departs=visit.departs, departs_on=visit.departs_on, outbound=visit.outbound
                    )
                else:
                    found.append(visit)
            stayed_inside = index < len(runs) and ports.issuperset(runs[index].ports)
        return tuple(found)

    def party_at(self, day: date) -> frozenset[str]:
        """Ports where the party is landside at some time of a civil date there.

        Before the journey that is its first port, after its end the last one.
        """
        return frozenset(
            visit.port
            for visit in self.visits
            if (visit.arrives_on is None or visit.arrives_on <= day)
            and (visit.departs_on is None or day <= visit.departs_on)
        )

    # ---- papers

    def applications(self, traveller: str) -> tuple[Application, ...]:
        """One traveller's applications."""
        return tuple(a for a in self.itinerary.applications if a.traveller == traveller)

    def bookings(self, traveller: str) -> tuple[Booking, ...]:
        """One traveller's bookings."""
        return tuple(b for b in self.itinerary.bookings if b.traveller == traveller)

    def ready(self, application: Application) -> date:
        """The civil date from 00:00 of which what was applied for is usable."""
        return ready_date(self.scenario, application)

    def fetched(self, application: Application, by: int) -> bool:
        """Whether what was applied for has been fetched when a leg departs at `by` (UTC minutes).

        True where nothing has to be fetched. Else the party was landside at a place where it is handed over, on or
        after the ready date, and left there by that time.
        """
        places = self.scenario.acquirable_by_id[application.acquirable].handed_over_in
        if not places:
            return True
        ports, ready = self.scenario.ports_at(places), self.ready(application)
        return any(
            visit.port in ports and visit.departs <= by and visit.departs_on >= ready
            for visit in self.visits
            if visit.departs is not None and visit.departs_on is not None
        )


def runs_of(legs: tuple[Leg, ...], touches: tuple[Touch, ...]) -> Iterator[Run]:
    """Cut legs into runs at the landside changes; `touches[i]` is the change after `legs[i]`."""
    first = 0
    for index in range(len(legs)):
        if index == len(touches) or touches[index].mode == "landside":
            yield Run(legs=legs[first : index + 1], touches=touches[first:index])
            first = index + 1
