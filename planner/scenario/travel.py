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
    name: str = ""
    city: str = ""  # the town people say they stay in
    territory: TerritoryRef = TerritoryRef("")
    timezone: str = ""  # IANA name
    airside: bool | None = None
    airside_from: time | None = None  # open hours, local; None: all day
    airside_to: time | None = None
    airside_on_separate_tickets: bool = False


@frozen(kw_only=True)
class Territory(Node):
    """An immigration area. `ports` overrides the country that airport tables give those ports."""

    id: TerritoryRef
    name: str = ""
    ports: tuple[PortRef, ...] = ()
    nationals: tuple[State, ...] = ()  # states whose passports make their holder a citizen here; empty: its own id
    source: str = ""
    read_on: date | None = None
    grade: Grade = ""


@frozen(kw_only=True)
class Member(Node):
    """A territory's dated membership in a zone, for some purposes.

    `permission`: one permission admits to all members, and moving between them is no crossing.
    `checks`: no border checks between members. `clock`: days of presence are pooled.
    """

    territory: TerritoryRef
    from_: date | None = None
    to: date | None = None
    purposes: tuple[Literal["permission", "checks", "clock"], ...] = ("permission", "checks", "clock")
    modes: tuple[Mode, ...] = ()  # for `checks`: only borders crossed so; empty: all


@frozen(kw_only=True)
class Zone(Node):
    """Territories that share something: one permission, borders without checks, or a day clock."""

    id: str
    name: str = ""
    members: tuple[Member, ...]
    source: str = ""
    read_on: date | None = None
    grade: Grade = ""


@frozen(kw_only=True)
class Leg(Node):
    """A dated transport edge. Times are local wall-clock at the ports.

    `departs_utc` and `arrives_utc` (minutes) are filled in by the reader. A surface leg may name the border
    ports where its passengers leave and enter (`exit_port`, `entry_port`).
    """

    id: LegRef
    mode: Mode = "air"
    from_: PortRef
    to: PortRef
    departs: datetime
    arrives: datetime
    operator: str = ""
    price: Price | None = None  # a fare for this leg alone
    per: Per = "traveller"
    exit_port: PortRef = PortRef("")
    entry_port: PortRef = PortRef("")
    departs_utc: int = field(default=0, eq=False)
    arrives_utc: int = field(default=0, eq=False)

    def timed(self, departure_zone: str, arrival_zone: str) -> tuple[int, int]:
        """UTC minutes of departure and arrival, given the two ports' time zones."""
        return to_minutes(self.departs, departure_zone), to_minutes(self.arrives, arrival_zone)


@frozen(kw_only=True)
class Fare(Node):
    """A price for several legs together: one ticket. All its legs are travelled, in their order, or it is not used."""

    id: str
    title: str = ""
    legs: tuple[LegRef, ...]
    price: Price
    per: Per = "traveller"

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
    nationalities: tuple[State, ...] = ()
    refused: tuple[State, ...] = ()
    book_by: date | None = None
    needs: tuple[DocumentRef, ...] = ()  # in hand when it is booked: by `book_by`, else by the first departure
    capacity: int | None = None  # travellers
    nights_included: bool = False  # those between one of its legs and the next


@frozen(kw_only=True)
class Touch(Node):
    """The scenario's own word on a change between two legs: it is made airside, or landside."""

    after: LegRef
    before: LegRef
    mode: Literal["airside", "landside"]
