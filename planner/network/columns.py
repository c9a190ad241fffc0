"""All legs of a scenario as one timetable, and the scenario that is left with only some of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from planner.scenario.scenario import Scenario
from planner.scenario.timetable import MODES, UNPRICED, Source, Timetable
from planner.scenario.travel import Leg


def all_legs(scenario: Scenario) -> Timetable:
    """Every leg in the canonical order: those of the file, then the timetable's.

    Its `ports` are all those of the scenario, in the scenario's order.
    """
    own, table = _of_file(scenario), scenario.timetable
    if table is None:
        return own
    number = {port: index for index, port in enumerate(own.ports)}
    ports = np.array([number[port] for port in table.ports], dtype=np.int32)
    operators = list(dict.fromkeys([*own.operators, *table.operators]))
    known = {operator: index for index, operator in enumerate(operators)}
    operator = np.array([known[name] for name in table.operators], dtype=np.int32)
    moved = evolve(
        table,
        ports=own.ports,
        operators=tuple(operators),
        sources=(*own.sources, *table.sources),
        from_port=ports[table.from_port],
        to_port=ports[table.to_port],
        operator=operator[table.operator],
        source=table.source + len(own.sources),
    )
    if not len(own):
        return moved
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(own, name), getattr(moved, name)]) for name in Timetable.COLUMNS
    }
    return evolve(moved, **joined)


def restricted(scenario: Scenario, table: Timetable, positions: NDArray[Any]) -> Scenario:
    """The scenario with only the legs at some positions of its timetable of all legs, as objects in that order.

    Fares and changes that name a leg left out are gone; dates on which papers can be applied for stay as they were.
    """
    count = len(scenario.legs)
    timezones = [scenario.ports[port].timezone for port in table.ports]
    kept = np.sort(positions)
    legs = [
        scenario.legs[position] if position < count else table.leg(position, timezones) for position in kept.tolist()
    ]
    ids = {leg.id for leg in legs}
    alone = [fare for position in kept.tolist() if position >= count and (fare := table.fare(position)) is not None]
    own = {leg.id for leg in scenario.legs}
    single = [fare for fare in scenario.fares if fare.id in own and set(fare.legs) <= ids]
    joint = [fare for fare in scenario.fares if fare.id not in own and set(fare.legs) <= ids]
    if scenario.tickets is not None:
        inside = np.zeros(len(table), dtype=np.bool_)
        inside[kept] = True
        joint += scenario.tickets.fares(inside, [leg.id for leg in legs])
    return evolve(
        scenario,
        legs=tuple(legs),
        fares=(*single, *alone, *joint),
        touches=tuple(touch for touch in scenario.touches if {touch.after, touch.before} <= ids),
        timetable=None,
        tickets=None,
        departures_end=scenario.last_departure if len(table) else None,
    )


def narrowed(scenario: Scenario, kept: NDArray[np.bool_]) -> Scenario:
    """The scenario with only some rows of its tables, by a mask over all legs, and the tickets that these leave.

    All legs written one by one must be among those kept. Dates on which papers can be applied for stay as they were.
    """
    table, tickets = scenario.timetable, scenario.tickets
    return evolve(
        scenario,
        timetable=None if table is None else table.take(kept[len(scenario.legs) :]),
        tickets=None if tickets is None else tickets.among(kept),
        departures_end=scenario.last_departure if len(kept) else None,
    )


def _of_file(scenario: Scenario) -> Timetable:
    """The legs written one by one. Prices are those of the party, in the scenario's currency."""
    legs = scenario.legs
    number = {port: index for index, port in enumerate(scenario.ports)}
    operators = list(dict.fromkeys(["", *(leg.operator for leg in legs)]))

    def column(values: list[int], kind: type[np.integer[Any]] = np.int32) -> NDArray[Any]:
        return np.array(values, dtype=kind)

    def price(leg: Leg) -> int:
        return UNPRICED if leg.price is None else scenario.for_party(leg.price, leg.per)

    return Timetable(
        ports=tuple(scenario.ports),
        operators=tuple(operators),
        sources=(Source(prefix="", currency=scenario.currency, per="party", ids=tuple(leg.id for leg in legs)),),
        from_port=column([number[leg.from_] for leg in legs]),
        to_port=column([number[leg.to] for leg in legs]),
        departs=column([leg.departs_utc for leg in legs], np.int64),
        arrives=column([leg.arrives_utc for leg in legs], np.int64),
        departs_on=column([_day(leg.departs.date()) for leg in legs]),
        arrives_on=column([_day(leg.arrives.date()) for leg in legs]),
        price=column([price(leg) for leg in legs], np.int64),
        mode=column([MODES.index(leg.mode) for leg in legs], np.int8),
        operator=column([operators.index(leg.operator) for leg in legs]),
        source=column([0] * len(legs)),
        row=column(list(range(1, len(legs) + 1)), np.int64),
    )


def _day(day: date) -> int:
    return day.toordinal()
