"""Ports, territories, zones, legs and fares."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from attrs import field, frozen

from planner.core.money import Price
from planner.core.time import to_minutes
from planner.scenario.node import DocumentRef, Grade, LegRef, Mode, Node, Per, PortRef, State, TerritoryRef, ZoneRef


@frozen(kw_only=True)
class Port(Node):
    """Where legs start and end. `airside` None (unknown) counts as no airside transit.

    Name, territory and time zone of an airport may be left out: the reader fills them in by its IATA code.
    """

    id: PortRef
    """An IATA code, or a name of your own."""
    name: str = ""
    """What the answer calls it. Left out: by IATA code, else the id."""
    city: str = ""
    """The town that people stay in there. Left out: by IATA code."""
    territory: TerritoryRef = TerritoryRef("")
    """Where it lies; needed for ports without IATA code. Left out: by IATA code."""
    timezone: str = ""
    """Its clocks, by IANA name such as "Asia/Shanghai"; needed for ports without IATA code. Left out: by IATA code."""
    airside: bool | None = None
    """Passengers can change planes there without entering. Left out: unknown: no."""
    airside_from: time | None = None
    """Its airside area opens then (with `airside_to`). Left out: open all day."""
    airside_to: time | None = None
    """Its airside area closes then; earlier than `airside_from`: after midnight. Left out: open all day."""
    airside_on_separate_tickets: bool = False
    """Planes can be changed airside also between two tickets."""


@frozen(kw_only=True)
class Territory(Node):
    """An immigration area. `ports` overrides the country that airport tables give those ports."""

    id: TerritoryRef
    """Names it."""
    name: str = ""
    """What the answer calls it. Left out: the id."""
    ports: tuple[PortRef, ...] = ()
    """Ports that lie in it, whatever airport tables say. Left out: by country."""
    nationals: tuple[State, ...] = ()
    """Whose passports make their holder a citizen here. Left out: the state of its own id."""
    source: str = ""
    """Where this was read."""
    read_on: date | None = None
    """When it was read."""
    grade: Grade = ""
    """How good the source is."""


@frozen(kw_only=True)
class Member(Node):
    """A territory's dated membership in a zone, for some purposes.

    `permission`: one permission admits to all members, and moving between them is no crossing.
    `checks`: no border checks between members. `clock`: days of presence are pooled.
    """

    territory: TerritoryRef
    """The member."""
    from_: date | None = None
    """First date of membership. Left out: always."""
    to: date | None = None
    """Last date of membership. Left out: for good."""
    purposes: tuple[Literal["permission", "checks", "clock"], ...] = ("permission", "checks", "clock")
    """`permission`: one permission admits to all members; `checks`: no border checks between them; `clock`: days are
    counted together. Left out: all three.
    """
    modes: tuple[Mode, ...] = ()
    """For `checks`: only on such journeys. Checks that remain between members that share a permission are told in the
    plan, but no rule judges them. Left out: all.
    """


@frozen(kw_only=True)
class Zone(Node):
    """Territories that share something: one permission, borders without checks, or a day clock."""

    id: str
    """Names it."""
    name: str = ""
    """What the answer calls it. Left out: the id."""
    members: tuple[Member, ...]
    """Its territories."""
    source: str = ""
    """Where this was read."""
    read_on: date | None = None
    """When it was read."""
    grade: Grade = ""
    """How good the source is."""


@frozen(kw_only=True)
class Leg(Node):
    """A dated transport edge. Times are local wall-clock at the ports.

    `departs_utc` and `arrives_utc` (minutes) are filled in by the reader. A surface leg may name the border
    ports where its passengers leave and enter (`exit_port`, `entry_port`).
    """

    id: LegRef
    """Names it."""
    mode: Mode = "air"
    """How one travels."""
    from_: PortRef
    """Where it departs."""
    to: PortRef
    """Where it arrives."""
    departs: datetime
    """On the clocks of `from`."""
    arrives: datetime
    """On the clocks of `to`."""
    operator: str = ""
    """The airline or railway; `avoid` names it."""
    price: Price | None = None
    """The fare for this leg alone. Left out: only in fares."""
    per: Per = "traveller"
    """For whom `price` is."""
    exit_port: PortRef = PortRef("")
    """Where the passengers' papers are checked on leaving. Left out: `from`."""
    entry_port: PortRef = PortRef("")
    """Where they are checked on entering. Left out: `to`."""
    departs_utc: int = field(default=0, eq=False)
    arrives_utc: int = field(default=0, eq=False)

    def timed(self, departure_zone: str, arrival_zone: str) -> tuple[int, int]:
        """UTC minutes of departure and arrival, given the two ports' time zones."""
        return to_minutes(self.departs, departure_zone), to_minutes(self.arrives, arrival_zone)


@frozen(kw_only=True)
class Fare(Node):
    """A price for several legs together: one ticket. All its legs are travelled, in their order, or it is not used."""

    id: str
    """Names it; not the id of another fare or tour, or of a leg that has a price."""
    title: str = ""
    """What the answer calls it. Left out: the id."""
    legs: tuple[LegRef, ...]
    """In the order of travel. Of a tour with `nights_included`, legs that nothing else sells."""
    price: Price
    """For all these legs together, and for what else a tour names."""
    per: Per = "traveller"
    """For each, or for the party."""

    @property
    def label(self) -> str:
        """What people call it."""
        return self.title or self.id


@frozen(kw_only=True)
class Tour(Fare):
    """An organised tour: legs sold together with what makes the entry lawful, and perhaps the nights between them.

    It admits to `zone` (none: to nothing) on passports of `nationalities` (empty: of any state) but those in
    `refused`, with its own legs in and out.
    """

    zone: ZoneRef | None = None
    """Where it admits to, if the leg that enters, and the one that leaves, are its own."""
    nationalities: tuple[State, ...] = ()
    """Of the passport shown: whom it admits. Left out: any."""
    refused: tuple[State, ...] = ()
    """Of the passport shown: whom it does not admit."""
    book_by: date | None = None
    """Last date of booking; the passport shown must be in hand on some date up to then."""
    needs: tuple[DocumentRef, ...] = ()
    """All in hand together on some date of booking, up to the departure of the first leg."""
    capacity: int | None = None
    """Travellers that it takes. Left out: any number."""
    nights_included: bool = False
    """The nights of a visit that begins with one of its legs and ends with the next cost nothing."""


@frozen(kw_only=True)
class Touch(Node):
    """The scenario's own word on a change between two legs: it is made airside, or landside."""

    after: LegRef
    """The leg that arrives."""
    before: LegRef
    """The leg that departs."""
    mode: Literal["airside", "landside"]
    """`airside`: it is made airside, even on separate tickets or where the port does not say so (between two flights
    from and to other zones, in the port's hours); `landside`: it is made landside.
    """
