"""What the cross-checks look at."""

from __future__ import annotations

from attrs import frozen

from planner.core.errors import Problem
from planner.scenario.documents import Acquirable
from planner.scenario.node import Node
from planner.scenario.people import Traveller
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.names import Names
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Case:
    """A scenario about to be accepted: as written, and as assembled from that and the rulebooks in use.

    What is missing because of some `damage` proves nothing. Legs of `timed` have their times in UTC; the others'
    times are wrong in themselves.
    """

    written: ScenarioFile
    scenario: Scenario
    names: Names
    damage: Damage
    timed: frozenset[str]

    def whole(self, *tables: str) -> bool:
        """Whether all these top-level tables could be read."""
        return not self.damage.in_any(*tables)

    def passports(self, traveller: Traveller) -> dict[str, str]:
        """States of all passports a traveller holds or could acquire, by passport id."""
        held = {str(passport.id): str(passport.state) for passport in traveller.passports}
        given = [item.passport for item in self.scenario.acquirables if item.passport and self.may(traveller, item)]
        return {str(passport.id): str(passport.state) for passport in given} | held

    @staticmethod
    def may(traveller: Traveller, item: Acquirable) -> bool:
        """Whether an acquirable is meant for a traveller."""
        return not item.travellers or traveller.id in item.travellers


def problem(node: Node, key: str, message: str, hint: str = "") -> Problem:
    """A problem at one key of a table."""
    return Problem(node.where.of(key), message, hint)
