"""K10: a permission good for so many days of presence in all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from attrs import frozen

from planner.core.period import Period
from planner.core.words import all_of
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, kind
from planner.rules.copies import OfPermission
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import covering
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay, Share
from planner.rules.statements import AtMost, Block, Count, Statement
from planner.rules.stay_limits import Limit, drawn_out
from planner.rules.tables import View
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_STICKER = "https://ec.europa.eu/home-affairs/what-we-do/policies/borders-and-visas/visa-policy/read_visa_sticker_en"
_VISA = """
[[travellers]]
id = "t"
[[travellers.permissions]]
id = "visa"
zone = "BB"
total_days = {days}
"""
_SIDE_TRIP = """
remove = ["visit-beta", "b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "bc"
departs = 2025-06-04T14:00:00
arrives = 2025-06-04T16:00:00
[[legs]]
id = "cb"
departs = 2025-06-08T08:00:00
arrives = 2025-06-08T10:00:00
"""


@kind(
    "total-stay",
    summary="A visa or other permission is good for so many days of presence, all stays together.",
    catalogue=("K10",),
)
@frozen(kw_only=True)
class TotalStay(OfPermission):
    """The stays that rest on one copy of a permission with `total_days` cover so many dates at most.

    Both the entry date and the last date of a stay count, and each date once. What was used up before the journey is
    to be taken off the number beforehand.
    """

    examples = (
        Example(
            title="Ten days with both those of entry and of exit",
            toml='remove = ["visit-beta"]' + _VISA.format(days=10),
            cost=20000,
            source=_STICKER,
        ),
        Example(
            title="The tenth day is one too many",
            toml='remove = ["visit-beta"]' + _VISA.format(days=9),
            refused_by="visa.t.total_days",
            source=_STICKER,
        ),
        Example(
            title="Four days, and three more after a side trip",
            toml=_SIDE_TRIP + _VISA.format(days=7),
            cost=30000,
            source=_STICKER,
        ),
        Example(
            title="Six days in all for four and three",
            toml=_SIDE_TRIP + _VISA.format(days=6),
            refused_by="visa.t.total_days",
            source=_STICKER,
        ),
    )

    @property
    def applies(self) -> bool:
        """Whether it has a number of days."""
        return self.terms.total_days is not None

    @property
    def days(self) -> int:
        """The number of days."""
        assert self.terms.total_days is not None
        return self.terms.total_days

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The number of days, for one traveller."""
        zones = all_of(map(scenario.name_of, self.terms.zones))
        return Fact(
            id=f"{self.id}.{traveller.id}.total_days",
            text=f"{self.name(traveller)} is good for {Period(self.days)} in {zones}, all stays together",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.terms.where.of("total_days"),
            source=self.item.source if self.item else "",
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """A sum over all dates; besides, no single stay that is too long."""
        for traveller, _, rows in self.resting(view):
            fact, stays = self.fact(view.scenario, traveller), view.stays(traveller.id)
            long = rows & (stays.last_on - stays.entry_on >= self.days)
            if long.any():
                yield Block(fact, stays.ids[long])
            others = rows & ~long
            dates = covering(stays.entry_on[others], stays.last_on[others])
            counts = tuple(Count(1, stays.ids[others][present], once=True) for present in dates)
            if len(counts) > self.days:
                yield AtMost(fact, counts, self.days)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """No single stay is longer."""
        for traveller in self.users(outlook.scenario):
            fact = self.fact(outlook.scenario, traveller)
            yield LongestStay(facts=(fact,), traveller=traveller.id, grounds=(self.id,), nights=self.days - 1)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Count the dates."""
        for traveller, stays in self.uses(journey):
            count = self._dates(stays)
            if count > self.days:
                yield Broken(self.fact(journey.scenario, traveller), f"{count} days rest on it")

    def _dates(self, stays: Iterable[Stay]) -> int:
        dates = set()
        for stay in stays:
            assert stay.entry is not None
            assert stay.last_on is not None
            dates |= {stay.entry.on + timedelta(days=n) for n in range((stay.last_on - stay.entry.on).days + 1)}
        return len(dates)

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date to which the stay could be drawn out."""
        if stay.ground != self.id or (self.holder and self.holder.id != stay.traveller):
            return None
        return drawn_out(journey, stay, lambda longer: not any(self.check(longer)), self.days + 1)
