"""The top level of a scenario file, as it is written."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry, Holidays
from planner.scenario.node import Currency, Node
from planner.scenario.people import Traveller
from planner.scenario.reading.legs.written import FareTable, LegTable, Schedule
from planner.scenario.repairs import Repairs
from planner.scenario.scenario import Rates
from planner.scenario.travel import Fare, Leg, Port, Territory, Touch, Tour, Zone
from planner.scenario.trip import Trip
from planner.version import SCENARIO_LANGUAGE


@frozen(kw_only=True)
class ScenarioFile(Node):
    """What a scenario file says, before rulebooks are merged and references resolved."""

    language: int = SCENARIO_LANGUAGE
    """Version of this language."""
    title: str = ""
    """What the answer is headed with."""
    today: date
    """The day of planning: nothing can be applied for or booked before it, and it decides which ports lie in a zone you
    name. No real clock is read.
    """
    currency: Currency
    """The currency of the answer, and of prices without one: three capital letters."""
    rulebooks: tuple[str, ...] = ()
    """Ids of the rulebooks whose law applies; `plan rules` lists them. With none, only what the file says counts."""
    base: bool = False
    """Whether territories that none of those rulebooks covers are taken from the imported base of this machine. The
    answer says where it rests on it.
    """
    may_obtain: tuple[str, ...] = ()
    """Ids of papers offered by those rulebooks that the travellers may apply for. What is for none of their passports
    is left aside, so one list serves many files. Visas on arrival need not be listed.
    """
    switched_off: tuple[str, ...] = ()
    """Ids of rules and admissions that shall not count, of a rulebook or the file."""
    readings: dict[str, str] = field(factory=dict)
    """Where sources disagree: an answer such as "lenient" for each reading, by its id. Left out: all strict."""
    rates: Rates | None = None
    """What other currencies are worth."""
    travellers: tuple[Traveller, ...]
    """Everyone who travels, together on the same legs, with the papers they hold. Where two passports would do equally
    well, the one that stands first is shown.
    """
    acquirables: tuple[Acquirable, ...] = ()
    """What a traveller does not hold yet and could apply for."""
    legs: tuple[Leg, ...] = ()
    """Flights, trains, buses, ships or walks on a date; or the names of files with one leg a row, `legs =
    "fares.parquet"`, which is short for a `[[leg_tables]]` with these `files`.
    """
    leg_tables: tuple[LegTable, ...] = ()
    """Legs in files, one a row: thousands or millions of fares."""
    schedules: tuple[Schedule, ...] = ()
    """Legs that recur, such as a train on Mondays and Thursdays."""
    fares: tuple[Fare, ...] = ()
    """Tickets for several legs: return fares, through fares."""
    fare_tables: tuple[FareTable, ...] = ()
    """The same in files, one a row: thousands or millions of them."""
    tours: tuple[Tour, ...] = ()
    """Organised tours: legs sold together with a permission to enter, and perhaps the nights between them."""
    touches: tuple[Touch, ...] = ()
    """Your own word on a change between two legs, where you know better than the file's other tables."""
    territories: tuple[Territory, ...] = ()
    """Immigration areas. Countries are known; needed for areas that are none, and to say that the file covers a
    country.
    """
    zones: tuple[Zone, ...] = ()
    """Territories that share a permission, borders without checks, or a count of days."""
    ports: tuple[Port, ...] = ()
    """Where legs start and end. Airports need no table, unless you know more of them than the airport tables do, or
    other.
    """
    admissions: tuple[Admission, ...] = ()
    """How holders of some passports are admitted to a zone."""
    rules: tuple[Entry, ...] = ()
    """Law that forbids, limits or demands something, each of some `kind`."""
    holidays: tuple[Holidays, ...] = ()
    """Days off on which an office does not work, for `business_days`."""
    trip: Trip
    """What the travellers want: where from and to, when, what on the way, at what price."""
    repairs: Repairs = field(factory=Repairs)
    """How to choose among changes of this file that would help, where there is no valid trip. Left out: the usual
    weights.
    """
