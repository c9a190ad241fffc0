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
    """At least so many."""
    max: int | None = None
    """At most so many."""


@frozen(kw_only=True)
class Stop(Node):
    """A required visit, landside, to any of some ports, territories or zones.

    The visit lasts from the arrival there to the next departure to elsewhere. `arrive_by` is the latest
    arrival date, `leave_from` the earliest departure date.
    """

    id: str
    """Names it. Left out: its first place."""
    at: tuple[PlaceRef, ...]
    """Any one of these, or several of them in one visit."""
    nights: Nights = field(factory=Nights)
    """How many nights: the date of departure minus the date of arrival. Left out: any number."""
    arrive_by: date | None = None
    """Latest date of arrival."""
    leave_from: date | None = None
    """Earliest date of departure."""

    @property
    def label(self) -> str:
        """What the stop is called in messages."""
        return "/".join(self.at)

    @property
    def place(self) -> frozenset[str]:
        """`at` in any order. Stops with the same place need different visits.

        It goes by names, not by the ports there: which ports a scenario lists must not matter.
        """
        return frozenset(self.at)


@frozen(kw_only=True)
class Event(Node):
    """Something to attend at a place on given dates, registered for with a passport.

    `needs` must be in hand when booking. `booked_on` says that it is booked already, with `booked_with`.
    """

    id: str
    """Names it; some rules of rulebooks name events, so use theirs."""
    title: str = ""
    """What the answer calls it. Left out: the id."""
    at: tuple[PlaceRef, ...]
    """Where one must be, landside."""
    first_day: date
    """The first day on which one must be there: one arrives on this date or earlier."""
    last_day: date | None = None
    """The last day on which one must be there: one leaves on this date or later. Left out: `first_day`."""
    price: Price | None = None
    """What it costs. Left out: free."""
    per: Per = "traveller"
    """For each, or for the party."""
    travellers: tuple[TravellerRef, ...] = ()
    """Who wants to attend. Left out: everyone."""
    book_from: date | None = None
    """First date of booking. Left out: `today`."""
    book_by: date | None = None
    """Last date of booking. Left out: `first_day`."""
    booked_on: date | None = None
    """It is booked already, since this date; not after `today`. Left out: not yet."""
    booked_with: tuple[PassportRef, ...] = ()
    """The passports registered with: one of each traveller's. Left out: any."""
    passport_in_hand: bool = True
    """One must have the passport registered with on the day of booking."""
    needs: tuple[DocumentRef, ...] = ()
    """What else must be in hand then: ids of passports, permissions and acquirables, kinds of certificates."""

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
    """Not even airside."""
    operators: tuple[str, ...] = ()
    """As the legs write them. One by whom there is no leg is only noted by `plan check`, but a misspelt one is an
    error.
    """
    ports: tuple[PortRef, ...] = ()
    """Neither for departing or arriving nor as a border port."""


@frozen(kw_only=True)
class Connections(Node):
    """Minimum minutes between arriving and leaving at the same port: on one ticket, or changing tickets."""

    same_ticket: int = 0
    """Minutes, where one ticket covers both legs."""
    self_transfer: int = 0
    """Minutes, where two tickets meet."""
    ports: dict[str, int] = field(factory=dict)
    """Minutes instead of both, by port: `{ PEK = 120 }`."""


@frozen(kw_only=True)
class NightlyCost(Node):
    """What a night at some place costs. A night is counted for each visit, at the place stayed at."""

    at: tuple[PlaceRef, ...]
    """Where; the first entry that names the place of a night counts."""
    price: Price
    """For one night."""
    per: Per = "traveller"
    """For each, or for the party (a room for everybody)."""


@frozen(kw_only=True)
class Trip(Node):
    """The journey wanted. Dates are civil: departure at the first port, return at the last."""

    start: PortRef
    """Where everybody is, before and when it begins."""
    end: PortRef = PortRef("")
    """Where it ends. Left out: `start`."""
    depart_from: date | None = None
    """First date of the first departure."""
    depart_by: date | None = None
    """Last date of the first departure."""
    return_by: date | None = None
    """Last date of the last arrival."""
    stops: tuple[Stop, ...] = ()
    """Somewhere to go, landside. A stop lasts from the arrival there to the departure to somewhere else."""
    ordered: bool = False
    """Stops are made in the order of the file."""
    events: tuple[Event, ...] = ()
    """Something to attend, booked beforehand with a passport: a race, a tour, a conference."""
    budget: Price | None = None
    """What the whole trip may cost, for everybody, papers included."""
    avoid: Avoid = field(factory=Avoid)
    """What the journey must not use. Left out: nothing."""
    connections: Connections = field(factory=Connections)
    """The least number of minutes between arriving at a port and leaving from it. Left out: any time will do."""
    nightly: tuple[NightlyCost, ...] = ()
    """What nights cost, place by place. Left out: nights are free."""

    @property
    def goal(self) -> PortRef:
        """The port where the journey ends."""
        return self.end or self.start
