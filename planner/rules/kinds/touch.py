"""The scenario's own word on how a change is made: airside or landside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.changing import Change
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Touch

_KIWI = "https://www.kiwi.com/us/help/search/article/visas-68"
_THROUGH = """
remove = ["b", "visit-beta"]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[fares]]
id = "out"
legs = ["ab", "bc"]
price = "150"
[[fares]]
id = "back"
legs = ["cb", "ba"]
price = "150"
"""
_FORCED = """
remove = ["b", "visit-beta"]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[touches]]
after = "ab"
before = "bc"
mode = "airside"
[[touches]]
after = "cb"
before = "ba"
mode = "airside"
"""


@kind(
    "touch",
    summary="A change between two legs is made airside, or landside, where the scenario says so.",
    catalogue=("K23",),
)
@frozen(kw_only=True)
class ForcedTouch(Rule):
    """Holds if both legs are travelled one after the other.

    Without such a word, changing tickets means entering: that is how journeys are made (`docs/semantics.md`,
    «The journey»), and no rule that could be dropped.
    """

    touch: Touch

    examples = (
        Example(title="On one ticket, changing airside needs no entry", toml=_THROUGH, cost=30000, source=_KIWI),
        Example(
            title="On two tickets one enters to change",
            toml=_THROUGH + '[[fares]]\nid = "out"\nlegs = ["ab"]\n',
            refused_by="admission.BB.t",
            source=_KIWI,
        ),
        Example(
            title="Changing landside does",
            toml=_THROUGH + '[[touches]]\nafter = "ab"\nbefore = "bc"\nmode = "landside"\n',
            refused_by="touch.ab.bc",
        ),
        Example(
            title="Changing airside by the scenario's word, without a ticket for both legs",
            toml=_FORCED,
            cost=30000,
        ),
        Example(
            title="Airside there is no stop at Beta",
            toml='[[trip.stops]]\nid = "b"\nnights = { min = 0 }\narrive_by = 2025-06-01\n[[trip.stops]]\nid = "c"\n'
            + 'at = ["CCC"]\n[[touches]]\nafter = "ab"\nbefore = "bc"\nmode = "airside"\n',
            refused_by="touch.ab.bc",
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each `[[touches]]` entry."""
        return [cls(touch=touch) for touch in scenario.touches]

    def _fact(self) -> Fact:
        touch = self.touch
        return Fact(
            id=f"touch.{touch.after}.{touch.before}",
            text=f"the change from {touch.after} to {touch.before} is made {touch.mode}",
            telling=Telling.WISH,
            kind=self.kind,
            place=touch.where.place,
            changeable=touch.mode == "landside",
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """As the tickets allow; where the change is made airside by the scenario's word, no ticket might."""
        if self.touch.mode == "landside":
            change = Change(path=("touches", f"{self.touch.after}.{self.touch.before}"), old=self.touch)
            text = f"change from {self.touch.after} to {self.touch.before} airside"
            yield Easing(fact=self._fact().id, changes=(change,), text=text, sort="connection")

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block the other way of changing."""
        legs, runs, changes = view.scenario.legs, view.runs, view.changes
        position = {leg.id: index for index, leg in enumerate(legs)}
        pair = (position[self.touch.after], position[self.touch.before])
        if self.touch.mode == "landside":
            airside = [any((inbound, outbound) == pair for _, inbound, outbound in run) for run in runs.airside]
            yield Block(self._fact(), runs.ids[np.array(airside, dtype=bool)])
        else:
            ending = [run for run, of in enumerate(runs.legs) if of[-1] == pair[0]]
            beginning = [run for run, of in enumerate(runs.legs) if of[0] == pair[1]]
            landside = np.isin(changes.before, ending) & np.isin(changes.after, beginning)
            yield Block(self._fact(), changes.ids[landside])

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at how the change was made."""
        for touch in journey.touches:
            concerned = (touch.inbound.id, touch.outbound.id) == (self.touch.after, self.touch.before)
            if concerned and touch.mode != self.touch.mode:
                yield Broken(self._fact(), f"it is made {touch.mode}")
