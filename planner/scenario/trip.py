"""What the travellers want: where from and to, when, stops, events, budget, what to avoid."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from planner.core.money import Price
from planner.scenario.node import DocumentRef, Node, PassportRef, Per, PlaceRef, PortRef, TravellerRef


@frozen(kw_only=True)
class Nights(Node):
    """Least and greatest number of nights, from arrival's local date to departure's."""

    min: int | None = None
    max: int | None = None


@frozen(kw_only=True)
class Stop(Node):
    """A required visit, landside, to any of some ports, territories or zones.

    The visit lasts from the arrival there to the next departure to elsewhere. `arrive_by` is the latest
    arrival date, `leave_from` the earliest departure date.
    """

    id: str
    at: tuple[PlaceRef, ...]
    nights: Nights = field(factory=Nights)
    arrive_by: date | None = None
    leave_from: date | None = None  # not before this date

    @property
    def label(self) -> str:
        """What the stop is called in messages."""
        return "/".join(self.at)


@frozen(kw_only=True)
class Event(Node):
    """Something to attend at a place on given dates, registered for with a passport.

    `needs` must be in hand when booking. `booked_on` says that it is booked already, with `booked_with`.
    """

    id: str
    title: str = ""
    at: tuple[PlaceRef, ...]
    first_day: date
    last_day: date | None = None  # None: one day
    price: Price | None = None
    per: Per = "traveller"
    travellers: tuple[TravellerRef, ...] = ()  # who wants to attend; empty: everyone
    book_from: date | None = None
    book_by: date | None = None
    booked_on: date | None = None
    booked_with: tuple[PassportRef, ...] = ()  # one of each traveller's passports
    passport_in_hand: bool = True  # the passport registered with must be in hand when booking
    needs: tuple[DocumentRef, ...] = ()

    @property
    def label(self) -> str:
        """What people call it."""
        return self.title or self.id

    @property
    def end(self) -> date:
        """The last date of the event."""
        return self.last_day or self.first_day


@frozen(kw_only=True)
class Avoid(Node):
    """What the journey must not use. Avoiding a territory means not touching it, not even airside."""

    territories: tuple[PlaceRef, ...] = ()
    operators: tuple[str, ...] = ()
    ports: tuple[PortRef, ...] = ()


@frozen(kw_only=True)
class Connections(Node):
    """Minimum minutes between arriving and leaving at the same port: on one ticket, or changing tickets."""

    same_ticket: int = 0
    self_transfer: int = 0
    ports: dict[str, int] = field(factory=dict)  # port -> minutes, instead of both


@frozen(kw_only=True)
class NightlyCost(Node):
    """What a night at some place costs. A night is counted for each visit, at the place stayed at."""

    at: tuple[PlaceRef, ...]
    price: Price
    per: Per = "traveller"


@frozen(kw_only=True)
class Trip(Node):
    """The journey wanted. Dates are civil: departure at the first port, return at the last."""

    start: PortRef
    end: PortRef = PortRef("")  # empty: back to the start
    depart_from: date | None = None
    depart_by: date | None = None
    return_by: date | None = None
    stops: tuple[Stop, ...] = ()
    ordered: bool = False  # stops in the order of the file
    events: tuple[Event, ...] = ()
    budget: Price | None = None
    avoid: Avoid = field(factory=Avoid)
    connections: Connections = field(factory=Connections)
    nightly: tuple[NightlyCost, ...] = ()

    @property
    def goal(self) -> PortRef:
        """The port where the journey ends."""
        return self.end or self.start
