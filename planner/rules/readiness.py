"""Options as another scenario sees them: with the same ids, but papers ready when they are there."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, evolve, field

from planner.rules.leads import ready_days
from planner.rules.statements import Charge, Ids
from planner.rules.tables import Applications, Bookings, Presences, Runs, Stays, View
from planner.scenario.scenario import Scenario


def as_in(scenario: Scenario, view: View) -> View:
    """The options of a view, for a scenario that differs from its own in values only."""
    return _OtherView(scenario, view)


@define(eq=False)
class _OtherView:
    scenario: Scenario
    view: View
    _applications: dict[str, Applications] = field(factory=dict)

    @property
    def runs(self) -> Runs:
        """The same."""
        return self.view.runs

    @property
    def changes(self) -> Presences:
        """The same."""
        return self.view.changes

    @property
    def fares(self) -> Mapping[str, int]:
        """The same."""
        return self.view.fares

    def stays(self, traveller: str) -> Stays:
        """The same."""
        return self.view.stays(traveller)

    def bookings(self, traveller: str) -> Bookings:
        """The same."""
        return self.view.bookings(traveller)

    def visits(self, places: tuple[str, ...]) -> Presences:
        """The same."""
        return self.view.visits(places)

    def chosen(self, stop: str) -> Ids:
        """The same."""
        return self.view.chosen(stop)

    def charges(self) -> tuple[Charge, ...]:
        """The same."""
        return self.view.charges()

    def applications(self, traveller: str) -> Applications:
        """The same applications; those for papers with another lead time are ready on other dates."""
        if traveller not in self._applications:
            table, before = self.view.applications(traveller), self.view.scenario.acquirable_by_id
            ready = table.ready_on.copy()
            for item in self.scenario.acquirables:
                if item.lead != before[item.id].lead:
                    rows = table.acquirable == item.id
                    ready[rows] = ready_days(self.scenario, item, table.apply_on[rows].tolist())
            self._applications[traveller] = evolve(table, ready_on=ready)
        return self._applications[traveller]
