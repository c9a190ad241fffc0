"""The scenario as a whole: a question with everything needed to answer it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain, pairwise
from typing import Any

from attrs import define, field, frozen

from planner.core.countries import country_names
from planner.core.money import Price, to_minor
from planner.scenario.documents import Acquirable
from planner.scenario.law import BaseUsed, LawBook
from planner.scenario.node import LegRef, Node, Per, PlaceRef
from planner.scenario.people import Traveller
from planner.scenario.repairs import Repairs
from planner.scenario.tickets import Tickets
from planner.scenario.timetable import Timetable
from planner.scenario.travel import Fare, Leg, Member, Port, Territory, Touch, Tour, Zone
from planner.scenario.trip import Trip


@frozen(kw_only=True)
class Rates(Node):
    """What one unit of each currency is worth in the scenario's currency, on a date."""

    date: date
    """The day of these rates, so that you know later. It may lie before or after `today`: nothing is computed from
    it.
    """
    values: dict[str, Decimal] = field(factory=dict)
    """What one unit of each currency is worth in the file's `currency`, by currency: `{ EUR = 1.04 }`."""


@define(frozen=True, slots=False, kw_only=True)
class Scenario(Node):
    """One question. Made by `planner.load`; every reference in it resolves.

    `legs` are in file order and carry UTC times: those written one by one, then those of schedules, then the rows of
    tables that a fare or a change names. `fares` hold a ticket for every priced leg (its id is the
    leg's) and those for several legs. `timetable` holds further legs as columns; canonically they come after
    `legs`. `departures_end` is the last departure's date where legs were left out of the scenario. `law` is the
    merged law: the rulebooks' entries and the scenario's own. `acquirables` are those of the scenario and those of
    the rulebooks that `may_obtain` lists; `offered` are further ones of the rulebooks, of those whose price can be
    converted, and `offered_ports` the ports that only those name. `beside` holds rules that are no part of the question
    (see `planner.rules.eased`).
    """

    title: str = ""
    today: date
    currency: str
    rates: Rates | None = None
    rulebooks: tuple[str, ...] = ()
    readings: dict[str, str] = field(factory=dict)
    travellers: tuple[Traveller, ...]
    acquirables: tuple[Acquirable, ...] = ()
    may_obtain: tuple[str, ...] = ()
    offered: tuple[Acquirable, ...] = ()
    offered_ports: dict[str, Port] = field(factory=dict, eq=False, repr=False)
    legs: tuple[Leg, ...] = ()
    fares: tuple[Fare, ...] = ()
    touches: tuple[Touch, ...] = ()
    trip: Trip
    repairs: Repairs = field(factory=Repairs)
    timetable: Timetable | None = field(default=None, eq=False, repr=False)
    tickets: Tickets | None = field(default=None, eq=False, repr=False)
    departures_end: date | None = None
    law: LawBook = LawBook()
    covered: frozenset[str] = frozenset()  # territories that the law in force speaks about
    covered_since: dict[str, date] = field(factory=dict)  # of these, where it does not for all time
    base: BaseUsed | None = None  # what the imported base adds to the law; None: nothing
    ports: dict[str, Port] = field(factory=dict)  # every port a leg or place names, by id
    since: date | None = None  # from when on a plan was under way, if that is before `today`; only for checking
    digest: str = field(default="", eq=False, repr=False)  # of what its file says; "" if it was not read from one
    set_aside: frozenset[str] = frozenset()  # ids of facts that do not count (see planner.rules.aside)
    beside: tuple[Any, ...] = field(default=(), eq=False, repr=False)

    # ---- money

    def minor(self, price: Price | None) -> int:
        """A price in minor units of the scenario's currency, converted once and rounded half to even."""
        if price is None:
            return 0
        amount = price.amount
        if price.currency and price.currency != self.currency:
            assert self.rates is not None, "the reader requires a rate"
            amount *= self.rates.values[price.currency]
        return to_minor(amount, self.currency)

    def for_party(self, price: Price | None, per: Per) -> int:
        """What the whole party pays for something priced per traveller or per party, in minor units."""
        return self.minor(price) * (len(self.travellers) if per == "traveller" else 1)

    # ---- people and papers

    @cached_property
    def traveller_by_id(self) -> dict[str, Traveller]:
        """Travellers by id."""
        return {t.id: t for t in self.travellers}

    @cached_property
    def leg_by_id(self) -> dict[str, Leg]:
        """Legs by id."""
        return {leg.id: leg for leg in self.legs}

    @cached_property
    def fare_by_id(self) -> dict[str, Fare]:
        """Fares by id."""
        return {fare.id: fare for fare in self.fares}

    @property
    def begun(self) -> date:
        """The first date on which anything could be applied for, booked or filled in: `since`, else `today`."""
        return self.today if self.since is None else self.since

    @cached_property
    def last_departure(self) -> date:
        """The last civil date on which any leg departs, as seen at its port; `today` if there is no leg."""
        days = [leg.departs.date() for leg in self.legs]
        if self.departures_end is not None:
            days.append(self.departures_end)
        if self.timetable is not None and len(self.timetable):
            days.append(date.fromordinal(self.timetable.last_departure))
        return max(days, default=self.today)

    @cached_property
    def acquirable_by_id(self) -> dict[str, Acquirable]:
        """Acquirables by id."""
        return {a.id: a for a in self.acquirables}

    def state_of(self, traveller: Traveller, passport: str) -> str:
        """The state of a passport the traveller holds or could acquire; "" for no passport."""
        held = (book.state for book in traveller.passports if book.id == passport)
        new = (a.passport.state for a in self.acquirables if a.passport is not None and a.passport.id == passport)
        return next(chain(held, new), "")

    # ---- places

    def territory_of(self, port: str) -> str:
        """The territory a port belongs to."""
        return self.ports[port].territory

    @cached_property
    def tours(self) -> tuple[Tour, ...]:
        """The organised tours among the fares."""
        return tuple(fare for fare in self.fares if isinstance(fare, Tour))

    def included(self, inbound: str, outbound: str) -> bool:
        """Whether a tour that includes nights sells a leg and, as its next one, another."""
        return any(
            (LegRef(inbound), LegRef(outbound)) in pairwise(tour.legs) for tour in self.tours if tour.nights_included
        )

    def name_of(self, place: str) -> str:
        """A place's name for people, or its id."""
        if place in self.ports:
            return self.ports[place].name or place
        areas: tuple[Territory | Zone, ...] = (*self.law.territories, *self.law.zones)
        named = next((area.name for area in areas if area.id == place and area.name), None)
        return named or country_names().get(place, place)

    def town_of(self, place: str) -> str:
        """Where somebody stays who stops at a place: a port's city, if it is known, else the place's name."""
        port = self.ports.get(place)
        return (port.city if port else "") or self.name_of(place)

    def covers(self, zone: str) -> bool:
        """Whether the law in force speaks about a territory, or about a member of a zone."""
        members = {member.territory for item in self.law.zones if item.id == zone for member in item.members}
        return zone in self.covered or bool(members & self.covered)

    def uncovered_until(self, zone: str, first: date) -> date | None:
        """The date from which the law in force speaks about a territory or zone, if that is after a first one."""
        since = self.covered_since.get(zone)
        return since if since is not None and first < since else None

    def permission_zone(self, territory: str, day: date) -> str:
        """The zone whose permission is needed in a territory on a civil date there: a zone's id, or its own."""
        return self._zone_for("permission", territory, day) or territory

    def in_clock(self, zone: str, territory: str, day: date) -> bool:
        """Whether presence in a territory on a date counts on the zone's day clock."""
        return territory == zone or any(
            "clock" in member.purposes and _within(member, day) for member in self.members(zone, territory)
        )

    def checked(self, origin: str, target: str, mode: str, day: date) -> bool:
        """Whether there are border checks between two territories for that mode on that date."""
        for item in self.law.zones:
            sides = {
                member.territory
                for member in item.members
                if "checks" in member.purposes and _within(member, day) and (not member.modes or mode in member.modes)
            }
            if origin in sides and target in sides:
                return False
        return origin != target

    def is_in(self, place: str, territory: str, day: date) -> bool:
        """Whether a territory is the named place, or a member (for any purpose) of the named zone, on a date."""
        return territory == place or any(_within(member, day) for member in self.members(place, territory))

    def ever_in(self, place: str, territory: str) -> bool:
        """Whether a territory is the named place, or a member (for any purpose) of the named zone on some date."""
        return territory == place or bool(self.members(place, territory))

    def members(self, zone: str, territory: str) -> tuple[Member, ...]:
        """Every membership of a territory in a zone."""
        return self._members.get((zone, territory), ())

    @cached_property
    def _members(self) -> dict[tuple[str, str], tuple[Member, ...]]:
        """What `members` looks up."""
        found: dict[tuple[str, str], tuple[Member, ...]] = {}
        for item in self.law.zones:
            for member in item.members:
                key = (item.id, str(member.territory))
                found[key] = (*found.get(key, ()), member)
        return found

    def ports_at(self, places: Iterable[str]) -> frozenset[str]:
        """The ports that are one of the places or lie in one of them, as of `today`."""
        wanted = tuple(places)
        if wanted not in self._ports_at:
            lying_in = {
                territory
                for territory in {port.territory for port in self.ports.values()}
                if any(self.is_in(place, territory, self.today) for place in wanted)
            }
            self._ports_at[wanted] = frozenset(
                port.id for port in self.ports.values() if port.id in wanted or port.territory in lying_in
            )
        return self._ports_at[wanted]

    @cached_property
    def _ports_at(self) -> dict[tuple[PlaceRef | str, ...], frozenset[str]]:
        """What `ports_at` has found so far."""
        return {}

    def _zone_for(self, purpose: str, territory: str, day: date) -> str | None:
        for item in self.law.zones:
            for member in item.members:
                if member.territory == territory and purpose in member.purposes and _within(member, day):
                    return item.id
        return None

    # ---- law

    @cached_property
    def derived(self) -> dict[object, Any]:
        """What others have worked out from this scenario and want to keep with it: it never changes."""
        return {}

    def answer_to(self, reading: str) -> str:
        """The scenario's answer to a declared reading; "strict" unless it says otherwise."""
        return self.readings.get(reading, "strict")

    @cached_property
    def holidays(self) -> dict[str, frozenset[date]]:
        """Holidays by place."""
        found: dict[str, frozenset[date]] = {}
        for item in self.law.holidays:
            found[item.place] = found.get(item.place, frozenset()) | frozenset(item.dates)
        return found


def _within(member: Member, day: date) -> bool:
    return (member.from_ is None or member.from_ <= day) and (member.to is None or day <= member.to)
