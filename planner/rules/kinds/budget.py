"""What the trip may cost at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, Decimal

from attrs import evolve, frozen

from planner.core.money import Price, digits, show
from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.shares import Capped, Share
from planner.rules.statements import AtMost, Count, Statement
from planner.rules.tables import View
from planner.scenario.changing import Change
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

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """No limit."""
        change = Change(path=("trip", "budget"), old=self.limit)
        yield Easing(fact="trip.budget", changes=(change,), text="spend more", sort="budget")

    def settled(self, easing: Easing, journey: Journey) -> Easing:
        """Just enough for the journey."""
        scenario, cost = journey.scenario, journey.cost
        if cost is None or cost <= scenario.minor(self.limit):
            return easing
        more, currency = cost - scenario.minor(self.limit), scenario.currency
        change = Change(path=("trip", "budget"), old=self.limit, new=_enough(scenario, self.limit.currency, cost))
        text = f"raise the budget by {show(more, currency)} to {show(cost, currency)}"
        return evolve(easing, changes=(change,), text=text)

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


def _enough(scenario: Scenario, currency: str, cost: int) -> Price:
    """The least amount of a currency that pays a cost, in whole minor units of that currency."""
    value = Decimal(cost) / 10 ** digits(scenario.currency)
    if currency and currency != scenario.currency:
        assert scenario.rates is not None, "the reader requires a rate"
        value /= scenario.rates.values[currency]
    unit = Decimal(1).scaleb(-digits(currency or scenario.currency))
    return Price(value.quantize(unit, rounding=ROUND_CEILING), currency)
