"""Territories, ports and operators that the travellers do not want to use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.shares import Barred, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.changing import Change
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Avoid

Key = Literal["territories", "ports", "operators"]


@kind("avoid", summary="The journey keeps away from places and operators that the travellers avoid.")
@frozen(kw_only=True)
class Avoiding(Rule):
    """Avoiding a place means not departing from, arriving at or crossing a border there, not even airside."""

    avoid: Avoid

    examples = (
        Example(title="Gamma is avoided easily", toml='trip = { avoid = { territories = ["CC"] } }\n', cost=20000),
        Example(
            title="A border port is avoided as well",
            toml='trip = { avoid = { ports = ["BBX"] } }\n[[legs]]\nid = "ab"\nmode = "rail"\nentry_port = "BBX"\n',
            refused_by="avoid.BBX",
        ),
        Example(
            title="The stop is in what is avoided",
            toml='trip = { avoid = { territories = ["BB"] } }\n',
            refused_by="avoid.BB",
        ),
        Example(
            title="Only the airline avoided flies there",
            toml='trip = { avoid = { operators = ["Alpha Air"] } }\n[[legs]]\nid = "ab"\noperator = "Alpha Air"\n',
            refused_by="avoid.Alpha Air",
        ),
        Example(
            title="An operator called by a code that is also a country's",
            toml='trip = { avoid = { operators = ["BB"] } }\n[[legs]]\nid = "ab"\noperator = "BB"\n',
            refused_by="avoid.BB",
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for all that is avoided."""
        avoid = scenario.trip.avoid
        return [cls(avoid=avoid)] if avoid.territories or avoid.ports or avoid.operators else []

    def _fact(self, scenario: Scenario, key: Key, name: str) -> Fact:
        return Fact(
            id=f"avoid.{name}",
            text=f"{name if key == 'operators' else scenario.name_of(name)} is to be avoided",
            telling=Telling.WISH,
            kind=self.kind,
            place=self.avoid.where.of(key),
            changeable=True,
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Each place and operator not avoided after all."""
        keys: tuple[Key, ...] = ("territories", "ports", "operators")
        for key in keys:
            for name in getattr(self.avoid, key):
                yield Easing(
                    fact=f"avoid.{name}",
                    changes=(Change(path=("trip", "avoid", key, str(name)), old=name),),
                    text=f"do not avoid {name if key == 'operators' else scenario.name_of(name)}",
                    sort="avoid",
                )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block the runs with a leg that touches the place or is by the operator."""
        scenario = view.scenario
        touched = [[leg.from_, leg.to, leg.exit_port, leg.entry_port] for leg in scenario.legs]
        ports = np.array(touched, dtype=str).reshape(-1, 4)
        operators = np.array([leg.operator for leg in scenario.legs], dtype=str)
        for place in self.avoid.territories:
            legs = np.isin(ports, sorted(scenario.ports_at([place]))).sum(axis=1) > 0
            yield Block(self._fact(scenario, "territories", place), view.runs.containing(legs))
        for port in self.avoid.ports:
            legs = np.isin(ports, [port]).sum(axis=1) > 0
            yield Block(self._fact(scenario, "ports", port), view.runs.containing(legs))
        for operator in self.avoid.operators:
            legs = np.isin(operators, [operator])
            yield Block(self._fact(scenario, "operators", operator), view.runs.containing(legs))

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """No trip takes such legs."""
        scenario, legs = outlook.scenario, outlook.legs
        for place in self.avoid.territories:
            fact = self._fact(scenario, "territories", place)
            yield Barred(facts=(fact,), legs=outlook.touching(scenario.ports_at([place])))
        for port in self.avoid.ports:
            yield Barred(facts=(self._fact(scenario, "ports", port),), legs=outlook.touching([port]))
        for operator in self.avoid.operators:
            theirs = np.array([name == operator for name in legs.operators], dtype=bool)
            fact = self._fact(scenario, "operators", operator)
            yield Barred(facts=(fact,), legs=theirs[legs.operator])

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through the legs travelled."""
        scenario = journey.scenario
        for leg in journey.legs:
            ports = {leg.from_, leg.to, leg.exit_port or leg.from_, leg.entry_port or leg.to}
            for place in self.avoid.territories:
                if ports & scenario.ports_at([place]):
                    yield Broken(self._fact(scenario, "territories", place), f"leg {leg.id} goes there")
            for port in self.avoid.ports:
                if port in ports:
                    yield Broken(self._fact(scenario, "ports", port), f"leg {leg.id} goes there")
            if leg.operator in self.avoid.operators:
                yield Broken(self._fact(scenario, "operators", leg.operator), f"leg {leg.id} is theirs")
