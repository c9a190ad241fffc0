"""K18: a visa for several countries that begins in one of them, or ends when all of them are left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from attrs import frozen

from planner.core.words import all_of, either
from planner.itinerary.journey import Journey
from planner.rules.base import Example, kind
from planner.rules.copies import OfPermission
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value
from planner.rules.statements import Clause, Statement
from planner.rules.tables import View
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

Aspect = Literal["first_entry", "left"]

_ISSUER = "https://muzungubloguganda.com/travel-tips-and-advice/east-africa-tourist-visa"
_ENDS = "https://urbankenyans.com/east-africa-tourist-visa/"
_STAYS = "https://visaexpeditions.com/east-african-visa/"
# From Alpha to Beta, Gamma and Beta again, and home; a visa for both, or one for Beta and Delta.
_ROUND = """
remove = ["visit-beta", "b"{more}]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[acquirables]]
id = "east"
title = "the joint visa"
price = "100"
permission = {{ zone = "BB", with_zones = ["{other}"], {terms} }}
"""


@kind(
    "joint-visa",
    summary="A visa for several countries may have to be used first in one of them, and may end when all are left.",
    catalogue=("K18",),
)
@frozen(kw_only=True)
class JointVisa(OfPermission):
    """What `first_entry_in` and `ends_on_leaving` of a permission demand, for each copy of it.

    * `first_entry`: the first entry of the journey that rests on it is to a territory in `first_entry_in`.
    * `left`: with `ends_on_leaving`, no entry rests on it once its holder has, after the first such entry, entered a
      permission zone that it does not admit to. Airside stops elsewhere are no entries.
    """

    examples = (
        Example(
            title="First to the country that issued the visa",
            toml=_ROUND.format(more=', "visit-gamma"', other="CC", terms='first_entry_in = ["BB"]'),
            cost=40000,
            source=_ISSUER,
        ),
        Example(
            title="First to another country than the one that issued the visa",
            toml=_ROUND.format(more=', "visit-gamma"', other="CC", terms='first_entry_in = ["CC"]'),
            refused_by="east.t.first_entry",
            source=_ISSUER,
        ),
        Example(
            title="The countries may be left for each other",
            toml=_ROUND.format(more=', "visit-gamma"', other="CC", terms="ends_on_leaving = true"),
            cost=40000,
            source=_ENDS,
        ),
        Example(
            title="The visa ends on going elsewhere",
            toml=_ROUND.format(more="", other="DD", terms="ends_on_leaving = true"),
            refused_by="east.t.left",
            source=_ENDS,
        ),
        Example(
            title="Others say that one may leave all countries and come back",
            toml=_ROUND.format(more="", other="DD", terms="ends_on_leaving = false"),
            cost=40000,
            source=_STAYS,
        ),
    )

    @property
    def applies(self) -> bool:
        """Whether it has either."""
        return self.terms.ends_on_leaving or bool(self.terms.first_entry_in)

    def fact(self, scenario: Scenario, traveller: Traveller, aspect: Aspect) -> Fact:
        """One of the two, for one traveller."""
        places = either(map(scenario.name_of, self.terms.first_entry_in))
        zones = all_of(map(scenario.name_of, self.terms.zones))
        text = {
            "first_entry": f"{self.name(traveller)} must be used first to enter {places}",
            "left": f"{self.name(traveller)} ends when {traveller.label} goes elsewhere than to {zones}",
        }[aspect]
        key = {"first_entry": "first_entry_in", "left": "ends_on_leaving"}[aspect]
        return Fact(
            id=f"{self.id}.{traveller.id}.{aspect}",
            text=text,
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.terms.where.of(key),
            source=self.item.source if self.item else "",
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Entries in other places come after one in the right place; none comes after a stay elsewhere."""
        for traveller, _, rows in self.resting(view):
            if self.terms.first_entry_in:
                yield from self._first_entry(view, traveller, rows)
            if self.terms.ends_on_leaving:
                yield from self._left(view, traveller, rows)

    def _first_entry(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        fact, stays = self.fact(view.scenario, traveller, "first_entry"), view.stays(traveller.id)
        right = rows & np.isin(stays.entry_territory, self.terms.first_entry_in)
        for at, wrong in by_value(stays.entry_at, rows & ~right):
            yield Clause(fact, (stays.ids[wrong],), stays.ids[right & (stays.entry_at < at)])

    def _left(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        fact, stays = self.fact(view.scenario, traveller, "left"), view.stays(traveller.id)
        for at, elsewhere in by_value(stays.entry_at, stays.enters & ~np.isin(stays.zone, self.terms.zones)):
            before, after = rows & (stays.entry_at < at), rows & (stays.entry_at > at)
            if before.any() and after.any():
                yield Clause(fact, (stays.ids[before], stays.ids[elsewhere], stays.ids[after]))

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at the first entry on each copy, and at what lies between the first and the last."""
        for traveller, uses in self.uses(journey):
            first = uses[0].entry
            assert first is not None
            if self.terms.first_entry_in and first.territory not in self.terms.first_entry_in:
                how = f"first used on {first.on} to enter {first.territory}"
                yield Broken(self.fact(journey.scenario, traveller, "first_entry"), how)
            between = journey.stays[traveller.id][uses[0].index : uses[-1].index]
            elsewhere = [stay for stay in between if stay.zone not in self.terms.zones]
            if self.terms.ends_on_leaving and elsewhere:
                how = f"used again after the entry to {elsewhere[0].zone} on {elsewhere[0].entry_on}"
                yield Broken(self.fact(journey.scenario, traveller, "left"), how)
