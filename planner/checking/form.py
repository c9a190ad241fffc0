"""A plan as a file says it: what `plan FILE --format json` writes, or a part of that by hand (docs/verify.md)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen

from planner.core.money import Price
from planner.scenario.node import Currency, LegRef, Mode, Node, Per, PortRef
from planner.scenario.travel import Fare


@frozen(kw_only=True)
class TimedLeg(Node):
    """A leg with its times. One that the scenario lists is compared with it; one that it does not list is taken in."""

    leg: LegRef
    """Its id."""
    mode: Mode | None = None
    """How one travels. Left out: by air."""
    operator: str | None = None
    """The airline or railway."""
    from_: PortRef | None = None
    """Where it departs."""
    to: PortRef | None = None
    """Where it arrives."""
    departs: str = ""
    """On the clocks of `from`, with or without the offset from UTC."""
    arrives: str = ""
    """On the clocks of `to`."""
    price: Price | None = None
    """The fare for this leg alone. Left out: a ticket covers it."""
    per: Per = "traveller"
    """For whom `price` is."""
    exit_port: PortRef = PortRef("")
    """Where papers are checked on leaving. Left out: `from`."""
    entry_port: PortRef = PortRef("")
    """Where they are checked on entering. Left out: `to`."""


@frozen(kw_only=True)
class Change(Node):
    """How two legs that follow each other are joined."""

    after: LegRef
    """The leg that arrives."""
    before: LegRef
    """The leg that departs."""
    mode: Literal["airside", "landside"]
    """Whether one stays airside."""


@frozen(kw_only=True)
class Desk(Node):
    """What one traveller shows where a zone is left or entered."""

    traveller: str = ""
    """Who. Left out: the only traveller."""
    leg: LegRef
    """The leg that leaves or enters."""
    direction: Literal["exit", "entry"]
    """Which of both."""
    passport: str | None = None
    """The id of the passport shown."""
    permission: str | None = None
    """What an entry rests on: id of a permission, acquirable, admission or rule, or `citizen:XX`."""
    date: date | None = None
    """If given, it must be so."""
    port: str | None = None
    """The border port. If given, it must be so."""
    zone: str | None = None
    """The permission zone left or entered. If given, it must be so."""


@frozen(kw_only=True)
class Paper(Node):
    """Something applied for."""

    traveller: str = ""
    """For whom. Left out: the only traveller."""
    id: str
    """Of the acquirable."""
    passport: str = ""
    """The one it is issued in, if it is issued in one."""
    apply_on: date
    """When."""


@frozen(kw_only=True)
class Booked(Node):
    """An event or a tour booked. A tour is bought like a ticket as well, in `fares`."""

    traveller: str = ""
    """For whom. Left out: the only traveller."""
    event: str = ""
    """Id of the event."""
    tour: str = ""
    """Id of the tour."""
    passport: str = ""
    """The one registered with."""
    book_on: date
    """When."""


@frozen(kw_only=True)
class Amount(Node):
    """An amount of money."""

    amount: str
    """With its decimals, as a text."""
    currency: Currency
    """Three capital letters."""


@frozen(kw_only=True)
class BookEdition(Node):
    """The edition of a rulebook that a saved plan was made with."""

    id: str
    """Of the rulebook."""
    digest: str
    """Of all that it said."""
    read_on: date | None = None
    """The last date on which anything in it was read."""
    entries: dict[str, str] = field(factory=dict)
    """A digest of each entry, by its table and id."""


@frozen(kw_only=True)
class RestsOn(Node):
    """What a saved plan was made with."""

    scenario: str = ""
    """Digest of the scenario's file."""
    editions: tuple[BookEdition, ...] = ()
    """Of the rulebooks in use."""


@frozen(kw_only=True)
class ReadingSaid(Node):
    """The answer used where sources disagree."""

    id: str
    """Of the reading."""
    answer: str
    """The one used."""


@frozen(kw_only=True)
class PlanFile(Node):
    """A plan: what `legs` or `timetable` name is travelled, with these papers."""

    format: int = 1
    """Version of the form."""
    planner: str = ""
    """The version that saved it. Left out: it is written by hand."""
    zone_data: str = ""
    """Version of the time-zone data then."""
    title: str = ""
    """What it is called."""
    today: date | None = None
    """The day on which it was made: nothing in it was done before. Left out: the scenario's."""
    status: Literal["optimal", "feasible", "infeasible", "undecided", ""] = ""
    """Of a saved answer."""
    travellers: tuple[str, ...] = ()
    """Ids of those who travel. Left out: all of the scenario."""
    legs: tuple[LegRef, ...] | None = None
    """Ids of the legs in order of travel. Left out: those of `timetable`."""
    timetable: tuple[TimedLeg, ...] = ()
    """Legs with their times: all that the scenario does not list, and as many others as you like."""
    fares: tuple[str, ...] | None = None
    """Ids of the tickets and tours bought; a leg's own fare has the leg's id. Left out: each ticket of `tickets`, and
    for any other leg its own fare.
    """
    tickets: tuple[Fare, ...] = ()
    """Tickets for several legs that the scenario does not list."""
    touches: tuple[Change, ...] = ()
    """Changes between legs. Left out: landside."""
    crossings: tuple[Desk, ...] = ()
    """What is shown at each border."""
    documents: tuple[Paper, ...] = ()
    """What is applied for."""
    bookings: tuple[Booked, ...] = ()
    """Events booked."""
    cost: Amount | None = None
    """What it costs the whole party. If given, it is compared."""
    readings: tuple[ReadingSaid, ...] = ()
    """Of a saved answer."""
    rulebooks: tuple[str, ...] = ()
    """Of a saved answer: ids of the rulebooks in use."""
    rests_on: RestsOn | None = None
    """Of a saved answer: the editions of the rulebooks."""
