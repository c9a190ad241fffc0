"""The next-cheapest plans of another character than any plan before: another route, other dates, other papers.

Each is the cheapest trip that is unlike those found so far, searched and proved like any other (see
`planner.rules.choice.unlike`).
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, evolve

from planner.answer import Choice, Plan
from planner.choosing.searched import Unsettled, chosen
from planner.itinerary.character import character
from planner.rules.choice.unlike import Unlike
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort


@define(eq=False)
class Alternatives:
    """Looks for alternatives to a plan.

    `finished` says that there are no others, or as many as were asked for; else `reason` says why not.
    """

    scenario: Scenario
    effort: Effort
    finished: bool = False
    reason: str = ""

    def after(self, plan: Plan, count: int) -> Iterator[Choice]:
        """Up to `count` plans, cheapest first; fewer if it cannot be settled. Raises InternalError."""
        scenario = self.scenario
        try:
            for number in range(count):
                unlike = Unlike(number=number, known=character(plan.journey))
                scenario = evolve(scenario, beside=(*scenario.beside, unlike))
                choice = chosen(scenario, self.effort)
                if choice is None:
                    break
                yield choice
                if not choice.proved:
                    raise Unsettled(self.effort.ending)
                plan = choice.plan
            self.finished = True
        except Unsettled as unsettled:
            self.reason = str(unsettled)
