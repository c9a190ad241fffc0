"""K22: territories where nobody changes planes without entering."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.examples import THROUGH_BETA
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.shares import NoAirsideChange, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.law import Entry
from planner.scenario.node import TerritoryRef
from planner.scenario.scenario import Scenario

_US = "https://estatousa.com/transit-in-the-u-s-is-esta-visa-required/"
_RULE = """
[[rules]]
kind = "no-airside"
id = "no-airside"
territory = "BB"
"""


@kind(
    "no-airside",
    summary="A territory has no airside transit: whoever changes planes there enters.",
    catalogue=("K22",),
    table=True,
)
@frozen(kw_only=True)
class NoAirside(Entry, Rule):
    """See `docs/semantics.md`. In force or not is judged on the date of arrival there."""

    territory: TerritoryRef
    """Where."""

    examples = (
        Example(
            title="Changing planes in the United States takes what an entry takes",
            toml=THROUGH_BETA + _RULE,
            refused_by="no-airside",
            source=_US,
        ),
        Example(
            title="Those who may enter change planes landside",
            toml=THROUGH_BETA + _RULE + '[[admissions]]\nid = "visit-beta"\nnationalities = ["AA"]\n',
            cost=24000,
            source=_US,
        ),
        Example(title="Not yet in force", toml=THROUGH_BETA + _RULE + "effective_from = 2025-06-11\n", cost=24000),
    )

    def fact(self, scenario: Scenario) -> Fact:
        """The rule, for everyone."""
        return Fact(
            id=self.id,
            text=f"{scenario.name_of(self.territory)} has no airside transit: changing planes there takes an entry",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block the runs with an airside change there."""
        scenario = view.scenario
        blocked = [
            any(
                scenario.territory_of(port) == self.territory and self.in_force(scenario.legs[inbound].arrives.date())
                for port, inbound, _ in touches
            )
            for touches in view.runs.airside
        ]
        if any(blocked):
            yield Block(self.fact(scenario), view.runs.ids[blocked])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """No airside change there while it is in force."""
        arrivals = outlook.in_force(self) & outlook.in_territory(self.territory)
        yield NoAirsideChange(facts=(self.fact(outlook.scenario),), arrivals=arrivals)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at every airside change."""
        for touch in journey.touches:
            day = touch.inbound.arrives.date()
            if touch.mode == "airside" and touch.territory == self.territory and self.in_force(day):
                how = f"airside change at {touch.port} between {touch.inbound.id} and {touch.outbound.id}"
                yield Broken(self.fact(journey.scenario), how)
