"""Legs, the runs they form where changes are airside, and the changes between runs.

Everything here is structure (see `docs/semantics.md`, «The journey»): what could happen if no rule forbade it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import time

import numpy as np
from attrs import frozen

from planner.core.time import to_local
from planner.rules.tables import Column
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

# Every pair of legs that meet at a port is an option of its own; beyond these, memory and patience end.
MOST_CHANGES = 150_000
MOST_RUNS = 50_000


class TooLarge(Exception):
    """The network has more ways to change than this model can hold."""


@frozen(eq=False)
class LegColumns:
    """The legs of a scenario as columns, in file order. Days are ordinals of civil dates at the port."""

    from_port: Column
    to_port: Column
    departs: Column
    arrives: Column
    departs_on: Column
    arrives_on: Column

    @classmethod
    def of(cls, scenario: Scenario) -> LegColumns:
        """Read the columns off the scenario."""
        legs = scenario.legs

        def local_day(minutes: int, port: str) -> int:
            return to_local(minutes, scenario.ports[port].timezone).toordinal()

        return cls(
            np.array([leg.from_ for leg in legs], dtype=str),
            np.array([leg.to for leg in legs], dtype=str),
            np.array([leg.departs_utc for leg in legs], dtype=np.int64),
            np.array([leg.arrives_utc for leg in legs], dtype=np.int64),
            np.array([local_day(leg.departs_utc, leg.from_) for leg in legs], dtype=np.int64),
            np.array([local_day(leg.arrives_utc, leg.to) for leg in legs], dtype=np.int64),
        )


def runs(scenario: Scenario) -> list[tuple[int, ...]]:
    """Every run of legs, with airside changes only, as leg positions; single legs first. Raises TooLarge."""
    onward = airside_pairs(scenario)
    found: list[tuple[int, ...]] = [(position,) for position in range(len(scenario.legs))]
    for run in found:  # grows while it is read: longer runs extend shorter ones
        if len(found) > MOST_RUNS:
            raise TooLarge
        found.extend((*run, after) for after in onward.get(run[-1], ()))
    return found


def airside_pairs(scenario: Scenario) -> dict[int, list[int]]:
    """For each leg position, the legs to which one can change airside (on one ticket where the port wants that)."""
    leaving = defaultdict(list)
    for position, leg in enumerate(scenario.legs):
        leaving[leg.from_].append(position)
    together = ticketed_pairs(scenario)
    forced = {(touch.after, touch.before) for touch in scenario.touches if touch.mode == "airside"}
    pairs: dict[int, list[int]] = defaultdict(list)
    for position, inbound in enumerate(scenario.legs):
        port = scenario.ports[inbound.to]
        for after in leaving[inbound.to]:
            outbound = scenario.legs[after]
            if outbound.departs_utc < inbound.arrives_utc:
                continue
            by_word = (inbound.id, outbound.id) in forced
            ticketed = (position, after) in together or port.airside_on_separate_tickets
            if (
                (by_word or (ticketed and port.airside))
                and _from_abroad_to_abroad(scenario, inbound, outbound)
                and _open(port.airside_from, port.airside_to, inbound, outbound, scenario)
            ):
                pairs[position].append(after)
    return pairs


def ticketed_pairs(scenario: Scenario) -> dict[tuple[int, int], list[str]]:
    """The fares that cover two legs, the first before the second, by leg positions."""
    position = {leg.id: index for index, leg in enumerate(scenario.legs)}
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for fare in scenario.fares:
        for index, first in enumerate(fare.legs):
            for second in fare.legs[index + 1 :]:
                found[position[first], position[second]].append(fare.id)
    return found


def needs_ticket(scenario: Scenario, inbound: Leg, outbound: Leg) -> bool:
    """Whether changing airside between two legs takes one ticket for both."""
    port = scenario.ports[inbound.to]
    by_word = any(
        (touch.after, touch.before, touch.mode) == (inbound.id, outbound.id, "airside") for touch in scenario.touches
    )
    return not (by_word or port.airside_on_separate_tickets)


def _from_abroad_to_abroad(scenario: Scenario, inbound: Leg, outbound: Leg) -> bool:
    if inbound.mode != "air" or outbound.mode != "air":
        return False
    day = to_local(inbound.arrives_utc, scenario.ports[inbound.to].timezone).date()

    def zone(port: str) -> str:
        return scenario.permission_zone(scenario.territory_of(port), day)

    return zone(inbound.from_) != zone(inbound.to) != zone(outbound.to)


def _open(opens: time | None, closes: time | None, inbound: Leg, outbound: Leg, scenario: Scenario) -> bool:
    """Whether arrival and departure lie within the same opening of the port's airside."""
    if opens is None and closes is None:
        return True
    opens, closes = opens or time.min, closes or time.max
    name = scenario.ports[inbound.to].timezone
    arrival, departure = to_local(inbound.arrives_utc, name), to_local(outbound.departs_utc, name)
    if opens <= closes:
        return arrival.date() == departure.date() and opens <= arrival.time() and departure.time() <= closes
    # Open over midnight: shift the clock so that one opening is one day.
    shift = (opens.hour * 60 + opens.minute) % 1440
    length = (closes.hour * 60 + closes.minute - shift) % 1440

    def opening(moment_minutes: int) -> tuple[int, int]:
        return divmod(moment_minutes - shift, 1440)

    first = opening(arrival.toordinal() * 1440 + arrival.hour * 60 + arrival.minute)
    second = opening(departure.toordinal() * 1440 + departure.hour * 60 + departure.minute)
    return first[0] == second[0] and first[1] <= length and second[1] <= length


def meeting(columns: LegColumns, all_runs: list[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Pairs (before, after) of runs where the second can be boarded, landside, after the first. Raises TooLarge."""
    made = 0
    firsts = np.array([run[0] for run in all_runs], dtype=np.int64)
    by_port: dict[str, np.ndarray] = {}
    if len(firsts):
        for port in np.unique(columns.from_port[firsts]):
            rows = np.flatnonzero(columns.from_port[firsts] == port)
            by_port[str(port)] = rows[np.argsort(columns.departs[firsts[rows]], kind="stable")]
    for before, run in enumerate(all_runs):
        leaving = by_port.get(str(columns.to_port[run[-1]]))
        if leaving is not None:
            departures = columns.departs[firsts[leaving]]
            first = int(np.searchsorted(departures, columns.arrives[run[-1]], side="left"))
            made += len(leaving) - first
            if made > MOST_CHANGES:
                raise TooLarge
            for after in leaving[first:]:
                yield before, int(after)
