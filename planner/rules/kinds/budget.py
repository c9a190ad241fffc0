"""What the trip may cost at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from planner.core.money import Price, show
from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.shares import Capped, Share
from planner.rules.statements import AtMost, Count, Statement
from planner.rules.tables import View
from planner.scenario.scenario import Scenario


@kind("budget", summary="The whole trip costs no more than the travellers want to spend.")
@frozen(kw_only=True)
class Budget(Rule):
    """Fares, papers, bookings, entry fees and nights, for the whole party."""

    limit: Price

    examples = (
        Example(title="The budget is just enough", toml='trip = { budget = "200" }\n', cost=20000),
        Example(title="A cent is missing", toml='trip = { budget = "199.99" }\n', refused_by="trip.budget"),
        Example(
            title="Nights count as well",
            toml='trip = { budget = "208.99", nightly = [{ at = ["BB"], price = "1" }] }\n',
            refused_by="trip.budget",
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One, if the trip has a budget."""
        return [cls(limit=scenario.trip.budget)] if scenario.trip.budget is not None else []

    def _fact(self, scenario: Scenario) -> Fact:
        return Fact(
            id="trip.budget",
            text=f"the whole trip costs at most {show(scenario.minor(self.limit), scenario.currency)}",
            telling=Telling.WISH,
            kind=self.kind,
            place=scenario.trip.where.of("budget"),
            changeable=True,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Cap the sum of all charges."""
        counts = tuple(Count(charge.amount, charge.options, charge.once) for charge in view.charges())
        if counts:
            yield AtMost(self._fact(view.scenario), counts, view.scenario.minor(self.limit))

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """The cap itself."""
        yield Capped(facts=(self._fact(outlook.scenario),), amount=outlook.scenario.minor(self.limit))

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Compare the whole cost, as the checker has added it up."""
        scenario, cost = journey.scenario, journey.cost
        assert cost is not None, "the checker adds up the cost before it asks the rules"
        if cost > scenario.minor(self.limit):
            yield Broken(self._fact(scenario), f"it costs {show(cost, scenario.currency)}")
