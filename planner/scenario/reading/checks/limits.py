"""What no scenario may have more of: tables by number, and money in all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from planner.core.errors import Problem
from planner.core.money import Price, digits, show
from planner.scenario.reading.checks.case import problem
from planner.scenario.reading.walk import values
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.scenario import Scenario

MOST_COST = 10**15  # minor units that a trip may cost at all; bounds and solver add such sums up in 64 bits
MOST_TRAVELLERS, MOST_STOPS, MOST_EVENTS, MOST_ACQUIRABLES, MOST_LEGS = 1000, 200, 200, 2000, 100_000


def check_numbers(written: ScenarioFile) -> Iterator[Problem]:
    """There are not too many tables of a kind for anything to be done with them in some seconds."""
    trip = written.trip
    for node, key, items, most in (
        (written, "travellers", written.travellers, MOST_TRAVELLERS),
        (trip, "stops", trip.stops, MOST_STOPS),
        (trip, "events", trip.events, MOST_EVENTS),
        (written, "acquirables", written.acquirables, MOST_ACQUIRABLES),
        (written, "legs", written.legs, MOST_LEGS),
    ):
        if len(items) > most:
            hint = "write so many into a table: [[leg_tables]]" if key == "legs" else ""
            yield problem(node, key, f"{key}: there are {len(items):,}; at most {most:,} can be planned with", hint)


def check_cost(scenario: Scenario) -> Iterator[Problem]:
    """No trip at all may cost more than is counted with. What is added up here is more than any trip costs."""
    most = _fares(scenario) + _crossings(scenario) + _papers(scenario) + _nights(scenario)
    if most > MOST_COST:
        currency = scenario.currency
        message = (
            f"a trip might cost more than {show(MOST_COST, currency)}, which is more than this planner counts with"
        )
        hint = "everything that may have to be paid is added up, for all travellers"
        yield Problem(scenario.where.of("currency"), message, hint)


def _fares(scenario: Scenario) -> int:
    """Every leg is paid by one fare, so of those in tables no more are bought than legs follow each other."""
    written = sum(scenario.for_party(fare.price, fare.per) for fare in scenario.fares)
    return written + max(_dearest_of_tables(scenario), default=0) * _in_a_row(scenario)


def _dearest_of_tables(scenario: Scenario) -> Iterator[int]:
    """The dearest fare of each table, for the party."""
    table, tickets = scenario.timetable, scenario.tickets
    for number, source in enumerate(table.sources if table is not None else ()):
        assert table is not None
        dearest = int(table.price[table.source == number].max(initial=0))
        yield scenario.for_party(_price(dearest, source.currency or scenario.currency), source.per)
    for number, currency in enumerate(tickets.currencies if tickets is not None else ()):
        assert tickets is not None
        dearest = int(tickets.price[tickets.currency == number].max(initial=0))
        yield scenario.for_party(_price(dearest, currency or scenario.currency), "traveller")


def _price(minor: int, currency: str) -> Price:
    return Price(Decimal(minor).scaleb(-digits(currency)), currency)


def _crossings(scenario: Scenario) -> int:
    """Each leg may lead over a border, where whatever rules and admissions ask is asked of everybody."""
    law = scenario.law
    fees = [scenario.minor(item.fee) for item in law.admissions]
    rules = sum(scenario.minor(value.value) for value in values({Price}, *law.rules))
    return (max(fees, default=0) + rules) * len(scenario.travellers) * _in_a_row(scenario)


def _papers(scenario: Scenario) -> int:
    """Each paper for each traveller and each passport, and all events."""
    books = max((len(person.passports) for person in scenario.travellers), default=0)
    books += sum(item.passport is not None for item in scenario.acquirables)
    papers = sum(scenario.for_party(item.price, "traveller") for item in scenario.acquirables)
    return papers * max(1, books) + sum(scenario.for_party(event.price, "traveller") for event in scenario.trip.events)


def _nights(scenario: Scenario) -> int:
    """Every night from the first departure to the last arrival at the dearest place."""
    dearest = max((scenario.for_party(entry.price, entry.per) for entry in scenario.trip.nightly), default=0)
    departs, arrives = _times(scenario)
    return dearest * (int(arrives.max() - departs.min()) // 1440 + 2) if len(departs) else 0


def _in_a_row(scenario: Scenario) -> int:
    """How many legs at most can be travelled one after the other."""
    departs, arrives = _times(scenario)
    if not len(departs):
        return 0
    shortest = max(1, int((arrives - departs).min()))
    return min(len(departs), int(arrives.max() - departs.min()) // shortest + 1)


def _times(scenario: Scenario) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Departures and arrivals of all legs, in minutes UTC."""
    departs = [np.array([leg.departs_utc for leg in scenario.legs], dtype=np.int64)]
    arrives = [np.array([leg.arrives_utc for leg in scenario.legs], dtype=np.int64)]
    if scenario.timetable is not None:
        departs.append(scenario.timetable.departs.astype(np.int64))
        arrives.append(scenario.timetable.arrives.astype(np.int64))
    return np.concatenate(departs), np.concatenate(arrives)
