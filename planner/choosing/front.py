"""The front of cost and time from door to door: the plans that no other plan beats in both.

From the cheapest plan on, the cheapest one that takes less time is searched, and proved, until there is none (the
ε-constraint method: Haimes, Lasdon and Wismer, IEEE Transactions on Systems, Man, and Cybernetics 1, 1971).
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, evolve

from planner.answer import Choice
from planner.choosing.searched import Unsettled, chosen
from planner.rules.choice.within import Within
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort


@define(eq=False)
class Front:
    """Looks for the front of a scenario; `finished` says that it is complete, else `reason` why not."""

    scenario: Scenario
    effort: Effort
    finished: bool = False
    reason: str = ""

    def choices(self, cheapest: Choice) -> Iterator[tuple[Choice, ...]]:
        """Ever more of the front, dearer and quicker plans last. Raises InternalError.

        What is yielded but last may be beaten by a plan that costs as much and takes less time.
        """
        front = [cheapest]
        yield tuple(front)
        try:
            while front[-1].proved and front[-1].minutes > 0:
                within = Within(minutes=front[-1].minutes - 1)
                found = chosen(evolve(self.scenario, beside=(*self.scenario.beside, within)), self.effort)
                if found is None:
                    self.finished = True
                    return
                if found.cost == front[-1].cost:
                    front.pop()
                front.append(found)
                yield tuple(front)
            if not front[-1].proved:
                raise Unsettled(self.effort.ending)
            self.finished = True
        except Unsettled as unsettled:
            self.reason = str(unsettled)
