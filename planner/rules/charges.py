"""What options cost: every charge of a scenario, in minor units of its currency. Their sum is the whole cost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.core.money import Price
from planner.rules.base import grounds_of, rules_of
from planner.rules.masks import Mask, by_value
from planner.rules.statements import Charge, Ids
from planner.rules.tables import END, START, View
from planner.scenario.node import Per
from planner.scenario.people import Traveller


def charges(view: View) -> Iterator[Charge]:
    """All charges of the view's options; none is of nothing.

    What is free is left out. See `docs/semantics.md`, «Costs».
    """
    for charge in _all(view):
        if charge.amount and len(charge.options):
            yield charge


def _all(view: View) -> Iterator[Charge]:
    scenario = view.scenario
    for fare in scenario.fares:
        if fare.id in view.fares:
            option = np.array([view.fares[fare.id]], dtype=np.int64)
            yield Charge(scenario.for_party(fare.price, fare.per), option)
    for item in scenario.acquirables:
        tables = [view.applications(traveller.id) for traveller in scenario.travellers]
        yield from _each_or_once(view, item.price, item.per, [t.ids[t.acquirable == item.id] for t in tables])
    for event in scenario.trip.events:
        booked = [view.bookings(traveller.id) for traveller in scenario.travellers]
        yield from _each_or_once(view, event.price, event.per, [t.ids[t.event == event.id] for t in booked])
    for traveller in scenario.travellers:
        yield from _entries(view, traveller)
    yield from _nights(view)
    for rule in rules_of(scenario):
        yield from rule.charges(view)


def _each_or_once(view: View, price: Price | None, per: Per, options: list[Ids]) -> Iterator[Charge]:
    """A price for each traveller's options, or once for the party; `options` has the ids traveller by traveller."""
    amount, together = view.scenario.minor(price), np.concatenate(options)
    yield Charge(amount, together, once=per == "party")


def _entries(view: View, traveller: Traveller) -> Iterator[Charge]:
    """Fees of the grounds that entries rest on."""
    stays = view.stays(traveller.id)
    for ground in grounds_of(view.scenario, traveller):
        if ground.fee:
            yield Charge(ground.fee, stays.ids[stays.enters & (stays.ground == ground.id)])


def _included(view: View) -> Mask:
    """The changes whose nights are part of a tour."""
    scenario, changes, runs = view.scenario, view.changes, view.runs
    included = np.zeros(len(changes.ids), dtype=bool)
    for row in np.flatnonzero((changes.before != START) & (changes.after != END)) if scenario.tours else ():
        last, first = runs.legs[changes.before[row]][-1], runs.legs[changes.after[row]][0]
        included[row] = scenario.included(scenario.legs[last].id, scenario.legs[first].id)
    return included


def _nights(view: View) -> Iterator[Charge]:
    """Nights between two runs, at the price of the first entry that names the port."""
    scenario, changes = view.scenario, view.changes
    between = (changes.before != START) & (changes.after != END)
    nights = np.where(between, changes.departs_on - changes.arrives_on, 0)
    unpriced = ~_included(view)
    for entry in scenario.trip.nightly:
        here = unpriced & np.isin(changes.port, sorted(scenario.ports_at(entry.at)))
        unpriced &= ~here
        for count, rows in by_value(nights, here & (nights > 0)):
            yield Charge(scenario.for_party(entry.price, entry.per) * count, changes.ids[rows])
