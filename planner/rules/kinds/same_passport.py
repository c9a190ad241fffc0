"""K03: leave a place on the passport you entered it on."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.examples import SECOND_PASSPORT
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import effective, inside
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.law import Entry
from planner.scenario.node import ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_SOURCE = "https://wikimho.com/us/q/travel/52100"
_IN_ON_B_OUT_ON_A = """
[[rules]]
kind = "passport-ban"
id = "in-on-b"
passport_state = "AA"
area = "BB"
scope = ["to"]
[[rules]]
kind = "passport-ban"
id = "out-on-a"
passport_state = "BB"
area = "BB"
scope = ["in"]
"""


@kind(
    "same-passport",
    summary="A zone is left on the passport it was entered on.",
    catalogue=("K03",),
    table=True,
)
@frozen(kw_only=True)
class SamePassport(Entry, Rule):
    """See `docs/semantics.md`. Zone and dates are judged at the exit; the stay at the start was not entered."""

    zone: ZoneRef
    """What is left."""

    examples = (
        Example(
            title="In and out on one passport",
            toml='[[rules]]\nkind = "same-passport"\nid = "same"\nzone = "BB"\n' + SECOND_PASSPORT,
            cost=20000,
            source=_SOURCE,
        ),
        Example(
            title="Entered on one passport, it cannot be left on the other",
            toml='[[rules]]\nkind = "same-passport"\nid = "same"\nzone = "BB"\n' + SECOND_PASSPORT + _IN_ON_B_OUT_ON_A,
            refused_by="same.t",
            source=_SOURCE,
        ),
        Example(
            title="A rule that has ended by the day of leaving is none",
            toml='[[rules]]\nkind = "same-passport"\nid = "same"\nzone = "BB"\neffective_to = 2025-06-09\n'
            + SECOND_PASSPORT
            + _IN_ON_B_OUT_ON_A,
            cost=20000,
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The rule, for one traveller."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} must leave {scenario.name_of(self.zone)} on the passport shown at the entry",
            telling=Telling.REMOTE,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block stays with two different passports."""
        for traveller in view.scenario.travellers:
            stays = view.stays(traveller.id)
            rows = stays.enters & stays.exits & (stays.passport != stays.exit_passport)
            rows &= effective(self, stays.exit_on)
            rows &= inside(view.scenario, self.zone, stays.exit_territory, stays.exit_on)
            if rows.any():
                yield Block(self.fact(view.scenario, traveller), stays.ids[rows])

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Compare the two passports of every stay that has an entry and an exit."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or stay.exit is None or stay.passport == stay.exit_passport:
                    continue
                day = stay.exit.on
                if self.in_force(day) and scenario.is_in(self.zone, stay.exit.territory, day):
                    how = f"entered on {stay.passport}, left on {stay.exit_passport} on {day}"
                    yield Broken(self.fact(scenario, traveller), how)
