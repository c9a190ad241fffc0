"""The whole cost of a journey, computed anew from the scenario. See «Costs» in `docs/semantics.md`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.answer import CostLine
from planner.itinerary.journey import Journey, Visit
from planner.rules.base import Ground, grounds_of, rules_of
from planner.scenario.node import Per
from planner.scenario.scenario import Scenario


def cost_lines(journey: Journey) -> tuple[CostLine, ...]:
    """Every item of the journey's cost, for the whole party, in minor units.

    These are fares, papers, entries, events, nights, and what rules ask. Items without a price are left out.
    """
    return (
        *_fares(journey),
        *_documents(journey),
        *_entries(journey),
        *_events(journey),
        *_nights(journey),
        *(
            CostLine(what=cost.what, amount=cost.amount, kind="fee")
            for rule in rules_of(journey.scenario)
            for cost in rule.costs(journey)
        ),
    )


def _fares(journey: Journey) -> Iterator[CostLine]:
    scenario = journey.scenario
    for bought in journey.itinerary.fares:
        fare = scenario.fare_by_id[bought]
        ways = [_way(scenario, leg) for leg in fare.legs]
        what = f"{fare.title} ({'; '.join(ways)})" if fare.title else "; ".join(ways)
        yield CostLine(what=what, amount=scenario.for_party(fare.price, fare.per), kind="fare")


def _way(scenario: Scenario, leg_id: str) -> str:
    leg = scenario.leg_by_id[leg_id]
    return f"{leg.id}: {leg.from_} to {leg.to}"


def _documents(journey: Journey) -> Iterator[CostLine]:
    scenario = journey.scenario
    for item in scenario.acquirables:
        times = [a.traveller for a in journey.itinerary.applications if a.acquirable == item.id]
        if times:
            amount = scenario.minor(item.price) * _payers(times, item.per)
            yield CostLine(what=f"{item.label} ({_names(scenario, times)})", amount=amount, kind="document")


def _entries(journey: Journey) -> Iterator[CostLine]:
    scenario = journey.scenario
    for traveller in scenario.travellers:
        offered: dict[str, Ground] = {}
        for ground in grounds_of(scenario, traveller):
            offered.setdefault(ground.id, ground)
        for stay in journey.stays[traveller.id]:
            fee = offered[stay.ground].fee if stay.entry and stay.ground in offered else 0
            if fee:
                what = f"entry to {scenario.name_of(stay.zone)} ({traveller.label})"
                yield CostLine(what=what, amount=fee, kind="entry")


def _events(journey: Journey) -> Iterator[CostLine]:
    scenario = journey.scenario
    for event in scenario.trip.events:
        times = [b.traveller for b in journey.itinerary.bookings if b.event == event.id]
        if times and event.price is not None:
            amount = scenario.minor(event.price) * _payers(times, event.per)
            yield CostLine(what=f"{event.label} ({_names(scenario, times)})", amount=amount, kind="event")


def _nights(journey: Journey) -> Iterator[CostLine]:
    scenario = journey.scenario
    prices = [(scenario.ports_at(entry.at), entry) for entry in scenario.trip.nightly]
    for visit in journey.visits:
        entry = next((entry for ports, entry in prices if visit.port in ports), None)
        if entry is not None and visit.nights and not _included(scenario, visit):
            nights = f"{visit.nights} night{'s' if visit.nights != 1 else ''} in {scenario.town_of(visit.port)}"
            amount = visit.nights * scenario.for_party(entry.price, entry.per)
            yield CostLine(what=nights, amount=amount, kind="night")


def _included(scenario: Scenario, visit: Visit) -> bool:
    """Whether the nights of a visit are part of a tour. Its legs are sold by it alone, so it is paid."""
    inbound, outbound = visit.inbound, visit.outbound
    return inbound is not None and outbound is not None and scenario.included(inbound.id, outbound.id)


def _payers(times: Sequence[str], per: Per) -> int:
    """How often a price is paid: for each time, or once for the party."""
    return len(times) if per == "traveller" else 1


def _names(scenario: Scenario, travellers: Sequence[str]) -> str:
    return ", ".join(scenario.traveller_by_id[traveller].label for traveller in travellers)
