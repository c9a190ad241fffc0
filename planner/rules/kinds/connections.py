"""How much time the travellers want between arriving at a port and leaving from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.eases import trips
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.shares import ChangeTime, Share
from planner.rules.statements import Block, Clause, Ids, Statement
from planner.rules.tables import END, START, View
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Connections

_TO_GAMMA = """
remove = ["b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
"""
_TICKETS = """
[[fares]]
id = "out"
legs = ["ab", "bc"]
price = "160"
[[fares]]
id = "back"
legs = ["cb", "ba"]
price = "160"
"""
_LONG = "[trip.connections]\nself_transfer = 300\nsame_ticket = 240\n"


@kind("connections", summary="There is enough time to change from one leg to the next.")
@frozen(kw_only=True)
class ConnectionTimes(Rule):
    """Minutes for each change, airside or landside; fewer may do where one ticket covers both legs."""

    minimum: Connections

    examples = (
        Example(title="Four hours are wanted and there", toml=_TO_GAMMA + _LONG.replace("300", "240"), cost=30000),
        Example(title="Four hours are too short", toml=_TO_GAMMA + _LONG, refused_by="trip.connections"),
        Example(title="On one ticket they are enough, though dearer", toml=_TO_GAMMA + _TICKETS + _LONG, cost=32000),
        Example(
            title="At that port, they are enough",
            toml=_TO_GAMMA + _LONG + "ports = { BBB = 240 }\n",
            cost=30000,
        ),
        Example(
            title="At that port, no ticket helps",
            toml=_TO_GAMMA + _TICKETS + _LONG + "ports = { BBB = 241 }\n",
            refused_by="trip.connections",
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One, if any minimum is set."""
        minimum = scenario.trip.connections
        wanted = minimum.same_ticket or minimum.self_transfer or any(minimum.ports.values())
        return [cls(minimum=minimum)] if wanted else []

    def _fact(self) -> Fact:
        parts = [f"{self.minimum.same_ticket} minutes on one ticket, {self.minimum.self_transfer} between tickets"]
        parts += [f"{minutes} at {port}" for port, minutes in self.minimum.ports.items()]
        return Fact(
            id="trip.connections",
            text=f"connections take at least {', '.join(parts)}",
            telling=Telling.WISH,
            kind=self.kind,
            place=self.minimum.where.place,
            changeable=True,
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Shorter times."""
        yield from trips.connections(self.minimum)

    def settled(self, easing: Easing, journey: Journey) -> Easing:
        """Just as short as the journey's."""
        return trips.just_enough(easing, self.minimum, journey)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block changes that are too short on any ticket; tie the others to the tickets on which they are not."""
        short: dict[tuple[int, int], list[int]] = defaultdict(list)  # options by the two legs they change between
        runs, changes = view.runs, view.changes
        for row in np.flatnonzero((changes.before != START) & (changes.after != END)):
            legs = (runs.legs[changes.before[row]][-1], runs.legs[changes.after[row]][0])
            short[legs].append(int(changes.ids[row]))
        for option, touches in zip(runs.ids.tolist(), runs.airside, strict=True):
            for _, inbound, outbound in touches:
                short[inbound, outbound].append(option)
        for (inbound, outbound), found in short.items():
            yield from self._change(view, inbound, outbound, np.array(found, dtype=np.int64))

    def _change(self, view: View, inbound: int, outbound: int, options: Ids) -> Iterator[Statement]:
        before, after = view.scenario.legs[inbound], view.scenario.legs[outbound]
        minutes = after.departs_utc - before.arrives_utc
        here = self.minimum.ports.get(before.to)
        on_one = minutes < (self.minimum.same_ticket if here is None else here)
        between = minutes < (self.minimum.self_transfer if here is None else here)
        tickets = [
            view.fares[fare.id]
            for fare in view.scenario.fares
            if fare.id in view.fares and before.id in fare.legs and after.id in fare.legs
        ]
        covering = np.array(tickets, dtype=np.int64)
        if between and (on_one or not tickets):
            yield Block(self._fact(), options)
        elif between:
            yield Clause(self._fact(), (options,), covering)
        elif on_one and tickets:
            yield Clause(self._fact(), (options, covering))

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """The time between tickets; where one ticket may cover both legs, the lesser of the two times."""
        minimum, legs = self.minimum, outlook.legs
        ticketed = outlook.on_one_ticket()
        between, on_one = (
            np.array([minimum.ports.get(port, usual) for port in legs.ports], dtype=np.int32)
            for usual in (minimum.self_transfer, minimum.same_ticket)
        )
        minutes = between[legs.to_port]
        minutes[ticketed] = np.minimum(between, on_one)[legs.to_port[ticketed]]
        yield ChangeTime(facts=(self._fact(),), minutes=minutes)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Measure each change, knowing the tickets bought."""
        bought = [fare.legs for fare in journey.scenario.fares if fare.id in journey.itinerary.fares]
        for touch in journey.touches:
            minutes = touch.outbound.departs_utc - touch.inbound.arrives_utc
            ticketed = any(touch.inbound.id in legs and touch.outbound.id in legs for legs in bought)
            usual = self.minimum.same_ticket if ticketed else self.minimum.self_transfer
            least = self.minimum.ports.get(touch.port, usual)
            if minutes < least:
                yield Broken(self._fact(), f"{minutes} minutes at {touch.port}, {least} wanted")
