"""What is added to a scenario as it is read: legs and tickets that stand in another file."""

from __future__ import annotations

import attrs
from attrs import frozen

from planner.scenario.reading.written import ScenarioFile
from planner.scenario.travel import Fare, Leg


@frozen
class Added:
    """Legs and tickets beside those of the scenario's file, and ids of legs that are wanted as objects.

    Of tables of millions of legs, only those become objects that are named somewhere.
    """

    legs: tuple[Leg, ...] = ()
    fares: tuple[Fare, ...] = ()
    wanted: frozenset[str] = frozenset()

    def to(self, written: ScenarioFile) -> ScenarioFile:
        """The file as if it had them as well."""
        return attrs.evolve(written, legs=(*written.legs, *self.legs), fares=(*written.fares, *self.fares))


NOTHING = Added()
