"""The top level of a scenario file, as it is written."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry, Holidays
from planner.scenario.node import Node
from planner.scenario.people import Traveller
from planner.scenario.reading.legs.written import LegTable, Schedule
from planner.scenario.repairs import Repairs
from planner.scenario.scenario import Rates
from planner.scenario.travel import Fare, Leg, Port, Territory, Touch, Tour, Zone
from planner.scenario.trip import Trip
from planner.version import SCENARIO_LANGUAGE


@frozen(kw_only=True)
class ScenarioFile(Node):
    """What a scenario file says, before rulebooks are merged and references resolved."""

    language: int = SCENARIO_LANGUAGE
    title: str = ""
    today: date
    currency: str
    rulebooks: tuple[str, ...] = ()
    base: bool = False  # whether the imported base covers what no rulebook in use does
    may_obtain: tuple[str, ...] = ()  # ids of acquirables of the rulebooks
    switched_off: tuple[str, ...] = ()  # ids of rules and admissions
    readings: dict[str, str] = field(factory=dict)
    rates: Rates | None = None
    travellers: tuple[Traveller, ...]
    acquirables: tuple[Acquirable, ...] = ()
    legs: tuple[Leg, ...] = ()
    leg_tables: tuple[LegTable, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    fares: tuple[Fare, ...] = ()
    tours: tuple[Tour, ...] = ()
    touches: tuple[Touch, ...] = ()
    territories: tuple[Territory, ...] = ()
    zones: tuple[Zone, ...] = ()
    ports: tuple[Port, ...] = ()
    admissions: tuple[Admission, ...] = ()
    rules: tuple[Entry, ...] = ()
    holidays: tuple[Holidays, ...] = ()
    trip: Trip
    repairs: Repairs = field(factory=Repairs)
