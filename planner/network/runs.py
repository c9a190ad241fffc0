"""Legs, the runs they form where changes are airside, and the changes between runs.

Everything here is structure (see `docs/semantics.md`, «The journey»): what could happen if no rule forbade it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import time

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.core.time import to_local
from planner.rules.tables import Column
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

Positions = NDArray[np.int64]

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
    legs, ports = scenario.legs, scenario.ports
    position = {leg.id: index for index, leg in enumerate(legs)}
    forced = {(position[touch.after], position[touch.before]) for touch in scenario.touches if touch.mode == "airside"}
    candidates = {*forced, *(pair for pair in ticketed_pairs(scenario) if ports[legs[pair[0]].to].airside)}
    without_ticket = {port.id for port in ports.values() if port.airside and port.airside_on_separate_tickets}
    if without_ticket:
        leaving = defaultdict(list)
        for index, leg in enumerate(legs):
            leaving[leg.from_].append(index)
        candidates.update(
            (index, after)
            for index, leg in enumerate(legs)
            if leg.to in without_ticket
            for after in leaving[leg.to]
            if legs[after].departs_utc >= leg.arrives_utc
        )
    pairs: dict[int, list[int]] = defaultdict(list)
    for before, after in sorted(candidates):
        inbound, outbound = legs[before], legs[after]
        port = ports[inbound.to]
        if (
            inbound.to == outbound.from_
            and inbound.arrives_utc <= outbound.departs_utc
            and _from_abroad_to_abroad(scenario, inbound, outbound)
            and _open(port.airside_from, port.airside_to, inbound, outbound, scenario)
        ):
            pairs[before].append(after)
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


@frozen(eq=False)
class Boarding:
    """Where runs meet: which can be boarded, landside, after which. Runs are numbered from 0.

    In `order`, by port and departure, those that can be boarded after run i are the `counts[i]` from `first[i]` on.
    """

    order: Positions
    first: Positions
    counts: Positions

    @classmethod
    def of(cls, columns: LegColumns, first: Positions, last: Positions) -> Boarding:
        """Of runs given by the positions of their first and last legs."""
        _, port = np.unique(np.concatenate([columns.from_port[first], columns.to_port[last]]), return_inverse=True)
        leaves_from, arrives_at = port[: len(first)], port[len(first) :]
        departs, arrives = columns.departs[first], columns.arrives[last]
        order = np.lexsort((departs, leaves_from))
        # One number that grows with the port, then with the time.
        earliest = int(departs.min(initial=0))
        span = int(max(departs.max(initial=0), arrives.max(initial=0))) - earliest + 1
        boardable = np.searchsorted(
            (leaves_from * span + departs - earliest)[order], arrives_at * span + arrives - earliest
        )
        ends = np.searchsorted(leaves_from[order], arrives_at, side="right")
        return cls(order, boardable, np.maximum(ends - boardable, 0))

    def blocks(self, size: int) -> Iterator[tuple[Positions, Positions]]:
        """The pairs (before, after) in blocks of about that many, by the runs before, then by departure."""
        total = np.cumsum(self.counts)
        begin = 0
        while begin < len(total):
            made = int(total[begin - 1]) if begin else 0
            end = max(begin + 1, int(np.searchsorted(total, made + size, side="right")))
            counts = self.counts[begin:end]
            before = np.repeat(np.arange(begin, end), counts)
            along = np.arange(len(before)) - np.repeat(np.cumsum(counts) - counts, counts)
            yield before, self.order[self.first[before] + along]
            begin = end


def meeting(columns: LegColumns, first: Positions, last: Positions) -> tuple[Positions, Positions]:
    """Pairs (before, after) of runs where the second can be boarded, landside, after the first. Raises TooLarge."""
    boarding = Boarding.of(columns, first, last)
    if boarding.counts.sum() > MOST_CHANGES:
        raise TooLarge
    none = np.empty(0, dtype=np.int64)
    return next(boarding.blocks(MOST_CHANGES), (none, none))
