"""PyPI's `rihla`, which prices one order of stops over dates: another problem, so its costs compare with nothing.

It knows direct flights only, and counts nights between departures. It is given the best order of stops for direct
flights, the cheapest flight of each pair and date, and one first date after another, as it tries every combination
of dates.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise, permutations
from typing import Any

import numpy as np
from rihla import Place, PricedLeg, linear_trip, optimize

from benchmarks.instance import Instance
from benchmarks.peers import Outcome

Fares = dict[tuple[int, int], dict[int, int]]
LARGEST_GRID = 3_000_000  # combinations of dates for one first date


def solve(instance: Instance, time_limit: float) -> Outcome:
    """For the order found by `_best_order`; the remark has the seconds of rihla's own part."""
    nights = [(visit.least, visit.most) for visit in instance.visits]
    if any(len(visit.ports) > 1 or visit.most > 1000 or not visit.least for visit in instance.visits):
        return Outcome("skipped", None, "needs stops of one port with nights")
    fares = _fares(instance)
    order = _best_order(instance, fares)
    if order is None:
        return Outcome("skipped", None, "no order of direct flights found")
    stays = [nights[index] for index in order]
    ports = [instance.start, *(instance.visits[index].ports[0] for index in order), instance.goal]
    places = [Place(str(port), (str(port),)) for port in ports]
    began = time.perf_counter()
    best: float | None = None
    for first in sorted(fares[ports[0], ports[1]]):
        trip = linear_trip("trip", places, _day(first), _day(first), stays, date_step=1)
        grid = {
            leg.name: _grid(leg, fares[origin, target])
            for leg, (origin, target) in zip(trip.legs, pairwise(ports), strict=True)
        }
        if np.prod([float(len(dates)) for dates in grid.values()]) > LARGEST_GRID:
            return Outcome("skipped", None, f"more than {LARGEST_GRID:,} combinations of dates")
        found = optimize(trip, grid, top=1)
        if found and (best is None or found[0].total < best):
            best = found[0].total
        if time.perf_counter() - began > time_limit:
            return Outcome("unknown", None, "not all first dates tried")
    note = f"direct flights, order given; its own part {time.perf_counter() - began:.2f} s"
    return Outcome("other", None if best is None else round(best), note)


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)


def _grid(leg: Any, fares: dict[int, int]) -> dict[date, PricedLeg]:
    origin, target = leg.origin.name, leg.dest.name
    days = (leg.earliest + timedelta(days=n) for n in range((leg.latest - leg.earliest).days + 1))
    return {
        day: PricedLeg(leg.name, day, origin, target, fares[day.toordinal()])
        for day in days
        if day.toordinal() in fares
    }


def _fares(instance: Instance) -> Fares:
    """The cheapest direct flight by pair and local date, between the places that matter."""
    places = {instance.start, instance.goal, *(visit.ports[0] for visit in instance.visits)}
    known = list(places)
    wanted = np.isin(instance.from_port, known) & np.isin(instance.to_port, known)
    columns = (instance.from_port, instance.to_port, instance.departs_on, instance.price)
    fares: Fares = {(a, b): {} for a, b in permutations(places, 2)}
    for origin, target, day, price in zip(*(column[wanted].tolist() for column in columns), strict=True):
        by_day = fares[origin, target]
        by_day[day] = min(price, by_day.get(day, price))
    return fares


def _best_order(instance: Instance, fares: Fares) -> tuple[int, ...] | None:
    """The order with the lowest sum of cheapest fares over the dates, by dynamic programming over sets of stops."""
    stops = [visit.ports[0] for visit in instance.visits]
    cheapest = {pair: min(days.values(), default=None) for pair, days in fares.items()}
    labels: dict[tuple[frozenset[int], int], tuple[int, tuple[int, ...]]] = {(frozenset(), instance.start): (0, ())}
    for _ in stops:
        longer: dict[tuple[frozenset[int], int], tuple[int, tuple[int, ...]]] = {}
        for (made, here), (cost, order) in labels.items():
            for index, stop in enumerate(stops):
                fare = None if index in made else cheapest[here, stop]
                if fare is not None:
                    key, value = (made | {index}, stop), (cost + fare, (*order, index))
                    longer[key] = min(value, longer.get(key, value))
        labels = longer
    back = [
        (cost + fare, order)
        for (_, here), (cost, order) in labels.items()
        if (fare := cheapest[here, instance.goal]) is not None
    ]
    return min(back)[1] if back else None
